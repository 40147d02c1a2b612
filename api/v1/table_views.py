"""All verdicts as a table. Written to a file first and sent from there: a slow consumer holds that and nothing else."""

from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.schema import parameters
from api.v1.filters import ExportForm, read_query
from api.v1.record_views import etag_of, lookups_of_verdicts, unchanged
from api.views import FOR_ALL, FOR_ONE, ApiView
from publishing import record
from publishing.exports import write_verdicts

CSV = "text/csv"
PARQUET = "application/vnd.apache.parquet"


class VerdictsAsCsv(ApiView):
    @extend_schema(
        operation_id="export_verdicts_csv",
        summary="All verdicts as CSV",
        description="One row a claim, as the record stood when it was asked for. No cell is a formula.",
        parameters=parameters(ExportForm),
        responses={(200, CSV): OpenApiTypes.STR},
        tags=["exports"],
    )
    def get(self, request: Request) -> HttpResponseBase:
        return _send_file(request, "csv", f"{CSV}; charset=utf-8; header=present")


class VerdictsAsParquet(ApiView):
    @extend_schema(
        operation_id="export_verdicts_parquet",
        summary="All verdicts as Parquet",
        description="One row a claim with typed columns, as the record stood when it was asked for.",
        parameters=parameters(ExportForm),
        responses={(200, PARQUET): OpenApiTypes.BINARY},
        tags=["exports"],
    )
    def get(self, request: Request) -> HttpResponseBase:
        return _send_file(request, "parquet", PARQUET)


def _send_file(request: Request, form: str, content_type: str) -> HttpResponseBase:
    given = read_query(ExportForm, request).cleaned_data
    if known := unchanged(request):
        return known
    if request.method == "HEAD":
        headers = _headers(request, record.head())
        return HttpResponse(content_type=content_type, headers=headers)
    file: Any = TemporaryFile()  # noqa: SIM115 - the response closes it
    _, head = write_verdicts(file, form, lookups_of_verdicts(ExportForm, given))
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"verdicts.{form}",
        content_type=content_type,
        headers=_headers(request, head),
    )


def _headers(request: Request, head: str) -> dict[str, str]:
    return {
        "Cache-Control": FOR_ALL if settings.ASSAY_PUBLIC_API else FOR_ONE,
        "ETag": f"W/{etag_of(request, head)}",
    }
