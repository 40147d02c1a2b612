"""What stands beside a quotation: the verb of saying before or after its marks, and the words that name who spoke.

The forms are few: “…,” she said. “…,” said the mayor. The mayor said: “…” As the mayor put it, “…” Mayor: “…”
Nothing here needs a sound parse, only kinds of words and the signs between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.detection.rules.extents import below
from claims.detection.rules.sayings import QUOTE, SENSES
from claims.detection.rules.subjects import subject_of
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.detection.rules.parsing import Parsed

FINITE = frozenset({"VBD", "VBZ", "VBP"})
PAUSES = frozenset({",", "!", "?", "—", "–", "-", "--", "…", "...", "."})
STOPS = frozenset({";", ":", ".", "!", "?"})
NOMINAL = frozenset({"PROPN", "NOUN", "PRON"})
#: The last word of who speaks; a number too: “said one”, “about 4 in 10 say”.
NAMING = NOMINAL | {"NUM"}
ENDING_A_NAME = frozenset({"VERB", "AUX", "ADP", "SCONJ"})
LINKS = word_set("and but or that which because who while as if when")
LONGEST_NAME, LONGEST_LEAD, LONGEST_LABEL = 40, 40, 8


def ends_as_speech(parsed: Parsed, start: int, end: int) -> bool:
    """Whether the quotation ends with a pause, inside its marks or right behind them."""
    doc = parsed.doc
    last = doc[max(start, end - 2)].text
    return last in PAUSES or (end < len(doc) and doc[end].text == ",")


def verb_after(parsed: Parsed, start: int, end: int) -> Token | None:
    """“…,” said the mayor; “…,” the mayor said."""
    doc = parsed.doc
    if end >= len(doc) or not ends_as_speech(parsed, start, end):
        return None
    first = end + (doc[end].text == ",")
    if first < len(doc) and doc[first].lower_ in LINKS:
        return None
    for token in doc[first : first + LONGEST_NAME]:
        if token.text in STOPS or (token.i == first and parsed.quoted[first] >= 0):
            return None
        is_verb = token.tag_ in FINITE and token.pos_ == "VERB" and parsed.quoted[token.i] < 0
        if is_verb and token.dep_ != "relcl":
            return token if _opens(parsed, token, first) else None
    return None


def _opens(parsed: Parsed, verb: Token, first: int) -> bool:
    """Whether nothing but the one who speaks stands between the quotation and the verb."""
    if verb.i == first:
        return True
    subject = subject_of(verb)
    if subject is not None and first <= subject.head.i < verb.i:
        return min(below(subject.head)) <= first or says(verb)
    return says(verb) and any(t.pos_ in NOMINAL for t in verb.doc[first : verb.i])


def says(verb: Token) -> bool:
    """Whether a quotation is what this verb may bring."""
    if verb.lemma_ == "put":
        return verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "it"
    return any(QUOTE in sense.frames for sense in SENSES.get(verb.lemma_, ()))


def verb_before(parsed: Parsed, start: int) -> Token | None:
    """The mayor said: “…”; she said on Monday, “…”; she told him “…”"""
    doc = parsed.doc
    sign = doc[start - 1].text if start else ""
    for index in range(start - 1, max(-1, start - LONGEST_LEAD), -1):
        token = doc[index]
        if parsed.quoted[index] >= 0:
            continue
        if token.text in STOPS and index < start - 1:
            return None
        is_blunt = token.pos_ == "AUX" and sign == ":" and token.dep_ in ("ROOT", "ccomp", "conj")
        if is_blunt or (token.pos_ == "VERB" and _may_bring(token, sign)):
            return token if _leads(token, start, sign) else None
    return None


def _may_bring(verb: Token, sign: str) -> bool:
    if (
        verb.tag_ == "VBG"
        and sign == ","
        and any(c.dep_ == "dobj" and c.i < verb.i + 4 for c in verb.children)
    ):
        return False
    is_finite = verb.tag_ in FINITE
    return says(verb) or (is_finite and (sign == ":" or (sign == "," and _has_subject(verb))))


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.i < verb.i for child in verb.children)


def _leads(verb: Token, start: int, sign: str) -> bool:
    """Whether only when, where or to whom it was said stands between the verb and the quotation."""
    if sign in (":", ",", "—") or verb.i == start - 1:
        return True
    between = verb.doc[verb.i + 1 : start]
    return len(between) <= 3 and not any(t.pos_ in ("ADP", "VERB", "DET") for t in between)


def label_before(parsed: Parsed, start: int) -> tuple[int, int] | None:
    """“Mayor Doe: “…””: the words before a colon, when they only name somebody."""
    doc = parsed.doc
    colon = start - 1
    if colon < 1 or doc[colon].text != ":":
        return None
    first = colon
    while (
        first > 0
        and doc[first - 1].text not in STOPS | {"-", "–", "—"}
        and parsed.quoted[first - 1] < 0
    ):
        first -= 1
    words = doc[first:colon]
    is_name = bool(words) and words[-1].pos_ in NOMINAL and words[-1].text[:1].isupper()
    has_verb = any(t.pos_ in ("VERB", "AUX") for t in words)
    return (first, colon) if is_name and not has_verb and len(words) <= LONGEST_LABEL else None


def name_after(parsed: Parsed, verb: Token) -> tuple[int, int] | None:
    """The phrase right after a verb that follows its quotation, up to the next break."""
    doc = parsed.doc
    end = verb.i + 1
    last = 0
    while end < len(doc) and parsed.quoted[end] < 0:
        token = doc[end]
        if token.is_punct or token.pos_ in ENDING_A_NAME:
            break
        end += 1
        last = end if token.pos_ in NAMING else last
    return (verb.i + 1, last) if last else None


def name_between(parsed: Parsed, first: int, verb: Token) -> tuple[int, int] | None:
    """The words between a quotation and the verb, up to an aside or an adverb."""
    doc = parsed.doc
    while first < verb.i and (doc[first].is_punct or parsed.quoted[first] >= 0):
        first += 1
    end = first
    while end < verb.i and not doc[end].is_punct and doc[end].pos_ not in ("ADV", "AUX", "VERB"):
        end += 1
    return (first, end) if any(t.pos_ in NOMINAL for t in doc[first:end]) else None


def name_before(parsed: Parsed, verb: Token) -> tuple[int, int] | None:
    """The phrase right before a verb, back to the last break."""
    doc = parsed.doc
    end = verb.i
    while end > 0 and doc[end - 1].pos_ in ("ADV", "AUX"):
        end -= 1
    first = end
    while first > 0 and parsed.quoted[first - 1] < 0 and _is_of_name(doc[first - 1]):
        first -= 1
    return (first, end) if any(t.pos_ in NAMING for t in doc[first:end]) else None


def _is_of_name(token: Token) -> bool:
    return not token.is_punct and token.pos_ not in ("VERB", "AUX", "SCONJ", "CCONJ", "ADV")
