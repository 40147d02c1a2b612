"""The sentence that stands for a claim, as near to standing alone as can be had without grammar.

The words stay the article's own: marks of quotation around the whole go, the first letter and the
full stop are put right, and who “I”, “he” or “she” is stands in square brackets, as editors do it.
"""

import re
from collections.abc import Sequence

from claims.detection.base import Place

MARKS = "“”„«»\"「」『』‘’'"
ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।", "۔")
CONNECTIVE = re.compile(r"(?:But|And|Yet|So),?\s+(?=\S)")
PLURAL = re.compile(r"(?:[^s'’]s|\bthem)$|\band\s", re.IGNORECASE)
SUBJECT_FORM = {"him": "he", "her": "she", "them": "they"}
FIRST_PERSON = re.compile(r"\bI\b(?![.\w])(?!['’-]\w{3,})")
THIRD_PERSON = re.compile(r"(?:He|She)\b")


def narrated(words: str, antecedent: str = "") -> str:
    """The statement of a sentence in the article's own voice."""
    statement = _finished(CONNECTIVE.sub("", words, count=1) if CONNECTIVE.match(words) else words)
    return _glossed(statement, THIRD_PERSON, antecedent)


def said(text: str, content: Sequence[Place], *, is_direct: bool, speaker: str = "") -> str:
    """The statement of what somebody is said to have said."""
    parts = [text[place.start : place.end].strip() for place in content]
    if is_direct:
        parts = [part.strip(MARKS).strip() for part in parts]
        statement = _finished(CONNECTIVE.sub("", " ".join(parts), count=1))
        return _glossed(statement, FIRST_PERSON, speaker)
    parts = [*(part.rstrip(",;:—– ") for part in parts[:-1]), *parts[-1:]]
    return _finished(" ".join(parts))


def called(thing: str, words: str) -> str:
    """“She called the plan ‘reckless’” asserts that the plan is so."""
    thing = re.sub(r"\s+(?:as|to be)$", "", thing.strip(" ,"))
    verb = "are" if PLURAL.search(thing) else "is"
    return _finished(f"{SUBJECT_FORM.get(thing.lower(), thing)} {verb} {words}")


def _glossed(statement: str, pronoun: re.Pattern[str], name: str) -> str:
    match = pronoun.match(statement) if pronoun is THIRD_PERSON else pronoun.search(statement)
    if match is None or not name:
        return statement
    return f"{statement[: match.end()]} [{name}]{statement[match.end() :]}"


def _finished(words: str) -> str:
    """One line that begins with a capital and ends as a sentence does."""
    line = " ".join(words.split()).strip(" ,;:—–")
    if not line:
        return ""
    line = line[0].upper() + line[1:] if line[0].islower() and len(line[0].upper()) == 1 else line
    return line if line.rstrip(MARKS + ")]").endswith(ENDS) else line + _full_stop(line)


def _full_stop(line: str) -> str:
    is_ideographic = bool(re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", line[-3:]))
    return "。" if is_ideographic else "."
