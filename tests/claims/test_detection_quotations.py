"""Quotations are found by their marks, also where printers and typists mixed them up."""

import pytest

from claims.detection.quotes import find_quotations

QUOTATIONS = [
    ('“We sail," she said. “We always sail.”', ['“We sail,"', "“We always sail.”"]),
    ('"We sail,” she said. "We always sail."', ['"We sail,”', '"We always sail."']),
    ("“Perhaps not,“ he said. “Ask the pilot.”", ["“Perhaps not,“", "“Ask the pilot.”"]),
    ("``The pier is shut,'' he said.", ["``The pier is shut,''"]),
    ("''The pier's shut,'' he said of the ''old'' pier.", ["''The pier's shut,''", "''old''"]),
    ('"He said \'wait for me,\' " she said. "I did."', ["\"He said 'wait for me,' \"", '"I did."']),
    ('“He called it "fine" twice,” she said.', ['“He called it "fine" twice,”']),
    ("The pilots’ and sailors’ unions met.", []),
]


@pytest.mark.parametrize(("text", "wanted"), QUOTATIONS)
def test_a_quotation_is_found_whatever_its_marks(text: str, wanted: list[str]) -> None:
    found = find_quotations(text, 0, len(text))
    assert [text[q.start : q.end] for q in found] == wanted


@pytest.mark.parametrize("text", ["“" * 20_000, "''“\"" * 20_000, '“a" ' * 20_000, "`` '" * 20_000])
def test_a_heap_of_marks_is_read_in_linear_time(text: str) -> None:
    assert all(q.start < q.end <= len(text) for q in find_quotations(text, 0, len(text)))
