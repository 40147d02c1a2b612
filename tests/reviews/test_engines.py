"""Several engines at the desk: choosing one, what each found, and how people judge what they suggest."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from articles.services import Arrival
from claims.detection.base import (
    Attribution,
    Candidate,
    Detection,
    Exchange,
    LeftOut,
    Place,
    Refused,
)
from claims.models import Claim, DetectionRun, Finding, RunState
from claims.services import bring_in_article, correct_claim, run_detection, start_detection
from reviews.engines_page import engine_views
from reviews.services import accept_claim, dismiss_claim
from tests.factories import TEXT, make_claim, make_user

pytestmark = pytest.mark.django_db
COST = "It cost 40 million crowns."
NOISE = "Fishermen said the noise had driven the herring away."
QUOTED = "We will double the traffic by 2030,"
ENGINES = reverse("reviews:show-engines")


def place(document, words):
    start = document.text.index(words)
    return Place(start, start + len(words))


class First:
    """Finds what the works cost and what the fishermen said."""

    name, version, languages = "first", "1", frozenset()

    def detect(self, document):
        return Detection(
            tuple(
                Candidate(words, "event", "narrator", (place(document, words),), 0.5)
                for words in (COST, NOISE)
            ),
            left_out=(LeftOut(place(document, QUOTED), "it is a promise"),),
        )


class Second(First):
    """Words the cost in its own way and without the full stop, has a speaker, and is asked things."""

    name, version, languages = "second", "2", frozenset({"en"})

    def detect(self, document):
        said = place(document, QUOTED)
        speaker = Attribution("Ida Quell", None, None, (said,))
        return Detection(
            (
                Candidate("The works cost 40 million.", "event", "narrator", (place(document, COST.rstrip(".")),), 0.5),
                Candidate("Traffic will double.", "prediction", "direct", (said,), 0.5, attribution=speaker),
            ),
            refused=(Refused("The works cost nothing.", "the number is not in the article"),),
            trace=(Exchange("selection", said, "What?", "That."),),
        )  # fmt: skip


@pytest.fixture(autouse=True)
def _engines(settings):
    settings.ASSAY_DETECTION_ENGINES = {
        "second": f"{__name__}.Second",
        "first": f"{__name__}.First",
        "rules-lite": "claims.detection.lite.LiteEngine",
    }
    settings.ASSAY_DETECTION_ENGINE = "first"


def read_by(*names, language="en"):
    """An article that these engines have read, one after the other; the first comes with the article."""
    article = bring_in_article(
        actor=None, arrival=Arrival(content=TEXT.encode(), language=language)
    )
    for name in names:
        start_detection(actor=None, version=article.versions.get(), engine_name=name)
        run_detection(run_id=str(run_of(article, name).pk))
    return article


def run_of(article, name):
    return DetectionRun.objects.get(version__article=article, engine=name)


def claim_on(words, article):
    return Claim.objects.get(article=article, spans__quote=words, kind="event")


def page(client, name, article):
    return client.get(reverse(name, args=[article.pk])).content.decode()


def view_of(name):
    return next(view for view in engine_views() if view.name == name)


class TestChoosingAnEngine:
    def test_the_desks_own_is_offered_first(self, desk):
        text = page(desk, "reviews:show-article", read_by("first"))
        offered = [text.index(f'name="engine" value="{name}"') for name in ("first", "second")]
        assert offered == sorted(offered)

    def test_one_that_does_not_read_the_language_is_not_offered(self, desk):
        text = page(desk, "reviews:show-article", read_by("first", language="es"))
        assert 'value="second"' not in text

    @pytest.mark.parametrize(("sent", "engine"), [({}, "first"), ({"engine": "second"}, "second")])
    def test_queues_the_chosen_one_or_the_desks_own(self, desk, sent, engine):
        article = bring_in_article(actor=None, arrival=Arrival(content=TEXT.encode()))
        desk.post(reverse("reviews:detect-again", args=[article.pk]), sent)
        assert run_of(article, engine).state == RunState.QUEUED

    def test_an_unknown_one_is_refused_in_words(self, desk):
        article = read_by("first")
        address = reverse("reviews:detect-again", args=[article.pk])
        answer = desk.post(address, {"engine": "third"}, follow=True).content.decode()
        assert "no such engine" in answer
        assert DetectionRun.objects.filter(version__article=article).count() == 1


class TestWhatWasFound:
    def test_by_both_is_suggested_once_and_noted_for_both(self):
        article = read_by("first", "second")
        claim = claim_on(COST, article)
        assert [f.run.engine for f in claim.findings.order_by("run_id")] == ["first", "second"]

    def test_keeps_the_words_that_each_engine_had_for_it(self):
        claim = claim_on(COST, read_by("first", "second"))
        assert [f.statement for f in claim.findings.order_by("run_id")] == [
            claim.statement,
            "The works cost 40 million.",
        ]

    def test_is_counted_for_a_run_only_where_it_is_new(self):
        assert run_of(read_by("first", "second"), "second").found == 1

    def test_of_a_speaker_is_noted_with_the_claim_that_it_was_said(self):
        article = read_by("second")
        said = Finding.objects.get(claim__article=article, claim__kind="quotation")
        assert said.statement == "Ida Quell said: Traffic will double."

    def test_on_words_that_a_person_chose_is_noted_and_not_suggested(self):
        claim = make_claim(quote=COST)
        run = start_detection(actor=None, version=claim.article.current, engine_name="second")
        run_detection(run_id=str(run.pk))
        assert claim.findings.get().run == run

    def test_keeps_what_a_model_was_asked(self):
        assert run_of(read_by("second"), "second").trace[0]["answer"] == "That."


class TestThePageOfAnArticle:
    @pytest.mark.parametrize(
        "words",
        [
            COST,
            "found, as: <span class=\"small\">The works cost 40 million.</span>",
            "the number is not in the article",
            "it is a promise",
            QUOTED,
            "not found",
            "1 question to the model",
        ],
    )  # fmt: skip
    def test_shows_what_each_found_refused_and_left_out(self, desk, words):
        assert words in page(desk, "reviews:show-runs", read_by("first", "second"))

    def test_says_why_an_engine_failed(self, desk):
        article = read_by("first")
        DetectionRun.objects.update(state=RunState.FAILED, error="The battery is missing.")
        assert "The battery is missing." in page(desk, "reviews:show-runs", article)

    def test_is_reached_from_the_workbench(self, desk):
        article = read_by("first")
        address = reverse("reviews:show-runs", args=[article.pk])
        assert address in page(desk, "reviews:show-article", article)

    def test_of_an_article_that_no_engine_read_says_so(self, desk):
        text = page(desk, "reviews:show-runs", make_claim().article)
        assert "No engine has read this version" in text


class TestHowPeopleJudge:
    def test_what_was_accepted_as_it_stood(self, editor):
        accept_claim(actor=editor, claim=claim_on(COST, read_by("first")))
        view = view_of("first")
        assert (view.suggested, view.unchanged, view.edited, view.waiting) == (2, 1, 0, 1)

    def test_what_was_accepted_after_an_edit(self, editor):
        claim = claim_on(COST, read_by("first"))
        accept_claim(actor=editor, claim=claim, statement="The works cost a lot.")
        view = view_of("first")
        assert (view.unchanged, view.edited) == (0, 1)

    def test_an_edit_after_it_was_accepted_is_not_one_before(self, editor):
        claim = accept_claim(actor=editor, claim=claim_on(COST, read_by("first")))
        correct_claim(actor=editor, claim=claim, expected=None, statement="It was dear.")
        assert view_of("first").unchanged == 1

    def test_what_was_dismissed_and_why(self, editor):
        article = read_by("first")
        for words in (COST, NOISE):
            dismiss_claim(actor=editor, claim=claim_on(words, article), reason="Too small.")
        view = view_of("first")
        assert (view.dismissed, view.reasons) == (2, (("Too small.", 2),))

    def test_the_rate_is_of_what_was_decided_on(self, editor):
        article = read_by("first")
        accept_claim(actor=editor, claim=claim_on(COST, article))
        assert view_of("first").rate == 100
        dismiss_claim(actor=editor, claim=claim_on(NOISE, article), reason="Hearsay.")
        assert view_of("first").rate == 50

    def test_there_is_no_rate_before_a_decision(self):
        read_by("first")
        assert view_of("first").rate is None

    def test_a_claim_that_two_found_counts_for_both(self, editor):
        accept_claim(actor=editor, claim=claim_on(COST, read_by("first", "second")))
        assert (view_of("first").accepted, view_of("second").accepted) == (1, 1)
        assert (view_of("first").shared, view_of("second").shared) == (0, 1)

    def test_a_claim_that_a_person_made_counts_for_none(self):
        claim = make_claim(quote=COST)
        run = start_detection(actor=None, version=claim.article.current, engine_name="first")
        run_detection(run_id=str(run.pk))
        assert view_of("first").suggested == 1

    def test_shows_what_people_changed(self, desk, editor):
        claim = claim_on(COST, read_by("first"))
        correct_claim(actor=editor, claim=claim, expected=None, statement="It was dear.")
        text = desk.get(ENGINES).content.decode()
        assert f"<del>{COST}</del> → <ins>It was dear.</ins>" in text

    def test_names_a_claimant_that_was_changed(self, editor):
        claim = claim_on(COST, read_by("first"))
        claimant = make_claim(claimant_name="Ida Quell").claimant
        correct_claim(actor=editor, claim=claim, expected=None, claimant=claimant)
        (edit,) = view_of("first").edits
        assert (edit.name, edit.before, edit.after) == ("claimant", "", "Ida Quell")

    def test_takes_as_many_queries_for_many_articles_as_for_one(self, editor):
        def decide():
            article = read_by("first", "second")
            accept_claim(actor=editor, claim=claim_on(COST, article), statement="It was dear.")
            dismiss_claim(actor=editor, claim=claim_on(NOISE, article), reason="Hearsay.")

        def queries():
            with CaptureQueriesContext(connection) as captured:
                engine_views()
            return len(captured)

        decide()
        few = queries()
        for _ in range(5):
            decide()
        assert queries() == few <= 4

    @pytest.mark.parametrize("name", ["reviews:home", "reviews:list-articles"])
    def test_is_reached_from_the_desk(self, client, name):
        client.force_login(make_user(Role.CONTRIBUTOR))
        assert ENGINES in client.get(reverse(name)).content.decode()
