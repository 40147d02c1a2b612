"""Is this quote in this text? The answer must never be a generous one.

Typography may differ (`sources.folding`); a word, a number, a name or a negation may not. Both texts are folded the
same way, and the quote must then occur as it is, between edges of words and numbers (`sources.edges`): *verified*.

What an editor does at the rim of a quote is typography too: quotation marks round it, a full stop or comma that
closes it, an ellipsis before or after it, another case of a first letter put in brackets (“[T]he”).
A quote with something left out in the middle is *approximate*: its parts are placed, in order, as near to each other
as they stand, and a person sees what was left out. So is a very similar passage. Anything else is *missing*.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from rapidfuzz import fuzz

from sources.edges import runs_on
from sources.folding import Folded, fold

#: Likeness (0 to 100) from which a passage is offered as the nearest one. It never makes a quote verified.
NEARLY = 80.0
#: Characters beyond which a quote is looked for nearly by stretches of itself, and how many are tried.
LONG, STRETCH, MOST_STRETCHES = 400, 120, 12
Place = tuple[int, int]

#: In folded text: something left out, a letter in brackets, and what stands round a quote.
_ELLIPSIS = re.compile(r" ?(?:\[ ?\.\.\. ?\]|\( ?\.\.\. ?\)|\.\.\.) ?")
_LETTER = re.compile(r"(?<!\w)\[([^\W\d_])\](?=\w)")
_OPENING = re.compile(r"['\"]+ ?")
_CLOSING = re.compile(r"(?P<marks> ?['\"]+)?(?P<stop>[.,])?(?P<more>['\"]+)?$")
#: A dash that parts the quote from what is not quoted; before a figure it may be a sign.
_RIM_DASH = re.compile(r"^ ?- ?(?=[^\W\d])|- ?$")
#: What may close a sentence in the text where the quote closes with a full stop.
_ASKS = re.compile(r"['\") ]*[?!]")

#: What stands round words and is no part of them.
_RIM = " .,;:!?'\"()[]"


@dataclass(frozen=True, slots=True)
class Found:
    """Where the quote stands. `check` is a value of `QuoteCheck`; offsets are code points of the text.

    `parts` are the places of what stands between the ellipses of a quote; without ellipses it has one part.
    """

    check: str
    start: int | None = None
    end: int | None = None
    parts: tuple[Place, ...] = ()


def check_quote(quote: str, text: str | Folded) -> Found:
    """Look for `quote` in `text`. Fold the text first to look for several."""
    hay, needle = text if isinstance(text, Folded) else fold(text), fold(quote).text.strip()
    if place := next(_places(needle, hay), None):
        return _found("verified", [place], hay)
    parts = _split(needle)
    if len(parts) > 1:
        placed = _place_in_order(parts, hay) or _place_nearly(parts, hay)
        return _found("approximate", placed, hay) if placed else Found("missing")
    near = _nearest(needle, hay, 0)
    return _found("approximate", [near], hay) if near else Found("missing")


def find_quote(quote: str, text: str | Folded) -> list[Place]:
    """Every place where the quote stands word for word, typography aside."""
    hay = text if isinstance(text, Folded) else fold(text)
    return [hay.place(*place) for place in _places(fold(quote).text.strip(), hay)]


def split_at_ellipses(quote: str) -> list[str]:
    """What the quote says before, between and after its ellipses."""
    return _split(fold(quote).text.strip())


def _split(needle: str) -> list[str]:
    parts = (_RIM_DASH.sub("", part) for part in _ELLIPSIS.split(_core(needle)[0]))
    return [part for part in parts if part]


def _found(check: str, places: list[Place], hay: Folded) -> Found:
    parts = tuple(hay.place(*place) for place in places)
    return Found(check, parts[0][0], parts[-1][1], parts)


def _places(needle: str, hay: Folded) -> Iterator[Place]:
    """Where the quote stands with what is round it; if nowhere, where its words do."""
    is_found = False
    for place in _occurrences(needle, hay) if needle else ():
        is_found = True
        yield place
    core, has_stop = _core(needle)
    if is_found or core == needle or not core:
        return
    for start, end in _occurrences(core, hay):
        if not (has_stop and _ASKS.match(hay.text, end)):
            yield start, end


def _core(needle: str) -> tuple[str, bool]:
    """The quote without what an editor puts round it, and whether a full stop was taken off."""
    opening = _OPENING.match(needle)
    closing = _CLOSING.search(needle)
    core = needle[opening.end() if opening else 0 :]
    has_stop = False
    if closing and not core.endswith("..."):
        stop, marks = closing["stop"] or "", closing["marks"] or closing["more"] or ""
        # A mark that closes nothing is the apostrophe of “the workers'”.
        if opening or not marks:
            core = core[: len(core) - len(closing.group())]
        has_stop = stop == "." and (bool(opening) or not marks)
    if edge := _ELLIPSIS.match(core):
        core = core[edge.end() :]
    ends = [match for match in _ELLIPSIS.finditer(core) if match.end() == len(core)]
    core = core[: ends[0].start()] if ends else core
    return _RIM_DASH.sub("", core).strip(), has_stop


def _occurrences(needle: str, hay: Folded, start: int = 0) -> Iterator[Place]:
    """Where these characters stand between edges, a letter in brackets in either case."""
    pattern = _with_letters(needle) if _LETTER.search(needle) else None
    at = start
    while place := _next(needle, pattern, hay.text, at):
        if not _is_in_a_word(hay.text, *place) and not any(
            runs_on(hay.original, edge) for edge in hay.place(*place)
        ):
            yield place
        at = place[0] + 1


def _is_in_a_word(text: str, start: int, end: int) -> bool:
    """What is plain to see, and quickly: the rest is for `runs_on`."""
    around = text[start - 1 : start + 1] if start else "", text[end - 1 : end + 1]
    return any(len(edge) == 2 and edge.isascii() and edge.isalnum() for edge in around)


def _next(needle: str, pattern: re.Pattern[str] | None, text: str, at: int) -> Place | None:
    if pattern:
        match = pattern.search(text, at)
        return match.span() if match else None
    found = text.find(needle, at)
    return None if found < 0 else (found, found + len(needle))


def _with_letters(needle: str) -> re.Pattern[str]:
    pieces = _LETTER.split(needle)
    pattern = re.escape(pieces[0])
    for letter, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        forms = {re.escape(form) for form in (letter.lower(), letter.upper(), f"[{letter}]")}
        pattern += f"(?:{'|'.join(sorted(forms))}){re.escape(piece)}"
    return re.compile(pattern)


def _place_in_order(parts: list[str], hay: Folded) -> list[Place]:
    """Every part word for word, one after the other. From the last one back they draw together."""
    end, places = 0, []
    for part in parts:
        place = next(_occurrences(part, hay, end), None)
        if place is None:
            return []
        places.append(place)
        end = place[1]
    for index in reversed(range(len(parts) - 1)):
        start, bound = places[index][0], places[index + 1][0]
        occurrences = _occurrences(parts[index], hay, start)
        *_, places[index] = takewhile(lambda place: place[1] <= bound, occurrences)  # noqa: B023 (used at once)
    return places


def _place_nearly(parts: list[str], hay: Folded) -> list[Place]:
    """Every part in order, some of them only nearly."""
    end, places = 0, []
    for part in parts:
        place = next(_occurrences(part, hay, end), None) or _nearest(part, hay, end)
        if place is None:
            return []
        places.append(place)
        end = place[1]
    return places if all(a[1] <= b[0] for a, b in pairwise(places)) else []


def _nearest(needle: str, hay: Folded, start: int) -> Place | None:
    """The most similar passage, whole words of it."""
    text = hay.text[start:] if start else hay.text
    if not needle or len(needle) > len(text):
        return None
    near = _align_long(needle, text) if len(needle) > LONG else _align(needle, text)
    if near is None:
        return None
    first, end = _whole_words(text, *near)
    passage = text[first:end]
    ahead, behind = ((_RIM if edge.isalnum() else None) for edge in (needle[0], needle[-1]))
    first += len(passage) - len(passage.lstrip(ahead))
    end -= len(passage) - len(passage.rstrip(behind))
    return (start + first, start + end) if first < end else None


def _align(needle: str, text: str) -> Place | None:
    near = fuzz.partial_ratio_alignment(needle, text, score_cutoff=NEARLY)
    if near is None or near.dest_end <= near.dest_start:
        return None
    return near.dest_start, near.dest_end


def _align_long(needle: str, text: str) -> Place | None:
    """Where a stretch of the quote is, the rest must be round it. Time then grows with the text alone."""
    step = max(STRETCH, len(needle) // MOST_STRETCHES)
    for offset in range(0, len(needle) - STRETCH + 1, step):
        if near := _align(needle[offset : offset + STRETCH], text):
            start = max(0, near[0] - offset)
            slack, due = len(needle) // 4, start + len(needle)
            early = max(start, due - slack - STRETCH)
            last = _align(needle[-STRETCH:], text[early : due + slack])
            end = early + last[1] if last else min(due, len(text))
            if fuzz.ratio(needle, text[start:end], score_cutoff=NEARLY):
                return start, end
    return None


def _whole_words(text: str, start: int, end: int) -> Place:
    while start > 0 and not (text[start - 1].isspace() or text[start].isspace()):
        start -= 1
    while end < len(text) and not (text[end].isspace() or text[end - 1].isspace()):
        end += 1
    return start, end
