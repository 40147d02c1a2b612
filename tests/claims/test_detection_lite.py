"""The light engine on articles: what it claims, for whom, and what it leaves out."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.document import BODY_KINDS
from articles.ingest import UnreadableText, read, read_text
from claims.detection.base import Engine
from claims.detection.lite import LiteEngine
from claims.detection.validate import validate

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"
LIMIT = 10**8

ARTICLE = """\
Council backs ‘urgent’ repair of harbour bridge

Engineers warn that the crossing may close for a year as the city looks for money

By Ann Lee

RIVERTON (Agency) - The city council voted on Thursday to repair the harbour bridge at once.

City engineer Jane Roe said the bridge was “close to collapse”. “We measured it in 2019,” Roe said. “It is worse now. Who would drive over it?”

She called the delay “reckless”.

Who pays

“The towers have rusted. We have known that for years.

“Nobody wanted to pay for it,” Roe told the council.

The repair will cost 12 million euros, a senior official told the Post. Police said two cars were hit by steel in May, while the harbour company denied that it knew.

The bridge at dawn. Photo: City Archive

Was it a surprise? He was asked if the money was there. Thank you all.

According to a 2021 study, 40 percent of the city's bridges are unsafe.

“It is worse now.”

This article was originally published by Harbour News.
"""


def detect(text):
    document = read_text(text, max_bytes=LIMIT).document
    return document, LiteEngine().detect(document)


def claims_of(text):
    return {candidate.statement: candidate for candidate in detect(text)[1].candidates}


@pytest.fixture(scope="module")
def claims():
    return claims_of(ARTICLE)


def test_it_is_an_engine_for_any_language():
    engine: Engine = LiteEngine()
    assert (engine.name, engine.version, engine.languages) == ("rules-lite", "1", frozenset())


@pytest.mark.parametrize(
    ("statement", "kind", "mode", "speaker"),
    [
        ("The city council voted on Thursday to repair the harbour bridge at once.", "event", "narrator", None),
        ("The bridge was “close to collapse”.", "characterisation", "mixed", "Jane Roe"),
        ("We measured it in 2019.", "event", "direct", "Jane Roe"),
        ("It is worse now.", "event", "direct", "Jane Roe"),
        ("The delay is “reckless”.", "characterisation", "mixed", "Jane Roe"),
        ("We have known that for years.", "event", "direct", "Jane Roe"),
        ("Nobody wanted to pay for it.", "event", "direct", "Jane Roe"),
        ("The repair will cost 12 million euros.", "statistic", "indirect", "a senior official"),
        ("Two cars were hit by steel in May.", "event", "indirect", "Police"),
        ("The harbour company denied that it knew.", "event", "narrator", None),
        ("40 percent of the city's bridges are unsafe.", "statistic", "indirect", "a 2021 study"),
    ],
)  # fmt: skip
def test_a_sentence_gives_its_claim(claims, statement, kind, mode, speaker):
    claim = claims[statement]
    name = claim.attribution.name if claim.attribution else None
    assert (claim.kind, claim.mode, name) == (kind, mode, speaker)


def test_the_role_is_remembered_with_the_name(claims):
    assert claims["Nobody wanted to pay for it."].attribution.role == "City engineer"


def test_an_unnamed_source_is_flagged(claims):
    assert claims["The repair will cost 12 million euros."].attribution.is_anonymous


def test_the_place_of_a_pronoun_speaker_is_the_pronoun():
    text = "Jane Roe said it rained hard. “We are wet,” she said."
    attribution = claims_of(text)["We are wet."].attribution
    assert attribution.name == "Jane Roe"
    assert text[attribution.source.start : attribution.source.end] == "she"


def test_a_pronoun_without_an_antecedent_names_nobody():
    (claim,) = detect("“We are very wet,” she said.")[1].candidates
    assert (claim.attribution, claim.mode) == (None, "narrator")


def test_a_pronoun_of_the_other_sort_names_nobody():
    text = "Jane Roe said it rained hard. “I am wet,” she said. “I am quite dry,” he said."
    names = [c.attribution.name for c in detect(text)[1].candidates if c.attribution]
    assert names == ["Jane Roe", "Jane Roe"]


def test_one_sentence_of_several_spans_its_words_and_its_speaker():
    text = "“It is worse now. It rusts,” Roe said."
    spans = [
        [text[place.start : place.end] for place in candidate.spans]
        for candidate in detect(text)[1].candidates
    ]
    assert spans == [["It is worse now.", "Roe said"]]


def test_a_report_of_speech_spans_its_sentence():
    text = "On Monday, Jane Roe said the bridge was safe. It rained all day."
    (first, _) = detect(text)[1].candidates
    assert [text[place.start : place.end] for place in first.spans] == [
        text[: text.index(" It rained")]
    ]


def test_who_i_is_stands_in_brackets():
    assert "I [Jane Roe] saw it fall." in claims_of("“I saw it fall,” Jane Roe said.")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Who would drive over it?", "a question"),
        ("Was it a surprise?", "a question"),
        ("Thank you all.", "a courtesy"),
        ("“It is worse now.”", "says again"),
    ],
)
def test_what_gives_no_claim_is_left_out_with_the_reason(words, reason):
    document, detection = detect(ARTICLE)
    told = [(document.text[i.place.start : i.place.end], i.reason) for i in detection.left_out]
    assert any(text.strip("“”") == words.strip("“”") and reason in why for text, why in told)


def test_two_speakers_may_say_the_same():
    text = "“The bridge is safe,” Jane Roe said. “The bridge is safe,” Omar Lee said."
    names = [candidate.attribution.name for candidate in detect(text)[1].candidates]
    assert names == ["Jane Roe", "Omar Lee"]


def test_a_question_put_to_someone_is_worth_little(claims):
    (claim,) = [c for c in claims.values() if "was asked if" in c.statement]
    assert (claim.mode, claim.worth < 0.3) == ("narrator", True)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Three men were killed in the harbour.", "words of harm"),
        ("The tax rose by 3 percent.", "a number"),
        ("The bridge was built in 1920.", "a dated event"),
        ("It rained a lot, a diplomatic source said.", "attributed to an unnamed source"),
    ],
)
def test_the_worth_says_its_reasons(sentence, reason):
    (claim,) = detect(sentence)[1].candidates
    assert reason in claim.reasons


def test_a_number_is_worth_more_than_an_opinion():
    claims = claims_of("The city spent 12 million euros on it. I think it is a beautiful bridge.")
    worths = [claim.worth for claim in claims.values()]
    assert worths[0] > worths[1]


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            "El alcalde dijo que «no habrá obras» este año. El puente se cerró en 2019. ¿Por qué?",
            ["El alcalde dijo que «no habrá obras» este año.", "El puente se cerró en 2019."],
        ),
        (
            "市长表示大桥冬天将关闭。“我们会继续努力。”他说。",
            ["市长表示大桥冬天将关闭。", "“我们会继续努力。”他说。"],
        ),
        (
            "橋は冬の間閉鎖される。「危険だ。」と市長は述べた。",
            ["橋は冬の間閉鎖される。", "「危険だ。」と市長は述べた。"],
        ),
        (
            "قال الرئيس إن المحادثات انتهت. لم يعلق أحد على ذلك.",
            ["قال الرئيس إن المحادثات انتهت.", "لم يعلق أحد على ذلك."],
        ),
    ],
)
def test_another_language_gives_its_sentences(text, statements):
    assert [candidate.statement for candidate in detect(text)[1].candidates] == statements


def assert_sound(document, detection):
    for candidate in detection.candidates:
        blocks = [b for b in document.blocks if b.start <= candidate.spans[0].start < b.end]
        assert blocks[0].kind in BODY_KINDS
    assert validate(document, detection) == (detection, ())


def test_every_candidate_of_the_article_is_sound():
    assert_sound(*detect(ARTICLE))


PIECES = st.sampled_from(
    ["Roe said ", "“", "”", "\"", "'", "’", "‘", "«", "»", "the tax rose", ". ", ", ", "? ", "\n", "\n\n", " (", ") ",
     "He told us ", "according to ", "a source", "The mayor", ", adding that ", "[", "]", " — ", "2019", "U.S. ",
     "市长", "。", "「", "」", "שלום", "🎉", "\u00a0", "while ", "called it ", ": ", "Photo: ", "- "]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text_gives_sound_candidates_and_the_same_twice(text):
    try:
        document = read_text(text, max_bytes=LIMIT).document
    except UnreadableText:
        return
    detection = LiteEngine().detect(document)
    assert_sound(document, detection)
    assert LiteEngine().detect(document) == detection


needs_seed = pytest.mark.skipif(
    not (SEED / "article.txt").exists(),
    reason="the first article is not beside this checkout (../shared/seed/)",
)


@pytest.fixture(scope="module")
def seed():
    document = read((SEED / "article.txt").read_bytes(), max_bytes=LIMIT).document
    return document, LiteEngine().detect(document)


@needs_seed
def test_the_first_article_is_laid_out_as_its_labeller_read_it(seed):
    document, _ = seed
    units = json.loads((SEED / "gold.json").read_text())["units"]
    kinds = {"boilerplate": "furniture", "sentence": "paragraph", "definition": "paragraph"}
    expected = [kinds.get(unit["type"], unit["type"]) for unit in units]
    block_of = [
        next(
            b.kind.value
            for b in document.blocks
            if b.start <= unit["start"] and unit["end"] <= b.end
        )
        for unit in units
    ]
    assert block_of == expected


@needs_seed
def test_no_claim_of_the_first_article_lies_outside_its_body(seed):
    assert_sound(*seed)


@needs_seed
def test_one_claim_of_the_first_article_covers_the_switch_of_recognition(seed):
    document, detection = seed
    place = document.text.index("The US switched its diplomatic recognition")
    assert [c.mode for c in detection.candidates if c.spans[0].start == place] == ["narrator"]


@needs_seed
def test_the_first_article_has_officials_saying_that_wang_lashed_out(seed):
    document, detection = seed
    place = document.text.index("lashed out")
    (claim,) = [c for c in detection.candidates if any(s.start <= place < s.end for s in c.spans)]
    assert (claim.attribution.name, claim.mode) == ("American officials", "mixed")
