"""What the database itself refuses, whoever asks: changes of frozen rows, impossible rows, lost work."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import PROTECT, ProtectedError

from accounts.models import ApiKey, User
from articles.models import Article, Version
from audit.models import Event
from claims.models import Claim, Claimant, DetectionRun, Span
from publishing.models import CurrentVerdict, Publication
from reviews.models import Assignment, Comment, Rating, Review, Scale, Verdict
from sources.models import Evidence, Snapshot, Source
from tests.factories import make_published_claim, make_reviewed_claim, make_user

pytestmark = pytest.mark.django_db

FROZEN = [
    (Version, {"text": "Other."}),
    (Snapshot, {"text": "Other."}),
    (Publication, {"note": "Other."}),
    (Event, {"reason": "Other."}),
]


@pytest.fixture
def desk():
    return make_published_claim(claimant_name="Ida Quell")


@pytest.mark.parametrize(("model", "change"), FROZEN, ids=lambda x: getattr(x, "__name__", ""))
def test_a_frozen_row_cannot_be_updated(desk, model, change):
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        model.objects.update(**change)


@pytest.mark.parametrize("model", [model for model, _ in FROZEN])
def test_a_frozen_row_cannot_be_deleted(desk, model):
    table = model._meta.db_table
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():  # noqa: SIM117
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a table of ours


IMPOSSIBLE = [
    (User, {"role": "king"}, "user_role_known"),
    (Article, {"title": ""}, "article_has_title"),
    (Claim, {"statement": ""}, "claim_has_statement"),
    (Claim, {"worth": 1.5}, "claim_worth_between_0_and_1"),
    (Claim, {"worth": -0.1}, "claim_worth_between_0_and_1"),
    (Claim, {"kind": "rumour"}, "claim_kind_known"),
    (Claim, {"mode": "sung"}, "claim_mode_known"),
    (Claim, {"status": "lost"}, "claim_status_known"),
    (Claimant, {"name": ""}, "claimant_has_name"),
    (Claimant, {"kind": "ghost"}, "claimant_kind_known"),
    (Span, {"start": 9, "end": 9}, "span_in_order"),
    (Span, {"start": 9, "end": 5}, "span_in_order"),
    (Span, {"score": 1.1}, "span_score_between_0_and_1"),
    (Span, {"resolution": "maybe"}, "span_resolution_known"),
    (Source, {"title": ""}, "source_has_title"),
    (Source, {"kind": "hearsay"}, "source_kind_known"),
    (Source, {"kind": "withheld"}, "withheld_source_says_why"),
    (Evidence, {"stance": "neutral"}, "evidence_stance_known"),
    (Evidence, {"quote_check": "sure"}, "evidence_quote_check_known"),
    (Evidence, {"quote_start": 5, "quote_end": 5}, "evidence_quote_in_order"),
    (Rating, {"colour": "red"}, "rating_colour_is_hex"),
    (Rating, {"normalised": "maybe"}, "rating_normalised_known"),
    (Scale, {"is_house": True}, "one_house_scale"),
    (Review, {"rationale": ""}, "review_has_rationale"),
]


@pytest.mark.parametrize(("model", "change", "constraint"), IMPOSSIBLE)
def test_an_impossible_row_is_refused_by_its_constraint(desk, model, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.update(**change)


def test_an_override_of_a_quote_says_why(desk):
    with pytest.raises(IntegrityError, match="evidence_override_says_why"), transaction.atomic():
        Evidence.objects.update(overridden_by=make_user(), override_reason="")


def test_a_claim_is_not_its_own_attribution(desk):
    with pytest.raises(IntegrityError, match="claim_not_its_own_attribution"), transaction.atomic():
        Claim.objects.filter(pk=desk.pk).update(attribution=desk)


def twin(row, **changes):
    """A second row that says the same."""
    row.pk = None
    row._state.adding = True
    for name, value in changes.items():
        setattr(row, name, value)
    row.pk = type(row)._meta.pk.get_default()
    row.save()


@pytest.mark.parametrize(
    ("model", "changes", "constraint"),
    [
        (Span, {}, "span_unique_in_claim"),
        (Claimant, {}, "claimant_unique"),
        (Version, {}, "version_number_unique"),
        (Assignment, {}, "one_assignment_a_reviewer_and_round"),
        (Review, {}, "one_review_a_reviewer_and_round"),
        (Verdict, {}, "verdict_revision_unique"),
        (Rating, {}, "rating_unique_in_scale"),
        (Scale, {"is_house": False}, "scale_version_unique"),
    ],
)
def test_what_is_one_of_a_kind_cannot_be_twice(desk, model, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        twin(model.objects.first(), **changes)


def test_an_e_mail_address_belongs_to_one_person_in_any_case():
    make_user(email="ida@example.org")
    with pytest.raises(IntegrityError, match="user_email_unique_in_any_case"), transaction.atomic():
        User.objects.create(email="IDA@example.org", name="Ida")


def test_a_number_of_the_record_is_given_once(desk):
    entry = Publication.objects.get()
    entry._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


@pytest.mark.parametrize(
    "model", [User, Article, Version, Claim, Claimant, Source, Snapshot, Rating, Scale, Publication]
)
def test_what_work_leans_on_cannot_be_deleted(desk, model):
    with pytest.raises(ProtectedError):
        model.objects.filter(pk__in=[*model.objects.values_list("pk", flat=True)]).delete()


def test_every_link_between_records_protects_what_it_points_at():
    """Deleting a person or a record never deletes work."""
    models = [
        *(ApiKey, Article, Version, Event, Claim, Span, DetectionRun, Source, Snapshot, Evidence),
        *(Rating, Assignment, Review, Verdict, Comment, Publication, CurrentVerdict),
    ]
    links = [f for m in models for f in m._meta.get_fields() if f.many_to_one and f.concrete]
    assert [str(link) for link in links if link.remote_field.on_delete is not PROTECT] == []


def test_a_person_with_work_is_deactivated_and_their_work_keeps_its_author():
    claim = make_reviewed_claim()
    reviewer = claim.reviews.first().reviewer
    User.objects.filter(pk=reviewer.pk).update(is_active=False)
    assert claim.reviews.filter(reviewer=reviewer).exists()
    assert not User.objects.get(pk=reviewer.pk).has_perm("claims.view_claim")
