"""Adding, changing and removing markup pages. What a page was is in its history; nothing is lost."""

import json
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from articles.ingest.language import guess_language
from audit.services import record
from publishing.claimreview_rules import is_of_host, site_of
from publishing.markup import PageDraft, addresses_in, render_review
from publishing.models import Markup, MarkupPage

KEPT = ("url", "published_on", "author", "author_image", "markups")


class AddressTaken(ValidationError):
    """There is a page of this address. `page` is it."""

    def __init__(self, page: MarkupPage) -> None:
        super().__init__(
            f"There is markup of this page already: pages/{page.pk}. Update that instead."
        )
        self.page = page


class StalePage(Exception):
    """The page was changed since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "The page was changed since you read it. Get it again and make your change to that."
        )


class PageOfTheRecord(ValidationError):
    """The markup of a page that the desk's own verdicts make."""

    def __init__(self) -> None:
        super().__init__(
            "This markup is of a verdict on the public record and is made from it. "
            "Correct or retract the verdict at the desk."
        )


@transaction.atomic
def add_page(*, actor: User, draft: PageDraft) -> MarkupPage:
    """A page that there is no markup of yet. Raises AddressTaken."""
    _may(actor, "publishing.add_markuppage")
    _check_site(draft)
    page = MarkupPage(created_by=actor, changed_by=actor)
    _fill(page, draft)
    _insert(page)
    _write_rows(page, draft)
    record("markuppage.added", page, actor=actor, after=_facts(page))
    return page


@transaction.atomic
def change_page(*, actor: User, page: MarkupPage, draft: PageDraft) -> MarkupPage:
    """Everything of it anew. Raises StalePage if the draft names a version that is not the newest."""
    _may(actor, "publishing.change_markuppage")
    _check_site(draft)
    page = _lock(page)
    if draft.version and draft.version != str(page.version):
        raise StalePage
    if draft.url != page.url:
        raise ValidationError(
            {"pageUrl": "A page keeps its address. Delete it, and create one of the other address."}
        )
    before = _facts(page)
    _fill(page, draft)
    if _facts(page) == before:
        return page
    page.version += 1
    page.changed_by, page.changed_at = actor, timezone.now()
    page.save()
    _write_rows(page, draft)
    record("markuppage.changed", page, actor=actor, before=before, after=_facts(page))
    return page


@transaction.atomic
def remove_page(*, actor: User, page: MarkupPage, reason: str = "") -> MarkupPage:
    """Out of searches and feeds. The page and its history stay."""
    _may(actor, "publishing.remove_markuppage")
    page = _lock(page)
    page.removed_at = page.changed_at = timezone.now()
    page.changed_by = actor
    page.save(update_fields=["removed_at", "changed_at", "changed_by"])
    page.rows.all().delete()
    record("markuppage.removed", page, actor=actor, before=_facts(page), reason=reason)
    return page


def draft_of(page: MarkupPage) -> PageDraft:
    return PageDraft(**{name: getattr(page, name) for name in KEPT}, version=str(page.version))


def _may(actor: User, permission: str) -> None:
    if not actor.has_perm(permission):
        raise PermissionDenied("Only an editor looks after markup of published checks.")


def _check_site(draft: PageDraft) -> None:
    """Only of sites that are the desk's, if settings name them, and never of a page that has its own."""
    ours = settings.ASSAY_MARKUP_SITES
    if ours and not any(is_of_host(draft.url, site) for site in ours):
        raise ValidationError(
            f"This desk looks after pages of {', '.join(ours)} only, as ASSAY_MARKUP_SITES says."
        )
    if draft.url.startswith(f"{settings.ASSAY_BASE_URL}/claims/"):
        raise PageOfTheRecord


def _lock(page: MarkupPage) -> MarkupPage:
    found = MarkupPage.objects.standing().select_for_update().filter(pk=page.pk).first()
    if found is None:
        raise StalePage
    return found


def _fill(page: MarkupPage, draft: PageDraft) -> None:
    for name in KEPT:
        setattr(page, name, getattr(draft, name))
    page.site = site_of(draft.url)


def _insert(page: MarkupPage) -> None:
    """The database has the last word on who was first."""
    try:
        with transaction.atomic():
            page.save(force_insert=True)
    except IntegrityError as error:
        other = MarkupPage.objects.standing().filter(url=page.url).first()
        if other is None:
            raise
        raise AddressTaken(other) from error


def _write_rows(page: MarkupPage, draft: PageDraft) -> None:
    """The page taken apart, one row a markup, each finished."""
    page.rows.all().delete()
    reviews = [render_review(draft, m, desk=settings.ASSAY_DESK_NAME) for m in draft.markups]
    published_on = draft.published_on or page.created_at.date()
    Markup.objects.bulk_create(
        Markup(
            page=page,
            position=position,
            added_at=page.created_at,
            site=page.site,
            statement=markup["claimReviewed"],
            claimant=markup.get("claimAuthor", {}).get("name", ""),
            language=guess_language(_words(markup)),
            published_on=published_on,
            claimed_on=_day(markup.get("claimDate")),
            addresses=addresses_in(markup),
            content=json.dumps(review, ensure_ascii=False, separators=(",", ":")),
        )
        for position, (markup, review) in enumerate(zip(draft.markups, reviews, strict=True))
    )


def _words(markup: dict[str, Any]) -> str:
    explanation = markup["rating"].get("ratingExplanation", "")
    return f"{markup['claimReviewed']}\n{explanation}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _facts(page: MarkupPage) -> dict[str, Any]:
    return {name: getattr(page, name) for name in KEPT}
