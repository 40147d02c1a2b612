"""The claims of the demo's first article that were published, and what became of their verdicts."""

from claims.kinds import Kind
from publishing.demo.model import Asks, Correction, Exhibit, Opinion, Story, Wording

TREATY = Story(
    phrase="signed its first sand treaty with Tervia in 1984",
    statement="Halmere signed its first sand treaty with Tervia in 1984, a year after its independence.",
    kind=Kind.EVENT,
    exhibits=(
        Exhibit(
            "treaty",
            "supports",
            "This is the first agreement between the Parties on the supply of sand.",
            question="When was the first treaty signed?",
            note="Signed on 11 June 1984.",
        ),
        Exhibit(
            "independence",
            "supports",
            "a free and independent state from the second day of May 1983",
            question="When did Halmere become independent?",
        ),
    ),
    opinions=(
        Opinion(
            "runa", "true", "The treaty itself bears the date and says it is the first.", "high"
        ),
        Opinion("idris", "true", "Both dates are in the acts: May 1983 and June 1984.", "high"),
    ),
    wording=Wording(
        summary="The treaty in the National Archive is dated 11 June 1984 and calls itself the first. "
        "Halmere had become independent on 2 May 1983.",
        justification="Article 1 of the treaty says that it is the first agreement between the two states on "
        "sand. It was signed at Port Serrin on 11 June 1984.\n\nThe Act of Independence took effect on "
        "2 May 1983, thirteen months earlier. We looked for an older agreement in the archive’s index and "
        "in Tervia’s, and found none.",
    ),
    is_published=True,
)

TRIPLED_SAID = Story(
    phrase="sand exports had tripled since 2015",
    asks=Asks.SAID,
    statement="Environment Minister Ilse Karrow told parliament that sand exports had tripled since 2015.",
    exhibits=(
        Exhibit(
            "debate", "supports", "Since 2015 the export of sand has tripled.", "Did she say it?"
        ),
    ),
    opinions=(
        Opinion("runa", "true", "It is in the verbatim record, twice.", "high"),
        Opinion("idris", "true", "The record has the words.", "high"),
    ),
    wording=Wording(
        summary="The verbatim record of parliament has the words: “Since 2015 the export of sand has tripled.”",
        justification="The Environment Minister said so in the debate of 14 October 2025, and repeated it in "
        "the next sentence. Whether it is true is another question, with its own verdict.",
    ),
    is_published=True,
)

TRIPLED = Story(
    phrase="sand exports had tripled since 2015",
    statement="Halmere’s exports of sand have tripled since 2015.",
    kind=Kind.STATISTIC,
    exhibits=(
        Exhibit(
            "customs",
            "undermines",
            "2024 1,900 1,840",
            question="How much sand did Halmere export in 2024?",
            note="1.9 million tonnes, after 1.1 million in 2015: a rise of 73 per cent.",
        ),
        Exhibit("debate", "context", "The figures are public.", "What does the minister rely on?"),
    ),
    opinions=(
        Opinion(
            "runa", "mostly-false", "Exports rose by 73 per cent. That is far from three times."
        ),
        Opinion(
            "idris", "false", "Nothing in the customs figures gives a factor of three.", "high"
        ),
    ),
    adjudication=Wording(
        summary="Exports grew from 1.1 to 1.9 million tonnes between 2015 and 2024. That is a rise of 73 per "
        "cent, not a tripling.",
        justification="The Customs Service counted 1,100 thousand tonnes in 2015 and 1,900 thousand in 2024, "
        "which is 1.73 times as much. For a tripling, 3,300 thousand tonnes would have been needed.\n\n"
        "There is a true element: exports did rise strongly, and in every year. The reviewers differed on "
        "how much that counts. We asked the ministry for its source and had no answer.",
        rating="mostly-false",
    ),
    is_published=True,
)

HECTARES = Story(
    phrase="lost 212 hectares of land since 2009",
    statement="The Orran delta has lost 212 hectares of land since 2009.",
    kind=Kind.STATISTIC,
    exhibits=(
        Exhibit(
            "survey", "supports", "The delta has lost 212 hectares of land.", "How much was lost?"
        ),
    ),
    opinions=(
        Opinion("runa", "true", "The figure is the survey’s own.", "high"),
        Opinion("idris", "true", "The seventh survey says 212 hectares."),
    ),
    wording=Wording(
        summary="The seventh survey of the Hydrographic Office gives the loss as 212 hectares.",
        justification="The office’s survey of the shoreline, published in February 2024, puts the loss at 212 "
        "hectares.",
    ),
    is_published=True,
    correction=Correction(
        note="We first rated this True. A reader pointed out that the survey counts from 2011, not from 2009. "
        "The loss is right, the year is not.",
        wording=Wording(
            summary="The survey puts the loss at 212 hectares, but counted from 2011. The line of 2009 was "
            "not used.",
            justification="Table 4 of the survey compares 4,918 hectares in 2011 with 4,706 in 2023: a "
            "difference of 212.\n\nThe article says that the loss is since 2009. The survey’s method section "
            "says that the line of 2009 was drawn from a map and is not used. The figure holds; its "
            "starting year is wrong by two years, which does not change its sense.",
            rating="mostly-true",
        ),
    ),
)

THIRD = Story(
    phrase="makes up a third of all sand used in Tervia’s concrete",
    statement="Sand from Halmere makes up a third of all sand used in Tervia’s concrete.",
    kind=Kind.STATISTIC,
    exhibits=(
        Exhibit("minerals", "undermines", "Imports from Halmere 1.84.", "How much of it is used?"),
    ),
    opinions=(
        Opinion("runa", "false", "1.84 of 11.7 million tonnes is a sixth."),
        Opinion("idris", "false", "The share in the official figures is 16 per cent."),
    ),
    wording=Wording(
        summary="Halmere’s sand is a sixth of what Tervia uses, not a third.",
        justification="Tervia used 11.7 million tonnes of sand and gravel in 2024, of which 1.84 million came "
        "from Halmere: 16 per cent.",
    ),
    is_published=True,
    retraction="We compared with sand and gravel for all uses. The claim is about concrete alone, for which "
    "we have no figures. Our verdict does not follow, and we take it back.",
)

DRAFT = Story(
    phrase="the draft of the ban had been ready in May",
    statement="The draft of Halmere’s ban on sand exports was ready in May 2025 and was held back until after "
    "the elections.",
    kind=Kind.EVENT,
    exhibits=(
        Exhibit(
            "official",
            "supports",
            "I had the draft on my desk in May.",
            question="When was the draft ready?",
        ),
        Exhibit(
            "register",
            "undermines",
            "Received from the Ministry of the Environment: draft order, export of sand.",
            question="When did the cabinet receive it?",
            note="Entered on 3 September 2025. An earlier draft may not have been sent.",
        ),
    ),
    opinions=(
        Opinion("runa", "unproven", "One voice against one register, and neither settles it."),
        Opinion(
            "idris", "unproven", "The register shows when it arrived, not when it was written."
        ),
    ),
    wording=Wording(
        summary="One official says the draft existed in May. The cabinet’s register has it in September. "
        "Neither settles when it was ready.",
        justification="A civil servant who worked on the file told us that the draft was there in May. The "
        "register of the Cabinet Office shows it received on 3 September, after the elections.\n\nA draft may "
        "lie in a ministry for months before it is sent. We asked the ministry for the file’s dates; it "
        "repeated that there was no delay. We found no document that shows one or the other.",
    ),
    is_published=True,
)

PUBLISHED = (TREATY, TRIPLED_SAID, TRIPLED, HECTARES, THIRD, DRAFT)
