"""A changed article: its claims stay on their words, or a person is asked."""

import pytest
from django.core.exceptions import ValidationError

from accounts.roles import Role
from articles.services import Arrival
from audit.models import Event
from claims.detection.base import Place
from claims.kinds import Status
from claims.models import Claim, DetectionRun, SpanFate
from claims.services import (
    add_span,
    confirm_span,
    flag_claim,
    let_go_span,
    move_span,
    place_span,
    revise_article,
    run_detection,
    start_detection,
)
from tests.factories import TEXT, make_article, make_claim, make_user

pytestmark = pytest.mark.django_db
QUOTE = "Fishermen said the noise had driven the herring away."
NEARLY = QUOTE.replace("Fishermen", "Fisherman")
OTHER = "A bakery won a prize for its rye bread, and the guild was glad."
CHANGES = {
    "exact": f"{OTHER}\n\n{TEXT}",
    "fuzzy": TEXT.replace(QUOTE, NEARLY),
    "ambiguous": TEXT.replace(QUOTE, f"{QUOTE} {QUOTE}"),
    "orphaned": TEXT.replace(QUOTE, OTHER),
}


def revise(article, text, actor=None):
    actor = actor or make_user(Role.CONTRIBUTOR)
    return revise_article(actor=actor, article=article, arrival=Arrival(content=text.encode()))


def changed(how, **fields):
    """A claim on a sentence, and its fate in a version in which that sentence is so changed."""
    claim = make_claim(quote=QUOTE, **fields)
    version = revise(claim.article, CHANGES[how])
    return claim, SpanFate.objects.get(version=version)


@pytest.mark.parametrize("how", CHANGES)
def test_every_span_gets_a_fate_with_its_resolution(how):
    _, fate = changed(how)
    assert fate.resolution == how


@pytest.mark.parametrize(("how", "words"), [("exact", QUOTE), ("fuzzy", NEARLY)])
def test_what_is_found_has_a_span_with_the_words_of_the_new_version(how, words):
    claim, fate = changed(how)
    span = claim.spans.get(version=fate.version)
    assert (span, span.resolution, span.score) == (fate.placed, how, fate.score)
    assert fate.version.text[span.start : span.end] == span.quote == words


@pytest.mark.parametrize("how", ["ambiguous", "orphaned"])
def test_what_is_not_found_has_no_span_in_the_new_version_and_keeps_the_old(how):
    claim, fate = changed(how)
    assert fate.placed is None
    assert [span.version.number for span in claim.spans.all()] == [1]


def test_the_places_of_an_ambiguous_span_are_kept_to_choose_from():
    _, fate = changed("ambiguous")
    assert [fate.version.text[start:end] for start, end, _ in fate.candidates] == [QUOTE, QUOTE]


def test_equal_bytes_change_nothing():
    claim = make_claim(quote=QUOTE)
    events = Event.objects.count()
    assert revise(claim.article, TEXT) == claim.article.current
    assert (SpanFate.objects.count(), Event.objects.count()) == (0, events)


@pytest.mark.parametrize("status", set(Status) - {Status.SUGGESTED, Status.DISMISSED})
@pytest.mark.parametrize(
    ("how", "says"),
    [("fuzzy", "no longer the same"), ("ambiguous", "several places"), ("orphaned", "are gone")],
)
def test_a_claim_somebody_stands_by_is_flagged_in_words(status, how, says):
    claim, _ = changed(how, status=status)
    claim.refresh_from_db()
    assert claim.flag.startswith("The article has changed (version 2)")
    assert says in claim.flag


@pytest.mark.parametrize(
    ("how", "status"),
    [("exact", Status.PUBLISHED), ("orphaned", Status.SUGGESTED), ("orphaned", Status.DISMISSED)],
)
def test_exact_words_and_claims_nobody_works_on_raise_no_flag(how, status):
    claim, _ = changed(how, status=status)
    claim.refresh_from_db()
    assert claim.flag == ""


def test_two_fragments_that_run_together_are_one_span():
    claim = make_claim(quote=QUOTE)
    start = claim.article.current.text.index(QUOTE)
    place = Place(start - 3, start - 1)
    add_span(actor=make_user(), claim=claim, version=claim.article.current, place=place)
    version = revise(claim.article, CHANGES["exact"])
    assert version.span_fates.count() == 2


def test_the_new_version_is_read_and_the_event_says_what_was_found():
    _, fate = changed("orphaned")
    assert DetectionRun.objects.filter(version=fate.version).count() == 1
    event = Event.objects.get(verb="version.anchored")
    assert (event.after["number"], event.after["orphaned"], event.after["exact"]) == (2, 1, 0)


def test_words_that_come_back_are_found_again():
    claim, _ = changed("orphaned")
    version = revise(claim.article, f"{TEXT}\n\n{OTHER}")
    assert claim.spans.get(version=version).quote == QUOTE


def test_words_let_go_are_not_looked_for_again():
    claim, fate = changed("orphaned")
    let_go_span(actor=make_user(), fate=fate)
    version = revise(claim.article, f"{TEXT}\n\n{OTHER}")
    assert not version.span_fates.exists()


def test_detection_makes_no_second_claim_of_words_carried_over():
    article = make_article()
    run_detection(run_id=str(start_detection(actor=None, version=article.current).pk))
    known = set(Claim.objects.filter(article=article))
    assert known
    version = revise(article, f"{TEXT}\n\n{OTHER}")
    run = run_detection(run_id=str(DetectionRun.objects.get(version=version).pk))
    again = {claim.statement for claim in set(Claim.objects.filter(article=article)) - known}
    assert not again & {claim.statement for claim in known}
    assert run.found == Claim.objects.filter(article=article, attribution=None).count() - sum(
        claim.attribution_id is None for claim in known
    )


class TestDeciding:
    def test_confirmed_words_count_as_exact_and_the_flag_is_cleared(self):
        claim, fate = changed("fuzzy", status=Status.PUBLISHED)
        fate = confirm_span(actor=make_user(), fate=fate)
        claim.refresh_from_db()
        assert (fate.placed.resolution, fate.placed.score, claim.flag) == ("exact", 1.0, "")
        assert (fate.resolution, fate.outcome) == ("fuzzy", "kept")

    @pytest.mark.parametrize("how", ["fuzzy", "ambiguous", "orphaned"])
    def test_a_claim_is_moved_to_the_words_a_person_selects(self, how):
        claim, fate = changed(how)
        start = fate.version.text.index("It cost")
        fate = move_span(actor=make_user(), fate=fate, place=Place(start, start + 7))
        span = claim.spans.get(version=fate.version)
        assert (span.quote, span.resolution, fate.outcome) == ("It cost", "exact", "moved")

    @pytest.mark.parametrize("how", ["fuzzy", "orphaned"])
    def test_words_let_go_leave_the_new_version_and_stay_in_the_old(self, how):
        claim, fate = changed(how)
        fate = let_go_span(actor=make_user(), fate=fate)
        assert [span.quote for span in claim.spans.all()] == [QUOTE]
        assert (fate.decision, fate.outcome) == ("let_go", "gone")

    @pytest.mark.parametrize(
        ("decide", "verb"),
        [(confirm_span, "claim.span_confirmed"), (let_go_span, "claim.span_let_go")],
    )
    def test_a_decision_is_in_the_history_with_who_made_it(self, decide, verb):
        claim, fate = changed("fuzzy")
        person = make_user()
        decide(actor=person, fate=fate)
        event = Event.objects.about(claim).get(verb=verb)
        assert event.actor == person

    def test_what_was_not_found_cannot_be_confirmed(self):
        _, fate = changed("orphaned")
        with pytest.raises(ValidationError, match="nothing to confirm"):
            confirm_span(actor=make_user(), fate=fate)

    @pytest.mark.parametrize("decide", [confirm_span, let_go_span])
    def test_nobody_decides_twice(self, decide):
        _, fate = changed("fuzzy")
        let_go_span(actor=make_user(), fate=fate)
        with pytest.raises(ValidationError, match="already"):
            decide(actor=make_user(), fate=fate)

    def test_nobody_decides_on_a_version_that_is_no_longer_current(self):
        claim, fate = changed("fuzzy")
        revise(claim.article, OTHER)
        with pytest.raises(ValidationError, match="newer version"):
            confirm_span(actor=make_user(), fate=fate)

    def test_a_claim_is_not_moved_onto_words_it_has(self):
        claim, fate = changed("fuzzy")
        start = fate.version.text.index("It cost")
        place_span(claim, fate.version, Place(start, start + 7))
        with pytest.raises(ValidationError, match="already"):
            move_span(actor=make_user(), fate=fate, place=Place(start + 3, start + 9))

    def test_a_flag_stands_until_every_span_is_decided_on(self):
        claim, fate = changed("fuzzy")
        second = SpanFate.objects.create(
            span=fate.placed, version=fate.version, resolution="orphaned", score=0
        )
        confirm_span(actor=make_user(), fate=fate)
        claim.refresh_from_db()
        assert claim.flag
        let_go_span(actor=make_user(), fate=second)
        claim.refresh_from_db()
        assert not claim.flag

    def test_a_flag_with_another_reason_stays(self):
        claim, fate = changed("fuzzy")
        flag_claim(actor=make_user(), claim=claim, why="The minister called.")
        confirm_span(actor=make_user(), fate=fate)
        claim.refresh_from_db()
        assert claim.flag == "The minister called."


def test_words_that_nobody_confirmed_are_asked_about_in_the_next_version_too():
    claim, first = changed("fuzzy", status=Status.PUBLISHED)
    version = revise(claim.article, f"{OTHER}\n\n{CHANGES['fuzzy']}")
    fate = SpanFate.objects.get(version=version, span=first.placed)
    assert (fate.resolution, fate.score, fate.placed.resolution) == ("fuzzy", first.score, "fuzzy")
    confirm_span(actor=make_user(Role.EDITOR), fate=fate)
    assert claim.spans.get(version=version).resolution == "exact"


def test_confirmed_words_are_kept_without_a_question():
    claim, first = changed("fuzzy")
    confirm_span(actor=make_user(Role.EDITOR), fate=first)
    version = revise(claim.article, f"{OTHER}\n\n{CHANGES['fuzzy']}")
    assert SpanFate.objects.get(version=version).resolution == "exact"
