"""The claims of the demo's first article that wait for somebody, or were dismissed.

What is told neither here nor in `published` stays suggested.
"""

from claims.kinds import Kind
from publishing.demo.model import Exhibit, Opinion, Remark, Story

PRICES = Story(
    phrase="Prices doubled within a week of the first rumours",
    statement="The price of sand in Tervia doubled within a week of the first rumours of a ban.",
    kind=Kind.STATISTIC,
    exhibits=(
        Exhibit("price-sheet", "supports", "Week 40: 86", "What did sand cost?"),
        Exhibit("price-sheet", "undermines", "Week 41: 71", "Did the price stay there?"),
    ),
    opinions=(
        Opinion(
            "runa", "half-true", "It went from 47 to 86 in a week, short of double, and fell again."
        ),
        Opinion(
            "idris", "false", "83 per cent is not double, and the peak lasted one week.", "high"
        ),
    ),
    remarks=(
        Remark("idris", "@Runa which week do you take as the first of the rumours? I start at 39."),
        Remark("runa", "The same. For me the peak counts, for you where it settled."),
    ),
)

CUBIC_METRE = Story(
    phrase="cost 31 crowns last year, twice the price of crushed rock",
    statement="A cubic metre of Halmere sand cost 31 crowns in 2024, twice the price of crushed rock.",
    kind=Kind.STATISTIC,
    exhibits=(
        Exhibit("prices", "supports", "Washed sand, Halmere: 31.00", "What did sand cost in 2024?"),
        Exhibit(
            "prices", "supports", "Crushed rock, 0 to 4 mm: 15.40", "What did crushed rock cost?"
        ),
    ),
    opinions=(
        Opinion("runa", "true", "31.00 and 15.40 crowns: a factor of 2.01.", "high"),
        Opinion("idris", "true", "The port’s yearly means bear it out.", "high"),
    ),
)

DREDGERS = Story(
    phrase="remove more sand in ten years than the river Orran carries down in fifty",
    statement="Dredging removes more sand from the Orran delta in ten years than the river brings in fifty.",
    kind=Kind.STATISTIC,
    exhibits=(
        Exhibit(
            "sediment",
            "supports",
            "Dredging took 16.2 million tonnes in the ten years to 2024.",
            question="How much was dredged?",
        ),
    ),
    taken_by=("runa", "idris"),
    opinions=(
        Opinion(
            "runa", "mostly-true", "16.2 against 15.5 million tonnes: it holds, by a small margin."
        ),
    ),
)

HOUSES = Story(
    phrase="moved 14 houses inland last winter",
    statement="Residents of Little Quay moved 14 houses inland in the winter of 2024 to 2025.",
    kind=Kind.EVENT,
    exhibits=(Exhibit("parish", "supports", "fourteen dwellings were moved behind the new line"),),
)

EMPLOYS = Story(
    phrase="Building employs 41,000 people in Tervia",
    statement="The building trade employs 41,000 people in Tervia.",
    kind=Kind.STATISTIC,
    remarks=(
        Remark("contributor", "@Mara the statistical office counts 41,300 with apprentices."),
    ),
)

HOSTILE = Story(
    phrase="a hostile act between neighbours",
    dismissal="An opinion: nothing could show that the ban is or is not a hostile act.",
)

WAITING = (PRICES, CUBIC_METRE, DREDGERS, HOUSES, EMPLOYS, HOSTILE)
