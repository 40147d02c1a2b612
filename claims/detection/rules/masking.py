"""The words of a sentence as a parser should see them, with the way back to the article.

A parser trained on edited prose is wrecked by what editors and printers add: insertions in brackets,
single quotation marks that look like apostrophes, capitals for emphasis, line breaks, invisible
characters. Here they are left out or put plainly, and each character that is kept knows where it
stands in the untouched text, so that nothing found in the parse loses its place.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.detection.segments import Sentence
from claims.detection.sentences import split
from claims.detection.words import word_set

BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
LAST_WORD = re.compile(r"[\w'’]+$")
#: Before an insertion these leave a gap that only the insertion fills: “we told [the mayor]”.
OPEN_WORDS = word_set(
    """
    a an the this that these those my your his her its our their of to in on at by for from with about into over
    and or but if when while because as than so is are was were be been has have had will would can could may might
    must should do does did not i you he she it we they who which what told said
    """
)
FEWEST_CAPITALS = 12
#: A sign that no parser sees.
DROPPED = "\u200b"


@dataclass(frozen=True, slots=True)
class Masked:
    """`places[i]` is where `text[i]` stands in the document; `breaks` are indexes where a sentence begins.

    `left_out` are the brackets that the parser does not see, as ranges of the document.
    """

    text: str
    places: tuple[int, ...]
    breaks: tuple[int, ...]
    left_out: tuple[tuple[int, int], ...]


def mask(text: str, sentence: Sentence) -> Masked:
    """The sentence as the parser should see it."""
    kept, left_out = _kept(text, sentence)
    letters, places = _plain(text, kept, _marks(sentence))
    words = "".join(letters)
    if _is_shouted(words):
        words = words[:1] + "".join(map(_lower, words[1:]))
    return Masked(words, tuple(places), tuple(_breaks(text, sentence, places)), tuple(left_out))


def _kept(text: str, sentence: Sentence) -> tuple[list[int], list[tuple[int, int]]]:
    """The places that are not in a bracket to be left out, and those brackets."""
    kept: list[int] = []
    left_out: list[tuple[int, int]] = []
    place = sentence.start
    for match in BRACKETED.finditer(text, sentence.start, sentence.end):
        start, end = match.span()
        if _is_needed(text, sentence, start, end):
            kept.extend([*range(place, start), *range(start + 1, end - 1)])
        else:
            blank = 1 if text[start - 1 : start].isspace() else 0
            kept.extend(range(place, start - blank))
            left_out.append((start, end))
        place = end
    kept.extend(range(place, sentence.end))
    return kept, left_out


def _is_needed(text: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words in the bracket fill a gap in the sentence, or are the sentence."""
    if not text[sentence.start : start].strip("\"'“‘ ") and not text[end : sentence.end].strip(
        " ."
    ):
        return True
    if text[start] == "(":
        return False
    if text[start + 1 : end - 1].strip() in OPEN_WORDS:
        return True
    if text[end : end + 1].isalpha() or text[start - 1 : start].isalpha():
        return True
    before = text[max(sentence.start, start - 40) : start].rstrip()
    word = LAST_WORD.search(before)
    return word is None or word.group().lower() in OPEN_WORDS


def _marks(sentence: Sentence) -> dict[int, str]:
    """Each outer quotation mark, put as one that is no apostrophe; the rest of a double one is dropped."""
    signs: dict[int, str] = {}
    for quotation in sentence.quotations:
        signs.update(dict.fromkeys(range(quotation.start, quotation.inner_start), DROPPED))
        signs[quotation.start] = "“"
        if not quotation.is_open:
            signs.update(dict.fromkeys(range(quotation.inner_end, quotation.end), DROPPED))
            signs[quotation.end - 1] = "”"
    return signs


def _plain(text: str, kept: Sequence[int], marks: dict[int, str]) -> tuple[list[str], list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for place in kept:
        letter = marks.get(place) or text[place]
        if letter.isspace():
            if not letters or letters[-1] == " ":
                continue
            letter = " "
        elif unicodedata.category(letter) in ("Cf", "Cc", "Cs"):
            continue
        elif letter == "’":
            letter = "'"
        elif letter == "“" and place in marks and letters and letters[-1] in ",:;.":
            letters.append(" ")
            places.append(place)
        letters.append(letter)
        places.append(place)
    if letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    return letters, places


def _lower(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


def _is_shouted(words: str) -> bool:
    """Whether a whole sentence is in capitals, which tell the parser nothing."""
    capitals = sum(map(str.isupper, words))
    return capitals >= FEWEST_CAPITALS and " " in words and not any(map(str.islower, words))


def _breaks(text: str, sentence: Sentence, places: list[int]) -> Iterator[int]:
    """Where a quotation begins another sentence inside this one."""
    starts = [
        start
        for quotation in sentence.quotations
        for start, _ in split(text, quotation.inner_start, min(quotation.inner_end, sentence.end))[
            1:
        ]
    ]
    index = 0
    for start in starts:
        while index < len(places) and places[index] < start:
            index += 1
        if 0 < index < len(places):
            yield index
