"""What may not differ: a word, a number, a name, a negation, a unit, a sign. None of these may be verified.

Each function gives the quote with one such change, or None where it has nothing of the kind.
"""

import re

_FIGURE = re.compile(r"\d(?:[\d.,]*\d)?")
_NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty",
    "thirty", "forty", "fifty", "hundred", "thousand", "first", "second", "third", "half", "double",
)  # fmt: skip
_AMOUNTS = {
    "million": "billion", "billion": "million", "mln": "billion", "trillion": "billion", "thousand": "million",
    "bn": "m", "m": "bn", "millions": "billions",
}  # fmt: skip
_NEGATIONS = {
    "not": ("", "now"), "no": ("some", "a", ""), "never": ("ever", "always", ""), "without": ("with",),
    "cannot": ("can",), "nor": ("or",), "neither": ("either",), "none": ("some",), "nothing": ("something",),
}  # fmt: skip
_AUXILIARIES = (
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "should", "did", "does", "do",
    "may", "must",
)  # fmt: skip
_NAMES = ["Quell", "Adebayo", "Thornbury", "Okonkwo", "Ilves", "Marchetti", "Varga", "Norrland"]
_PLAIN = ["river", "quickly", "policy", "yellow", "before", "under", "old", "and", "the", "of"]
_OTHER_CURRENCY = {"$": "£", "£": "€", "€": "$", "¥": "$"}


def _pick(rng, matches):
    matches = list(matches)
    return rng.choice(matches) if matches else None


def _put(text, match, words):
    """Other words in this place; a word that is dropped takes its space with it."""
    before, after = text[: match.start()], text[match.end() :]
    if words:
        return before + words + after
    return before + after.lstrip() if not before.strip() else before.rstrip() + after


def _replace(rng, pattern, text, words):
    match = _pick(rng, re.finditer(pattern, text))
    return _put(text, match, words(match)) if match else None


def another_digit(rng, text):
    return _replace(rng, r"\d", text, lambda m: str((int(m.group()) + rng.randint(1, 9)) % 10))


def digit_dropped(rng, text):
    match = _pick(rng, re.finditer(r"(?<=\d)\d|\d(?=\d)", text))
    return text[: match.start()] + text[match.end() :] if match else None


def digit_added(rng, text):
    return _replace(rng, r"\d", text, lambda m: m.group() + str(rng.randint(0, 9)))


def numbers_swapped(rng, text):
    found = list(_FIGURE.finditer(text))
    if len(found) < 2:
        return None
    one, other = sorted(rng.sample(found, 2), key=lambda m: m.start())
    between = text[one.end() : other.start()]
    return text[: one.start()] + other.group() + between + one.group() + text[other.end() :]


def number_word(rng, text):
    pattern = rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b"
    return _replace(rng, pattern, text, lambda m: rng.choice(_NUMBER_WORDS))


def amount(rng, text):
    pattern = rf"\b(?:{'|'.join(_AMOUNTS)})\b|(?<=\d)(?:bn|m)\b"
    return _replace(rng, pattern, text, lambda m: _AMOUNTS[m.group()])


def amount_dropped(rng, text):
    return _replace(rng, r"\b(?:million|billion|mln|thousand|hundred)\b", text, lambda m: "")


def sign(rng, text):
    match = _pick(rng, re.finditer(r"(?<![^\s(])[-−]?(?=\d)", text))
    if match is None:
        return None
    return text[: match.start()] + ("" if match.group() else "-") + text[match.end() :]


def point_moved(rng, text):
    def moved(match):
        whole, part = match.group().split(".")
        return rng.choice((f"{whole}{part[0]}.{part[1:]}0", f"{whole}{part}", f".{whole}{part}"))

    return _replace(rng, r"\d+\.\d+", text, moved)


def point_added(rng, text):
    return _replace(rng, r"(?<=\d)(?=\d)", text, lambda m: ".")


def grouping(rng, text):
    return _replace(rng, r"(?<=\d),(?=\d{3})", text, lambda m: ".")


def currency(rng, text):
    return _replace(rng, r"[$£€¥]", text, lambda m: rng.choice(("", _OTHER_CURRENCY[m.group()])))


def percent(rng, text):
    return _replace(
        rng, r"%|\b(?:pct|percent|per cent)\b", text, lambda m: rng.choice(("", "points"))
    )


def range_of_numbers(rng, text):
    return _replace(rng, r"(?<=\d)[-–](?=\d)", text, lambda m: rng.choice((" ", "", ",")))


def range_made(rng, text):
    return _replace(rng, r"(?<=\d) (?:to|and|or) (?=\d)", text, lambda m: "-")


def name(rng, text):
    return _replace(rng, r"(?<=\s)[A-Z][a-z]{2,}\b", text, lambda m: rng.choice(_NAMES))


def letter_of_a_name(rng, text):
    def other(match):
        word, at = match.group(), rng.randrange(1, len(match.group()))
        return word[:at] + rng.choice([c for c in "aeiounrst" if c != word[at]]) + word[at + 1 :]

    return _replace(rng, r"(?<=\s)[A-Z][a-z]{2,}\b", text, other)


def negation(rng, text):
    pattern = rf"\b(?:{'|'.join(_NEGATIONS)})\b"
    return _replace(rng, pattern, text, lambda m: rng.choice(_NEGATIONS[m.group()]))


def contraction(rng, text):
    match = _pick(rng, re.finditer(r"n['’]t\b", text))
    return text[: match.start()] + text[match.end() :] if match else None


def apostrophe_cut(rng, text):
    match = _pick(rng, re.finditer(r"(?<=[a-z])['’](?:s|t|re|ve|ll|d)\b", text))
    return text[: match.start()] + text[match.end() :] if match else None


def negation_added(rng, text):
    pattern = rf"\b(?:{'|'.join(_AUXILIARIES)})\b(?= \w)"
    return _replace(rng, pattern, text, lambda m: f"{m.group()} not")


def prefix(rng, text):
    return _replace(rng, r"\b(?:un|in|im|dis|non-?)(?=[a-z]{4})", text, lambda m: "") or _replace(
        rng, r"\b(?=(?:able|likely|legal|certain|lawful|known|changed)\b)", text, lambda m: "un"
    )


def word_dropped(rng, text):
    return _replace(rng, r"(?<=\s)\w{2,}(?=\s)", text, lambda m: "")


def word_added(rng, text):
    return _replace(rng, r"\b\w+(?=\s)", text, lambda m: f"{m.group()} {rng.choice(_PLAIN)}")


def word_replaced(rng, text):
    return _replace(rng, r"\b[a-z]{2,}\b", text, lambda m: rng.choice(_PLAIN))


def words_swapped(rng, text):
    match = _pick(rng, re.finditer(r"\b(\w+)(\s+)(\w+)\b", text))
    return _put(text, match, match[3] + match[2] + match[1]) if match else None


def plural(rng, text):
    return _replace(
        rng,
        r"\b[a-z]{3,}\b",
        text,
        lambda m: m.group()[:-1] if m.group()[-1] == "s" else m.group() + "s",
    )


def case_of_a_name(rng, text):
    return _replace(rng, r"(?<=\s)[A-Z]\w+\b", text, lambda m: m.group().lower())


ALL = (
    another_digit, digit_dropped, digit_added, numbers_swapped, number_word, amount, amount_dropped, sign, point_moved,
    point_added, grouping, currency, percent, range_of_numbers, range_made, name, letter_of_a_name, negation,
    contraction, apostrophe_cut, negation_added, prefix, word_dropped, word_added, word_replaced, words_swapped, plural,
    case_of_a_name,
)  # fmt: skip
