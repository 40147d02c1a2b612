"""What a new look at a source means for the evidence that leans on it, and when the next look is due.

Evidence keeps the copy that its words were found in, so a verdict never rests on a page that has changed under it. But
people should know: when the newest copy lost the words, or the page is gone, the claims that lean on it are flagged.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from claims.models import Claim
from claims.services import flag_claim
from claims.services.revising import QUIET
from sources.models import Evidence, Snapshot, SnapshotOrigin, Source, SourceState
from sources.quotes import check_quote

#: Looks at most that one run of the schedule queues.
MOST_AT_ONCE = 200
#: Looks in a row that fail before people are told that a source cannot be reached.
PATIENCE = 3


def schedule(source: Source, at: datetime) -> None:
    """Set when the source was looked at and is to be again: sooner while it cannot be reached."""
    days = settings.ASSAY_RECHECK_DAYS
    if source.state == SourceState.UNREACHABLE:
        days = min(days, max(1, source.misses))
    source.checked_at = at
    source.check_due_at = at + timedelta(days=days) if settings.ASSAY_RECHECK_DAYS else None


def queue_due_looks(at: datetime) -> int:
    """A look for each source whose time has come. How many."""
    from sources.captures import request_capture

    due = list(Source.objects.due(at)[:MOST_AT_ONCE])
    for source in due:
        request_capture(actor=None, source=source, is_recheck=True)
    return len(due)


@transaction.atomic
def note_newest(source: Source, snapshot: Snapshot) -> None:
    """Look for every quote from earlier copies in the newest one, and flag the claims whose words are lost.

    What a person pasted or uploaded may be a part of the source, so only what was fetched tells.
    """
    if snapshot.origin != SnapshotOrigin.FETCHED:
        return
    rows = source.evidence.standing().exclude(quote="").exclude(snapshot=snapshot)
    for evidence in rows.select_related("claim").select_for_update(of=("self",)):
        had_lost = evidence.has_lost_its_words
        evidence.newest_check = check_quote(evidence.quote, snapshot.text).check
        evidence.save(update_fields=["newest_check"])
        if evidence.has_lost_its_words and not had_lost:
            _flag(
                evidence.claim,
                f"{_name(source)} changed: its newest copy no longer has the words quoted here.",
            )


def note_gone(source: Source, was: str) -> None:
    """Flag the claims that lean on a source, once, when it is gone or has long not been reached."""
    is_news = source.state == SourceState.GONE and was != SourceState.GONE
    if not is_news and not (source.state == SourceState.UNREACHABLE and source.misses == PATIENCE):
        return
    what = "is gone" if source.state == SourceState.GONE else "cannot be reached any more"
    leaning = Claim.objects.filter(
        evidence__in=Evidence.objects.standing().filter(source=source)
    ).distinct()
    for claim in leaning:
        _flag(claim, f"{_name(source)} {what}. Our copies of it stay.")


def _name(source: Source) -> str:
    return f"The source “{source.public_title[:120]}”"


def _flag(claim: Claim, why: str) -> None:
    """Add to what the claim is flagged for already. Claims nobody works on or stands by need no flag."""
    if claim.status not in QUIET and why not in claim.flag:
        flag_claim(actor=None, claim=claim, why=f"{claim.flag} {why}".strip())
