"""A fetch as a WARC file that other tools open: what was asked, and what was answered (ISO 28500).

The body is kept unpacked. Headers that told of the packing, or of its length, are kept under `X-Archive-Orig-`, as
other archives do, so that a reader does not unpack it twice.
"""

from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from articles.ingest.fetch import Fetched

ENDING = ".warc.gz"
PACKED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
Headers = list[tuple[str, str]]


def write_warc(fetched: Fetched, at: datetime, user_agent: str) -> bytes:
    """The bytes of a gzipped WARC file with a warcinfo, a response and a request record."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    date = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    writer.write_record(
        writer.create_warcinfo_record(
            "", {"software": user_agent, "format": "WARC File Format 1.1"}
        )
    )
    response = writer.create_warc_record(
        fetched.address,
        "response",
        payload=BytesIO(fetched.content),
        length=len(fetched.content),
        http_headers=_answer(fetched),
        warc_headers_dict={"WARC-Date": date},
    )
    writer.write_record(response)
    concurrent = {
        "WARC-Date": date,
        "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
    }
    question = _question(fetched.address, user_agent)
    writer.write_record(
        writer.create_warc_record(
            fetched.address, "request", http_headers=question, warc_headers_dict=concurrent
        )
    )
    return out.getvalue()


def _answer(fetched: Fetched) -> StatusAndHeaders:
    headers: Headers = [
        (f"X-Archive-Orig-{name}" if name.lower() in PACKED else name, value)
        for name, value in fetched.headers
    ]
    headers.append(("Content-Length", str(len(fetched.content))))
    return StatusAndHeaders(_line(fetched.status), headers, protocol="HTTP/1.1")


def _line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _question(address: str, user_agent: str) -> StatusAndHeaders:
    parts = urlsplit(address)
    target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    headers = [("Host", parts.netloc), ("User-Agent", user_agent)]
    return StatusAndHeaders(f"GET {target} HTTP/1.1", headers, is_http_request=True)
