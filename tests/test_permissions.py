"""Who may do what: every address and method of the house, for every role and for no one.

The table is `tests/permissions/table.py`. What it expects is tried on prepared objects, each row in a
transaction that is rolled back.
"""

from itertools import product

import pytest
from django.db import transaction
from django.test import override_settings

from accounts.roles import Role
from tests.permissions.objects import HIDDEN, WITHHELD, make_objects
from tests.permissions.table import rows
from tests.permissions.walking import ask, patterns

ROWS = rows()
PATTERNS = tuple(patterns())
OUTSIDE_THE_ADMIN = [name for name in PATTERNS if not name.startswith("admin:")]
LISTED = {(row.method, row.name.partition("#")[0]) for row in ROWS}
#: A word that must not reach them.
SECRETS = {
    "": HIDDEN,
    Role.CONSUMER: HIDDEN,
    Role.CONTRIBUTOR: WITHHELD,
    Role.REVIEWER: WITHHELD,
}
QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


@pytest.fixture(scope="module")
def objects(django_db_setup, django_db_blocker):
    """Made once: every test below leaves them as they were."""
    with django_db_blocker.unblock(), override_settings(**QUICK), transaction.atomic():
        yield make_objects()
        transaction.set_rollback(True)


@pytest.fixture
def try_it(objects):
    """`ask` on the prepared objects, undone afterwards."""

    def try_it(*args, **kwargs):
        with transaction.atomic():
            found = ask(objects, *args, **kwargs)
            transaction.set_rollback(True)
        return found

    return try_it


@pytest.fixture(scope="module")
def answers():
    """What the rows gave, by row and role: asked once, looked at twice."""
    return {}


@pytest.fixture
def ask_all(answers, try_it):
    def ask_all(row):
        if row not in answers:
            found = {who: try_it(row.method, row.name, who, row.way) for who in row.expected}
            answers[row] = {
                who: (outcome, body(response)) for who, (outcome, response) in found.items()
            }
        return answers[row]

    return ask_all


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everyone_gets_from_an_address_what_the_table_says(ask_all, row):
    assert {who: outcome for who, (outcome, _) in ask_all(row).items()} == row.expected


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_no_answer_holds_what_its_reader_may_not_see(ask_all, row):
    answers = ask_all(row)
    assert [
        who for who, word in SECRETS.items() if who in answers and word in answers[who][1]
    ] == []


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_address_is_missing_from_the_table(try_it, method, name):
    """An address that is not in the table refuses the method."""
    if (method, name) not in LISTED:
        assert try_it(method, name, Role.ADMINISTRATOR)[0] == "405"


def test_the_table_names_no_address_that_is_gone():
    assert {name for _, name in LISTED} <= set(PATTERNS)


@pytest.mark.parametrize(
    ("method", "name"),
    [one for one in product(("PUT", "PATCH", "DELETE"), PATTERNS) if one not in LISTED],
)
def test_no_other_method_changes_anything(try_it, method, name):
    assert try_it(method, name, Role.ADMINISTRATOR)[0] != "done"


@pytest.mark.parametrize("name", OUTSIDE_THE_ADMIN)
def test_an_address_answers_head_as_it_answers_get(try_it, name):
    status, _ = try_it("HEAD", name, Role.EDITOR)
    expected, response = try_it("GET", name, Role.EDITOR)
    body(response)  # or a file that is sent stays open
    assert status == expected


@pytest.mark.parametrize(
    "row", [row for row in ROWS if str(row).startswith("GET api:") and "-" in row.name], ids=str
)
def test_a_closed_api_tells_no_one_anything(try_it, settings, row):
    settings.ASSAY_PUBLIC_API = False
    assert try_it("GET", row.name)[0] == "401"


def body(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace").lower()
