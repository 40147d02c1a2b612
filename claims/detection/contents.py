"""Where the words are that somebody is said to have said: before the verb of saying, after it, or both.

All functions work on the skeleton of a sentence and give ranges into it. They answer None rather
than guess: what they cannot place is left to the reporter's own voice.
"""

import re

from claims.detection.cues import (
    CALLING,
    DAY,
    FINITE,
    FREE,
    HEARER,
    PARTICIPLE,
    RELATIVE,
    TAIL,
    TELLING,
)
from claims.detection.segments import QUOTED
from claims.detection.speakers import ADVERBIAL

Range = tuple[int, int]

THAT = re.compile(rf"(?P<tail>[^,;:{QUOTED}]{{0,100}}?)\bthat\s")
COLON = re.compile(rf"[^:{QUOTED}]{{0,100}}:\s*")
QUOTE_NEXT = re.compile(rf"(?P<tail>[^{QUOTED}]{{0,100}}?)(?P<quoted>{QUOTED})")
SPEECH_ONLY = re.compile(rf"{QUOTED}(?:[\s,.;:—–-]*{QUOTED})*")
RESUMED = re.compile(
    rf"(?P<between>[^{QUOTED}]{{0,120}}?[,.:;—–])\s*(?:(?:and\s+)?(?:adding|saying)[,:]?\s+)?(?P<quoted>{QUOTED})"
)
TIME = re.compile(
    rf"\s*(?:on\s+|late\s+|early\s+|earlier\s+)?{DAY}(?:\s(?:morning|afternoon|evening|night))?\s"
)
NO_CLAUSE = re.compile(
    r"\s*(?:to|by|of|for|with|about|goodbye|hello|thanks|sorry|so|yes|no|nothing|little|more|"
    r"is|are|was|were|has|have|had|will|would|can|could|should)\b",
    re.IGNORECASE,
)
MOST_TAIL_WORDS = 15
FEWEST_CONTENT_WORDS = 3
FEWEST_CLAUSE_WORDS = 2


def around(text: str, start: int, end: int, lead_end: int, cue: Range) -> tuple[Range, ...] | None:
    """“The fire, police said, killed three.” “The tax rose, the mayor said on Monday.”"""
    lead, rest = text[start:lead_end], text[cue[1] : end]
    stop = rest.find(",") if "," in rest else len(rest)
    tail, more = rest[:stop], rest[stop + 1 :].strip(" .")
    words = len(lead.split())
    if not is_tail(tail, text[cue[0] : cue[1]]) or words < (2 if more else FEWEST_CONTENT_WORDS):
        return None
    if ADVERBIAL.match(lead.strip()) and (tail.strip(" .!?") or words < 6 or more):
        return None
    before = (start, lead_end)
    if not more or ADVERBIAL.match(more) or PARTICIPLE.match(rest, stop) or RELATIVE.match(more):
        return (before,)
    return (before, (cue[1] + stop + 1, end))


def before(text: str, start: int, lead_end: int, cue_end: int, end: int) -> tuple[Range, ...]:
    """“…,” she said. With the rest of the quotation when it goes on after the verb."""
    more = RESUMED.match(text, cue_end, end)
    if more is None or len(more["between"].split()) > MOST_TAIL_WORDS:
        return ((start, lead_end),)
    first = more.start("quoted")
    speech = SPEECH_ONLY.match(text, first, end)
    return ((start, lead_end), (first, speech.end() if speech else end))


def after(text: str, cue: Range, end: int) -> tuple[Range, ...] | None:
    """“The mayor said (on Monday) (that) the tax rose.” “The mayor told the paper: “…””"""
    verb = text[cue[0] : cue[1]].lower()
    start = _past_hearer(text, cue[1], end) if verb in TELLING else cue[1]
    if start is None:
        return None
    first = _content_start(text, start, end, verb)
    if first is None:
        return None
    last = _before_participle(text, first, end)
    speech = SPEECH_ONLY.match(text, first, last)
    if speech and not text[speech.end() : last].strip(" .,;:!?—–"):
        last = speech.end()
    if verb in CALLING and is_tail(text[text.rfind(QUOTED, first, last) + 1 : last], ""):
        last = text.rfind(QUOTED, first, last) + 1
    return ((first, last),) if text[first:last].strip(" .,;:") else None


def is_tail(words: str, verb: str) -> bool:
    """Whether the words only say when, where or to whom."""
    plain = words.strip(" .!?")
    if verb.lower() in TELLING and plain:
        hearer = HEARER.match(plain)
        plain = plain[hearer.end() :].strip() if hearer else plain
    if not plain:
        return True
    is_short = len(plain.split()) <= MOST_TAIL_WORDS
    return is_short and bool(TAIL.match(plain)) and " that " not in plain


def _past_hearer(text: str, start: int, end: int) -> int | None:
    rest = text[start:end]
    hearer = HEARER.match(text, start + len(rest) - len(rest.lstrip()), end)
    return hearer.end() if hearer else None


def _content_start(text: str, start: int, end: int, verb: str) -> int | None:
    rest = text[start:end]
    quote = QUOTE_NEXT.match(text, start, end)
    if verb in CALLING:
        return start if quote else None
    that = THAT.match(text, start, end)
    if that and is_tail(that["tail"], ""):
        return that.end()
    colon = COLON.match(text, start, end)
    if colon and (quote or rest[colon.end() - start :].strip()):
        return colon.end()
    if quote and (
        not quote["tail"].strip(" ,:")
        or (
            quote["tail"].rstrip().endswith((",", ":")) and is_tail(quote["tail"].rstrip(" ,:"), "")
        )
    ):
        return quote.start("quoted")
    if verb in ("asked", "asks"):
        return None
    return _clause_start(text, start, end, verb)


def _clause_start(text: str, start: int, end: int, verb: str) -> int | None:
    """Where a clause without “that” begins. Most verbs also take things: “added jobs”."""
    time = TIME.match(text, start, end)
    first = time.end() if time else start
    rest = text[first:end]
    if NO_CLAUSE.match(rest) or rest.lstrip().startswith(","):
        return None
    relative = RELATIVE.search(rest)
    main = rest[: relative.start()] if relative else rest
    is_clause = bool(FINITE.search(main)) and not ADVERBIAL.match(rest.strip())
    if verb in FREE or verb in TELLING:
        has_length = len(rest.split()) >= FEWEST_CLAUSE_WORDS
        return first if has_length and (is_clause or not TAIL.match(rest.strip())) else None
    return first if is_clause else None


def _before_participle(text: str, start: int, end: int) -> int:
    for match in PARTICIPLE.finditer(text, start, end):
        if match.group().startswith(",") and participle_content(text, match, end):
            return match.start()
    return end


def participle_content(text: str, match: re.Match[str], end: int) -> Range | None:
    """What “, adding that …” introduces; None when it introduces a thing: “adding salt”."""
    verb = match["cue"].lower()
    family = "told" if verb == "telling" else "added"
    start = match.end("cue")
    if family == "told":
        past = _past_hearer(text, start, end)
        if past is None:
            return None
        start = past
    first = _content_start(text, start, end, family)
    return (first, end) if first is not None and text[first:end].strip(" .,") else None
