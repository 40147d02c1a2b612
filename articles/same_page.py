"""Whether two texts are one page at two moments or under two addresses, or two articles.

Sites that name one address for all their articles are not rare. So that an address is not enough to take an article
for one that is here: they must share runs of words, as an article does with what becomes of it, and others do not.
"""

import re

WORD = re.compile(r"\w+")
#: Words in a row that two articles have in common only where one repeats the other.
RUN = 3
#: Share of the shorter text's runs. Sites repeat a line or two on every page.
ENOUGH = 0.2


def is_same_page(one: str, other: str) -> bool:
    ours, theirs = _runs(one), _runs(other)
    return len(ours & theirs) >= ENOUGH * min(len(ours), len(theirs))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return {tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))}
