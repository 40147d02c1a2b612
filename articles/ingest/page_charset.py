"""From the bytes of a web page to its characters, whoever names the wrong charset.

UTF-8 is believed where the bytes are that, because nothing else passes for it. Otherwise the page and then the
server are believed, in the sense that browsers give to names: “gb2312” is its largest superset. “iso-8859-1” is what
servers say of everything, and fits everything, so it proves nothing: there, the words themselves decide.
"""

import codecs
import re

from articles.ingest.decode import MARKS, REPLACEMENT, decode_text

CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
HEAD = 4096
#: Escape-coded charsets are ASCII to the byte, and would pass for UTF-8.
SEVEN_BIT = re.compile(r"iso-2022-\w+|hz-gb-2312|utf-7", re.IGNORECASE)
SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
#: Names that prove nothing: those that fit all bytes, those that the bytes show by themselves, and Python's own.
NO_PROOF = re.compile(
    r"ascii|iso8859-1|cp1252|utf-?(?:8|16|32).*|idna|punycode|(?:raw.)?unicode.escape|undefined"
)
#: Runs of the page's words with something in them that is not ASCII: what tells its script.
WORDS = re.compile(rb">([^<>]*[\x80-\xff][^<>]*)<")
FEW_BROKEN, BROKEN_SHARE = 3, 0.005


def decode_page(content: bytes, charset: str) -> str:
    """The characters of a page. `charset` is what the server said. Raises UnreadableText for binary data."""
    if any(content.startswith(mark) for mark, _ in MARKS):
        return decode_text(content)
    named = CHARSET.search(content[:HEAD])
    names = [named[1].decode("ascii") if named else "", charset]
    for name in (*filter(SEVEN_BIT.fullmatch, names), "utf-8"):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    for name in map(_in_full, names):
        if (text := _decoded(content, name)) is not None:
            return text
    return decode_text(content, words=b" ".join(WORDS.findall(content)))


def _in_full(name: str) -> str:
    """The codec that browsers mean by a name, or nothing when there is none or it proves nothing."""
    try:
        known = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    return "" if NO_PROOF.fullmatch(known) else SUPERSETS.get(known, known)


def _decoded(content: bytes, codec: str) -> str | None:
    """The text, if the bytes are that but for a few that broke on their way."""
    try:
        text = content.decode(codec, errors="replace") if codec else ""
    except (LookupError, ValueError):
        return None
    broken = text.count(REPLACEMENT)
    return text if codec and broken <= max(FEW_BROKEN, BROKEN_SHARE * len(text)) else None
