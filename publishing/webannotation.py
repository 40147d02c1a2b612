"""A published document as W3C Web Annotations: what tools that mark words on pages read.

Pure: document in, annotations out, each with one motivation. *These words are this claim* (`identifying`), *the desk
judges it so* (`assessing`), *this source bears on it* (`linking`, one a piece of evidence). Their target is the words
in the frozen text of a version: a position in code points beside the quote with what stands around it, and the state in
which the text was read. What is retracted or under re-review is not judged, so only its words stay identified.

Ids are addresses that last: of the claim and what is said of it. Evidence has no number in a document and may change
places, so it is known by a hash of what it is.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from publishing.documents import public_url
from publishing.reading import Reading, safe_link

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
CLAIM, VERDICT, EVIDENCE = "claim", "verdict", "evidence"
Data = dict[str, Any]


def render_annotations(
    document: Data, *, read_at: Mapping[int, str], first_published_at: str = ""
) -> list[Data]:
    """The annotations of a document. `read_at` says when each version was read, by number."""
    reading = Reading(document)
    created = first_published_at or (
        document["published_at"] if reading.kind == "publication" else ""
    )
    shared = {
        "created": created,
        "modified": document["published_at"],
        "creator": _desk(document["publisher"]),
        "target": _targets(document["article"], reading.spans, read_at),
    }
    return [_known({**one, **shared}) for one in _said_of(reading)]


def _said_of(reading: Reading) -> Iterator[Data]:
    document = reading.document
    yield identify(document["id"], document["claim"])
    if reading.is_in_force:
        yield _assess(document)
        yield from _link(document)


def identify(claim_id: str, claim: Data) -> Data:
    """These words make this claim. Without its target, and without who says so."""
    body = {
        "type": "TextualBody",
        "value": claim["statement"],
        "format": "text/plain",
        "language": claim["language"],
    }
    return _annotation(claim_id, CLAIM, "identifying", _known(body))


def target_of(article: Data, spans: list[Data], read_at: Mapping[int, str]) -> Any:
    """For an annotation of a claim that no document is about yet."""
    return _targets(article, spans, read_at)


def link_to_annotations(article_pk: object) -> str:
    """The header by which annotation clients find what there is on a page."""
    address = public_url("annotations:list-article-annotations", article_pk)
    return f'<{address}>; rel="http://www.w3.org/ns/oa#annotationService"'


def annotation_address(claim_id: str, name: str) -> str:
    return public_url("annotations:show-annotation", claim_id, name)


def version_address(article_id: str, number: int) -> str:
    return public_url("api:show-version", article_id, number)


def _annotation(claim_id: str, name: str, motivation: str, body: Any) -> Data:
    return {
        "id": annotation_address(claim_id, name),
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
    }


def _assess(document: Data) -> Data:
    """The rating in the house's words, why, and where to read more."""
    verdict = document["verdict"]
    bodies = [
        _text(verdict["label"], "assessing"),
        _text(verdict["summary"], "describing"),
        _text(verdict["justification"], "describing"),
        {"type": "SpecificResource", "source": document["url"], "purpose": "linking"},
    ]
    return _annotation(document["id"], VERDICT, "assessing", [body for body in bodies if body])


def _link(document: Data) -> Iterator[Data]:
    seen: Counter[str] = Counter()
    for item in document["evidence"]:
        mark = _mark(item)
        seen[mark] += 1
        name = f"{EVIDENCE}-{mark}" + (f"-{seen[mark]}" if seen[mark] > 1 else "")
        bodies = [_text(item["stance"], "classifying"), _source(item)]
        bodies += [_text(item["question"], "questioning"), _text(item["note"], "commenting")]
        yield _annotation(document["id"], name, "linking", [body for body in bodies if body])


def _mark(item: Data) -> str:
    source = item["source"]
    what = [source.get("address", ""), source["title"], item["question"], item["quote"]]
    return hashlib.sha256(json.dumps([*what, item["stance"]]).encode()).hexdigest()[:12]


def _source(item: Data) -> Data:
    """The quote in the source, in the state in which it was read. A source without an address is described."""
    source, answer = item["source"], item.get("answer") or {}
    address = safe_link(source.get("address", ""))
    if not address:
        words = source["title"] + (f": “{item['quote']}”" if item["quote"] else "")
        return _text(words, "linking")
    state = {
        "type": "TimeState",
        "sourceDate": source.get("copied_at"),
        "cached": safe_link(answer.get("archived_url", "")),
    }
    quote = {"type": "TextQuoteSelector", "exact": item["quote"]} if item["quote"] else {}
    is_dated = state["sourceDate"] or state["cached"]
    return _known(
        {
            "type": "SpecificResource",
            "source": address,
            "purpose": "linking",
            "selector": quote,
            "state": _known(state) if is_dated else {},
        }
    )


def _text(value: str, purpose: str) -> Data:
    if not value:
        return {}
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _targets(article: Data, spans: list[Data], read_at: Mapping[int, str]) -> Any:
    """One target a run of words. A claim that has none in any version is about the article as a whole."""
    found = [_target(article, span, read_at) for span in spans]
    return found[0] if len(found) == 1 else found or article["url"]


def _target(article: Data, span: Data, read_at: Mapping[int, str]) -> Data:
    """`scope` is the article where it was published: tools that read it there look for that address."""
    source = version_address(span["article"], span["version"])
    state = {"type": "TimeState", "sourceDate": read_at.get(span["version"]), "cached": source}
    quote = {
        "type": "TextQuoteSelector",
        "exact": span["quote"],
        "prefix": span["prefix"],
        "suffix": span["suffix"],
    }
    place = {"type": "TextPositionSelector", "start": span["start"], "end": span["end"]}
    return _known(
        {
            "type": "SpecificResource",
            "source": source,
            "scope": safe_link(article.get("address") or article.get("url") or ""),
            "state": _known(state),
            "selector": [quote, place],
        }
    )


def _desk(publisher: Data) -> Data:
    return {"id": publisher["url"], "type": "Organization", "name": publisher["name"]}


def _known(thing: Data) -> Data:
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}
