"""What stands in a claim's dossier.

The open edition holds what readers may know, with the kept copies. The internal one adds the reviews, the history and
withheld sources, for those who may see them. A copy whose file is lost or damaged is named as such and left out: a
dossier never says less than the desk knows, nor fails on it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from importlib.resources import files as resources
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from accounts.models import User
from audit.models import Event
from claims.models import Claim
from publishing.citations import cite_evidence
from publishing.documents import answer_of, public_url
from publishing.dossier.copies import Copy, about, copy_files, copy_of
from reviews.models import Review, Verdict
from sources.models import Evidence, OpenQuestion, Snapshot, Source
from sources.questions import missing_answers

FORMAT = 1


@dataclass
class Dossier:
    """One claim's dossier, read once. `is_internal` asks for the edition of the house, as `reader` may see it."""

    claim: Claim
    made_at: datetime
    reader: User | None = None
    is_internal: bool = False
    evidence: list[Evidence] = field(init=False)
    copies: list[Copy] = field(init=False)

    def __post_init__(self) -> None:
        rows = self.claim.evidence.standing().select_related("source", "snapshot", "overridden_by")
        self.evidence = list(rows.defer("snapshot__text"))
        self.copies = [copy_of(one, number) for number, one in enumerate(self._snapshots(), 1)]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Each file of the dossier but the list of hashes."""
        yield "README.txt", self._rendered("readme.txt")
        yield "report.html", self._rendered("report.html")
        yield "manifest.json", _json(self.manifest())
        yield "claim.json", _json(self.facts())
        yield "evidence.json", _json([self._evidence(item) for item in self.evidence])
        cited = cite_evidence(self.claim.pk, self.evidence, shows_withheld=self.is_internal)
        yield "citations.json", _json(cited)
        yield "publications.json", _json(self._publications)
        if self.is_internal:
            yield "reviews.json", _json(list(self._reviews()))
            yield "history.json", _json(list(self._history()))
        yield "verify.py", (resources("publishing.dossier") / "verify.py").read_bytes()
        for copy in self.copies:
            yield from copy_files(copy)

    def manifest(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "edition": "internal" if self.is_internal else "open",
            "made_at": self.made_at,
            "desk": {"name": settings.ASSAY_DESK_NAME, "url": settings.ASSAY_BASE_URL},
            "claim": self.claim.pk,
            "copies": [about(copy) for copy in self.copies],
        }

    def facts(self) -> dict[str, Any]:
        claim, article = self.claim, self.claim.article
        spans = claim.spans.select_related("version").order_by("version__number", "start")
        return {
            "id": claim.pk,
            "url": public_url("publishing:show-claim", claim.pk),
            "statement": claim.statement,
            "kind": claim.kind,
            "mode": claim.mode,
            "status": claim.status,
            "claimant": claim.claimant
            and {"name": claim.claimant.name, "role": claim.claimant.role},
            "claimed_on": claim.claimed_at,
            "article": {
                "title": article.title,
                "address": article.url,
                "publisher": article.publisher,
            },
            "spans": [
                {
                    "version": span.version.number,
                    "version_sha256": span.version.sha256,
                    "start": span.start,
                    "end": span.end,
                    "quote": span.quote,
                    "resolution": span.resolution,
                }
                for span in spans.defer("version__text", "version__original")
            ],
            "verdicts": [_verdict(verdict) for verdict in self.verdicts],
        }

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """Every revision that readers were told, the newest first; inside the house the others as well."""
        rows = self.claim.verdicts.select_related("rating").order_by("-revision")
        return list(
            rows if self.is_internal else rows.filter(publications__isnull=False).distinct()
        )

    @cached_property
    def missing_answers(self) -> list[OpenQuestion]:
        """What the desk has asked and nobody has answered: for the house alone."""
        return missing_answers(self.claim) if self.is_internal else []

    def shows(self, source: Source) -> bool:
        return self.is_internal or not source.is_withheld

    def _snapshots(self) -> Iterable[Snapshot]:
        """The copies that evidence leans on, and later ones of the same sources."""
        shown = [item.source_id for item in self.evidence if self.shows(item.source)]
        rows = Snapshot.objects.filter(source__in=shown).select_related("source")
        return rows.order_by("source__id", "fetched_at", "id")

    def _rendered(self, name: str) -> bytes:
        context = {
            "dossier": self,
            "claim": self.claim,
            "facts": self.facts(),
            "manifest": self.manifest(),
            "exhibits": [
                (item, self.shows(item.source), self._path_of(item)) for item in self.evidence
            ],
        }
        return render_to_string(f"publishing/dossier/{name}", context).encode()

    def _path_of(self, item: Evidence) -> Copy | None:
        return next((copy for copy in self.copies if copy.snapshot.pk == item.snapshot_id), None)

    def _evidence(self, item: Evidence) -> dict[str, Any]:
        copy = self._path_of(item)
        is_overridden = item.overridden_by_id is not None
        return {
            "stance": item.stance,
            "question": item.question,
            "quote": item.quote,
            "quote_check": "overridden" if is_overridden else item.quote_check,
            "override_reason": item.override_reason if self.is_internal else "",
            "newest_check": item.newest_check,
            "place": [item.quote_start, item.quote_end] if item.quote_end else None,
            "note": item.note,
            "answer": answer_of(item, is_shown=self.shows(item.source)),
            "source": self._source(item.source),
            "copy": copy.snapshot.pk if copy else None,
        }

    def _source(self, source: Source) -> dict[str, Any]:
        if not self.shows(source):
            return {
                "kind": source.kind,
                "title": source.public_title,
                "reason": source.withheld_reason,
            }
        names = (
            "kind",
            "title",
            "publisher",
            "author",
            "published_at",
            "url",
            "doi",
            "isbn",
            "reference",
        )
        facts = {name: getattr(source, name) for name in names}
        return {**facts, "state": source.state, "checked_at": source.checked_at}

    @cached_property
    def _publications(self) -> list[dict[str, Any]]:
        names = ("seq", "kind", "sha256", "previous_sha256", "published_at", "document")
        return list(self.claim.publications.order_by("seq").values(*names))

    def _reviews(self) -> Iterator[dict[str, Any]]:
        rows = Review.objects.visible_to(self.reader, self.claim)
        for review in rows.select_related("rating", "reviewer"):
            yield {
                "round": review.round,
                "reviewer": str(review.reviewer),
                "rating": review.rating.slug,
                "rationale": review.rationale,
                "confidence": review.confidence,
                "conflict_of_interest": review.conflict_of_interest,
                "submitted_at": review.submitted_at,
            }

    def _history(self) -> Iterator[dict[str, Any]]:
        for event in Event.objects.about(self.claim, *{item.source for item in self.evidence}):
            actor = str(event.actor) if event.actor else None
            yield {
                "at": event.at,
                "actor": actor,
                "verb": event.verb,
                "subject": f"{event.subject_type} {event.subject_id}",
                "before": event.before,
                "after": event.after,
                "reason": event.reason,
            }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "revision": verdict.revision,
        "rating": verdict.rating.slug,
        "label": verdict.rating.label,
        "summary": verdict.summary,
        "justification": verdict.justification,
        "correction_note": verdict.correction_note,
        "created_at": verdict.created_at,
    }


def _json(value: Any) -> bytes:
    text = json.dumps(value, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
    return f"{text}\n".encode("utf-8", "replace")
