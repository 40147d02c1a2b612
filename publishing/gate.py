"""The publish gate: what must hold before a verdict goes out, as a checklist that says how to mend it.

Pure: facts in, checks out. Facts about wording and fairness that no program can judge are attested by the
editor who publishes. A check that fails can be overridden by name with a reason, which stays on the record.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GateFacts:
    """What the gate asks about a claim and its verdict."""

    evidence: int
    evidence_with_copy: int
    unsettled_quotes: int
    stances: frozenset[str]
    has_justification: bool
    has_summary: bool
    conflicts: tuple[str, ...]
    markup_problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attested:
    """What the publishing editor says by ticking a box."""

    both_sides: bool = False
    claimant_asked: bool = False
    neutral_wording: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist. `mend` says what to do; `anchor` is where on the claim's page.

    One that `is_final` nobody overrides.
    """

    slug: str
    label: str
    is_met: bool
    mend: str = ""
    anchor: str = ""
    attested_by_editor: bool = False
    is_final: bool = False


def run_gate(facts: GateFacts, attested: Attested) -> tuple[Check, ...]:
    """The checklist, in the order an editor reads it."""
    return (
        Check(
            "evidence",
            "At least one piece of evidence with a kept copy of its source",
            facts.evidence_with_copy > 0,
            "Add evidence with the text of its source."
            if not facts.evidence
            else "Keep a copy of at least one source: paste its text when you add evidence.",
            "evidence",
        ),
        Check(
            "quotes",
            "Every quote is found in its copy, or taken on by name",
            facts.unsettled_quotes == 0,
            f"{facts.unsettled_quotes} quote(s) were not found word for word.",
            "evidence",
        ),
        Check(
            "summary",
            "The verdict says why, in one paragraph and in full",
            facts.has_summary and facts.has_justification,
            "Write the summary and the justification.",
            "verdict",
        ),
        Check(
            "conflicts",
            "No reviewer declared a conflict of interest",
            not facts.conflicts,
            f"Declared by {', '.join(facts.conflicts)}. Send the claim back for another round.",
            "reviews",
        ),
        Check(
            "claim_review",
            "The ClaimReview is valid, so that search engines take it",
            not facts.markup_problems,
            f"It is not: {' '.join(facts.markup_problems)}",
            "verdict",
            is_final=True,
        ),
        *_attestations(facts, attested),
    )


def _attestations(facts: GateFacts, attested: Attested) -> tuple[Check, ...]:
    has_both = {"supports", "undermines"} <= facts.stances
    return (
        Check(
            "both_sides",
            "Evidence was looked for on both sides",
            has_both or attested.both_sides,
            "Evidence is on one side only. Confirm that the other side was looked for.",
            "evidence",
            attested_by_editor=not has_both,
        ),
        Check(
            "claimant_asked",
            "The claimant was asked, where the claim harms someone",
            attested.claimant_asked,
            "Confirm that the claimant was asked, or that the claim harms nobody.",
            attested_by_editor=True,
        ),
        Check(
            "neutral_wording",
            "Claim and verdict are worded neutrally",
            attested.neutral_wording,
            "Confirm that you read the wording for this.",
            attested_by_editor=True,
        ),
    )


def unmet(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    return tuple(check for check in checks if not check.is_met)
