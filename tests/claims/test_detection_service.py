"""From the queue to suggested claims: the job, the worker, an engine that fails, and what the page says of it."""

import pytest
from django.db import transaction
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.testing import InMemoryConnector

from accounts.roles import Role
from articles.models import Article
from articles.services import Arrival
from claims.detection.base import Candidate, Detection, Place
from claims.kinds import Status
from claims.models import Claim, DetectionRun, RunState
from claims.services import bring_in_article, run_detection, start_detection
from claims.tasks import detect_claims
from tests.at_once import at_once
from tests.factories import TEXT, make_user

pytestmark = pytest.mark.django_db
WORDS = "It cost 40 million crowns."


class OneClaim:
    """Finds one sentence, if its battery is in."""

    name, version, languages = "one-claim", "1", frozenset()
    has_battery = True

    def detect(self, document):
        if not self.has_battery:
            raise RuntimeError("The battery is missing.")
        start = document.text.index(WORDS)
        place = Place(start, start + len(WORDS))
        return Detection((Candidate(WORDS, "event", "narrator", (place,), 0.5),))


@pytest.fixture(autouse=True)
def _engine(settings, monkeypatch):
    settings.ASSAY_DETECTION_ENGINES = {"one-claim": f"{__name__}.OneClaim"}
    settings.ASSAY_DETECTION_ENGINE = "one-claim"
    monkeypatch.setattr(OneClaim, "has_battery", True)


@pytest.fixture
def broken(monkeypatch):
    monkeypatch.setattr(OneClaim, "has_battery", False)


def bring_in():
    return bring_in_article(actor=None, arrival=Arrival(content=TEXT.encode()))


def run_of(article):
    return DetectionRun.objects.get(version__article=article)


def jobs():
    return list(ProcrastinateJob.objects.filter(task_name="claims.tasks.detect_claims"))


def look(client, article):
    client.force_login(make_user(Role.CONTRIBUTOR))
    return client.get(article.get_absolute_url()).content.decode()


class TestTheJob:
    def test_is_there_as_soon_as_the_article_is(self):
        article = bring_in()
        (job,) = jobs()
        assert job.args == {"run_id": str(run_of(article).pk)}

    def test_goes_with_the_article_when_the_transaction_does(self):
        with transaction.atomic():
            bring_in()
            transaction.set_rollback(True)
        assert (jobs(), Article.objects.count()) == ([], 0)

    def test_is_not_there_twice_for_a_run_that_waits(self):
        article = bring_in()
        start_detection(actor=None, version=article.versions.get())
        assert len(jobs()) == 1

    def test_is_deferred_to_the_queue_of_detection(self):
        double = InMemoryConnector()
        with app.replace_connector(double):
            detect_claims.defer(run_id="some-id")
        (job,) = double.jobs.values()
        assert (job["queue_name"], job["args"]) == ("detection", {"run_id": "some-id"})

    def test_done_twice_makes_no_claim_twice(self):
        article = bring_in()
        for _ in range(2):
            detect_claims(run_id=str(run_of(article).pk))
        assert Claim.objects.get().status == Status.SUGGESTED


class TestAnEngineThatFails:
    @pytest.fixture
    def article(self, broken):
        article = bring_in()
        run_detection(run_id=str(run_of(article).pk))
        return article

    def test_leaves_the_article_and_its_reason_and_no_claim(self, article):
        run = run_of(article)
        assert (run.state, run.error) == (RunState.FAILED, "RuntimeError: The battery is missing.")
        assert not Claim.objects.exists()

    def test_is_said_on_the_page_with_a_way_to_try_again(self, client, article):
        page = look(client, article)
        assert "The battery is missing." in page
        assert reverse("reviews:detect-again", args=[article.pk]) in page

    def test_is_asked_again_when_somebody_says_so(self, client, article, monkeypatch):
        look(client, article)
        client.post(reverse("reviews:detect-again", args=[article.pk]))
        assert run_of(article).is_working
        monkeypatch.setattr(OneClaim, "has_battery", True)
        run_detection(run_id=str(run_of(article).pk))
        assert (run_of(article).error, Claim.objects.count()) == ("", 1)

    def test_may_be_missing_from_the_settings_when_its_turn_comes(self, article, settings):
        settings.ASSAY_DETECTION_ENGINES = {}
        run = run_detection(run_id=str(run_of(article).pk))
        assert (run.state, run.error) == (RunState.FAILED, "KeyError: 'one-claim'")


class TestThePage:
    def test_shows_that_the_engine_is_reading_and_asks_again_by_itself(self, client):
        article = bring_in()
        page = look(client, article)
        assert "Reading the article for claims" in page
        assert f'hx-get="{reverse("reviews:show-progress", args=[article.pk])}"' in page

    def test_shows_the_claims_when_it_is_done(self, client):
        article = bring_in()
        run_detection(run_id=str(run_of(article).pk))
        page = look(client, article)
        assert "Reading the article for claims" not in page
        assert Claim.objects.get().statement in page

    def test_goes_on_saying_so_while_the_engine_reads(self, client):
        article = bring_in()
        look(client, article)
        progress = client.get(reverse("reviews:show-progress", args=[article.pk])).content.decode()
        assert "hx-get" in progress

    def test_stops_asking_when_the_engine_is_done(self, client):
        article = bring_in()
        look(client, article)
        run_detection(run_id=str(run_of(article).pk))
        progress = client.get(reverse("reviews:show-progress", args=[article.pk])).content.decode()
        assert "every 1s" not in progress

    def test_says_that_nothing_is_to_be_done_for_a_version_that_was_read(self, client):
        article = bring_in()
        look(client, article)
        run_detection(run_id=str(run_of(article).pk))
        address = reverse("reviews:detect-again", args=[article.pk])
        page = client.post(address, follow=True).content.decode()
        assert "has read this version already" in page


@pytest.mark.django_db(transaction=True)
class TestTheWorker:
    def test_takes_the_job_and_finds_the_claims(self):
        article = bring_in()
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
        assert (run_of(article).state, Claim.objects.count()) == (RunState.DONE, 1)
        assert [job.status for job in jobs()] == ["succeeded"]

    def test_at_the_same_run_twice_at_once_makes_no_claim_twice(self):
        key = str(run_of(bring_in()).pk)
        at_once(*[lambda: run_detection(run_id=key)] * 3)
        assert Claim.objects.count() == 1
