"""The whole record in one answer, one JSON document a line, read while it is sent.

Each batch is a read of its own: a consumer that is slow holds no transaction, and none costs more memory than a batch.
"""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponseBase, StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.schema import parameters
from api.v1 import serializers
from api.v1.filters import ExportForm, FeedExportForm, read_query
from api.v1.record_views import entry_of_feed, etag_of, lookups_of_verdicts, unchanged
from api.views import FOR_ALL, FOR_ONE, ApiView
from publishing import record

LINES = "application/x-ndjson"


class AllVerdicts(ApiView):
    @extend_schema(
        operation_id="export_verdicts",
        summary="All verdicts, one document a line",
        description=(
            "Oldest first. What is published while it is sent comes at the end; a claim that changed meanwhile comes "
            "twice, and the line with the higher `seq` holds."
        ),
        parameters=parameters(ExportForm),
        responses={(200, LINES): serializers.DocumentShape},
        tags=["exports"],
    )
    def get(self, request: Request) -> HttpResponseBase:
        given = read_query(ExportForm, request).cleaned_data
        batches = record.each_verdict(lookups_of_verdicts(ExportForm, given))
        lines = (b"".join(one.document + b"\n" for one in batch) for batch in batches)
        return _stream(request, lines, "verdicts.ndjson")


class AllPublications(ApiView):
    @extend_schema(
        operation_id="export_publications",
        summary="The whole record, one entry a line",
        description="Append-only, oldest first: go on with `since` the last `seq` you have.",
        parameters=parameters(FeedExportForm),
        responses={(200, LINES): serializers.FeedEntryShape},
        tags=["exports"],
    )
    def get(self, request: Request) -> HttpResponseBase:
        given = read_query(FeedExportForm, request).cleaned_data
        batches = record.each_publication(FeedExportForm.lookups_of(given))
        lines = (b"".join(entry_of_feed(one) + b"\n" for one in batch) for batch in batches)
        return _stream(request, lines, "publications.ndjson")


def _stream(request: Request, lines: Iterator[bytes], filename: str) -> HttpResponseBase:
    """The ETag is weak: it is of the record as the answer began."""
    if known := unchanged(request):
        return known
    headers = {
        "Cache-Control": FOR_ALL if settings.ASSAY_PUBLIC_API else FOR_ONE,
        "Content-Disposition": f'attachment; filename="{filename}"',
        "ETag": f"W/{etag_of(request, record.head())}",
    }
    return StreamingHttpResponse(lines, content_type=LINES, headers=headers)
