"""Makes the weights of the factual form: `python benchmarks/train_factual_form.py ../shared/data [--out FILE]`.

Reads `checkworthy_ct24_train.jsonl` and nothing else. The threshold is the one with the best F1 when each fifth of
the sentences, in the order of their numbers, is scored by a model of the other four. The parts named `dev` and
`devtest`, where they are there, are only measured, and the figures kept with the weights. Needs only the project's own
packages; a second run writes the same bytes.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.detection.worth.factual_form import SHIPPED, FactualForm, describe_form
from claims.detection.worth.measures import best_threshold, f1, log_loss, ndcg
from claims.detection.worth.training import Recipe, fit

DATA = "checkworthy_ct24_train.jsonl"
PARTS = 5
ORIGIN = (
    "Crowd-rated sentences of US presidential debates from the ClaimBuster data set, in the form that the CheckThat! "
    "lab of CLEF 2024 (task 1, English, training part) gives them. None of them is in this file; names and numbers "
    "were masked before training."
)


def read_rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def parts_in_order(rows: Sequence[dict]) -> list[int]:
    """Which fifth each row is in, by number, so that neighbours of one debate stay together."""
    order = sorted(range(len(rows)), key=lambda row: int(rows[row]["id"]))
    part = [0] * len(rows)
    for place, row in enumerate(order):
        part[row] = place * PARTS // len(rows)
    return part


def cross_scores(rows: Sequence[dict], recipe: Recipe) -> list[float]:
    """Each row's probability from a model that has not seen its part."""
    part, scores = parts_in_order(rows), [0.0] * len(rows)
    for number in range(PARTS):
        seen = [row for row, its in zip(rows, part, strict=True) if its != number]
        form = FactualForm(fit(*texts_and_labels(seen), recipe), 0.5)
        for place, row in enumerate(rows):
            if part[place] == number:
                scores[place] = form.probability(row["text"])
    return scores


def texts_and_labels(rows: Sequence[dict]) -> tuple[list[str], list[int]]:
    return [row["text"] for row in rows], [row["checkworthy"] for row in rows]


def train(path: Path) -> FactualForm:
    rows, recipe = read_rows(path), Recipe()
    sentences, labels = texts_and_labels(rows)
    scores = cross_scores(rows, recipe)
    threshold = best_threshold(labels, scores)
    weights = fit(sentences, labels, recipe)
    return FactualForm(
        weights,
        threshold,
        {
            "made_by": "benchmarks/train_factual_form.py",
            "data": DATA,
            "origin": ORIGIN,
            "rows": len(rows),
            "positive": sum(labels),
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "settings": asdict(recipe),
            "features": "words, pairs of words, pairs of sorts of words, counts, length",
            "cross_validated": {
                "parts": PARTS,
                "f1": round(f1(labels, scores, threshold), 4),
                "log_loss": round(log_loss(labels, scores), 4),
            },
            "measured": measured(FactualForm(weights, threshold), path.parent),
        },
    )


def measured(form: FactualForm, folder: Path) -> dict[str, dict[str, float]]:
    """The figures on the parts that nothing was fitted or chosen on."""
    card = {}
    for path in (folder / f"checkworthy_ct24_{part}.jsonl" for part in ("dev", "devtest")):
        if path.exists():
            sentences, labels = texts_and_labels(read_rows(path))
            scores = [form.probability(sentence) for sentence in sentences]
            card[path.name] = {
                "rows": len(labels),
                "f1": round(f1(labels, scores, form.threshold), 4),
                "ndcg": round(ndcg(labels, scores), 4),
            }
    return card


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    given = parser.parse_args()
    form = train(given.folder / DATA)
    text = json.dumps(describe_form(form), ensure_ascii=False, indent=0, separators=(",", ":"))
    given.out.write_text(text + "\n", encoding="utf-8")
    print(f"{given.out}: {len(form.weights)} weights, {given.out.stat().st_size} bytes,")
    print(f"threshold {form.threshold}, {form.provenance['cross_validated']}")
    print(form.provenance["measured"])


if __name__ == "__main__":
    main()
