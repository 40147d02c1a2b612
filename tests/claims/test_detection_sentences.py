"""A sentence ends where a reader would end it, and never inside a quotation or a bracket."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.detection.quotes import find_quotations
from claims.detection.sentences import split


def sentences_of(text):
    quotations = find_quotations(text, 0, len(text))
    ranges = split(text, 0, len(text), [(q.start, q.end) for q in quotations])
    return [text[start:end] for start, end in ranges]


@pytest.mark.parametrize(
    "sentences",
    [
        ["He lives in the U.S.", "She works until 5 p.m.", "Police came."],
        ["The U.S. Army left at 5 p.m. Monday."],
        ["J. K. Roe met Mr. Smith Jr. in St. Paul.", "It rained."],
        ["She holds a J.D. from Yale.", "He has none."],
        ["No. 10 had no comment.", "No.", "It did not."],
        ["Sen. Roe (D-Ore.) voted against it on Jan. 6."],
        ["Prices rose 3.5 percent.", "20 people lost their jobs."],
        ["Wait...", "It goes on... and on."],
        ["“Stop!” said the mayor."],
        ["“Who won?” Smith asked.", "Nobody knew."],
        ["“We won. We will stay,” he said.", "“That is it.”", "He left."],
        ["“We won.”", "He left."],
        ["She called it ‘a lie’.", "The dogs’ bowl isn’t here."],
        ["The plan [of the U.S. Senate. Yes.] failed.", "(He lied.)", "She wept."],
        ["It cost $3.5 million, i.e. too much.", "Nobody paid."],
        ["Yahoo! News said so.", "It was right!", "Was it?"],
        ["1. First comes this.", "Then that."],
        ["„Wir gehen“, sagte er.", "»Nein«, rief sie."],
        ["« Oui. Non », dit-il.", "Il part."],
        ["¿Qué pasó?", "El Sr. Pérez no dijo nada.", "¡Basta!"],
        ["قال الرئيس إن المحادثات انتهت.", "لم يعلق أحد؟", "نعم."],
        ["all in small letters.", "another one.", "the last"],
        ["He\ndid not\nstop.", "She did."],
    ],
)
def test_sentences_separated_by_blanks_are_found(sentences):
    assert sentences_of(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["大統領は述べた。", "「終わった。詳細は不明。」と語った。", "次の話。"],
        ["“我们会继续。”他说。", "第二天下雨。", "真的？"],
    ],
)
def test_sentences_of_scripts_without_blanks_are_found(sentences):
    assert sentences_of("".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “we go” and “stay.”", ["“we go”", "“stay.”"]),
        ('He said "we go" and "stay."', ['"we go"', '"stay."']),
        ("‘He’s here,’ she said, ‘isn’t he?’", ["‘He’s here,’", "‘isn’t he?’"]),
        ("It’s the dogs’ bowl and the ’90s", []),
        ("the ‘workers’ party’ won", ["‘workers’ party’"]),
        ("'I'm fine,' he said in the '90s", ["'I'm fine,'"]),
        ("“She said ‘no’ to me.”", ["“She said ‘no’ to me.”"]),
        ("„Wir gehen“ und »Nein« und « Oui »", ["„Wir gehen“", "»Nein«", "« Oui »"]),
        ("「行く」と『言う』", ["「行く」", "『言う』"]),
        ('a 6\'2" man said "no"', ['"no"']),
        ("no marks at all", []),
    ],
)
def test_quotations_are_told_from_apostrophes(text, quoted):
    assert [text[q.start : q.end] for q in find_quotations(text, 0, len(text))] == quoted


def test_a_quotation_without_its_closing_mark_is_open():
    text = "He said: “We go."
    assert [q.is_open for q in find_quotations(text, 0, len(text))] == [True]


WORDS = st.text(alphabet="ab .!?…“”‘’\"'«»()[]。」「,A1\n", max_size=120)


@given(WORDS)
def test_the_sentences_of_any_text_cover_it_in_order(text):
    last = 0
    for start, end in split(text, 0, len(text)):
        assert last <= start < end
        assert not text[last:start].strip()
        last = end
    assert not text[last:].strip()


@given(WORDS)
def test_the_quotations_of_any_text_do_not_overlap(text):
    last = 0
    for quotation in find_quotations(text, 0, len(text)):
        assert (
            last <= quotation.start < quotation.inner_start <= quotation.inner_end <= quotation.end
        )
        last = quotation.end
