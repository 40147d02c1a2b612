"""Words left out of the middle of a quote: its parts stand in the text, the quote as a whole does not."""

import re

STYLES = (" … ", "… ", " ... ", "...", " [...] ", " […] ", " (...) ", " . . . ")
_NEGATION = re.compile(r"(?<=\s)(?:not|no|never|without)(?=\s)")


def leave_out(rng, quote, cuts):
    """The quote with `cuts` runs of words left out, and its parts; None where it is too short."""
    words = list(re.finditer(r"\S+", quote))
    if len(words) < 6 * cuts + 4:
        return None
    room = len(words) // (cuts + 1)
    starts = [room * (cut + 1) - rng.randint(0, 1) for cut in range(cuts)]
    ends = [start + rng.randint(1, max(1, room - 3)) for start in starts]
    return _without(
        rng,
        quote,
        [(words[a].start(), words[b].start()) for a, b in zip(starts, ends, strict=True)],
    )


def leave_negation_out(rng, quote):
    """An ellipsis in the place of the negation alone."""
    found = list(_NEGATION.finditer(quote))
    if not found:
        return None
    match = rng.choice(found)
    return _without(rng, quote, [match.span()])


def _without(rng, quote, places):
    parts, at = [], 0
    for start, end in places:
        parts.append(quote[at:start].strip())
        at = end
    parts.append(quote[at:].strip())
    return rng.choice(STYLES).join(parts), parts
