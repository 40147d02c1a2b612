"""Fact-checks by others come in: what is new, what its publisher changed, and what is refused, each by itself.

A hundred are one transaction. If the database refuses one, each is tried alone, so a bad one stops none of the others.
A check is known by its page and its claim. One that its publisher changed keeps its row, and with it the claim that it
is tied to; what it said before goes to its `history`, so nothing is lost.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from audit.services import record, record_all
from claims.checks.markup import read_document
from claims.checks.reading import read_review, url_of
from claims.checks.report import Outcome, Report
from claims.checks.shape import BadCheck, Check, Notes, Oddity
from claims.checks.texts import plain
from claims.checks.things import Found, find_reviews
from claims.models import ExternalCheck
from claims.services.trust import Trust

LOCK = 0x43484543  # "CHEC": those who bring checks in, one at a time
CHUNK = 100
FIELDS = (
    "url",
    "site",
    "title",
    "publisher",
    "claim_reviewed",
    "claimant",
    "rating",
    "normalised",
    "justification",
    "reviewed_at",
    "claim_url",
    "details",
)
NOTHING = "no ClaimReview in it"
TAKEN_BACK = "an element that its publisher took back"
UNFORESEEN = "It is too strange to be read."


@dataclass(frozen=True, slots=True)
class Parcel:
    """What arrived: the bytes, the address that they are from in the end (none for a file), what the server said."""

    content: bytes
    address: str = ""
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One ClaimReview that may come in, by its place in the document."""

    number: int
    check: Check
    odd: tuple[Oddity, ...]


@dataclass(slots=True)
class _Run:
    actor: User | None
    trust: Trust
    report: Report = field(default_factory=Report)
    seen: dict[str, Check] = field(default_factory=dict)


def import_checks(*, actor: User | None, parcel: Parcel) -> Report:
    """Bring in what is new or changed. Raises UnreadableChecks when it is neither a page nor JSON."""
    document = read_document(parcel.content, parcel.address, parcel.charset)
    found = find_reviews(document.values)
    run = _Run(actor, Trust.of_today(parcel.address, is_page=document.is_page))
    run.report.of_document(document.odd)
    if not found.reviews and not found.taken_back:
        run.report.of_document([Oddity("document", NOTHING)])
    items = _read(found, run)
    while chunk := list(islice(items, CHUNK)):
        _take(chunk, run)
    for named in found.taken_back:
        _mark_taken_back(named, run)
    return run.report


def _read(found: Found, run: _Run) -> Iterator[Item]:
    """The checks of trusted publishers. What is refused goes to the report."""
    page = run.trust.address if run.trust.is_page else ""
    for number, given in enumerate(found.reviews, 1):
        notes = Notes()
        try:
            check = _vouched(read_review(given, found.named, page, notes), run.trust)
        except BadCheck as error:
            _refuse(number, given, str(error), notes, run)
        except (ValueError, TypeError, RecursionError, OverflowError):
            _refuse(number, given, UNFORESEEN, notes, run)
        else:
            if not _is_repeated(number, check, notes, run):
                yield Item(number, check, tuple(notes.odd))


def _vouched(check: Check, trust: Trust) -> Check:
    """The check, if we trust who made it; named after its site where the markup names nobody. Raises BadCheck."""
    if refusal := trust.refusal(check.url):
        raise BadCheck(refusal)
    return check if check.publisher else replace(check, publisher=trust.name_of(check.site))


def _refuse(number: int, given: dict[str, Any], refusal: str, notes: Notes, run: _Run) -> None:
    claim = given.get("claimReviewed")
    run.report.add(
        number,
        Outcome.REFUSED,
        claim=plain(claim[:1000], "", Notes()) if isinstance(claim, str) else "",
        url=url_of(given.get("url")),
        odd=notes.odd,
        refusal=refusal,
    )


def _is_repeated(number: int, check: Check, notes: Notes, run: _Run) -> bool:
    """Whether the document has it already: pages often say the same in two ways. The first is taken."""
    first = run.seen.setdefault(check.identity, check)
    if first is check:
        return False
    is_same = (first.rating, first.justification) == (check.rating, check.justification)
    words = "given again" if is_same else "given again with other words, the first taken"
    odd = [*notes.odd, Oddity("document", words)]
    claim = check.claim_reviewed
    run.report.add(number, Outcome.UNCHANGED, claim=claim, url=check.url, odd=odd)
    return True


def _take(items: list[Item], run: _Run) -> None:
    """Keep the items; if the database refuses one of them, each by itself."""
    try:
        outcomes = _keep(items, run.actor)
    except (DataError, IntegrityError) as error:
        if len(items) > 1:
            for item in items:
                _take([item], run)
            return
        refusal = f"The database refuses it: {str(error).splitlines()[0]}"
        outcomes = [(Outcome.REFUSED, "", refusal)]
    for item, (outcome, key, refusal) in zip(items, outcomes, strict=True):
        claim, url = item.check.claim_reviewed, item.check.url
        run.report.add(
            item.number, outcome, claim=claim, url=url, check=key, odd=item.odd, refusal=refusal
        )


@transaction.atomic
def _keep(items: list[Item], actor: User | None) -> list[tuple[Outcome, str, str]]:
    """What became of each, and its key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    identities = [item.check.identity for item in items]
    here = ExternalCheck.objects.filter(identity__in=identities).select_for_update()
    known = {row.identity: row for row in here.defer("search_vector")}
    fresh: list[ExternalCheck] = []
    outcomes: list[tuple[Outcome, str, str]] = []
    for item in items:
        row = known.get(item.check.identity)
        if row is None:
            fresh.append(row := _row(item.check))
            outcome = Outcome.NEW
        else:
            is_changed = _renew(row, item.check, actor)
            outcome = Outcome.CHANGED if is_changed else Outcome.UNCHANGED
        outcomes.append((outcome, str(row.pk), ""))
    ExternalCheck.objects.bulk_create(fresh)
    told = ((row, {"url": row.url, "rating": row.rating}) for row in fresh)
    record_all("externalcheck.imported", told, actor=actor)
    return outcomes


def _row(check: Check) -> ExternalCheck:
    return ExternalCheck(
        **{name: getattr(check, name) for name in FIELDS},
        identity=check.identity,
        content_sha256=_hash(check),
    )


def _renew(row: ExternalCheck, check: Check, actor: User | None) -> bool:
    """What its publisher says now, unless it is what they said last. What the desk wrote since stands till then."""
    if row.content_sha256 == (sha256 := _hash(check)):
        return False
    before = {name: _plain(getattr(row, name)) for name in FIELDS}
    after = {name: _plain(getattr(check, name)) for name in FIELDS}
    changed = [name for name in FIELDS if before[name] != after[name]]
    now = timezone.now()
    row.history = [*row.history, {**before, "until": now.isoformat()}]
    for name in FIELDS:
        setattr(row, name, getattr(check, name))
    row.content_sha256, row.changed_at = sha256, now
    row.save(update_fields=[*FIELDS, "history", "content_sha256", "changed_at"])
    record(
        "externalcheck.renewed",
        row,
        actor=actor,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return True


@transaction.atomic
def _mark_taken_back(named: Any, run: _Run) -> None:
    """A feed says that an element is gone: our copy stays, and says so."""
    url = url_of(named)
    refusal = run.trust.refusal(url) if url else "no address"
    if refusal:
        run.report.of_document([Oddity("dataFeedElement", f"{TAKEN_BACK}, passed over")])
        return
    run.report.of_document([Oddity("dataFeedElement", TAKEN_BACK)])
    rows = ExternalCheck.objects.filter(Q(url=url) | Q(url__startswith=f"{url}#"))
    for row in rows.exclude(identity="").select_for_update().defer("search_vector"):
        if row.content_sha256:
            row.details, row.content_sha256 = {**row.details, "is_taken_back": True}, ""
            row.changed_at = timezone.now()
            row.save(update_fields=["details", "content_sha256", "changed_at"])
            record("externalcheck.taken_back", row, actor=run.actor, after={"url": row.url})


def _hash(check: Check) -> str:
    words = json.dumps(asdict(check), sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(words.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
