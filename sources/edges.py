"""Does a word or a number run on here? A quote cut inside one says another thing.

“10” is not in “2010”, “500” not in “1,500” or “1 500”, “5” not in “-5”, “.5” or “2 1/5”, “10” not in “$10”, “10 %” or
“10 million”, “we can” not in “we can't”, “violent” not in “non-violent”, “S. officials” not in “U.S. officials”. A long
dash parts words; Chinese and Japanese are written without edges between words, so only their figures run on.
"""

import re
import unicodedata

from sources.folding import HYPHENS, UNSEEN

#: How far on either side the pattern looks.
_REACH = 12
_UNSEEN = re.compile(f"[{UNSEEN}]")
#: Full-width forms are read as the characters that they are.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
#: A figure and what it counts in are one number.
_SCALES = (
    "hundred|thousand|(?:[mMbB]|tr)illi(?:on|ard)(?:s|en|e)?|millones|milioni|miliardi|mln|bln|mrd|bn"
    "|percent|per[ ]cent|pct|pc"
)
_CURRENCY = "$£€¥₹¢₽₩₪₴₿"
_IDEOGRAPHS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{2}"
)
#: `#` stands for the place.
_RUNS_ON = re.compile(
    rf"""
      \w\#\w
    | \w\#[{HYPHENS}'’＇&_]\w        | \w[{HYPHENS}'’＇&_]\#\w
    | \d\#[.,:/·٫٬]\d               | \d[.,:/·٫٬]\#\d
    | (?:^|[^\w.])[.·]\#\d          # a decimal point without a figure before it
    | [{HYPHENS}+±~<>≤≥]\#[.·]?\d   | [{HYPHENS}+±]\#[{_CURRENCY}]
    | [{_CURRENCY}]\s?\#[.·]?\d    | [^\W\d]\#[{_CURRENCY}]
    | \d\#\s?[%‰°{_CURRENCY}]
    | (?:^|[^\d.,])\d{{1,3}}(?:\#\s|\s\#)\d{{3}}(?!\d)
    | \d(?:\#\s|\s\#|\#-|-\#)(?:{_SCALES})(?!\w)
    | \d(?:\#\s|\s\#)\d+[/⁄]\d      | \d(?:\#\s|\s\#)[¼½¾⅐-⅞]
    | \b[^\W\d]\.\#\w               | \b[^\W\d]\#\.\w
    | \w\.\#[^\W\d_A-Z]             | \w\#\.[^\W\d_A-Z]
    """,
    re.VERBOSE,
)


def runs_on(text: str, at: int) -> bool:
    """Whether a word or a number runs on across this offset."""
    before = _UNSEEN.sub("", text[max(0, at - _REACH) : at]).translate(_NARROW)
    after = _UNSEEN.sub("", text[at : at + _REACH]).translate(_NARROW)
    if not before or not after:
        return False
    if unicodedata.combining(after[0]):
        return True
    if _IDEOGRAPHS.fullmatch(before[-1] + after[0]):
        return before[-1].isnumeric() and after[0].isnumeric()
    around = f"{before.replace('#', '¤')}#{after.replace('#', '¤')}"
    return _RUNS_ON.search(around) is not None
