"""Reads the body of an answer within its caps: bytes on the wire, bytes unpacked, and time."""

import zlib
from collections.abc import Iterator
from email.message import Message

from urllib3 import BaseHTTPResponse

from articles.ingest.connections import Deadline
from articles.ingest.fetch_errors import TooLarge, Unreachable

PIECE = 65_536
GZIP = b"\x1f\x8b"
GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


def media_type_of(header: str) -> str:
    return header.partition(";")[0].strip().lower()


def charset_of(header: str) -> str:
    message = Message()
    message["Content-Type"] = header
    found = message.get_param("charset") if header else None
    return found.strip()[:40] if isinstance(found, str) else ""


def read_body(response: BaseHTTPResponse, max_bytes: int, deadline: Deadline) -> bytes:
    """The whole body, unpacked. Raises TooLarge, TooSlow or Unreachable."""
    promised = response.headers.get("Content-Length", "")
    if promised.isdecimal() and int(promised) > max_bytes:
        raise _too_large(max_bytes)
    pieces = _pieces(response, max_bytes, deadline)
    coding = response.headers.get("Content-Encoding", "identity").strip().lower() or "identity"
    if coding == "identity":
        return b"".join(pieces)
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise Unreachable(
            f"The site packs its pages in a way that was not asked for ({coding[:40]})."
        )
    return _unpacked(pieces, max_bytes)


def _pieces(response: BaseHTTPResponse, max_bytes: int, deadline: Deadline) -> Iterator[bytes]:
    """What arrives, as it arrives: each piece checks the size and the clock."""
    promised = response.headers.get("Content-Length", "")
    total = 0
    while True:
        piece = response.read1(PIECE, decode_content=False)
        deadline.check()
        if not piece:
            break
        total += len(piece)
        if total > max_bytes:
            raise _too_large(max_bytes)
        yield piece
    if promised.isdecimal() and total < int(promised) and not response.chunked:
        raise Unreachable("The page was cut short on its way. Try again later.")


def _unpacked(pieces: Iterator[bytes], max_bytes: int) -> bytes:
    """Unpack as it arrives and stop one byte beyond the cap, so that a bomb never fills the memory."""
    unpacker: zlib._Decompress | None = None
    unpacked = bytearray()
    try:
        for piece in pieces:
            unpacker = unpacker or _unpacker(piece)
            while piece:
                if unpacker.eof and not piece.startswith(GZIP):
                    return bytes(unpacked)
                unpacker = _unpacker(piece) if unpacker.eof else unpacker
                unpacked += unpacker.decompress(piece, max_bytes + 1 - len(unpacked))
                if len(unpacked) > max_bytes:
                    raise _too_large(max_bytes)
                piece = unpacker.unused_data
    except zlib.error as error:
        raise Unreachable("The page is packed wrongly and cannot be unpacked.") from error
    if unpacker is None or not unpacker.eof:
        raise Unreachable("The page was cut short on its way. Try again later.")
    return bytes(unpacked)


def _unpacker(piece: bytes) -> "zlib._Decompress":
    return zlib.decompressobj(GZIP_OR_ZLIB if _has_header(piece) else -zlib.MAX_WBITS)


def _has_header(piece: bytes) -> bool:
    """Some servers send “deflate” without the header of zlib."""
    is_zlib = len(piece) > 1 and piece[0] & 15 == 8 and (piece[0] << 8 | piece[1]) % 31 == 0
    return piece.startswith(GZIP) or is_zlib or len(piece) == 1


def _too_large(max_bytes: int) -> TooLarge:
    return TooLarge(
        f"The page is larger than {max_bytes / 1_000_000:g} MB, so it was not read to the end. "
        "Save the article alone and send that."
    )
