"""May these words stand for those? Not when a number, a negation, a direction or a name differs.

Pure. “Profits rose 4%” and “Profits fell 5%” look alike to every measure of likeness and say opposite things. So
likeness alone never carries a claim over: the words that turn a sentence round must be the same, in order.
A name may differ by a slip of the pen and no more: “Iran” is not “Iraq”. Negations are known in some European
languages and Chinese; where a language is not known, numbers and names still hold.
"""

import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import OSA


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEGATIONS = _listed(
    "not no never none nobody nothing neither nor without cannot hardly barely unlikely false untrue "
    "denied denies deny refused refuses failed fails "
    "nicht kein keine keinen keiner nie ohne ne pas jamais sans aucun aucune non senza mai "
    "sin nunca ningún ninguna não nem sem niet geen nooit zonder 不 没 沒 未 无 無 非"
)
DIRECTIONS = _listed(
    "up down rise rises rose risen rising fall falls fell fallen falling more less fewer higher lower "
    "increase increased increases decrease decreased decreases gain gained loss lost win won wins lose "
    "above below before after under against accepted rejected legal illegal "
    "best worst first last all some most only"
)
NUMBERS = _listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "hundreds thousand thousands million millions billion billions trillion dozen dozens half third "
    "quarter quarters halves thirds once twice thrice single double triple quadruple "
    "halved doubled tripled trebled quadrupled halving doubling tripling halve fold "
    "一 二 三 四 五 六 七 八 九 十 百 千 万 亿 萬 億"
)
#: They change what a number counts.
SYMBOLS = frozenset("$£€¥₹%‰°")
_CONTRACTED = re.compile(r"n['’]t$")
_SENTENCE_ENDS = frozenset(".!?:“\"'‘")
#: Capitalised at the start of a sentence, and no names.
_PLAIN = _listed(
    "the a an in on at by of to and but or so as if it he she we they this that these those there "
    "his her its our their i you when while what who how why where with from"
)
#: A name this short has neighbours that are other names.
SHORTEST_SLIP = 5
#: From this length on two names that differ in one letter are nearly always one name.
LONG = 7


def tell_the_same(old: list[str], new: list[str]) -> bool:
    """Whether two runs of words, alike as they are, differ in nothing that would make another claim of them."""
    return _turning(old) == _turning(new) and _are_same_names(old, new)


def negations(words: Iterable[str]) -> list[str]:
    return [word for word in _turning(words) if word in NEGATIONS]


def is_telling(word: str) -> bool:
    """Whether a word says something of its own, so that meeting it again is a sign."""
    is_name = len(word) > 1 and word.isupper()
    return is_name or len(word) >= 4 or any(c.isdigit() or c >= "\u3040" for c in word)


def _turning(words: Iterable[str]) -> list[str]:
    """The words that turn a sentence round, in order."""
    found: list[str] = []
    for word in words:
        plain = word.casefold()
        if _CONTRACTED.search(plain) or plain == "cannot":
            found.append("not")
        elif any(c.isnumeric() for c in plain) or plain in _ALL:
            found.append(plain)
    return found


def _are_same_names(old: list[str], new: list[str]) -> bool:
    gone = Counter(map(str.casefold, old)) - Counter(map(str.casefold, new))
    come = Counter(map(str.casefold, new)) - Counter(map(str.casefold, old))
    names = {word.casefold() for word in _names(old)}
    for name in (word for word in gone.elements() if word in names):
        slip = next((word for word in come if _is_slip(name, word)), None)
        if slip is None:
            return False
        come -= Counter([slip])
    brought = {name.casefold() for name in _inner_names(new)}
    return not any(word in brought for word in come)


def _names(words: Iterable[str]) -> list[str]:
    return [word for word in words if word[:1].isupper() and word.casefold() not in _PLAIN]


def _inner_names(words: list[str]) -> list[str]:
    """Names that are not capitalised for standing first."""
    pairs = zip([".", *words], words, strict=False)
    return _names(word for before, word in pairs if before not in _SENTENCE_ENDS)


def _is_slip(name: str, word: str) -> bool:
    """One letter left out, doubled or swapped with its neighbour; in a long name also one put for another."""
    longest = max(len(name), len(word))
    if longest < SHORTEST_SLIP or OSA.distance(name, word, score_cutoff=1) > 1:
        return False
    return longest >= LONG or len(name) != len(word) or sorted(name) == sorted(word)


_ALL = NEGATIONS | DIRECTIONS | NUMBERS | SYMBOLS
