"""What stands around a run of words, and how much of it is the same in two texts.

Pure, and small: `articles.anchoring` decides with it whether a place holds the words of a claim.
"""

import re
from collections import Counter

from rapidfuzz.distance import Levenshtein

from articles.alignment import Words
from articles.telling import is_telling, negations

#: Likeness of neighbours from which they are taken for the same. It also stands for what cannot be told.
ALIKE = 0.6
#: Characters from which neighbours say something, and words beside a place in which a negation concerns it.
SHORTEST, NEAR = 8, 3
#: Characters of a sentence that are looked at on either side.
LONGEST = 1000
_STOP = re.compile(r"[.!?。！？][”’\"')]*(?=\s)|\n")
_STOPPED = re.compile(r"(?:[.!?。！？][”’\"')]*|\n)\s*$")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence starts and ends that holds these words, or what is near of a very long one."""
    before = _open_start(text[max(0, start - LONGEST) : start]).lstrip()
    after = _open_end(text[start:end], text[end : end + LONGEST]).rstrip()
    return start - len(before), end + len(after)


def _open_start(before: str) -> str:
    """What the sentence says before the words."""
    return _STOP.split(before)[-1]


def _open_end(words: str, after: str) -> str:
    """What the sentence says after the words; nothing when they end it."""
    return "" if _STOPPED.search(words) else _STOP.split(after, maxsplit=1)[0]


def in_common(one: str, other: str) -> int:
    """How many telling words both have."""
    shared = Counter(Words.of(one).texts) & Counter(Words.of(other).texts)
    return sum(count for word, count in shared.items() if is_telling(word))


def side_before(old: str, new: str) -> float:
    """How alike the neighbours before are. The start of a text is like no other place."""
    return side_after(old[::-1], new[::-1])


def side_after(old: str, new: str) -> float:
    """How alike the neighbours after are. The end of a text is like no other place."""
    if len(old.strip()) >= SHORTEST:
        return likeness(old, new[: len(old)])
    return ALIKE if len(new.strip()) >= SHORTEST else 1.0


def denials(before: str, words: str, after: str) -> list[str]:
    """The negations next to a place in its own sentence: “did not” before it turns it round."""
    near = Words.of(_open_start(before)).texts[-NEAR:]
    return negations(near + Words.of(_open_end(words, after)).texts[:NEAR])


def likeness(one: str, other: str) -> float:
    return Levenshtein.normalized_similarity(one, other)


def stands_outside(text: str, words: str, start: int, end: int) -> bool:
    """Whether the text has these words anywhere but on the span's own."""
    at = text.find(words)
    while at >= 0:
        if at + len(words) <= start or at >= end:
            return True
        at = text.find(words, at + 1)
    return False


def edges(before: str, words: str, after: str) -> tuple[bool, bool]:
    """Whether a word or a number runs on across either end: “10” in “2010”, “5 million” in “1.5 million”."""
    return _runs_on(before, words[:2]), _runs_on(words[-2:], after[:2])


def _runs_on(before: str, after: str) -> bool:
    if not before or not after:
        return False
    if before[-1].isalnum() and after[0].isalnum():
        return True
    number = before[-2:-1].isdigit() and before[-1] in ".,:/" and after[0].isdigit()
    return number or (before[-1].isdigit() and after[0] in ".,:/" and after[1:2].isdigit())
