"""Readers' pages. They are built from the public record alone, work without JavaScript and change nothing."""

from operator import attrgetter
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from publishing import groups, queries
from publishing.caching import reader_page
from publishing.groups import count
from publishing.jsonld import embed
from publishing.keyset import cut_page
from publishing.marked import draw
from publishing.oembed import discovery_address
from publishing.picture import card_address, card_description
from publishing.reading import read
from publishing.reviewed import review_of
from publishing.sharing import headline, share_links
from publishing.webannotation import link_to_annotations
from reviews.models import Rating


@reader_page
def list_verdicts(request: HttpRequest) -> HttpResponse:
    filters = queries.Filters.of(request.GET)
    rows = filters.apply(queries.verdicts())
    page = cut_page(rows, request.GET)
    readings = [read(row.publication.document) for row in page.rows]
    context = {
        "filters": filters,
        "choices": queries.filter_choices(filters),
        "count": count(rows),
        "page": page,
        "readings": readings,
        "moved_on": queries.no_longer_there(readings),
    }
    return render(request, "publishing/list_verdicts.html", context)


@reader_page
def show_claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(queries.verdicts().select_related("publication__verdict"), pk=pk)
    reading = read(row.publication.document)
    has_moved_on = bool(queries.no_longer_there([reading]))
    review = review_of(
        reading, first_published_at=row.first_published_at, has_moved_on=has_moved_on
    )
    context = {
        "reading": reading,
        "oembed": discovery_address(reading.document["url"]),
        "record": row.publication,
        "first_published_at": row.first_published_at,
        "claimant_pk": None if reading.is_reopened else row.claimant_key,
        "has_moved_on": has_moved_on,
        "pair": queries.pair_of(reading),
        "history": [(entry, read(entry.document)) for entry in queries.history(pk)],
        "reviewers": queries.count_reviewers(row.publication),
        "others": queries.others_of_article(reading),
        "share": share_links(reading),
        "card": {
            "address": card_address(reading),
            "title": headline(reading),
            "alt": card_description(reading),
        },
        "json_ld": embed(review) if reading.is_in_force else "",
    }
    return render(request, "publishing/show_claim.html", context)


@reader_page
def show_entry(request: HttpRequest, pk: UUID, seq: int) -> HttpResponse:
    """What was published then, in full. It stays here whatever is published later."""
    history = queries.history(pk)
    record = next((entry for entry in history if entry.seq == seq), None)
    if record is None:
        raise Http404("No such entry on this claim.")
    newer = [entry for entry in history if entry.seq > seq]
    context = {
        "reading": read(record.document),
        "record": record,
        "newest": read(newer[0].document) if newer else None,
        "is_past": bool(newer),
    }
    return render(request, "publishing/show_entry.html", context)


@reader_page
def list_articles(request: HttpRequest) -> HttpResponse:
    rows = groups.newest_of_articles()
    page = cut_page(rows, request.GET)
    found = groups.by_article([row.article_id for row in page.rows])
    context = {"count": count(rows), "page": page, "groups": found}
    return render(request, "publishing/list_articles.html", context)


@reader_page
def show_article(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = queries.verdicts().filter(article_id=pk).order_by("-seq")
    readings = [read(row.publication.document) for row in rows]
    if not readings:
        raise Http404("No verdict on this article is published.")
    version, moved_on = queries.checked_version(pk, readings), queries.no_longer_there(readings)
    current = version.article.current if version else None
    context = {
        "reading": readings[0],
        "oembed": discovery_address(readings[0].article["url"]),
        "readings": sorted(readings, key=attrgetter("place")),
        "version": version,
        "moved_on": moved_on | {r.id for r in readings if version and r.version != version.number},
        "newer": current if version and current and current.number > version.number else None,
        "blocks": draw(version.document, version.number, readings) if version else [],
    }
    response = render(request, "publishing/show_article.html", context)
    response["Link"] = link_to_annotations(pk)
    return response


@reader_page
def list_corrections(request: HttpRequest) -> HttpResponse:
    rows = queries.changes()
    page = cut_page(rows, request.GET)
    context = {
        "count": count(rows),
        "page": page,
        "entries": [(entry, read(entry.document)) for entry in page.rows],
    }
    return render(request, "publishing/list_corrections.html", context)


@reader_page
def list_claimants(request: HttpRequest) -> HttpResponse:
    page = groups.cut_claimants(request.GET)
    found = groups.by_claimant([claimant.pk for claimant in page.rows])
    context = {"count": count(groups.published_claimants()), "page": page, "groups": found}
    return render(request, "publishing/list_claimants.html", context)


@reader_page
def show_claimant(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = queries.of_claimant(pk)
    page = cut_page(rows, request.GET)
    readings = [read(row.publication.document) for row in page.rows]
    if not readings:
        raise Http404("No verdict on a claim of theirs is published.")
    context = {
        "count": count(rows),
        "page": page,
        "claimant": readings[0].claimant,
        "claimant_link": readings[0].claimant_link,
        "readings": readings,
        "moved_on": queries.no_longer_there(readings),
    }
    return render(request, "publishing/show_claimant.html", context)


@reader_page
def methodology(request: HttpRequest) -> HttpResponse:
    ratings = Rating.objects.filter(scale__is_house=True).select_related("scale")
    context = {"ratings": ratings, "reviews": settings.ASSAY_REVIEWS_PER_ROUND}
    return render(request, "publishing/methodology.html", context)
