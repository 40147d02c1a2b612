"""The words of a sentence with names and numbers hidden behind signs, and the sort of word each is.

What a model learns of “Reagan” or “1984” is worth nothing for the next article, so it sees `<name>` and `<year>`.
A name is a capital inside a sentence: no list of names, no parse. The sorts of words stand in for parts of speech,
which need a parser: closed lists of function words, and endings for the rest.
"""

import re
from functools import lru_cache

from claims.detection.words import word_set

TOKEN = re.compile(
    r"[$£€]?\d(?:[\d,.:/]*\d)?%?|[^\W\d_]+(?:[’'][^\W\d_]+)*|[?!$%:;.\"“”]+", re.UNICODE
)
SHORTENED = ("n't", "'s", "'re", "'ve", "'ll", "'d", "'m")
ENDS_SENTENCE = frozenset('.?!:"“”;')
KEPT_MARKS = frozenset("?!%$:")
DAYS_AND_MONTHS = word_set(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday"
)
NUMBERS = word_set(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
SORTS = {
    "I": "i me my mine myself",
    "WE": "we us our ours ourselves",
    "YOU": "you your yours yourself yourselves",
    "HE": "he she him her his hers himself herself",
    "THEY": "they them their theirs themselves",
    "IT": "it its itself this that these those there",
    "MAY": "would could might may can cannot",
    "MUST": "must should ought need needs let shall",
    "WILL": "will 'll wo gonna going",
    "BE": "is are am be being 're 's 'm",
    "WAS": "was were been",
    "HAVE": "have has 've having",
    "HAD": "had 'd",
    "DO": "do does",
    "DID": "did done",
    "NOT": "not n't no never none nobody nothing neither nor",
    "WHO": "who what which when where why how whose whom",
    "THE": "the a an",
    "AND": "and or but because so if while although though than as until unless",
    "OF": "of in to for on with at by from about into over after before under between through during against without "
    "within per among across upon up down out off",
    "THINK": "think thinks believe believes hope hopes know want wants feel guess wish suppose mean say tell ask thank "
    "love like care agree understand dream",
    "PAST": "went came said told made took gave got saw knew thought found left lost won kept began brought bought "
    "built cut spent sent paid met ran led rose fell grew held wrote stood sat spoke broke chose drew drove became put "
    "set hit laid rode shot shut sold taught threw understood wore heard felt meant read quit bore beat struck stole "
    "fought sought caught dealt swore",
    "GOOD": "good great better best strong stronger proud bad worse worst wrong right important big hard tough fair "
    "wonderful terrible beautiful bold honest moral brave real true simple clear ready able sure bright",
    "MANY": "all every many most more less few some any much several least fewer both half each only first last "
    "largest highest lowest biggest million millions billion billions trillion trillions thousand thousands hundred "
    "hundreds dozen dozens percent percentage double twice rate number average total",
    "TIME": "year years month months week weeks day days today tonight yesterday tomorrow now ago century decade "
    "decades recently since already",
}
SORT_OF = {word: sort for sort, words in SORTS.items() for word in words.split()}
ENDINGS = (
    ("ed", "PAST"), ("ing", "ING"), ("ly", "LY"), ("tion", "NN"), ("ment", "NN"), ("ness", "NN"), ("ity", "NN"),
    ("ful", "JJ"), ("ous", "JJ"), ("able", "JJ"), ("ive", "JJ"), ("al", "JJ"), ("est", "JJ"), ("s", "NNS"),
)  # fmt: skip
SHORTEST_WITH_ENDING = 5
#: Of how many words it is remembered what they are: nearly all that come again, and a worker does not grow by the rest.
MOST_KEPT = 8_000
PLAIN = "W"


def tokens(sentence: str) -> list[str]:
    """Lower-case words and signs, in order; runs of names are one `<name>`."""
    if sentence.isupper():
        sentence = sentence.lower()
    found: list[str] = []
    is_first = True
    for raw in TOKEN.findall(sentence):
        parts, is_capital, ends = _read(raw)
        if is_capital and not is_first:
            if not found or found[-1] != "<name>":
                found.append("<name>")
            found.extend(parts[1:])
        else:
            found.extend(parts)
        is_first = ends
    return found


@lru_cache(maxsize=MOST_KEPT)
def _read(raw: str) -> tuple[tuple[str, ...], bool, bool]:
    """Its tokens, whether it is a name when inside a sentence, and whether a sentence may begin after it."""
    first = raw[0]
    if first.isdigit() or (first in "$£€" and len(raw) > 1):
        return (_number(raw),), False, False
    if not first.isalpha():
        kept = tuple(sorted(KEPT_MARKS.intersection(raw)))
        return kept, False, not ENDS_SENTENCE.isdisjoint(raw)
    word = raw.lower().replace("’", "'")
    if word in DAYS_AND_MONTHS and first.isupper():
        return ("<date>",), False, False
    if word in NUMBERS:
        return ("<number>",), False, False
    parts = _unshortened(word)
    return parts, first.isupper() and parts[0] != "i", False


def _number(raw: str) -> str:
    if raw[0] in "$£€":
        return "<money>"
    if raw[-1] == "%":
        return "<percent>"
    if len(raw) == len("1999") and raw.isdigit() and "1600" <= raw < "2100":
        return "<year>"
    return "<number>"


def _unshortened(word: str) -> tuple[str, ...]:
    """“don't” as “do” and “n't”."""
    for ending in SHORTENED:
        if word.endswith(ending) and len(word) > len(ending):
            return word[: -len(ending)], ending
    return (word,)


@lru_cache(maxsize=MOST_KEPT)
def sort_of(token: str) -> str:
    """The sort of word: a list it is in, an ending it has, or `W`."""
    if token[0] == "<" or not (token[0].isalpha() or token[0] == "'"):
        return token
    known = SORT_OF.get(token)
    if known:
        return known
    if len(token) >= SHORTEST_WITH_ENDING:
        for ending, sort in ENDINGS:
            if token.endswith(ending):
                return sort
    return PLAIN
