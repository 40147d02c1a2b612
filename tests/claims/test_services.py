"""Claims from selected words and from engines, and changes of what they say."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from accounts.roles import Role
from articles.document import Document
from articles.services import Arrival
from audit.models import Event
from claims.detection.base import Attribution, Candidate, Detection, LeftOut, Place
from claims.kinds import Kind, Mode, Status
from claims.models import Claim, Claimant, DetectionRun
from claims.services import (
    ClaimDraft,
    StaleClaim,
    add_claim,
    add_span,
    bring_in_article,
    correct_claim,
    flag_claim,
    run_detection,
    start_detection,
    unflag_claim,
)
from claims.services.editing import EDITABLE_IN, find_claimant
from tests.at_once import at_once
from tests.factories import TEXT, make_article, make_claim, make_user

pytestmark = pytest.mark.django_db
QUOTE = "It cost 40 million crowns."


def place_of(quote, text=TEXT):
    return Place(text.index(quote), text.index(quote) + len(quote))


@pytest.fixture
def version():
    return make_article().current


class TestSelecting:
    def test_selected_words_become_an_open_claim_that_quotes_the_version(self, version):
        draft = ClaimDraft(
            statement="  The works\n cost 40 million.\x00 ", claimant_name="Ida Quell"
        )
        place = place_of(QUOTE, version.text)
        claim = add_claim(
            actor=make_user(Role.CONTRIBUTOR), version=version, place=place, draft=draft
        )
        span = claim.spans.get()
        assert (claim.status, claim.statement) == (Status.OPEN, "The works cost 40 million.")
        assert (span.quote, claim.claimant.name) == (QUOTE, "Ida Quell")
        assert version.text.startswith(span.suffix, span.end)
        assert version.text.endswith(span.prefix, 0, span.start)

    @pytest.mark.parametrize("place", [(5, 5), (9, 5), (-3, 4), (0, 10**6), (38, 40)])
    def test_a_place_without_words_of_the_version_is_refused(self, version, place):
        """The last of these is the empty line below the headline."""
        with pytest.raises(ValidationError, match="Select some words"):
            add_claim(
                actor=make_user(), version=version, place=Place(*place), draft=ClaimDraft("It did.")
            )
        assert not Claim.objects.exists()

    @pytest.mark.parametrize("statement", ["", " \n ", "\x00", "x" * 2001])
    def test_a_statement_is_one_sentence(self, version, statement):
        with pytest.raises(ValidationError):
            add_claim(
                actor=make_user(),
                version=version,
                place=place_of(QUOTE, version.text),
                draft=ClaimDraft(statement),
            )

    def test_offsets_count_code_points_past_emoji_and_right_to_left_text(self):
        version = make_article("Title\n\n😀😀 שלום cost 40.\n").current
        claim = make_claim(article=version.article, quote="cost 40.")
        assert claim.spans.get().start == version.text.index("cost")

    def test_a_further_fragment_counts_as_a_change(self, version):
        claim = make_claim(article=version.article)
        place = place_of("reopened on Monday", version.text)
        add_span(actor=make_user(), claim=claim, version=version, place=place)
        claim.refresh_from_db()
        assert (claim.spans.count(), claim.lock_version) == (2, 2)

    def test_words_that_are_part_of_the_claim_are_not_added_again(self, version):
        claim = make_claim(article=version.article)
        with pytest.raises(ValidationError, match="part of the claim already"):
            add_span(
                actor=make_user(),
                claim=claim,
                version=version,
                place=place_of("40 million", version.text),
            )

    def test_a_published_claim_takes_no_further_words(self, version):
        claim = make_claim(article=version.article, status=Status.PUBLISHED)
        with pytest.raises(ValidationError, match="Reopen it"):
            add_span(actor=make_user(), claim=claim, version=version, place=place_of("Fishermen"))


class TestCorrecting:
    def test_a_correction_keeps_both_wordings_in_the_history(self):
        claim = make_claim(statement="It cost 40.")
        correct_claim(actor=make_user(), claim=claim, expected=1, statement="It cost 41.")
        event = Event.objects.about(claim).last()
        assert (event.before, event.after) == (
            {"statement": "It cost 40."},
            {"statement": "It cost 41."},
        )

    def test_a_change_of_every_field_is_written_down(self):
        claim, who = make_claim(), find_claimant("Ida Quell")
        correct_claim(
            actor=make_user(),
            claim=claim,
            expected=1,
            kind=Kind.STATISTIC,
            mode=Mode.DIRECT,
            claimant=who,
            claimed_at=date(2024, 5, 3),
            language="fr",
        )
        assert Event.objects.about(claim).last().after == {
            "kind": "statistic",
            "mode": "direct",
            "claimant": str(who.pk),
            "claimed_at": "2024-05-03",
            "language": "fr",
        }

    def test_no_change_writes_nothing(self):
        claim = make_claim(statement="It cost 40.")
        events = Event.objects.count()
        same = correct_claim(actor=make_user(), claim=claim, expected=1, statement=" It cost  40. ")
        assert (same.lock_version, Event.objects.count()) == (1, events)

    def test_a_stale_form_is_told_and_overwrites_nothing(self):
        claim = make_claim(statement="It cost 40.")
        correct_claim(actor=make_user(), claim=claim, expected=1, statement="It cost 41.")
        with pytest.raises(StaleClaim, match="Nothing of yours was saved") as stale:
            correct_claim(actor=make_user(), claim=claim, expected=1, statement="It cost 42.")
        assert stale.value.claim.statement == "It cost 41."

    @pytest.mark.parametrize("status", Status)
    def test_words_change_only_while_the_claim_is_not_on_the_record(self, status):
        claim = make_claim(status=status)
        if status in EDITABLE_IN:
            assert correct_claim(actor=make_user(), claim=claim, expected=1, kind=Kind.CAUSAL)
        else:
            with pytest.raises(ValidationError, match="Reopen it"):
                correct_claim(actor=make_user(), claim=claim, expected=1, kind=Kind.CAUSAL)

    @pytest.mark.parametrize("changes", [{"kind": "rumour"}, {"mode": "sung"}, {"statement": " "}])
    def test_what_is_not_possible_is_refused_in_words(self, changes):
        with pytest.raises(ValidationError):
            correct_claim(actor=make_user(), claim=make_claim(), expected=1, **changes)

    def test_what_is_not_wording_does_not_change_by_this_way(self):
        claim = make_claim()
        correct_claim(actor=make_user(), claim=claim, expected=1, status=Status.PUBLISHED)
        claim.refresh_from_db()
        assert claim.status == Status.OPEN

    def test_a_flag_says_why_until_somebody_has_looked(self):
        claim = flag_claim(actor=None, claim=make_claim(), why="The article changed.")
        assert claim.flag == "The article changed."
        assert unflag_claim(actor=make_user(), claim=claim).flag == ""

    def test_taking_down_no_flag_writes_nothing(self):
        claim = make_claim()
        events = Event.objects.count()
        unflag_claim(actor=make_user(), claim=claim)
        assert Event.objects.count() == events

    @pytest.mark.django_db(transaction=True)
    def test_of_two_people_who_edit_the_same_claim_the_second_is_told(self):
        claim = make_claim()
        calls = [
            partial(correct_claim, actor=make_user(), claim=claim, expected=1, statement=words)
            for words in ("It cost 41.", "It cost 42.")
        ]
        kinds = sorted(type(result).__name__ for result in at_once(*calls))
        assert kinds == ["Claim", "StaleClaim"]


class TestClaimants:
    def test_no_name_is_no_claimant(self):
        assert find_claimant("  ") is None

    def test_the_same_name_is_one_claimant(self):
        assert find_claimant("Ida  Quell ") == find_claimant("Ida Quell")

    def test_the_same_name_in_another_office_is_another(self):
        assert find_claimant("The minister", role="Trade") != find_claimant(
            "The minister", role="Health"
        )

    def test_an_unnamed_claimant_is_kept_as_such(self):
        assert find_claimant("American officials", is_anonymous=True).kind == "anonymous"


class FakeEngine:
    """Finds one attributed claim in whatever it reads."""

    name, version, languages = "fake", "1", frozenset()

    def detect(self, document: Document) -> Detection:
        where = place_of("the noise had driven the herring away", document.text)
        said = Attribution("fishermen", None, None, (where,), is_anonymous=True)
        found = Candidate(
            "The noise drove the herring away.",
            "causal",
            "indirect",
            (where,),
            0.7,
            ("cause",),
            said,
        )
        return Detection((found,), (LeftOut(place_of(QUOTE, document.text), "no speaker"),))


class StandEngine(FakeEngine):
    """Finds a claim that itself tells what somebody said."""

    name = "stand"

    def detect(self, document: Document) -> Detection:
        where = place_of("the noise had driven the herring away", document.text)
        said = Attribution("fishermen", None, None, (where,), is_told=True)
        told = "The fishermen blamed the noise."
        return Detection((Candidate(told, "opinion", "indirect", (where,), 0.7, (), said),))


class BrokenEngine(FakeEngine):
    name = "broken"

    def detect(self, document: Document) -> Detection:
        raise RuntimeError("out of ideas")


@pytest.fixture
def engines(settings):
    here = f"{__name__}."
    settings.ASSAY_DETECTION_ENGINES = {
        "fake": here + "FakeEngine",
        "stand": here + "StandEngine",
        "broken": here + "BrokenEngine",
    }
    settings.ASSAY_DETECTION_ENGINE = "fake"


@pytest.mark.usefixtures("engines")
class TestDetection:
    def run(self, version=None, engine="fake"):
        version = version or make_article().current
        queued = start_detection(actor=None, version=version, engine_name=engine)
        return run_detection(run_id=str(queued.pk))

    def test_an_article_comes_in_with_its_detection_queued(self):
        article = bring_in_article(actor=make_user(), arrival=Arrival(content=TEXT.encode()))
        run = DetectionRun.objects.get()
        assert (run.version.article, run.state) == (article, "queued")

    def test_an_attributed_claim_comes_with_the_claim_that_it_was_said(self):
        self.run()
        said, true = Claim.objects.order_by("id")
        assert (said.kind, said.statement) == (
            "quotation",
            "Fishermen said: The noise drove the herring away.",
        )
        assert (true.attribution, true.claimant.kind) == (said, "anonymous")

    def test_a_claim_that_tells_that_it_was_said_comes_alone(self):
        self.run(engine="stand")
        claim = Claim.objects.get()
        assert (claim.attribution, claim.claimant.name) == (None, "fishermen")

    def test_what_an_engine_finds_is_suggested_in_its_name_on_the_words(self):
        self.run()
        claim = Claim.objects.get(kind="causal")
        assert (claim.status, claim.found_by) == (Status.SUGGESTED, "fake 1")
        assert claim.spans.get().quote == "the noise had driven the herring away"

    def test_what_an_engine_leaves_out_is_kept_with_its_reason(self):
        run = self.run()
        assert (run.state, run.found, run.left_out[0][2]) == ("done", 1, "no speaker")

    def test_a_job_that_runs_twice_finds_its_work_done(self):
        run = self.run()
        run_detection(run_id=str(run.pk))
        assert Claim.objects.count() == 2

    def test_a_failure_is_kept_in_words_and_leaves_no_claims(self, caplog):
        run = self.run(engine="broken")
        assert (run.state, run.error) == ("failed", "RuntimeError: out of ideas")
        assert not Claim.objects.exists()

    def test_a_failed_run_is_queued_again_and_one_that_stands_is_left_alone(self, caplog):
        failed, done = self.run(engine="broken"), self.run()
        again = start_detection(actor=None, version=failed.version, engine_name="broken")
        kept = start_detection(actor=None, version=done.version)
        assert (again.pk, again.state, again.error) == (failed.pk, "queued", "")
        assert (kept.pk, kept.state) == (done.pk, "done")

    def test_a_claimant_is_found_once_for_two_claims(self):
        self.run()
        self.run()
        assert Claimant.objects.count() == 1
