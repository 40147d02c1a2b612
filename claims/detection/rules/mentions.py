"""The dates, quantities and names in the words of a claim, each at its exact place.

How an engine asks:

    mentions = Mentions(document, parsed)       # `parsed`: what `parsing.parse(document)` gave, all of it
    mentions.dates(spans), mentions.quantities(spans), mentions.names(spans)

`spans` are the places of a claim; what lies wholly inside one of them is given, in reading order.
Forms find the words (`dates`, `quantities`, `names`); the parse tells what a form cannot: where a clause looks, to the
past or ahead, and whether a day says when something happens or is a part of a name.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from articles.document import Document
from claims.detection.base import Mention, Place
from claims.detection.rules.date_forms import Setting
from claims.detection.rules.date_values import Tense
from claims.detection.rules.dates import see_dates, years_in
from claims.detection.rules.names import find_names
from claims.detection.rules.parsing import Parsed
from claims.detection.rules.quantities import find_quantities
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

TIME_PREPOSITIONS = word_set(
    "on in by since from until during before after around late early between at"
)
#: What was planned in the past may lie ahead.
PLANNING = word_set(
    "plan announce schedule postpone delay call set expect hope want invite agree promise order book fix"
)
FINITE_PAST = "VBD"


class Mentions:
    """What one document mentions: read once, asked by claim."""

    def __init__(self, document: Document, parsed: Sequence[Parsed]) -> None:
        self._text = document.text
        self._published = document.published_on
        self._dates: list[Mention] = []
        self._quantities: list[Mention] = []
        self._names: list[Mention] = []
        self._block, self._years = -1, set[int]()
        for sentence in parsed:
            self._read(sentence)
        self._names.extend(self._mention(place) for place in find_names(document.text, parsed))
        for mentions in (self._dates, self._quantities, self._names):
            mentions.sort(key=_start)

    def dates(self, spans: Sequence[Place]) -> tuple[Mention, ...]:
        return _inside(self._dates, spans)

    def quantities(self, spans: Sequence[Place]) -> tuple[Mention, ...]:
        return _inside(self._quantities, spans)

    def names(self, spans: Sequence[Place]) -> tuple[Mention, ...]:
        return _inside(self._names, spans)

    def _read(self, sentence: Parsed) -> None:
        start, end = sentence.sentence.start, sentence.sentence.end
        if sentence.sentence.block != self._block:
            self._block, self._years = sentence.sentence.block, set()
        seen = see_dates(self._text, start, end)
        self._years.update(years_in(seen))
        dates = [one.dated(self._setting(sentence, one.start)) for one in seen]
        for date in dates:
            words = self._text[date.start : date.end]
            place = Place(date.start, date.end)
            self._dates.append(Mention(place, words, date.value, date.is_relative))
        taken = [(date.start, date.end) for date in dates]
        for found in find_quantities(self._text, start, end, taken):
            self._quantities.append(self._mention(Place(found.start, found.end), found.value))

    def _mention(self, place: Place, value: str = "") -> Mention:
        return Mention(place, self._text[place.start : place.end], value)

    def _setting(self, sentence: Parsed, place: int) -> Setting:
        token = _token_at(sentence, place)
        if self._published is None or token is None:
            return Setting(self._published)
        verb, is_adverbial = _governor(token)
        is_elsewhen = any(year != self._published.year for year in self._years)
        is_quoted = sentence.quoted[token.i] >= 0
        return Setting(self._published, _tense(verb), is_adverbial, is_elsewhen, is_quoted)


def _token_at(sentence: Parsed, place: int) -> Token | None:
    index = bisect_right(sentence.places, place, key=lambda found: found.start) - 1
    return sentence.doc[index] if index >= 0 else None


def _governor(token: Token) -> tuple[Token | None, bool]:
    """The verb whose time this date is, if it is one's, and whether it is said of something happening."""
    while token.dep_ in ("nummod", "compound", "amod", "det", "advmod") and token.head.i != token.i:
        if token.head.ent_type_ not in ("DATE", "TIME"):
            break
        token = token.head
    if token.dep_ in ("npadvmod", "tmod", "advmod"):
        return (token.head if token.head.pos_ in ("VERB", "AUX") else None), True
    if token.dep_ == "pobj" and token.head.lower_ in TIME_PREPOSITIONS:
        verb = token.head.head
        while verb.dep_ == "prep" and verb.head.i != verb.i:
            verb = verb.head
        return (verb if verb.pos_ in ("VERB", "AUX") else None), True
    return None, False


def _tense(verb: Token | None) -> Tense:
    if verb is None or verb.lemma_ in PLANNING:
        return Tense.UNKNOWN
    helpers = {child.lower_: child for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if helpers.keys() & {"will", "'ll", "shall", "wo"}:
        return Tense.FUTURE
    tags = {verb.tag_, *(child.tag_ for child in helpers.values())}
    if "MD" in tags or "TO" in tags:
        return Tense.UNKNOWN
    looks_back = FINITE_PAST in tags or helpers.keys() & {"has", "have", "had", "'ve"}
    is_participle = verb.tag_ == "VBN" and verb.dep_ == "acl"
    return Tense.PAST if looks_back or is_participle else Tense.UNKNOWN


def _inside(mentions: Sequence[Mention], spans: Sequence[Place]) -> tuple[Mention, ...]:
    """The mentions that lie wholly in one of the spans; both are in the order of the text."""
    found: list[Mention] = []
    for span in spans:
        first = bisect_left(mentions, span.start, key=_start)
        last = bisect_left(mentions, span.end, key=_start)
        found.extend(m for m in mentions[first:last] if m.place.end <= span.end)
    return tuple(found)


def _start(mention: Mention) -> int:
    return mention.place.start
