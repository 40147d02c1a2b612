"""“I” and “we” in a speaker's own words, told by somebody else.

“I” becomes the speaker's name and its verbs the third person's. Who belongs to “we” the speaker alone knows:
the word stays, with the speaker's side beside it in brackets, as editors do. The same is done with “I” wherever a
change of verb would be needed that the grammar does not show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.detection.rules.inflection import possessive, present
from claims.detection.rules.pieces import Draft
from claims.detection.speakers import HEADS

if TYPE_CHECKING:
    from spacy.tokens import Token

SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
FIRST = SINGULAR | PLURAL
#: What “I” takes, and what a name takes.
AGREEING = {"am": "is", "'m": " is", "’m": " is", "m": " is", "have": "has", "'ve": " has", "’ve": " has",
            "do": "does", "are": "is"}  # fmt: skip
LOOSE = {"'ll": " will", "’ll": " will"}


def tell(draft: Draft, speaker: str, *, is_marked: bool = True) -> None:
    """Put the speaker in place of the first person in the draft: within quotation marks, or outside of them."""
    tokens = [draft.sentence.doc[item] for item in draft.order if isinstance(item, int)]
    first = [
        token
        for token in tokens
        if token.lower_ in FIRST
        and token.tag_.startswith("PRP")
        and token.text != "US"
        and _is_marked(draft, token.i) == is_marked
    ]
    if not first or not speaker:
        return
    name = Name(speaker)
    is_whole = all(_is_marked(draft, token.i) == is_marked for token in tokens)
    for token in first:
        if token.lower_ in PLURAL:
            _gloss_we(draft, token, name)
        elif not (is_whole and _replaced(draft, token, name)):
            _gloss(draft, token, name.once())


def _is_marked(draft: Draft, index: int) -> bool:
    return draft.sentence.quoted[index] >= 0


class Name:
    """A speaker's name, in full the first time and short after that."""

    def __init__(self, speaker: str) -> None:
        self.full = _definite(speaker)
        words = speaker.split()
        self.is_many = (words[-1].lower().endswith("s") and words[-1].islower()) or words[
            -1
        ].lower() == "police"
        self._is_short = 1 < len(words) < 4 and all(word[:1].isupper() for word in words)
        self.is_named = words[-1][:1].isupper()
        self._told: set[str] = set()
        self.is_side_told = False

    def once(self) -> str:
        return "" if self._told else self.next()

    def next(self) -> str:
        is_first = not self._told
        self._told.add(self.full)
        return self.full if is_first or not self._is_short else self.full.rpartition(" ")[2]

    def side(self) -> str:
        """Whom “we” may be: an office or company itself, or the side of a person."""
        last = self.full.split()[-1].lower()
        is_body = self.is_many or (
            last in HEADS and not self.is_named and last.endswith(("y", "t", "n", "p"))
        )
        return self.full if is_body and self.is_many else f"{possessive(self.full)} side"


def _definite(speaker: str) -> str:
    first, _, rest = speaker.partition(" ")
    return f"the {rest}" if first.lower() in ("a", "an", "the") and rest else speaker


def _gloss_we(draft: Draft, token: Token, name: Name) -> None:
    """The first “we” says whose it is, the next ones are the same."""
    if name.is_side_told or (token.lower_ == "us" and token.i and token.nbor(-1).lower_ == "let"):
        return
    name.is_side_told = True
    _gloss(draft, token, possessive(name.side()) if token.lower_ == "our" else name.side())


def _gloss(draft: Draft, token: Token, words: str) -> None:
    if words:
        draft.after[token.i] = f" [{words}]"


def _replaced(draft: Draft, token: Token, name: Name) -> bool:
    """Put the name in place where the grammar shows what must change with it."""
    if name.is_many or any(child.dep_ in ("conj", "appos") for child in token.children):
        return False
    if token.lower_ == "my" and token.dep_ == "poss":
        draft.instead[token.i] = possessive(name.next())
        return True
    if token.lower_ == "me" and token.dep_ in ("dobj", "pobj", "dative"):
        draft.instead[token.i] = name.next()
        return True
    if token.lower_ != "i" or token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    changes = _agreement(token)
    if changes is None:
        return False
    draft.instead.update(changes)
    draft.instead[token.i] = name.next()
    return True


def _agreement(subject: Token) -> dict[int, str] | None:
    """How the verbs of “I” change; None when a verb's form is not plain."""
    changes: dict[int, str] = {}
    for verb in _verbs(subject.head):
        helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i]
        finite = helpers[0] if helpers else verb
        if finite.i < subject.i:
            return None
        change = _changed(finite, verb)
        if change is None:
            return None
        if change:
            changes[finite.i] = change
    return changes


def _verbs(head: Token) -> list[Token]:
    """The verb of a subject and those joined to it that have none of their own."""
    found = [head]
    for child in head.children:
        has_own = any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in child.children)
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and not has_own:
            found.extend(_verbs(child))
    return found


def _changed(finite: Token, verb: Token) -> str | None:
    """The form for a name, nothing when it is the same, None when that cannot be told."""
    word = finite.lower_
    if word in ("'d", "’d"):
        return " had" if verb.tag_ == "VBN" else " would"
    if word in LOOSE:
        return LOOSE[word]
    if word in AGREEING:
        return AGREEING[word]
    if finite.tag_ == "MD" or word in ("was", "had", "did", "were"):
        return ""
    if finite.tag_ == "VBP":
        return present(finite.lemma_.lower())
    if finite.tag_ in ("VBD", "VBG", "VBN"):
        return ""
    return None if finite.i == verb.i and verb.dep_ != "conj" else ""
