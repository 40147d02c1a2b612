"""A list of addresses, one a line: one bad line stops nothing, and each page is asked for once."""

import pytest

from articles.address_list import read_list

GOOD = "https://example.com/news/1"


def test_addresses_come_in_order_with_their_numbers():
    read = read_list(f"{GOOD}\nhttps://example.com/news/2\n")
    assert [(line.number, line.address) for line in read.lines] == [
        (1, GOOD),
        (2, "https://example.com/news/2"),
    ]


def test_one_bad_line_in_ten_thousand_is_named_and_stops_nothing():
    rows = [f"https://example.com/news/{number}" for number in range(10_000)]
    rows[5_006] = "not an address"
    read = read_list("\n".join(rows))
    faults = [line for line in read.lines if line.fault]
    assert len(read.lines) == 10_000
    assert [(line.number, line.words) for line in faults] == [(5_007, "not an address")]
    assert faults[0].fault.startswith("Line 5007: ")


@pytest.mark.parametrize(
    "again",
    [GOOD, f"{GOOD}#top", f"{GOOD}?utm_source=x", "HTTPS://EXAMPLE.com:443/news/1", f"  {GOOD} "],
)
def test_another_spelling_of_a_line_is_counted_and_left_out(again):
    read = read_list(f"{GOOD}\n{again}\n")
    assert (len(read.lines), read.repeated) == (1, 1)


@pytest.mark.parametrize("words", ["", "\n\n", "# a remark\n   \n", "\ufeff", "\x00"])
def test_what_names_nothing_is_passed_over(words):
    assert read_list(words).lines == ()


@pytest.mark.parametrize(
    "bad", ["file:///etc/passwd", "http://a:b@example.com/", "x" * 5000, "http://"]
)
def test_a_bad_line_keeps_its_words(bad):
    (line,) = read_list(bad).lines
    assert line.fault
    assert bad.startswith(line.words)


def test_many_bad_lines_are_not_taken_for_one_another():
    read = read_list("one\ntwo\none\n")
    assert (len(read.lines), read.repeated) == (3, 0)
