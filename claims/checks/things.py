"""The things of a document, whatever its shape: `@graph`, arrays or objects anywhere, names in any case or prefix.

Nothing here recurs, so data that is nested without end costs only its length.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from claims.checks.shape import Notes
from claims.checks.texts import plain

CLAIM_REVIEW, FEED_ITEM = "claimreview", "datafeeditem"
PREFIX = re.compile(r"^.*[/#:]")
#: How many arrays may stand in each other for one value.
NESTED = 4
MOST_VALUES = 50


def name_of(key: str) -> str:
    """A property or type without its prefix, sign and case: “schema:claimReviewed” is “claimreviewed”."""
    return PREFIX.sub("", key.strip()).lstrip("@").lower()


def types_of(given: dict[str, Any]) -> set[str]:
    kinds = given.get("@type", given.get("type"))
    listed = kinds if isinstance(kinds, list) else [kinds]
    return {name_of(kind) for kind in listed if isinstance(kind, str)}


@dataclass(frozen=True, slots=True)
class Found:
    """The ClaimReviews of a document in their order, things by their `@id`, and addresses that were taken back."""

    reviews: list[dict[str, Any]]
    named: Mapping[str, dict[str, Any]]
    taken_back: list[Any]


def find_reviews(values: list[Any]) -> Found:
    """Every ClaimReview in these values, however deep."""
    named: dict[str, dict[str, Any]] = {}
    found = Found([], named, [])
    for one in _objects(values):
        key = one.get("@id", one.get("id"))
        if isinstance(key, str) and len(one) > 1:
            named.setdefault(key, one)
        kinds = types_of(one)
        if CLAIM_REVIEW in kinds and len(one) > 2:  # a bare reference is none
            found.reviews.append(one)
        elif FEED_ITEM in kinds and one.get("dateDeleted") and not one.get("item"):
            found.taken_back.append(one.get("url"))
    return found


def _objects(values: list[Any]) -> Iterator[dict[str, Any]]:
    waiting = list(reversed(values))
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


class Thing:
    """One object, asked by name. A reference by `@id` leads to what it names."""

    def __init__(
        self, given: dict[str, Any], named: Mapping[str, dict[str, Any]], notes: Notes
    ) -> None:
        self._named, self._notes, self._values = named, notes, dict[str, Any]()
        for key, value in given.items():
            self._values.setdefault(name_of(key), value)

    def values(self, name: str) -> list[Any]:
        """All that it has under this name, arrays within arrays laid out."""
        listed = [self._values.get(name.lower())]
        for _ in range(NESTED):
            if not any(isinstance(one, list) for one in listed):
                break
            parts = (one if isinstance(one, list) else [one] for one in listed)
            listed = [one for part in parts for one in part][: MOST_VALUES + 1]
        if len(listed) > MOST_VALUES:
            self._notes.note(name, f"more than {MOST_VALUES} values, the rest left out")
        kept = [one for one in listed[:MOST_VALUES] if not isinstance(one, list)]
        return [one for one in kept if one is not None and one != ""]

    def things(self, name: str) -> list["Thing"]:
        """Those of its values that are objects themselves."""
        found = [one for one in self.values(name) if isinstance(one, dict)]
        return [Thing(self._followed(one), self._named, self._notes) for one in found]

    def texts(self, name: str, *inside: str) -> list[str]:
        """Its values as texts. Of an object it is what stands under the first of these names that has any."""
        texts = (self._text(one, name, inside) for one in self.values(name))
        return [text for text in texts if text]

    def text(self, name: str, *inside: str) -> str:
        return next(iter(self.texts(name, *inside)), "")

    def own(self, *names: str) -> str:
        """The first of these of its own that says something."""
        return next((text for name in names if (text := self.text(name, "name"))), "")

    def _text(self, value: Any, where: str, inside: tuple[str, ...]) -> str:
        match value:
            case str():
                return plain(value, where, self._notes)
            case bool():
                self._notes.note(where, "yes or no instead of a text")
                return str(value)
            case int() | float():
                return plain(
                    f"{value:g}" if isinstance(value, float) else _digits(value), "", self._notes
                )
            case dict():
                return Thing(self._followed(value), self._named, self._notes)._first(where, inside)
        return ""

    def _first(self, where: str, names: tuple[str, ...]) -> str:
        for name in (*names, "value"):
            value = next(iter(self.values(name)), None)
            if isinstance(value, str | int | float) and (text := self._text(value, where, ())):
                return text
        return ""

    def _followed(self, given: dict[str, Any]) -> dict[str, Any]:
        key = given.get("@id")
        if isinstance(key, str) and len(given) <= 2:
            return dict(self._named.get(key, given))
        return given


def _digits(value: int) -> str:
    return (
        str(value) if abs(value) < 10**18 else f"{float(value):g}" if abs(value) < 10**300 else ""
    )
