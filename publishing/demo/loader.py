"""Tells the demo's story through the services, so that all their rules hold for it too."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User
from articles.models import Article, Origin, Version
from articles.services import Arrival
from claims.kinds import Kind
from claims.models import Claim, DetectionRun, RunState
from claims.services import bring_in_article, run_detection
from publishing.demo.cast import CAST, PASSWORD
from publishing.demo.model import Asks, Exhibit, Opinion, Story, Wording
from publishing.demo.published import PUBLISHED
from publishing.demo.records import RECORDS
from publishing.demo.waiting import WAITING
from publishing.gate import Attested
from publishing.services import Signature, correct_verdict, publish_verdict, retract_verdict
from reviews.models import Rating
from reviews.services import (
    ReviewDraft,
    VerdictDraft,
    accept_claim,
    add_comment,
    adjudicate,
    dismiss_claim,
    submit_review,
    take_claim,
    write_verdict,
)
from sources.models import Source, SourceKind
from sources.services import EvidenceDraft, SourceDraft, add_evidence, add_source

HERE = Path(__file__).parent
STORIES = (*PUBLISHED, *WAITING)
SIGNATURE = Signature(Attested(both_sides=True, claimant_asked=True, neutral_wording=True))


class StoryDoesNotFit(Exception):
    """The story and the article, or what was found in it, do not go together."""


def is_loaded() -> bool:
    return User.objects.filter(email__in=[person.email for person in CAST]).exists()


@transaction.atomic
def load() -> Article:
    """All of it or nothing. Gives the article that the story is about."""
    people = hire()
    article = bring_in(
        people["contributor"], "halmere.txt", datetime(2025, 10, 14, 9, 30, tzinfo=UTC)
    )
    bring_in(people["contributor"], "ferry.txt", datetime(2025, 10, 16, 16, 0, tzinfo=UTC))
    sources = {key: bring_source(people["contributor"], key) for key in RECORDS}
    version = article.versions.get()
    for story in STORIES:
        Telling(story, people, sources).tell(find_claim(version, story.phrase, story.asks))
    return article


def hire() -> dict[str, User]:
    """The cast, by key. One hash serves all, because the password is one and hashing is slow on purpose."""
    password = make_password(PASSWORD)
    people = {}
    for person in CAST:
        user = User(email=person.email, name=person.name, role=person.role, password=password)
        user.full_clean()
        user.save()
        people[person.key] = user
    return people


def bring_in(actor: User, name: str, published_at: datetime) -> Article:
    """The article in that file, with the claims that the engine suggests."""
    arrival = Arrival(
        content=(HERE / name).read_bytes(),
        origin=Origin.FILE,
        url=f"https://chronicle.example.com/{published_at:%Y/%m/%d}/{Path(name).stem}",
        publisher="Serrin Chronicle",
        published_at=published_at,
    )
    article = bring_in_article(actor=actor, arrival=arrival)
    run = run_detection(run_id=str(DetectionRun.objects.get(version__article=article).pk))
    if run.state != RunState.DONE:
        raise StoryDoesNotFit(f"The claims of {name} were not found: {run.error}")
    return article


def bring_source(actor: User, key: str) -> Source:
    record = RECORDS[key]
    draft = SourceDraft(
        title=record.title,
        kind=record.kind,
        url=record.url,
        publisher=record.publisher,
        author=record.author,
        published_at=record.published_at,
        withheld_reason=record.withheld_reason,
    )
    return add_source(actor=actor, draft=draft)


def find_claim(version: Version, phrase: str, asks: Asks) -> Claim:
    """The claim whose words hold the phrase: of several, the one with the fewest other words."""
    if version.text.count(phrase) != 1:
        raise StoryDoesNotFit(f"“{phrase}” is not in the article exactly once.")
    start = version.text.index(phrase)
    end = start + len(phrase)
    holding = Claim.objects.filter(
        spans__version=version, spans__start__lte=start, spans__end__gte=end
    ).prefetch_related("spans", "embedded")
    fitting = [claim for claim in holding if (asks is Asks.SAID) == _is_said(claim)]
    if not fitting:
        raise StoryDoesNotFit(f"No claim was suggested that holds “{phrase}” ({asks}).")
    return min(fitting, key=lambda claim: (_length(claim), claim.pk))


def _is_said(claim: Claim) -> bool:
    return claim.kind == Kind.QUOTATION and bool(claim.embedded.all())


def _length(claim: Claim) -> int:
    return sum(span.end - span.start for span in claim.spans.all())


class Telling:
    """One story, told step by step. Each step is a service; what did not happen is passed over."""

    def __init__(
        self, story: Story, people: Mapping[str, User], sources: Mapping[str, Source]
    ) -> None:
        self.story = story
        self.people = people
        self.sources = sources

    def tell(self, claim: Claim) -> None:
        if self.story.dismissal:
            actor = self.people["contributor"]
            dismiss_claim(actor=actor, claim=claim, reason=self.story.dismissal)
            return
        self.accept(claim)
        for exhibit in self.story.exhibits:
            self.add(claim, exhibit)
        self.review(claim)
        for remark in self.story.remarks:
            add_comment(actor=self.people[remark.by], claim=claim, text=remark.text)
        self.settle(claim)

    def accept(self, claim: Claim) -> None:
        wanted = {"statement": self.story.statement, "kind": self.story.kind}
        changes: dict[str, Any] = {name: value for name, value in wanted.items() if value}
        accept_claim(actor=self.people["contributor"], claim=claim, **changes)

    def add(self, claim: Claim, exhibit: Exhibit) -> None:
        source = self.sources[exhibit.record]
        is_withheld = source.kind == SourceKind.WITHHELD
        draft = EvidenceDraft(
            stance=exhibit.stance,
            question=exhibit.question,
            quote=exhibit.quote,
            note=exhibit.note,
            copy=RECORDS[exhibit.record].text,
        )
        actor = self.people["mara" if is_withheld else "contributor"]
        add_evidence(actor=actor, claim=claim, source=source, draft=draft)

    def review(self, claim: Claim) -> None:
        opinions = self.story.opinions
        for key in self.story.taken_by or [opinion.by for opinion in opinions]:
            take_claim(actor=self.people[key], claim=claim)
        for opinion in opinions:
            self.submit(claim, opinion)

    def submit(self, claim: Claim, opinion: Opinion) -> None:
        draft = ReviewDraft(
            rating=house_rating(opinion.rating),
            rationale=opinion.rationale,
            confidence=opinion.confidence,
            evidence=list(claim.evidence.standing()),
        )
        submit_review(actor=self.people[opinion.by], claim=claim, draft=draft)

    def settle(self, claim: Claim) -> None:
        story, mara, noor = self.story, self.people["mara"], self.people["noor"]
        if story.adjudication:
            adjudicate(actor=mara, claim=claim, draft=draft_of(story.adjudication))
        if words := story.wording:
            write_verdict(
                actor=mara,
                claim=claim,
                summary=words.summary,
                justification=words.justification,
            )
        if story.is_published:
            publish_verdict(actor=noor, claim=claim, signature=SIGNATURE)
        if fix := story.correction:
            correct_verdict(actor=noor, claim=claim, draft=draft_of(fix.wording), note=fix.note)
        if story.retraction:
            retract_verdict(actor=noor, claim=claim, reason=story.retraction)


def draft_of(words: Wording) -> VerdictDraft:
    return VerdictDraft(house_rating(words.rating), words.summary, words.justification)


def house_rating(slug: str) -> Rating:
    return Rating.objects.get(scale__is_house=True, slug=slug)
