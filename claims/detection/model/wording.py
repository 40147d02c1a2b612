"""What of the model's words may stand: quotes that the article has, statements that add nothing to it.

A quote is found by us, exactly or in its typographic normal form, and only where it stands once. A
statement is prose of the model's, so it is held to the article by what can be counted: every number
and every name in it must be in the article, most of its words in the passage, and it is one line.
"""

import re
import unicodedata
from dataclasses import dataclass

from claims.detection.base import Place
from claims.detection.candidates import UNSPACED
from claims.detection.kinds import NUMBER
from claims.detection.words import word_set

LONGEST_STATEMENT = 600
STEM, LONG_WORD = 5, 4
SHARE_OF_PASSAGE = 0.5

#: Marks that typesetters and models write differently, as one.
NORMAL = {
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛‹›′`´"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
}
NUMBERS = re.compile(NUMBER, re.IGNORECASE)
WORD = re.compile(r"[^\W\d_][^\W_]*(?:[.&'’-][^\W_]+)*")
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
#: Capitalised words that are no names, where a sentence begins.
OPENING = word_set(
    """
    a an the this that these those there here it he she they we i you his her its their our my one two some
    many most all both each no not none in on at by for from with to of as if when while after before since
    because although though however but and or so yet during despite under over about more less only even
    """
)


def find_quote(text: str, quote: str, within: Place) -> Place | None:
    """Where the quote stands in this part of the text, when it stands there once."""
    if not any(map(str.isalnum, quote)):
        return None
    part = text[within.start : within.end]
    if found := _only(part, quote.strip()):
        return Place(within.start + found[0], within.start + found[1])
    plain, origins = _normal(part)
    found = _only(plain, _normal(quote)[0].strip())
    if found is None:
        return None
    return Place(within.start + origins[found[0]], within.start + origins[found[1] - 1] + 1)


def _only(text: str, words: str) -> tuple[int, int] | None:
    """The one place of the words that cuts no word in two."""
    places: list[tuple[int, int]] = []
    start = text.find(words) if words else -1
    while start >= 0 and len(places) < 2:
        end = start + len(words)
        if not _cuts_a_word(text, start) and not _cuts_a_word(text, end):
            places.append((start, end))
        start = text.find(words, start + 1)
    return places[0] if len(places) == 1 else None


def _cuts_a_word(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return False
    if unicodedata.combining(text[place]):
        return True
    pair = text[place - 1 : place + 1]
    return pair.isalnum() and not UNSPACED.search(pair)


def _normal(text: str) -> tuple[str, list[int]]:
    """One kind of quote, dash and blank, nothing invisible; and where each character came from."""
    signs: list[str] = []
    origins: list[int] = []
    for place, sign in enumerate(text):
        if sign in INVISIBLE or (sign.isspace() and signs and signs[-1] == " "):
            continue
        signs.append(" " if sign.isspace() else NORMAL.get(ord(sign), sign))
        origins.append(place)
    return "".join(signs), origins


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words and numbers of an article."""

    words: frozenset[str]
    numbers: frozenset[str]


def read_vocabulary(text: str) -> Vocabulary:
    return Vocabulary(frozenset(_words(text)), frozenset(_numbers(text)))


def _words(text: str) -> list[str]:
    """Words without what is added to them, whole and in their parts: Brinmouth's, Anglo-Saxon."""
    found: list[str] = []
    for match in WORD.finditer(text):
        word = _bare(match.group())
        found += [word, *re.split(r"[-'’&]", word)] if re.search(r"[-'’&]", word) else [word]
    return found


def _bare(word: str) -> str:
    return re.sub(r"['’]s$|['’]$", "", word).replace(".", "").casefold()


def _numbers(text: str) -> list[str]:
    return [match.group().replace(",", "").rstrip(".").lower() for match in NUMBERS.finditer(text)]


def fault_in_statement(statement: str, article: Vocabulary, passage: str) -> str:
    """Why this statement may not stand, or nothing."""
    if not any(map(str.isalnum, statement)):
        return "the statement is empty"
    if len(statement) > LONGEST_STATEMENT:
        return "the statement is too long"
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co", "Zl", "Zp") for sign in statement):
        return "the statement holds control characters"
    for number in _numbers(statement):
        if number not in article.numbers:
            return f"the article does not have the number “{number}”"
    for name in _names(statement):
        if not _is_known(name, article):
            return f"the article does not have the name “{name}”"
    return (
        "" if _is_near(statement, passage) else "the statement says something else than the passage"
    )


def _names(statement: str) -> list[str]:
    words = [match.group() for match in WORD.finditer(statement)]
    opening = words[:1] if words and words[0].casefold() not in OPENING else []
    return [word for word in [*opening, *words[1:]] if word[0].isupper() and word != "I"]


def _is_known(name: str, article: Vocabulary) -> bool:
    bare = _bare(name)
    if bare in article.words or bare.removesuffix("s") in article.words:
        return True
    parts = [part for part in re.split(r"[-&'’]", bare) if part]
    return len(parts) > 1 and all(part in article.words for part in parts)


def _is_near(statement: str, passage: str) -> bool:
    """Whether the statement consists of the passage's words, whatever their endings."""
    if UNSPACED.search(statement):
        signs = [sign for sign in statement if sign.isalnum()]
        return sum(sign in passage for sign in signs) >= SHARE_OF_PASSAGE * len(signs)
    stems = {word[:STEM] for word in _words(passage)}
    told = [word for word in _words(statement) if len(word) >= LONG_WORD]
    return sum(word[:STEM] in stems for word in told) >= SHARE_OF_PASSAGE * len(told)
