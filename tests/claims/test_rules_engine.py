"""The engine by rules: one claim an assertion, each with its words and its speaker."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.document import Block, BlockKind, Document
from articles.ingest import read_text
from claims.detection.rules.engine import RulesEngine
from claims.detection.segments import read_body
from claims.detection.validate import validate

ENGINE = RulesEngine()


def paragraph(text):
    return Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))


def detect(text):
    return ENGINE.detect(paragraph(text))


def words(text):
    """The claims of a paragraph, each as the words of its spans."""
    return [
        " … ".join(text[span.start : span.end] for span in claim.spans)
        for claim in detect(text).candidates
    ]


ASSERTIONS = [
    (
        "The harbour of Brinmouth closed on Monday and the ferries stayed in port.",
        ["The harbour of Brinmouth closed on Monday", "the ferries stayed in port"],
    ),
    (
        "The council bought the old mill and sold the school.",
        ["The council bought the old mill", "The council … sold the school"],
    ),
    (
        "The ferry, which carried 40 people, sank off Brinmouth.",
        ["The ferry … sank off Brinmouth", "The ferry, which carried 40 people"],
    ),
    (
        "The council closed the bridge because the river had flooded the road.",
        ["The council closed the bridge", "the river had flooded the road"],
    ),
    (
        "The council closed the bridge while engineers inspected its cables.",
        ["The council closed the bridge", "engineers inspected its cables"],
    ),
    (
        "The council closed the road to protect the old houses in 2019.",
        [
            "The council closed the road … in 2019",
            "The council closed the road to protect the old houses",
        ],
    ),
    (
        "The plans include a new bridge over the river, a school for 300 children, and a road to the port.",
        [
            "The plans include a new bridge over the river",
            "The plans include … a school for 300 children",
            "The plans include … a road to the port",
        ],
    ),
    (
        "The bank is angry about the council's refusal to pay its debts.",
        [
            "The bank is angry about the council's refusal to pay its debts",
            "the council's refusal to pay its debts",
        ],
    ),
    (
        "The bridge opened; the mayor cut the ribbon.",
        ["The bridge opened", "the mayor cut the ribbon"],
    ),
    (
        "Either the council pays or the bank closes the port.",
        ["Either the council pays or the bank closes the port"],
    ),
    (
        "The bridge will close if the river rises again.",
        ["The bridge will close if the river rises again"],
    ),
    (
        "Anyone who lives near the bridge can hear the trains.",
        ["Anyone who lives near the bridge can hear the trains"],
    ),
]


@pytest.mark.parametrize(("text", "claims"), ASSERTIONS)
def test_each_assertion_of_the_reporter_is_a_claim(text, claims):
    assert words(text) == claims


SPOKEN = [
    (
        "The mayor, Jane Roe, said the bridge was unsafe.",
        [("indirect", "Jane Roe", "The mayor, Jane Roe, said the bridge was unsafe")],
    ),
    (
        "“The bridge is unsafe, and we have closed it,” Jane Roe said on Monday.",
        [
            ("direct", "Jane Roe", "The bridge is unsafe … Jane Roe said on Monday"),
            ("direct", "Jane Roe", "we have closed it,” Jane Roe said on Monday"),
        ],
    ),
    (
        "The company said the plan was “a gift to the port”.",
        [("mixed", "company", "The company said the plan was “a gift to the port”")],
    ),
    (
        "Jane Roe was asked whether the bridge was safe.",
        [("narrator", "", "Jane Roe was asked whether the bridge was safe")],
    ),
    (
        "Jane Roe announced her resignation on Monday.",
        [("narrator", "", "Jane Roe announced her resignation on Monday")],
    ),
]


@pytest.mark.parametrize(("text", "claims"), SPOKEN)
def test_what_somebody_says_keeps_its_speaker(text, claims):
    found = [
        (c.mode, c.claimant, shown)
        for c, shown in zip(detect(text).candidates, words(text), strict=True)
    ]
    assert [(mode, shown) for mode, _, shown in found] == [(m, w) for m, _, w in claims]
    assert all(want in name for (_, name, _), (_, want, _) in zip(found, claims, strict=True))


STANDS = [
    ("Jane Roe denied the charge on Monday.", "indirect", "position", "the charge"),
    ("Jane Roe urged the council to close it.", "indirect", "position", "the council to close it"),
    ("Jane Roe called the plan a mistake.", "indirect", "opinion", "the plan a mistake"),
    ("Jane Roe promised to close the bridge.", "indirect", "position", "to close the bridge"),
    ("Jane Roe called the plan “a gift”.", "mixed", "opinion", "the plan “a gift”"),
]


@pytest.mark.parametrize(("text", "mode", "kind", "content"), STANDS)
def test_a_stand_is_the_speakers_and_its_claim_tells_that_they_take_it(text, mode, kind, content):
    (claim,) = detect(text).candidates
    said = claim.attribution
    shown = " ".join(text[place.start : place.end] for place in said.content)
    assert (claim.mode, claim.kind, claim.claimant) == (mode, kind, "Jane Roe")
    assert said.is_told
    assert shown == content


def test_what_is_only_announced_is_told_by_the_reporter_with_who_announced_it():
    text = "Jane Roe announced her resignation on Monday."
    (claim,) = detect(text).candidates
    assert (claim.mode, claim.claimant) == ("narrator", "")
    assert claim.attribution.name == "Jane Roe"
    assert [text[p.start : p.end] for p in claim.attribution.content] == ["her resignation"]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe was asked whether the bridge was safe.",
        "Jane Roe asked whether the bridge was safe.",
        "Jane Roe would not say whether the bridge was safe.",
        "Jane Roe declined to say that the bridge was safe.",
        "Jane Roe did not say that the bridge was safe.",
    ],
)
def test_what_was_asked_or_not_said_is_nobodys_claim(text):
    (claim,) = detect(text).candidates
    assert (claim.mode, claim.attribution) == ("narrator", None)


QUESTIONS = [
    "“Who closed the bridge?” Jane Roe asked.",
    "Jane Roe asked, “Who closed the bridge?”",
    "Jane Roe said: “Who closed the bridge?”",
    "“Who closed the bridge?” Jane Roe said.",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_in_quotation_marks_is_told_as_asked_and_asserted_by_nobody(text):
    (claim,) = detect(text).candidates
    assert (claim.mode, claim.claimant) == ("narrator", "")
    assert claim.attribution.name == "Jane Roe"
    assert "Jane Roe" in claim.statement


def test_a_question_within_a_quotation_is_left_out_and_the_rest_is_the_speakers():
    text = "“The bridge is old. Who will mend it?” Jane Roe asked."
    found = [(c.statement, c.mode, c.claimant) for c in detect(text).candidates]
    assert found == [("The bridge is old.", "direct", "Jane Roe")]


def test_a_question_of_the_reporters_own_is_left_out_with_the_words_it_quotes():
    assert detect("Did Jane Roe say “the bridge is safe”?").candidates == ()


def test_a_quotation_that_cannot_stand_alone_is_told_with_its_speaker():
    (claim,) = detect("“Not in a hundred years,” Jane Roe said.").candidates
    assert (claim.mode, claim.claimant) == ("direct", "Jane Roe")
    assert "Jane Roe said" in claim.statement


def test_a_speaker_whose_name_is_not_known_keeps_their_place():
    text = "“The bridge is very old,” he said."
    (claim,) = detect(text).candidates
    source = claim.attribution.source
    assert (claim.mode, claim.claimant, text[source.start : source.end]) == ("direct", "", "he")


def test_the_who_of_a_report_is_not_left_behind_without_its_verb():
    found = [
        c.statement for c in detect("Officials met Jane Roe, who said the pier is shut.").candidates
    ]
    assert found[0] == "Officials met Jane Roe."


def test_a_negation_inside_the_quotation_does_not_unsay_it():
    text = "“Are we where we need to be? Not yet, and we never were there,” Jane Roe said."
    assert {claim.claimant for claim in detect(text).candidates} == {"Jane Roe"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The bridge will open in May.", "prediction"),
        ("The bridge is expected to open in May.", "prediction"),
        ("The council spent £3 million on the bridge.", "statistic"),
        ("The bridge is very narrow.", "characterisation"),
        ("The council opened the bridge.", "event"),
        ("The flood led to the closing of the bridge.", "causal"),
        ("“We must close the bridge,” Jane Roe said.", "position"),
        ("“I think the bridge is a disgrace,” Jane Roe said.", "opinion"),
    ],
)
def test_the_kind_follows_from_the_grammar(text, kind):
    assert [claim.kind for claim in detect(text).candidates] == [kind]


@pytest.mark.parametrize(
    "text", ["Who closed the bridge?", "Bridge Street 12", "Thank you very much."]
)
def test_what_asserts_nothing_is_left_out_with_a_reason(text):
    detection = detect(text)
    assert detection.candidates == ()
    assert all(item.reason for item in detection.left_out)
    assert detection.left_out


BAD = {
    "only quotes": "“We won.” “They lost.” “Nobody knows.”",
    "only numbers": "12 44.5 1,000 99% 7/8 2019 " * 20,
    "capitals": "THE MAYOR SAID THE BRIDGE WAS CLOSED AND THE FERRY SANK.",
    "no punctuation": "the mayor said the bridge was closed and the ferry sank off the coast " * 30,
    "bullets": "- The bridge closed.\n- The ferry sank.\n* Nobody was hurt.",
    "transcript": "MAYOR: The bridge is closed.\nREPORTER: Why was it closed?\nMAYOR: It is old.",
    "unbalanced": "“The bridge is closed, Jane Roe said. “It is old. She left” the ‘port.",
    "nested": "“He told me ‘the bridge is “very” old’ and left,” Jane Roe said.",
    "brackets": "She said [the bridge (old) [very]] was (closed.",
    "Spanish": "La alcaldesa dijo que el puente estaba cerrado. «Es viejo», añadió.",
    "Chinese": "市长说，桥已经关闭。“桥很旧，”她说。",
    "invisible": "The\u200b mayor\u00a0said\u2028the bri\u0301dge was closed.\r\nIt is old.",
    "emoji": "The mayor 👩‍⚖️ said 🇹🇼 the bridge 🌉 was closed, and left.",
    "signs": "a …!?;:—“”‘’()[]{}<>",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_bad_input_gives_only_sound_claims(text):
    document = read_text(text, max_bytes=100_000).document
    detection = ENGINE.detect(document)
    assert validate(document, detection)[1] == ()
    assert unaccounted(document, detection) == []


def unaccounted(document, detection):
    places = [span for claim in detection.candidates for span in claim.spans]
    places += [item.place for item in detection.left_out]
    return [
        document.text[s.start : s.end]
        for s in read_body(document)
        if not any(s.start < place.end and place.start < s.end for place in places)
    ]


PIECES = st.sampled_from(
    [
        "The mayor",
        "Jane Roe",
        "the port",
        "she",
        "said",
        "closed",
        "who",
        "which",
        "that",
        "and",
        "but",
        "because",
        "while",
        "to",
        "of",
        "in 2019",
        "12%",
        "“",
        "”",
        "‘",
        "’",
        ",",
        ".",
        ";",
        "?",
        "—",
        "\n    (",
        ")",
        "[",
        "]",
        "despite",
        "include",
        "told",
        "was",
        "asked",
        "not",
        "will",
        "the bridge",
        "according to",
        "$5 million",
        "Roe's",
        "refusal",
        "\n\n",
        "\xa0",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, min_size=1, max_size=40).map(" ".join))
def test_any_words_give_sound_claims_and_a_reason_for_the_rest(text):
    document = read_text(f"Brinmouth {text}", max_bytes=100_000).document
    detection = ENGINE.detect(document)
    assert validate(document, detection)[1] == ()
    assert unaccounted(document, detection) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_the_same_twice(text):
    document = read_text(f"Brinmouth {text}", max_bytes=100_000).document
    assert ENGINE.detect(document) == ENGINE.detect(document)
