"""Articles and claims as plain data, for two audiences that get the same fields.

Everyone is told what is on the public record: `of_record` functions take published documents and nothing else,
so what is not published cannot show. The desk is told what it works on, and `desk` holds what only it sees.
"""

from datetime import UTC, datetime
from typing import Any

from accounts.models import User
from api.v1.filters import STANDINGS
from articles.models import Article, Version
from claims.models import Claim, Claimant, DetectionRun, Span
from publishing.documents import answer_of, public_url
from publishing.models import CurrentVerdict
from reviews.models import Verdict
from sources.models import Evidence, Source

Data = dict[str, Any]
OF_VERDICT = (
    "revision",
    "rating",
    "label",
    "definition",
    "normalised",
    "colour",
    "summary",
    "justification",
)
_STANDING = {kind: name for name, kinds in STANDINGS.items() if name != "any" for kind in kinds}


def claim_of_record(document: Data, checked: Data | None) -> Data:
    """A claim as it was published. `checked` is what `queries.no_longer_there` knows of it."""
    outline = claim_outline_of_record(document, checked)
    evidence = [evidence_of_record(item) for item in document["evidence"]]
    return {**outline, "article": article_of_record(document), "evidence": evidence}


def evidence_of_record(item: Data) -> Data:
    return {"answer": None, **item, "source": _source_of_record(item["source"])}


def claim_outline_of_record(document: Data, checked: Data | None) -> Data:
    """Without its article and evidence: a claim within its article."""
    publication = {name: document[name] for name in ("seq", "kind", "note", "published_at")}
    return {
        "id": document["id"],
        "page": document["url"],
        "status": _STANDING[document["kind"]],
        "tags": [],  # documents from before there were any have none
        **document["claim"],
        "verdict": {name: document["verdict"][name] for name in OF_VERDICT},
        "publication": {**publication, "revision": document["verdict"]["revision"]},
        "checked": checked,
    }


def article_of_record(document: Data) -> Data:
    article = document["article"]
    return {
        "id": article["id"],
        "title": article["title"],
        "url": article["address"],
        "publisher": article["publisher"],
        "published_at": article["published_at"],
        "page": article["url"],
    }


def claim_at_desk(claim: Claim, reader: User, checked: Data | None) -> Data:
    """A claim as the desk has it."""
    return {
        **claim_outline_at_desk(claim, checked),
        "article": article_at_desk(claim.article, is_public=None),
        "evidence": [evidence_at_desk(item, reader) for item in claim.evidence.all()],
    }


def claim_outline_at_desk(claim: Claim, checked: Data | None) -> Data:
    current = getattr(claim, "current_verdict", None)
    verdict = next(iter(claim.verdicts.all()), None)
    said, claimant = claim.attribution, claim.claimant
    return {
        "id": str(claim.pk),
        "page": public_url("publishing:show-claim", claim.pk) if current else None,
        "status": claim.status,
        "statement": claim.statement,
        "kind": claim.kind,
        "mode": claim.mode,
        "language": claim.language,
        "tags": claim.tags,
        "claimed_on": claim.claimed_at.isoformat() if claim.claimed_at else None,
        "claimant": claimant and _claimant(claimant),
        "attribution": said and {"id": str(said.pk), "statement": said.statement},
        "spans": [_span(span) for span in claim.spans.all()],
        "verdict": verdict and _verdict(verdict),
        "publication": current and _publication(current),
        "checked": checked,
        "desk": _desk_facts(claim),
    }


def article_at_desk(article: Article, *, is_public: bool | None) -> Data:
    """`is_public` None leaves the page out, where nobody asked the record."""
    page = {} if is_public is None else {"page": _article_page(article) if is_public else None}
    return {
        "id": str(article.pk),
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "published_at": moment(article.published_at),
        **page,
    }


def version_in_full(version: Version) -> Data:
    """The frozen text. Offsets are Unicode code points, end excluded."""
    return {
        "version": version.number,
        "text": version.text,
        "blocks": [
            {"kind": kind, "start": start, "end": end} for kind, start, end in version.blocks
        ],
    }


def article_facts(article: Article) -> Data:
    """What only the desk sees of an article."""
    return {
        "byline": article.byline,
        "language": article.language,
        "created_at": moment(article.created_at),
        "changed_at": moment(article.changed_at),
    }


def run_facts(run: DetectionRun) -> Data:
    return {
        "engine": run.engine,
        "engine_version": run.engine_version,
        "state": run.state,
        "found": run.found,
    }


def moment(at: datetime | None) -> str | None:
    """RFC 3339 in UTC, as published documents have it."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _article_page(article: Article) -> str:
    return public_url("publishing:show-article", article.pk)


def _desk_facts(claim: Claim) -> Data:
    return {
        "worth": claim.worth,
        "reasons": claim.reasons,
        "engine": claim.engine,
        "engine_version": claim.engine_version,
        "flag": claim.flag,
        "review_round": claim.review_round,
        "created_at": moment(claim.created_at),
        "changed_at": moment(claim.changed_at),
    }


def _claimant(claimant: Claimant) -> Data:
    return {
        "name": claimant.name,
        "role": claimant.role,
        "kind": claimant.kind,
        "same_as": claimant.same_as,
    }


def _span(span: Span) -> Data:
    return {
        "article": str(span.version.article_id),
        "version": span.version.number,
        "start": span.start,
        "end": span.end,
        "quote": span.quote,
        "prefix": span.prefix,
        "suffix": span.suffix,
        "resolution": span.resolution,
    }


def _verdict(verdict: Verdict) -> Data:
    """The newest revision, published or not: `publication` says which one readers know."""
    rating = verdict.rating
    return {
        "revision": verdict.revision,
        "rating": rating.slug,
        "label": rating.label,
        "definition": rating.definition,
        "normalised": rating.normalised,
        "colour": rating.colour,
        "summary": verdict.summary,
        "justification": verdict.justification,
    }


def _publication(current: CurrentVerdict) -> Data:
    publication = current.publication
    return {
        "seq": publication.seq,
        "kind": publication.kind,
        "note": publication.note,
        "published_at": moment(publication.published_at),
        "revision": publication.verdict.revision,
    }


def evidence_at_desk(item: Evidence, reader: User) -> Data:
    return {
        "question": item.question,
        "stance": item.stance,
        "quote": item.quote,
        "quote_check": "overridden" if item.overridden_by_id else item.quote_check,
        "note": item.note,
        "answer": answer_of(item, is_shown=item.source.is_shown_to(reader)),
        "source": _source(item, reader),
    }


def _source(item: Evidence, reader: User) -> Data:
    source: Source = item.source
    reason = {"reason": source.withheld_reason} if source.is_withheld else {}
    if not source.is_shown_to(reader):
        return {"kind": source.kind, "title": source.public_title, **reason}
    return {
        "id": str(source.pk),
        "kind": source.kind,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "url": source.url,
        "published_on": source.published_at.isoformat() if source.published_at else None,
        "copy_sha256": item.snapshot.sha256 if item.snapshot else None,
        "copied_at": moment(item.snapshot.fetched_at) if item.snapshot else None,
        **reason,
    }


def _source_of_record(source: Data) -> Data:
    """The document says `address`, as its own `url` is the reader's page."""
    return {"url" if name == "address" else name: value for name, value in source.items()}
