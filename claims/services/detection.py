"""From an article to suggested claims: queue an engine, run it, keep what its validator lets through."""

import inspect
import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import User
from articles.models import Article, Version
from articles.services import Arrival, add_article
from audit.services import record
from claims.detection.base import Candidate, Detection, Engine, Place, Refused
from claims.detection.validate import validate
from claims.detection.worth import FactualForm
from claims.kinds import Kind, Mode, Status
from claims.models import Claim, DetectionRun, Finding, RunState
from claims.services.claimants import find_claimant
from claims.services.editing import place_span
from claims.services.worth import form_in_use

logger = logging.getLogger(__name__)

LIGHT_ENGINE = "rules-lite"
Words = frozenset[Place]


def load_engine(name: str, form: FactualForm | None = None) -> Engine:
    """The engine that settings know by this name; with a desk's own factual form, where it takes one."""
    make = import_string(settings.ASSAY_DETECTION_ENGINES[name])
    takes_form = form is not None and "form" in inspect.signature(make).parameters
    engine: Engine = make(form=form) if takes_form else make()
    return engine


def choose_engine(language: str) -> str:
    """The engine of the settings where it knows the language, else the light one, which serves any."""
    name = settings.ASSAY_DETECTION_ENGINE
    return name if _reads(name, language) else LIGHT_ENGINE


def engines_for(language: str) -> list[str]:
    """The engines of the settings that read this language, the desk's choice first."""
    chosen = choose_engine(language)
    others = (name for name in settings.ASSAY_DETECTION_ENGINES if name != chosen)
    return [chosen, *(name for name in others if _reads(name, language))]


def _reads(name: str, language: str) -> bool:
    languages = load_engine(name).languages
    return not languages or language.partition("-")[0].lower() in languages


@transaction.atomic
def bring_in_article(*, actor: User | None, arrival: Arrival) -> Article:
    """Freeze an article and ask for its claims, in one transaction."""
    article = add_article(actor=actor, arrival=arrival)
    start_detection(actor=actor, version=article.versions.get())
    return article


@transaction.atomic
def start_detection(*, actor: User | None, version: Version, engine_name: str = "") -> DetectionRun:
    """Queue an engine for this version. A run that failed is queued again; one that stands is left alone."""
    from claims.tasks import detect_claims

    engine = load_engine(engine_name or choose_engine(version.article.language))
    run, is_new = DetectionRun.objects.select_for_update().get_or_create(
        version=version, engine=engine.name, engine_version=engine.version
    )
    if not is_new and run.state != RunState.FAILED:
        return run
    run.state, run.error, run.finished_at = RunState.QUEUED, "", None
    run.save()
    record("detection.queued", version.article, actor=actor, after={"engine": str(engine.name)})
    detect_claims.defer(run_id=str(run.pk))
    return run


def run_detection(*, run_id: str) -> DetectionRun:
    """Run a queued detection. Safe to run twice: the second finds it done. A failure is kept, in words."""
    try:
        run = _begin(run_id)
        return run if run.state == RunState.DONE else _finish(run_id, *_detect(run))
    except Exception as error:
        logger.exception("detection %s failed", run_id)
        with transaction.atomic():
            run = DetectionRun.objects.select_for_update().get(pk=run_id)
            run.state, run.finished_at = RunState.FAILED, timezone.now()
            run.error = f"{type(error).__name__}: {error}"[:2000]
            run.save()
        return run


@transaction.atomic
def _begin(run_id: str) -> DetectionRun:
    run = DetectionRun.objects.select_for_update().get(pk=run_id)
    if run.state != RunState.DONE:
        run.state = RunState.RUNNING
        run.save(update_fields=["state"])
    return run


def _detect(run: DetectionRun) -> tuple[Detection, tuple[Refused, ...]]:
    """What the engine found. No row is locked meanwhile: a model may take a quarter of an hour."""
    document = run.version.document
    return validate(document, load_engine(run.engine, form_in_use()).detect(document))


@transaction.atomic
def _finish(run_id: str, detection: Detection, refused: tuple[Refused, ...]) -> DetectionRun:
    run = DetectionRun.objects.select_for_update().get(pk=run_id)
    if run.state == RunState.DONE:
        return run
    run.found = _keep(run, run.version, detection.candidates)
    run.state, run.finished_at = RunState.DONE, timezone.now()
    run.refused = [asdict(item) for item in refused]
    run.left_out = [[item.place.start, item.place.end, item.reason] for item in detection.left_out]
    run.trace = [asdict(exchange) for exchange in detection.trace]
    run.save()
    record("detection.done", run.version.article, actor=None, after={"found": run.found})
    return run


def _keep(run: DetectionRun, version: Version, candidates: Iterable[Candidate]) -> int:
    """Suggest what is new, note what was there already, and say how many are new."""
    known = _known(version)
    findings: list[Finding] = []
    fresh = 0
    for candidate in candidates:
        there = known.get(_words(version.text, candidate.spans), [])
        fresh += not there
        found = _recognise(there, candidate) if there else _suggest(run, version, candidate)
        findings += (
            Finding(run=run, claim=claim, statement=_wording(claim, candidate)) for claim in found
        )
    Finding.objects.bulk_create(findings, ignore_conflicts=True)
    return fresh


def _known(version: Version) -> dict[Words, list[Claim]]:
    """The claims that are in this version already, by their words: of another engine, by hand, or carried over."""
    places: dict[Claim, list[Place]] = defaultdict(list)
    for span in version.spans.select_related("claim__attribution"):
        places[span.claim].append(Place(span.start, span.end))
    known: dict[Words, list[Claim]] = defaultdict(list)
    for claim, spans in places.items():
        known[_words(version.text, spans)].append(claim)
    return known


def _recognise(there: list[Claim], candidate: Candidate) -> list[Claim]:
    """The claim on these words that the engine found too; where it names a speaker, also that it was said."""
    asserted = [claim for claim in there if not claim.is_attribution] or there
    claim = next((one for one in asserted if one.statement == candidate.statement), asserted[0])
    return [claim, *([claim.attribution] if candidate.attribution and claim.attribution else [])]


def _wording(claim: Claim, candidate: Candidate) -> str:
    attribution = candidate.attribution
    is_said = claim.is_attribution and attribution is not None
    return _said(candidate) if is_said else candidate.statement


def _words(text: str, places: Iterable[Place]) -> Words:
    """Where the words stand. Engines differ over the full stop and the quotation marks around them: those are none."""
    return frozenset(_trimmed(text, place) for place in places)


def _trimmed(text: str, place: Place) -> Place:
    inside = [at for at in range(place.start, place.end) if text[at].isalnum()]
    return Place(inside[0], inside[-1] + 1) if inside else place


def _suggest(run: DetectionRun, version: Version, candidate: Candidate) -> list[Claim]:
    """The claim and, when it is attributed and does not tell just that, the claim that it was said at all."""
    said = None
    attribution = candidate.attribution
    if attribution and attribution.name and not attribution.is_told:
        said = _claim(run, version, candidate, kind=Kind.QUOTATION, mode=Mode.NARRATOR)
        said.statement = _said(candidate)
    claim = _claim(run, version, candidate, kind=candidate.kind, mode=candidate.mode)
    claim.attribution = said
    if attribution and candidate.claimant:
        claim.claimant = find_claimant(
            attribution.name, role=attribution.role, is_anonymous=attribution.is_anonymous
        )
    rows = [row for row in (said, claim) if row]
    for row in rows:
        row.save()
        for place in candidate.spans:
            place_span(row, version, place)
    return rows


def _claim(
    run: DetectionRun, version: Version, candidate: Candidate, *, kind: str, mode: str
) -> Claim:
    article = version.article
    return Claim(
        article=article,
        statement=candidate.statement,
        kind=kind,
        mode=mode,
        language=article.language,
        worth=candidate.worth,
        reasons=list(candidate.reasons),
        engine=run.engine,
        engine_version=run.engine_version,
        claimed_at=article.published_at.date() if article.published_at else None,
        status=Status.SUGGESTED,
    )


def _said(candidate: Candidate) -> str:
    name = candidate.attribution.name if candidate.attribution else ""
    return f"{_capital(name)} said: {candidate.statement}"


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
