"""Acts of saying in one sentence: who, by which verb, what.

Four forms are read: “SPEAKER said CONTENT”, “CONTENT, SPEAKER said”, “CONTENT, said SPEAKER” and
“according to SPEAKER”. A sentence may hold several, joined by “while” or “but”, and a participle
(“adding that …”) goes on with the same speaker. Nothing is read where nothing was asserted:
questions put to someone, denials, “would not say”, “is said to”.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from claims.detection import contents
from claims.detection.cues import ACCORDING, BETWEEN, CALLING, CUE, INVERTED, PARTICIPLE, UNSAID
from claims.detection.segments import QUOTED, Skeleton
from claims.detection.speakers import (
    ADVERBIAL,
    CONNECTIVE,
    TRAILING,
    Speaker,
    read_speaker,
)

Range = tuple[int, int]

LONGEST_SENTENCE = 1500
#: Where a second report begins: “…, while the minister said …”.
JOINT = re.compile(
    rf"[,;]\s+(?:but|while|and|although|whereas|though)\s+(?=[^,;{QUOTED}]{{2,80}}?\b(?:said|says|told|added|argued|"
    r"warned|claimed|insisted|announced|confirmed|noted|reported|explained|stated|denied|accused|called|described)\b)"
)
BREAK = re.compile(rf"[{QUOTED};:—―]|\s[–-]\s")
INVERTED_CUE = re.compile(rf"{INVERTED}\b", re.IGNORECASE)
AFTER_NAME = re.compile(
    r"\s(?:on|in|at|during|after|before|as|while|when|who|whose|whom|which|that|earlier|later|last|this|yesterday|"
    r"today|tonight|via|through|by|to|but|outside|following|speaking|referring|adding|(?:Mon|Tues|Wednes|"
    r"Thurs|Fri|Satur|Sun)day)\b.*",
    re.DOTALL,
)
ANONYMITY = re.compile(
    r"(?:condition of anonymity|(?:not (?:to )?be|declined to be|refused to be) (?:named|identified)|"
    r"not authori[sz]ed to|asked for anonymity|requested anonymity)",
    re.IGNORECASE,
)
LEADING_TIME = re.compile(
    r"\s*(?:(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|in\s+\d{4}|last\s+\w+)\s+",
    re.IGNORECASE,
)
DASHED_NAME = re.compile(rf"{QUOTED}\.?\s*[–—―-]+\s*(?P<who>[^,]+?)(?:,\s*(?P<role>.+?))?\.?$")
SUBJECT = re.compile(
    r"(?P<who>(?:[^\W\d_a-z][\w.'-]*\s(?:(?:de|del|van|von|der|al|bin)\s)*)+)(?=[a-z]{3,})"
)
OPENING = re.compile(rf"(?:{ADVERBIAL.pattern})[^,{QUOTED}]{{0,80}},\s", re.IGNORECASE)
NO_OFFICE = re.compile(
    r"(?:who|which|whose|aged|in|on|at|from|with|and|but|speaking|citing|however)\b"
)
APPOSITION = re.compile(rf",\s(?P<role>[a-z]+\s[^,;:{QUOTED}]{{2,80}})")
BETWEEN_COMMAS = re.compile(r"[^,]+")
UP_TO_BREAK = re.compile(rf"[^,;:—{QUOTED}]+")


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody said something. `speaker.name_at` counts from `source`, a range of the skeleton."""

    speaker: Speaker
    source: Range
    cue: Range | None
    content: tuple[Range, ...]
    role: str = ""
    is_anonymous: bool = False
    goes_on: bool = True  # whether a quotation after it may be the same speaker's


@dataclass(frozen=True, slots=True)
class Subject:
    speaker: Speaker
    at: Range
    role: str = ""
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the sentence and the acts in it; without acts it is the reporter's own."""

    at: Range
    acts: tuple[Act, ...]


def read_clauses(bones: Skeleton) -> list[Clause]:
    """The sentence in parts, each with its acts of saying."""
    text = bones.text
    if len(text) > LONGEST_SENTENCE or not any(map(str.islower, text)):
        return [Clause((0, len(text)), ())]
    joints = [match.span() for match in JOINT.finditer(text)]
    starts = [0, *(end for _, end in joints)]
    ends = [*(start for start, _ in joints), len(text)]
    clauses: list[Clause] = []
    for start, end in zip(starts, ends, strict=True):
        clauses.extend(_read_clause(text, start, end))
    return clauses


def _read_clause(text: str, start: int, end: int) -> Iterator[Clause]:
    first = next(_acts(text, start, end), None)
    if first is None:
        yield from _participle_alone(text, start, end)
        return
    more = tuple(_participles(text, end, first))
    yield Clause((start, end), (first, *more))


def _acts(text: str, start: int, end: int) -> Iterator[Act]:
    cues = [*CUE.finditer(text, start, end), *ACCORDING.finditer(text, start, end)]
    for match in sorted(cues, key=lambda found: found.start()):
        cue = match.span("cue")
        read = _according if match.re is ACCORDING else _said
        act = read(text, start, end, cue)
        if act:
            yield act
    dashed = DASHED_NAME.fullmatch(text, start, end)
    if dashed and (speaker := read_speaker(dashed["who"])):
        yield Act(speaker, dashed.span("who"), None, ((start, start + 1),), dashed["role"] or "")


def _said(text: str, start: int, end: int, cue: Range) -> Act | None:
    """After a quotation the verb may stand first; after a comma rather an aside has ended."""
    forms = (_subject_first, _inverted)
    if text[start : cue[0]].rstrip(" ,").endswith(QUOTED):
        forms = (_inverted, _subject_first)
    return forms[0](text, start, end, cue) or forms[1](text, start, end, cue)


def _according(text: str, start: int, end: int, cue: Range) -> Act | None:
    phrase = UP_TO_BREAK.match(text, cue[1], end)
    if phrase is None or phrase.group().strip(" .") in ("", "plan", "plans"):
        return None
    source = _trim(text, *phrase.span())
    words = text[source[0] : source[1]]
    speaker = read_speaker(words) or Speaker(words, "", (0, len(words)))
    lead = _trim(text, start, cue[0])
    rest = _trim(text, phrase.end(), end)
    content = tuple(part for part in (lead, rest) if _has_words(text[part[0] : part[1]]))
    if not content or CUE.match(text, *rest):
        return None
    unnamed = _is_unnamed(text, start, end, speaker)
    return Act(speaker, source, cue, content, "", unnamed, goes_on=False)


def _has_words(words: str) -> bool:
    return QUOTED in words or len(words.split()) > 1


def _inverted(text: str, start: int, end: int, cue: Range) -> Act | None:
    """“…,” said the mayor."""
    lead = text[start : cue[0]].rstrip()
    if not INVERTED_CUE.fullmatch(text[cue[0] : cue[1]]) or not lead.endswith((QUOTED, ",", "—")):
        return None
    phrase = UP_TO_BREAK.match(text, cue[1], end)
    if phrase is None:
        return None
    words = AFTER_NAME.sub("", phrase.group().rstrip(" .!?"))
    source = _trim(text, phrase.start(), phrase.start() + len(words))
    speaker = read_speaker(text[source[0] : source[1]])
    if speaker is None or (len(lead.split()) < 3 and QUOTED not in lead):
        return None
    content = contents.before(text, start, start + len(lead), source[1], end)
    role = _apposition(text, source[1], end)
    return Act(speaker, source, cue, content, role, _is_unnamed(text, start, end, speaker))


def _apposition(text: str, place: int, end: int) -> str:
    """“said Jane Doe, the mayor of Riverton, …”"""
    match = APPOSITION.match(text, place, end)
    role = match["role"].rstrip(" .") if match else ""
    return "" if contents.is_tail(role, "") or role.startswith(("and ", "but ")) else _role(role)


def _subject_first(text: str, start: int, end: int, cue: Range) -> Act | None:
    """“The mayor said …” and “…, the mayor said.”"""
    verb = text[cue[0] : cue[1]].lower()
    breaks = [match.end() for match in BREAK.finditer(text, start, cue[0])]
    opening = breaks[-1] if breaks else start
    words = BETWEEN.sub("", " " + text[opening : cue[0]])[1:]
    closing = opening + len(words.rstrip())
    if UNSAID.search(text[start:closing]) or UNSAID.search(text[start : cue[0]]):
        return None
    is_aside = text[opening : cue[0]].rstrip().endswith(",")
    subject = _subject(text, opening, closing, is_aside)
    if subject is None:
        return None
    content = _content(text, (start, end), subject, cue, opening)
    if not content or (verb in CALLING and not any(QUOTED in text[a:b] for a, b in content)):
        return None
    unnamed = _is_unnamed(text, start, end, subject.speaker)
    return Act(subject.speaker, subject.at, cue, content, subject.role, unnamed)


def _content(
    text: str, clause: Range, subject: Subject, cue: Range, opening: int
) -> tuple[Range, ...] | None:
    start, end = clause
    lead = text[opening : subject.at[0]].strip(" ,")
    if text[start:opening].rstrip().endswith(QUOTED) and not lead and not subject.is_joined:
        return contents.before(text, start, opening, cue[1], end)
    if not subject.is_joined:
        found = contents.around(text, start, end, subject.at[0], cue)
        if found:
            return found
    return contents.after(text, cue, end)


def _subject(text: str, start: int, end: int, is_aside: bool) -> Subject | None:
    parts = _parts(text, start, end)
    if not parts:
        return None
    if is_aside and len(parts) > 1:
        return _named_with_aside(text, parts)
    first, last = parts[-1]
    joined = CONNECTIVE.match(text, first, last)
    bare = joined.end() if joined and joined.end() < last else first
    timed = LEADING_TIME.match(text, bare, last)
    for begin in (bare, timed.end() if timed else bare):
        begin, stop = _trim(text, begin, last)
        for phrase in (text[begin:stop], TRAILING.sub("", text[begin:stop])):
            speaker = read_speaker(phrase)
            if speaker:
                return Subject(speaker, (begin, begin + len(phrase)), "", bare != first)
    return None


def _named_with_aside(text: str, parts: list[Range]) -> Subject | None:
    """“Jane Doe, the mayor,” or “The mayor, Jane Doe,”."""
    for (first, last), (after, stop) in pairwise(parts):
        first, last = _trim(text, first, last)
        after, stop = _trim(text, after, stop)
        if ADVERBIAL.match(text, first, last):
            continue
        joined = CONNECTIVE.match(text, first, last)
        first = joined.end() if joined and joined.end() < last else first
        named, second = read_speaker(text[first:last]), read_speaker(text[after:stop])
        if second and second.is_person and not second.pronoun and named and not named.is_person:
            return Subject(second, (after, stop), text[first:last])
        if named and (named.is_person or text[last - 1 : last].isalpha()):
            return Subject(named, (first, last), _role(text[after:stop]))
    return None


def _role(words: str) -> str:
    """What an aside says of the speaker's office, and not of their age or wishes."""
    return words if words[:1].isalpha() and not NO_OFFICE.match(words) else ""


def _parts(text: str, start: int, end: int) -> list[Range]:
    parts = [match.span() for match in BETWEEN_COMMAS.finditer(text, start, end)]
    return [(first, last) for first, last in parts if text[first:last].strip()]


def _participles(text: str, end: int, act: Act) -> Iterator[Act]:
    """“…, adding that …”: the same speaker goes on."""
    place = max(act.source[1], act.cue[1] if act.cue else 0)
    taken = max((last for first, last in act.content if first >= place), default=place)
    for match in PARTICIPLE.finditer(text, min(place, taken), end):
        content = contents.participle_content(text, match, end)
        if content and content[0] >= taken:
            unnamed = act.is_anonymous
            yield Act(act.speaker, act.source, match.span("cue"), (content,), act.role, unnamed)
            return


def _participle_alone(text: str, start: int, end: int) -> Iterator[Clause]:
    """“Doe resigned, saying he was ill.” The first words name who acts and who speaks."""
    opening = OPENING.match(text, start, end)
    subject = SUBJECT.match(text, opening.end() if opening else start, end)
    speaker = read_speaker(subject["who"].strip()) if subject else None
    for match in PARTICIPLE.finditer(text, start, end):
        content = contents.participle_content(text, match, end)
        if subject and speaker and content and match.start() > subject.end():
            source = _trim(text, *subject.span("who"))
            yield Clause((start, match.start()), ())
            yield Clause(
                (match.start(), end), (Act(speaker, source, match.span("cue"), (content,)),)
            )
            return
    yield Clause((start, end), ())


def _is_unnamed(text: str, start: int, end: int, speaker: Speaker) -> bool:
    return speaker.is_anonymous or bool(ANONYMITY.search(text, start, end))


def _trim(text: str, start: int, end: int) -> Range:
    words = text[start:end]
    return start + len(words) - len(words.lstrip(" ,;:")), start + len(words.rstrip(" ,.;:"))
