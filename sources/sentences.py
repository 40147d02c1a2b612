"""The sentences of a source's text, each an exact slice of it.

A copy is any text: pasted, extracted, a table, a minified script. A line ends a sentence unless the next goes
on in small letters, as wrapped lines do; and no passage is longer than a person reads at a glance.
"""

import re
from collections.abc import Iterator

from claims.detection.sentences import split

Range = tuple[int, int]
#: Longer ones are cut at a blank: what has no full stops is a table or a listing.
LONGEST = 600
LINE_END = re.compile(r"\n\s*")
STOPS = ".!?…:;。！？।؟۔"


def find_sentences(text: str) -> list[Range]:
    """The sentences of the text in order, without outer white space."""
    return [
        piece
        for start, end in _blocks(text)
        for sentence in split(text, start, end)
        for piece in _cut(text, *sentence)
    ]


def _blocks(text: str) -> Iterator[Range]:
    """Runs of lines that read on. A blank line always ends one."""
    start = 0
    for match in LINE_END.finditer(text):
        if match.start() > start and not _reads_on(text, match):
            yield start, match.start()
            start = match.end()
    if start < len(text):
        yield start, len(text)


def _reads_on(text: str, line_end: re.Match[str]) -> bool:
    before, after = text[line_end.start() - 1], text[line_end.end() : line_end.end() + 1]
    return line_end.group().count("\n") == 1 and after.islower() and before not in STOPS


def _cut(text: str, start: int, end: int) -> Iterator[Range]:
    while end - start > LONGEST:
        blank = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        stop = blank if blank > start else start + LONGEST
        yield start, stop
        start = stop + (blank > start)
    if start < end:
        yield start, end
