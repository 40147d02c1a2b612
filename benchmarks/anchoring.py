"""Do claims stay on their words when articles change? Edits drawn at random, with the truth known by construction.

    python benchmarks/anchoring.py PATH [--spans 50000] [--seed 7]

PATH is a folder with `bbc_2225.jsonl.gz` and `wikinews_295_ccby.jsonl`. Every character of an edited article knows
which character of the original it is, so where a span's words went is not guessed.

Wrong: an exact or fuzzy answer whose place is not the words' own (they overlap by less than three quarters), or on
words whose figure, name or negation the edit changed. A copy counts as the words only when the original is
gone or altered.
Recovered: among spans whose words survive with at most 15 % of their characters changed and no figure, name or
negation replaced, the share with a right exact or fuzzy answer. Sentences said twice in a row are left out of it: which
of the two is the claim's, no text can tell. Beside it runs the best fuzzy match without a floor.
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

ALTERED, INSERTED = -2, -1
COPY = 10_000_000  # a copied character's origin is the original's plus this
SENTENCE = re.compile(r"[^\n]+?(?:[.!?][”\"’']?[^\S\n]+|(?=\n)|$)|\n+")
WORD = re.compile(r"[^\W\d_]{4,}")
MEANT = {
    "not",
    "no",
    "never",
    "none",
    "without",
    "cannot",
    "million",
    "billion",
    "thousand",
    "hundred",
    "two",
    "three",
}


@dataclass
class Sentence:
    text: str
    origins: list[int]

    @classmethod
    def foreign(cls, text):
        return cls(text, [INSERTED] * len(text))

    def copied(self):
        moved = [o + COPY if 0 <= o < COPY else o for o in self.origins]
        return Sentence(self.text, moved)

    def put(self, start, end, words, origin):
        self.text = self.text[:start] + words + self.text[end:]
        self.origins[start:end] = [origin] * len(words)


@dataclass
class Draft:
    """An article as paragraphs of sentences, and what edits have done to it."""

    paragraphs: list[list[Sentence]]
    edits: Counter = field(default_factory=Counter)

    @classmethod
    def of(cls, text):
        paragraphs, at = [[]], 0
        for match in SENTENCE.finditer(text):
            if match.group().startswith("\n"):
                paragraphs.append([])
            else:
                where = list(range(match.start(), match.end()))
                paragraphs[-1].append(Sentence(match.group(), where))
            at = match.end()
        assert at == len(text)
        return cls([p for p in paragraphs if p])

    def render(self):
        text, origins = [], []
        for paragraph in self.paragraphs:
            for sentence in paragraph:
                text.append(sentence.text)
                origins += sentence.origins
            text.append("\n\n")
            origins += [INSERTED] * 2
        return "".join(text), origins

    def pick(self, rng):
        paragraph = rng.choice([p for p in self.paragraphs if p])
        return paragraph, rng.randrange(len(paragraph))


class Editor:
    """Draws edits. `stock` holds sentences and words of other articles."""

    def __init__(self, rng, stock):
        self.rng = rng
        self.sentences = stock
        self.words = sorted({w for s in stock for w in re.findall(r"\b[a-z]{4,}\b", s)} - MEANT)
        self.names = sorted({w for s in stock for w in re.findall(r"(?<=[a-z] )[A-Z][a-z]{3,}", s)})

    def edit(self, draft):
        kinds = [
            (self.typo, 6), (self.insert, 2), (self.delete, 2), (self.move, 1), (self.duplicate, 2),
            (self.rewrite_lead, 0.5), (self.reword, 1), (self.alter, 2), (self.impersonate, 1),
        ]  # fmt: skip
        for kind in self.rng.choices(
            [k for k, _ in kinds], [w for _, w in kinds], k=self.rng.randint(1, 9)
        ):
            kind(draft)
            draft.edits[kind.__name__] += 1
            if not any(draft.paragraphs):
                draft.paragraphs = [[Sentence.foreign(self.rng.choice(self.sentences))]]

    def typo(self, draft):
        paragraph, at = draft.pick(self.rng)
        sentence = paragraph[at]
        words = [m for m in WORD.finditer(sentence.text) if m.group().casefold() not in MEANT]
        if not words:
            return
        word = self.rng.choice(words)
        i = self.rng.randrange(word.start(), word.end() - 1)
        match self.rng.randrange(4):
            case 0:
                sentence.put(i, i + 2, sentence.text[i + 1] + sentence.text[i], sentence.origins[i])
            case 1:
                sentence.put(i, i + 1, "", 0)
            case 2:
                sentence.put(i, i + 1, sentence.text[i] * 2, sentence.origins[i])
            case 3:
                sentence.put(i, i + 1, self.rng.choice("aeioustrn"), sentence.origins[i])

    def insert(self, draft):
        paragraph, at = draft.pick(self.rng)
        paragraph.insert(at, Sentence.foreign(self.rng.choice(self.sentences)))

    def delete(self, draft):
        paragraph, at = draft.pick(self.rng)
        del paragraph[at]

    def move(self, draft):
        moved = draft.paragraphs.pop(self.rng.randrange(len(draft.paragraphs)))
        draft.paragraphs.insert(self.rng.randint(0, len(draft.paragraphs)), moved)

    def duplicate(self, draft):
        paragraph, at = draft.pick(self.rng)
        copy = paragraph[at].copied()
        other, to = draft.pick(self.rng)
        other.insert(to + self.rng.randint(0, 1), copy)
        if self.rng.random() < 0.3:  # the copy stays, the original goes or is mistyped
            self._spoil(paragraph, copy)

    def _spoil(self, paragraph, copy):
        own = [i for i, s in enumerate(paragraph) if s is not copy and s.text == copy.text]
        if own and self.rng.random() < 0.5:
            del paragraph[own[0]]
        elif own:
            self.typo(Draft([[paragraph[own[0]]]]))

    def rewrite_lead(self, draft):
        for sentence in next(p for p in draft.paragraphs if p):
            for _ in range(max(2, sentence.text.count(" ") // 2)):
                self._replace_word(sentence)

    def reword(self, draft):
        paragraph, at = draft.pick(self.rng)
        self._replace_word(paragraph[at])

    def _replace_word(self, sentence):
        words = list(WORD.finditer(sentence.text))
        if words:
            word = self.rng.choice(words)
            is_name = re.match("[a-z] [A-Z]", sentence.text[word.start() - 2 : word.start() + 1])
            told = word.group().casefold() in MEANT or is_name
            origin = ALTERED if told else sentence.origins[word.start()]
            sentence.put(word.start(), word.end(), self.rng.choice(self.words), origin)

    def alter(self, draft):
        """A figure, a name or a negation is changed where it stands."""
        paragraph, at = draft.pick(self.rng)
        self._alter(paragraph[at])

    def impersonate(self, draft):
        """A sentence that says something else in nearly the same words takes the place of one, or joins it."""
        paragraph, at = draft.pick(self.rng)
        double = paragraph[at].copied()
        if not self._alter(double):
            return
        if self.rng.random() < 0.6:
            del paragraph[at]
        other = self.rng.choice(draft.paragraphs)
        other.insert(self.rng.randint(0, len(other)), double)

    def _alter(self, sentence):
        text = sentence.text
        figures = list(re.finditer(r"\d", text))
        names = list(re.finditer(r"(?<=[a-z] )[A-Z][a-z]{3,}", text))
        verbs = list(
            re.finditer(r"\b(?:is|was|will|has|had|are|were|would|could|did)(?= (?!not))", text)
        )
        choices = [
            (c, m) for c, m in (("figure", figures), ("name", names), ("negation", verbs)) if m
        ]
        if not choices:
            return False
        what, matches = self.rng.choice(choices)
        match = self.rng.choice(matches)
        if what == "negation":
            sentence.put(match.end(), match.end(), " not", ALTERED)
        else:
            pool = "0123456789" if what == "figure" else self.names
            new = self.rng.choice([c for c in pool if c != match.group()])
            sentence.put(match.start(), match.end(), new, ALTERED)
        return True


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


def truth_of(origins, new, span):
    own, copy = (where(origins, span.start, span.end, offset) for offset in (0, COPY))
    if own and copy and is_repeated(new, own, copy):
        return Truth(own, copy, survives=False)
    return Truth(own, copy, bool(own) and is_intact(origins, new, own, span))


def is_intact(origins, new, place, span):
    start, end = place
    likeness = Levenshtein.normalized_similarity(span.quote, new[start:end])
    return likeness >= 0.85 and ALTERED not in origins[start:end]


def overlap(one, other):
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / (max(one[1], other[1]) - min(one[0], other[0]))


def is_right(truth, origins, new, span, place):
    if ALTERED in origins[slice(*place)]:
        return False
    if truth.own and overlap(place, truth.own) >= 0.75:
        return True
    is_copy = truth.copy is not None and overlap(place, truth.copy) >= 0.75
    if truth.own and is_copy and is_repeated(new, truth.own, truth.copy):
        return True
    if truth.survives:
        return False
    inside = [
        o % COPY for o in origins[slice(*place)] if o >= 0 and span.start <= o % COPY < span.end
    ]
    long_enough = 0.75 * max(place[1] - place[0], span.end - span.start)
    return len(set(inside)) >= long_enough


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
    wrong: int = 0
    seconds: float = 0.0
    outcomes: Counter = field(default_factory=Counter)

    def add(self, place, truth, right):
        self.spans += 1
        self.surviving += truth.survives
        self.recovered += truth.survives and right
        self.wrong += place is not None and not right

    def line(self, name):
        share = self.recovered / max(1, self.surviving)
        return (
            f"{name:32} {self.wrong:8,} wrong  {share:8.2%} of {self.surviving:,} surviving recovered"
            f"  {self.seconds:7.1f} s for {self.spans:,} spans"
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
