"""Which news agency a text is credited to. Pure.

A report that quotes an agency is not the agency's, so only what marks a text as theirs counts: its author, its
publisher, a dateline at the beginning, or a line at either end that is nothing but the credit.
"""

import re

#: Characters at the beginning and the end of a text where an agency is credited.
EDGE = 400
AGENCIES = {
    "Reuters": r"Reuters", "AP": r"AP|(?:The )?Associated Press", "AFP": r"AFP|Agence France-Presse",
    "dpa": r"dpa", "PA": r"PA|PA Media|Press Association", "EFE": r"(?:Agencia )?EFE", "ANSA": r"ANSA",
    "Bloomberg": r"Bloomberg(?: News)?", "UPI": r"UPI", "Xinhua": r"Xinhua", "TASS": r"TASS",
    "ANI": r"ANI", "PTI": r"PTI|Press Trust of India", "AAP": r"AAP", "Kyodo": r"Kyodo(?: News)?",
    "The Canadian Press": r"(?:The )?Canadian Press", "Anadolu": r"Anadolu(?: Agency)?",
}  # fmt: skip
_NAMES = "|".join(AGENCIES.values())
_LEAD = r"(?:(?:by|source|from|via|copyright|with)\b:?\s*)?(?:©\s*)?(?:\d{4}\s+)?"
CREDIT = re.compile(
    rf"\((?P<dateline>{_NAMES})\)\s*[-–—]|^\W*{_LEAD}(?P<line>{_NAMES})\W*$",
    re.MULTILINE | re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"[,;/()|&]|\b(?:and|for)\b")


def credited_agency(*, names: str, opening: str, ending: str) -> str:
    """The agency among these names (of authors and publisher) or credited in these ends of a text, or nothing."""
    lines = [*_BETWEEN_NAMES.split(names), opening[:EDGE], ending[-EDGE:]]
    found = CREDIT.search("\n".join(lines))
    if not found:
        return ""
    written = found["dateline"] or found["line"]
    return next(name for name, known in AGENCIES.items() if re.fullmatch(known, written, re.I))
