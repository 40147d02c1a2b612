"""The sources of the demo. Every one is invented, and so is what it says."""

from datetime import date

from publishing.demo.model import Record
from sources.models import SourceKind

RECORDS: dict[str, Record] = {
    "treaty": Record(
        title="Treaty between Halmere and Tervia on the supply of sand",
        kind=SourceKind.LAW,
        url="https://archive.example.org/treaties/1984/sand",
        publisher="National Archive of Halmere",
        published_at=date(1984, 6, 11),
        text="""Treaty between the Republic of Halmere and the State of Tervia on the supply of sand

Signed at Port Serrin on 11 June 1984. In force from 1 September 1984.

Article 1. This is the first agreement between the Parties on the supply of sand.
Article 2. Halmere shall supply to Tervia no more than 400,000 tonnes of sand in any one year.
""",
    ),
    "independence": Record(
        title="Act of Independence of the Republic of Halmere",
        kind=SourceKind.LAW,
        url="https://archive.example.org/acts/1983/independence",
        publisher="National Archive of Halmere",
        published_at=date(1983, 5, 2),
        text="The Republic of Halmere is a free and independent state from the second day of May 1983.\n",
    ),
    "debate": Record(
        title="Parliament of Halmere: debate on the export of sand, verbatim",
        kind=SourceKind.TRANSCRIPT,
        url="https://parliament.example.org/debates/2025-10-14",
        publisher="Parliament of Halmere",
        published_at=date(2025, 10, 14),
        text="""The Minister for the Environment (Ilse Karrow): We have been selling the ground from under our
own villages. Since 2015 the export of sand has tripled. I repeat: it has tripled. From the first
of November not one tonne will leave our harbours.

Mr Tolley: Will the Minister publish the figures?

The Minister: The figures are public.
""",
    ),
    "customs": Record(
        title="Exports of sand by year and destination, 2010 to 2024",
        kind=SourceKind.DATASET,
        url="https://customs.example.org/statistics/sand",
        publisher="Customs Service of Halmere",
        published_at=date(2025, 3, 3),
        text="""Exports of sand, thousand tonnes
Year Total Of which Tervia
2014 1,080 1,010
2015 1,100 1,040
2016 1,150 1,090
2020 1,490 1,420
2023 1,860 1,790
2024 1,900 1,840
""",
    ),
    "survey": Record(
        title="Shoreline of the Orran delta: seventh survey",
        kind=SourceKind.STUDY,
        url="https://hydro.example.org/orran/survey-7",
        publisher="Halmere Hydrographic Office",
        author="T. Aldous and S. Wick",
        published_at=date(2024, 2, 20),
        text="""Summary. The delta has lost 212 hectares of land. The loss is greatest on the seaward side, where
the dredged channels run.

Method. Lines of 1 m accuracy were drawn from the air in each year of survey. The first survey by this
method was made in 2011; the line of 2009 was drawn from a map and is not used.

Table 4. Area of land in hectares: 2011, 4,918; 2023, 4,706; difference 212.
""",
    ),
    "minerals": Record(
        title="Minerals: supply and use, 2024",
        kind=SourceKind.DATASET,
        url="https://statistics.example.com/minerals/2024",
        publisher="Tervian Statistical Office",
        published_at=date(2025, 6, 30),
        text="""Sand and gravel, all uses, million tonnes: own production 9.4; imports 2.3; use 11.7.
Imports from Halmere 1.84. All uses include glass, casting, beaches and construction.
""",
    ),
    "official": Record(
        title="Interview with Joos Penrall, deputy head of export licences",
        kind=SourceKind.WITHHELD,
        author="Joos Penrall",
        withheld_reason="The source is a civil servant who could lose their post.",
        text="I had the draft on my desk in May. I was told that nothing would move before the vote.\n",
    ),
    "register": Record(
        title="Register of incoming drafts, third quarter of 2025",
        kind=SourceKind.OFFICIAL_RECORD,
        url="https://cabinet.example.org/register/2025-q3",
        publisher="Cabinet Office of Halmere",
        published_at=date(2025, 10, 2),
        text="3 September 2025. Received from the Ministry of the Environment: draft order, export of sand.\n",
    ),
    "prices": Record(
        title="Quay prices of building materials, 2024",
        kind=SourceKind.DATASET,
        url="https://port.example.org/prices/2024",
        publisher="Port Authority of Serrin",
        published_at=date(2025, 1, 15),
        text="""Yearly means, crowns a cubic metre, without tax.
Washed sand, Halmere: 31.00
Crushed rock, 0 to 4 mm: 15.40
""",
    ),
    "price-sheet": Record(
        title="Weekly price sheet 38 to 41",
        kind=SourceKind.DATASET,
        url="https://builders.example.com/prices/2025/38-41",
        publisher="Tervian Builders’ Federation",
        published_at=date(2025, 10, 13),
        text="""Sand delivered to site, crowns a cubic metre
Week 38: 44
Week 39: 47
Week 40: 86
Week 41: 71
""",
    ),
    "sediment": Record(
        title="Sediment budget of the river Orran",
        kind=SourceKind.STUDY,
        url="https://environment.example.org/reports/orran-sediment",
        publisher="Ministry of the Environment of Halmere",
        published_at=date(2025, 5, 19),
        text="""The river carries 0.31 million tonnes of sand a year to the delta, or 15.5 million tonnes in
fifty years. Dredging took 16.2 million tonnes in the ten years to 2024.
""",
    ),
    "parish": Record(
        title="Little Quay parish council: minutes of 6 March 2025",
        kind=SourceKind.OFFICIAL_RECORD,
        url="https://littlequay.example.org/minutes/2025-03-06",
        publisher="Parish of Little Quay",
        published_at=date(2025, 3, 6),
        text="The clerk reported that fourteen dwellings were moved behind the new line since November.\n",
    ),
}
