"""What sort of thing is asserted, told from the words of the assertion alone.

The kinds are asked in a fixed order and the first that fits is taken; without any sign of another
kind an assertion is an event. This is a first guess for a reviewer, not a verdict.
"""

import re

from claims.kinds import Kind

NUMBER = (
    r"(?:\d[\d.,]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|half|a third|a quarter)\b)"
)
AMOUNT = re.compile(
    rf"{NUMBER}[\s-]*(?:%|per\s?cent|percent|percentage points?|million|billion|trillion|bn\b|thousand|hundred|"
    r"euros?|dollars?|pounds?|yen|yuan|tonnes?|tons?|kilomet\w+|km\b|miles?|met(?:re|er)s?|hours?|minutes?|"
    r"degrees|barrels|votes?|seats?|points?|times)"
    r"|[$£€¥]\s?\d|\d[\d.,]*\s?[$£€%]",
    re.IGNORECASE,
)
COUNT = re.compile(
    rf"{NUMBER}\s(?:[a-z-]+\s){{0,2}}[a-z-]+s\b|{NUMBER}\s(?:people|men|women|children|dead)\b"
)
MEASURE = re.compile(
    r"\b(?:rose|risen|rise|fell|fallen|fall|grew|grown|dropp\w+|increas\w+|decreas\w+|declin\w+|doubl\w+|halv\w+|"
    r"averag\w+|total\w*|number of|rate|share|majority|most|more than|fewer than|less than|at least|up to|"
    r"about|nearly|almost|over|killed|injured|wounded|died|dead|cost|worth|highest|lowest|record)\b",
    re.IGNORECASE,
)
PATTERNS = (
    (
        Kind.PREDICTION,
        re.compile(
            r"\b(?:will(?! (?:just |only )?(?:say|note|add|stress|tell|underscore|emphasi))|shall|won't|won’t|going to|"
            r"(?:is|are) (?:expected|set|likely|due|poised|planned|scheduled) to|"
            r"expected to|likely to|might|could soon|by (?:20[3-9]\d|the end of)|next (?:year|month|decade))\b"
            r"|['’]ll\b",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.CAUSAL,
        re.compile(
            r"\b(?:because|caus(?:e|es|ed|ing)|led to|leads? to|leading to|result(?:s|ed|ing)? (?:in|from|of)|"
            r"due to|owing to|thanks to|triggered|sparked|attributed to|blamed (?:for|on)|contributed to)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.OPINION,
        re.compile(
            r"\b(?:I (?:think|believe|feel|hope|suspect|guess)|we (?:think|believe|feel|hope)|in my (?:view|opinion)|"
            r"thinks?|believes?|hopes?|fears?|disappoint\w+|unfortunate\w*|sadly|regrett\w+|glad|sad|proud|happy|"
            r"grateful|worried|wonderful|terrible|great|amazing|beautiful|best|worst|shame\w*)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.POSITION,
        re.compile(
            r"\b(?:should|must|ought to|needs? to|have to|has to|supports|supported|opposes?|opposed|"
            r"committed to|our (?:policy|position|stance)|no change (?:in|to)|calls? (?:for|on)|called (?:for|on)|"
            r"urge[sd]?|demand(?:s|ed)?|pledged?|vow(?:s|ed)?|concerned|in the interests? of|wants?|"
            r"refuse[sd]?|reject(?:s|ed)?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.CHARACTERISATION,
        re.compile(
            r"\b(?:is|are|was|were|has been|have been|remains?|became|become|seems?|appears?|looks?)\s"
            r"(?:(?:a|an|very|so|too|more|most|less|increasingly|extremely|highly|not|the most|the least)\s)"
            r"|\b(?:called|described|branded|dubbed|labell?ed|considered|regarded as|known as)\b|[“\"‘]",
            re.IGNORECASE,
        ),
    ),
)


def content_kind(statement: str) -> str:
    """The value of the kind that the statement's words suggest."""
    if has_quantity(statement):
        return Kind.STATISTIC.value
    for kind, pattern in PATTERNS:
        if pattern.search(statement):
            return kind.value
    return Kind.EVENT.value


def has_quantity(statement: str) -> bool:
    """Whether something is counted or measured, and not only dated."""
    return bool(AMOUNT.search(statement) or (COUNT.search(statement) and MEASURE.search(statement)))
