"""The sources of a claim as CSL-JSON: as they were published, for everyone; as they stand, for the desk."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sources.citations import Cited, cite, cited
from sources.models import Evidence

CSL_JSON = "application/vnd.citationstyles.csl+json"


def cite_evidence(
    claim: object, evidence: Iterable[Evidence], *, shows_withheld: bool = False
) -> list[dict[str, Any]]:
    """Each source once, with the copy of the first evidence that has one. A withheld one is a placeholder."""
    seen: dict[object, Cited] = {}
    for item in evidence:
        known = seen.get(item.source_id)
        if known is None or (item.snapshot and not known.copy_sha256):
            archived_url = item.archived_url or (known.archived_url if known else "")
            seen[item.source_id] = cited(
                item.source, item.snapshot, archived_url, shows_withheld=shows_withheld
            )
    return _numbered(claim, seen.values())


def cite_document(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Each source of a published document once. Withheld ones cannot be told apart there, so each stands for itself."""
    seen: dict[object, Cited] = {}
    for number, item in enumerate(document["evidence"]):
        source = item["source"]
        is_withheld = "reason" in source
        key = number if is_withheld else (source["address"], source["title"])
        seen.setdefault(key, _published(source, item.get("answer") or {}))
    return _numbered(document["id"], seen.values())


def _published(source: dict[str, Any], answer: dict[str, Any]) -> Cited:
    copied_at, published_on = source.get("copied_at"), source.get("published_on")
    return Cited(
        title=source["title"],
        kind=source["kind"],
        is_withheld="reason" in source,
        reason=source.get("reason", ""),
        url=source.get("address", ""),
        publisher=source.get("publisher", ""),
        author=source.get("author", ""),
        published_on=date.fromisoformat(published_on) if published_on else None,
        accessed_on=datetime.fromisoformat(copied_at).date() if copied_at else None,
        copy_sha256=source.get("copy_sha256") or "",
        archived_url=answer.get("archived_url", ""),
    )


def _numbered(claim: object, sources: Iterable[Cited]) -> list[dict[str, Any]]:
    return [cite(source, f"{claim}-{number}") for number, source in enumerate(sources, 1)]
