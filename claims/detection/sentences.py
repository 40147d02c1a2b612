"""Where sentences end inside one block of text.

A full stop also ends abbreviations, initials and numbers, and a quotation may hold whole sentences
with their own full stops. So: no sentence ends inside a quotation or a bracket (what a quotation
holds is split on its own), and a full stop after a short form ends the sentence only when the next
word could not follow the short form.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from claims.detection.words import word_set

Range = tuple[int, int]

STOP = re.compile(r"[.!?…]+|[。！？।؟۔]+")
CLOSERS = re.compile(r"[\"'”’»›)\]」』]*")
OPENERS = re.compile(r"[\s\"'“‘«‹„(\[「『¿¡–—*•-]*")
WORD_BEFORE = re.compile(r"[^\s\"'“‘«(\[—–]*$")
WORD_AFTER = re.compile(r"[\w'’-]+")
BRACKET = re.compile(r"\([^()]{0,400}\)|\[[^\[\]]{0,400}\]")
NO_SPACE_NEEDED = "。！？।؟۔"

#: Short forms that always stand before something: a name, a number.
BEFORE_NAMES = word_set(
    """
    mr mrs ms mx messrs dr prof gen gov sen rep reps sens lt col capt cpl sgt maj adm cmdr
    rev hon fr st sts pres amb supt insp det dep asst no nos fig figs vol vs v cf e.g i.e eg
    ie pp art sec approx est mt ft hr dipl-ing bzw ca nr z.b u.a d.h sr sra dra dna ud uds m
    mme mlle
    """
)
#: Short forms that may also stand last.
MAY_STAND_LAST = word_set(
    """
    jr inc ltd corp co bros llc plc etc al dept ave blvd rd jan feb mar apr jun jul aug sep
    sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ala ariz ark calif colo
    conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa
    tenn tex vt va wash wis wyo
    """
)
#: Words with which a sentence begins, and which do not follow a short form inside one.
STARTERS = word_set(
    """
    the a an he she it they we i you his her its their our my this that these those there
    here in on at by for from with to of as if when while after before since because
    although though however but and or so yet meanwhile according some many most several all
    both each another other what who where why how not no one two three last next under
    during despite among more less than then also even still now today yesterday tomorrow
    earlier later police officials nobody everyone
    """
)
AFTER_HOURS = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april
    may june july august september october november december est edt et cst cdt ct mst mdt
    mt pst pdt pt gmt utc bst cet cest eastern central mountain pacific local
    """
)
NAMES_WITH_MARKS = frozenset({"yahoo!", "jeopardy!", "e!", "oklahoma!", "hamilton!", "yum!"})
DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?$")
#: “Stop!” she said. “再见。”他说。 The words after a quotation that say whose it is.
SAYING = (
    r"(?:said|says|told|asks?|asked|added|wrote|tweeted|replied|shouted|cried|yelled|exclaimed|"
    r"explained|continued|insisted|argued|warned|demanded|wondered|recalled|joked|responded|"
    r"questioned|quipped|mused|tweeted|remarked|commented|declared|stated|claimed|concluded|noted)"
)
ATTRIBUTION = re.compile(
    rf"\s*(?:(?:\w[\w.'’-]*\s+){{1,7}}?{SAYING}\b|[とっ]|[^\s。！？]{{0,12}}(?:说|說|表示|称|稱|道|指出|强调)[^。！？]{{0,10}}[。，])"
)

#: “It sank.” Doe said. The comma that belongs before a report is a full stop by oversight.
BARE_ATTRIBUTION = re.compile(rf"\s+(?:[\w.'’-]+\s+){{1,4}}{SAYING}[.]?(?:\s|$)(?!\w*\s*[a-z])")

#: “We won.” — Jane Doe, mayor
DASHED_NAME = re.compile(r"\s*[—–―-]{1,2}\s*[^\W\d_a-z][^.!?\n]{1,80}\.?$")


def split(text: str, start: int, end: int, closed: Sequence[Range] = ()) -> list[Range]:
    """The sentences of `text[start:end]`, in order, without outer white space.

    `closed` are ranges, in order, inside which no sentence ends: quotations.
    """
    shut = _merge([*closed, *((m.start(), m.end()) for m in BRACKET.finditer(text, start, end))])
    starts = [first for first, _ in shut]
    has_capitals = any(map(str.isupper, text[start : min(end, start + 2000)]))
    found: list[Range] = []
    begin = start
    for stop in STOP.finditer(text, start, end):
        if stop.start() < begin:
            continue
        place = _end_of(text, stop.end(), end)
        inside = bisect_right(starts, stop.start()) - 1
        if inside >= 0 and place < shut[inside][1]:
            continue
        if _ends(text, (begin, end), stop, place, has_capitals):
            _add(found, text, begin, place)
            begin = place
    _add(found, text, begin, end)
    return found


def _merge(ranges: list[Range]) -> list[Range]:
    merged: list[Range] = []
    for first, last in sorted(ranges):
        if merged and first < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _add(found: list[Range], text: str, start: int, end: int) -> None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start < end:
        found.append((start, end))


def _end_of(text: str, place: int, end: int) -> int:
    match = CLOSERS.match(text, place, end)
    return match.end() if match else place


def _ends(text: str, around: Range, stop: re.Match[str], place: int, has_capitals: bool) -> bool:
    """Whether the sentence ends at `place`, after this stop and its closers.

    `around` is where it began, and the end of the text.
    """
    begin, end = around
    if place >= end:
        return True
    is_quoted = place > stop.end()
    if is_quoted and DASHED_NAME.match(text, place, end):
        return False
    if is_quoted and text[stop.start()] in "!?…。！？" and ATTRIBUTION.match(text, place, end):
        return False
    if is_quoted and stop.group() == "." and BARE_ATTRIBUTION.match(text, place, end):
        return False
    if stop.group()[0] in NO_SPACE_NEEDED:
        return True
    if not text[place].isspace():
        return False
    opening = OPENERS.match(text, place, end)
    following = opening.end() if opening else place
    if following >= end:
        return True
    if text[following].islower() and has_capitals:
        return False
    return is_quoted or not _is_short_form(text, begin, stop, following, end)


def _is_short_form(text: str, begin: int, stop: re.Match[str], following: int, end: int) -> bool:
    """Whether the stop belongs to the word before it, and the sentence goes on."""
    before = WORD_BEFORE.search(text, max(begin, stop.start() - 40), stop.start())
    word = before.group().lower() if before else ""
    match = WORD_AFTER.match(text, following, end)
    after = match.group() if match else ""
    if stop.group() == "!":
        return f"{word}!" in NAMES_WITH_MARKS
    if stop.group() != ".":
        return False
    if word.isdigit():
        return not text[begin : stop.start() - len(word)].strip()
    if word in BEFORE_NAMES:
        return word not in ("no", "art", "sec", "fig", "m", "mt", "ft") or _may_follow(word, after)
    if word in ("a.m", "p.m"):
        return after.lower() in AFTER_HOURS or after[:1].isdigit()
    if word in MAY_STAND_LAST or DOTTED.fullmatch(word) or _is_initial(word, before):
        return after.lower() not in STARTERS
    return False


def _may_follow(word: str, after: str) -> bool:
    """“No.” and its like also end sentences; as short forms a number or a name comes next."""
    if word in ("no", "art", "sec", "fig"):
        return after[:1].isdigit()
    return after.lower() not in STARTERS


def _is_initial(word: str, before: re.Match[str] | None) -> bool:
    return len(word) == 1 and before is not None and before.group().isupper() and word != "i"
