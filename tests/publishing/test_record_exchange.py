"""Records through the models: in, changed at the desk, and out."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Origin
from audit.models import Event
from claims.kinds import Kind, Status
from claims.models import Claim, Claimant, ExternalCheck
from claims.services import correct_claim
from publishing.question_records.incoming import CHUNK, RecordImport, import_records, read_lines
from publishing.question_records.outgoing import export_records, record_lines
from publishing.question_records.residue import as_text
from publishing.question_records.rows import publisher_of
from reviews.models import Verdict
from sources.models import Evidence, OpenQuestion, Source, SourceKind
from sources.questions import ask_question
from sources.services import correct_source, withdraw_evidence
from tests.at_once import at_once
from tests.factories import (
    house_rating,
    make_claim,
    make_evidence,
    make_published_claim,
    make_source,
    make_user,
)
from tests.publishing.test_question_records import ANSWER, DIRTY, RECORD, answering, record

pytestmark = pytest.mark.django_db
OPEN = {"answer": "None.", "answer_type": "Unanswerable", "source_url": "", "source_medium": ""}


def lines_of(*records):
    return [json.dumps(one).encode() for one in records]


def bring_in(*records, **options):
    return import_records(lines_of(*records), RecordImport(**options))


def given_out():
    return [as_text(one) for one in export_records(Claim.objects.all())]


def the_record():
    return next(export_records(Claim.objects.all()))


def test_dirty_records_go_through_the_models_and_out_as_they_came():
    dirty = [row for row, _ in DIRTY]
    tally = bring_in(*dirty)
    assert (tally.made, tally.bad) == (len(dirty), 0)
    assert given_out() == [as_text(one) for one in dirty]


def test_answers_and_open_questions_keep_their_order():
    mixed = record(
        questions=[
            {"question": "Same?", "answers": [OPEN, ANSWER, OPEN]},
            {"question": "Same?", "answers": [ANSWER]},
            {"question": "Later?", "answers": []},
        ]
    )
    bring_in(mixed)
    assert given_out() == [as_text(mixed)]
    assert OpenQuestion.objects.count() == 3


def test_a_record_becomes_a_suggested_claim_on_its_own_words():
    bring_in(record())
    claim = Claim.objects.get()
    assert (claim.status, claim.kind, claim.claimant.name) == (
        Status.SUGGESTED,
        Kind.STATISTIC,
        "Ida Quell",
    )
    assert claim.spans.get().quote == RECORD["claim"]
    assert claim.article.current.origin == Origin.RECORD
    assert (claim.article.url, claim.article.publisher) == ("", "Harbour Post")
    evidence = claim.evidence.get()
    assert (evidence.question, evidence.answer, evidence.source.url) == (
        "What did the works cost?",
        "40 million crowns",
        "https://audit.example/2019",
    )


def test_nothing_is_fetched_for_it():
    bring_in(record())
    assert not Source.objects.get().captures.exists()
    assert Source.objects.get().check_due_at is None


def test_the_same_source_is_one_record_also_with_those_that_are_here():
    here = make_source(url="https://audit.example/2019")
    bring_in(answering(source_url="https://AUDIT.example/2019#a"), answering(), record())
    assert set(Evidence.objects.values_list("source", flat=True)) == {here.pk}
    assert not Event.objects.filter(verb="source.added").exclude(subject_id=here.pk).exists()


def test_a_source_without_an_address_is_one_by_its_title():
    bring_in(
        answering(source_url="Metadata"),
        record(questions=answering(source_url="Metadata")["questions"], label="x"),
    )
    assert Source.objects.get(title="Metadata").evidence.count() == 2


def test_bringing_the_same_in_again_makes_nothing():
    many = [record(claim=f"Claim {number}.") for number in range(CHUNK + 5)]
    assert bring_in(*many, many[0]).made == len(many)
    before = (Article.objects.count(), Source.objects.count(), Event.objects.count())
    tally = bring_in(*many)
    assert (tally.made, tally.here) == (0, len(many))
    assert (Article.objects.count(), Source.objects.count(), Event.objects.count()) == before


def test_a_run_that_was_stopped_goes_on():
    many = [record(claim=f"Claim {number}.") for number in range(3)]
    bring_in(*many[:2])
    tally = bring_in(*many)
    assert (tally.made, tally.here) == (1, 2)
    assert given_out() == [as_text(one) for one in many]


@pytest.mark.django_db(transaction=True)
def test_two_who_bring_the_same_in_at_once_make_it_once():
    many = [record(claim=f"Claim {number}.") for number in range(30)]
    made = at_once(*[lambda: bring_in(*many).made] * 2)
    assert sorted(made) == [0, 30]
    assert given_out() == [as_text(one) for one in many]


def test_the_history_says_how_the_claim_came_in():
    actor = make_user()
    bring_in(record(), actor=actor)
    event = Event.objects.get(verb="claim.imported")
    assert (event.actor, event.after["evidence"]) == (actor, 1)


class TestBadLines:
    def test_they_are_told_with_their_numbers_and_the_rest_comes_in(self):
        told = []
        lines = [b"no JSON", *lines_of(record()), b"", b"[]", *lines_of(record(label="x"))]
        tally = import_records(lines, RecordImport(tell=told.append))
        assert (tally.made, tally.bad) == (2, 2)
        assert [one.partition(":")[0] for one in told if "Left out" in one] == ["line 1", "line 4"]

    def test_a_line_without_an_end_is_cut_and_told(self, monkeypatch):
        told = []
        for module in ("incoming", "parsing"):
            monkeypatch.setattr(f"publishing.question_records.{module}.LONGEST_LINE", 2000)
        file = io.BytesIO(b"[" * 9000 + b"\n" + b"\n".join(lines_of(record())))
        tally = import_records(read_lines(file), RecordImport(tell=told.append))
        assert (tally.made, tally.bad) == (1, 1)
        assert told == ["line 1: It has more than 2,000 bytes. Left out."]

    def test_one_that_the_database_refuses_takes_no_other_with_it(self, monkeypatch):
        told = []
        monkeypatch.setattr("publishing.question_records.parsing.LABEL", 300)
        fat = record(claim="Fat.", label="x" * 300)
        tally = bring_in(record(claim="One."), fat, record(claim="Two."), tell=told.append)
        assert (tally.made, tally.bad) == (2, 1)
        assert any(one.startswith("line 2: ") for one in told)

    def test_odd_values_are_told_with_their_place(self):
        told = []
        tally = bring_in(record(claim=""), tell=told.append)
        assert told == ["line 1: claim: an empty claim"]
        assert tally.odd == {"an empty claim": 1}


class TestChanges:
    """What the desk does after a record came in shows when it goes out."""

    def setup_method(self):
        self.dirty = record(
            claim="The works  cost 40 million.",
            claim_types=["Numerical Claim", "Causal Claim"],
            speaker=" Ida Quell",
            questions=[
                {"question": "Why?", "answers": [{**ANSWER, "source_url": "http://A.example#1"}]}
            ],
        )

    def test_of_the_claim(self):
        bring_in(self.dirty)
        correct_claim(
            actor=make_user(),
            claim=Claim.objects.get(),
            expected=None,
            statement="The works cost 41 million.",
            kind=Kind.EVENT,
            claimant=Claimant.objects.create(name="Tom Reed"),
        )
        out = the_record()
        assert (out["claim"], out["speaker"]) == ("The works cost 41 million.", "Tom Reed")
        assert out["claim_types"] == ["Event/Property Claim", "Causal Claim"]

    def test_of_the_verdict(self):
        bring_in(self.dirty)
        words = {"justification": "The audit was forged.", "correction_note": "The audit."}
        Verdict.objects.create(claim=Claim.objects.get(), rating=house_rating("false"), **words)
        out = the_record()
        assert (out["label"], out["justification"]) == ("Refuted", "The audit was forged.")
        assert out["required_reannotation"] is True
        assert out["fact_checking_article"] == RECORD["fact_checking_article"]

    def test_of_a_source(self):
        bring_in(self.dirty)
        assert the_record()["questions"][0]["answers"][0]["source_url"] == "http://A.example#1"
        correct_source(actor=make_user(), source=Source.objects.get(), url="https://b.example/")
        assert the_record()["questions"][0]["answers"][0]["source_url"] == "https://b.example/"

    def test_of_evidence_that_was_withdrawn_and_added(self):
        bring_in(self.dirty)
        withdraw_evidence(actor=make_user(), evidence=Evidence.objects.get(), reason="Wrong year.")
        make_evidence(Claim.objects.get(), question="How?", source=make_source(title="The audit"))
        assert the_record()["questions"] == [
            {
                "question": "How?",
                "answers": [
                    {
                        "answer": "cost 40 million crowns",
                        "answer_type": "Extractive",
                        "source_url": "The audit",
                        "source_medium": "Other",
                    }
                ],
            }
        ]

    def test_of_a_question_that_got_another_answer(self):
        bring_in(self.dirty)
        make_evidence(Claim.objects.get(), question="Why?", quote="", note="Because.")
        questions = the_record()["questions"]
        assert [one["question"] for one in questions] == ["Why?"]
        assert [one["answer"] for one in questions[0]["answers"]] == [
            "40 million crowns",
            "Because.",
        ]

    def test_of_a_source_that_is_withheld_now_nothing_is_left(self):
        bring_in(
            answering(
                source_url="https://SECRET.example/x#1",
                cached_source_url="https://archive.example/secret",
                more="secret",
            )
        )
        Source.objects.update(kind=SourceKind.WITHHELD, withheld_reason="In danger.")
        text = b"".join(record_lines(Claim.objects.all())).lower()
        assert b"withheld source" in text
        assert b"secret" not in text


class TestOfTheDesk:
    def test_a_published_claim_is_a_record_with_the_verdict_of_the_desk(self):
        claim = make_published_claim(statement="It cost 40 million crowns.")
        out = the_record()
        assert (out["claim"], out["label"]) == ("It cost 40 million crowns.", "Supported")
        assert out["justification"] == "The audit says so."
        assert out["fact_checking_article"].endswith(f"/claims/{claim.pk}/")

    def test_a_question_that_nobody_answered_has_no_answers(self):
        ask_question(actor=make_user(), claim=make_claim(), text="Who paid?")
        assert the_record()["questions"] == [{"question": "Who paid?", "answers": []}]

    def test_one_that_cannot_be_answered_says_so(self):
        question = ask_question(actor=make_user(), claim=make_claim(), text="Who paid?")
        question.is_unanswerable = True
        question.save()
        answer = the_record()["questions"][0]["answers"][0]
        assert (answer["answer_type"], answer["source_url"]) == ("Unanswerable", "")

    def test_a_claim_without_evidence_or_questions_is_none(self):
        make_claim()
        assert given_out() == []

    def test_what_it_gives_out_can_be_brought_in(self):
        make_published_claim()
        out = the_record()
        assert bring_in(out).made == 1
        assert as_text(out) in given_out()


class TestCommands:
    def test_records_go_in_and_out_by_file(self, tmp_path, capsys):
        path, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        path.write_bytes(b"\n".join(lines_of(*[row for row, _ in DIRTY])))
        call_command("import_records", str(path))
        call_command("export_records", str(out))
        assert f"{len(DIRTY)} claims brought in" in capsys.readouterr().out
        written = [as_text(json.loads(line)) for line in out.read_bytes().splitlines()]
        assert written == [as_text(row) for row, _ in DIRTY]

    def test_a_file_appears_when_it_is_whole(self, tmp_path, monkeypatch):
        def fail(claims):
            yield b"{}\n"
            raise OSError(28, "No space left on device")

        command = "publishing.management.commands.export_records.record_lines"
        monkeypatch.setattr(command, fail)
        with pytest.raises(CommandError, match="No space left"):
            call_command("export_records", str(tmp_path / "out.jsonl"))
        assert list(tmp_path.iterdir()) == []

    def test_a_file_that_is_there_is_not_written_over(self, tmp_path):
        (tmp_path / "out.jsonl").write_text("mine")
        with pytest.raises(CommandError, match="is there already"):
            call_command("export_records", str(tmp_path / "out.jsonl"))

    def test_a_file_that_is_not_there_is_told(self, tmp_path):
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("import_records", str(tmp_path / "none.jsonl"))


def test_giving_out_asks_the_database_a_fixed_number_of_times(django_assert_max_num_queries):
    bring_in(*(record(claim=f"Claim {number}.") for number in range(20)))
    with django_assert_max_num_queries(8):
        list(export_records(Claim.objects.all()))


def test_two_claims_may_be_checked_by_one_article():
    bring_in(record(claim="One."), record(claim="Two."))
    assert ExternalCheck.objects.filter(url=RECORD["fact_checking_article"]).count() == 2


@pytest.mark.parametrize(
    ("address", "publisher"),
    [
        ("https://www.checks.example/7", "checks.example"),
        ("https://archive.example/web/2021/https://checks.example/7", "checks.example"),
        ("no address", "Unknown"),
        ("https://[bad", "Unknown"),
    ],
)
def test_the_publisher_of_a_check_is_the_site_it_is_from(address, publisher):
    assert publisher_of(address) == publisher
