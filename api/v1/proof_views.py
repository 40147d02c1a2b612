"""The proof of the record: what the desk has signed, and the keys that check it. For everyone."""

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from api.schema import parameters
from api.v1.filters import HeadForm, read_query
from api.v1.serializers import PublisherShape, Shape, page_of
from api.views import ApiView, list_body, send
from publishing.models import SignedHead, SigningKey

SIGNED = "Canonical JSON (RFC 8785): its bytes are what is signed."


class HeadDocumentShape(Shape):
    type = serializers.CharField(help_text="`assay.head`.")
    format = serializers.IntegerField()
    number = serializers.IntegerField(help_text="Of the head: 1, 2, 3 … without a gap.")
    seq = serializers.IntegerField(help_text="Of the newest entry of the record.")
    sha256 = serializers.CharField(help_text="Of that entry's document.")
    signed_at = serializers.DateTimeField()
    key = serializers.CharField(help_text="Fingerprint of the key that signed.")
    desk = PublisherShape()


class HeadShape(Shape):
    """How far the record goes, signed by the desk."""

    signature = serializers.CharField(help_text="Ed25519 (RFC 8032), in base64.")
    head = HeadDocumentShape(help_text=SIGNED)


class KeyStatementShape(Shape):
    type = serializers.CharField(help_text="`assay.key`.")
    format = serializers.IntegerField()
    key = serializers.CharField(help_text="Fingerprint: SHA-256 of the 32 bytes of the key.")
    public_key = serializers.CharField(help_text="The 32 bytes, in base64.")
    previous = serializers.CharField(allow_null=True, help_text="Fingerprint of the one before.")
    is_previous_lost = serializers.BooleanField(help_text="Whether that could not sign any more.")
    created_at = serializers.DateTimeField()
    seq = serializers.IntegerField(help_text="The record's newest entry when it came into use.")
    sha256 = serializers.CharField(help_text="Of that entry; empty when there was none.")
    desk = PublisherShape()


class KeyShape(Shape):
    """A key of the desk, and the statement that put it into use."""

    signature = serializers.CharField(help_text="Its own, of the statement, in base64.")
    previous_signature = serializers.CharField(help_text="Of the key before; empty in the first.")
    statement = KeyStatementShape(help_text=SIGNED)


class Heads(ApiView):
    @extend_schema(
        operation_id="list_heads",
        summary="What the desk has signed",
        description="Number and hash of the newest entry, signed after each one and once a day. Newest first.",
        parameters=parameters(HeadForm),
        responses=page_of(HeadShape, "heads"),
        tags=["proof"],
    )
    def get(self, request: Request) -> HttpResponse:
        query = read_query(HeadForm, request)
        rows = query.narrow(SignedHead.objects.all())
        ready = rows.values_list("number", "document", "signature", named=True)
        page = query.place(request).cut(ready, key="number")
        found = [_head(row.signature, row.document) for row in page.rows]
        return send(request, list_body(found, page.next_url), is_public=True)


class LatestHead(ApiView):
    @extend_schema(
        operation_id="show_latest_head",
        summary="How far the record goes",
        responses=HeadShape,
        tags=["proof"],
    )
    def get(self, request: Request) -> HttpResponse:
        rows = SignedHead.objects.order_by("-number").values_list("signature", "document")
        found = rows.first()
        if found is None:
            raise Http404
        return send(request, _head(*found), is_public=True)


class Keys(ApiView):
    @extend_schema(
        operation_id="list_keys",
        summary="The keys that sign",
        description=(
            "Oldest first, all on one page. Each but the first is signed by the one before, so whoever noted "
            "the first can follow."
        ),
        responses=page_of(KeyShape, "keys"),
        tags=["proof"],
    )
    def get(self, request: Request) -> HttpResponse:
        rows = SigningKey.objects.order_by("created_at")
        found = [_key(*row) for row in rows.values_list(*KEY_COLUMNS)]
        return send(request, list_body(found, None), is_public=True)


KEY_COLUMNS = ("signature", "predecessor_signature", "statement")


def _head(signature: str, document: str) -> str:
    return f'{{"signature":"{signature}","head":{document}}}'


def _key(signature: str, before: str, statement: str) -> str:
    return f'{{"signature":"{signature}","previous_signature":"{before}","statement":{statement}}}'
