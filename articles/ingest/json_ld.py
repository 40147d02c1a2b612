"""The structured data (JSON-LD) of a web page: what it says of the article in it.

A page may hold many scripts, each one thing, a list or a graph of things, broken or nested without end.
The first thing that is an article is taken.
"""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ARTICLES = ("Article", "BlogPosting", "Report", "LiveBlogPosting", "AnalysisNewsArticle")
MOST_DEPTH, MOST_THINGS, MOST_NAMES = 6, 500, 12
LONGEST_SCRIPT = 1_000_000


@dataclass(frozen=True, slots=True)
class LinkedData:
    headline: str = ""
    authors: str = ""
    publisher: str = ""
    published: str = ""
    language: str = ""
    address: str = ""

    @classmethod
    def of(cls, tree: Any) -> "LinkedData":
        things = list(_things(tree))
        article = next((thing for thing in things if _is_article(thing)), None)
        if article is None:
            return cls()
        known = {one["@id"]: one for one in things if isinstance(one.get("@id"), str)}
        return cls(
            headline=_text(article.get("headline")) or _text(article.get("name")),
            authors=_joined(_names(article.get("author"), known)),
            publisher=next(iter(_names(article.get("publisher"), known)), ""),
            published=_text(article.get("datePublished")),
            language=_text(article.get("inLanguage")),
            address=_text(article.get("url")) or _address(article.get("mainEntityOfPage")),
        )


def _things(tree: Any) -> Iterator[dict[str, Any]]:
    count = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for thing in _walk(_parse(script.text or ""), 0):
            yield thing
            if (count := count + 1) >= MOST_THINGS:
                return


def _parse(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    if len(text) > LONGEST_SCRIPT:
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _walk(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > MOST_DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            yield from _walk(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _walk(value.get(name), depth + 1)


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(ARTICLES) for kind in kinds)


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def _address(value: Any) -> str:
    return _text(value.get("@id")) if isinstance(value, dict) else _text(value)


def _names(value: Any, known: dict[str, dict[str, Any]]) -> list[str]:
    names: list[str] = []
    for one in (value if isinstance(value, list) else [value])[:MOST_NAMES]:
        if isinstance(one, dict) and not one.get("name"):
            one = known.get(str(one.get("@id")), {})
        name = _text(one)
        if name and not name.startswith(("http://", "https://")) and name not in names:
            names.append(name)
    return names


def _joined(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
