"""Both sides at a glance: what counts as one witness, and what is said to be missing."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from sources.agencies import credited_agency
from sources.balance import Leaning, Weighed, weigh

_keys = count(1)
STORY = " ".join(
    f"word{number} said the harbour master of town{number % 7}" for number in range(60)
)


def source(**fields):
    fields.setdefault("kind", "news_report")
    fields.setdefault("has_copy", True)
    key = next(_keys)
    return Weighed(key=key, title=f"Source {key}", **fields)


def supported_by(*sources):
    return weigh([Leaning("supports", one) for one in sources])


def ties(balance):
    return [(tie.by, len(tie.titles)) for tie in balance.ties]


def test_no_evidence_says_nothing():
    assert weigh([]).missing == ()


def test_two_reports_of_one_publisher_are_one_witness():
    balance = supported_by(source(publisher="The Courier"), source(publisher="Courier "))
    assert ties(balance) == [("publisher", 2)]
    assert balance.sides[0].independent == 1
    assert "One publisher only." in balance.missing


def test_pages_of_one_site_are_one_witness_whatever_their_host():
    balance = supported_by(
        source(url="https://news.example.co.uk/a"), source(url="https://www.example.co.uk/b")
    )
    assert ties(balance) == [("site", 2)]


@pytest.mark.parametrize("host", ["x.com", "youtube.com", "doi.org", "web.archive.org"])
def test_a_site_where_anybody_publishes_ties_nobody(host):
    balance = supported_by(source(url=f"https://{host}/a"), source(url=f"https://{host}/b"))
    assert ties(balance) == []
    assert balance.sides[0].independent == 2


def test_a_wire_story_cut_short_with_a_paragraph_of_their_own_is_still_one_story():
    words = STORY.split()
    cut = "Our own reporter adds a line of local colour here. " + " ".join(words[: len(words) // 2])
    balance = supported_by(source(opening=STORY), source(opening=cut))
    assert ties(balance) == [("story", 2)]


def test_two_reports_that_share_one_quotation_are_two():
    quoted = " ".join(STORY.split()[:20])
    ours = " ".join(f"ours{number}" for number in range(80))
    theirs = " ".join(f"theirs{number}" for number in range(80))
    balance = supported_by(source(opening=f"{ours} {quoted}"), source(opening=f"{quoted} {theirs}"))
    assert ties(balance) == []


def test_short_texts_that_are_alike_are_no_story():
    assert (
        ties(supported_by(source(opening="Page not found"), source(opening="Page not found"))) == []
    )


def test_the_same_story_over_a_third_holds_all_three_together():
    words = STORY.split()
    first, last = " ".join(words[:200]), " ".join(words[-200:])
    balance = supported_by(source(opening=first), source(opening=STORY), source(opening=last))
    assert ties(balance) == [("story", 3)]
    assert balance.sides[0].independent == 1


def test_reports_that_credit_one_agency_are_one_witness():
    balance = supported_by(
        source(publisher="A", opening="LONDON (Reuters) - The bridge was closed."),
        source(publisher="B", author="Jane Doe, Reuters"),
    )
    assert [(tie.by, tie.name) for tie in balance.ties] == [("agency", "Reuters")]


def test_one_tie_is_named_once_by_the_plainest_reason():
    balance = supported_by(
        source(publisher="A", url="https://a.example/1"),
        source(publisher="A", url="https://a.example/2"),
    )
    assert ties(balance) == [("publisher", 2)]


def test_a_tie_across_the_sides_costs_neither_side_its_independence():
    one, other = source(publisher="A"), source(publisher="A")
    balance = weigh([Leaning("supports", one), Leaning("undermines", other)])
    assert [side.independent for side in balance.sides] == [1, 1]
    assert ties(balance) == [("publisher", 2)]


def test_a_source_that_is_quoted_twice_is_one():
    one = source()
    assert supported_by(one, replace(one)).sides[0].sources == 1


def test_a_withheld_source_is_tied_to_nothing_and_shows_no_date():
    hidden = source(
        kind="withheld", is_withheld=True, publisher="A", opening=STORY, author="AFP",
        url="https://a.example/1", published_at=date(2024, 5, 1),
    )  # fmt: skip
    plain = source(publisher="A", opening=STORY, author="AFP", url="https://a.example/2")
    balance = supported_by(hidden, plain)
    assert balance.ties == ()
    assert balance.sides[0].first is None
    assert "One publisher only." not in balance.missing


def test_a_side_tells_its_dates_and_kinds():
    side = supported_by(
        source(published_at=date(2024, 5, 1)),
        source(published_at=date(2021, 3, 2)),
        source(kind="law"),
    ).sides[0]
    assert (side.first, side.last) == (date(2021, 3, 2), date(2024, 5, 1))
    assert side.kinds == (("news_report", 2), ("law", 1))


@pytest.mark.parametrize(
    ("stances", "asked"),
    [
        (["supports"], "Nothing undermines it: was it looked for?"),
        (["undermines"], "Nothing supports it: was it looked for?"),
        (["context"], "Nothing yet says whether it is so: there is only context."),
    ],
)
def test_a_side_that_is_empty_is_asked_for(stances, asked):
    assert asked in weigh([Leaning(stance, source()) for stance in stances]).missing


def test_both_sides_ask_for_none():
    balance = weigh([Leaning("supports", source()), Leaning("undermines", source())])
    assert not any("looked for" in words for words in balance.missing)


@pytest.mark.parametrize(
    ("kind", "is_missing"), [("study", True), ("official_record", False), ("law", False)]
)
def test_an_official_record_is_missed_where_there_is_none(kind, is_missing):
    assert ("No official record." in supported_by(source(kind=kind)).missing) is is_missing


def test_sources_without_a_copy_are_counted():
    bare = [source(has_copy=False), source(has_copy=False), source()]
    assert "No copy kept of 2 sources." in supported_by(*bare).missing


def test_quotes_that_the_newest_copy_lost_are_counted():
    balance = weigh([Leaning("supports", source(), has_lost_its_words=True)])
    assert "Words lost in the newest copy: 1 quote." in balance.missing


@pytest.mark.parametrize(
    ("names", "opening", "ending", "agency"),
    [
        ("Jane Doe, The Courier", "LONDON (Reuters) - The bridge", "", "Reuters"),
        ("", "KYIV, May 3 (AP) — The bridge", "", "AP"),
        ("Agence France-Presse, ", "", "", "AFP"),
        ("", "", "The bridge opens in May.\n© 2024 AFP", "AFP"),
        ("", "By The Associated Press\nThe bridge", "", "AP"),
        ("", "The minister told Reuters that the bridge is safe.", "", ""),
        ("", "The bridge (AP photo) is closed.", "", ""),
        ("Pat Paul, Efendi Ansari", "", "", ""),
    ],
)
def test_only_what_marks_a_text_as_the_agencys_credits_it(names, opening, ending, agency):
    assert credited_agency(names=names, opening=opening, ending=ending) == agency
