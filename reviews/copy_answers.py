"""The answers that carry kept files: bytes as a download that nothing runs, a page as a view that runs nothing. Pure.

A source may be anything, an attack on whoever opens it too. So bytes are never sent under the type they came with:
a browser gets a file to save, whatever is in it. Only what `sources.archive.rendering` lets through is shown, alone in
a sandbox without origin, scripts, forms or requests. Either answer brings its own policy in place of the desk's.
"""

from django.http import HttpResponse

from articles.ingest.fetch_body import charset_of
from articles.ingest.media_types import DOCX, HTML, MARKDOWN, PDF, PLAIN_TEXT

NOTHING_RUNS = "sandbox; default-src 'none'"
ONLY_WORDS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
UNKNOWN = ".bin"
#: What a file is called by its type. Nothing else gets an ending that a computer might run.
ENDINGS = {
    HTML: ".html",
    PDF: ".pdf",
    DOCX: ".docx",
    PLAIN_TEXT: ".txt",
    MARKDOWN: ".md",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "audio/mpeg": ".mp3",
    "video/mp4": ".mp4",
}


def file_name(sha256: str, media_type: str) -> str:
    """What a copy is called when it is saved: its hash, so that it can be told apart and verified anywhere."""
    return f"{sha256}{ENDINGS.get(media_type, UNKNOWN)}"


def download(content: bytes, name: str) -> HttpResponse:
    """These bytes as a file to save."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _guarded(response, NOTHING_RUNS)


def shown(page: str) -> HttpResponse:
    """A page whose markup is inert already."""
    return _guarded(HttpResponse(page), ONLY_WORDS)


def charset_in(headers: list[list[str]]) -> str:
    """The encoding that the server named in its answer, if it did."""
    said = next((value for name, value in headers if name.lower() == "content-type"), "")
    return charset_of(said)


def _guarded(response: HttpResponse, policy: str) -> HttpResponse:
    response["Content-Security-Policy"] = policy
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "DENY"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
