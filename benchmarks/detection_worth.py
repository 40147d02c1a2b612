"""How well worth is told: `python benchmarks/detection_worth.py ../shared/data`.

Printed are, each beside a floor in the same run: check-worthy sentences of debates by the shipped weights (made from
`checkworthy_ct24_train` alone, threshold chosen there), factual claims in speeches by the same features, learned from
the other documents, and, for information, subjectivity in news. The floor is logistic regression on TF-IDF of words
and pairs of words. `../seed`, where it is there, shows what the score is worth on news: a rank correlation.
"""

import argparse
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain, pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.detection.base import Attribution, Candidate
from claims.detection.worth import FactualForm, shipped, weigh
from claims.detection.worth.composite import BASE, FORM_WEIGHT, SIGNS
from claims.detection.worth.factual_form import BIAS
from claims.detection.worth.features import features
from claims.detection.worth.measures import accuracy, best_threshold, f1, ndcg
from claims.detection.worth.training import Prior, fit_known, fit_rows

WORD = re.compile(r"\w\w+")
PARTS, FLOOR_PULL, PULL = 5, 0.25, 3.0
GOALS = {"dev": 0.88, "devtest": 0.81, "policlaim": 0.80}
Scorer = Callable[[str], float]


def read_rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Floor:
    """Logistic regression on TF-IDF of words 1-2, unit length, those that occur twice."""

    def __init__(self, texts: Sequence[str], labels: Sequence[int]) -> None:
        terms = [self.terms(text) for text in texts]
        often = Counter(chain.from_iterable(terms))
        self.rarity = {t: 1 + math.log(len(texts) / n) for t, n in often.items() if n > 1}
        self.weights = fit_rows([self.row(text) for text in texts], labels, pull=FLOOR_PULL)

    @staticmethod
    def terms(text: str) -> Counter:
        words = WORD.findall(text.lower())
        return Counter(chain(words, map(" ".join, pairwise(words))))

    def row(self, text: str) -> dict[str, float]:
        values = {
            term: (1 + math.log(times)) * self.rarity[term]
            for term, times in self.terms(text).items()
            if term in self.rarity
        }
        size = math.sqrt(sum(value * value for value in values.values())) or 1.0
        return {term: value / size for term, value in values.items()}

    def probability(self, text: str) -> float:
        total = self.weights[BIAS] + sum(
            self.weights.get(term, 0.0) * value for term, value in self.row(text).items()
        )
        return 0.5 * (1 + math.tanh(total / 2))


def floor_threshold(rows: Sequence[dict]) -> float:
    """Chosen on train as ours is: on each fifth, in the order of the numbers, from the other four."""
    order = sorted(rows, key=lambda row: int(row["id"]))
    labels, scores = [], []
    for number in range(PARTS):
        cut = slice(number * len(order) // PARTS, (number + 1) * len(order) // PARTS)
        others = [*order[: cut.start], *order[cut.stop :]]
        model = Floor([row["text"] for row in others], [row["checkworthy"] for row in others])
        scores += [model.probability(row["text"]) for row in order[cut]]
        labels += [row["checkworthy"] for row in order[cut]]
    return best_threshold(labels, scores)


def checkworthy_card(folder: Path) -> list[str]:
    train, form = read_rows(folder / "checkworthy_ct24_train.jsonl"), shipped()
    floor = Floor([row["text"] for row in train], [row["checkworthy"] for row in train])
    models = [
        ("ours", form.probability, form.threshold),
        ("floor: TF-IDF words 1-2", floor.probability, floor_threshold(train)),
    ]
    lines = ["Check-worthy sentences of debates (trained and threshold chosen on train alone)"]
    for part in ("dev", "devtest"):
        rows = read_rows(folder / f"checkworthy_ct24_{part}.jsonl")
        labels = [row["checkworthy"] for row in rows]
        for name, scorer, threshold in models:
            scores = [scorer(row["text"]) for row in rows]
            goal = f"  goal {GOALS[part]}" if name == "ours" else ""
            lines.append(
                f"  {part:8} {name:24} F1+ {f1(labels, scores, threshold):.3f} at {threshold:.2f}"
                f"  nDCG {ndcg(labels, scores):.3f}{goal}"
            )
    return lines


def frequent(texts: Sequence[str]) -> frozenset[str]:
    often = Counter(chain.from_iterable(features(text)[0] for text in texts))
    return frozenset(name for name, times in often.items() if times > 1)


def own(texts: Sequence[str], labels: Sequence[int]) -> Scorer:
    return FactualForm(fit_known(texts, labels, frequent(texts), pull=PULL), 0.5).probability


def towards_shipped(texts: Sequence[str], labels: Sequence[int]) -> Scorer:
    form = shipped()
    known = frequent(texts) | form.known
    weights = fit_known(texts, labels, known, pull=PULL, prior=Prior(form.weights))
    return FactualForm(weights, 0.5).probability


def floor_scorer(texts: Sequence[str], labels: Sequence[int]) -> Scorer:
    return Floor(texts, labels).probability


def speeches_card(folder: Path) -> list[str]:
    rows = read_rows(folder / "factual_policlaim_train.jsonl")
    lines = [f"Factual claims in speeches (each document by the others; goal {GOALS['policlaim']})"]
    for name, learn in (
        ("ours, drawn to shipped", towards_shipped),
        ("ours, speeches alone", own),
        ("floor: TF-IDF words 1-2", floor_scorer),
    ):
        labels, scores = [], []
        for document in sorted({row["doc"] for row in rows}):
            others = [row for row in rows if row["doc"] != document]
            scorer = learn([row["text"] for row in others], [row["factual"] for row in others])
            own_rows = [row for row in rows if row["doc"] == document]
            scores += [scorer(row["text"]) for row in own_rows]
            labels += [row["factual"] for row in own_rows]
        lines.append(f"  {name:24} accuracy {accuracy(labels, scores):.3f}")
    share = sum(row["factual"] for row in rows) / len(rows)
    return [*lines, f"  {'all of them factual':24} accuracy {share:.3f}"]


def subjectivity_card(folder: Path) -> list[str]:
    rows = read_rows(folder / "subjectivity_ct25_en.jsonl")
    parts = {split: [row for row in rows if row["split"] == split] for split in ("train", "dev")}
    texts = [row["text"] for row in parts["train"]]
    labels = [int(row["label"] == "OBJ") for row in parts["train"]]
    wanted = [int(row["label"] == "OBJ") for row in parts["dev"]]
    lines = [
        "Objective sentences in news (for information; learned on its train, measured on its dev)"
    ]
    for name, learn in (
        ("ours, drawn to shipped", towards_shipped),
        ("floor: TF-IDF words 1-2", floor_scorer),
    ):
        scorer = learn(texts, labels)
        scores = [scorer(row["text"]) for row in parts["dev"]]
        lines.append(f"  {name:24} accuracy {accuracy(wanted, scores):.3f}")
    return lines


def ranks(values: Sequence[float]) -> list[float]:
    order = sorted(values)
    return [order.index(value) + (order.count(value) - 1) / 2 for value in values]


def correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's: Pearson's of the ranks."""
    a, b = ranks(one), ranks(other)
    mean = (len(a) - 1) / 2
    both = sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))
    return both / math.sqrt(sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b))


def seed_card(seed: Path) -> list[str]:
    gold = json.loads((seed / "gold.json").read_text(encoding="utf-8"))
    claims = [claim for claim in gold["claims"] if not claim["optional"]]
    wanted = [claim["worth"] for claim in claims]
    form = shipped()
    whole = [weigh(as_candidate(claim), form).score for claim in claims]
    alone = [form.probability(claim["statement"]) for claim in claims]
    return [
        f"News: {len(claims)} claims of the seed article, gold worth 1 to 3, one labeller",
        f"  composite     rank correlation {correlation(wanted, whole):+.2f}  nDCG {ndcg(wanted, whole):.3f}",
        f"  factual form  rank correlation {correlation(wanted, alone):+.2f}  nDCG {ndcg(wanted, alone):.3f}",
        "  Worth learned from debates tells facts from talk. It does not rank news: no bar is claimed here.",
    ]


def as_candidate(claim: dict) -> Candidate:
    said = Attribution(str(claim["speaker"]), None, None, ()) if claim["speaker"] else None
    statement, kind = claim["statement"], claim["content_kind"]
    return Candidate(statement, kind, claim["mode"], (), 0.0, attribution=said)


def parts_card() -> list[str]:
    signs = [f"  {name:16} {weight:+.2f}  {reason}" for name, (weight, reason) in SIGNS.items()]
    return [
        f"Parts of the composite: {BASE} to start with, {FORM_WEIGHT} x (factual form - threshold), and",
        *signs,
    ]


def card(folder: Path) -> list[str]:
    """The whole card, for the data in this folder and the seed beside it."""
    seed = folder.parent / "seed"
    lines = [*checkworthy_card(folder), *speeches_card(folder), *subjectivity_card(folder)]
    return [*lines, *(seed_card(seed) if seed.is_dir() else []), *parts_card()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    print("\n".join(card(parser.parse_args().folder)))


if __name__ == "__main__":
    main()
