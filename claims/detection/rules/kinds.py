"""What sort of thing an assertion asserts, from its grammar first and then from its words.

Asked in a fixed order, the first that fits is taken: what lies ahead, what is counted, what a speaker wants or
thinks, what causes what, what something is like; without a sign of any of these it is an event.
This is a first guess for a reviewer, not a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.detection.kinds import AMOUNT, COUNT, MEASURE, NUMBER
from claims.detection.rules.acts import Family
from claims.detection.rules.assertions import Assertion
from claims.detection.rules.forms import Form
from claims.detection.words import word_set
from claims.kinds import Kind, Mode

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.detection.rules.parsing import Parsed

AHEAD = word_set("will shall 'll wo ’ll")
EXPECTED = word_set(
    "expected likely set due poised planned scheduled bound slated forecast projected"
)
SAYING = word_set("say tell stress underscore note add emphasise emphasize")
CAUSAL = re.compile(
    r"\b(?:because|caus(?:e|es|ed|ing)|led to|leads? to|leading to|result(?:s|ed|ing)? (?:in|from)|due to|owing to|"
    r"thanks to|triggered|sparked|blamed (?:for|on)|contributed to)\b",
    re.IGNORECASE,
)
POSITION = re.compile(
    r"\b(?:should|must|ought to|needs? to|supports?|opposes?|committed to|our (?:policy|position|stance)|"
    r"no change (?:in|to)|calls? (?:for|on)|urges?|demands?|pledges?|vows?|concerned|"
    r"in the (?:best )?interests? of|wants?|refuses?|"
    r"rejects?|(?:would|'d|’d) (?:like|prefer|welcome)|(?:long past |high )time (?:for|to))\b",
    re.IGNORECASE,
)
OPINION = re.compile(
    r"\b(?:I|we) (?:\w+ )?(?:think|believe|feel|hope|suspect|guess|love|like|hate)\b|\bin my (?:view|opinion)\b|"
    r"\b(?:think|believe|hope|fear|feel)s?\b|"
    r"\b(?:disappoint\w+|unfortunate\w*|sadly|regrett\w+|glad|sad|proud|happy|delighted|pleased|grateful|worried|"
    r"confident|wonderful|terrible|great|amazing|beautiful|best|worst|shame\w*|disgrac\w+|outrageous|right track)\b",
    re.IGNORECASE,
)
#: What “we” are doing about a thing is what they stand for.
PURSUING = word_set(
    "continue work try seek remain strive aim intend want plan look stand welcome support"
)
#: Adjectives that are found out and not judged.
PLAIN = word_set(
    """
    responsible available dead alive pregnant ill missing present absent open closed able unable aware subject eligible
    guilty married single born based made due ready free full empty own same different other such american british
    """
)
#: What a claim is that tells of such an act: a stand of the speaker's.
OF_STANDS = {
    Family.JUDGE: Kind.OPINION,
    Family.DEMAND: Kind.POSITION,
    Family.COMMIT: Kind.POSITION,
    Family.DENY: Kind.POSITION,
}
DEGREES = word_set(
    "very so too more most less least increasingly extremely highly quite rather deeply hugely"
)
A_NUMBER = re.compile(NUMBER, re.IGNORECASE)
DURATION = re.compile(
    r"\b(?:for|over|in|within|after|during)\s+(?:the (?:past|last|next) )?(?:about |nearly |almost |more than |over )?"
    r"(?:\d+|[a-z]+)\s(?:years?|months?|weeks?|days?|hours?|minutes?)\b",
    re.IGNORECASE,
)


def kind_of(parsed: Parsed, assertion: Assertion) -> Kind:
    atom, head = assertion.atom, parsed.doc[assertion.atom.head]
    words = "".join(parsed.doc[i].text_with_ws for i in assertion.content)
    act, said = assertion.act, assertion.attribution
    if act is not None and said is not None and said.is_told and act.family in OF_STANDS:
        return OF_STANDS[act.family]
    if atom.form is Form.PLANNED or _is_ahead(assertion, head):
        return Kind.PREDICTION
    if atom.form is Form.JUDGED:
        return Kind.CHARACTERISATION
    if _is_counted(words):
        return Kind.STATISTIC
    for kind, applies in _signs(assertion, head, words):
        if applies:
            return kind
    return Kind.EVENT


def _signs(assertion: Assertion, head: Token, words: str) -> Iterator[tuple[Kind, bool]]:
    is_said = assertion.mode is not Mode.NARRATOR
    is_clause = not assertion.atom.is_presupposed
    yield Kind.POSITION, is_clause and (bool(POSITION.search(words)) or _is_pursued(head))
    yield Kind.OPINION, is_said and bool(OPINION.search(words))
    yield Kind.CAUSAL, bool(CAUSAL.search(words))
    yield Kind.CHARACTERISATION, _is_described(assertion, head, is_said=is_said)
    yield Kind.CHARACTERISATION, assertion.mode is Mode.MIXED


def _is_ahead(assertion: Assertion, head: Token) -> bool:
    """“Will close”, “is to close”, “is expected to close”, “may close”."""
    inside = set(assertion.content)
    helpers = {c.lower_ for c in head.children if c.dep_ == "aux" and c.i in inside}
    if helpers & AHEAD and head.lemma_ not in SAYING:
        return True
    if helpers & {"might", "may", "would"} and head.lemma_ not in (
        "like",
        "prefer",
        "have",
        "welcome",
    ):
        return True
    follows = [c for c in head.children if c.dep_ in ("xcomp", "ccomp", "acomp") and c.i in inside]
    is_to = any(c.dep_ == "xcomp" and any(t.tag_ == "TO" for t in c.children) for c in follows)
    if head.lemma_ == "be" and is_to and head.tag_ in ("VBZ", "VBP") and not _has_predicate(head):
        return True
    expected = head.lower_ in EXPECTED or any(c.lower_ in EXPECTED for c in follows)
    passive = any(c.dep_ == "auxpass" and c.tag_ in ("VBZ", "VBP") for c in head.children)
    return expected and (passive or head.lemma_ == "be")


def _has_predicate(head: Token) -> bool:
    return any(child.dep_ in ("attr", "acomp") for child in head.children)


def _is_counted(words: str) -> bool:
    """Whether something is counted or measured, and not only dated."""
    if not A_NUMBER.search(words):
        return False
    words = DURATION.sub(" ", words)
    return bool(AMOUNT.search(words) or (COUNT.search(words) and MEASURE.search(words)))


def _is_pursued(head: Token) -> bool:
    subjects = {c.lower_ for c in head.children if c.dep_ == "nsubj"}
    is_now = head.tag_ in ("VBP", "VB") or any(
        c.tag_ == "VBP" for c in head.children if c.dep_ == "aux"
    )
    return "we" in subjects and head.lemma_ in PURSUING and is_now


def _is_described(assertion: Assertion, head: Token, *, is_said: bool) -> bool:
    """Whether it says what something is like: “is fragile”, “remains the busiest”, “have a robust relationship”."""
    if assertion.atom.form is Form.POSSESSED:
        return not any(c.dep_ == "acl" for c in head.children)
    if head.lemma_ in ("be", "become", "remain", "seem", "appear", "look", "prove", "feel"):
        return any(_is_judging(child, is_said=is_said) for child in head.children)
    if head.lemma_ == "have" and is_said:
        objects = (c for c in head.children if c.dep_ in ("dobj", "attr"))
        return any(sum(t.dep_ == "amod" for t in o.children) > 1 for o in objects)
    return False


def _is_judging(child: Token, *, is_said: bool) -> bool:
    if child.dep_ == "acomp":
        return child.lower_ not in PLAIN and child.lower_ not in EXPECTED
    if child.dep_ != "attr":
        return False
    described = [t for t in child.children if t.dep_ == "amod"]
    has_degree = any(t.lower_ in DEGREES for word in (child, *described) for t in word.children)
    is_superlative = any(t.tag_ in ("JJS", "JJR") for t in described)
    return has_degree or is_superlative or (is_said and bool(described))
