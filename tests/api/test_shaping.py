"""`fields=` and `include=`: what is left, what is refused, and with which words."""

import pytest
from django.core.exceptions import ValidationError

from api.v1.serializers import ClaimShape
from api.v1.shaping import read_selection, tree_of

CLAIM = {
    "id": "1",
    "statement": "It cost 40 million.",
    "verdict": {"label": "True", "rating": "true"},
    "claimant": None,
    "evidence": [
        {"stance": "supports", "source": {"title": "A", "kind": "law"}},
        {"stance": "context", "source": {"title": "B"}},
    ],
}


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ("", CLAIM),
        (" , ", CLAIM),
        ("id", {"id": "1"}),
        (" statement , id,id", {"id": "1", "statement": "It cost 40 million."}),
        ("verdict.label", {"verdict": {"label": "True"}}),
        ("verdict.label,verdict", {"verdict": CLAIM["verdict"]}),
        ("verdict,verdict.label", {"verdict": CLAIM["verdict"]}),
        ("claimant.name", {"claimant": None}),
        ("evidence.source.title", {"evidence": [{"source": {"title": "A"}}, {"source": {"title": "B"}}]}),
        ("desk.worth", {}),
    ],
)  # fmt: skip
def test_only_what_is_asked_for_is_left(fields, left):
    assert read_selection(fields, "", ClaimShape).prune(CLAIM) == left


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("colour", "There is no field “colour”. Known: article, "),
        ("id,verdict.colourful", "There is no field “verdict.colourful”. Known in “verdict”: colour, "),
        ("id.part", "There is no field “id.part”. It has no members."),
        ("verdict.", "There is no field “verdict.”."),
        ("__class__", "There is no field “__class__”."),
        ("a" * 10_000, "There is no field"),
    ],
)  # fmt: skip
def test_an_unknown_field_is_refused_with_those_that_are_known(fields, words):
    with pytest.raises(ValidationError) as refused:
        read_selection(fields, "", ClaimShape)
    assert refused.value.message_dict["fields"][0].startswith(words)


def test_an_unknown_include_is_refused_with_those_that_are_known():
    with pytest.raises(ValidationError) as refused:
        read_selection("", "claims,reviews", ClaimShape, includable=["claims"])
    words = "There is no “reviews” to include. Known: claims."
    assert refused.value.message_dict == {"include": [words]}


@pytest.mark.parametrize(
    ("fields", "include", "is_included"),
    [("", "", False), ("", "evidence", True), ("evidence.stance", "", True), ("id", "", False), ("id", "evidence", True)],
)  # fmt: skip
def test_more_is_included_when_either_asks_for_it(fields, include, is_included):
    selection = read_selection(fields, include, ClaimShape, includable=["evidence"])
    assert ("evidence" in selection.included) == is_included


def test_what_is_included_is_there_whatever_fields_leave_out():
    selection = read_selection("id", "evidence", ClaimShape, includable=["evidence"])
    assert list(selection.prune(CLAIM)) == ["id", "evidence"]


def test_members_within_members_are_known_from_the_shape():
    assert "title" in tree_of(ClaimShape)["evidence"]["source"]
