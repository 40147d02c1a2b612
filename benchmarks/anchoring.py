"""Do claims stay on their words when articles change? Edits drawn at random, with the truth known by construction.

    python benchmarks/anchoring.py PATH [--spans 50000] [--seed 7]

PATH is a folder with `bbc_2225.jsonl.gz` and `wikinews_295_ccby.jsonl`. Every character of an edited article knows
which character of the original it is, so where a span's words went is not guessed.

Wrong: an exact or fuzzy answer whose place is not the words' own (they overlap by less than three quarters), or on
words whose figure, name or negation the edit changed, or right beside which it put a negation. As long as the words
survive, a copy of them is not their own; when they are gone or altered, the same words elsewhere are what they were,
and so are, when they are gone, equal words of another sentence between the neighbours that they had.
Recovered: among spans whose words survive with at most 15 % of their characters changed and no figure, name or
negation replaced, the share with a right exact or fuzzy answer. The second share leaves out sentences that an edit says
twice in a row: which of the two is the claim's, no text can tell, and “ambiguous” is the only right answer. Beside it
runs the best fuzzy match without a floor.

Where it is unfair: a word put for a direction (“rose”) or for a name that stands first in its sentence counts as
surviving, though words so changed ought to be let go. Where it is kind: a copy of altered words counts as right, and
edits fall on sentences one by one, so that a whole paragraph is never said twice.
"""

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.anchoring import Anchor, anchor_all
from benchmarks.edits import ALTERED, COPY, SENTENCE, WORD, Draft, Editor


def draw_spans(rng, text, count):
    """Sentences, clauses, a few words, sometimes two sentences."""
    sentences = [m for m in SENTENCE.finditer(text) if m.group().strip() and WORD.search(m.group())]
    spans = set()
    for _ in range(count):
        index = rng.randrange(len(sentences))
        start, end = sentences[index].span()
        words = list(re.finditer(r"\w[\w'’.,%-]*\w|\w", text[start:end]))
        kind = rng.random()
        if kind < 0.5 or len(words) < 6:
            pass
        elif kind < 0.9:
            first = rng.randrange(len(words) - 4)
            last = min(len(words) - 1, first + rng.randint(4, 14))
            start, end = start + words[first].start(), start + words[last].end()
        elif kind < 0.95:
            first = rng.randrange(len(words) - 2)
            start, end = (
                start + words[first].start(),
                start + words[first + rng.randint(1, 2)].end(),
            )
        elif index + 1 < len(sentences):
            end = sentences[index + 1].end()
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        spans.add((start, start + len(words.strip())))
    return [Anchor.at(text, start, end) for start, end in sorted(spans)]


def where(origins, start, end, offset):
    """The run of the new text that holds the characters [start, end) of the old, or None."""
    inside = [at for at, o in enumerate(origins) if start + offset <= o < end + offset]
    if len(inside) < (end - start) / 2:
        return None
    longest = run = [inside[0]]
    for a, b in pairwise(inside):
        run = [*run, b] if b - a <= max(40, (end - start) // 4) else [b]
        longest = max(longest, run, key=len)
    return longest[0], longest[-1] + 1


@dataclass
class Truth:
    own: tuple[int, int] | None
    copy: tuple[int, int] | None
    survives: bool
    is_twice: bool


def truth_of(origins, new, span):
    own, copy = (where(origins, span.start, span.end, offset) for offset in (0, COPY))
    survives = bool(own) and is_intact(origins, new, own, span)
    return Truth(own, copy, survives, bool(own and copy) and is_repeated(new, own, copy))


def is_intact(origins, new, place, span):
    start, end = place
    likeness = Levenshtein.normalized_similarity(span.quote, new[start:end])
    is_altered = ALTERED in origins[start:end] or is_denied(origins, new, place)
    return likeness >= 0.85 and not is_altered


def overlap(one, other):
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / (max(one[1], other[1]) - min(one[0], other[0]))


def is_right(truth, origins, new, span, place):
    if is_denied(origins, new, place):
        return False
    if truth.own and place == truth.own and new[slice(*place)] == span.quote:
        return True
    if ALTERED in origins[slice(*place)]:
        return False
    if truth.own and overlap(place, truth.own) >= 0.75:
        return True
    if truth.survives:
        return False
    if not truth.own and is_as_it_was(new, span, place):
        return True
    inside = [
        o % COPY for o in origins[slice(*place)] if o >= 0 and span.start <= o % COPY < span.end
    ]
    long_enough = 0.75 * max(place[1] - place[0], span.end - span.start)
    return len(set(inside)) >= long_enough


def is_as_it_was(new, span, place):
    """Whether the words stand there between the neighbours they had, as where one of many equal lines goes."""
    before, words, after = (
        "".join(part.split()) for part in (new[: place[0]], new[slice(*place)], new[place[1] :])
    )
    prefix, quote, suffix = (
        "".join(part.split()) for part in (span.prefix, span.quote, span.suffix)
    )
    return words == quote and before.endswith(prefix) and after.startswith(suffix)


def is_denied(origins, new, place):
    """Whether the edit put a negation right before or after the words."""
    start, end = place
    before, after = origins[max(0, start - 4) : start], origins[end : end + 4]
    is_before = new[:start].endswith("not ") and ALTERED in before
    return is_before or (new.startswith(" not", end) and ALTERED in after)


def is_repeated(new, own, copy):
    """Whether original and copy are one sentence said twice in a row, perhaps with a slip in one of them.

    Which of the two came first, no text can tell.
    """
    first, second = sorted((own[0], copy[0]))
    period = second - first
    starts = range(max(0, first - period), first + 1)
    pairs = ((new[s : s + period], new[s + period : s + 2 * period]) for s in starts)
    return period < 1000 and any(Levenshtein.normalized_similarity(*pair) >= 0.95 for pair in pairs)


def best_fuzzy(new, spans):
    """What is commonly done: the best match there is, however bad."""
    for span in spans:
        found = fuzz.partial_ratio_alignment(span.quote, new)
        yield (found.dest_start, found.dest_end) if found else None


def ours(old, new, spans):
    for result in anchor_all(old, new, spans):
        yield result, (result.place.start, result.place.end) if result.place else None


@dataclass
class Score:
    spans: int = 0
    surviving: int = 0
    recovered: int = 0
    twice: int = 0
    wrong: int = 0
    seconds: float = 0.0
    outcomes: Counter = field(default_factory=Counter)

    def add(self, place, truth, right):
        self.spans += 1
        self.surviving += truth.survives
        self.recovered += truth.survives and right
        self.twice += truth.survives and truth.is_twice and not right
        self.wrong += place is not None and not right

    def line(self, name):
        share = self.recovered / max(1, self.surviving)
        once = self.recovered / max(1, self.surviving - self.twice)
        return (
            f"{name:28} {self.wrong:6,} wrong  {share:7.2%} of {self.surviving:,} surviving recovered"
            f" ({once:.2%} without twice in a row)  {self.seconds:6.1f} s for {self.spans:,} spans"
        )


def read_articles(folder):
    with gzip.open(folder / "bbc_2225.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    with (folder / "wikinews_295_ccby.jsonl").open(encoding="utf-8") as file:
        texts += [json.loads(line)["text"] for line in file]
    return [t.strip() for t in texts if len(t.split()) > 60]


def run(texts, want, seed, show):
    rng = random.Random(seed)
    rng.shuffle(texts)
    stock = [
        s for t in texts[:400] for s in SENTENCE.findall(t) if len(s.split()) > 4 and "\n" not in s
    ]
    editor, mine, theirs, edits = Editor(rng, stock), Score(), Score(), Counter()
    at = 0
    while mine.spans < want:
        old = texts[at % len(texts)]
        at += 1
        draft = Draft.of(old)
        editor.edit(draft)
        edits += draft.edits
        new, origins = draft.render()
        spans = draw_spans(rng, old, 30)[: want - mine.spans]
        truths = [truth_of(origins, new, span) for span in spans]
        started = time.perf_counter()
        answers = list(ours(old, new, spans))
        mine.seconds += time.perf_counter() - started
        started = time.perf_counter()
        guesses = list(best_fuzzy(new, spans))
        theirs.seconds += time.perf_counter() - started
        for span, truth, (result, place), guess in zip(
            spans, truths, answers, guesses, strict=True
        ):
            mine.outcomes[result.resolution.value] += 1
            right = place is not None and is_right(truth, origins, new, span, place)
            mine.add(place, truth, right)
            theirs.add(
                guess, truth, guess is not None and is_right(truth, origins, new, span, guess)
            )
            if show and ((place and not right) or (truth.survives and not right)):
                explain(span, truth, result, place, new)
    return mine, theirs, edits


def explain(span, truth, result, place, new):
    print("WRONG" if place else "LOST", result.resolution.value, round(result.score, 3))
    print("  words", repr(span.quote))
    print(
        "  truth", repr(new[slice(*truth.own)]) if truth.own else None, "copy" if truth.copy else ""
    )
    print(
        "  place",
        repr(new[slice(*place)]) if place else [new[c.start : c.end] for c in result.candidates],
    )


def time_long_article(texts, seed):
    """200 spans in an article of 2,000 words that has been edited all over."""
    rng = random.Random(seed)
    old = " ".join(" ".join(texts).split(" ")[:2000])
    draft = Draft.of(old)
    stock = [s for t in texts[:50] for s in SENTENCE.findall(t) if len(s.split()) > 4]
    editor = Editor(rng, stock)
    for _ in range(6):
        editor.edit(draft)
    new, _ = draft.render()
    spans = draw_spans(rng, old, 400)[:200]
    best = {}
    for name, find in (
        ("anchor_all", lambda: anchor_all(old, new, spans)),
        ("best", lambda: list(best_fuzzy(new, spans))),
    ):
        times = []
        for _ in range(5):
            started = time.perf_counter()
            find()
            times.append(time.perf_counter() - started)
        best[name] = min(times) * 1000
    print(f"{len(spans)} spans in a 2,000-word article: {best['anchor_all']:.0f} ms", end="; ")
    print(f"best fuzzy match {best['best']:.0f} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--spans", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", action="store_true", help="print every wrong or lost span")
    options = parser.parse_args()
    texts = read_articles(options.data)
    mine, theirs, edits = run(texts, options.spans, options.seed, options.show)
    print("edits:", ", ".join(f"{name} {count:,}" for name, count in sorted(edits.items())))
    print(
        "answers:", ", ".join(f"{name} {count:,}" for name, count in sorted(mine.outcomes.items()))
    )
    print(mine.line("anchoring, with a floor"))
    print(theirs.line("best fuzzy match, no floor"))
    time_long_article(texts, options.seed)


if __name__ == "__main__":
    main()
