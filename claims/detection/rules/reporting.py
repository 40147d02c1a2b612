"""Who says what in an article: the acts of saying of every sentence, with their speakers.

The contract of what is given back is in `acts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.detection.rules.acts import Act
from claims.detection.rules.extents import places, runs
from claims.detection.rules.sentence_acts import Found, find_acts

if TYPE_CHECKING:
    from claims.detection.rules.parsing import Parsed


def read_reports(text: str, sentences: Sequence[Parsed]) -> list[tuple[Act, ...]]:
    """For each sentence of the article, in order, its acts of saying."""
    return [tuple(_act(parsed, found) for found in find_acts(parsed)) for parsed in sentences]


def _act(parsed: Parsed, found: Found) -> Act:
    source, cue, content = (
        runs(parsed, tokens) for tokens in (found.source, found.cue, found.content)
    )
    return Act(
        places(parsed, source),
        places(parsed, cue),
        places(parsed, content),
        found.family,
        is_asserted=found.is_asserted,
        source_tokens=source,
        cue_tokens=cue,
        content_tokens=content,
    )
