"""Who says what, against news read by people.

Run as `python benchmarks/detection_quotes.py ../shared/data/quotes_polnear_dev.jsonl`.

Each line of the file is an article with its attributions (source, cue, content, as offsets). Printed is our card beside
the light engine's in one run, and beside figures published for the test part of the same collection. With `--engine
NAME` the claims of that engine are measured instead of the acts that the reader of reports finds.

- A direct quotation is an attribution whose content is in quotation marks and three words long or longer. It is found
  when a content of ours overlaps it, and has the right source when the source of such a one overlaps.
- A whole relation is right when cue, source and content all overlap with those of one attribution. Acts in the
  content of another act are not counted, as the annotators did not.
- Exact figures count runs of characters that are the same at both ends.

Ends with status 1 when a goal is missed.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from articles.document import Document
from articles.ingest.plain_text import read_layout
from claims.detection.base import Place
from claims.detection.lite import LiteEngine

Run = tuple[int, int]
PARTS = ("source", "cue", "content")
MARKS = "\"'“”‘’`«»"
FEWEST_WORDS = 3
PUBLISHED = (
    ("rules of the CofeNet paper (published)", 0.107, 0.228, 0.056),
    ("CoreNLP (published)", 0.139, None, 0.175),
    ("CRF (published)", 0.506, 0.534, 0.286),
    ("BiLSTM and CRF, trained on it (published)", 0.696, 0.667, 0.590),
    ("BERT and CofeNet, trained on it (published)", 0.832, 0.753, 0.729),
)
GOALS = {
    "direct quotations found": 0.92,
    "  with the right source": 0.88,
    "whole relations, precision": 0.80,
    "whole relations, recall": 0.50,
    "content, exact F1": 0.50,
}


@dataclass
class Relation:
    source: list[Run] = field(default_factory=list)
    cue: list[Run] = field(default_factory=list)
    content: list[Run] = field(default_factory=list)


@dataclass
class Counts:
    """What was counted over all articles."""

    gold: dict = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    ours: dict = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    same: dict = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    relations: int = 0
    relations_found: int = 0
    relations_ours: int = 0
    relations_right: int = 0
    direct: int = 0
    direct_found: int = 0
    direct_right: int = 0
    drifted: int = 0
    seconds: float = 0.0


Reader = Callable[[Document], list[Relation]]


def from_acts(document: Document) -> list[Relation]:
    from claims.detection.rules import parsing
    from claims.detection.rules.reporting import read_reports

    with parsing.reading():
        reports = read_reports(document.text, parsing.parse(document))
        found = [(a.source, a.cue, a.content) for acts in reports for a in acts if a.outer is None]
    return joined(found)


def from_engine(engine) -> Reader:
    def read(document: Document) -> list[Relation]:
        said = [c.attribution for c in engine.detect(document).candidates if c.attribution]
        return joined(
            [((a.source,) if a.source else (), (a.cue,) if a.cue else (), a.content) for a in said]
        )

    return read


def joined(found: list[tuple[tuple[Place, ...], ...]]) -> list[Relation]:
    """One relation for all that has the same source and cue: a quotation that goes on is one with its beginning."""
    relations: dict[tuple, Relation] = {}
    for source, cue, content in found:
        relation = relations.setdefault((source, cue), Relation(runs(source), runs(cue)))
        relation.content = sorted({*relation.content, *runs(content)})
    return list(relations.values())


def runs(places: tuple[Place, ...]) -> list[Run]:
    return [(place.start, place.end) for place in places]


def overlap(one: list[Run], other: list[Run]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def is_same(one: Relation, other: Relation) -> bool:
    sources = overlap(one.source, other.source) or not (one.source or other.source)
    return sources and overlap(one.cue, other.cue) and overlap(one.content, other.content)


def is_direct(text: str, relation: Relation) -> bool:
    words = [text[start:end].strip() for start, end in relation.content]
    is_quoted = all(w and w[0] in MARKS and w[-1] in MARKS for w in words)
    return is_quoted and sum(len(w.split()) for w in words) >= FEWEST_WORDS


def gold_of(row: dict) -> list[Relation]:
    return [
        Relation(*([tuple(run) for run in said[part]] for part in PARTS))
        for said in row["attributions"]
        if said["cue"] and said["content"]
    ]


def count(counts: Counts, text: str, gold: list[Relation], ours: list[Relation]) -> None:
    for part in PARTS:
        wanted = {run for relation in gold for run in getattr(relation, part)}
        found = {run for relation in ours for run in getattr(relation, part)}
        counts.gold[part] += len(wanted)
        counts.ours[part] += len(found)
        counts.same[part] += len(wanted & found)
        counts.drifted += sum(not is_clean(text, run) for run in found)
    counts.relations += len(gold)
    counts.relations_found += sum(any(is_same(g, o) for o in ours) for g in gold)
    counts.relations_ours += len(ours)
    counts.relations_right += sum(any(is_same(g, o) for g in gold) for o in ours)
    for wanted in (relation for relation in gold if is_direct(text, relation)):
        found = [relation for relation in ours if overlap(relation.content, wanted.content)]
        counts.direct += 1
        counts.direct_found += bool(found)
        counts.direct_right += any(
            overlap(relation.source, wanted.source) or not (relation.source or wanted.source)
            for relation in found
        )


def is_clean(text: str, run: Run) -> bool:
    """Whether a place is a slice of the text that begins and ends with words or marks, inside a word nowhere."""
    start, end = run
    words = text[start:end]
    if not (0 <= start < end <= len(text)) or words != words.strip():
        return False
    torn = [(start - 1, start), (end - 1, end)]
    return not any(
        a >= 0 and b < len(text) and text[a].isalpha() and text[b].isalpha() for a, b in torn
    )


def measure(rows: list[dict], read: Reader) -> Counts:
    counts = Counts()
    for row in rows:
        document = read_layout(row["text"]).document
        begun = time.process_time()
        ours = read(document)
        counts.seconds += time.process_time() - begun
        assert document.text == row["text"], "reading changed the text"
        count(counts, row["text"], gold_of(row), ours)
    return counts


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def figures(counts: Counts) -> dict[str, float]:
    """The card, by name; `GOALS` holds the goals of some."""
    card = {
        "direct quotations found": share(counts.direct_found, counts.direct),
        "  with the right source": share(counts.direct_right, counts.direct),
        "whole relations, precision": share(counts.relations_right, counts.relations_ours),
        "whole relations, recall": share(counts.relations_found, counts.relations),
    }
    for part in reversed(PARTS):
        both = counts.gold[part] + counts.ours[part]
        card[f"{part}, exact F1"] = share(2 * counts.same[part], both)
    return card


def is_reached(counts: Counts) -> bool:
    card = figures(counts)
    return counts.drifted == 0 and all(card[name] >= goal for name, goal in GOALS.items())


def print_card(counts: Counts, floor: Counts) -> None:
    card, low = figures(counts), figures(floor)
    print(f"{'':38}{'ours':>8}{'light':>8}{'goal':>8}")
    for name, value in card.items():
        goal = f"{GOALS[name]:8.2f}" if name in GOALS else ""
        print(f"{name:38}{value:8.3f}{low[name]:8.3f}{goal}")
    print(f"{'places that do not fit the text':38}{counts.drifted:8}{floor.drifted:8}{0:8}")
    print(f"{counts.relations} attributions, {counts.direct} of them direct quotations")
    print("\nexact F1 on the test part of the collection    source     cue  content")
    for name, *values in PUBLISHED:
        print(f"{name:45}" + "".join("       –" if v is None else f"{v:8.3f}" for v in values))


def engine_named(name: str):
    import django

    django.setup()
    from claims.services import detection

    return detection.load_engine(name)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--engine", help="measure the claims of this engine")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.path.read_text().splitlines()]
    reader = from_engine(engine_named(options.engine)) if options.engine else from_acts
    ours = measure(rows, reader)
    print_card(ours, measure(rows, from_engine(LiteEngine())))
    return 0 if is_reached(ours) else 1


if __name__ == "__main__":
    sys.exit(main())
