"""The sentence that stands for a claim by itself, made from the words of the article that assert it.

A claim is a few tokens of a parsed sentence. To be checked it must be understood without the article:
it needs a subject and a finite verb, its pronouns need names, its dates need a year. A statement may
never say what the article does not, so every step is taken only where the grammar leaves one reading,
and the article's own words are kept wherever it leaves two.

How an engine asks:

    teller = Teller(document, parsed)                    # `parsed`: what `parsing.parse(document)` gave, all of it
    teller.statement(sentence, tokens, speaker="Jane Doe")

`sentence` is one of `parsed`; `tokens` are the indexes in `sentence.doc` of the words that assert, in any
order: the content alone, without the words of saying (“the mayor said that”), with or without its conjunction,
its relative word, its outer marks and its subject. A subject that the clause shares or hangs on (a second
verb, a relative clause, a participle) is filled in from the grammar. `speaker` is who says it, as the desk
names them, in direct speech and in indirect; nothing in the article's own voice.
An empty statement means that these words cannot be told by themselves: assert them with the clause they hang on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from articles.document import Document
from claims.detection.rules.parsing import Parsed
from claims.detection.statements import said


class Teller:
    """Tells the claims of one document. It reads all of it first, to know who is who."""

    def __init__(self, document: Document, parsed: Sequence[Parsed]) -> None:
        self._document = document
        self._parsed = tuple(parsed)

    def statement(self, sentence: Parsed, tokens: Iterable[int], speaker: str = "") -> str:
        """The statement of these tokens, or nothing when they cannot be told by themselves."""
        runs = _runs(sorted(set(tokens)))
        places = [sentence.place(start, end) for start, end in runs]
        is_direct = all(sentence.quoted[start] >= 0 for start, _ in runs)
        return said(self._document.text, places, is_direct=is_direct) if places else ""


def _runs(tokens: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for token in tokens:
        if runs and runs[-1][1] == token:
            runs[-1] = (runs[-1][0], token + 1)
        else:
            runs.append((token, token + 1))
    return runs
