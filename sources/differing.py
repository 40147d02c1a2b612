"""What differs between a quote and the passage that it is nearly, as pieces to show.

Words are compared as they are meant, not as they are set: a curly quotation mark is no difference. Figures are
compared whole. Where the quote has an ellipsis, the words that it stands for are a gap of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from sources.folding import HYPHENS, MARKS, UNSEEN, fold
from sources.quotes import check_quote, split_at_ellipses

_LETTER = rf"[\w{MARKS}{UNSEEN}]"
_TOKENS = re.compile(rf"{_LETTER}+(?:[.,:/'’{HYPHENS}]{_LETTER}+)*|\s+|[^\w\s]")
#: Tokens beyond which they are not compared one by one.
MOST_TOKENS = 4_000
#: Words of a gap that are shown whole; of a longer one as many in all, from both ends.
MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: `same` in both, only in the `quote`, only in the `copy`, or the `gap` of an ellipsis."""

    kind: str
    text: str

    @property
    def is_long(self) -> bool:
        return len(self.text.split()) > MOST_WORDS

    @property
    def word_count(self) -> int:
        return len(self.text.split())

    @property
    def ends(self) -> tuple[str, str]:
        """Of a long gap, how it begins and ends."""
        words = self.text.split()
        return " ".join(words[: MOST_WORDS // 2]), " ".join(words[-MOST_WORDS // 2 :])


def compare_quote(quote: str, passage: str) -> tuple[Piece, ...]:
    """The passage with what the quote has otherwise, in reading order."""
    found = check_quote(quote, passage)
    parts = split_at_ellipses(quote)
    if len(parts) < 2 or len(found.parts) != len(parts):
        return tuple(_compare(quote.strip(), passage.strip()))
    pieces: list[Piece] = []
    at = found.parts[0][0]
    for part, (start, end) in zip(parts, found.parts, strict=True):
        if gap := passage[at:start]:
            pieces.append(Piece("gap" if gap.strip() else "same", gap))
        pieces += _compare(part, passage[start:end])
        at = end
    return tuple(pieces)


def _compare(quote: str, passage: str) -> Iterator[Piece]:
    ours, theirs = _TOKENS.findall(quote), _TOKENS.findall(passage)
    if max(len(ours), len(theirs)) > MOST_TOKENS:
        yield from (Piece("quote", quote), Piece("copy", passage))
        return
    codes = list(LCSseq.opcodes(_keys(ours), _keys(theirs)))
    out = put = ""
    for index, code in enumerate(codes):
        words = "".join(ours[code.src_start : code.src_end])
        others = "".join(theirs[code.dest_start : code.dest_end])
        # A space or a comma between two changes belongs to them.
        is_between = 0 < index < len(codes) - 1 and not re.search(r"\w", others)
        if code.tag == "equal" and not is_between:
            yield from _changed(out, put)
            yield Piece("same", others)
            out = put = ""
        else:
            out, put = out + words, put + others
    yield from _changed(out, put)


def _keys(tokens: list[str]) -> list[str]:
    return [" " if token.isspace() else fold(token).text for token in tokens]


def _changed(out: str, put: str) -> Iterator[Piece]:
    if _keys_of(out) == _keys_of(put):
        if put:
            yield Piece("same", put)
        return
    if out:
        yield Piece("quote", out)
    if put:
        yield Piece("copy", put)


def _keys_of(text: str) -> str:
    return fold(text).text
