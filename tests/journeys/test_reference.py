"""The API's reference and the pages of keys, in a real browser under our content policy."""

import pytest
from playwright.sync_api import expect

from accounts.roles import Role
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_reference_shows_itself_and_runs_an_example(visitor):
    factories.make_published_claim(statement="The works cost 40 million crowns.")
    reader = visitor()
    page = reader.page
    page.goto("/api/docs/")
    page.get_by_text("What the desk concludes, claim by claim").click()
    page.get_by_role("button", name="Try it out").first.click()
    page.get_by_role("button", name="Execute").click()
    expect(page.get_by_text("The works cost 40 million crowns.").first).to_be_visible()
    assert reader.complaints == []


def test_the_reference_is_dark_when_the_system_is(visitor):
    reader = visitor()
    reader.page.emulate_media(color_scheme="dark")
    reader.page.goto("/api/docs/")
    expect(reader.page.get_by_text("The verdict on a claim")).to_be_visible()
    assert "dark-mode" in reader.page.locator("html").get_attribute("class")


def test_the_reference_fits_a_phone(visitor):
    reader = visitor()
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.page.goto("/api/docs/")
    expect(reader.page.get_by_text("The verdict on a claim")).to_be_visible()
    wide = reader.page.evaluate("document.documentElement.scrollWidth")
    assert wide == 390


def test_a_key_is_made_used_and_revoked(visitor):
    user = factories.make_user(Role.EDITOR)
    user.set_password(factories.PASSWORD)
    user.save()
    editor = visitor().sign_in(user)
    page = editor.page
    page.goto("/desk/keys/make/")
    page.get_by_label("Name").fill("election site")
    page.get_by_role("button", name="Make the key").click()
    secret = page.locator(".secret code").inner_text()
    found = page.request.get("/api/v1/claims/", headers={"Authorization": f"Bearer {secret}"})
    assert found.status == 200
    page.get_by_role("link", name="I have copied it").click()
    page.get_by_role("link", name="Revoke election site").click()
    page.get_by_role("button", name="Revoke the key").click()
    expect(page.get_by_text("Revoked", exact=True)).to_be_visible()
    refused = page.request.get("/api/v1/claims/", headers={"Authorization": f"Bearer {secret}"})
    assert refused.status == 401
