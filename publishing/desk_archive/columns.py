"""How a column is written as JSON and read again, without a change.

The database writes what it alone can write exactly: times with their microseconds, JSON as its own text (a number in
it may have more digits than any reader keeps), UUIDs. Text, whole numbers, floats and booleans are JSON's own; a
float is written with the fewest digits that read back as the same one, and cannot be NaN. Bytes are base64.
"""

import binascii
import math
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from psycopg import sql

MOMENT = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of column. `python` is the type that JSON has for it, `pg` the one that the database hands out."""

    words: str
    python: type
    pg: str
    select: str = "{}"
    write: Callable[[Any], Any] | None = None
    read: Callable[[Any], Any] | None = None


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number that JSON has")
    return value


def _bytes(value: str) -> bytes:
    try:
        return b64decode(value, validate=True)
    except (ValueError, binascii.Error) as error:
        raise ValueError("it is no base64") from error


def _encoded(value: bytes) -> str:
    return b64encode(value).decode("ascii")


TEXT = Form("text", str, "text", "{}::text")
WHOLE = Form("a whole number", int, "int8", "{}::int8")
#: The first that fits. What is not here cannot go with a desk until somebody says how.
FORMS: tuple[tuple[tuple[type, ...], Form], ...] = (
    ((models.BooleanField,), Form("true or false", bool, "bool")),
    ((models.IntegerField,), WHOLE),
    ((models.FloatField,), Form("a number", float, "float8", write=_finite)),
    ((models.DateTimeField,), Form("a time", str, "text", MOMENT)),
    ((models.DateField,), Form("a date", str, "text", "to_char({}, 'YYYY-MM-DD')")),
    ((models.BinaryField,), Form("base64", str, "bytea", write=_encoded, read=_bytes)),
    (
        (models.CharField, models.TextField, models.FileField, models.UUIDField, models.JSONField, models.DecimalField),
        TEXT,
    ),
)  # fmt: skip
TEXTS = Form("a list of texts", list, "text[]", "{}::text[]")


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    form: Form

    def check(self, value: Any) -> Any:
        """What the database is given for this value of the archive. Raises ValueError in words."""
        if value is None:
            return None
        if type(value) is not self.form.python:
            raise ValueError(f"“{self.name}” is not {self.form.words}")
        if self.form.read is None:
            return value
        try:
            return self.form.read(value)
        except ValueError as error:
            raise ValueError(f"“{self.name}”: {error}") from error


def form_of(field: Any) -> Form | None:
    """How this field is written; None if nobody has said how."""
    while field.is_relation:
        field = field.target_field
    if isinstance(field, ArrayField):
        return TEXTS if form_of(field.base_field) is TEXT else None
    return next((form for kinds, form in FORMS if isinstance(field, kinds)), None)


def column_of(field: Any) -> Column:
    form = form_of(field)
    if form is None:  # `declared.find_gaps` has said so before
        raise ValueError(f"Nothing says how {field} is written.")
    return Column(field.column, form)


def selected(column: Column) -> sql.Composable:
    """The SQL that reads it as it is written."""
    return sql.SQL(column.form.select).format(sql.Identifier(column.name))
