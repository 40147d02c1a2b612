"""An act of saying in the making: words of one parse, before it has a name and a place in the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.detection.rules.acts import Family

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Found:
    """An act in the making. `means` is the word the source stands for, where that is another one."""

    verb: Token
    family: Family
    cue: set[int]
    content: set[int]
    source: set[int] = field(default_factory=set)
    head: Token | None = None
    means: Token | None = None
    is_asserted: bool = True
    addressee: set[int] = field(default_factory=set)
    target: set[int] = field(default_factory=set)

    def content_is_speech(self, quoted: Sequence[int]) -> bool:
        """Whether a word of what was said is in quotation marks."""
        return any(quoted[i] >= 0 for i in self.content)
