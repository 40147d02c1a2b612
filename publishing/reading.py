"""A published document as a reader's page shows it.

Pure: the stored text in, plain values for a template out. Readers' pages know nothing of a verdict that is
not in its document, so whatever the desk has not published cannot show.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from claims.kinds import Kind, Mode
from sources.models import SourceKind

STANCES = {
    "supports": "Supports the claim",
    "undermines": "Undermines the claim",
    "context": "Context",
}
QUOTE_CHECKS = {
    "verified": "Found word for word in the copy we kept",
    "overridden": "An editor vouches for these words: they are not word for word in our copy",
    "approximate": "Close to the words in the copy we kept",
    "missing": "Not found in the copy we kept",
    "unchecked": "No copy was kept to check the words against",
}


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One piece of evidence. A withheld source has a `reason` and nothing that says who it is."""

    stance: str
    question: str
    quote: str
    quote_check: str
    note: str
    answer: str
    explanation: str
    title: str
    kind: str
    reason: str
    publisher: str
    author: str
    link: str
    published_on: date | None
    copied_at: datetime | None
    copy_sha256: str

    @property
    def quote_check_label(self) -> str:
        return QUOTE_CHECKS.get(self.quote_check, "")


@dataclass(frozen=True, slots=True)
class ExhibitGroup:
    stance: str
    label: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the article that carry the claim, in the line they stand in."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry of the public record, read."""

    document: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.document["id"])

    @property
    def seq(self) -> int:
        return int(self.document["seq"])

    @property
    def kind(self) -> str:
        return str(self.document["kind"])

    @property
    def note(self) -> str:
        return str(self.document["note"])

    @property
    def published_at(self) -> datetime:
        return datetime.fromisoformat(self.document["published_at"])

    @property
    def is_retracted(self) -> bool:
        return self.kind == "retraction"

    @property
    def is_reopened(self) -> bool:
        return self.kind == "reopening"

    @property
    def is_in_force(self) -> bool:
        return not (self.is_retracted or self.is_reopened)

    @property
    def claim(self) -> dict[str, Any]:
        return dict(self.document["claim"])

    @property
    def statement(self) -> str:
        return str(self.document["claim"]["statement"])

    @property
    def claim_kind(self) -> str:
        return _label(Kind, self.document["claim"]["kind"])

    @property
    def claim_mode(self) -> str:
        return _label(Mode, self.document["claim"]["mode"])

    @property
    def claimed_on(self) -> date | None:
        return _day(self.document["claim"]["claimed_on"])

    @property
    def is_attribution(self) -> bool:
        """Whether this asks *was it said?* rather than *is it true?*"""
        return bool(self.document["claim"]["kind"] == Kind.QUOTATION)

    @property
    def claimant(self) -> dict[str, Any]:
        return dict(self.document["claim"]["claimant"] or {})

    @property
    def claimant_link(self) -> str:
        return safe_link(self.claimant.get("same_as", ""))

    @property
    def article(self) -> dict[str, Any]:
        return dict(self.document["article"])

    @property
    def article_link(self) -> str:
        return safe_link(self.document["article"]["address"])

    @property
    def article_published_at(self) -> datetime | None:
        return _moment(self.document["article"]["published_at"])

    @property
    def verdict(self) -> dict[str, Any]:
        return dict(self.document["verdict"])

    @property
    def version(self) -> int | None:
        """The number of the newest version in which the claim has its words, and surely: what was checked."""
        spans = self.document["claim"]["spans"]
        unsure = {span["version"] for span in spans if span["resolution"] != "exact"}
        return max({span["version"] for span in spans} - unsure, default=None)

    @property
    def spans(self) -> list[dict[str, Any]]:
        spans = self.document["claim"]["spans"]
        return [span for span in spans if span["version"] == self.version]

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the article's reading order; at the end if it has no words there."""
        starts = [span["start"] for span in self.spans]
        return (0, min(starts)) if starts else (1, self.seq)

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(_passage(span) for span in self.spans)

    @property
    def copies(self) -> int:
        """How many sources a copy is kept of."""
        kept = (item["source"].get("copy_sha256") for item in self.document["evidence"])
        return len(set(filter(None, kept)))

    @property
    def exhibit_groups(self) -> tuple[ExhibitGroup, ...]:
        return tuple(_group(self.document["evidence"]))


def read(text: str) -> Reading:
    """Read a document as it is stored."""
    return Reading(json.loads(text))


def safe_link(address: str) -> str:
    """The address if a browser only opens it, else nothing: a stored address may hold a script."""
    return address if address.startswith(("https://", "http://")) else ""


def _group(evidence: Iterable[dict[str, Any]]) -> Iterable[ExhibitGroup]:
    exhibits = [_exhibit(item) for item in evidence]
    for stance, label in STANCES.items():
        if group := tuple(exhibit for exhibit in exhibits if exhibit.stance == stance):
            yield ExhibitGroup(stance, label, group)


def _exhibit(item: dict[str, Any]) -> Exhibit:
    source, answer = item["source"], item.get("answer") or {}
    return Exhibit(
        stance=item["stance"],
        question=item["question"],
        quote=item["quote"],
        quote_check=item["quote_check"],
        note=item["note"],
        answer=answer.get("text", ""),
        explanation=answer.get("explanation", ""),
        title=source["title"],
        kind=_label(SourceKind, source["kind"]),
        reason=source.get("reason", ""),
        publisher=source.get("publisher", ""),
        author=source.get("author", ""),
        link=safe_link(source.get("address", "")),
        published_on=_day(source.get("published_on")),
        copied_at=_moment(source.get("copied_at")),
        copy_sha256=source.get("copy_sha256") or "",
    )


def _passage(span: dict[str, Any]) -> Passage:
    """The context was cut by length: drop what belongs to other lines and the half words at its ends."""
    before = span["prefix"].rpartition("\n")[2]
    after = span["suffix"].partition("\n")[0]
    if before and before == span["prefix"]:
        before = "…" + before.partition(" ")[2]
    if after and after == span["suffix"]:
        after = after.rpartition(" ")[0] + "…"
    return Passage(before, span["quote"], after)


def _label(choices: Any, value: str) -> str:
    """The words for a value; one that has left the house since is spelt out."""
    return str(choices(value).label) if value in choices.values else value.replace("_", " ")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
