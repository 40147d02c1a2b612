"""A quote that was found nearly is shown with what the copy has in its place."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from sources.models import SourceKind
from tests.factories import make_claim, make_evidence, make_source, make_user

pytestmark = pytest.mark.django_db
NEARLY = "The works cost 41 million crowns"


@pytest.fixture
def desk(client):
    client.force_login(make_user())
    return client


def shown(client, address):
    """What a reader reads of the difference, tags and all white space aside."""
    page = client.get(address).content.decode()
    found = re.search(r'<div class="quote-diff".*?</div>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", found.group()).split()) if found else None


def test_the_claim_page_says_in_words_what_the_quote_and_the_copy_have(desk):
    claim = make_claim()
    make_evidence(claim, quote=NEARLY)
    said = shown(desk, claim.get_absolute_url())
    assert said == "The works cost in the quote: 41 in the copy: 40 million crowns"


def test_what_an_ellipsis_stands_for_is_shown(desk):
    claim = make_claim()
    copy = "They said that the works did not cost 40 million crowns."
    make_evidence(claim, quote="the works did … cost 40 million", copy=copy)
    said = shown(desk, claim.get_absolute_url())
    assert said == "the works did left out: not cost 40 million"


def test_the_source_page_shows_it_as_well(desk):
    item = make_evidence(make_claim(), quote=NEARLY)
    assert "in the copy: 40" in shown(desk, item.source.get_absolute_url())


@pytest.mark.parametrize("quote", ["cost 40 million crowns", "Nothing of the kind was ever said"])
def test_a_quote_that_is_there_or_is_not_has_no_difference(desk, quote):
    claim = make_claim()
    make_evidence(claim, quote=quote)
    assert shown(desk, claim.get_absolute_url()) is None


def test_words_of_the_copy_are_text_and_no_markup(desk):
    claim = make_claim()
    make_evidence(claim, quote=NEARLY, copy="The works cost <40 million crowns, it says.")
    assert "&lt;40" in desk.get(claim.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("role", "is_shown"), [(Role.EDITOR, True), (Role.REVIEWER, False)])
def test_words_of_a_withheld_source_are_shown_to_editors_only(client, role, is_shown):
    source = make_source(kind=SourceKind.WITHHELD, withheld_reason="To protect a person.")
    claim = make_claim()
    make_evidence(claim, source=source, quote=NEARLY)
    client.force_login(make_user(role))
    assert (shown(client, claim.get_absolute_url()) is not None) is is_shown


def test_no_whole_copy_is_read_to_show_it(desk):
    claim = make_claim()
    make_evidence(claim, quote=NEARLY)
    with CaptureQueriesContext(connection) as captured:
        desk.get(claim.get_absolute_url())
    asked = [query["sql"] for query in captured if "SUBSTRING" in query["sql"]]
    assert len(asked) == 1
    assert asked[0].count('"sources_snapshot"."text"') == 1
