"""From the bytes of a plain text file to the text that is frozen.

A text file does not say how it is encoded. A byte order mark is believed; without one, UTF-8 is
tried strictly, because other encodings almost never pass for it; what fails is read as UTF-8 with
a few broken bytes, as UTF-16, as a legacy encoding of another script, or as Windows-1252.

Changes on arrival, and no others: the byte order mark is dropped, CRLF and CR become LF, stray NUL
characters are removed (PostgreSQL cannot store them), and lone surrogates become U+FFFD. Accents
stay as they were composed; tabs, no-break spaces, zero-width characters and soft hyphens stay.
"""

import codecs
import re
from typing import NoReturn

from charset_normalizer import from_bytes

from articles.ingest.base import UnreadableText

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

#: The longer marks first: UTF-32's begins with UTF-16's.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: How the files begin that are most often sent by mistake, and what to call them.
SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document, or one that is locked with a password"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\x00", "a database"),
    (b"OggS", "a sound recording"),
    (b"ID3", "a sound recording"),
)

#: In these first bytes a file with one of them that begins with letters has a NUL.
SIGNED_HEAD = 64

#: Legacy encodings of scripts that Windows-1252 would turn into accented rubbish.
OTHER_SCRIPTS = [
    "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp874",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip

CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f]")
SURROGATE = re.compile("[\ud800-\udfff]")
SAVE_AS_TEXT = (
    "Open it, copy the words of the article and paste them here, or save it as plain text."
)
FEW_NULS, MAX_NUL_SHARE = 3, 0.01
MAX_BROKEN_SHARE = 0.02
FEW_HIGH_BYTES, MANY_HIGH_BYTES = 8, 0.25
SAMPLE = 20_000

ASCII = bytes(range(128))
NOT_ASCII_LETTERS = bytes(code for code in range(256) if code > 127 or not chr(code).isalpha())


def decode(content: bytes) -> str:
    """The text of a plain text file, tidied. Raises UnreadableText for what is not text."""
    if not content.strip(b"\x00 \t\r\n\f\v"):
        raise _empty()
    for signature, what in SIGNATURES:
        if content.startswith(signature) and not _is_word(signature, content):
            raise UnreadableText(f"This file is {what}, not plain text. {SAVE_AS_TEXT}")
    return tidy(decode_text(content))


def decode_text(content: bytes, words: bytes = b"") -> str:
    """The characters of a text in any encoding, not tidied. Refuses binary data.

    Where there is more than the text in it, `words` tell its script.
    """
    text = _decoded(content, words or content)
    if _is_broken(text):
        _refuse_binary()
    return text


def tidy(text: str) -> str:
    """The few changes on arrival that the module names. Refuses text without a letter or digit."""
    text = tidy_part(text).lstrip("\ufeff")
    if not any(map(str.isalnum, text)):
        raise _empty()
    return text


def tidy_part(text: str) -> str:
    """The same for a part of a text, where a mark in front is a character like any other."""
    text = SURROGATE.sub(REPLACEMENT, text.replace("\x00", ""))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_word(signature: bytes, content: bytes) -> bool:
    """Whether a text merely begins with these letters: “GIF89 turned thirty”, “ID3 tags are …”."""
    return signature.isalnum() and b"\x00" not in content[:SIGNED_HEAD]


def _empty() -> UnreadableText:
    return UnreadableText(
        "There are no words in this text. Paste the article, or choose another file."
    )


def _refuse_binary() -> NoReturn:
    raise UnreadableText(f"This file is not plain text: it holds binary data. {SAVE_AS_TEXT}")


def _decoded(content: bytes, words: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    if content.count(0) > max(FEW_NULS, MAX_NUL_SHARE * len(content)):
        return _unmarked_utf16(content) or _refuse_binary()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return (
            _unmarked_utf16(content)
            or _broken_utf8(content)
            or _other_script(content, words)
            or content.decode("cp1252", errors="replace")
        )


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without a mark shows itself by NUL bytes on one side of its pairs: those of ASCII."""
    big_endian, little_endian = content[0::2].count(0), content[1::2].count(0)
    if max(big_endian, little_endian) <= 10 * min(big_endian, little_endian):
        return None
    encoding = "utf-16-le" if little_endian > big_endian else "utf-16-be"
    text = content.decode(encoding, errors="replace")
    words = sum(map(str.isalnum, text)) + sum(map(str.isspace, text))
    return text if words > 0.8 * len(text) and not _is_broken(text) else None


def _broken_utf8(content: bytes) -> str | None:
    """UTF-8 with a few bad bytes: most of what is not ASCII still decodes, by no accident."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count(REPLACEMENT)
    good = len(text) - len(text.encode("ascii", errors="ignore")) - broken
    return text if good > 2 * broken else None


def _other_script(content: bytes, words: bytes) -> str | None:
    """A legacy encoding of a script whose letters lie beyond ASCII, so that high bytes abound."""
    high = len(words.translate(None, delete=ASCII))
    letters = high + len(words.translate(None, delete=NOT_ASCII_LETTERS))
    if high < max(FEW_HIGH_BYTES, MANY_HIGH_BYTES * letters):
        return None
    best = from_bytes(words[:SAMPLE], cp_isolation=OTHER_SCRIPTS).best()
    return content.decode(best.encoding, errors="replace") if best else None


def _is_broken(text: str) -> bool:
    broken = len(CONTROL.findall(text)) + text.count(REPLACEMENT)
    return broken > MAX_BROKEN_SHARE * len(text) + 2
