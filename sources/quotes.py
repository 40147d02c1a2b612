"""Is this quote in this text? The answer must never be a generous one.

Typography may differ (quotation marks, dashes, runs of white space, a soft hyphen); a word, a number, a name
or a negation may not. Both texts are folded the same way, with a map back to the original offsets, and the
quote must then occur as it is, between word edges: *verified*. A very similar passage is *approximate*, and
the passage is returned so that a person sees the difference. Anything else is *missing*.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

#: Likeness (0 to 100) from which a passage is offered as the nearest one. It never makes a quote verified.
NEARLY = 80.0
FOLDED = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """Where the quote stands. `check` is a value of `QuoteCheck`; offsets are code points of the text."""

    check: str
    start: int | None = None
    end: int | None = None


def check_quote(quote: str, text: str) -> Found:
    """Look for `quote` in `text`."""
    needle, _ = _fold(quote)
    if not needle:
        return Found("missing")
    hay, origin = _fold(text)
    at = next(_find_whole(needle, hay), None)
    if at is not None:
        return Found("verified", origin[at], origin[at + len(needle) - 1] + 1)
    near = fuzz.partial_ratio_alignment(needle, hay, score_cutoff=NEARLY)
    if near is None or near.dest_end <= near.dest_start or len(needle) > len(hay):
        return Found("missing")
    return Found("approximate", origin[near.dest_start], origin[near.dest_end - 1] + 1)


def find_quote(quote: str, text: str) -> list[tuple[int, int]]:
    """Every place where the quote stands word for word, typography aside."""
    needle, _ = _fold(quote)
    hay, origin = _fold(text)
    places = _find_whole(needle, hay) if needle else ()
    return [(origin[at], origin[at + len(needle) - 1] + 1) for at in places]


def _fold(text: str) -> tuple[str, list[int]]:
    """The text with typography evened out, and for each of its characters the offset it came from."""
    out: list[str] = []
    origin: list[int] = []
    for offset, character in enumerate(text):
        if character.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                origin.append(offset)
            continue
        for piece in character.translate(FOLDED):
            out.append(piece)
            origin.append(offset)
    while out and out[-1] == " ":
        out.pop()
        origin.pop()
    return "".join(out), origin


def _find_whole(needle: str, hay: str) -> Iterator[int]:
    """The places where the needle stands between word edges: “10” is not in “2010”."""
    at = hay.find(needle)
    while at != -1:
        end = at + len(needle)
        if not (_joins(hay, at) or _joins(hay, end)):
            yield at
        at = hay.find(needle, at + 1)


def _joins(text: str, at: int) -> bool:
    """Whether a word or a number runs on across this offset ("1.5" and "1,500" do)."""
    if at == 0 or at >= len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    if after in ".,'-" and before.isalnum() and at + 1 < len(text):
        return before.isdigit() and text[at + 1].isdigit()
    if before in ".,-" and after.isdigit() and at >= 2:
        return text[at - 2].isdigit() or before == "-"
    return False
