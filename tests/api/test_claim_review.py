"""The ClaimReview of a verdict through the API."""

import json
import re

import pytest

from accounts.roles import Role
from publishing.services import retract_verdict
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def ask(client, claim):
    return client.get(f"/api/v1/verdicts/{claim.pk}/claim-review/")


def test_it_is_the_same_as_on_the_page(client, published):
    page = client.get(f"/claims/{published.pk}/").content.decode()
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert ask(client, published).json() == json.loads(script)


def test_it_is_linked_data(client, published):
    assert ask(client, published).headers["Content-Type"] == "application/ld+json"


def test_what_a_client_has_is_not_sent_again(client, published):
    etag = ask(client, published).headers["ETag"]
    again = client.get(
        f"/api/v1/verdicts/{published.pk}/claim-review/", headers={"If-None-Match": etag}
    )
    assert again.status_code == 304


def test_a_retracted_verdict_has_none(client, published):
    retract_verdict(actor=make_user(Role.EDITOR), claim=published, reason="It was wrong.")
    assert ask(client, published).status_code == 404
