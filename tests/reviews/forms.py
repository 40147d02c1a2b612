"""What the desk's forms are about and how they are filled in, and what may never come of sending one."""

from django.urls import reverse

from articles.models import Article
from audit.models import Event
from claims.kinds import Status
from claims.models import Claim, Claimant, DetectionRun, Span
from publishing.models import Publication
from reviews.models import Assignment, Comment, Review, Verdict
from sources.models import Evidence, Snapshot, Source
from tests.factories import (
    house_rating,
    make_article,
    make_claim,
    make_evidence,
    make_published_claim,
    make_reviewed_claim,
    make_source,
)

MARKUP = (
    "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&{{ 7|add:7 }}{% debug %}</title>"
)
ROWS = (
    Article, Claim, Claimant, Span, DetectionRun, Source, Snapshot, Evidence,
    Comment, Review, Verdict, Assignment, Publication, Event,
)  # fmt: skip
#: The fields of each form that take words.
FORMS = {
    "reviews:add-article": ("text", "title", "publisher", "url", "language"),
    "reviews:correct-article": ("title", "publisher", "byline", "url", "language"),
    "reviews:add-claim": ("statement", "claimant", "role", "tags"),
    "reviews:edit-claim": ("statement", "claimant", "role", "tags"),
    "reviews:dismiss-claim": ("reason",),
    "reviews:add-comment": ("text",),
    "reviews:add-evidence": (
        "title", "url", "publisher", "author", "withheld_reason", "copy", "question", "quote", "note",
    ),
    "reviews:correct-source": ("title", "url", "publisher", "author", "withheld_reason", "language"),
    "reviews:review-claim": ("rationale", "conflict_of_interest"),
    "reviews:adjudicate-claim": ("summary", "justification"),
    "reviews:write-verdict": ("summary", "justification"),
    "reviews:send-back": ("reason",),
    "reviews:override-quote": ("reason",),
    "reviews:withdraw-evidence": ("reason",),
    "reviews:release-claim": ("reviewer", "next"),
    "reviews:bulk": ("reason", "reviewer", "query", "claim", "action"),
    "release:publish-verdict": ("note", "override_quotes", "override_evidence", "override_conflicts"),
    "release:correct-verdict": ("summary", "justification", "reason"),
    "release:retract-verdict": ("reason",),
    "release:reopen-claim": ("reason",),
    "accounts:make-key": ("name", "expires_at"),
}  # fmt: skip


def at(name, thing=None):
    return reverse(name, args=[thing.pk] if thing else [])


def counts():
    """How many rows there are of everything that the desk writes."""
    return {model.__name__: model.objects.count() for model in ROWS}


def make_subject(name, editor):
    """What the form is about, in a state in which it applies."""
    match name:
        case "reviews:add-article" | "reviews:bulk" | "accounts:make-key":
            return None
        case "reviews:correct-article" | "reviews:add-claim":
            return make_article()
        case "reviews:correct-source":
            return make_source()
        case "reviews:override-quote" | "reviews:withdraw-evidence":
            return make_evidence(make_claim(), quote="never said")
        case "reviews:review-claim" | "reviews:release-claim":
            claim = make_claim(status=Status.IN_REVIEW)
            Assignment.objects.create(
                claim=claim, reviewer=editor, assigned_by=editor, due_at=claim.created_at
            )
            return claim
        case "reviews:adjudicate-claim":
            return make_reviewed_claim("true", "false")
        case "reviews:write-verdict" | "reviews:send-back" | "release:publish-verdict":
            return make_reviewed_claim()
        case "release:correct-verdict" | "release:retract-verdict":
            return make_published_claim()
        case "release:reopen-claim":
            return make_claim(status=Status.DISMISSED)
        case _:
            return make_claim()


def filled_in(subject):
    """Every field of every form, as somebody with good manners fills it in. A form takes what it knows."""
    return {
        "text": "The mill burnt down on Friday.", "title": "The mill", "language": "en", "kind": "event",
        "mode": "narrator", "statement": "The mill burnt down.", "start": "0", "end": "7",
        "lock_version": getattr(subject, "lock_version", 1), "reason": "It is for the best.",
        "stance": "context", "rating": house_rating().pk, "rationale": "It is so.",
        "confidence": "high", "summary": "It did.", "justification": "The audit says so.",
        "both_sides": "on", "claimant_asked": "on", "neutral_wording": "on",
        "name": "A site", "scope": "read", "action": "dismiss",
    }  # fmt: skip


def assert_is_text(response):
    body = response.content.decode()
    assert response.status_code < 500
    assert "<script>alert" not in body
    assert "<img src=x" not in body
    assert 'onerror=alert(1)>"' not in body
    assert "14{% debug" not in body
