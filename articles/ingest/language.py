"""Whether a text whose language nobody named is English.

English news consists of its most frequent words to a quarter; other languages hardly have them.
More is not asked: what is not English is read without the words of any language.
"""

import re

ENGLISH = "en"
#: BCP 47: undetermined.
UNKNOWN = "und"

FREQUENT = frozenset(
    {
        "the", "of", "and", "to", "is", "that", "for", "was", "on", "with", "by", "it",
        "said", "from", "are", "were", "this", "which", "has", "had", "be", "not", "they",
    }
)  # fmt: skip
WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 20_000
FEW_WORDS = 20
SHARE = 0.06


def guess_language(text: str) -> str:
    """`en` or `und`. A text of a few words in Latin letters counts as English."""
    words = WORD.findall(text[:SAMPLE].casefold())
    if len(words) < FEW_WORDS:
        is_latin = sum(map(str.isascii, words)) >= 0.8 * len(words)
        return ENGLISH if is_latin else UNKNOWN
    frequent = sum(word in FREQUENT for word in words)
    return ENGLISH if frequent >= SHARE * len(words) else UNKNOWN
