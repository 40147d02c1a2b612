"""Do statements stand alone? Counts those with a pronoun that nobody can tell, and prints some to be read by eye.

    python -m benchmarks.detection_statements ../shared/data             # the share, our engine beside the light one
    python -m benchmarks.detection_statements ../shared/data --read 60   # with the article's words, to be read

The share is taken on 100 news articles drawn with a fixed seed. The rule is `RULE`; it looks at the statement alone,
parsed by the packaged pipeline, and knows nothing of how the statement was made. It counts what it cannot tell
against the engine. Whether a statement says what the article says, only a reader can tell: hence `--read`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from articles.document import Document
from articles.ingest.plain_text import read_layout
from claims.detection.base import Candidate
from claims.detection.lite import LiteEngine
from claims.detection.rules.engine import RulesEngine
from claims.detection.rules.parsing import pipeline
from claims.detection.segments import read_body

RULE = (
    "A statement has an unresolved pronoun if it holds: I, me, my, we, us, our without a name in brackets after its "
    "first such word, or with “the speaker” there; you, your; he, she (and their forms) with no name or word for a "
    "person before it in the statement; it, its with no singular noun before it, unless “it” only fills a place (“it "
    "is known that”); they, them, their with no plural, collective or joined nouns before it; this, that, these, those "
    "without a noun (“those who” is one with it); or if it begins with who, which, whose, whom."
)
SOURCES = (
    "wikinews_295_ccby.jsonl",
    "bbc_2225.jsonl.gz",
    "reuters_19043.jsonl.gz",
    "quotes_polnear_dev.jsonl",
)
A_SOURCE = 25
FIRST = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}
SECOND = {"you", "your", "yours", "yourself", "yourselves"}
HE = {"he", "him", "his", "himself", "she", "her", "hers", "herself"}
IT = {"it", "its", "itself"}
THEY = {"they", "them", "their", "theirs", "themselves"}
FILLING = {
    "be",
    "seem",
    "appear",
    "take",
    "happen",
    "turn",
    "rain",
    "snow",
    "mean",
    "matter",
    "remain",
    "become",
    "make",
}


def articles(folder: Path, seed: int) -> list[Document]:
    """25 articles of each source."""
    found: list[Document] = []
    for name in SOURCES:
        path = folder / name
        content = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
        rows = [json.loads(line) for line in content.splitlines()]
        rows = [row for row in rows if len(row["text"]) > 400]
        for row in random.Random(seed).sample(rows, A_SOURCE):
            document = read_layout(row["text"]).document
            found.append(replace(document, published_on=_day(row.get("date") or "")))
    return found


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return None


def unresolved(doc) -> str:
    """The first word that nobody can tell from this statement alone, or nothing."""
    is_first_told = False
    for token in doc:
        word = token.lower_
        if word in FIRST and token.text not in ("US", "Us") and token.tag_.startswith("PRP"):
            gloss = doc[token.i + 1 : token.i + 5].text
            is_first_told |= gloss.startswith("[") and "the speaker" not in gloss
            if not is_first_told and not (word == "us" and token.nbor(-1).lower_ == "let"):
                return token.text
        if word in SECOND or (word in ("who", "which", "whose", "whom") and token.i == 0):
            return token.text
        if word in HE and not any(_is_someone(other) for other in doc[: token.i]):
            return token.text
        if word in IT and not _fills(token) and not any(_is_something(o) for o in doc[: token.i]):
            return token.text
        if word in THEY and not any(_is_many(other) for other in doc[: token.i]):
            return token.text
        if _is_bare_demonstrative(token):
            return token.text
    return ""


def _is_someone(token) -> bool:
    from claims.detection.rules.people import PERSONAL

    return (
        token.pos_ == "PROPN"
        or token.lower_ in PERSONAL
        or token.lower_ in ("who", "everyone", "someone", "one")
    )


def _is_something(token) -> bool:
    return (
        token.pos_ in ("NOUN", "PROPN") and token.tag_ in ("NN", "NNP") and token.dep_ != "npadvmod"
    )


def _is_many(token) -> bool:
    is_joined = any(child.dep_ == "conj" for child in token.children)
    is_collective = token.pos_ == "PROPN" or _is_someone(token) or token.lower_ in (
        "people", "police", "company", "team", "government", "group", "party", "club", "union", "firm", "family",
    )  # fmt: skip
    return (
        token.pos_ in ("NOUN", "PROPN") and (is_joined or token.tag_ in ("NNS", "NNPS"))
    ) or is_collective


def _fills(token) -> bool:
    """“It is known that …”, “it took years to …”, “it rained”: no noun is meant."""
    if token.lower_ != "it":
        return False
    verb = token.head
    later = {child.dep_ for child in verb.children if child.i > verb.i}
    has_clause = bool(later & {"ccomp", "xcomp", "csubj", "advcl", "relcl", "acl"}) or any(
        child.tag_ == "IN" and child.lower_ == "that" for child in verb.subtree
    )
    if token.dep_ == "expl" or verb.lemma_ in ("rain", "snow"):
        return True
    if token.dep_ in ("nsubj", "nsubjpass") and has_clause:
        return verb.lemma_ in FILLING or token.dep_ == "nsubjpass"
    return token.dep_ in ("dobj", "nsubj") and verb.pos_ in ("ADJ",) and has_clause


def _is_bare_demonstrative(token) -> bool:
    if token.lower_ not in ("this", "that", "these", "those") or token.tag_ not in ("DT", "PRP"):
        return False
    if token.dep_ in ("det", "advmod", "mark", "predet") or token.i + 1 >= len(token.doc):
        return token.dep_ not in ("det", "advmod", "mark", "predet")
    return token.nbor(1).lower_ not in (
        "who",
        "of",
        "in",
        "with",
        "from",
        "whose",
        "on",
        "at",
        "that",
        "which",
    )


def share(statements: list[str]) -> tuple[float, Counter[str]]:
    """How many of the statements are free of unresolved pronouns, and which words spoil the others."""
    spoilt = Counter(
        word.lower() for doc in pipeline().pipe(statements) if (word := unresolved(doc))
    )
    return 1 - sum(spoilt.values()) / max(1, len(statements)), spoilt


def card(folder: Path, seed: int = 4) -> list[str]:
    """The lines of the score card."""
    documents = articles(folder, seed)
    lines = [f"Statements free of unresolved pronouns, {len(documents)} news articles", RULE]
    for engine in (RulesEngine(), LiteEngine()):
        found = [c.statement for document in documents for c in engine.detect(document).candidates]
        part, spoilt = share(found)
        worst = ", ".join(f"{word} {count}" for word, count in spoilt.most_common(8))
        lines.append(
            f"{engine.name:>12}  {part:.3f} of {len(found)} statements   (the others: {worst})"
        )
    return lines


def read(folder: Path, count: int, seed: int) -> list[str]:
    """Statements drawn at random, each beside its sentence and the two before it."""
    engine = RulesEngine()
    drawn: list[tuple[Document, Candidate]] = []
    for document in articles(folder, seed):
        drawn.extend((document, candidate) for candidate in engine.detect(document).candidates)
    lines: list[str] = []
    for number, (document, candidate) in enumerate(random.Random(seed).sample(drawn, count), 1):
        sentences = read_body(document)
        at = next(
            i for i, s in enumerate(sentences) if s.start <= candidate.spans[-1].start < s.end
        )
        passage = [
            document.text[s.start : s.end].replace("\n", " ")
            for s in sentences[max(0, at - 2) : at + 1]
        ]
        who = candidate.attribution.name if candidate.attribution else "–"
        lines += [f"{number}. {candidate.statement}   [{candidate.mode}: {who}]"]
        lines += [f"     {'>' if words is passage[-1] else '|'} {words}" for words in passage]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--read", type=int, default=0)
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    lines = (
        read(options.folder, options.read, options.seed)
        if options.read
        else card(options.folder, options.seed)
    )
    print("\n".join(lines))


if __name__ == "__main__":
    main()
