"""What was said, by the grammar: the clause, quotation, object or phrase that a verb of saying brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.detection.rules.cue_phrases import clear_of
from claims.detection.rules.extents import below
from claims.detection.rules.sayings import CLAUSE, INFINITIVE, NAMING, OBJECT, QUOTE, SENSES, Sense
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.detection.rules.parsing import Parsed

#: Verbs that, with a clause of their own, are a report beside the first one and no part of it.
PLAIN = word_set("say tell add argue insist warn claim")
BESIDE = word_set("while whereas although though")
QUESTION_WORDS = word_set("if whether why how what who when where which")
#: Objects that stand for words and are none: “said so”, “told the story”.
EMPTY_OBJECTS = word_set(
    "it this that them him her me us you so what which who nothing something anything"
)


def content_of(parsed: Parsed, verb: Token, sense: Sense) -> set[int]:
    """The tokens of what was said; empty when the verb has nothing of the kind that its sense asks for."""
    found: set[int] = set()
    for frame, read in READERS.items():
        if frame in sense.frames and not found:
            found = read(parsed, verb)
    if not found:
        found = _after_preposition(verb, sense)
    if not found and CLAUSE in sense.frames:
        found = _held(verb)
    return found


def _held(verb: Token) -> set[int]:
    """“Doe is said to have left”: the passive subject and what is held of it."""
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    claim = next((c for c in verb.children if c.dep_ == "xcomp" and _has_to(c)), None)
    return below(subject) | below(claim) if subject is not None and claim is not None else set()


def _clause(parsed: Parsed, verb: Token) -> set[int]:
    found: set[int] = set()
    clear = clear_of(verb)
    if verb.lemma_ == "make":
        return _made_clear(verb, clear) if clear is not None else found
    for child in verb.children:
        if child.dep_ == "ccomp" and (child.i > verb.i or is_aside(verb)):
            found |= below(child, without={verb.i, *regained(verb, child)})
    if not found and verb.dep_ in ("parataxis", "ccomp", "advcl") and is_aside(verb):
        found = below(verb.head, without={verb.i}) | _resumed(verb)
    elif found and not _has_comma_after(verb) and max(found) > verb.i:
        found = {i for i in found if i > verb.i}
    return _from_that(verb, found)


def _made_clear(verb: Token, clear: Token) -> set[int]:
    for child in (*clear.children, *verb.children):
        if child.dep_ in ("ccomp", "advcl", "relcl", "xcomp") and child.i > clear.i + 1:
            return {i for i in below(child, without=regained(verb, child)) if i > clear.i}
    return set()


def regained(verb: Token, clause: Token) -> list[int]:
    """Verbs, with their “and”, that the parser joined to the clause although the speaker does them.

    “said she would resign and called the vote a fraud”; “said the tax rose, adding that it would rise again”.
    """
    found = [c.i for c in clause.children if c.i > clause.i and _is_beside(c)]
    current: Token | None = clause
    while current is not None:
        following = next(
            (c for c in current.children if c.dep_ == "conj" and c.pos_ == "VERB"), None
        )
        if following is not None and _is_speakers(verb, current, following):
            links = [c.i for c in current.children if c.dep_ in ("cc", "punct") and c.i > current.i]
            return [*found, following.i, *(i for i in links if i < following.i)]
        current = following
    return found


def _is_beside(token: Token) -> bool:
    """“…, adding that …”; “…, while residents fear …”"""
    if token.dep_ != "advcl" or token.lemma_ not in SENSES:
        return False
    if token.tag_ == "VBG":
        first = token.left_edge.i
        return any(t.text == "," for t in token.doc[max(0, first - 2) : first] if t.is_punct)
    mark = next((child for child in token.children if child.dep_ == "mark"), None)
    has_clause = any(child.dep_ == "ccomp" for child in token.children)
    return mark is not None and mark.lower_ in BESIDE and has_clause


def _is_speakers(verb: Token, first: Token, second: Token) -> bool:
    subjects = [
        child for child in second.children if child.dep_ in ("nsubj", "nsubjpass", "mark", "expl")
    ]
    if subjects:
        is_report = (
            second.lemma_ in PLAIN and second.tag_ == verb.tag_ and subjects[0].dep_ == "nsubj"
        )
        return is_report and any(child.dep_ == "ccomp" for child in second.children)
    if second.lemma_ in SENSES and second.tag_ == verb.tag_:
        return True
    return _tense(first) == "MD" and _tense(second) == verb.tag_


def _tense(verb: Token) -> str:
    """The tag of what makes the verb finite: itself or its first auxiliary."""
    return next(
        (child.tag_ for child in verb.children if child.dep_ in ("aux", "auxpass")), verb.tag_
    )


def _has_comma_after(verb: Token) -> bool:
    last = max([verb.i, *(c.i for c in verb.children if c.dep_ in ("prt", "npadvmod"))])
    return last + 1 < len(verb.doc) and verb.doc[last + 1].text in (",", "—", "–", "”")


def _resumed(verb: Token) -> set[int]:
    """“The ship was late, Roe says, because the crew was tired”: what follows the aside goes on with the report."""
    if not _has_comma_after(verb):
        return set()
    following = (c for c in verb.children if c.i > verb.i and c.dep_ in ("advcl", "prep", "ccomp"))
    clause = next((c for c in following if c.dep_ == "ccomp" or _is_marked(c)), None)
    return below(clause) if clause is not None else set()


def _is_marked(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.i < clause.i for child in clause.children)


def _from_that(verb: Token, found: set[int]) -> set[int]:
    """Adverbs before “that” belong to the saying: “said only that …”."""
    first = min(found, default=-1)
    while 0 <= first < max(found, default=-1) and verb.doc[first].pos_ == "ADV":
        if verb.doc[first].tag_ == "WRB":
            return found
        first += 1
    is_that = first >= 0 and verb.doc[first].lower_ in ("that", "if", "whether")
    return {i for i in found if i >= first} if is_that else found


def is_aside(verb: Token) -> bool:
    """“The tax, he said, rose”; “the tax rose, he said”: the report is set off by a comma or a quotation mark."""
    if not any(child.dep_ == "nsubj" for child in verb.children):
        return False
    first = min(below(verb, without=[c.i for c in verb.children if c.dep_ in ("ccomp", "punct")]))
    return first > 0 and verb.doc[first - 1].text in (",", "”", "—", "–", "-", "--")


def _quote(parsed: Parsed, verb: Token) -> set[int]:
    found: set[int] = set()
    for child in verb.children:
        if parsed.quoted[child.i] >= 0 and child.dep_ not in (
            "punct",
            "nsubj",
            "nsubjpass",
            "advmod",
            "aux",
        ):
            found |= below(child, without={verb.i})
    return found


def _infinitive(parsed: Parsed, verb: Token) -> set[int]:
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and child.i > verb.i and _has_to(child):
            return below(child) | _asked(verb, child)
    return set()


def _asked(verb: Token, demand: Token) -> set[int]:
    """“urged the council to act”: who is to act is part of what is urged."""
    between = (c for c in verb.children if c.dep_ in ("dobj", "dative") and verb.i < c.i < demand.i)
    return {i for child in between for i in below(child)}


def _has_to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.text.lower() == "to" for child in verb.children)


def _object(parsed: Parsed, verb: Token) -> set[int]:
    for child in verb.children:
        if child.dep_ == "dobj" and child.text.lower() not in EMPTY_OBJECTS:
            reasons = (
                c for c in verb.children if c.dep_ == "prep" and c.lower_ == "for" and c.i > child.i
            )
            return below(child) | {i for reason in reasons for i in below(reason)}
    return set()


def _naming(parsed: Parsed, verb: Token) -> set[int]:
    """“called the plan a mistake”, “described it as reckless”: the thing and what it is said to be."""
    thing: set[int] = set()
    said: set[int] = set()
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            thing |= below(child)
            quoted = (c for c in child.children if c.dep_ == "appos" and parsed.quoted[c.i] >= 0)
            said |= {i for name in quoted for i in below(name)}
        elif child.dep_ in ("oprd", "xcomp") or (child.dep_ == "ccomp" and child.i > verb.i):
            said |= below(child, without={verb.i})
        elif child.dep_ == "prep" and child.text.lower() == "as":
            said |= below(child)
    return thing | said if said else set()


def _after_preposition(verb: Token, sense: Sense) -> set[int]:
    accused = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)
    holders = [verb] if accused is None or "of" not in sense.frames else [verb, accused]
    for holder in holders:
        for child in holder.children:
            if child.dep_ == "prep" and child.lower_ in sense.frames and child.i > verb.i:
                objects = [word for word in child.children if word.dep_ in ("pobj", "pcomp")]
                if objects:
                    return below(objects[0]) | _accused(accused, child)
    return set()


def _accused(accused: Token | None, prep: Token) -> set[int]:
    """“accused the mayor of lying”: the accused and what of."""
    if prep.lower_ != "of" or accused is None:
        return set()
    return below(accused) | ({prep.i} if accused.dep_ == "dobj" else set())


READERS = {
    CLAUSE: _clause,
    QUOTE: _quote,
    NAMING: _naming,
    INFINITIVE: _infinitive,
    OBJECT: _object,
}


def is_question(verb: Token) -> bool:
    """Whether what the verb brings is a question: “asked if …”, “would not say whether …”."""
    return any(_asks(child) for child in verb.children if child.dep_ in ("ccomp", "advcl"))


def _asks(clause: Token) -> bool:
    return clause.doc[clause.left_edge.i].lower_ in QUESTION_WORDS
