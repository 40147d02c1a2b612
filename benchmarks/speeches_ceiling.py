"""How far small linear models go on speeches: `python benchmarks/speeches_ceiling.py ../shared/data`.

The goal for factual claims in speeches stands above what the shipped sort of model reaches. This asks whether other
things that such a model could see would bring it there: the shipped score itself, the sentences around, the place in
the speech, and the grammar as spaCy's small English pipeline reads it. Each document is judged by a model of the
others, as in `detection_worth`. One pull serves every line; it was set with these folds in view, so the figures are
kind ones. None of this is part of the product.
"""

import argparse
import math
import sys
from collections import ChainMap, Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path

import spacy
from spacy.tokens import Doc, Token

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from detection_worth import GOALS, read_rows

from claims.detection.rules.parsing import MODEL
from claims.detection.worth import shipped
from claims.detection.worth.factual_form import BIAS
from claims.detection.worth.features import scaled
from claims.detection.worth.measures import accuracy
from claims.detection.worth.training import fit_rows

PULL, LEAST_OFTEN = 5.0, 2
WORDS, GRAMMAR = 1 / 3, 0.5
SPEAKS_FOR_THE_VERB = frozenset(
    ("nsubj", "nsubjpass", "aux", "auxpass", "neg", "dobj", "attr", "acomp", "mark", "ROOT")
)
SUBJECTS, AUXILIARIES = ("nsubj", "nsubjpass", "csubj", "expl"), ("aux", "auxpass")
OPENING, CLOSING = 0.05, 0.9
Values = dict[str, float]

TABLE = {
    "shipped score alone": ("score",),
    "words": ("words",),
    "words, score": ("words", "score"),
    "words, score, neighbours": ("words", "score", "neighbours"),
    "words, score, neighbours, place": ("words", "score", "neighbours", "place"),
    "grammar": ("grammar",),
    "words, score, grammar": ("words", "score", "grammar"),
    "words, score, neighbours, grammar": ("words", "score", "neighbours", "grammar"),
    "all of them": ("words", "score", "neighbours", "place", "grammar"),
}


def words(rows: Sequence[dict]) -> list[Values]:
    return [{name: value * WORDS for name, value in scaled(row["text"]).items()} for row in rows]


def log_odds(rows: Sequence[dict]) -> list[float]:
    scores = [shipped().probability(row["text"]) for row in rows]
    return [math.log(score / (1 - score)) for score in scores]


def score(rows: Sequence[dict]) -> list[Values]:
    return [{"score": odds, "chance": 1 + math.tanh(odds / 2)} for odds in log_odds(rows)]


def neighbours(rows: Sequence[dict]) -> list[Values]:
    """Half the shipped log-odds of the two sentences before and after, in the same speech."""
    odds, found = log_odds(rows), []
    for number, row in enumerate(rows):
        places = {step: number + step for step in (-2, -1, 1, 2)}
        found.append(
            {
                f"at {step:+}": odds[place] / 2
                for step, place in places.items()
                if 0 <= place < len(rows) and rows[place]["doc"] == row["doc"]
            }
        )
    return found


def place(rows: Sequence[dict]) -> list[Values]:
    lengths, found = Counter(row["doc"] for row in rows), []
    for row in rows:
        part = row["i"] / lengths[row["doc"]]
        found.append({"place": part, "opening": part < OPENING, "closing": part > CLOSING})
    return found


def grammar(rows: Sequence[dict]) -> list[Values]:
    docs = spacy.load(MODEL).pipe(row["text"] for row in rows)
    return [dict.fromkeys(sorted(_of_parse(doc)), GRAMMAR) for doc in docs]


def _of_parse(doc: Doc) -> set[str]:
    tags = ["^", *(token.tag_ for token in doc), "$$"]
    found = {f"tags {one} {other}" for one, other in pairwise(tags)}
    for token in doc:
        found |= {f"tag {token.tag_}", f"pos {token.pos_}", f"dep {token.dep_}"}
        found |= {f"under {token.dep_} {token.head.lemma_}", f"entity {token.ent_type_}"}
        if token.dep_ in SPEAKS_FOR_THE_VERB:
            found.add(f"role {token.dep_} {token.lemma_}")
        if token.dep_ == "ROOT":
            found |= _of_root(token)
    return found


def _of_root(root: Token) -> set[str]:
    """The main verb with its auxiliaries, its subject (a pronoun by name) and what hangs on it."""
    below = list(root.children)
    helped = "+".join(token.lemma_ for token in below if token.dep_ in AUXILIARIES)
    subjects = [token for token in below if token.dep_ in SUBJECTS]
    found = {f"root {root.lemma_}", f"root tag {root.tag_}", f"root {helped} {root.tag_}"}
    found |= {f"root has {token.dep_}" for token in below}
    if not subjects:
        found |= {"no subject", f"no subject {root.tag_}"}
    for token in subjects:
        who = token.lemma_ if token.pos_ == "PRON" else token.pos_
        found |= {f"subject {who}", f"subject {who} {root.tag_}", f"subject {who} {root.lemma_}"}
        found.add(f"subject {who} {helped} {root.tag_}")
    return found


SEEN: dict[str, Callable[[Sequence[dict]], list[Values]]] = {
    "words": words,
    "score": score,
    "neighbours": neighbours,
    "place": place,
    "grammar": grammar,
}


def chance(weights: Mapping[str, float], row: Values) -> float:
    total = weights[BIAS] + sum(weights.get(name, 0.0) * value for name, value in row.items())
    return 0.5 * (1 + math.tanh(total / 2))


def cross_scores(rows: Sequence[dict], values: Sequence[Values]) -> list[float]:
    """Each sentence's probability from a model of the other documents."""
    scores = [0.0] * len(rows)
    for document in sorted({row["doc"] for row in rows}):
        learned = [number for number, row in enumerate(rows) if row["doc"] != document]
        often = Counter(chain.from_iterable(values[number] for number in learned))
        kept = [
            {name: value for name, value in values[number].items() if often[name] >= LEAST_OFTEN}
            for number in learned
        ]
        weights = fit_rows(kept, [rows[number]["factual"] for number in learned], pull=PULL)
        for number, row in enumerate(rows):
            if row["doc"] == document:
                scores[number] = chance(weights, values[number])
    return scores


def table(folder: Path) -> Iterator[str]:
    rows = read_rows(folder / "factual_policlaim_train.jsonl")
    seen = {name: [named(name, one) for one in see(rows)] for name, see in SEEN.items()}
    labels = [row["factual"] for row in rows]
    yield f"Factual claims in speeches, by what a model sees (goal {GOALS['policlaim']})"
    for name, kinds in TABLE.items():
        parts = zip(*(seen[kind] for kind in kinds), strict=True)
        scores = cross_scores(rows, [dict(ChainMap(*part)) for part in parts])
        yield f"  {name:34} accuracy {accuracy(labels, scores):.3f}"


def named(kind: str, values: Values) -> Values:
    """A word that is also the name of another kind's feature is another feature."""
    return {f"{kind}: {name}": value for name, value in values.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    for line in table(parser.parse_args().folder):
        print(line, flush=True)


if __name__ == "__main__":
    main()
