"""The sentence that stands for a claim by itself, made from the words of the article that assert it.

A claim is a few tokens of a parsed sentence. To be checked it must be understood without the article:
it needs a subject and a finite verb, its pronouns need names, its dates need a year. A statement may
never say what the article does not, so every step is taken only where the grammar leaves one reading,
and the article's own words are kept wherever it leaves two.

How an engine asks:

    teller = Teller(document, parsed)            # `parsed`: what `parsing.parse(document)` gave, all of it
    teller.statement(sentence, tokens, speaker="Jane Doe")

`sentence` is one of `parsed`; `tokens` are the indexes in `sentence.doc` of the words that assert, in any
order: the content alone, without the words of saying (“the mayor said that”), with or without its conjunction,
its relative word, its outer marks and its subject. A subject that the clause shares or hangs on (a second
verb, a relative clause, a participle) is filled in from the grammar. `speaker` is who says it, as the desk
names them, in direct speech and in indirect; nothing in the article's own voice.
An empty statement means that these words cannot be told by themselves: assert them with the clause they hang on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from articles.document import Document
from claims.detection.base import Mention
from claims.detection.rules.antecedents import FORMS, Antecedents
from claims.detection.rules.date_values import shown
from claims.detection.rules.first_person import tell
from claims.detection.rules.inflection import possessive
from claims.detection.rules.mentions import Mentions
from claims.detection.rules.parsing import Parsed
from claims.detection.rules.people import Kind
from claims.detection.rules.pieces import Draft
from claims.detection.rules.shapes import shape
from claims.detection.rules.topics import Mentioned
from claims.detection.rules.transcripts import read_labels

if TYPE_CHECKING:
    from spacy.tokens import Token

POSSESSIVES = frozenset({"his", "its", "their"})
TITLED = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame"})
CONTRACTED = {"'ll": " will", "'ve": " have", "'re": " are"}
ASIDE = ("as", "you", "know")


class Teller:
    """Tells the claims of one document. It reads all of it first, to know who is who."""

    def __init__(
        self, document: Document, parsed: Sequence[Parsed], mentions: Mentions | None = None
    ) -> None:
        self._text = document.text
        self._numbers = {id(sentence): number for number, sentence in enumerate(parsed)}
        self._labels = read_labels(document.text, parsed)
        self._antecedents = Antecedents(document.text, parsed, frozenset(self._labels))
        self._mentions = mentions or Mentions(document, parsed)

    def statement(self, sentence: Parsed, tokens: Iterable[int], speaker: str = "") -> str:
        """The statement of these tokens, or nothing when they cannot be told by themselves."""
        order = shape(sentence.doc, sorted(set(tokens)))
        if not order:
            return ""
        draft = Draft(self._text, sentence, _without_aside(sentence, order))
        _mark_quotations(draft)
        speaker = " ".join(speaker.split())
        tell(draft, speaker)
        label = self._labels.get(sentence.sentence.block)
        if label is not None:
            tell(draft, label.name, is_marked=False)
        self._resolve(draft, speaker)
        self._name_in_full(draft)
        self._date(draft)
        return draft.written()

    def _resolve(self, draft: Draft, speaker: str) -> None:
        """Put names for the pronouns whose antecedent is not in the statement before them."""
        number = self._numbers[id(draft.sentence)]
        told: set[str] = set()
        for place, item in enumerate(draft.order):
            if isinstance(item, str) or draft.sentence.doc[item].lower_ not in FORMS:
                continue
            token = draft.sentence.doc[item]
            found = self._antecedents.of(number, token, speaker)
            if (
                found is None
                or not found.name
                or self._is_told_before(found, draft, place)
                or found.key in told
            ):
                continue
            if _is_named_before(draft, place, found.name):
                continue
            told.add(found.key)
            is_owner = token.dep_ == "poss" or token.lower_ in POSSESSIVES
            draft.instead[item] = _owner(found) if is_owner else found.name
            draft.instead.update(_spelt_out(token))

    def _is_told_before(self, found: Mentioned, draft: Draft, place: int) -> bool:
        """Whether the statement has the very noun before the pronoun; it may be of another sentence."""
        number = self._numbers[id(draft.sentence)]
        return self._antecedents.is_of(found, number) and found.token in draft.order[:place]

    def _name_in_full(self, draft: Draft) -> None:
        """A last name by itself is the full name where the document knows one bearer."""
        told = " ".join(draft.instead.values())
        for item in draft.order:
            if isinstance(item, str) or item in draft.instead:
                continue
            token = draft.sentence.doc[item]
            full = self._antecedents.full_names.get(token.text, "")
            if full and full not in told and _is_alone(token, draft):
                draft.instead[item] = full
            if full:
                told += full

    def _date(self, draft: Draft) -> None:
        """Say beside a relative date which day or year it is."""
        doc, places = draft.sentence.doc, draft.sentence.places
        for mention in self._mentions.dates([draft.sentence.sentence.place]):
            if not mention.is_relative or not mention.value:
                continue
            held = [t.i for t in doc if _touches(mention, places[t.i].start, places[t.i].end)]
            if held and all(index in draft.order for index in held):
                draft.after[held[-1]] = f" [{shown(mention.text, mention.value)}]"


def _owner(found: Mentioned) -> str:
    is_plural = found.kind is Kind.SEVERAL and found.name.endswith("s")
    return f"{found.name}’" if is_plural else possessive(found.name)


def _spelt_out(pronoun: Token) -> dict[int, str]:
    """“he’ll”, “he’d” and “they’ve” in full, for a name does not run on so."""
    following = pronoun.nbor(1) if pronoun.i + 1 < len(pronoun.doc) else None
    if following is None:
        return {}
    word = following.lower_.replace("’", "'")
    if word == "'d":
        is_had = following.head.tag_ in ("VBN", "VBD")
        return {following.i: " had" if is_had else " would"}
    return {following.i: CONTRACTED[word]} if word in CONTRACTED else {}


def _touches(mention: Mention, start: int, end: int) -> bool:
    return start < mention.place.end and mention.place.start < end


def _is_named_before(draft: Draft, place: int, name: str) -> bool:
    """Whether the statement has the name already, so that the pronoun is plain."""
    last = name.split()[-1]
    words = [
        item if isinstance(item, str) else draft.instead.get(item, draft.sentence.doc[item].text)
        for item in draft.order[:place]
    ]
    return any(last in word.split() for word in words)


def _is_alone(token: Token, draft: Draft) -> bool:
    """Whether a last name stands for its bearer here, and is no part of another name or thing."""
    if token.pos_ != "PROPN" or token.dep_ in ("compound", "nmod", "amod"):
        return False
    before = token.nbor(-1) if token.i else None
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    is_titled = before is not None and before.lower_.strip(".") in TITLED
    is_joined = before is not None and (
        before.pos_ == "PROPN" or before.text in ("-", "&", "the", "The")
    )
    is_followed = after is not None and (after.pos_ == "PROPN" or after.text in ("-", "&"))
    return not (is_titled or is_joined or is_followed)


def _without_aside(sentence: Parsed, order: list[int | str]) -> list[int | str]:
    """“… we have, as you know, a bond” without what it says to its hearer."""
    words = ["" if isinstance(item, str) else sentence.doc[item].lower_ for item in order]
    for start in range(len(words) - 2):
        if tuple(words[start : start + 3]) == ASIDE:
            first = start - (words[max(0, start - 1) : start] == [","])
            last = start + 3 + (words[start + 3 : start + 4] == [","])
            return [*order[:first], *order[last:]]
    return order


def _mark_quotations(draft: Draft) -> None:
    """Marks go from a statement that is all one quotation, and stand around the part that is one elsewhere."""
    sentence = draft.sentence
    tokens = [item for item in draft.order if isinstance(item, int)]
    marks = {
        i for i in tokens if sentence.quoted[i] >= 0 and sentence.doc[i].text in ("“", "”", '"')
    }
    words = [i for i in tokens if i not in marks and not sentence.doc[i].is_punct]
    quoted = {sentence.quoted[i] for i in words}
    draft.order = [item for item in draft.order if item not in marks or isinstance(item, str)]
    if quoted == {-1} or -1 not in quoted:
        return
    for index in sorted(quoted - {-1}):
        inner = [i for i in tokens if sentence.quoted[i] == index and i not in marks]
        held = [i for i in inner if not sentence.doc[i].is_punct]
        draft.before[held[0]] = "“"
        draft.after[held[-1]] = "”"
