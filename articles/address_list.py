"""A list of addresses as people keep them: one a line, with blank lines, remarks and mistakes in it.

One bad line in ten thousand stops nothing: it is given back with its number and what is wrong with it. Addresses are
compared in the one spelling that the desk keeps, so a list that repeats itself asks for each page once.
"""

from dataclasses import dataclass

from articles.addresses import BadAddress, plain_page

REMARK = "#"
#: What is kept of a line that is no address.
SHOWN = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A line that names something: its number from 1, and its address, or what is wrong with its words."""

    number: int
    words: str
    address: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class AddressList:
    """The lines in order, each address once, and how many lines named an address once more."""

    lines: tuple[Line, ...]
    repeated: int


def read_list(text: str) -> AddressList:
    """Read one address a line. Blank lines and those that begin with # say nothing."""
    known: set[str] = set()
    lines: list[Line] = []
    repeated = 0
    for number, words in enumerate(text.replace("\x00", "").splitlines(), start=1):
        words = words.strip().removeprefix("\ufeff")
        if not words or words.startswith(REMARK):
            continue
        line = _read(number, words)
        if line.address and line.address in known:
            repeated += 1
            continue
        known.add(line.address)
        lines.append(line)
    return AddressList(tuple(lines), repeated)


def _read(number: int, words: str) -> Line:
    try:
        return Line(number, words[:SHOWN], address=plain_page(words))
    except BadAddress as error:
        return Line(number, words[:SHOWN], fault=f"Line {number}: {error}")
