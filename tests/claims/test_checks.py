"""Fact-checks by others come in from trusted publishers, once, with a report of each and of what was odd."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from accounts.roles import Role
from articles.ingest.fetch import Fetched
from articles.ingest.fetch_double import FakeFetcher
from articles.ingest.fetch_errors import TooLarge, TooSlow
from articles.models import ImportState
from audit.models import Event
from claims.checks.shape import UnreadableChecks
from claims.models import CheckImport, ExternalCheck, TrustedPublisher
from claims.services.check_imports import (
    retry_check_import,
    run_check_import,
    start_check_import,
)
from claims.services.checks import Parcel, import_checks
from claims.services.trust import change_trust, trust_publisher
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db
SITE = "https://mill-facts.example"
XSS = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def review(number=1, **changed):
    whole = {
        "@type": "ClaimReview",
        "url": f"{SITE}/checks/{number}",
        "claimReviewed": f"The mill at Brinmouth ground {number} tons of flour in a day.",
        "author": {"name": "Mill Facts"},
        "reviewRating": {"alternateName": "False", "ratingExplanation": "Its books say less."},
        "datePublished": "2026-03-01",
    }
    return {name: value for name, value in {**whole, **changed}.items() if value is not None}


@pytest.fixture(autouse=True)
def mill_facts():
    return trust_publisher(
        actor=make_user(Role.EDITOR), host="mill-facts.example", name="Mill Facts"
    )


def bring_in(*reviews, address="", content=None):
    content = json.dumps(list(reviews)).encode() if content is None else content
    return import_checks(actor=None, parcel=Parcel(content, address))


def page(*reviews):
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in reviews
    )
    return f"<html><head>{scripts}</head><body>Words</body></html>".encode()


def outcomes(report):
    return [item["outcome"] for item in report.as_data()["items"]]


def refusals(report):
    return [item["refusal"] for item in report.as_data()["items"]]


def test_a_check_of_a_trusted_publisher_comes_in():
    bring_in(review())
    check = ExternalCheck.objects.get()
    assert (check.publisher, check.rating, check.normalised, check.site) == (
        "Mill Facts",
        "False",
        "refuted",
        "mill-facts.example",
    )


def test_the_same_again_changes_nothing():
    bring_in(review(1), review(2))
    before = list(ExternalCheck.objects.order_by("pk").values())
    assert outcomes(bring_in(review(1), review(2))) == ["unchanged", "unchanged"]
    assert list(ExternalCheck.objects.order_by("pk").values()) == before


def test_a_check_that_its_publisher_changed_keeps_what_it_said_before():
    bring_in(review())
    report = bring_in(review(reviewRating={"alternateName": "Half true"}))
    check = ExternalCheck.objects.get()
    assert outcomes(report) == ["changed"]
    assert (check.rating, check.normalised) == ("Half true", "conflicting")
    assert [(one["rating"], one["justification"]) for one in check.history] == [
        ("False", "Its books say less.")
    ]


def test_a_check_that_changes_keeps_the_claim_that_it_is_tied_to():
    bring_in(review())
    claim = make_claim()
    ExternalCheck.objects.update(claim=claim)
    bring_in(review(reviewRating={"alternateName": "True"}))
    assert ExternalCheck.objects.get().claim == claim


def test_what_the_desk_wrote_of_a_check_stands_until_its_publisher_says_something_else():
    bring_in(review())
    ExternalCheck.objects.update(normalised="conflicting")
    bring_in(review())
    assert ExternalCheck.objects.get().normalised == "conflicting"


def test_two_claims_of_one_page_are_two_checks():
    one = review()
    bring_in(one, {**one, "claimReviewed": "The mill burnt down."})
    assert ExternalCheck.objects.count() == 2


def test_what_a_document_says_twice_comes_in_once():
    one = review()
    report = bring_in(one, {**one, "reviewRating": {"alternateName": "True"}})
    assert outcomes(report) == ["new", "unchanged"]
    assert report.odd["document: given again with other words, the first taken"] == 1
    assert ExternalCheck.objects.get().rating == "False"


def test_a_bad_one_stops_none_of_the_others():
    bad = [
        {"@type": "ClaimReview", "url": 1, "author": 2},
        review(reviewRating=[]),
        review(9, url="x:y"),
    ]
    report = bring_in(*bad, *(review(number) for number in range(1, 4)))
    assert outcomes(report) == ["refused"] * 3 + ["new"] * 3
    assert ExternalCheck.objects.count() == 3


def test_one_that_the_database_refuses_stops_none_of_the_others(monkeypatch):
    from claims.services import checks

    made = checks._row

    def too_long(check):
        row = made(check)
        if check.url.endswith("/2"):
            row.publisher = "x" * 1000
        return row

    monkeypatch.setattr(checks, "_row", too_long)
    assert outcomes(bring_in(review(1), review(2), review(3))) == ["new", "refused", "new"]


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/1",
        "https://notmill-facts.example/1",
        "https://mill-facts.example.evil.example/1",
        "https://evil.example/mill-facts.example",
        "https://example/1",
    ],
)
def test_what_is_of_another_host_is_refused(url):
    (refusal,) = refusals(bring_in(review(url=url)))
    assert "none of the publishers that we trust" in refusal
    assert not ExternalCheck.objects.exists()


def test_what_is_of_a_host_below_a_trusted_one_comes_in():
    assert outcomes(bring_in(review(url="https://www.news.mill-facts.example/1"))) == ["new"]


def test_a_publisher_that_is_no_longer_trusted_brings_nothing_new(mill_facts):
    bring_in(review(1))
    change_trust(actor=make_user(Role.EDITOR), publisher=mill_facts, is_active=False)
    assert outcomes(bring_in(review(2))) == ["refused"]
    assert ExternalCheck.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "outcome"),
    [
        (f"{SITE}/checks/1", "new"),
        ("https://www.mill-facts.example/", "new"),
        ("https://evil.example/copied", "refused"),
    ],
)
def test_a_page_speaks_for_its_own_domain_alone(address, outcome):
    assert outcomes(bring_in(content=page(review()), address=address)) == [outcome]


def test_a_trusted_page_does_not_speak_for_another_trusted_publisher():
    trust_publisher(actor=make_user(Role.EDITOR), host="other.example", name="Other")
    report = bring_in(content=page(review()), address="https://other.example/1")
    assert outcomes(report) == ["refused"]


def test_a_feed_of_a_trusted_site_speaks_for_others_that_are_trusted():
    feed = {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [review()]}]}
    content = json.dumps(feed).encode()
    assert outcomes(bring_in(content=content, address="https://feeds.example/all.json")) == [
        "refused"
    ]
    trust_publisher(actor=make_user(Role.EDITOR), host="feeds.example", name="Feeds")
    assert outcomes(bring_in(content=content, address="https://feeds.example/all.json")) == ["new"]


def test_an_element_that_a_feed_takes_back_is_kept_and_marked():
    bring_in(review())
    gone = {"@type": "DataFeedItem", "url": f"{SITE}/checks/1", "dateDeleted": "2026-04-01"}
    bring_in({"@type": "DataFeed", "dataFeedElement": [gone]})
    assert ExternalCheck.objects.get().details["is_taken_back"] is True
    assert outcomes(bring_in(review())) == ["changed"]
    assert "is_taken_back" not in ExternalCheck.objects.get().details


def test_an_element_of_a_publisher_whom_nobody_trusts_takes_nothing_back():
    bring_in(review())
    TrustedPublisher.objects.update(is_active=False)
    gone = {"@type": "DataFeedItem", "url": f"{SITE}/checks/1", "dateDeleted": "2026-04-01"}
    bring_in({"@type": "DataFeed", "dataFeedElement": gone})
    assert "is_taken_back" not in ExternalCheck.objects.get().details


def test_what_was_odd_is_told_of_each_and_summed():
    odd = {"alternateName": "True", "ratingValue": -1, "bestRating": 5, "worstRating": 1}
    report = bring_in(review(1, reviewRating=odd), review(2, reviewRating=odd), review(3)).as_data()
    words = "reviewRating: a number off its own scale"
    assert report["odd"] == [{"what": words, "count": 2}]
    assert [item["odd"] for item in report["items"]] == [[words], [words], []]


def test_of_very_many_the_ones_worth_a_look_are_told_and_all_are_counted():
    report = bring_in(
        *(review(number) for number in range(250)), review(999, author=None)
    ).as_data()
    assert report["counts"]["new"] == 251
    assert (len(report["items"]), report["left_off"]) == (201, 50)
    assert report["items"][-1]["odd"]


def test_what_nobody_can_see_is_stored_nowhere():
    bring_in(review(claimReviewed="The \x00mill\ud800 burnt.", author="Mill \x00Facts"))
    check = ExternalCheck.objects.get()
    assert (check.claim_reviewed, check.publisher) == ("The mill burnt.", "Mill Facts")


def test_the_history_says_what_came_in_and_what_changed():
    bring_in(review())
    bring_in(review(reviewRating={"alternateName": "True"}))
    verbs = Event.objects.about(ExternalCheck.objects.get()).values_list("verb", flat=True)
    assert list(verbs) == ["externalcheck.imported", "externalcheck.renewed"]


@pytest.mark.parametrize(
    "host", ["co.uk", "github.io", "localhost", "10.0.0.1", "bad host", "x_y.example", ""]
)
def test_what_is_no_site_of_its_own_cannot_be_trusted(host):
    with pytest.raises(ValidationError):
        trust_publisher(actor=make_user(Role.EDITOR), host=host, name="Anybody")


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("https://www.Facts.example/about", "facts.example"),
        (" facts.example ", "facts.example"),
        ("fäkten.example", "xn--fkten-gra.example"),
    ],
)
def test_a_site_is_known_by_its_host_however_it_is_typed(typed, host):
    assert trust_publisher(actor=make_user(Role.EDITOR), host=typed, name="Facts").host == host


def test_a_site_is_trusted_once():
    with pytest.raises(ValidationError):
        trust_publisher(actor=make_user(Role.EDITOR), host="mill-facts.example", name="Again")


def run(answer, address=f"{SITE}/checks/1"):
    item = start_check_import(actor=None, address=address)
    return run_check_import(import_id=str(item.pk), fetcher=FakeFetcher({address: answer}))


def test_the_worker_fetches_a_page_and_keeps_the_report():
    item = run(page(review()))
    assert (item.state, item.report["counts"]["new"]) == (ImportState.DONE, 1)


def test_a_page_that_sends_on_speaks_for_where_it_ends():
    item = run(Fetched(content=page(review()), address="https://evil.example/copied"))
    assert item.report["counts"] == {"new": 0, "changed": 0, "unchanged": 0, "refused": 1}


def test_the_worker_reads_a_file_and_then_drops_its_bytes():
    item = start_check_import(actor=None, content=json.dumps(review()).encode(), file_name="a.json")
    item = run_check_import(import_id=str(item.pk))
    assert (item.state, item.content, item.report["found"]) == (ImportState.DONE, None, 1)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (TooSlow("The site is too slow."), "The site is too slow."),
        (TooLarge("More than an article."), "It is larger than 50 MB"),
        (b"%PDF-1.7 of a report", "neither a web page nor JSON"),
        (b'{"@type":', "cannot be read as JSON"),
    ],
)
def test_what_cannot_be_read_fails_in_words(answer, words):
    item = run(answer)
    assert item.state == ImportState.FAILED
    assert words in item.error


def test_a_failure_of_ours_is_said_and_logged(monkeypatch, caplog):
    monkeypatch.setattr("claims.services.check_imports.import_checks", lambda **_: 1 / 0)
    assert run(page(review())).error.startswith("Something went wrong on our side")
    assert "ZeroDivisionError" in caplog.text


def test_what_failed_can_be_tried_again():
    item = retry_check_import(actor=make_user(), item=run(TooSlow("Slow.")))
    item = run_check_import(
        import_id=str(item.pk), fetcher=FakeFetcher({item.address: page(review())})
    )
    assert item.state == ImportState.DONE


def test_what_is_done_is_not_done_again():
    item = run(page(review()))
    retry_check_import(actor=make_user(), item=item)
    assert (
        run_check_import(import_id=str(item.pk), fetcher=FakeFetcher({})).state == ImportState.DONE
    )


@pytest.mark.parametrize(
    "given", [{}, {"address": "gopher://x.example/"}, {"address": f"{SITE}/", "content": b"{}"}]
)
def test_an_import_of_nothing_or_of_two_things_is_refused(given):
    with pytest.raises(ValidationError):
        start_check_import(actor=None, **given)


def test_a_file_that_is_too_large_is_refused(settings):
    settings.ASSAY_MAX_CHECKS_BYTES = 10
    with pytest.raises(ValidationError, match="larger than"):
        start_check_import(actor=None, content=b"x" * 11)
    assert not CheckImport.objects.exists()


def test_the_command_brings_a_file_in_and_says_what_was_odd(tmp_path, capsys):
    path = tmp_path / "checks.json"
    path.write_text(
        json.dumps([review(1), review(2, author=None), review(3, url="https://other.example/1")])
    )
    call_command("import_claim_reviews", str(path), "--each")
    said = capsys.readouterr().out
    assert "3 ClaimReviews: 2 new, 0 changed, 0 unchanged, 1 refused." in said
    assert "none of the publishers that we trust" in said
    assert "author: missing, the name of the site taken" in said


@pytest.mark.parametrize("source", ["no-such-file.json", "http://"])
def test_the_command_says_what_it_cannot_read(source):
    with pytest.raises(CommandError):
        call_command("import_claim_reviews", source)


def test_the_command_refuses_a_file_that_is_too_large(tmp_path, settings):
    settings.ASSAY_MAX_CHECKS_BYTES = 10
    (tmp_path / "large.json").write_text("[" * 100)
    with pytest.raises(CommandError, match="larger than"):
        call_command("import_claim_reviews", str(tmp_path / "large.json"))


def test_a_large_file_that_is_nothing_is_refused(settings):
    with pytest.raises(UnreadableChecks):
        bring_in(content=b'{"a":' * 9_000_000)


def test_a_claim_like_one_that_others_checked_is_found():
    bring_in(review(40))
    ((score, check),) = ExternalCheck.objects.alike(
        "The mill at Brinmouth ground 40 tons of flour in one day."
    )
    assert score > 90
    assert check.claim_reviewed.startswith("The mill at Brinmouth")
