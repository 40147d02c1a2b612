"""Edits drawn at random, with the truth known: every character of the edited article knows where it came from."""

import re
from collections import Counter
from dataclasses import dataclass, field

ALTERED, INSERTED = -2, -1
COPY = 10_000_000  # a copied character's origin is the original's plus this
SENTENCE = re.compile(r"[^\n]+?(?:[.!?][”\"’']?[^\S\n]+|(?=\n)|$)|\n+")
WORD = re.compile(r"[^\W\d_]{4,}")
#: Negations and figures in words: no slip befalls them.
_MEANT = "not no never none without cannot million billion thousand hundred two three"
MEANT = frozenset(_MEANT.split())
#: More figures in words. A slip in one of them is a slip; another word for one of them is another figure.
_FIGURES = (
    "zero one four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundreds "
    "thousands millions billions first second third fourth fifth sixth seventh eighth ninth tenth "
    "half twice"
)
FIGURES = frozenset(_FIGURES.split())


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
    original: str = ""

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
        return cls([p for p in paragraphs if p], original=text)

    def render(self):
        """The text and the origin of every character. A sentence without a stop is kept apart from the next."""
        text, origins = [], []
        for paragraph in self.paragraphs:
            for at, sentence in enumerate(paragraph, 1):
                is_open = at < len(paragraph) and sentence.text[-1:].isalnum()
                text.append(sentence.text + " " * is_open)
                origins += sentence.origins + [INSERTED] * is_open
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
                draft.paragraphs = [[self.foreign(draft)]]

    def foreign(self, draft):
        """A sentence of another article: one of its own would be the very words, put in again."""
        while True:
            chosen = self.rng.choice(self.sentences)
            if chosen.strip() not in draft.original:
                return Sentence.foreign(chosen)

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
        paragraph.insert(at, self.foreign(draft))

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
            told = word.group().casefold() in MEANT | FIGURES or is_name
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
        """Nothing is altered twice: the second time it might come to say what it said before."""
        text = sentence.text
        figures = list(re.finditer(r"\d", text))
        names = list(re.finditer(r"(?<=[a-z] )[A-Z][a-z]{3,}", text))
        verbs = list(
            re.finditer(r"\b(?:is|was|will|has|had|are|were|would|could|did)(?= (?!not))", text)
        )
        choices = [
            (kind, fresh)
            for kind, found in (("figure", figures), ("name", names), ("negation", verbs))
            if (fresh := [m for m in found if ALTERED not in sentence.origins[slice(*m.span())]])
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
