"""Markup in every field is text wherever it shows: at the desk, in the admin, for readers, in data."""

import json
from html import escape

import pytest
from django.urls import reverse

from articles.ingest.fetch import Fetched
from articles.ingest.fetch_double import FakeFetcher
from articles.services import Arrival
from claims.models import RunState
from claims.services import (
    NamedFile,
    bring_in_article,
    check_feed,
    flag_claim,
    follow_feed,
    run_detection,
    run_import,
    start_batch,
    start_import,
)
from reviews.services import add_comment
from tests.articles.pages import linked
from tests.articles.pages import page as made_page
from tests.factories import (
    TEXT,
    house_rating,
    make_article,
    make_claim,
    make_evidence,
    make_reviewed_claim,
    make_source,
    make_user,
)
from tests.reviews.forms import MARKUP, assert_is_text, at

pytestmark = pytest.mark.django_db
NEW = reverse("reviews:add-article")
QUEUE = reverse("reviews:queue")


class TestMarkup:
    """Markup in every field is text wherever it shows: at the desk, in the admin, for readers, in data."""

    @pytest.fixture
    def claim(self, editor):
        article = make_article(
            f"{MARKUP} headline\n\nThe {MARKUP} cost 40 million crowns.\n",
            title=MARKUP, publisher=MARKUP, byline=MARKUP,
        )  # fmt: skip
        fields = {
            "article": article, "quote": f"The {MARKUP} cost 40 million crowns.",
            "statement": f"{MARKUP} is a claim.", "claimant_name": MARKUP,
        }  # fmt: skip
        claim = make_reviewed_claim(**fields)
        source = make_source(title=MARKUP, publisher=MARKUP, author=MARKUP)
        make_evidence(
            claim, source=source, note=MARKUP, question=MARKUP, quote=MARKUP, copy=f"So: {MARKUP}."
        )
        add_comment(actor=make_user(name=MARKUP), claim=claim, text=f"{MARKUP} @{editor.email}")
        flag_claim(actor=None, claim=claim, why=MARKUP)
        make_claim(**{**fields, "statement": f"{MARKUP} is a claim too."})
        return claim

    @pytest.fixture
    def published(self, desk, claim):
        claim.refresh_from_db()
        words = {"summary": MARKUP, "justification": MARKUP, "lock_version": claim.lock_version}
        assert desk.post(at("reviews:write-verdict", claim), words).status_code == 302
        claim.refresh_from_db()
        gate = {"claimant_asked": "on", "neutral_wording": "on", "both_sides": "on"}
        sent = {**gate, "lock_version": claim.lock_version}
        assert desk.post(at("release:publish-verdict", claim), sent).status_code == 302
        claim.refresh_from_db()
        correction = {
            **words,
            "rating": house_rating().pk,
            "reason": MARKUP,
            "lock_version": claim.lock_version,
        }
        assert desk.post(at("release:correct-verdict", claim), correction).status_code == 302
        return claim

    def test_stays_text_on_the_pages_of_the_desk(self, desk, claim):
        article = claim.article
        source = claim.evidence.last().source
        pages = [
            reverse("reviews:home"), QUEUE, f"{QUEUE}?q=claim", reverse("reviews:list-articles"),
            reverse("reviews:list-sources"), article.get_absolute_url(),
            f"{article.get_absolute_url()}?claim={claim.pk}", f"{article.get_absolute_url()}?words=0-500",
            at("reviews:correct-article", article), claim.get_absolute_url(),
            at("reviews:edit-claim", claim), at("reviews:add-evidence", claim),
            at("reviews:write-verdict", claim), at("release:publish-verdict", claim),
            source.get_absolute_url(), at("reviews:correct-source", source),
            at("reviews:show-copy", source.snapshots.first()),
            f"{at('reviews:add-claim', article)}?start=0&end=200",
            f"{reverse('reviews:list-alike')}?statement={claim.statement[-40:]} is a claim",
            at("admin:claims_claim_change", claim), reverse("admin:claims_claim_changelist"),
            at("admin:articles_article_change", article), at("admin:sources_source_change", source),
            at("admin:claims_claim_history", claim),
        ]  # fmt: skip
        for page in pages:
            assert_is_text(desk.get(page))

    def test_stays_text_on_the_pages_of_readers(self, desk, published):
        article, claimant = published.article, published.claimant
        pages = [
            reverse("publishing:list-verdicts"), at("publishing:show-claim", published),
            reverse("publishing:list-articles"), at("publishing:show-article", article),
            reverse("publishing:list-claimants"), at("publishing:show-claimant", claimant),
            reverse("publishing:list-corrections"), reverse("publishing:feed"),
            published.get_absolute_url(),
        ]  # fmt: skip
        for page in pages:
            assert_is_text(desk.get(page))

    def test_comes_out_of_the_api_as_it_went_in(self, client, published):
        found = client.get(at("api:show-verdict", published)).json()
        assert found["claim"]["statement"] == f"{MARKUP} is a claim."
        assert found["verdict"]["summary"] == found["note"] == MARKUP

    def test_stays_text_in_the_labels_of_a_chart(self, desk, claim):
        rating = house_rating()
        type(rating).objects.filter(pk=rating.pk).update(label=MARKUP[:60])
        assert_is_text(desk.get(reverse("reviews:chart", args=["verdicts"])))

    def test_stays_text_where_it_is_shown_again_after_a_refusal(self, desk, claim):
        article = make_article()
        sent = {"title": MARKUP, "url": MARKUP, "publisher": MARKUP, "language": MARKUP}
        assert_is_text(desk.post(at("reviews:correct-article", article), sent))
        assert_is_text(desk.post(NEW, {"text": MARKUP, **sent}))
        assert_is_text(desk.post(at("reviews:adjudicate-claim", claim), {"justification": MARKUP}))
        assert_is_text(desk.post(at("release:retract-verdict", claim), {"reason": f"{MARKUP} no"}))

    def test_stays_text_in_messages_and_search_boxes(self, desk):
        assert_is_text(
            desk.post(reverse("reviews:bulk"), {"query": MARKUP, "action": MARKUP}, follow=True)
        )
        for page in (QUEUE, reverse("reviews:list-articles"), reverse("reviews:list-sources"), "/"):
            for name in ("q", "claimant", "article", "status", "kind", "worth", "who", "after"):
                assert_is_text(desk.get(page, {name: MARKUP}))

    def test_stays_text_when_it_comes_with_a_page_a_feed_or_a_file(self, desk):
        article = self.of_page()
        feed = follow_feed(actor=None, address="https://example.com/feed")
        rss = f"<rss><channel><title>{escape(escape(MARKUP))}</title></channel></rss>".encode()
        feed = check_feed(feed_id=str(feed.pk), fetcher=FakeFetcher({feed.address: rss}))
        listed = f"https://example.com/b\n{MARKUP}"
        batch = start_batch(actor=None, addresses=listed, files=[NamedFile(MARKUP, b"\x89PNG")])
        for item in batch.imports.filter(state="queued"):
            run_import(import_id=str(item.pk), fetcher=FakeFetcher({}))
        assert (article.title, article.publisher, article.byline) == (MARKUP, MARKUP, MARKUP)
        names = ("home", "list-imports", "list-feeds", "list-articles")
        pages = [reverse(f"reviews:{name}") for name in names]
        pages += [one.get_absolute_url() for one in (article, feed, batch)]
        pages.append(at("admin:articles_article_change", article))
        for address in pages:
            assert_is_text(desk.get(address))
        found = desk.get(at("api:show-article", article))
        assert (found.json()["title"], found["Content-Type"]) == (MARKUP, "application/json")

    def of_page(self):
        """An article whose page has markup in all that it says of itself."""
        said = json.dumps({"@type": "NewsArticle", "headline": MARKUP, "author": {"name": MARKUP},
                           "publisher": {"name": MARKUP}, "datePublished": MARKUP}, ensure_ascii=True)  # fmt: skip
        said = said.replace("<", "\\u003c")
        html = made_page(head=linked(said), title=escape(MARKUP)).encode()
        item = start_import(actor=None, address="https://example.com/a")
        fetched = Fetched(html, item.address, "text/html", MARKUP)
        return run_import(
            import_id=str(item.pk), fetcher=FakeFetcher({item.address: fetched})
        ).article

    def test_stays_text_in_what_an_engine_says_when_it_fails(self, desk, settings):
        settings.ASSAY_DETECTION_ENGINES = {"broken": f"{__name__}.Broken"}
        settings.ASSAY_DETECTION_ENGINE = "broken"
        article = bring_in_article(actor=None, arrival=Arrival(content=TEXT.encode()))
        run = article.versions.get().detection_runs.get()
        assert run_detection(run_id=str(run.pk)).state == RunState.FAILED
        assert_is_text(desk.get(article.get_absolute_url()))


class Broken:
    """An engine that says something rude."""

    name, version, languages = "broken", "1", frozenset()

    def detect(self, document):
        raise ValueError(MARKUP)


def test_the_markup_above_really_reaches_the_pages(desk):
    """Else the tests above would hold for pages that show nothing."""
    claim = make_claim(statement=f"{MARKUP} is a claim.")
    assert escape(MARKUP) in desk.get(claim.get_absolute_url()).content.decode()
