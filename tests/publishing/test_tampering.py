"""A row altered behind our back, with the triggers switched off, is found and located: any bit of any column."""

import json
from contextlib import contextmanager
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from hypothesis import assume, given
from hypothesis import strategies as st

from accounts.roles import Role
from publishing.models import CurrentVerdict, Publication, SignedHead, SigningKey
from publishing.proof import verification
from publishing.proof.rotation import rotate_key
from publishing.proof.verification import find_all
from publishing.services import retract_verdict
from tests.factories import make_published_claim, make_user
from tests.publishing.pages import correct

BEGIN = datetime(2000, 1, 1, tzinfo=UTC)  # where PostgreSQL counts from
MOMENT = "timestamptz '2000-01-01 00:00:00+00' + %s::bigint * interval '1 microsecond'"
COLUMNS = {
    model: [field.column for field in model._meta.concrete_fields if not field.generated]
    for model in (Publication, SignedHead, SigningKey, CurrentVerdict)
}
#: How a fault names a row, by its key.
PLACES = {
    Publication: "entry {}",
    SignedHead: "head {}",
    CurrentVerdict: "verdict on claim {}",
}


@pytest.fixture(scope="module", autouse=True)
def record(django_db_setup, django_db_blocker):
    """Three entries on two claims, a head for each, and a second key. Every test leaves them as they were."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_published_claim(
            claimant_name="Ida Quell", claimed_at=date(2026, 3, 1), tags=["ferries", "duty"]
        )
        claim = make_published_claim()
        rotate_key()
        correct(claim, note="It is ünlike that.")
        yield
        transaction.set_rollback(True)


@contextmanager
def tampered(statement, parameters=()):
    """The record with one change that no trigger saw."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement, parameters)
            cursor.execute("SET LOCAL session_replication_role = origin")
        yield
        transaction.set_rollback(True)


def places():
    return {fault.place for fault in find_all()}


@st.composite
def flips(draw, model):
    """A row, a column, and its value with one bit flipped."""
    row = draw(st.sampled_from(list(model.objects.order_by("pk").values_list("pk", flat=True))))
    column = draw(st.sampled_from(COLUMNS[model]))
    table, pk = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM {table} WHERE "{pk}" = %s', [row])  # noqa: S608 - our names
        (value,) = cursor.fetchone()
    return row, column, *flip(draw, value)


def flip(draw, value):
    """How SQL writes the new value, and the value."""
    match value:
        case date() if not isinstance(value, datetime):
            return "'2000-01-01'::date + %s", (value - BEGIN.date()).days ^ 1 << draw(
                st.integers(0, 20)
            )
        case int():
            return "%s", value ^ 1 << draw(st.integers(0, 62))
        case UUID():
            return "%s", UUID(int=value.int ^ 1 << draw(st.integers(0, 127)))
        case datetime():
            since = value - BEGIN
            count = (since.days * 86400 + since.seconds) * 10**6 + since.microseconds
            return MOMENT, count ^ 1 << draw(st.integers(0, 61))
        case str() if value.startswith(("[{", "[]")):  # the gate
            changed = flip_text(draw, value)
            assume(is_other_json(changed, value))
            return "%s::jsonb", changed
        case str():
            return "%s", flip_text(draw, value)
        case [UUID(), *rest]:
            return "%s::uuid[]", [UUID(int=value[0].int ^ 1 << draw(st.integers(0, 127))), *rest]
        case list() if value:
            return "%s", [flip_text(draw, value[0]), *value[1:]]
    assume(False)  # nothing is there to be flipped


def flip_text(draw, value):
    assume(value)
    at = draw(st.integers(0, len(value) - 1))
    other = chr(ord(value[at]) ^ 1 << draw(st.integers(0, 6)))
    assume(other != "\x00" and other.isprintable())
    return value[:at] + other + value[at + 1 :]


def is_other_json(text, before):
    try:
        return json.loads(text) != json.loads(before)
    except ValueError:
        return False


@given(st.data())
@pytest.mark.parametrize("model", [Publication, SignedHead, CurrentVerdict])
def test_any_flipped_bit_is_located(model, data):
    key, column, form, value = data.draw(flips(model))
    table, pk = model._meta.db_table, model._meta.pk.column
    assume(column != pk or not model.objects.filter(pk=value).exists())
    sql = f'UPDATE {table} SET "{column}" = {form} WHERE "{pk}" = %s'  # noqa: S608 - our names
    try:
        with tampered(sql, [value, key]):
            now = value if column == pk else key
            assert PLACES[model].format(now) in places()
    except (DataError, IntegrityError):
        assume(False)  # a value that PostgreSQL takes from nobody: a time without end, an entry 0


@given(st.data())
def test_any_flipped_bit_of_a_key_is_found(data):
    key, column, form, value = data.draw(flips(SigningKey))
    assume(column != "id" or not SigningKey.objects.filter(pk=value).exists())
    sql = f'UPDATE publishing_signingkey SET "{column}" = {form} WHERE id = %s'  # noqa: S608 - our names
    with tampered(sql, [value, key]):
        assert any(place.startswith("key ") for place in places())


@pytest.mark.parametrize(
    ("model", "compared", "beside"),
    [
        (Publication, verification.ENTRY_COLUMNS, {"published_at"}),
        (SignedHead, verification.HEAD_COLUMNS, {"signed_at"}),
        (SigningKey, verification.KEY_COLUMNS, {"created_at"}),
        (
            CurrentVerdict,
            verification.CURRENT_COLUMNS,
            {"first_published_at", "published_at", "claimed_on"},
        ),
    ],
)
def test_no_column_is_left_out(model, compared, beside):
    """A column that is added one day is compared as well."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    assert {field.attname for field in fields} == {*compared, *beside}


def test_an_untouched_record_has_no_fault():
    assert list(find_all()) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DELETE FROM publishing_publication WHERE seq = 2", "entry 3"),
        ("DELETE FROM publishing_publication WHERE seq = 3", "head 4"),
        ("DELETE FROM publishing_signedhead WHERE number = 2", "head 3"),
        ("DELETE FROM publishing_signingkey WHERE predecessor_id IS NULL", "head 1"),
        ("UPDATE publishing_publication SET nonce = '' WHERE seq = 1", "entry 1"),
        ("UPDATE publishing_publication SET gate = '[]' WHERE seq = 1", "entry 1"),
        ("UPDATE publishing_publication SET document = '[]' WHERE seq = 2", "entry 2"),
        ("UPDATE publishing_publication SET document = '' WHERE seq = 2", "entry 2"),
        ("UPDATE publishing_publication SET published_at = 'infinity' WHERE seq = 2", "entry 2"),
        ("UPDATE publishing_signedhead SET document = '{}' WHERE number = 2", "head 2"),
        ("UPDATE publishing_signedhead SET document = 'null' WHERE number = 2", "head 2"),
    ],
)
def test_rows_that_are_gone_or_emptied_are_located(statement, expected):
    with tampered(statement):
        assert expected in places()


def test_a_claim_that_is_gone_from_the_lists_is_found():
    verdict = CurrentVerdict.objects.order_by("seq").first()
    with tampered("DELETE FROM publishing_currentverdict WHERE seq = 1"):
        assert places() == {f"claim {verdict.pk}"}


def test_a_verdict_that_is_put_back_to_an_earlier_entry_is_found():
    newest = CurrentVerdict.objects.get(seq=3)
    with tampered(
        "UPDATE publishing_currentverdict SET publication_id = 2, seq = 2, state = 'publication'"
        " WHERE seq = 3"
    ):
        assert f"verdict on claim {newest.pk}" in places()


def test_a_record_written_anew_as_a_whole_is_found_by_its_heads():
    """As whoever owns the database and has no key would do it: every hash fits."""
    from publishing import chain

    previous, statements = "", []
    for entry in Publication.objects.order_by("seq"):
        said = {**json.loads(entry.document), "previous": previous}
        said["verdict"]["summary"] = "It did not."
        text = chain.canonical(said)
        statements.append((text, chain.digest(text), previous, entry.seq))
        previous = chain.digest(text)
    sql = "UPDATE publishing_publication SET document = %s, sha256 = %s, previous_sha256 = %s WHERE seq = %s"
    with transaction.atomic():
        for parameters in statements:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
                cursor.execute(sql, parameters)
        assert places() == {"head 1", "head 2", "head 3", "head 4"}
        transaction.set_rollback(True)


def test_a_retraction_keeps_the_record_whole():
    with transaction.atomic():
        claim = CurrentVerdict.objects.get(seq=1).claim
        retract_verdict(actor=make_user(Role.EDITOR), claim=claim, reason="Wrong port.")
        assert list(find_all()) == []
        transaction.set_rollback(True)
