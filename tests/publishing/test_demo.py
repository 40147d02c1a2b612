"""`manage.py load_demo`."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings as project
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from accounts.models import User
from accounts.roles import Role
from articles.models import Article
from claims.kinds import Status
from claims.models import Claim
from publishing.claimreview_rules import find_problems, site_of
from publishing.demo import loader
from publishing.demo.cast import CAST, PASSWORD
from publishing.demo.model import Asks, Story
from publishing.models import CurrentVerdict, Publication
from publishing.reviewed import find_review
from reviews.models import Comment, Verdict
from sources.models import Evidence, Source
from tests.publishing.crawl import crawl

COUNTED = (User, Article, Claim, Source, Evidence, Verdict, Publication)


def run(command="load_demo"):
    printed = io.StringIO()
    call_command(command, stdout=printed)
    return printed.getvalue()


def count():
    return [model.objects.count() for model in COUNTED]


class TestTheDemo(TestCase):
    """Loaded once for all of these, because it takes seconds."""

    @classmethod
    def setUpTestData(cls):
        folder = cls.enterClassContext(TemporaryDirectory())
        cls.enterClassContext(override_settings(MEDIA_ROOT=folder))
        cls.printed = run()

    def test_it_prints_the_address_and_the_password(self):
        assert project.ASSAY_BASE_URL in self.printed
        assert PASSWORD in self.printed

    def test_it_prints_a_sign_in_for_every_role(self):
        lines = [line for line in self.printed.splitlines() if "@" in line]
        assert {role.label.lower() for role in Role} == {
            line.split("  ")[-1].strip().partition(",")[0] for line in lines
        }

    def test_everybody_can_sign_in_with_the_printed_password(self):
        (password,) = set(User.objects.values_list("password", flat=True))
        assert check_password(PASSWORD, password)

    def test_there_is_somebody_for_each_of_the_cast(self):
        emails = set(User.objects.filter(is_active=True).values_list("email", flat=True))
        assert emails == {person.email for person in CAST}

    def test_a_second_run_changes_nothing(self):
        before = count()
        assert "is loaded" in run()
        assert count() == before

    def test_a_second_run_asks_one_question(self):
        with self.assertNumQueries(1):
            run()

    def test_claims_stand_in_every_state(self):
        assert set(Claim.objects.values_list("status", flat=True)) == set(Status)

    def test_the_record_verifies(self):
        assert "8 entries verify" in run("verify_publications")

    def test_at_least_three_ratings_are_in_force(self):
        assert CurrentVerdict.objects.in_force().order_by().values("rating").distinct().count() >= 3

    def test_both_questions_of_a_pair_are_answered(self):
        answered = CurrentVerdict.objects.in_force()
        assert answered.filter(claim__attribution__current_verdict__isnull=False).exists()

    def test_one_verdict_is_corrected_and_one_is_retracted(self):
        states = list(CurrentVerdict.objects.values_list("state", flat=True))
        assert (states.count("correction"), states.count("retraction")) == (1, 1)

    def test_a_claim_waits_for_its_second_review(self):
        waiting = Claim.objects.get(status=Status.IN_REVIEW)
        assert (waiting.assignments.count(), waiting.reviews.count()) == (2, 1)

    def test_a_dispute_was_settled_by_an_editor_who_did_not_publish(self):
        settled = Verdict.objects.exclude(decided_by=None).exclude(approved_by=None).get()
        assert settled.decided_by != settled.approved_by

    def test_a_remark_mentions_a_colleague(self):
        assert Comment.objects.filter(mentions__email="reviewer@example.org").exists()

    def test_the_withheld_source_is_a_placeholder(self):
        bodies = "\n".join(body for _, body in crawl())
        withheld = Source.objects.get(kind="withheld")
        assert withheld.withheld_reason in bodies
        assert withheld.author not in bodies

    def test_every_page_with_its_stylesheet_is_under_100_kb(self):
        sheet = Path("static/css/assay.css").stat().st_size
        sizes = {address: len(body.encode()) + sheet for address, body in crawl()}
        assert {address: size for address, size in sizes.items() if size > 100_000} == {}

    def test_every_quote_is_in_the_copy_that_was_kept(self):
        checks = Evidence.objects.values_list("quote_check", flat=True)
        assert set(checks) == {"verified"}

    def test_the_questions_of_a_pair_are_told_apart(self):
        version = Article.objects.get(title__startswith="Halmere").current
        phrase = "sand exports had tripled since 2015"
        said = loader.find_claim(version, phrase, Asks.SAID)
        assert loader.find_claim(version, phrase, Asks.TRUE).attribution == said

    def test_every_claim_review_of_it_is_valid(self):
        host = site_of(project.ASSAY_BASE_URL)
        reviews = [
            find_review(pk) for pk in CurrentVerdict.objects.in_force().values_list("pk", flat=True)
        ]
        assert [str(one) for review in reviews for one in find_problems(review, host=host)] == []

    def test_a_phrase_that_does_not_fit_fails_loudly(self):
        version = Article.objects.get(title__startswith="Halmere").current
        for phrase, problem in (
            ("Halmere", "is not in the article exactly once"),
            ("A trade older than the ferry", "No claim was suggested"),
        ):
            with pytest.raises(loader.StoryDoesNotFit, match=problem):
                loader.find_claim(version, phrase, Asks.TRUE)


@pytest.mark.django_db
def test_it_refuses_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not for production"):
        run()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_story_that_does_not_fit_leaves_nothing(monkeypatch, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(loader, "STORIES", (Story(phrase="No such words"),))
    with pytest.raises(CommandError, match="“No such words” is not in the article exactly once"):
        run()
    assert not any(count())
