"""Verdicts and publications: the record's finished bytes, for everyone."""

from typing import Any
from uuid import UUID

import orjson
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.crypto import salted_hmac
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.lean import LeanView, read_plainly
from api.paging import Place
from api.schema import parameters
from api.v1 import serializers
from api.v1.filters import CurrentForm, FeedForm, VerdictForm, read_query
from api.v1.shaping import Selection, read_selection
from api.views import is_known, list_bytes, not_modified, quote, send
from publishing import record

page_of = serializers.page_of
Given = dict[str, Any]


class Verdicts(LeanView):
    @extend_schema(
        operation_id="list_verdicts",
        summary="What the desk concludes, claim by claim",
        description=(
            "The newest published document of each claim, newest first. With `since` or `updated_since` oldest first, "
            "and a verdict that was taken back comes as well: its `kind` is `retraction` or `reopening`."
        ),
        parameters=parameters(VerdictForm),
        responses=page_of(serializers.ListedDocumentShape, "verdicts"),
        tags=["verdicts"],
    )
    def get(self, request: Request) -> HttpResponse:
        return _list_verdicts(request, read_query(VerdictForm, request).cleaned_data)

    @staticmethod
    def answer_plainly(request: Any, **kwargs: Any) -> HttpResponse | None:
        given = read_plainly(VerdictForm, request)
        if given is None or not record.is_rating(given.get("rating", "")):
            return None
        return _list_verdicts(request, given)


class Verdict(LeanView):
    @extend_schema(
        operation_id="show_verdict",
        summary="The verdict on a claim",
        description="The bytes as they were published. The ETag is their SHA-256.",
        responses=serializers.DocumentShape,
        tags=["verdicts"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        return _found(self.answer_plainly(request, pk=pk))

    @staticmethod
    def answer_plainly(request: Any, **kwargs: Any) -> HttpResponse | None:
        return _send_document(request, record.document_of_claim(kwargs["pk"]))


class Publications(LeanView):
    @extend_schema(
        operation_id="list_publications",
        summary="Everything that was ever published, in order",
        description="Append-only, oldest first, without gaps: go on with `since` the last `seq` you have.",
        parameters=parameters(FeedForm),
        responses=page_of(serializers.FeedEntryShape, "publications"),
        tags=["publications"],
    )
    def get(self, request: Request) -> HttpResponse:
        return _list_publications(request, read_query(FeedForm, request).cleaned_data)

    @staticmethod
    def answer_plainly(request: Any, **kwargs: Any) -> HttpResponse | None:
        given = read_plainly(FeedForm, request)
        return None if given is None else _list_publications(request, given)


class PublicationEntry(LeanView):
    @extend_schema(
        operation_id="show_publication",
        summary="One entry of the public record",
        description="The bytes as they were published. The ETag is their SHA-256.",
        responses=serializers.DocumentShape,
        tags=["publications"],
    )
    def get(self, request: Request, seq: int) -> HttpResponse:
        return _found(self.answer_plainly(request, seq=seq))

    @staticmethod
    def answer_plainly(request: Any, **kwargs: Any) -> HttpResponse | None:
        return _send_document(request, record.document_of_entry(kwargs["seq"]))


def _list_verdicts(request: Any, given: Given) -> HttpResponse:
    selection = _selection(given)
    if known := unchanged(request):
        return known
    limit, is_catching_up = VerdictForm.limit_of(given), VerdictForm.is_catching_up(given)
    place = Place(request, VerdictForm.__name__, limit, given.get("cursor") or "")
    if place.cursor and is_catching_up:
        raise ValidationError({"cursor": "Go on with `since`: this list has no cursors."})
    lookups = lookups_of_verdicts(VerdictForm, given) | place.lookup("seq")
    part = record.verdicts(lookups, limit=limit, is_oldest_first=is_catching_up)
    next_url = None
    if part.has_more:
        last = part.entries[-1].seq
        next_url = _following(request, since=last) if is_catching_up else place.address_after(last)
    body = list_bytes(_shaped([entry.document for entry in part.entries], selection), next_url)
    return send(request, body, etag=etag_of(request, part.head), is_public=True)


def lookups_of_verdicts(form_class: type[CurrentForm], given: Given) -> dict[str, Any]:
    words = {"search": given["q"]} if given.get("q") else {}
    return form_class.lookups_of(given) | words


def _selection(given: Given) -> Selection | None:
    """None for whole documents, which go out as they are."""
    fields, include = given.get("fields") or "", given.get("include") or ""
    if not (fields or include):
        return None
    shape = serializers.ListedDocumentShape
    return read_selection(fields, include, shape, includable=["history"])


def _shaped(documents: list[bytes], selection: Selection | None) -> list[bytes]:
    if selection is None:
        return documents
    found = [orjson.loads(document) for document in documents]
    if "history" in selection.included:
        histories = record.histories([one["id"] for one in found])
        found = [{**one, "history": histories[one["id"]]} for one in found]
    return [orjson.dumps(selection.prune(one)) for one in found]


def _list_publications(request: Any, given: Given) -> HttpResponse:
    if known := unchanged(request):
        return known
    part = record.publications(FeedForm.lookups_of(given), limit=FeedForm.limit_of(given))
    entries = [entry_of_feed(entry) for entry in part.entries]
    next_url = _following(request, since=part.entries[-1].seq) if part.has_more else None
    body = list_bytes(entries, next_url)
    return send(request, body, etag=etag_of(request, part.head), is_public=True)


def entry_of_feed(entry: record.Entry) -> bytes:
    return b'{"sha256":"%b","document":%b}' % (entry.sha256.encode(), entry.document)


def unchanged(request: Any) -> HttpResponse | None:
    """For who has the list already: one look at the record's end."""
    if "HTTP_IF_NONE_MATCH" in request.META:
        etag = etag_of(request, record.head())
        if is_known(request, etag):
            return not_modified(etag, is_public=True)
    return None


def etag_of(request: Any, head: str) -> str:
    """While nothing new is published, the same address gives the same bytes.

    The server's secret is in it, for it is also in the cursors.
    """
    asked = f"{head} {request.build_absolute_uri()}"
    return quote(salted_hmac("api.record", asked, algorithm="sha256").hexdigest())


def _send_document(request: Any, found: tuple[str, bytes] | None) -> HttpResponse | None:
    if found is None:
        return None
    sha256, document = found
    return send(request, document, etag=quote(sha256), is_public=True)


def _found(response: HttpResponse | None) -> HttpResponse:
    if response is None:
        raise Http404
    return response


def _following(request: Any, *, since: int) -> str:
    query = request.GET.copy()
    query["since"] = str(since)
    return str(request.build_absolute_uri(f"{request.path}?{query.urlencode()}"))
