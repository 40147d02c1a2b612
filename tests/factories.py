"""Typed functions that each make one valid, minimal thing. Whatever matters to a test it says itself."""

import itertools
from pathlib import Path
from typing import Any

from django.core.management import call_command

from accounts.models import User
from accounts.roles import Role
from articles.models import Article
from articles.services import Arrival, add_article
from claims.detection.base import Place
from claims.kinds import Kind, Mode, Status
from claims.models import Claim
from claims.services import ClaimDraft, add_claim
from publishing.gate import Attested
from publishing.services import Signature, publish_verdict
from reviews.models import Rating, Scale
from reviews.services import (
    ReviewDraft,
    submit_review,
    take_claim,
    write_verdict,
)
from sources.models import Evidence, Source, SourceKind, Stance
from sources.services import EvidenceDraft, SourceDraft, add_evidence, add_source

_numbers = itertools.count(1)
PASSWORD = "a long test password"
TEXT = """Harbour opens after two years of works

The port handled 1,200 ships last year, the authority says

The harbour of Brinmouth reopened on Monday after two years of works. It cost 40 million crowns.

“We will double the traffic by 2030,” said the harbour master, Ida Quell. Fishermen said the noise had driven the herring away.
"""
ATTESTED = Attested(both_sides=True, claimant_asked=True, neutral_wording=True)
SIGNED = Signature(attested=ATTESTED)


def make_user(role: str = Role.REVIEWER, **fields: Any) -> User:
    number = next(_numbers)
    fields.setdefault("email", f"person{number}@example.org")
    fields.setdefault("name", f"Person {number}")
    return User.objects.create_user(password=None, role=role, **fields)


def make_article(text: str = TEXT, *, actor: User | None = None, **fields: Any) -> Article:
    """An article without detection: tests that want suggestions run the engine themselves."""
    article = add_article(actor=actor, arrival=Arrival(content=text.encode(), **fields))
    article.refresh_from_db()
    return article


def make_claim(
    *, status: str = Status.OPEN, article: Article | None = None, quote: str = "", **fields: Any
) -> Claim:
    """A claim on words of the article (its third sentence by default), set to a status without its history."""
    article = article or make_article()
    version = article.current
    assert version is not None
    quote = quote or "It cost 40 million crowns."
    start = version.text.index(quote)
    draft = ClaimDraft(
        statement=fields.pop(
            "statement", f"Claim number {next(_numbers)} about the harbour works."
        ),
        kind=fields.pop("kind", Kind.EVENT),
        mode=fields.pop("mode", Mode.NARRATOR),
        claimant_name=fields.pop("claimant_name", ""),
    )
    claim = add_claim(
        actor=fields.pop("actor", None) or make_user(Role.CONTRIBUTOR),
        version=version,
        place=Place(start, start + len(quote)),
        draft=draft,
    )
    Claim.objects.filter(pk=claim.pk).update(status=status, **fields)
    claim.refresh_from_db()
    return claim


def make_source(**fields: Any) -> Source:
    fields.setdefault("title", f"Record {next(_numbers)}")
    fields.setdefault("kind", SourceKind.OFFICIAL_RECORD)
    return add_source(actor=make_user(), draft=SourceDraft(**fields))


def make_evidence(claim: Claim, **fields: Any) -> Evidence:
    """Evidence with a kept copy of its source and a quote that is in it."""
    source = fields.pop("source", None) or make_source()
    fields.setdefault("stance", Stance.SUPPORTS)
    fields.setdefault("quote", "cost 40 million crowns")
    fields.setdefault("copy", "The works cost 40 million crowns, the audit says.")
    return add_evidence(
        actor=make_user(), claim=claim, source=source, draft=EvidenceDraft(**fields)
    )


def house_rating(slug: str = "true") -> Rating:
    """A rating of the house scale, which a flushed test database may have lost."""
    if not Scale.objects.filter(is_house=True).exists():
        call_command("loaddata", str(Path("reviews/fixtures/scales.json").resolve()), verbosity=0)
    return Rating.objects.get(scale__is_house=True, slug=slug)


def make_reviewed_claim(*slugs: str, **fields: Any) -> Claim:
    """A claim with evidence and a full round: decided if the ratings are the same, disputed if not."""
    claim = make_claim(**fields)
    make_evidence(claim)
    return review_claim(claim, *slugs)


def review_claim(claim: Claim, *slugs: str) -> Claim:
    for slug in slugs or ("true", "true"):
        reviewer = make_user()
        take_claim(actor=reviewer, claim=claim)
        draft = ReviewDraft(rating=house_rating(slug), rationale=f"The audit shows it: {slug}.")
        submit_review(actor=reviewer, claim=claim, draft=draft)
    claim.refresh_from_db()
    return claim


def make_published_claim(**fields: Any) -> Claim:
    claim = make_claim(**fields)
    make_evidence(claim)
    return publish_claim(claim)


def publish_claim(claim: Claim) -> Claim:
    """This claim with the evidence it has, reviewed and on the public record."""
    review_claim(claim)
    editor = make_user(Role.EDITOR)
    write_verdict(actor=editor, claim=claim, summary="It did.", justification="The audit says so.")
    publish_verdict(actor=make_user(Role.EDITOR), claim=claim, signature=SIGNED)
    claim.refresh_from_db()
    return claim
