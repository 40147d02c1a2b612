"""May these words stand for those? Not when a number, a negation, a direction or a name differs.

Pure. “Profits rose 4%” and “Profits fell 5%” look alike to every measure of likeness and say opposite things. So
likeness alone never carries a claim over: the words that turn a sentence round (`articles.turning`) must be the same,
in order, and a word may not give way to its opposite by a syllable: “legal” to “illegal”, “careful” to “careless”.
A name may differ by a slip of the pen and no more: “Iran” is not “Iraq”. What the article says elsewhere is no slip.
Where a language is not known, numbers and names still hold.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable

from rapidfuzz.distance import OSA

from articles.turning import ALWAYS, NEGATIONS, NUMBERS, SYMBOLS, root

_CONTRACTED = re.compile(r"n['’]t$")
_SENTENCE_ENDS = frozenset(".!?:“\"'‘")
#: Capitalised at the start of a sentence, and no names.
_PLAIN_TEXT = (
    "the a an in on at by of to and but or so as if it he she we they this that these those there "
    "his her its our their i you when while what who how why where with from"
)
_PLAIN = frozenset(_PLAIN_TEXT.split())
#: A word this short has neighbours that are other words.
SHORTEST_SLIP = 5
#: From this length on two names that differ in one letter are nearly always one name.
LONG = 7
#: What turns a word round when it is put before it, and ends that do when one takes the other's place.
_BEFORE = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "anti", "de", "counter")
_ENDS = ((("ful",), ("less",)), (("er", "or"), ("ee",)))
#: A superlative that gives way to another says the opposite more often than not.
_MOST = "est"


def tell_the_same(old: list[str], new: list[str], known: Container[str] = ()) -> bool:
    """Whether two runs of words, alike as they are, differ in nothing that would make another claim of them.

    `known` are the words of the whole old text: what is one of them is no slip for another.
    """
    old, new = _mended(old, new, ()), _mended(new, old, known)
    if _turning(old) != _turning(new):
        return False
    return not _are_opposite(*_difference(old, new)) and _are_same_names(old, new, known)


def negations(words: Iterable[str]) -> list[str]:
    return [word for word in _turning(words) if word in NEGATIONS]


def is_telling(word: str) -> bool:
    """Whether a word says something of its own, so that meeting it again is a sign."""
    is_name = len(word) > 1 and word.isupper()
    return is_name or len(word) >= 4 or any(c.isdigit() or c >= "\u3040" for c in word)


def _turning(words: Iterable[str]) -> list[str]:
    """The words that turn a sentence round, in order, whatever their form."""
    found: list[str] = []
    for word in words:
        plain = word.casefold()
        if _CONTRACTED.search(plain) or plain == "cannot":
            found.append("not")
        elif plain in SYMBOLS or any(c.isnumeric() for c in plain):
            found.append(plain)
        elif (listed := root(plain)) in ALWAYS:
            found.append(str(listed))
    return found


def _difference(old: list[str], new: list[str]) -> tuple[Counter[str], Counter[str]]:
    """What went, and what came for it."""
    before, after = Counter(map(str.casefold, old)), Counter(map(str.casefold, new))
    return before - after, after - before


def _mended(words: list[str], others: list[str], known: Container[str]) -> list[str]:
    """The words without the slips in those that turn a sentence round: “inceease” is the others' “increase”."""
    meant, written = _difference(others, words)
    free = [word for word in written if not root(word) and word not in known]
    slips = {
        word: right for right in filter(root, meant) for word in free if _is_mistyped(right, word)
    }
    return [slips.get(word.casefold(), word) for word in words]


def _is_mistyped(word: str, other: str) -> bool:
    """One letter left out, doubled or swapped; in a longer word also one put for another that is not its first."""
    shortest = SHORTEST_SLIP if root(word) in NUMBERS else SHORTEST_SLIP - 1
    if max(len(word), len(other)) < shortest or OSA.distance(word, other, score_cutoff=1) > 1:
        return False
    if sorted(word) == sorted(other):
        return True
    is_long = len(word) >= SHORTEST_SLIP
    return (is_long or len(other) > len(word)) and (word[0] == other[0] or len(other) != len(word))


def _are_opposite(gone: Counter[str], come: Counter[str]) -> bool:
    """Whether a word went and one came that may turn it round."""
    listed, others = ({root(word) for word in words} - {None} for words in (gone, come))
    if listed - others and others - listed:
        return True
    return any(_turns(word, other) or _turns(other, word) for word in gone for other in come)


def _turns(word: str, other: str) -> bool:
    """Whether a syllable makes the opposite of a word, or one superlative gives way to another."""
    if any(other == before + word for before in _BEFORE):
        return True
    for ones, others in _ENDS:
        stems = {word.removesuffix(one) for one in ones if word.endswith(one)}
        if any(other.endswith(end) and other.removesuffix(end) in stems for end in others):
            return True
    is_pair = len(word) > 4 and word.endswith(_MOST) and other.endswith(_MOST)
    return is_pair and OSA.distance(word, other, score_cutoff=1) > 1


def _are_same_names(old: list[str], new: list[str], known: Container[str]) -> bool:
    gone, come = _difference(old, new)
    names = {word.casefold() for word in (*_names(old), *_inner(old))}
    for name in (word for word in gone.elements() if word in names):
        slip = next((word for word in come if _is_slip(name, word) and word not in known), None)
        if slip is None:
            return False
        come -= Counter([slip])
    brought = {name.casefold() for name in _names(_inner(new))}
    return not any(word in brought for word in come)


def _names(words: Iterable[str]) -> list[str]:
    return [word for word in words if word[:1].isupper() and word.casefold() not in _PLAIN]


def _inner(words: list[str]) -> list[str]:
    """What is capitalised, and not for standing first; “I” always is."""
    pairs = zip([".", *words], words, strict=False)
    inner = (word for before, word in pairs if before not in _SENTENCE_ENDS)
    return [word for word in inner if word[:1].isupper() and word != "I"]


def _is_slip(name: str, word: str) -> bool:
    """One letter left out, doubled or swapped with its neighbour; in a long name also one put for another."""
    longest = max(len(name), len(word))
    if longest < SHORTEST_SLIP or OSA.distance(name, word, score_cutoff=1) > 1:
        return False
    return longest >= LONG or len(name) != len(word) or sorted(name) == sorted(word)
