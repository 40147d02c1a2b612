"""What the page of an article's runs shows: what each engine found, refused and left out, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from articles.models import Version
from claims.models import Claim, DetectionRun, Finding
from reviews.workbench import leading


@dataclass(frozen=True, slots=True)
class RunView:
    """A run, how many claims it found that were there already, and what it left out, with the words."""

    run: DetectionRun
    shared: int
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a run has for a claim. `wording` is the engine's own, where it is not the claim's."""

    run: DetectionRun
    is_found: bool
    wording: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    claim: Claim
    cells: tuple[Cell, ...]


def latest_run(version: Version | None) -> DetectionRun | None:
    """The run that the workbench speaks of: the one at work, else the one that ended last."""
    runs = DetectionRun.objects.filter(version=version).defer("trace")
    return max(runs, key=_lateness, default=None)


def _lateness(run: DetectionRun) -> tuple[bool, Any]:
    return run.is_working, run.finished_at or run.created_at


def runs_context(version: Version) -> dict[str, Any]:
    """Runs in the order in which they were asked for, claims in reading order; three queries."""
    runs = list(version.detection_runs.order_by("id"))
    findings = {(f.run_id, f.claim_id): f for f in Finding.objects.filter(run__version=version)}
    claims = leading(_in_reading_order(version))
    rows = [ClaimRow(claim, tuple(_cell(run, claim, findings) for run in runs)) for claim in claims]
    found = [row for row in rows if any(cell.is_found for cell in row.cells)]
    return {
        "version": version,
        "runs": [_run_view(run, version, claims, findings) for run in runs],
        "rows": found,
        "by_hand": len(rows) - len(found),
    }


def _in_reading_order(version: Version) -> list[Claim]:
    spans = version.spans.select_related("claim__claimant").order_by("start", "end", "claim")
    return list(dict.fromkeys(span.claim for span in spans))


def _cell(run: DetectionRun, claim: Claim, findings: dict[Any, Finding]) -> Cell:
    finding = findings.get((run.pk, claim.pk))
    is_reworded = finding is not None and finding.statement != claim.statement
    return Cell(run, finding is not None, finding.statement if finding and is_reworded else "")


def _run_view(
    run: DetectionRun, version: Version, claims: Sequence[Claim], findings: dict[Any, Finding]
) -> RunView:
    found = sum((run.pk, claim.pk) in findings for claim in claims)
    left_out = tuple((version.text[start:end], why) for start, end, why in run.left_out)
    return RunView(run, max(0, found - run.found), left_out)
