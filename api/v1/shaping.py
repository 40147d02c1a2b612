"""Which members an answer has: `fields=` leaves some out, `include=` puts more in.

Pure. The names that may be asked for are those of the serializer that describes the answer, so the document,
the answer and what may be asked of it are one. A dotted name reaches into a member: `verdict.label`, and, in a
list, into each of its items: `evidence.source.title`.

    selection = read_selection("id,verdict.label", "", Shape)      # once a request; raises ValidationError
    found = selection.prune(found)                                 # once a row
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import serializers

#: Members by name, each with those within it; empty where there are none, or where all are meant.
Tree = dict[str, "Tree"]
Shape = type[serializers.BaseSerializer[Any]]


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for. Without `tree` an answer is whole; `included` is what was asked for beyond it."""

    tree: Tree = field(default_factory=dict)
    included: frozenset[str] = frozenset()

    def prune(self, found: dict[str, Any]) -> dict[str, Any]:
        """The answer with the members that were asked for, in the order in which it has them."""
        pruned: dict[str, Any] = _prune(found, self.tree)
        return pruned


def read_selection(
    fields: str, include: str, shape: Shape, *, includable: Iterable[str] = ()
) -> Selection:
    """What `fields` and `include` ask of an answer that `shape` describes, with its `includable` members.

    Raises ValidationError that names what is not known, and lists what is. An includable member that `fields`
    names is included; one that is included is there whatever `fields` leaves out.
    """
    known: Tree = tree_of(shape)  # type: ignore[arg-type]  # mypy takes a class for its objects
    optional = frozenset(includable)
    errors, tree, included = {}, {}, frozenset[str]()
    try:
        tree = _read_fields(fields, known)
    except ValidationError as error:
        errors["fields"] = error.messages
    try:
        included = _read_include(include, optional)
    except ValidationError as error:
        errors["include"] = error.messages
    if errors:
        raise ValidationError(errors)
    named = optional & tree.keys()
    beyond: Tree = {name: {} for name in included - named}
    return Selection({**tree, **beyond} if tree else {}, included | named)


@lru_cache(maxsize=100)
def tree_of(shape: Shape) -> Tree:
    """The members that a shape has, and those within them."""
    made = shape()
    return {name: _within(one) for name, one in getattr(made, "fields", {}).items()}


def _within(one: Any) -> Tree:
    inner = getattr(one, "child", one)
    return tree_of(type(inner)) if isinstance(inner, serializers.Serializer) else {}


def _read_fields(text: str, known: Tree) -> Tree:
    wanted: Tree = {}
    unknown = []
    for name in _names(text):
        parts = name.split(".")
        if nearest := _refused(parts, known):
            unknown.append(nearest)
        else:
            _put(wanted, parts)
    if unknown:
        raise ValidationError(unknown)
    return wanted


def _refused(parts: list[str], known: Tree) -> str:
    """Nothing, or what is wrong with this name."""
    within = ""
    for part in parts:
        if part not in known:
            place = f" in “{within}”" if within else ""
            there = f"Known{place}: {', '.join(sorted(known))}." if known else "It has no members."
            return f"There is no field “{'.'.join(parts)}”. {there}"
        known, within = known[part], f"{within}.{part}".strip(".")
    return ""


def _put(wanted: Tree, parts: list[str]) -> None:
    """A member that is wanted whole stays whole, whatever else is asked of it."""
    *path, last = parts
    for part in path:
        if part in wanted and not wanted[part]:
            return
        wanted = wanted.setdefault(part, {})
    wanted[last] = {}


def _read_include(text: str, optional: frozenset[str]) -> frozenset[str]:
    names = frozenset(_names(text))
    if unknown := sorted(names - optional):
        words = ", ".join(f"“{name}”" for name in unknown)
        known = ", ".join(sorted(optional)) or "none"
        raise ValidationError(f"There is no {words} to include. Known: {known}.")
    return names


def _names(text: str) -> list[str]:
    return [name for name in (part.strip() for part in text.split(",")) if name]


def _prune(found: Any, tree: Tree) -> Any:
    if not tree:
        return found
    if isinstance(found, list):
        return [_prune(item, tree) for item in found]
    if not isinstance(found, dict):
        return found  # null, where a whole member is not known
    return {name: _prune(inner, tree[name]) for name, inner in found.items() if name in tree}
