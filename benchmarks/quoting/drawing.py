"""Sources, and quotes drawn from them; and a plain judge of whether words stand in a text.

The judge shares no code with the project: it splits at white space and long dashes, and takes off what stands round a
word (quotation marks, brackets, closing punctuation) but nothing of a figure's sign, currency or point.
"""

import gzip
import json
import random
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

#: Words in a long source.
LONG = 10_000
FILES = ("wikinews_295_ccby.jsonl", "bbc_2225.jsonl.gz", "reuters_19043.jsonl.gz")
_PLAINER = str.maketrans(
    {
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‘’‚‛`´′", "'"),
        **dict.fromkeys("‐‑–−", "-"),
        **dict.fromkeys("—―", " "),
        **{"ﬃ": "ffi", "ﬄ": "ffl", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl"},
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", None),
    }
)
_SCALE = r"(?:hundred|thousand|million|billion|trillion|mln|bln|bn|percent|per cent|pct|pc)\b"
_ROUND = "\"'()[]{}"


def words_of(text):
    """The words as a reader takes them."""
    text = unicodedata.normalize("NFC", " ".join(text.translate(_PLAINER).split()))
    for mark in ("...", "…", "--", " - "):
        text = text.replace(mark, " ")
    found = []
    for word in text.split():
        word = word.strip(_ROUND).rstrip(".,;:!?\"')]}-").lstrip(_ROUND)
        if word.strip("-"):
            found.append(word)
    return found


@dataclass
class Source:
    """A text, and its words between spaces, so that other words are looked for as whole ones."""

    text: str

    @cached_property
    def words(self):
        return f" {' '.join(words_of(self.text))} "

    def holds(self, quote):
        return f" {' '.join(words_of(quote))} " in self.words


def read(folder, name):
    path = folder / name
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return [text for text in texts if len(text.split()) >= 60]


def draw_sources(rng, articles, count):
    """By turns one article, and as many joined as make a long source."""
    for index in range(count):
        texts, words = [], 0
        while words < (LONG if index % 2 else 1):
            texts.append(rng.choice(articles))
            words += len(texts[-1].split())
        yield Source("\n\n".join(texts).replace("\x00", ""))


def draw_quotes(rng, source, count):
    """A few words up to several sentences, from one white space to another, across lines and paragraphs."""
    places = [match.span() for match in re.finditer(r"\S+", source.text)]
    for _ in range(count):
        length = rng.choice((rng.randint(3, 8), rng.randint(6, 25), rng.randint(20, 90)))
        first = rng.randrange(max(1, len(places) - length))
        last = min(len(places), first + length) - 1
        quote = source.text[places[first][0] : places[last][1]]
        quote = quote.lstrip(_ROUND + ",;:").rstrip(_ROUND + ",;:")
        after = source.text[places[last][1] :][:20]
        before = source.text[: places[first][0]][-20:]
        if len(words_of(quote)) >= 3 and not cuts_number(before, quote, after):
            yield quote


def cuts_number(before, quote, after):
    """Whether a figure and its scale would be parted: “cost 40” is no true quote of “cost 40 million”."""
    begins = re.search(r"\d\s*$", before) and re.match(_SCALE, quote)
    ends = re.search(r"\d$", quote) and re.match(rf"\s+(?:{_SCALE})", after)
    return bool(begins or ends)


def rng_for(seed, name):
    return random.Random(f"{seed} {name}")
