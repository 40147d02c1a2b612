"""Versions of an article and what changed between two of them, as plain data for each audience.

The desk reads every version. Everyone else reads those that a verdict on the public record was checked
against, and no other: whatever nobody has published a word about is not there.
"""

from collections import Counter
from typing import Any

from django.http import Http404

from api.v1.documents import Data, moment, version_in_full
from api.v1.reading import is_desk
from articles.difference import Line, compare_lines
from articles.models import Article, Version
from publishing import queries
from publishing.reading import read

#: A difference as the API names it. What moved and changed as well is `changed`; `moved` says which way.
CHANGES = {"same": "kept", "changed": "changed", "added": "added", "removed": "removed"}


def list_versions(pk: Any, user: Any) -> list[Data]:
    """Oldest first."""
    return [_outline(version) for version in _visible(pk, user).defer("text", "blocks")]


def show_version(pk: Any, number: int, user: Any) -> Data:
    version = _find(pk, number, user)
    return {**_outline(version), **version_in_full(version)}


def show_difference(pk: Any, number: int, since: int | None, user: Any) -> Data:
    """Between a version and an earlier one: the one before among those that this reader may see."""
    version = _find(pk, number, user)
    if since is not None:
        return _difference(_find(pk, since, user), version)
    return _difference(_visible(pk, user).filter(number__lt=number).last(), version)


def _visible(pk: Any, user: Any) -> Any:
    rows = Version.objects.light().filter(article=pk).select_related("article").order_by("number")
    if is_desk(user):
        rows = rows.filter(article__in=Article.objects.visible_to(user))
    else:
        rows = rows.filter(number__in=_checked(pk))
    if not rows.exists():
        raise Http404
    return rows


def _checked(pk: Any) -> set[int]:
    rows = queries.verdicts().filter(article_id=pk)
    found = {read(row.publication.document).version for row in rows}
    return {number for number in found if number is not None}


def _find(pk: Any, number: int, user: Any) -> Version:
    version: Version | None = _visible(pk, user).filter(number=number).first()
    if version is None:
        raise Http404
    return version


def _outline(version: Version) -> Data:
    return {
        "version": version.number,
        "sha256": version.sha256,
        "origin": version.origin,
        "media_type": version.media_type,
        "fetched_at": moment(version.fetched_at),
    }


def _difference(old: Version | None, new: Version) -> Data:
    document = new.document
    before = old.document if old else type(document)(text="", blocks=())
    lines = list(compare_lines(before, document))
    paragraphs = [_paragraph(line, before, document) for line in lines]
    counts = Counter(paragraph["change"] for paragraph in paragraphs)
    names = (*CHANGES.values(), "moved")
    return {
        "old": _outline(old) if old else None,
        "new": _outline(new),
        "counts": {name: counts[name] for name in names},
        "paragraphs": paragraphs,
    }


def _paragraph(line: Line, old: Any, new: Any) -> Data:
    is_merely_moved = line.change == "same" and line.moved
    return {
        "change": "moved" if is_merely_moved else CHANGES[line.change],
        "moved": line.moved or None,
        "kind": line.kind,
        "old": _place(old, line.old),
        "new": _place(new, line.new),
        "words": [{"change": _word(p.change), "text": p.text} for p in line.pieces],
    }


def _word(change: str) -> str:
    return "kept" if change == "same" else change


def _place(document: Any, at: int | None) -> Data | None:
    if at is None:
        return None
    block = document.blocks[at]
    return {"start": block.start, "end": block.end}
