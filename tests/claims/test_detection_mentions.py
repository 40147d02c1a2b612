"""Dates, quantities and names are found at their places, with what they mean where that is certain."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.document import Block, BlockKind, Document
from articles.ingest.plain_text import read_layout
from claims.detection.base import Mention, Place
from claims.detection.rules.date_forms import Setting
from claims.detection.rules.date_values import shown
from claims.detection.rules.dates import find_dates
from claims.detection.rules.mentions import Mentions
from claims.detection.rules.parsing import parse
from claims.detection.rules.quantities import find_quantities, plain_number

WEDNESDAY = date(2026, 3, 4)


def mentions(text: str, kind: str, published: date | None = WEDNESDAY) -> tuple[Mention, ...]:
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(text)),)
    document = Document(text, blocks, published_on=published)
    found = getattr(Mentions(document, parse(document)), kind)([Place(0, len(text))])
    assert all(text[m.place.start : m.place.end] == m.text for m in found)
    return found


DATES = [
    ("The pier opened on 6 January 2021.", [("6 January 2021", "2021-01-06")]),
    ("The pier opened on January 6, 2021.", [("January 6, 2021", "2021-01-06")]),
    ("The council met on Monday.", [("Monday", "2026-03-02")]),
    ("The council will meet on Monday.", [("Monday", "2026-03-09")]),
    ("The council met on Wednesday.", [("Wednesday", "2026-03-04")]),
    ("The council announced a vote on Monday.", [("Monday", "")]),
    ("The council meets every Monday.", [("every Monday", "")]),
    ("The ferry sank last year.", [("last year", "2025")]),
    ("The ferry sank last week.", [("last week", "2026-02-23/2026-03-01")]),
    ("The ferry sank last Monday.", [("last Monday", "")]),
    ("The ferry sank two days ago.", [("two days ago", "2026-03-02")]),
    ("The ferry sank in November.", [("November", "2025-11")]),
    ("The ferry sank on January 6.", [("January 6", "2026-01-06")]),
    ("The January 6 storm took the pier.", [("January 6", "")]),
    ("In 1987 a ferry sank off Brinmouth on March 2.", [("1987", "1987"), ("March 2", "")]),
    ("The ferry sank in the 1990s.", [("the 1990s", "1990/1999")]),
    ("The 1979 Harbour Act still holds.", [("1979", "1979")]),
    ("The king will visit the harbour in the spring.", [("the spring", "")]),
    ("“The ferry sank yesterday,” the mayor said.", [("yesterday", "")]),
    ("The harbour may march on with 2000 workers.", []),
    ("The Sunday Times wrote of the harbour.", []),
    ("The ferry sank on 31 February 2021.", [("31 February 2021", "")]),
]


@pytest.mark.parametrize(("text", "wanted"), DATES)
def test_dates_are_found_and_resolved_only_where_one_reading_is_left(text, wanted) -> None:
    assert [(m.text, m.value) for m in mentions(text, "dates")] == wanted


def test_a_relative_date_has_no_value_when_the_articles_date_is_unknown() -> None:
    (found,) = mentions("The council met on Monday.", "dates", None)
    assert (found.value, found.is_relative) == ("", True)


SHOWN = [
    ("Monday", "2026-03-02", "2 March 2026"),
    ("January 6", "2026-01-06", "2026"),
    ("last week", "2026-02-23/2026-03-01", "23 February 2026 to 1 March 2026"),
    ("last month", "2026-02", "February 2026"),
    ("last year", "2025", "2025"),
]


@pytest.mark.parametrize(("words", "value", "wanted"), SHOWN)
def test_a_date_is_shown_as_a_reader_writes_it(words, value, wanted) -> None:
    assert shown(words, value) == wanted


QUANTITIES = [
    ("The talks lasted about one hour.", [("about one hour", "1")]),
    ("The talks lasted several hours.", [("several hours", "")]),
    ("The three accords cost $2.5 million.", [("three", "3"), ("$2.5 million", "2500000")]),
    ("Fares rose 12.5% to £40m.", [("12.5%", "12.5"), ("£40m", "40000000")]),
    ("More than 1,200 people and dozens of dogs came.", [("More than 1,200", "1200"), ("dozens", "")]),
    ("About two-thirds of voters stayed at home.", [("About two-thirds", "")]),
    ("A 34-year-old sailor and twenty-two ships were lost.", [("34-year-old", "34"), ("twenty-two", "22")]),
    ("The walk is 20 to 30 miles.", [("20 to 30 miles", "")]),
    ("The two agreed with one another at 10:30 a.m. on Channel 4.", []),
    ("Two F-16s left No. 10 for the G7.", [("Two", "2")]),
    ("Tensions between the ports grew.", []),
    ("The one-harbour policy stands.", []),
    ("The harbour opened in 1987.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), QUANTITIES)
def test_quantities_are_found_and_nothing_else_with_a_number(text, wanted) -> None:
    assert [(m.text, m.value) for m in mentions(text, "quantities")] == wanted


NUMBERS = [
    ("1,200", "1200"),
    ("2.5 million", "2500000"),
    ("five", "5"),
    ("8.7 mln", "8700000"),
    ("", ""),
    ("1" * 5000, ""),
]


@pytest.mark.parametrize(("words", "wanted"), NUMBERS)
def test_a_number_has_its_plain_value(words, wanted) -> None:
    assert plain_number(words) == wanted


NAMES = [
    ("Harbour Department spokesperson Ned Marsh spoke.", ["Harbour Department", "Ned Marsh"]),
    ("The Bank of Brinmouth closed.", ["Bank of Brinmouth"]),
    ("On Monday he said that I was late.", []),
    ("Ferries sank.", []),
    ("El puerto fue cerrado el lunes, dijo la alcaldesa. " * 3, []),
]


@pytest.mark.parametrize(("text", "wanted"), NAMES)
def test_names_are_found(text, wanted) -> None:
    assert [m.text for m in mentions(text, "names")] == wanted


def test_only_what_lies_inside_the_spans_of_a_claim_is_given() -> None:
    text = "The ferry sank on Monday and the pier on Tuesday."
    document = Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    found = Mentions(document, parse(document))
    assert [m.text for m in found.dates([Place(0, 24)])] == ["Monday"]


@settings(deadline=None, max_examples=60)
@given(st.text(st.sampled_from("in May 1987 2 Mondays, one of $3.5m ago — .’“漢\n"), max_size=150))
def test_any_text_gives_mentions_that_equal_their_places(text: str) -> None:
    document = read_layout(text).document
    found = Mentions(document, parse(document))
    for kind in (found.dates, found.quantities, found.names):
        for mention in kind([Place(0, len(document.text))]):
            assert document.text[mention.place.start : mention.place.end] == mention.text


HEAPS = ["1" * 200_000, "1,234" + ",567" * 50_000, "12 of 44.5 on 3 March 2021 and " * 10_000]


@pytest.mark.parametrize("heap", HEAPS, ids=["digits", "groups", "numbers"])
def test_a_heap_of_numbers_is_read_in_linear_time(heap: str) -> None:
    dates = find_dates(heap, 0, len(heap), lambda place: Setting(WEDNESDAY))
    taken = [(found.start, found.end) for found in dates]
    places = [*taken, *((q.start, q.end) for q in find_quantities(heap, 0, len(heap), taken))]
    assert all(a[1] <= b[0] for a, b in zip(sorted(places), sorted(places)[1:], strict=False))
