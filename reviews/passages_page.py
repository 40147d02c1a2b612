"""The passages that bear on a claim, as the page where evidence is added offers them.

The text is what was pasted there, else the newest copy of the source chosen there; a withheld source's only for
those who may see it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from accounts.models import User
from claims.models import Claim
from reviews.evidence_forms import EvidenceForm
from sources.models import Source
from sources.passages import Passage, rank_passages
from sources.sentences import Range, find_sentences
from sources.services import clean_copy

#: How much of the sentence before, and after, is shown beside a passage.
AROUND = 160
NO_TEXT = "Choose a source that has a copy, or paste what the source says."
NO_COPY = "There is no copy of this source yet. Paste what it says, above."
WITHHELD = "Only editors see the copies of a withheld source."
NOTHING_SHARED = (
    "No passage shares a telling word with the claim. That does not mean that the source is silent: "
    "it may say it in other words."
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A passage: its exact words, the same in pieces (and whether each matched), what stands around it."""

    words: str
    pieces: tuple[tuple[str, bool], ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Offers:
    """Passages, best first, or why there are none."""

    items: list[Offer] = field(default_factory=list)
    reason: str = ""


def offer_passages(
    user: User, claim: Claim, form: EvidenceForm, given: Mapping[str, str]
) -> Offers:
    """The passages of what a person has given so far, in a form that is not finished."""
    try:
        copy = clean_copy(form.fields["copy"].clean(given.get("copy", "")) or "")
        source = form.fields["source"].clean(given.get("source", ""))
    except ValidationError as error:
        return Offers(reason=" ".join(error.messages))
    if copy.strip():
        return _offers(claim, copy, source.language if source else claim.article.language)
    return _offers_of_source(user, claim, source) if source else Offers(reason=NO_TEXT)


def _offers_of_source(user: User, claim: Claim, source: Source) -> Offers:
    if not source.is_shown_to(user):
        return Offers(reason=WITHHELD)
    snapshot = source.snapshots.first()
    return _offers(claim, snapshot.text, source.language) if snapshot else Offers(reason=NO_COPY)


def _offers(claim: Claim, text: str, language: str) -> Offers:
    sentences = find_sentences(text)
    found = rank_passages(claim.statement, text, sentences, language=language)
    items = [_offer(passage, text, sentences) for passage in found]
    return Offers(items, "" if items else NOTHING_SHARED)


def _offer(passage: Passage, text: str, sentences: list[Range]) -> Offer:
    before, after = sentences[: passage.index][-1:], sentences[passage.index + 1 :][:1]
    return Offer(
        words=text[passage.start : passage.end],
        pieces=tuple(_pieces(passage, text)),
        before="".join(_last(text[start:end]) for start, end in before),
        after="".join(_first(text[start:end]) for start, end in after),
    )


def _pieces(passage: Passage, text: str) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = passage.start
    for start, end in passage.places:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [
        (words, is_match) for words, is_match in [*pieces, (text[at : passage.end], False)] if words
    ]


def _last(words: str) -> str:
    return words if len(words) <= AROUND else f"…{words[-AROUND:]}"


def _first(words: str) -> str:
    return words if len(words) <= AROUND else f"{words[:AROUND]}…"
