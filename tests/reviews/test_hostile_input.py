"""What nobody should send, sent to every form and address of the desk: each answers in words, none breaks."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from articles.addresses import BadAddress, normalise
from claims.kinds import Status
from tests.factories import TEXT, make_claim, make_published_claim
from tests.reviews.forms import FORMS, assert_is_text, at, counts, filled_in, make_subject

pytestmark = pytest.mark.django_db
NEW = reverse("reviews:add-article")
QUEUE = reverse("reviews:queue")
NAUGHTY = Path("../shared/data/naughty_strings.json")
GATE = "release:publish-verdict"  # where an empty form is a stale one
ANSWERED = {200, 302, 400, 404, 409}


def filled_with(name, subject, field, value):
    """The form with one field that holds something else."""
    sent = filled_in(subject)
    if name == "reviews:bulk":
        action = "assign" if field == "reviewer" else "dismiss"
        sent |= {"claim": str(make_claim().pk), "action": action}
    return sent | {field: value}


@pytest.mark.parametrize("name", FORMS)
class TestEveryField:
    @pytest.mark.parametrize(
        "value", ["be\x00fore \x00 after", "long " * 300_000], ids=["NUL", "too long"]
    )
    def test_takes_what_the_database_cannot_hold_without_breaking(self, desk, editor, name, value):
        subject, odd = make_subject(name, editor), {}
        for field in FORMS[name]:
            with transaction.atomic():
                sent = filled_with(name, subject, field, value)
                odd[field] = desk.post(at(name, subject), sent).status_code
                transaction.set_rollback(True)
        assert {field: status for field, status in odd.items() if status not in ANSWERED} == {}

    def test_takes_bytes_that_are_no_text_without_breaking(self, desk, editor, name):
        """A lone surrogate, and a byte that UTF-8 never has."""
        subject = make_subject(name, editor)
        sent = filled_in(subject) | dict.fromkeys(FORMS[name], "a%ED%A0%80%FF b")
        body = "&".join(f"{field}={value}" for field, value in sent.items()).encode()
        form = "application/x-www-form-urlencoded"
        assert desk.generic("POST", at(name, subject), body, form).status_code in ANSWERED

    def test_is_missed_when_the_form_comes_empty(self, desk, editor, name):
        subject = make_subject(name, editor)
        before = counts()
        status = desk.post(at(name, subject), {}).status_code
        if name != "reviews:release-claim":  # which asks for nothing
            assert counts() == before
            assert status == {"reviews:add-claim": 302, "reviews:bulk": 302, GATE: 409}.get(
                name, 400
            )


@pytest.mark.skipif(not NAUGHTY.exists(), reason=f"{NAUGHTY} is not here")
class TestNaughtyStrings:
    """The strings that break programs, a few at a time, through the forms that take words."""

    @pytest.fixture
    def strings(self):
        return [text for text in json.loads(NAUGHTY.read_text()) if isinstance(text, str)]

    def test_come_in_as_articles_or_are_refused(self, desk, strings):
        odd = []
        for texts in in_groups(strings, 3):
            sent = {"text": "\n\n".join(texts), "language": "en", "title": texts[0][:400]}
            if desk.post(NEW, sent).status_code not in {302, 400}:
                odd.append(texts)
        assert odd == []

    def test_become_statements_and_claimants(self, desk, strings):
        claim, odd = make_claim(), []
        for texts in in_groups(strings, 3):
            claim.refresh_from_db()
            names = dict(zip(("statement", "claimant", "role"), texts, strict=True))
            sent = filled_in(claim) | {name: text[:300] for name, text in names.items()}
            if desk.post(at("reviews:edit-claim", claim), sent).status_code not in {302, 400}:
                odd.append(texts)
        assert odd == []
        assert_is_text(desk.get(claim.get_absolute_url()))

    def test_become_evidence(self, desk, strings):
        claim, odd = make_claim(), []
        names = ("title", "publisher", "quote", "copy", "note", "question")
        for texts in in_groups(strings, len(names)):
            sent = filled_in(claim) | {"kind": "law"} | dict(zip(names, texts, strict=True))
            sent |= {name: sent[name][:200] for name in ("title", "publisher", "question")}
            if desk.post(at("reviews:add-evidence", claim), sent).status_code not in {302, 400}:
                odd.append(texts)
        assert odd == []
        assert_is_text(desk.get(claim.get_absolute_url()))

    def test_become_remarks(self, desk, strings):
        claim, odd = make_claim(), []
        for texts in in_groups(strings, 5):
            sent = {"text": " @".join(texts)}
            if desk.post(at("reviews:add-comment", claim), sent).status_code not in {302, 400}:
                odd.append(texts)
        assert odd == []

    @pytest.mark.parametrize(
        "page", [QUEUE, reverse("reviews:list-articles"), reverse("reviews:list-sources"), "/"]
    )
    def test_are_searched_for(self, desk, strings, page):
        make_published_claim()
        odd = []
        for texts in in_groups(strings, 10):
            sent = dict.fromkeys(("q", "claimant", "article", "publisher"), " ".join(texts))
            if desk.get(page, sent).status_code != 200:
                odd.append(texts)
        assert odd == []

    @pytest.mark.parametrize("name", ["api:list-verdicts", "api:list-claims", "api:list-articles"])
    def test_are_looked_up_by_the_api(self, client, strings, name):
        odd = []
        for texts in in_groups(strings, 4):
            if client.get(at(name), {"q": " ".join(texts)[:500]}).status_code not in {200, 400}:
                odd.append(texts)
        assert odd == []

    def test_are_addresses_in_one_spelling_or_none(self, strings):
        for text in strings:
            with suppress(BadAddress):
                assert normalise(normalise(text)) == normalise(text)


def in_groups(strings, size):
    """Groups of equal size: the last is filled up with the first strings."""
    return [[*strings[at : at + size], *strings][:size] for at in range(0, len(strings), size)]


PARAMETERS = (
    "q", "after", "before", "claim", "words", "version", "status", "kind", "worth", "who", "claimant",
    "article", "rating", "normalised", "publisher", "statement", "except", "start", "end", "next",
)  # fmt: skip
OF_THE_API = (
    "q", "limit", "cursor", "since", "claim", "status", "rating", "normalised", "claimant", "article",
    "article_url", "url", "publisher", "kind", "language", "published_after", "published_before", "page",
)  # fmt: skip
OF_THE_ADMIN = (
    "q", "o", "p", "e", "all", "status", "status__exact", "kind__exact", "language", "flag__isempty",
    "article", "claimant__id__exact", "created_at__year", "created_at__day", "_to_field", "_popup",
)  # fmt: skip
WEIRD = [
    "", "x" * 9000, "\x00", "-1", "9" * 40, "1e400", "nan", "-", "0-99999999999", "9-1", "x-y", "[]",
    "💥", "'\"`;--", "٣", "0001-01-01", "9999-12-31T23:59:59Z",
]  # fmt: skip


class TestNoValueInAnAddress:
    @pytest.mark.parametrize("value", WEIRD, ids=lambda value: repr(value)[:20])
    def test_breaks_a_page(self, desk, value):
        claim = make_published_claim(claimant_name="Ida Quell")
        article = claim.article
        pages = [
            at("reviews:home"), QUEUE, at("reviews:list-articles"), at("reviews:list-sources"),
            at("reviews:show-article", article), at("reviews:show-claim", claim),
            at("reviews:list-alike"), at("reviews:add-claim", article), "/",
            at("publishing:show-article", article), at("publishing:show-claim", claim),
            at("publishing:list-articles"), at("publishing:list-corrections"),
            at("publishing:list-claimants"), at("publishing:feed"),
            at("publishing:show-claimant", claim.claimant),
        ]  # fmt: skip
        sent = dict.fromkeys(PARAMETERS, value)
        assert [page for page in pages if desk.get(page, sent).status_code not in {200, 302}] == []

    @pytest.mark.parametrize("value", WEIRD, ids=lambda value: repr(value)[:20])
    @pytest.mark.parametrize(
        "name",
        ["api:list-verdicts", "api:list-claims", "api:list-publications", "api:list-articles"],
    )
    def test_breaks_the_api(self, desk, name, value):
        broken = [
            parameter
            for parameter in OF_THE_API
            if desk.get(at(name), {parameter: value}).status_code not in {200, 400}
        ]
        assert broken == []

    @pytest.mark.parametrize("value", WEIRD, ids=lambda value: repr(value)[:20])
    def test_breaks_a_list_of_the_admin(self, desk, value):
        make_claim()
        page = reverse("admin:claims_claim_changelist")
        broken = [
            parameter
            for parameter in OF_THE_ADMIN
            if desk.get(page, {parameter: value}).status_code not in {200, 302, 400}
        ]
        assert broken == []


@pytest.mark.parametrize(
    "next_",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "\x00",
        "/desk/" + "x" * 5000,
    ],
)
@pytest.mark.parametrize(
    "name", ["reviews:accept-claim", "reviews:dismiss-claim", "reviews:edit-claim"]
)
def test_next_leads_nowhere_but_here(desk, name, next_):
    claim = make_claim(status=Status.SUGGESTED)
    sent = filled_in(claim) | {"next": next_}
    response = desk.post(at(name, claim), sent)
    assert (response.status_code, response["Location"]) == (302, claim.get_absolute_url())


@pytest.mark.parametrize("name", ["reviews:accept-claim", "reviews:dismiss-claim"])
def test_next_leads_back_to_the_page_somebody_came_from(desk, name):
    claim = make_claim(status=Status.SUGGESTED)
    sent = filled_in(claim) | {"next": f"{QUEUE}?status=suggested"}
    assert desk.post(at(name, claim), sent)["Location"] == f"{QUEUE}?status=suggested"


class TestWithoutAToken:
    @pytest.fixture
    def browser(self, editor):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(editor)
        return browser

    @pytest.mark.parametrize("name", [*FORMS, "reviews:accept-claim", "reviews:take-claim"])
    def test_a_form_is_refused_with_a_page_that_says_what_to_do(self, browser, editor, name):
        subject = make_subject(name, editor)
        before = counts()
        response = browser.post(at(name, subject) if subject else reverse(name), filled_in(subject))
        assert (response.status_code, counts()) == (403, before)
        assert "reload the page and send it again" in response.content.decode()

    def test_an_htmx_form_keeps_what_was_typed_and_gets_a_message(self, browser):
        response = browser.post(NEW, {"text": TEXT}, headers={"HX-Request": "true"})
        assert (response.status_code, response["HX-Retarget"]) == (403, "#messages")
