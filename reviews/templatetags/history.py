"""The audit log in words: what somebody did, as the history panel says it."""

from dataclasses import dataclass

from django import template

from audit.models import Event

register = template.Library()

#: Every verb that services write, as the predicate of a sentence that starts with who did it.
WORDS = {
    "article.added": "brought the article in",
    "article.corrected": "corrected the article's details",
    "version.added": "added a version",
    "import.queued": "asked for it to be brought in",
    "import.done": "brought it in",
    "import.failed": "could not bring it in",
    "import.cancelled": "called it off",
    "batch.queued": "asked for many articles to be brought in",
    "batch.retried": "tried again what was not in",
    "batch.cancelled": "called off what waited",
    "feed.followed": "followed the feed",
    "feed.changed": "changed how the feed is followed",
    "feed.asked": "asked for a look at the feed",
    "feed.read": "found something new in the feed",
    "feed.failed": "could not read the feed",
    "version.anchored": "found the claims in the new version",
    "detection.queued": "asked an engine to read the article",
    "detection.done": "read the article",
    "claim.added": "made the claim",
    "claim.edited": "changed the wording",
    "claim.span_added": "added words of the article",
    "claim.span_confirmed": "confirmed the words in the new version",
    "claim.span_moved": "moved the claim to other words of the new version",
    "claim.span_let_go": "let the words go in the new version",
    "claim.flagged": "flagged the claim",
    "claim.unflagged": "cleared the flag",
    "claim.accepted": "accepted the claim",
    "claim.dismissed": "dismissed the claim",
    "claim.taken": "took the claim",
    "claim.assigned": "assigned the claim",
    "claim.released": "gave the claim back",
    "claim.agreed": "closed the round: the reviewers agree",
    "claim.disputed": "closed the round: the reviewers differ",
    "claim.adjudicated": "adjudicated",
    "claim.sent_back": "sent the claim back",
    "claim.reopened": "reopened the claim",
    "claim.imported": "brought the claim in with its record",
    "claim.question_asked": "asked a question",
    "claim.question_closed": "closed a question",
    "claim.dossier_made": "made a dossier",
    "comment.added": "commented",
    "source.added": "added the source",
    "source.corrected": "corrected the source's details",
    "source.snapshot_added": "kept a copy",
    "source.capture_asked": "asked for a copy",
    "source.capture_failed": "could not look at the source",
    "source.filled": "filled in what the page says of itself",
    "evidence.added": "added evidence",
    "evidence.withdrawn": "withdrew evidence",
    "evidence.quote_overridden": "took a quote on by name",
    "review.submitted": "submitted a review",
    "verdict.written": "worded the verdict",
    "verdict.published": "published the verdict",
    "verdict.corrected": "corrected the verdict",
    "verdict.retracted": "retracted the verdict",
    "markuppage.added": "added markup of a page",
    "markuppage.changed": "changed the markup of a page",
    "markuppage.removed": "removed the markup of a page",
    "endpoint.added": "made the webhook",
    "endpoint.changed": "changed the webhook",
    "endpoint.secret_rotated": "gave the webhook a new secret",
    "endpoint.disabled": "disabled the webhook",
    "endpoint.enabled": "enabled the webhook",
    "endpoint.retired": "retired the webhook",
    "endpoint.tested": "sent a test",
    "endpoint.replayed": "sent again",
    "claimant.added": "added the claimant",
    "claimant.changed": "changed the claimant",
    "externalcheck.added": "added a check by others",
    "externalcheck.changed": "changed a check by others",
    "externalcheck.imported": "brought in a check by others",
    "externalcheck.renewed": "brought in what its publisher says now",
    "externalcheck.tied": "said which claim the check is about",
    "externalcheck.taken_back": "noted that its publisher took it back",
    "checkimport.queued": "asked for checks by others",
    "checkimport.done": "read the checks by others",
    "checkimport.failed": "could not read the checks by others",
    "trustedpublisher.added": "trusted a publisher",
    "trustedpublisher.changed": "changed the trust in a publisher",
    "worthmodel.trained": "trained worth on the desk's decisions",
    "worthmodel.chosen": "chose the weights of worth",
    "rating.added": "added the rating",
    "rating.changed": "changed the rating",
    "scale.added": "added the scale",
    "scale.changed": "changed the scale",
    "scale.chosen": "made it the house scale",
    "signingkey.made": "put a key for signing heads into use",
    "user.added": "added the person",
    "user.changed": "changed the person",
    "user.password_set": "set the password",
}


@dataclass(frozen=True, slots=True)
class Change:
    name: str
    before: str
    after: str


@register.filter
def in_words(event: Event) -> str:
    return WORDS.get(event.verb, event.verb)


@register.filter
def changes(event: Event) -> list[Change]:
    """What changed, field by field; the status is left to the words above it."""
    names = [name for name in event.after if name != "status"]
    return [
        Change(name.replace("_", " "), _plain(event.before.get(name)), _plain(event.after[name]))
        for name in names
    ]


def _plain(value: object) -> str:
    return "" if value is None else str(value)
