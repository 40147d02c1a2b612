"""From the words of a claim to a clause with a subject and a finite verb, in an order that reads.

A main clause is one already. A relative clause gets the noun it hangs on in place of “who” or “that”, a participle
the subject and the time of the verb it hangs on. What has no verb, or whose subject or time the grammar does
not settle, has no shape: nothing is made up for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.detection.rules.inflection import be, finite, past, possessive
from claims.detection.rules.mistaken import is_active_past, is_left_measure
from claims.detection.rules.tree import SUBJECTS
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Order = list[int | str]

#: Stands before a noun phrase for which no clause can be made.
SPOKEN_OF = "There is mention of"

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: Joins at the front that assert nothing by themselves, and those that take the assertion back.
DROPPED = word_set(
    "and but or nor yet so that because since while whereas although though as after before when where plus"
)
KEPT = word_set("if unless whether until till once lest")
#: A clause about one of these is true only of those it tells apart.
UNTOLD = word_set(
    "no every each any few none all most only neither either first last who what those such anyone everyone nobody"
)
MEASURES = word_set(
    "number group series range pair set lot kind sort type part majority couple dozen hundreds thousands"
)
#: Participles whose subject is the whole clause before them: “…, making it the longest strike”.
OF_THE_WHOLE = word_set(
    "make bring take leave mean raise prompt cause force allow lead push put give create send include compare depend "
    "follow accord help set turn keep result"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a claim and the verb at their head."""

    doc: Doc
    tokens: tuple[int, ...]
    head: Token
    inside: frozenset[int]
    below: frozenset[int]

    def __contains__(self, index: int) -> bool:
        return index in self.inside

    def own(self) -> list[int]:
        """The words below the head, in order."""
        return [index for index in self.tokens if index in self.below]

    def others(self) -> list[int]:
        return [index for index in self.tokens if index not in self.below]


def shape(doc: Doc, tokens: Sequence[int]) -> Order | None:
    """The words in the order of a sentence, or None when no sentence can be made of them."""
    tokens = _without_joins(doc, tokens)
    if not tokens:
        return None
    return _sentence(doc, tokens) or _as_it_stands(doc, tokens)


def _as_it_stands(doc: Doc, tokens: list[int]) -> Order | None:
    """What is the sentence itself keeps its words; a noun phrase is told as what is spoken of."""
    if any(doc[i].dep_ == "ROOT" and doc[i].pos_ in ("VERB", "AUX") for i in tokens):
        return [*tokens]
    if all(doc[i].is_punct or doc[i].sent.root.i in tokens for i in tokens):
        return [*tokens]
    tops = [doc[i] for i in tokens if doc[i].head.i not in tokens or doc[i].head.i == i]
    if len(tops) == 1 and tops[0].pos_ in ("NOUN", "PROPN"):
        return [SPOKEN_OF, *tokens]
    return None


def _sentence(doc: Doc, tokens: list[int]) -> Order | None:
    head = _head(doc, tokens)
    if head is None or _is_cut_short(doc, tokens, head):
        return None
    below = frozenset(token.i for token in head.subtree)
    clause = Clause(doc, tuple(tokens), head, frozenset(tokens), below)
    relative = _relative_word(clause)
    if relative is not None:
        return _relative(clause, relative)
    if _is_finite(clause):
        return _main(clause)
    if head.dep_ == "acl" and head.tag_ in ("VBN", "VBG"):
        return _reduced(clause)
    if head.tag_ in ("VBG", "VBN") and head.dep_ in ("advcl", "conj", "dep"):
        return _participial(clause)
    return None


def _without_joins(doc: Doc, tokens: Sequence[int]) -> list[int]:
    """Without marks and joins at the edges; a condition keeps its word."""
    kept = list(tokens)
    while kept and (
        doc[kept[0]].is_punct or _is_join(doc[kept[0]]) or is_left_measure(doc[kept[0]], kept)
    ):
        kept.pop(0)
    while kept and (
        doc[kept[-1]].lower_ in ("and", "but", "or") or doc[kept[-1]].text in (",", ";", ":", "-")
    ):
        kept.pop()
    return kept


def _is_join(token: Token) -> bool:
    if token.lower_ not in DROPPED:
        return False
    if token.lower_ == "so" and token.dep_ not in ("cc", "mark"):
        return False
    return token.dep_ in ("cc", "mark") or (
        token.lower_ in ("when", "where") and token.dep_ == "advmod"
    )


def _head(doc: Doc, tokens: Sequence[int]) -> Token | None:
    """The verb that says it: of the topmost words the one with most below it; under a noun, its clause."""
    inside = set(tokens)
    tops = [doc[i] for i in tokens if doc[i].head.i not in inside or doc[i].head.i == i]
    verbs = [
        top for top in tops if top.pos_ in ("VERB", "AUX") and top.dep_ not in ("aux", "auxpass")
    ]
    verbs = [
        verb
        for verb in verbs
        if any(i in inside and i != verb.i for i in (t.i for t in verb.subtree))
    ]
    if len(verbs) == 1:
        return verbs[0]
    if verbs:
        return max(verbs, key=lambda verb: (sum(t.i in inside for t in verb.subtree), -verb.i))
    hung = [
        child
        for top in tops
        for word in top.subtree
        for child in word.children
        if child.dep_ in ("relcl", "acl") and child.i in inside and word.i in inside
    ]
    covered = [
        verb for verb in hung if max(t.i for t in verb.subtree if t.i in inside) >= tokens[-1] - 1
    ]
    return covered[0] if len({verb.i for verb in covered}) >= 1 else None


def _is_cut_short(doc: Doc, tokens: Sequence[int], head: Token) -> bool:
    """Whether a word that the clause cannot do without is not among its words: “the trouble is”, “(what) it does”."""
    inside = set(tokens)
    if head.lemma_ == "be" and head.pos_ == "AUX":
        return not any(i > head.i and not doc[i].is_punct and doc[i].dep_ != "neg" for i in inside)
    asking = [t for t in head.lefts if t.tag_ in ("WP", "WRB", "WDT") and t.i not in inside]
    above = head.head
    if head.dep_ == "ccomp":
        asking += [t for t in above.lefts if t.tag_ in ("WP", "WRB") and t.i not in inside]
    return any(token.dep_ in ("dobj", "pobj", "attr", "nsubj") for token in asking)


def _is_finite(clause: Clause) -> bool:
    """Whether the verb, or a helper that is its own or lent to it, is finite."""
    if clause.head.tag_ in FINITE:
        return True
    helpers = [child for child in clause.head.children if child.dep_ in ("aux", "auxpass", "cop")]
    lent = [clause.doc[i] for i in clause.others() if clause.doc[i].dep_ in ("aux", "auxpass")]
    return any(helper.i in clause and helper.tag_ in FINITE for helper in (*helpers, *lent))


def _main(clause: Clause) -> Order | None:
    """A clause with its own subject, one that stands before it, or that of the verb it is joined to."""
    has_own = any(child.dep_ in SUBJECTS and child.i in clause for child in clause.head.children)
    lent = [
        i
        for i in clause.others()
        if i < clause.head.i and clause.doc[i].pos_ in ("NOUN", "PROPN", "PRON", "NUM")
    ]
    if has_own or lent:
        return list(clause.tokens)
    inverted = any(child.dep_ == "attr" and child.i in clause for child in clause.head.children)
    subject = _shared_subject(clause.head)
    if subject is None:
        return list(clause.tokens) if inverted else None
    return [*bare(subject), *clause.tokens]


def _shared_subject(verb: Token) -> Token | None:
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
        for child in verb.children:
            if child.dep_ in SUBJECTS and child.dep_ != "expl":
                return child if child.tag_ not in ("WDT", "WP") else None
    return None


def bare(noun: Token) -> list[int]:
    """A noun phrase without the clauses and asides that hang on it."""
    closed = {
        token.i
        for child in noun.children
        if child.dep_ in ("relcl", "acl", "appos", "advcl", "parataxis")
        for token in child.subtree
    }
    words = [token.i for token in noun.subtree if token.i not in closed]
    while words and noun.doc[words[-1]].is_punct and noun.doc[words[-1]].text not in ("”", ")"):
        words.pop()
    return words


def _relative_word(clause: Clause) -> Token | None:
    """“who”, “which” or “that” of this very clause; the head itself when the word is left out."""
    for index in clause.own():
        token = clause.doc[index]
        if token.tag_ in ("WDT", "WP", "WP$", "WRB") and index < clause.head.i:
            above = token
            while (
                above.head.i != clause.head.i and above.head.i in clause and above.head.i != above.i
            ):
                above = above.head
            if above.head.i == clause.head.i and clause.head.dep_ in ("relcl", "conj"):
                return token
    is_bare = clause.head.dep_ == "relcl" and bool(clause.others())
    return clause.head if is_bare else None


def _noun(clause: Clause) -> tuple[Order, Token] | None:
    """The noun phrase that the clause is about, unless the clause only tells which ones are meant."""
    words = [i for i in clause.others() if i < clause.head.i]
    while words and clause.doc[words[-1]].is_punct and clause.doc[words[-1]].text != "”":
        words.pop()
    noun = clause.head.head
    if noun.dep_ == "prep" or _may_hang_higher(clause, noun):
        return None
    if not words:
        words = [i for i in bare(noun) if i < clause.head.i]
    doc = clause.doc
    if noun.i not in words or any(
        doc[i].lower_ in UNTOLD or doc[i].tag_ in ("JJS", "RBS") for i in words
    ):
        return None
    if any(child.lower_ in UNTOLD for child in noun.lefts):
        return None
    if noun.pos_ not in ("NOUN", "PROPN") or any(
        child.dep_ == "neg" for child in noun.head.children
    ):
        return None
    return [*words], noun


def _may_hang_higher(clause: Clause, noun: Token) -> bool:
    """“a clause in the bill that would force …”: which of the two, the parse only guesses, unless the number tells."""
    if noun.dep_ != "pobj" or noun.head.head.pos_ not in ("NOUN", "PROPN"):
        return False
    upper = noun.head.head
    if noun.head.lower_ == "of" and (clause.head.dep_ == "acl" or upper.lower_ in MEASURES):
        return False
    verb = next((t for t in (*clause.head.lefts, clause.head) if t.tag_ in ("VBZ", "VBP")), None)
    tells_number = verb is not None and _is_plural(noun) != _is_plural(upper)
    who = any(token.lower_ == "who" for token in clause.head.lefts)
    return not tells_number and not (
        who and noun.ent_type_ == "PERSON" and upper.ent_type_ != "PERSON"
    )


def _relative(clause: Clause, word: Token) -> Order | None:
    found = _noun(clause)
    if found is None or word.tag_ == "WRB":
        return None
    noun, _ = found
    own = [i for i in clause.own() if i != word.i] if word.i != clause.head.i else clause.own()
    while own and (clause.doc[own[0]].is_punct or clause.doc[own[0]].dep_ == "cc"):
        own.pop(0)
    if not _is_finite(clause):
        return None
    if word.dep_ in ("nsubj", "nsubjpass") and word.head.i == clause.head.i:
        return [*noun, *own]
    if word.tag_ == "WP$" and own and word.head.dep_ in ("nsubj", "nsubjpass"):
        last = clause.doc[noun[-1]] if isinstance(noun[-1], int) else None
        mark = possessive(last.text)[len(last.text) :] if last is not None else ""
        return [*noun, mark, *own] if mark else None
    return _object_relative(clause, word, noun, own)


def _object_relative(clause: Clause, word: Token, noun: Order, own: list[int]) -> Order | None:
    """“the house that Doe had built”: Doe had built the house."""
    head = clause.head
    ties = {child.dep_ for child in head.children if child.i != word.i and child.i > head.i}
    has_subject = any(
        child.dep_ in ("nsubj", "nsubjpass") and child.i != word.i for child in head.children
    )
    is_object = word.i == head.i or (word.dep_ == "dobj" and word.head.i == head.i)
    if (
        not has_subject
        or not is_object
        or ties & {"dobj", "ccomp", "xcomp", "attr", "acomp", "agent"}
    ):
        return None
    if any(clause.doc[i].tag_ == "IN" and not list(clause.doc[i].children) for i in own):
        return None
    after = [child.i for child in head.children if child.dep_ == "prt"]
    place = own.index(max([head.i, *after])) + 1
    return [*own[:place], *noun, *own[place:]]


def _reduced(clause: Clause) -> Order | None:
    """“a delegation led by Doe”: the delegation was led by Doe, in the time of the verb above it."""
    found = _noun(clause)
    tag = _time_above(clause.head.head)
    if found is None or tag not in ("VBD", "VBZ", "VBP"):
        return None
    noun, word = found
    own = [i for i in clause.own() if i >= clause.head.i]
    if any(child.dep_ in SUBJECTS for child in clause.head.children) or len(own) < 2:
        return None
    if clause.head.tag_ == "VBG" and (word.tag_ not in ("NN", "NNP") or word.ent_type_ != "PERSON"):
        return None
    return [*noun, be(tag, is_plural=_is_plural(word)), *own]


def _time_above(token: Token) -> str:
    """The tag of the nearest finite verb that the words hang on; nothing where that is not plain."""
    while True:
        if token.pos_ in ("VERB", "AUX"):
            helpers = [child for child in token.children if child.dep_ in ("aux", "auxpass")]
            tags = {token.tag_, *(helper.tag_ for helper in helpers)}
            is_plain = token.tag_ in ("VBD", "VBZ", "VBP") and not tags & {"MD", "TO"}
            if any(child.dep_ in ("neg",) or child.lower_ == "if" for child in token.children):
                return ""
            if is_plain:
                return str(token.tag_)
            return (
                next((h.tag_ for h in helpers if h.tag_ == "VBD"), "") if "MD" not in tags else ""
            )
        if token.head.i == token.i:
            return ""
        token = token.head


def _is_plural(noun: Token) -> bool:
    is_many = noun.tag_ in ("NNS", "NNPS") or noun.lower_ in ("people", "police")
    return is_many or any(child.dep_ == "conj" for child in noun.children)


def _participial(clause: Clause) -> Order | None:
    """“Doe resigned, citing her health”: Doe cited her health."""
    head, doc = clause.head, clause.doc
    tag = _time_above(head.head)
    if tag not in ("VBD", "VBZ", "VBP") or head.lemma_ in OF_THE_WHOLE:
        return None
    subject = _subject_lent(clause)
    if subject is None or any(child.dep_ in SUBJECTS for child in head.children):
        return None
    words, noun = subject
    own = clause.own()
    first = doc[own[0]]
    if first.dep_ in ("prep", "mark") or first.tag_ in ("IN", "WRB", "TO"):
        return None
    is_plural = _is_plural(noun)
    helpers = [child for child in head.children if child.dep_ in ("aux", "auxpass")]
    if head.tag_ == "VBN" and is_active_past(head):
        return [*words, *own] if own[0] == head.i and past(head.lemma_) == head.lower_ else None
    is_joined = any(child.dep_ in ("neg", "conj", "cc") for child in head.children)
    if helpers:
        return None
    if is_joined or head.tag_ == "VBN" or own[0] != head.i:
        return [*words, be(tag, is_plural=is_plural), *own]
    return [*words, finite(head.lemma_, tag, is_plural=is_plural), *own[1:]]


def _subject_lent(clause: Clause) -> tuple[Order, Token] | None:
    """The subject among the words, or that of the verb the participle hangs on."""
    above = clause.head.head
    found = next((c for c in above.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if found is None or found.tag_ in ("WDT", "WP", "EX"):
        return None
    below = {t.i for t in found.subtree}
    lent = [i for i in clause.others() if i in below]
    words = lent or bare(found)
    return ([*words], found) if found.i in words else None
