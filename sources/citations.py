"""A source as a CSL-JSON item, which reference managers and word processors read. Pure.

Only what is known is written. A name stays whole (`literal`): taking a body's name apart would make a person of it. The
day of access is the day of the copy that the evidence leans on. A withheld source is a placeholder with the reason.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

from sources.identify import DOI
from sources.models import Snapshot, Source, SourceKind

#: The kinds of CSL-JSON nearest to ours.
TYPES = {
    SourceKind.OFFICIAL_RECORD: "report",
    SourceKind.LAW: "legislation",
    SourceKind.TRANSCRIPT: "document",
    SourceKind.DATASET: "dataset",
    SourceKind.STUDY: "report",
    SourceKind.NEWS_REPORT: "article-newspaper",
    SourceKind.INTERVIEW: "interview",
    SourceKind.SOCIAL_POST: "post",
    SourceKind.MEDIA: "document",
    SourceKind.WITHHELD: "document",
}
MEDIA = {"image": "graphic", "video": "motion_picture", "audio": "song"}
#: Where the publisher is the paper or site that the piece stands in.
WITHIN = {SourceKind.NEWS_REPORT, SourceKind.SOCIAL_POST}
NUMBERED = {SourceKind.LAW, SourceKind.OFFICIAL_RECORD, SourceKind.DATASET}
PLACEHOLDER = "Withheld source"
#: What a citation has as the source has it.
NAMED = ("title", "kind", "publisher", "author", "language", "reference")
AS_KNOWN = (*NAMED, "url", "doi", "isbn")


@dataclass(frozen=True, slots=True)
class Cited:
    """What is known of a source that is cited. Of one that is withheld only the reason is told."""

    title: str
    kind: str
    is_withheld: bool = False
    reason: str = ""
    url: str = ""
    publisher: str = ""
    author: str = ""
    published_on: date | None = None
    language: str = ""
    doi: str = ""
    isbn: str = ""
    reference: str = ""
    accessed_on: date | None = None
    media_type: str = ""
    copy_sha256: str = ""
    archived_url: str = ""


def cite(source: Cited, name: str) -> dict[str, Any]:
    """The item, called by this name within its list."""
    if source.is_withheld:
        return {"id": name, "type": "document", "title": PLACEHOLDER, "note": source.reason}
    item = {
        "id": name,
        "type": _type(source),
        "title": source.title,
        "author": [{"literal": one} for one in _authors(source.author)],
        "container-title" if source.kind in WITHIN else "publisher": source.publisher,
        "issued": _date(source.published_on),
        "language": source.language,
        "DOI": source.doi or _doi_in(source.url),
        "ISBN": source.isbn,
        "URL": source.url,
        "accessed": _date(source.accessed_on),
        "archive": urlsplit(source.archived_url).hostname if _is_web(source.archived_url) else "",
        "archive_location": source.archived_url,
        "number" if source.kind in NUMBERED else "note": source.reference,
        "custom": {"copy_sha256": source.copy_sha256} if source.copy_sha256 else {},
    }
    return {key: value for key, value in item.items() if value}


def cited(
    source: Source,
    snapshot: Snapshot | None = None,
    archived_url: str = "",
    *,
    shows_withheld: bool = False,
) -> Cited:
    """What is known of the source, and of the copy and the archived address that its evidence leans on."""
    if source.is_withheld and not shows_withheld:
        return Cited(PLACEHOLDER, source.kind, is_withheld=True, reason=source.withheld_reason)
    return Cited(
        **{name: getattr(source, name) for name in AS_KNOWN},
        published_on=source.published_at,
        accessed_on=snapshot.fetched_at.date() if snapshot else None,
        media_type=snapshot.media_type if snapshot else "",
        copy_sha256=snapshot.sha256 if snapshot else "",
        archived_url=archived_url,
    )


def _type(source: Cited) -> str:
    if source.isbn:
        return "book"
    if source.kind == SourceKind.STUDY and (source.doi or _doi_in(source.url)):
        return "article-journal"
    if source.kind == SourceKind.MEDIA:
        return MEDIA.get(source.media_type.partition("/")[0], TYPES[SourceKind.MEDIA])
    return TYPES[SourceKind(source.kind)]


def _authors(text: str) -> list[str]:
    """A semicolon parts names; a comma may stand within one."""
    return [name for part in text.split(";") if (name := part.strip())]


def _doi_in(url: str) -> str:
    found = DOI.fullmatch(url)
    return unquote(found["doi"]).lower() if found else ""


def _date(day: date | None) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else {}


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://"))
