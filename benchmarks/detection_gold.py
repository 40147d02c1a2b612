"""Claims of an engine against claims written by hand: the seed's score card.

Claims are matched one to one by Dice over the alphanumeric characters of their spans: *loose* from 0.5, *strict* from
0.75. Optional claims are neither rewarded nor penalised: what matches one, and none that is asked for, does not count.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from articles.document import BODY_KINDS, BlockKind, Document
from articles.ingest import read_text
from claims.detection.base import Candidate, Detection, Place
from claims.detection.segments import read_body

LOOSE, STRICT = 0.5, 0.75
MOST_BYTES = 10_000_000
#: What the seed calls the parts of an article, and what a document does.
UNIT_KINDS = {
    "headline": {BlockKind.HEADLINE},
    "standfirst": {BlockKind.STANDFIRST},
    "sentence": {BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM},
    "definition": {BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM},
    "heading": {BlockKind.HEADING},
    "caption": {BlockKind.CAPTION},
    "boilerplate": {BlockKind.FURNITURE},
}


@dataclass
class Gold:
    """An article with its claims and its parts, as `gold.json` has them."""

    document: Document
    claims: list[dict]
    units: list[dict] = field(default_factory=list)

    @classmethod
    def read(cls, folder: Path) -> "Gold":
        text = (folder / "article.txt").read_bytes().decode()
        data = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        return cls(
            read_text(text, max_bytes=MOST_BYTES).document, data["claims"], data.get("units", [])
        )


@dataclass
class Score:
    """Matches at one threshold. `pairs` are indexes of gold claims and of candidates."""

    pairs: list[tuple[int, int]]
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        return len(self.pairs) / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return len(self.pairs) / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.wanted
        return 2 * len(self.pairs) / total if total else 0.0


def letters(text: str, spans) -> frozenset[int]:
    return frozenset(i for start, end in spans for i in range(start, end) if text[i].isalnum())


def dice(one: frozenset[int], other: frozenset[int]) -> float:
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


def _matched(
    gold: list[frozenset[int]], found: list[frozenset[int]], least: float
) -> list[tuple[int, int]]:
    """The most pairs that can be had, better ones first."""
    near = [
        sorted(
            (j for j, other in enumerate(found) if dice(one, other) >= least),
            key=lambda j: (-dice(one, found[j]), j),
        )
        for one in gold
    ]
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in near[i]:
            if j not in seen:
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    for i in range(len(gold)):
        place(i, set())
    return sorted((i, j) for j, i in taken.items())


def score(gold: Gold, spans: list[list[tuple[int, int]]], least: float) -> Score:
    """Spans of claims against the gold; a pair is (index in `gold.claims`, index in `spans`)."""
    text = gold.document.text
    found = [letters(text, places) for places in spans]
    core = [i for i, claim in enumerate(gold.claims) if not claim["optional"]]
    optional = [i for i, claim in enumerate(gold.claims) if claim["optional"]]
    wanted = [letters(text, _spans(gold.claims[i])) for i in core]
    pairs = [(core[i], j) for i, j in _matched(wanted, found, least)]
    left = sorted(set(range(len(found))) - {j for _, j in pairs})
    spare = [letters(text, _spans(gold.claims[i])) for i in optional]
    excused = _matched(spare, [found[j] for j in left], LOOSE)
    return Score(pairs, len(found) - len(excused), len(core))


def _spans(claim: dict) -> list[tuple[int, int]]:
    return [(span["start"], span["end"]) for span in claim["spans"]]


def spans_of(detection: Detection) -> list[list[tuple[int, int]]]:
    return [[(s.start, s.end) for s in c.spans] for c in detection.candidates]


def one_a_sentence(document: Document) -> list[list[tuple[int, int]]]:
    """The floor: every sentence of the body is one claim."""
    kinds = [block.kind for block in document.blocks]
    return [
        [(s.start, s.end)]
        for s in read_body(document)
        if kinds[s.block] is not BlockKind.STANDFIRST
    ]


def same_speaker(wanted: str | None, found: Candidate) -> bool:
    """The same words, or one a part of the other: “Ratner” and “Ely Ratner”, “the source” and “source”."""
    name = found.claimant
    if not wanted or not name:
        return not wanted and not name
    one, other = (set(_words(n)) for n in (wanted, name))
    return bool(one and other) and (one <= other or other <= one)


def _words(name: str) -> list[str]:
    return [w for w in name.casefold().replace("’s", "").split() if w not in ("the", "a", "an")]


def shares(gold: Gold, detection: Detection) -> dict[str, tuple[int, int]]:
    """How many of the loosely matched claims have the right speaker, mode, kind; how many mentions were found."""
    pairs = score(gold, spans_of(detection), LOOSE).pairs
    matched = [(gold.claims[i], detection.candidates[j]) for i, j in pairs]
    said = [pair for pair in matched if pair[0]["speaker"]]
    own = [pair for pair in matched if not pair[0]["speaker"]]
    return {
        "claimant, of attributed": _share(same_speaker(g["speaker"], c) for g, c in said),
        "claimant none, of narrated": _share(same_speaker(None, c) for g, c in own),
        "mode": _share(g["mode"] == c.mode for g, c in matched),
        "kind": _share(g["content_kind"] == c.kind for g, c in matched),
        "dates": _mentions(gold, detection, "dates"),
        "quantities": _mentions(gold, detection, "quantities"),
        "sentences accounted for": _share(_accounted(gold, detection)),
        "block kinds": _share(_is_kind(gold.document, unit) for unit in gold.units),
    }


def _share(results) -> tuple[int, int]:
    results = list(results)
    return sum(results), len(results)


def _mentions(gold: Gold, detection: Detection, sort: str) -> tuple[int, int]:
    """Those in the claims that are asked for, by their place."""
    wanted = {
        (m["start"], m["end"]) for c in gold.claims if not c["optional"] for m in c.get(sort, [])
    }
    found = [m.place for c in detection.candidates for m in getattr(c, sort)]
    return _share(
        any(_overlap(start, end, place) for place in found) for start, end in sorted(wanted)
    )


def _accounted(gold: Gold, detection: Detection):
    """For each sentence of the body, whether it has a claim or a reason."""
    places = [s for c in detection.candidates for s in c.spans]
    places += [item.place for item in detection.left_out]
    for sentence in read_body(gold.document):
        yield any(_overlap(sentence.start, sentence.end, place) for place in places)


def _overlap(start: int, end: int, place: Place) -> bool:
    return start < place.end and place.start < end


def _is_kind(document: Document, unit: dict) -> bool:
    block = next((b for b in document.blocks if b.start <= unit["start"] < b.end), None)
    return block is not None and block.kind in UNIT_KINDS[unit["type"]]


def is_body(document: Document, place: Place) -> bool:
    return any(b.start <= place.start < b.end and b.kind in BODY_KINDS for b in document.blocks)


def card(gold: Gold, engines) -> list[str]:
    """The score card of an article: a floor, then each engine."""
    floor = one_a_sentence(gold.document)
    lines = [f"{'':<28}{'claims':>7}  {'loose P / R / F1':<20}  {'strict P / R / F1':<20}"]
    lines.append(_line("one claim a sentence", floor, gold))
    found = [(engine, engine.detect(gold.document)) for engine in engines]
    lines += [_line(engine.name, spans_of(detection), gold) for engine, detection in found]
    for engine, detection in found:
        parts = (
            f"{name} {right}/{all_}"
            for name, (right, all_) in shares(gold, detection).items()
            if all_
        )
        lines.append(f"{engine.name}: " + ", ".join(parts))
    return lines


def _line(name: str, spans: list[list[tuple[int, int]]], gold: Gold) -> str:
    cells = []
    for least in (LOOSE, STRICT):
        s = score(gold, spans, least)
        cells.append(f"{s.precision:.2f} / {s.recall:.2f} / {s.f1:.2f}")
    return f"{name:<28}{len(spans):>7}  {cells[0]:<20}  {cells[1]:<20}"


def differences(gold: Gold, detection: Detection) -> list[str]:
    """What was missed and what was too much, strictly, for reading."""
    text = gold.document.text
    result = score(gold, spans_of(detection), STRICT)
    matched = {i for i, _ in result.pairs}, {j for _, j in result.pairs}
    lines = []
    for i, claim in enumerate(gold.claims):
        if i not in matched[0] and not claim["optional"]:
            lines.append(f"missed    {claim['mode']:<9}{_told(text, _spans(claim))}")
    for j, spans in enumerate(spans_of(detection)):
        if j not in matched[1]:
            lines.append(f"too much  {detection.candidates[j].mode:<9}{_told(text, spans)}")
    return lines


def _told(text: str, spans) -> str:
    return " || ".join(" ".join(text[start:end].split()) for start, end in spans)
