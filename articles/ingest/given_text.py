"""A text as it was given, beside the text that is read: with the way back from one to the other.

Reading tidies a text first (`decode.tidy`), which drops characters and joins line breaks, so that
offsets into the tidied text are not offsets into what was given. Who analyses an archive has only
the latter. Here each change is remembered, and a run of the tidied text is found again in the
original: from the first character of its first sign to the last character of its last.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from articles.ingest.decode import REPLACEMENT, SURROGATE

#: What `decode.tidy` takes out or joins: marks at the beginning, stray NULs, line breaks of two characters.
CHANGE = re.compile("\\A[\x00\ufeff]+|\r\x00*\n|\x00+")
BREAK = re.compile("\r\x00*\n")


@dataclass(frozen=True, slots=True)
class GivenText:
    """`tidied` is what `decode.tidy` makes of `given`, but for its refusal of texts without words.

    From `starts[i]` of the tidied text on, a sign stands `shifts[i]` characters further on in the given one.
    """

    given: str
    tidied: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The run of the given text that `tidied[start:end]` stands for. The run is not empty."""
        last = self._given(end - 1)
        joined = BREAK.match(self.given, last)
        return self._given(start), joined.end() if joined else last + 1

    def _given(self, place: int) -> int:
        return place + self.shifts[bisect_right(self.starts, place) - 1]


def read_given(text: str) -> GivenText:
    """Tidy a text, and remember where it was changed."""
    starts, shifts = [0], [0]
    dropped = 0
    for change in CHANGE.finditer(text):
        is_break = change.group().endswith("\n")
        starts.append(change.start() - dropped + is_break)
        dropped += len(change.group()) - is_break
        shifts.append(dropped)
    tidied = CHANGE.sub(lambda change: "\n" if change.group().endswith("\n") else "", text)
    tidied = SURROGATE.sub(REPLACEMENT, tidied.replace("\r", "\n"))
    return GivenText(text, tidied, tuple(starts), tuple(shifts))
