"""All that the desk has checked, in one list: verdicts in force, and markups of pages published elsewhere.

Newest first by when each was first published here, which never changes: whatever is corrected or comes in between two
pages of the list, nothing is shown twice and nothing is missed. One query a page, over finished texts.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import BooleanField, F, IntegerField, Q, TextField, Value
from django.db.models.functions import Cast, JSONObject, StrIndex

from articles.addresses import BadAddress, normalise
from publishing.chain import canonical
from publishing.claimreview_rules import is_of_host, site_of
from publishing.models import CurrentVerdict, Markup, MarkupPage
from sources.models import Evidence

COLUMNS = ("at", "key", "place", "is_markup", "language", "statement", "body")
#: What a PageDraft is made of.
DRAFT = ("url", "published_on", "author", "author_image", "markups", "version")


class Place(NamedTuple):
    """Where in the list something stands."""

    at: datetime
    key: UUID
    position: int


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of the list. `content` is a document, or the ClaimReview of a markup."""

    place: Place
    is_markup: bool
    language: str
    statement: str
    content: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to. What is empty narrows nothing."""

    query: str = ""
    language: str = ""
    site: str = ""
    since: datetime | None = None
    address: str = ""


def list_checked(
    wanted: Wanted, *, after: Place | None = None, offset: int = 0, limit: int
) -> list[Checked]:
    """The lines from a place on, or from the beginning."""
    end = offset + limit
    return _lines(wanted, _markups(wanted, after)[:end], after, offset, end)


def list_pages(
    wanted: Wanted, *, after: Place | None = None, offset: int = 0, limit: int
) -> list[Checked]:
    """The same, a line a page: of a markup page `content` is a PageDraft as JSON. Narrowed to a site only."""
    end = offset + limit
    return _lines(wanted, _pages(wanted, after)[:end], after, offset, end)


def _lines(wanted: Wanted, rows: Any, after: Place | None, offset: int, end: int) -> list[Checked]:
    """These rows and the verdicts, if those are on the site that is wanted."""
    if not wanted.site or is_of_the_desk(wanted.site):
        verdicts = _verdicts(wanted, after)[:end]
        rows = verdicts.union(rows, all=True).order_by("-at", "-key", "place")
    return [
        Checked(Place(at, key, place), is_markup, language, statement, body)
        for at, key, place, is_markup, language, statement, body in rows[offset:end]
    ]


def is_of_the_desk(site: str) -> bool:
    """Whether the desk's own pages are on this site."""
    return is_of_host(settings.ASSAY_BASE_URL, site)


def bare_site(text: str) -> str:
    """A site as people write it, address or not, without scheme, www. and path."""
    text = text.strip().lower()
    return site_of(text if "://" in text else f"https://{text}")


def _verdicts(wanted: Wanted, after: Place | None) -> Any:
    rows = CurrentVerdict.objects.in_force().search(wanted.query)
    rows = rows.filter(_of_language(wanted.language), _verdict_since(wanted.since))
    if wanted.address:
        rows = _verdicts_naming(rows, wanted.address)
    if after:
        beside = Q(first_published_at=after.at, claim_id__lt=after.key)
        rows = rows.filter(Q(first_published_at__lt=after.at) | beside)
        rows = rows.filter(first_published_at__lte=after.at)  # so that the index is entered here
    columns = {
        "at": F("first_published_at"),
        "key": F("claim_id"),
        "body": F("publication__document"),
    }
    return _as_lines(rows, columns, Value(0, output_field=IntegerField()), is_markup=False)


def _markups(wanted: Wanted, after: Place | None) -> Any:
    rows = Markup.objects.search(wanted.query).filter(_of_language(wanted.language))
    if wanted.site:
        rows = rows.filter(_of_site(wanted.site))
    if wanted.since:
        day = wanted.since.date()
        rows = rows.filter(Q(published_on__gte=day) | Q(claimed_on__gte=day))
    if wanted.address:
        rows = rows.filter(addresses__overlap=_spellings(wanted.address))
    if after:
        beside = Q(added_at=after.at, page_id__lt=after.key)
        below = Q(added_at=after.at, page_id=after.key, position__gt=after.position)
        rows = rows.filter(Q(added_at__lt=after.at) | beside | below)
        rows = rows.filter(added_at__lte=after.at)
    columns = {"at": F("added_at"), "key": F("page_id"), "body": F("content")}
    return _as_lines(rows, columns, F("position"), is_markup=True)


def _pages(wanted: Wanted, after: Place | None) -> Any:
    rows = MarkupPage.objects.standing()
    if wanted.site:
        rows = rows.filter(_of_site(wanted.site))
    if after:
        beside = Q(created_at=after.at, id__lt=after.key)
        rows = rows.filter(Q(created_at__lt=after.at) | beside)
    text = {name: Value("", output_field=TextField()) for name in ("language", "statement")}
    draft = JSONObject(**{name: name for name in DRAFT})
    columns = {"at": F("created_at"), "key": F("id"), "body": Cast(draft, TextField()), **text}
    return _as_lines(rows, columns, Value(0, output_field=IntegerField()), is_markup=True)


def _of_site(site: str) -> Q:
    return Q(site=site) | Q(site__endswith=f".{site}")


def _as_lines(rows: Any, columns: dict[str, Any], place: Any, *, is_markup: bool) -> Any:
    marked = Value(is_markup, output_field=BooleanField())
    lines = rows.annotate(**columns, place=place, is_markup=marked)
    return lines.order_by("-at", "-key", "place").values_list(*COLUMNS)


def _of_language(language: str) -> Q:
    """By the primary subtag: en is also en-GB."""
    if not language:
        return Q()
    return Q(language__iexact=language) | Q(language__istartswith=f"{language}-")


def _verdict_since(since: datetime | None) -> Q:
    """By the newer of when it was published and when the claim was made."""
    if since is None:
        return Q()
    return Q(published_at__gte=since) | Q(claimed_on__gte=since.date())


def _verdicts_naming(rows: Any, address: str) -> Any:
    """Those whose document has the address, as that of its article or of a source. A withheld source has none."""
    spellings = _spellings(address)
    of_articles = CurrentVerdict.objects.order_by().filter(article_url__in=spellings)
    of_sources = Evidence.objects.order_by().filter(source__url__in=spellings)
    named = of_articles.values("claim_id").union(of_sources.values("claim_id"))
    told = Q()
    for number, spelling in enumerate(spellings):
        # Where it is, not LIKE: the database would take that for rare and read every document.
        words = Value(canonical({"": spelling})[4:-1])
        rows = rows.alias(**{f"told_{number}": StrIndex("publication__document", words)})
        told |= Q(**{f"told_{number}__gt": 0})
    return rows.filter(told, claim_id__in=named)


def _spellings(address: str) -> list[str]:
    """The address as it was given, and as the desk keeps it."""
    try:
        return sorted({address, normalise(address)})
    except BadAddress:
        return [address]
