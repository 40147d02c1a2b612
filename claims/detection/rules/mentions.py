"""The dates, quantities and names in the words of a claim, each at its exact place.

How an engine asks:

    mentions = Mentions(document, parsed)       # `parsed`: what `parsing.parse(document)` gave, all of it
    mentions.dates(spans), mentions.quantities(spans), mentions.names(spans)

`spans` are the places of a claim; what lies wholly inside one of them is given, in reading order.
"""

from __future__ import annotations

from collections.abc import Sequence

from articles.document import Document
from claims.detection.base import Mention, Place
from claims.detection.rules.parsing import Parsed


class Mentions:
    """What one document mentions: read once, asked by claim."""

    def __init__(self, document: Document, parsed: Sequence[Parsed]) -> None:
        self._dates: tuple[Mention, ...] = ()
        self._quantities: tuple[Mention, ...] = ()
        self._names: tuple[Mention, ...] = ()

    def dates(self, spans: Sequence[Place]) -> tuple[Mention, ...]:
        return _inside(self._dates, spans)

    def quantities(self, spans: Sequence[Place]) -> tuple[Mention, ...]:
        return _inside(self._quantities, spans)

    def names(self, spans: Sequence[Place]) -> tuple[Mention, ...]:
        return _inside(self._names, spans)


def _inside(mentions: Sequence[Mention], spans: Sequence[Place]) -> tuple[Mention, ...]:
    return tuple(
        mention
        for mention in mentions
        if any(
            span.start <= mention.place.start and mention.place.end <= span.end for span in spans
        )
    )
