"""An editor makes a webhook, publishes, and the program behind it has the verdict, signed."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import rfc8785
from playwright.sync_api import expect

from accounts.models import User
from reviews.services import write_verdict
from tests.factories import make_reviewed_claim
from tests.journeys.conftest import Visitor
from tests.publishing.webhooks.making import Receiver, receiving


@pytest.fixture
def consumer(settings: Any) -> Iterator[tuple[Receiver, str]]:
    settings.ASSAY_PRIVATE_HOSTS = ["127.0.0.1"]
    with receiving() as found:
        yield found


@pytest.mark.journey
def test_what_an_editor_publishes_arrives_where_they_said(
    visitor: Callable[[], Visitor],
    people: dict[str, User],
    work_off: Callable[[], None],
    consumer: tuple[Receiver, str],
) -> None:
    receiver, address = consumer
    claim = make_reviewed_claim()
    write_verdict(
        actor=people["kay"], claim=claim, summary="It did.", justification="See the bill."
    )
    page = visitor().sign_in(people["eve"]).page
    page.goto("/desk/webhooks/")
    page.get_by_role("link", name="Make a webhook").first.click()
    page.get_by_label("Address").fill(address)
    page.get_by_role("button", name="Make the webhook").click()
    receiver.secret = page.locator(".secret").inner_text()
    page.get_by_role("link", name="I have copied it").click()
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("A test is on its way")).to_be_visible()
    webhook = page.url
    page.goto(f"/desk/claims/{claim.pk}/publish/")
    for label in ("The claimant was asked", "Claim and verdict are worded", "Evidence was looked"):
        page.get_by_label(label).check()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url(f"**/claims/{claim.pk}/")
    work_off()
    page.goto(webhook)
    expect(page.get_by_text("answered 204")).to_have_count(2)
    test, message = sorted(receiver.messages, key=lambda one: one["type"], reverse=True)
    assert (test["type"], message["type"]) == ("webhook.test", "verdict.published")
    document = message["data"]["document"]
    assert document["id"] == str(claim.pk)
    assert hashlib.sha256(rfc8785.dumps(document)).hexdigest() == message["data"]["sha256"]
