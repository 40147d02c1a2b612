"""Which acts of saying are told as what somebody asserts, and which as something that somebody did.

“Roe said the pier is shut” makes the pier's closing an assertion of Roe's. “Roe denied the charge”, “urged the
council to pay” and “called the plan a mistake” are stands that Roe takes: the claim is that Roe takes them, and it is
theirs. “Roe announced her resignation” and “asked: ‘Who pays?’” are events that the reporter tells. Where a claim
tells of the act itself, its attribution says so (`is_told`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.detection.base import Attribution
from claims.detection.rules.acts import Act, Family, Range
from claims.detection.rules.forms import Atom
from claims.detection.rules.parsing import Parsed
from claims.detection.rules.tree import Region
from claims.kinds import Mode

#: Acts whose content is something held to be so.
TELLING = frozenset({Family.SAY, Family.THINK, Family.SHOW})
#: Acts by which the speaker takes a stand. A clause with words of theirs in quotation marks is told by itself.
STANDS = frozenset({Family.JUDGE, Family.DEMAND, Family.COMMIT, Family.DENY})
#: Acts whose content the speaker does not assert, quoted or not.
DISOWNING = frozenset({Family.DENY, Family.REFUSE})


def is_told(parsed: Parsed, acts: Sequence[Act], number: int) -> bool:
    """Whether the act makes its content somebody's assertion."""
    act = acts[number]
    content = indexes(act.content_tokens)
    if not content or act.family in DISOWNING:
        return False
    is_quoted = is_direct(parsed, content)
    if act.outer is not None and not (is_quoted and not is_told(parsed, acts, act.outer)):
        return False
    if is_quoted and act.family is Family.ASK:
        return True
    if not act.is_asserted or is_quoted:
        return act.is_asserted
    is_theirs = act.family in TELLING or any(parsed.quoted[i] >= 0 for i in content)
    return is_theirs and _has_clause(parsed, content)


def _has_clause(parsed: Parsed, content: Iterable[int]) -> bool:
    """Whether it is said that something is so: “announced his resignation” and “hopes to win” are deeds."""
    region = Region(parsed.doc, content)
    return any(
        region.is_clause(token) and region.subject(token) is not None for token in region.roots
    )


def indexes(ranges: Sequence[Range]) -> frozenset[int]:
    return frozenset(index for start, end in ranges for index in range(start, end))


def is_direct(parsed: Parsed, content: Iterable[int]) -> bool:
    """Whether all its words stand in quotation marks."""
    words = [i for i in content if parsed.doc[i].is_alpha]
    return bool(words) and all(parsed.quoted[i] >= 0 for i in words)


def mode_of(parsed: Parsed, content: Iterable[int]) -> Mode:
    content = tuple(content)
    if is_direct(parsed, content):
        return Mode.DIRECT
    return Mode.MIXED if any(parsed.quoted[i] >= 0 for i in content) else Mode.INDIRECT


def is_question(parsed: Parsed, words: Sequence[int]) -> bool:
    """Whether the quoted sentence in which these words end is a question."""
    doc, quoted = parsed.doc, parsed.quoted
    last = next((i for i in reversed(words) if doc[i].text[-1:].isalnum()), words[-1])
    for index in range(last, len(doc)):
        if quoted[index] != quoted[last] or quoted[index] < 0:
            return False
        if doc[index].text[-1:] in (".", "!", "?"):
            return doc[index].text.endswith("?")
    return False


def deed_of(acts: Sequence[Act], atom: Atom) -> Act | None:
    """The act that an assertion of the reporter's tells of: its verb and something of its content are there."""
    words = set(atom.tokens)
    held = [act for act in acts if _is_done(act) and _is_in(act, words)]
    return next(
        (act for act in held if atom.head in indexes(act.cue_tokens)), next(iter(held), None)
    )


def _is_done(act: Act) -> bool:
    is_said = act.is_asserted and act.family not in (Family.ASK, Family.REFUSE)
    return is_said and bool(act.source)


def _is_in(act: Act, words: set[int]) -> bool:
    return indexes(act.cue_tokens) <= words and bool(indexes(act.content_tokens) & words)


def deed_mode(parsed: Parsed, act: Act, atom: Atom) -> Mode:
    """A stand, a finding and quoted words are those of the source; what is only done is told by the reporter."""
    if atom.head not in indexes(act.cue_tokens):
        return Mode.NARRATOR
    mode = mode_of(parsed, indexes(act.content_tokens))
    is_theirs = mode is not Mode.INDIRECT or act.family in STANDS or act.family is Family.SHOW
    return mode if is_theirs else Mode.NARRATOR


def attribution_of(act: Act, *, is_told: bool = False) -> Attribution | None:
    """Who said it, without a name where the article does not tell whose a “he” is."""
    if not act.cue and not act.name:
        return None
    source = act.source[0] if act.source else None
    cue = act.cue[0] if act.cue else None
    return Attribution(act.name, source, cue, act.content, act.role, act.is_anonymous, is_told)
