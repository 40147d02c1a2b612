"""The desk brings checks by others in, finds them by their words, and says whose it takes. Nothing of theirs is markup."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from articles.ingest.fetch_double import FakeFetcher
from articles.models import ImportState
from claims.models import CheckImport, ExternalCheck, TrustedPublisher
from claims.services.check_imports import run_check_import
from claims.services.checks import Parcel, import_checks
from claims.services.trust import trust_publisher
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db
SITE = "https://mill-facts.example"
XSS = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
CLAIM = "The mill at Brinmouth ground 40 tons of flour in a day."
LIST = "/desk/checks/"


def review(number=1, **changed):
    return {
        "@type": "ClaimReview",
        "url": f"{SITE}/checks/{number}",
        "claimReviewed": CLAIM,
        "author": {"name": "Mill Facts"},
        "reviewRating": {"alternateName": "False", "ratingExplanation": "Its books say less."},
        **changed,
    }


@pytest.fixture
def desk(client):
    trust_publisher(actor=make_user(Role.EDITOR), host="mill-facts.example", name="Mill Facts")
    client.force_login(make_user(Role.CONTRIBUTOR))
    return client


def bring_in(*reviews):
    return import_checks(actor=None, parcel=Parcel(json.dumps(reviews).encode()))


def shown(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def report_of(desk, *reviews):
    """The address of the result page of these, brought in as pasted markup."""
    response = desk.post(reverse("reviews:add-check-import"), {"markup": json.dumps(reviews)})
    run_check_import(import_id=str(CheckImport.objects.latest("id").pk))
    return response.url


@pytest.mark.parametrize(
    "fields",
    [
        {"url": f"{SITE}/all"},
        {"markup": json.dumps(review())},
        {"file": SimpleUploadedFile("checks.json", json.dumps(review()).encode())},
    ],
    ids=["address", "markup", "file"],
)
def test_checks_come_from_an_address_markup_or_a_file(desk, fields):
    response = desk.post(reverse("reviews:add-check-import"), fields)
    item = CheckImport.objects.get()
    assert (response.status_code, response.url) == (302, item.get_absolute_url())
    page = json.dumps([review()]).encode()
    run_check_import(import_id=str(item.pk), fetcher=FakeFetcher({f"{SITE}/all": page}))
    assert ExternalCheck.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"url": f"{SITE}/all", "markup": "{}"},
        {"url": "gopher://mill.example/"},
        {"url": "https://a.example/ \x00"},
        {"file": SimpleUploadedFile("empty.json", b"")},
        {"markup": " "},
    ],
)
def test_what_cannot_be_brought_in_is_said_in_the_form(desk, fields):
    response = desk.post(reverse("reviews:add-check-import"), fields)
    assert (response.status_code, CheckImport.objects.count()) == (400, 0)
    assert response.context["form"].errors


def test_a_file_that_is_too_large_is_said_in_the_form(desk, settings):
    settings.ASSAY_MAX_CHECKS_BYTES = 10
    fields = {"file": SimpleUploadedFile("large.json", b"[" * 11)}
    response = desk.post(reverse("reviews:add-check-import"), fields)
    assert "It is larger than" in response.content.decode()


def test_the_report_says_what_became_of_each(desk):
    page = shown(desk, report_of(desk, review(1), review(2, url="https://other.example/2")))
    assert "none of the publishers that we trust" in page
    assert CLAIM in page


def test_the_report_can_be_narrowed_to_an_outcome(desk):
    address = report_of(desk, review(1), review(2, url="https://other.example/2"))
    assert "none of the publishers that we trust" not in shown(desk, address, outcome="new")


@pytest.mark.parametrize("query", [{"outcome": "x"}, {"page": "99"}, {"page": "-1"}, {"page": "x"}])
def test_an_odd_address_of_a_report_is_answered(desk, query):
    assert CLAIM in shown(desk, report_of(desk, review()), **query)


def test_an_import_that_waits_asks_again_by_itself(desk):
    response = desk.post(reverse("reviews:add-check-import"), {"url": f"{SITE}/all"})
    assert 'hx-trigger="every 2s"' in shown(desk, response.url)


def test_an_import_without_any_says_what_to_do(desk):
    assert "No ClaimReview was found" in shown(desk, report_of(desk))


def test_what_failed_can_be_tried_again(desk):
    item = CheckImport.objects.create(address=SITE, state=ImportState.FAILED, error="It is gone.")
    assert "It is gone." in shown(desk, item.get_absolute_url())
    desk.post(reverse("reviews:retry-check-import", args=[item.pk]))
    item.refresh_from_db()
    assert item.state == ImportState.QUEUED


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, "2 checks"),
        ({"q": "flour"}, "1 check"),
        ({"q": "ship"}, "0 checks"),
        ({"q": "\x00"}, "2 checks"),
        ({"site": "mill-facts.example"}, "2 checks"),
        ({"site": "\x00other.example"}, "0 checks"),
        ({"normalised": "refuted"}, "1 check"),
        ({"normalised": "unknown"}, "1 check"),
        ({"normalised": "nonsense"}, "2 checks"),
        ({"after": "nonsense"}, "2 checks"),
    ],
)
def test_checks_are_found_by_words_publisher_and_rating(desk, query, count):
    other = {"claimReviewed": "The tower fell.", "reviewRating": {"name": "Bulo"}}
    bring_in(review(1), review(2, **other))
    assert f"<span>{count}</span>" in shown(desk, LIST, **query)


def test_a_list_asks_the_database_the_same_for_few_and_many(desk, django_assert_max_num_queries):
    bring_in(*(review(number) for number in range(60)))
    with django_assert_max_num_queries(6):
        shown(desk, LIST)


def test_a_check_shows_what_it_said_before(desk):
    bring_in(review())
    bring_in(review(reviewRating={"alternateName": "Half true"}))
    page = shown(desk, ExternalCheck.objects.get().get_absolute_url())
    assert (
        page.index("Half true")
        < page.index("What it said before")
        < page.index("Its books say less.")
    )


def test_a_claim_being_typed_is_matched_with_what_others_checked(desk):
    bring_in(review())
    page = shown(desk, reverse("reviews:list-alike"), statement=CLAIM.replace("a day", "one day"))
    assert "Mill Facts: False" in page
    assert ExternalCheck.objects.get().get_absolute_url() in page


def test_a_claim_unlike_any_is_matched_with_none(desk):
    bring_in(review())
    assert "Mill Facts" not in shown(desk, reverse("reviews:list-alike"), statement="It rained.")


def tie(desk, check, claim=""):
    return desk.post(reverse("reviews:tie-check", args=[check.pk]), {"claim": claim})


def test_a_check_is_tied_to_the_claim_that_it_is_about_and_untied(desk):
    bring_in(review())
    claim, check = make_claim(statement=CLAIM), ExternalCheck.objects.get()
    offered = shown(desk, reverse("reviews:list-alike"), statement=CLAIM, tie=claim.pk)
    assert "It is about this claim" in offered
    assert tie(desk, check, claim.pk).url == claim.get_absolute_url()
    assert "Checked by others" in shown(desk, claim.get_absolute_url())
    assert tie(desk, check).url == claim.get_absolute_url()
    assert "Checked by others" not in shown(desk, claim.get_absolute_url())


def test_a_check_that_is_tied_is_offered_to_no_other_claim(desk):
    bring_in(review())
    claim, other = make_claim(statement=CLAIM), make_claim(statement=CLAIM)
    tie(desk, ExternalCheck.objects.get(), claim.pk)
    assert "Mill Facts" not in shown(
        desk, reverse("reviews:list-alike"), statement=CLAIM, tie=other.pk
    )
    tie(desk, ExternalCheck.objects.get(), other.pk)
    assert ExternalCheck.objects.get().claim == claim


@pytest.mark.parametrize("claim", ["nonsense", "\x00", "00000000-0000-0000-0000-000000000000"])
def test_a_claim_that_is_not_there_ties_nothing(desk, claim):
    bring_in(review())
    ours = make_claim()
    ExternalCheck.objects.update(claim=ours)
    assert tie(desk, ExternalCheck.objects.get(), claim).status_code == 404
    assert ExternalCheck.objects.get().claim == ours


def test_two_checks_of_one_page_are_not_tied_to_one_claim(desk):
    bring_in(review(), review(claimReviewed="Another claim of the same page."))
    claim, checks = make_claim(statement=CLAIM), ExternalCheck.objects.order_by("pk")
    for check in checks:
        assert tie(desk, check, claim.pk).status_code == 302
    assert claim.external_checks.count() == 1


ODD = {
    "claimReviewed": f"{CLAIM} {XSS}",
    "author": {"name": XSS},
    "headline": XSS,
    "inLanguage": XSS,
    "reviewRating": {"alternateName": XSS, "ratingExplanation": XSS},
    "itemReviewed": {"author": {"name": XSS}, "appearance": ["javascript:alert(1)", XSS]},
}


def where_it_shows(desk):
    """Every page that shows an imported check."""
    address = report_of(desk, review(**ODD), review(2, url="javascript:alert(3)", **ODD))
    claim, check = make_claim(statement=CLAIM), ExternalCheck.objects.get()
    bring_in(review(**ODD, datePublished="2026-01-01"))
    ExternalCheck.objects.update(claim=claim)
    alike = f"{reverse('reviews:list-alike')}?statement={CLAIM}+{XSS}".replace(" ", "+").replace(
        "&", ""
    )
    pages = (LIST, check.get_absolute_url(), address, claim.get_absolute_url(), alike)
    admin = f"/admin/claims/externalcheck/{check.pk}/change/"
    return (
        *pages,
        admin,
        "/admin/claims/externalcheck/",
        f"/admin/claims/externalcheck/{check.pk}/history/",
    )


def test_markup_in_a_publishers_fields_is_text_on_every_screen(desk):
    desk.force_login(make_user(Role.ADMINISTRATOR))
    for address in where_it_shows(desk):
        page = shown(desk, address)
        assert "&lt;script&gt;alert(1)" in page, address
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert 'href="javascript:' not in page, address


def test_an_address_that_a_browser_would_run_is_no_link(desk):
    check = ExternalCheck.objects.create(
        url="javascript:alert(1)", publisher="P", claim_reviewed="C", rating="R", claim_url="data:x"
    )
    page = shown(desk, check.get_absolute_url())
    assert "javascript:" not in page
    assert "data:x" not in page


def test_an_editor_says_whose_checks_are_taken(desk):
    desk.force_login(make_user(Role.EDITOR))
    desk.post("/desk/checks/publishers/", {"host": "https://www.other.example/", "name": "Other"})
    publisher = TrustedPublisher.objects.get(host="other.example")
    desk.post(reverse("reviews:change-publisher", args=[publisher.pk]), {"action": "stop"})
    publisher.refresh_from_db()
    assert not publisher.is_active
    assert "No longer taken" in shown(desk, "/desk/checks/publishers/")


@pytest.mark.parametrize("host", ["co.uk", "mill-facts.example", "no host", ""])
def test_a_site_that_cannot_be_trusted_is_said_in_the_form(desk, host):
    desk.force_login(make_user(Role.EDITOR))
    response = desk.post("/desk/checks/publishers/", {"host": host, "name": "Other"})
    assert response.status_code == 400
    assert TrustedPublisher.objects.count() == 1


def test_the_queue_leads_to_the_checks(desk):
    assert f'href="{LIST}"' in shown(desk, reverse("reviews:queue"))
