"""The pipeline's attribute rules read from a table: sort of word, morphology and irregular lemmas.

spaCy tries each of some 180 patterns at each token, which takes a tenth of the pipeline's time. Nearly all of them
look at one token alone, and only at its tag, its tie, and whether it is one of a few words; so what they say of a
token is asked once and kept. A text that may hold what the others look for, a pair of words (“let ’s”) or a form
(“nothin’”), is left to spaCy. The table cannot outgrow the words, tags and ties that the rules name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from spacy.attrs import (  # type: ignore[import-not-found]  # a compiled module without stubs
    DEP,
    IS_SPACE,
    LEMMA,
    LOWER,
    MORPH,
    POS,
    TAG,
)
from spacy.language import Language
from spacy.tokens.morphanalysis import MorphAnalysis

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

    #: Word (0 where no rule names it), tag, tie, and whether it is mere space.
    Key = tuple[int, int, int, int]
    Values = tuple[int, MorphAnalysis, int]
    Pattern = list[dict[str, Any]]

NAME = "attribute_table"
READ = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
WRITTEN = frozenset({POS, MORPH, LEMMA})
NEVER = r"(?!)"


@Language.factory(NAME)
def attribute_table(nlp: Language, name: str) -> AttributeTable:
    return AttributeTable(nlp.get_pipe("attribute_ruler"))  # type: ignore[arg-type]


class AttributeTable:
    """A component that does what the pipeline's `attribute_ruler` does."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        rules: Any = ruler.patterns
        patterns: list[Pattern] = [pattern for rule in rules for pattern in rule["patterns"]]
        specs = [spec for pattern in patterns for spec in pattern]
        odd = [pattern for pattern in patterns if len(pattern) > 1 or _forms(pattern)]
        is_known = all(spec.keys() <= READ for spec in specs)
        self._is_apt = is_known and all(_words(pattern) or _forms(pattern) for pattern in odd)
        strings = ruler.vocab.strings
        self._words = {strings.add(word) for spec in specs for word in _named(spec)}
        self._openers = {strings.add(word) for pattern in odd for word in _words(pattern)}
        forms = [form for pattern in odd if not _words(pattern) for form in _forms(pattern)]
        self._odd = re.compile("|".join(forms) or NEVER, re.MULTILINE)
        self._table: dict[Key, Values | None] = {}

    def __call__(self, doc: Doc) -> Doc:
        if not self._is_apt or self._odd.search("\n".join([token.lower_ for token in doc])):
            return self._ruler(doc)
        found = self._read(doc)
        if None in found:
            return self._ruler(doc)
        for token, (pos, morph, lemma) in zip(doc, filter(None, found), strict=True):
            token.pos, token.morph = pos, morph
            if lemma:
                token.lemma = lemma
        return doc

    def _read(self, doc: Doc) -> list[Values | None]:
        """What the rules say of each token, or None where they must be asked of all of them together."""
        found: list[Values | None] = []
        rows: list[Key] = doc.to_array([LOWER, TAG, DEP, IS_SPACE]).tolist()
        for index, (word, tag, dep, is_space) in enumerate(rows):
            key = (word if word in self._words else 0, tag, dep, is_space)
            if key not in self._table:
                self._table[key] = self._asked(doc, index, key)
            found.append(self._table[key])
        return found

    def _asked(self, doc: Doc, index: int, key: Key) -> Values | None:
        if self._openers & set(key[::2]):
            return None
        told: dict[int, int] = {}
        alone: Any = doc[index : index + 1]
        for rule, *_ in self._ruler.match(alone):
            told.update(self._ruler.attrs[rule])
        if not told.keys() <= WRITTEN:
            return None
        morph = MorphAnalysis.from_id(doc.vocab, told.get(MORPH, 0))
        return told.get(POS, 0), morph, told.get(LEMMA, 0)


def _words(pattern: Pattern) -> list[str]:
    """A word or tie of the first token that must be one: where there is none, the pattern does not match."""
    for spec in pattern:
        for name in ("LOWER", "DEP"):
            if isinstance(spec.get(name), str):
                return [spec[name]]
    return []


def _forms(pattern: Pattern) -> list[str]:
    """The regular expressions that words must fit."""
    values = [spec.get("LOWER") for spec in pattern]
    return [value["REGEX"] for value in values if isinstance(value, dict) and "REGEX" in value]


def _named(spec: dict[str, Any]) -> Iterator[str]:
    """The words that the rule tells from others."""
    match spec.get("LOWER"):
        case str(word):
            yield word
        case dict(choices):
            for words in (choices.get("IN", ()), choices.get("NOT_IN", ())):
                yield from words
