"""JSON bodies and files, with a limit on what is read of them."""

from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, MultiPartParser

from articles.ingest import FILE_FACTOR

#: What the parts of a form may add to its file.
FORM_BYTES = 1_000_000


class BoundedJSONParser(JSONParser):
    """Reads no more than settings allow, whatever length the request says."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        content = stream.read(limit + 1)
        if len(content) > limit:
            raise RequestDataTooBig(f"The body is larger than {limit // 1_000_000} MB.")
        try:
            return super().parse(BytesIO(content), media_type, parser_context)
        except RecursionError as error:
            raise ParseError("JSON parse error - nested too deeply") from error


class BoundedMultiPartParser(MultiPartParser):
    """A form with a file. One that says it is too large is not even begun: it would fill the disk first."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        limit = settings.ASSAY_MAX_ARTICLE_BYTES * FILE_FACTOR + FORM_BYTES
        said = str((parser_context or {})["request"].META.get("CONTENT_LENGTH") or "0")
        if said.isdecimal() and int(said) > limit:
            raise RequestDataTooBig(f"The body is larger than {limit // 1_000_000} MB.")
        return super().parse(stream, media_type, parser_context)
