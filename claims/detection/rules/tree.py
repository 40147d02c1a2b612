"""A part of a parsed sentence as a tree of its own.

A quotation is the speaker's sentence inside the reporter's, and the parser, which sees one string, ties
words of the one to words of the other. So what somebody is said to say, and what is left around it, are
read as two regions: only the ties inside a region count, and a word tied to the outside is a root.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
VERBAL = frozenset({"VERB", "AUX"})


class Region:
    """The tokens at `members`, in order, with the ties between them."""

    def __init__(self, doc: Doc, members: Iterable[int]) -> None:
        self.doc = doc
        self.members = tuple(sorted(members))
        self._inside = frozenset(self.members)
        self._children: dict[int, list[Token]] = {}
        self.roots: list[Token] = []
        for index in self.members:
            token = doc[index]
            if token.head.i == index or token.head.i not in self._inside:
                self.roots.append(token)
            else:
                self._children.setdefault(token.head.i, []).append(token)
        self._adopt()

    def _adopt(self) -> None:
        """Roots that are no clauses belong to what stands before them, the first ones to what follows."""
        roots, self.roots = self.roots, []
        early: list[Token] = []
        for root in roots:
            if self._stands_alone(root):
                self._children.setdefault(root.i, []).extend(early)
                self.roots.append(root)
                early = []
            elif not self.roots:
                early.append(root)
            else:
                self._children.setdefault(self._parent_for(root).i, []).append(root)
        self.roots = self.roots or early

    def _stands_alone(self, root: Token) -> bool:
        """Whether the root heads a clause with a subject, or is the first verb there is."""
        if root.pos_ not in VERBAL or root.dep_ in ("aux", "auxpass"):
            return self.subject(root) is not None and root.pos_ in ("NOUN", "ADJ", "PROPN")
        if self.subject(root) is not None:
            return True
        return not self.roots and len(self.subtree(root)) > 1

    def _parent_for(self, root: Token) -> Token:
        """A verb without a subject hangs on the clause before it, another word on the word before it."""
        if root.pos_ in VERBAL:
            return self.roots[-1]
        first = min(self.subtree(root))
        before = first - 1
        while before in self._inside and not self.doc[before].is_alpha:
            before -= 1
        if before not in self._inside or self.doc[before].dep_ == "cc":
            return self.roots[-1]
        return self.doc[before]

    def __contains__(self, index: int) -> bool:
        return index in self._inside

    def children(self, token: Token) -> list[Token]:
        return self._children.get(token.i, [])

    def subtree(self, token: Token, without: Iterable[int] = ()) -> set[int]:
        """The indexes of the token and all below it, but not of what hangs on those in `without`."""
        closed = frozenset(without)
        found: set[int] = set()
        waiting = [token]
        while waiting:
            current = waiting.pop()
            if current.i in closed or current.i in found:
                continue
            found.add(current.i)
            waiting.extend(self.children(current))
        return found

    def below(self, token: Token) -> Iterator[Token]:
        """The token and all below it, in the order of the text."""
        return (self.doc[index] for index in sorted(self.subtree(token)))

    def subject(self, token: Token) -> Token | None:
        return next((child for child in self.children(token) if child.dep_ in SUBJECTS), None)

    def mark(self, token: Token) -> str:
        """The word that makes the clause hang on another: “because”, “while”, “when”."""
        for child in self.children(token):
            if child.dep_ == "mark" or (child.dep_ == "advmod" and child.tag_ == "WRB"):
                return str(child.lower_)
        return ""

    def is_clause(self, token: Token) -> bool:
        """Whether the token is the head of a clause with a finite verb."""
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return True
        helpers = (
            child for child in self.children(token) if child.dep_ in ("aux", "auxpass", "cop")
        )
        return any(helper.tag_ in ("VBD", "VBZ", "VBP", "MD") for helper in helpers)

    def is_infinitive(self, token: Token) -> bool:
        return token.tag_ == "VB" and any(child.tag_ == "TO" for child in self.children(token))
