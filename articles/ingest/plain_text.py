"""How a plain text is laid out as an article: which run is headline, heading, caption, paragraph.

Plain text marks none of this, so a run is named by its own words where they tell (`furniture`),
and else by its form and place: a title is short and does not end as a sentence does, the first
title is the headline, and a title is a heading only when the article goes on after it.
When in doubt a run is a paragraph: a paragraph is read for claims, so nothing is lost.
"""

import re

from articles.document import Block, BlockKind, Document
from articles.ingest import furniture
from articles.ingest.base import ReadArticle
from articles.ingest.lines import BULLET_SIGN, CLOSERS, Run, is_finished, join_lines

Kinds = list[BlockKind | None]

LONGEST_HEADLINE = 220
LONGEST_FINISHED_HEADLINE = 160
LONGEST_STANDFIRST = 350
LONGEST_HEADING, MOST_HEADING_WORDS = 80, 12
LEDE = 80
FOOT = 4
TOP = 8
REPEATED_SHARE = 0.5

#: A sentence that ends and another that begins: not a title.
TWO_SENTENCES = re.compile(r"(?:[^\W\d_]{4,}|\d)[.!?][\"”’)]?\s+[^\W\d_a-z]|[。！？].")
LONE_QUOTATION = re.compile(
    r"(?:“[^”]{8,}”|\"[^\"]{8,}\"|«[^»]{8,}»|»[^«]{8,}«|„[^“”]{8,}[“”]|「[^」]{6,}」|‘[^‘]{8,}’)"
    r"\.?(?:\s*[–—―-]{1,2}\s*[^\s.][^.\n]{1,80})?"
)
#: “TAIPEI (Reuters) - ”, “HEMPSTEAD, N.Y., Sept. 26 (UPI) — ”: how an agency's lede begins.
WIRE_DATELINE = re.compile(r"[^\W\d_a-z]{2}[^()\n]{0,50}\([^()\n]{2,20}\)\s*[-–—]")
#: A lede says on which day; a headline does not.
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
WORD = re.compile(r"[^\W\d_]{4,}")
#: Kinds that may stand between a title and the text that it opens.
PASSED_OVER = frozenset({BlockKind.CAPTION, BlockKind.FURNITURE, BlockKind.BYLINE})


def read_layout(text: str) -> ReadArticle:
    """Lay out a tidied text. The blocks cover every character that is not white space."""
    blocks = _lay_out(text)
    title = next((_words(text, b) for b in blocks if b.kind is BlockKind.HEADLINE), "")
    bylines = (_words(text, b) for b in blocks if b.kind is BlockKind.BYLINE)
    byline = next((line for line in bylines if not furniture.is_date(line)), "")
    return ReadArticle(
        document=Document(text, tuple(blocks)),
        media_type="text/plain",
        title=title,
        byline=furniture.name_in_byline(byline),
    )


def _words(text: str, block: Block) -> str:
    return " ".join(text[block.start : block.end].split())


def _lay_out(text: str) -> list[Block]:
    runs = _with_credits(text, join_lines(text))
    texts = [text[run.start : run.end] for run in runs]
    kinds: Kinds = [_by_own_words(words) for words in texts]
    _name_bylines(texts, kinds)
    headline = _name_headline(texts, kinds)
    if headline is not None:
        _name_standfirst(texts, kinds, headline + 1)
    _name_headings(texts, kinds)
    return [
        Block(kind or BlockKind.PARAGRAPH, run.start, run.end)
        for run, kind in zip(runs, kinds, strict=True)
    ]


def _with_credits(text: str, runs: list[Run]) -> list[Run]:
    """Join a credit on a line of its own to the caption above it, when the two stand alone."""
    joined: list[Run] = []
    for place, run in enumerate(runs):
        pair = joined and joined[-1].group == run.group and joined[-1].line_count <= 3
        alone = pair and (place < 2 or runs[place - 2].group != run.group)
        last = place + 1 == len(runs) or runs[place + 1].group != run.group
        if alone and last and furniture.is_credit_alone(text[run.start : run.end]):
            above = joined.pop()
            run = Run(above.start, run.end, run.group, above.line_count + run.line_count)
        joined.append(run)
    return joined


def _by_own_words(words: str) -> BlockKind | None:
    if furniture.is_caption(words):
        return BlockKind.CAPTION
    if furniture.is_furniture(words):
        return BlockKind.FURNITURE
    if LONE_QUOTATION.fullmatch(words):
        return BlockKind.QUOTE
    return BlockKind.LIST_ITEM if BULLET_SIGN.match(words) else None


def _name_bylines(texts: list[str], kinds: Kinds) -> None:
    """Bylines stand above the first paragraph or at the foot."""
    lede = next((i for i, words in enumerate(texts) if len(words) > LEDE and is_finished(words)), 0)
    top = range(min(max(lede + 1, 2), TOP, len(texts)))
    foot = range(max(len(texts) - FOOT, 0), len(texts))
    for place in {*top, *foot}:
        if kinds[place] in (None, BlockKind.LIST_ITEM) and furniture.is_byline(texts[place]):
            kinds[place] = BlockKind.BYLINE


def _name_headline(texts: list[str], kinds: Kinds) -> int | None:
    place = next((i for i, kind in enumerate(kinds[:TOP]) if kind not in PASSED_OVER), None)
    if place is None or kinds[place] not in (None, BlockKind.QUOTE):
        return None
    body = [i for i in range(place + 1, len(texts)) if kinds[i] not in PASSED_OVER]
    if not body:
        return None
    words = texts[place]
    if kinds[place] is BlockKind.QUOTE and is_finished(words):
        return None
    if _is_title(words, LONGEST_HEADLINE) or _is_finished_headline(words, texts[body[0]]):
        kinds[place] = BlockKind.HEADLINE
        return place
    return None


def _is_title(words: str, longest: int) -> bool:
    return len(words) <= longest and not is_finished(words) and not TWO_SENTENCES.search(words)


def _is_finished_headline(words: str, following: str) -> bool:
    """A headline that ends with a full stop: in title case, a question, or said again at once."""
    if len(words) > LONGEST_FINISHED_HEADLINE or TWO_SENTENCES.search(words):
        return False
    long_words = WORD.findall(words)
    if len(long_words) < 3 or words[0] in '“"«„「‘':
        return False
    if WIRE_DATELINE.match(following) or sum(word[0].isupper() for word in long_words) >= 0.7 * len(
        long_words
    ):
        return True
    if words.rstrip(CLOSERS).endswith(("?", "？")):
        return True
    if WEEKDAY.search(words) or len(following) <= len(words):
        return False
    told = {word.lower() for word in WORD.findall(following)}
    repeated = sum(word.lower() in told for word in long_words)
    return repeated >= REPEATED_SHARE * len(long_words)


def _name_standfirst(texts: list[str], kinds: Kinds, first: int) -> None:
    """The run under the headline, when it is unfinished or stands above the byline."""
    place = next((i for i in range(first, len(texts)) if kinds[i] not in PASSED_OVER), None)
    if place is None or kinds[place] or place + 1 == len(texts):
        return
    words = texts[place]
    has_length = len(words.split()) >= 6 or (not words.isascii() and len(words) >= 12)
    above_byline = kinds[place + 1] is BlockKind.BYLINE and len(words) <= LONGEST_STANDFIRST
    if above_byline or (has_length and _is_title(words, LONGEST_STANDFIRST)):
        kinds[place] = BlockKind.STANDFIRST


def _name_headings(texts: list[str], kinds: Kinds) -> None:
    """From the end, so that what follows a title is known: without a text after it, it is none."""
    goes_on = False
    for place in range(len(texts) - 1, -1, -1):
        kind, words = kinds[place], texts[place]
        if kind in PASSED_OVER:
            continue
        if kind is None and goes_on and _is_heading(words):
            kinds[place] = BlockKind.HEADING
            continue
        goes_on = kind in (BlockKind.LIST_ITEM, BlockKind.QUOTE) or is_finished(words)


def _is_heading(words: str) -> bool:
    if (
        len(words) > LONGEST_HEADING
        or len(words.split()) > MOST_HEADING_WORDS
        or words[0].islower()
    ):
        return False
    if not any(map(str.isalpha, words)):
        return False
    if words.endswith(("?", "？")):
        return not TWO_SENTENCES.search(words) and words[0] not in '“"«„「‘-–—'
    return _is_title(words, LONGEST_HEADING)
