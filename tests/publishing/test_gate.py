"""The gate's checklist, one line at a time."""

import dataclasses

import pytest

from publishing.gate import Attested, GateFacts, run_gate, unmet

READY = GateFacts(
    evidence=2,
    evidence_with_copy=1,
    unsettled_quotes=0,
    stances=frozenset({"supports"}),
    has_justification=True,
    has_summary=True,
    conflicts=(),
)
BOTH_SIDES = frozenset({"supports", "undermines"})
ALL = Attested(both_sides=True, claimant_asked=True, neutral_wording=True)
SLUGS = [
    "evidence",
    "quotes",
    "summary",
    "conflicts",
    "claim_review",
    "both_sides",
    "claimant_asked",
    "neutral_wording",
]


def missing(facts=READY, attested=ALL):
    return [check.slug for check in unmet(run_gate(facts, attested))]


def test_the_checklist_has_its_lines_in_the_order_an_editor_reads_them():
    assert [check.slug for check in run_gate(READY, ALL)] == SLUGS


def test_a_verdict_that_has_everything_passes():
    assert missing() == []


def test_a_claim_that_has_nothing_is_missing_everything():
    bare = GateFacts(0, 0, 1, frozenset(), False, False, ("Rae",), ("url: None.",))
    assert missing(bare, Attested()) == SLUGS


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"evidence": 0, "evidence_with_copy": 0}, "evidence"),
        ({"evidence_with_copy": 0}, "evidence"),
        ({"unsettled_quotes": 1}, "quotes"),
        ({"has_summary": False}, "summary"),
        ({"has_justification": False}, "summary"),
        ({"conflicts": ("Rae Moss",)}, "conflicts"),
        ({"markup_problems": ("url: None.",)}, "claim_review"),
    ],
)
def test_each_fact_that_is_amiss_fails_its_own_line_only(changes, slug):
    assert missing(dataclasses.replace(READY, **changes)) == [slug]


@pytest.mark.parametrize("slug", ["both_sides", "claimant_asked", "neutral_wording"])
def test_what_the_editor_does_not_attest_is_missing(slug):
    assert missing(attested=dataclasses.replace(ALL, **{slug: False})) == [slug]


def test_evidence_on_both_sides_speaks_for_itself():
    facts = dataclasses.replace(READY, stances=BOTH_SIDES)
    assert missing(facts, dataclasses.replace(ALL, both_sides=False)) == []


@pytest.mark.parametrize("stances", [{"context"}, {"undermines"}, {"supports", "context"}, set()])
def test_evidence_on_one_side_needs_the_editor_to_say_that_the_other_was_looked_for(stances):
    facts = dataclasses.replace(READY, stances=frozenset(stances))
    assert missing(facts, dataclasses.replace(ALL, both_sides=False)) == ["both_sides"]


@pytest.mark.parametrize(
    "check",
    run_gate(GateFacts(0, 0, 1, frozenset(), False, False, ("R",)), Attested()),
    ids=lambda c: c.slug,
)
def test_every_line_says_how_to_mend_it(check):
    assert check.label
    assert check.mend


def test_only_the_line_that_search_engines_decide_is_final():
    assert [check.slug for check in run_gate(READY, ALL) if check.is_final] == ["claim_review"]


def test_an_invalid_claim_review_says_what_to_mend():
    facts = dataclasses.replace(READY, markup_problems=("url: It is required.", "author: Who?"))
    (check,) = unmet(run_gate(facts, ALL))
    assert check.mend == "It is not: url: It is required. author: Who?"


def test_a_declared_conflict_names_the_reviewer():
    facts = dataclasses.replace(READY, conflicts=("Rae Moss", "Jo Bell"))
    (check,) = unmet(run_gate(facts, ALL))
    assert "Rae Moss, Jo Bell" in check.mend


def test_only_what_a_person_must_judge_is_attested_by_the_editor():
    attested = {check.slug for check in run_gate(READY, ALL) if check.attested_by_editor}
    assert attested == {"both_sides", "claimant_asked", "neutral_wording"}
