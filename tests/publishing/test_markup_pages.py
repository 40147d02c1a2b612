"""Markup pages when several people are at them, and who may be."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from publishing.markup import read_page
from publishing.markup_pages import StalePage, add_page, change_page, remove_page
from publishing.models import Markup, MarkupPage
from tests.at_once import at_once
from tests.factories import make_user

PAGE = {
    "pageUrl": "https://checks.example.org/mill",
    "claimReviewMarkups": [
        {"claimReviewed": "The mill made flour.", "rating": {"textualRating": "False"}}
    ],
}


def draft(**changes):
    return read_page({**PAGE, **changes})


def make_page():
    return add_page(actor=make_user(Role.EDITOR), draft=draft())


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_four_that_add_one_page_one_does(self):
        editor = make_user(Role.EDITOR)
        results = at_once(*[partial(add_page, actor=editor, draft=draft())] * 4)
        assert sorted(type(result).__name__ for result in results) == [
            "AddressTaken", "AddressTaken", "AddressTaken", "MarkupPage",
        ]  # fmt: skip
        assert (MarkupPage.objects.count(), Markup.objects.count()) == (1, 1)

    def test_of_two_that_change_the_version_they_read_one_does(self):
        page, editor = make_page(), make_user(Role.EDITOR)
        calls = [
            partial(
                change_page,
                actor=editor,
                page=page,
                draft=draft(publishDate=f"2026-03-0{day}", versionId="1"),
            )
            for day in (1, 2)
        ]
        results = sorted(type(result).__name__ for result in at_once(*calls))
        assert results == ["MarkupPage", "StalePage"]


@pytest.mark.django_db
class TestWhoMay:
    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.EDITOR, Role.ADMINISTRATOR}))
    def test_others_than_editors_write_none(self, role):
        page, person = make_page(), make_user(role)
        for write in (
            partial(add_page, draft=draft()),
            partial(change_page, page=page, draft=draft()),
            partial(remove_page, page=page),
        ):
            with pytest.raises(PermissionDenied):
                write(actor=person)

    def test_what_was_removed_is_not_removed_again(self):
        page = remove_page(actor=make_user(Role.EDITOR), page=make_page())
        with pytest.raises(StalePage):
            remove_page(actor=make_user(Role.EDITOR), page=page)


@pytest.mark.django_db
class TestAtTheDesk:
    @pytest.fixture
    def editor(self, client):
        client.force_login(person := make_user(Role.EDITOR))
        return person

    @pytest.mark.usefixtures("editor")
    def test_the_list_shows_each_page_with_its_claims(self, client):
        make_page()
        html = client.get("/desk/pages/").content.decode()
        assert all(word in html for word in (PAGE["pageUrl"], "The mill made flour.", "False"))

    @pytest.mark.usefixtures("editor")
    def test_the_list_takes_as_many_queries_for_more_pages(self, client):
        make_page()
        client.get("/desk/pages/")
        with CaptureQueriesContext(connection) as once:
            client.get("/desk/pages/")
        for number in range(3):
            url = f"https://checks.example.org/{number}"
            add_page(actor=make_user(Role.EDITOR), draft=draft(pageUrl=url))
        with CaptureQueriesContext(connection) as again:
            client.get("/desk/pages/")
        assert len(again) == len(once)

    @pytest.mark.parametrize(("reason", "left"), [("It was a test.", 0), (" ", 1)])
    @pytest.mark.usefixtures("editor")
    def test_an_editor_takes_one_out_with_a_reason(self, client, reason, left):
        page = make_page()
        client.post(f"/desk/pages/{page.pk}/remove/", {"reason": reason})
        assert MarkupPage.objects.standing().count() == left
