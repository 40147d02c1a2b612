"""The words of a statement in the making: tokens in their new order, words put in place of some, words added.

Written out, neighbours keep what the article has between them, an editor's bracket included; all else is joined by
a blank, and the commas that a clause leaves behind go with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.detection.rules.parsing import Parsed

ENDS = (".", "!", "?", "…")
CLOSERS = "”’\"')]»"
TIDY = (
    (re.compile(r"\s+([,.;:!?’”)\]])(?!\w)"), r"\1"),
    (re.compile(r"([“(\[])\s+"), r"\1"),
    (re.compile(r"\s+(?=[’']s?\s)"), ""),
    (re.compile(r",(?:\s*[,;:])+"), ","),
    (re.compile(r"[,;:–—-]+\s*([.!?])$"), r"\1"),
    (re.compile(r"\s{2,}"), " "),
)


@dataclass(slots=True)
class Draft:
    """`order` holds tokens by index and inserted words; `instead` and `after` are by token."""

    text: str
    sentence: Parsed
    order: list[int | str]
    instead: dict[int, str] = field(default_factory=dict)
    before: dict[int, str] = field(default_factory=dict)
    after: dict[int, str] = field(default_factory=dict)

    def written(self) -> str:
        return finished(self.joined())

    def joined(self) -> str:
        parts: list[str] = []
        for number, item in enumerate(self.order):
            parts.append(item if isinstance(item, str) else self._token(item))
            following = self.order[number + 1] if number + 1 < len(self.order) else None
            parts.append(self._between(item, following))
        return " ".join("".join(parts).split())

    def _token(self, index: int) -> str:
        words = self.instead.get(index)
        if words is None:
            place = self.sentence.places[index]
            words = self.text[place.start : place.end]
            if "[" in words or "]" in words:
                words = self.sentence.doc[index].text
        return self.before.get(index, "") + words + self.after.get(index, "")

    def _between(self, item: int | str, following: int | str | None) -> str:
        if following is None:
            return ""
        if isinstance(item, int) and isinstance(following, int) and following == item + 1:
            places = self.sentence.places
            return self.text[places[item].end : places[following].start]
        return " "


def finished(words: str) -> str:
    """One line that begins with a capital and ends as a sentence does."""
    line = " ".join(words.split())
    for pattern, tidy in TIDY:
        line = pattern.sub(tidy, line)
    line = line.strip(" ,;:–—-")
    if line.count("[") > line.count("]"):
        line += "]"
    if not line:
        return ""
    first = next((index for index, sign in enumerate(line) if sign.isalnum()), 0)
    upper = line[first].upper()
    line = line[:first] + (upper if len(upper) == 1 else line[first]) + line[first + 1 :]
    return line if line.rstrip(CLOSERS).endswith(ENDS) else line + "."


def words_of(text: str, sentence: Parsed, tokens: Sequence[int]) -> str:
    """These tokens as they stand, unfinished."""
    return Draft(text, sentence, list(tokens)).joined().strip(" ,;:")
