"""Typography evened out, with a way back to the text as it is.

An editor's quotation marks, dashes, ellipses and spaces are seldom the source's own, and say nothing else. Here both
become one form: all quotation marks one mark, all dashes one dash, any run of white space one space; what does not
show (soft hyphens, zero-width characters) goes; ligatures, full-width forms and accents set apart become the letters
that they are. What says something stays: case, digits, superscripts, signs, primes after figures, punctuation.

A dash that has space on both sides, or is long, is the same with and without the space. One before a word only is a
sign: “fell to -5” keeps it, “fell — 5 of them” does not make one.

A text is folded once, by one pass of one pattern, and kept as runs; so a long one may be asked for many quotes.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

#: Characters that do not show.
UNSEEN = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff"
HYPHENS = "‐‑‒–−﹣－\\-"
_LONG = "—―⸺"
_GAP = rf"[\s{UNSEEN}]"
_DOTS = rf"(?:…|\.{_GAP}*\.{_GAP}*\.)[.…\s{UNSEEN}]*"
_DOUBLE = '“”„‟«»″＂"'
_SINGLE = "‘’‚‛‹›′`´＇'"
#: Marks that compose with the letter before them, and letters that are written as two or three.
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u093c\u1dc0-\u1dff\u3099\u309a"
_COMPOSED = (
    rf"[^\s{MARKS}][{MARKS}]+|[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?"
    r"|[\u212a\u212b\u2126\u0340\u0341\uf900-\ufaff]"
)
_TYPOGRAPHY = (
    rf"(?P<dots>{_GAP}*+{_DOTS})"
    rf"|(?P<dash>(?P<left>{_GAP}*+)(?P<line>[{_LONG}]+|[{HYPHENS}]+)(?P<right>{_GAP}*+))"
    rf"|(?P<marks>(?<![^\s(\[])«{_GAP}+|{_GAP}+»(?![\w\[(])|[{_DOUBLE}{_SINGLE}]+)"
    rf"|(?P<space>\s{_GAP}++|[^\S ]|[{UNSEEN}]{_GAP}*+)"
    r"|(?P<wide>[\ufb00-\ufb06\uff01-\uff5e])"
)
_PLAIN = re.compile(_TYPOGRAPHY)
_WITH_MARKS = re.compile(rf"(?P<composed>{_COMPOSED})|{_TYPOGRAPHY}")
_HAS_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. `starts`, `origins` and `ends` say of every run where it begins here, and where it stood."""

    text: str
    original: str
    starts: list[int]
    origins: list[int]
    ends: list[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where these folded characters stand in the original."""
        return self._stood(start)[0], self._stood(end - 1)[1]

    def _stood(self, at: int) -> tuple[int, int]:
        """A character of a run as long as it was is itself; one of a run that became another is all of it."""
        run = bisect_right(self.starts, at) - 1
        origin, end, start = self.origins[run], self.ends[run], self.starts[run]
        following = self.starts[run + 1] if run + 1 < len(self.starts) else len(self.text)
        if end - origin == following - start:
            return origin + at - start, origin + at - start + 1
        return origin, end


def fold(text: str) -> Folded:
    """Even out the typography of a text."""
    pattern = _PLAIN if unicodedata.is_normalized("NFC", text) else _WITH_MARKS
    pieces: list[str] = []
    starts, origins, ends = [], [], []
    length = last = 0
    for match in pattern.finditer(text):
        for piece, start, end in (
            (text[last : match.start()], last, match.start()),
            (_replace(match), match.start(), match.end()),
        ):
            if piece:
                pieces.append(piece)
                starts.append(length)
                origins.append(start)
                ends.append(end)
                length += len(piece)
        last = match.end()
    if last < len(text):
        pieces.append(text[last:])
        starts.append(length)
        origins.append(last)
        ends.append(len(text))
    return Folded("".join(pieces), text, starts, origins, ends)


def _replace(match: re.Match[str]) -> str:
    found = match.group()
    match match.lastgroup:
        case "dots":
            return "..."
        case "dash":
            return _dash(match)
        case "marks":
            return _mark(match)
        case "space":
            return " " if _HAS_SPACE.search(found) else ""
        case "wide":
            return unicodedata.normalize("NFKC", found)
    return unicodedata.normalize("NFC", found)


def _dash(match: re.Match[str]) -> str:
    """Where the text begins or ends with a dash that has space on its other side, it has space on this one."""
    before, after = (bool(_HAS_SPACE.search(match[side])) for side in ("left", "right"))
    is_first, is_last = match.start() == 0, match.end() == len(match.string)
    is_long = len(match["line"]) > 1 or match["line"] in _LONG
    if is_long or before == after or (is_first and after) or (is_last and before):
        return "-"
    return f"{' ' if before else ''}-{' ' if after else ''}"


def _mark(match: re.Match[str]) -> str:
    """One mark for any run of them; but after a figure two strokes are not one: feet are no inches."""
    marks = match.group().strip()
    before = match.string[match.start() - 1 : match.start()]
    is_double = len(marks) > 1 or marks in _DOUBLE
    return '"' if is_double and before.isdigit() else "'"
