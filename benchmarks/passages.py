"""Are the passages that bear on a claim among the first five? `python benchmarks/passages.py support_wice_dev.jsonl`.

Each row has a `claim`, the `evidence` (the sentences of the page it cites) and `supporting_sentences`:
alternative sets of indexes, each of which supports the claim. Rows without such a set are left out. Printed for
ours, for BM25 (Okapi, k1 1.5, b 0.75, plain words in small letters) and for five drawn blindly:

- *recall*: the share of a set found among the five, of the set found best, mean over the rows;
- *whole*: the share of rows where some set is found whole;
- *union*: the share found of all sentences that are in any set, mean over the rows. Sets are up to nineteen
  sentences together, so five cannot reach 1.

The rows are also shown in halves, so that a rule that fits one half by chance is seen. Then the time for a
source of 10,000 words, and how it grows. Ends with status 1 unless ours finds more than BM25 in both halves.
"""

import argparse
import json
import math
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sources.passages import rank_passages

COUNT = 5
K1, B = 1.5, 0.75
WORDS = 10_000
ROUNDS = 15
Ranker = Callable[[str, Sequence[str]], list[int]]


def ours(claim: str, sentences: Sequence[str]) -> list[int]:
    ends = list(accumulate((len(sentence) + 1 for sentence in sentences), initial=0))
    places = [(start, end - 1) for start, end in pairwise(ends)]
    found = rank_passages(claim, "\n".join(sentences), places, count=COUNT)
    return [passage.index for passage in found]


def bm25(claim: str, sentences: Sequence[str]) -> list[int]:
    texts = [re.findall(r"\w+", sentence.lower()) for sentence in sentences]
    seen = Counter(word for text in texts for word in set(text))
    average = sum(map(len, texts)) / len(texts) or 1
    rarity = {w: math.log1p((len(texts) - n + 0.5) / (n + 0.5)) for w, n in seen.items()}
    wanted = [word for word in re.findall(r"\w+", claim.lower()) if word in seen]
    scores = []
    for text in texts:
        times, length = Counter(text), K1 * (1 - B + B * len(text) / average)
        scores.append(sum(rarity[w] * times[w] * (K1 + 1) / (times[w] + length) for w in wanted))
    return sorted(range(len(texts)), key=lambda i: (-scores[i], i))[:COUNT]


def blind(claim: str, sentences: Sequence[str]) -> list[int]:
    return random.Random(claim).sample(range(len(sentences)), min(COUNT, len(sentences)))


def judge(row: dict, found: set[int]) -> tuple[float, float, float]:
    sets = [set(indexes) for indexes in row["supporting_sentences"] if indexes]
    best = max(len(found & wanted) / len(wanted) for wanted in sets)
    union = set().union(*sets)
    return best, float(best == 1), len(found & union) / len(union)


def measure(rank: Ranker, rows: Sequence[dict]) -> list[float]:
    judged = [judge(row, set(rank(row["claim"], row["evidence"]))) for row in rows]
    return [statistics.mean(column) for column in zip(*judged, strict=True)]


def make_source(rows: Sequence[dict], words: int) -> list[str]:
    """The pages one after another, until they have so many words; again from the start if need be."""
    sentences: list[str] = []
    while words > 0:
        for sentence in (sentence for row in rows for sentence in row["evidence"]):
            if words <= 0:
                break
            sentences.append(sentence)
            words -= len(sentence.split())
    return sentences


def seconds(ranks: Sequence[Ranker], rows: Sequence[dict], words: int) -> list[float]:
    """The median time of each over one source, taken in turns so that a busy machine slows all alike."""
    source = make_source(rows, words)
    taken: list[list[float]] = [[] for _ in ranks]
    for row in rows[:ROUNDS]:
        for rank, times in zip(ranks, taken, strict=True):
            begun = time.process_time()
            rank(row["claim"], source)
            times.append(time.process_time() - begun)
    return [statistics.median(times) for times in taken]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    lines = parser.parse_args().file.read_text(encoding="utf-8").splitlines()
    every = [json.loads(line) for line in lines]
    rows = [row for row in every if any(row["supporting_sentences"])]
    sizes = [len(row["evidence"]) for row in rows]
    print(
        f"{len(rows)} of {len(every)} rows; sentences a source: median {statistics.median(sizes)}"
    )
    print(f"{'first five':12}  {'all: recall whole union':24} {'even half':24} odd half")
    found: dict[str, list[list[float]]] = {}
    for name, rank in {"ours": ours, "BM25": bm25, "blind": blind}.items():
        parts = [measure(rank, part) for part in (rows, rows[::2], rows[1::2])]
        found[name] = parts
        print(f"{name:12}  " + "   ".join(" ".join(f"{x:6.3f}" for x in part) for part in parts))
    for words in (WORDS, 4 * WORDS):
        mine, theirs = seconds((ours, bm25), rows, words)
        print(f"{words:,} words: ours {mine * 1000:.1f} ms, {mine / theirs:.1f} times BM25")
    return 0 if all(a[0] > b[0] for a, b in zip(found["ours"], found["BM25"], strict=True)) else 1


if __name__ == "__main__":
    sys.exit(main())
