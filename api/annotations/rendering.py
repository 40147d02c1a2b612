"""Containers and pages in the form that was asked for, and single annotations."""

import json
from typing import Any
from uuid import UUID

from api.annotations.collections import Collection, read_times
from api.annotations.negotiation import Asked
from api.errors import Gone
from api.v1.documents import moment
from publishing import queries
from publishing.webannotation import (
    CONTEXT,
    VERDICT,
    annotation_address,
    identify,
    render_annotations,
    target_of,
)

LDP_CONTEXT = "http://www.w3.org/ns/ldp.jsonld"
Data = dict[str, Any]


def render(collection: Collection, asked: Asked) -> Data:
    return _container(collection, asked) if asked.page is None else _page(collection, asked)


def _container(collection: Collection, asked: Asked) -> Data:
    first = Asked(asked.iris, 0)
    embedded = _page_alone(collection, first)
    return {
        "@context": [CONTEXT, LDP_CONTEXT],
        "id": collection.address + asked.query,
        "type": ["BasicContainer", "AnnotationCollection"],
        "label": collection.label,
        **_facts(collection),
        "first": embedded["id"] if asked.is_minimal else embedded,
        "last": _address(collection, asked, collection.last_page),
    }


def _page(collection: Collection, asked: Asked) -> Data:
    whole = {"id": collection.address + f"?iris={asked.iris}", "label": collection.label}
    part_of = {**whole, **_facts(collection)}
    return {"@context": CONTEXT, **_page_alone(collection, asked), "partOf": part_of}


def _page_alone(collection: Collection, asked: Asked) -> Data:
    page = asked.page or 0
    items = collection.items(page)
    _, start = collection.counts(page)
    following = page + 1 if page < collection.last_page else None
    links = {"prev": page - 1 if page else None, "next": following}
    return {
        "id": _address(collection, asked, page),
        "type": "AnnotationPage",
        **({} if start is None else {"startIndex": start}),
        **{rel: _address(collection, asked, n) for rel, n in links.items() if n is not None},
        "items": [item["id"] for item in items] if asked.iris else items,
    }


def _facts(collection: Collection) -> Data:
    total, _ = collection.counts(None)
    facts = {"total": total, "modified": collection.modified}
    return {name: value for name, value in facts.items() if value is not None}


def _address(collection: Collection, asked: Asked, page: int) -> str:
    return collection.address + Asked(asked.iris, page).query


def find(pk: UUID, name: str) -> Data | None:
    """A published annotation. Raises Gone for the verdict of a claim that has none in force."""
    row = queries.verdicts().filter(pk=pk).first()
    if row is None:
        return None
    document = json.loads(row.publication.document)
    article = document["article"]["id"]
    first = moment(row.first_published_at) or ""
    annotations = render_annotations(
        document, read_at=read_times([article])[article], first_published_at=first
    )
    by_address = {one["id"]: one for one in annotations}
    found = by_address.get(annotation_address(document["id"], name))
    if found is None and name == VERDICT:
        raise Gone("The verdict on this claim was retracted, or the claim is under re-review.")
    return {"@context": CONTEXT, **found} if found else None


def of_claim(claim: Data) -> Data:
    """As `api.v1` shows it to the desk, whether or not it is published."""
    article = claim["article"]
    newest = max((span["version"] for span in claim["spans"]), default=None)
    spans = [span for span in claim["spans"] if span["version"] == newest]
    times = read_times([article["id"]])[article["id"]]
    target = target_of(article, spans, times)
    return {"@context": CONTEXT, **identify(claim["id"], claim), "target": target}
