"""The rows of one table: out of the database as lines, and back into it, both as a stream.

PostgreSQL's COPY hands out one row after the other and takes them in the same way, so however long a table is, what
is in memory is one row. A line is canonical: keys in alphabetical order, no spaces, UTF-8. Rows go by primary key.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson
import psycopg
from django.db import connection
from psycopg import sql

from publishing.desk_archive.columns import Column, column_of, selected
from publishing.desk_archive.contents import Table
from publishing.desk_archive.declared import stored
from publishing.desk_archive.errors import ArchiveError, BadArchive

#: Bytes that the line of one row may have. The largest article there may be is a tenth of it.
LONGEST_LINE = 256 << 20
#: Bytes of lines that are handed on at a time.
PORTION = 1 << 20


@dataclass(frozen=True)
class Rows:
    """The rows of a table, as an archive has them."""

    table: Table

    @cached_property
    def columns(self) -> list[Column]:
        """Those that are written, in alphabetical order: the order of the keys in a line."""
        written = set(self.table.columns.split())
        fields = [field for field in stored(self.table.model) if field.name in written]
        return sorted((column_of(field) for field in fields), key=lambda column: column.name)

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @contextmanager
    def reading(self) -> Iterator[Iterator[bytes]]:
        """The line of every row, by primary key. The connection can do nothing else before it is closed."""
        with connection.cursor() as cursor, cursor.copy(self._reading()) as copy:
            copy.set_types([column.form.pg for column in self.columns])
            yield self._lines(copy.rows())

    def _lines(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
        names = self.names
        writers = [
            (at, column.form.write) for at, column in enumerate(self.columns) if column.form.write
        ]
        for row in rows:
            values = list(row)
            for at, write in writers:
                if values[at] is not None:
                    values[at] = write(values[at])
            line = orjson.dumps(dict(zip(names, values, strict=True)))
            if len(line) > LONGEST_LINE:
                raise ArchiveError(f"A row of {self.table.name} is too long for an archive.")
            yield line + b"\n"

    def load(self, lines: Iterable[bytes]) -> int:
        """Put the rows of these lines into the table. How many. Raises BadArchive in words."""
        count = 0
        fills = [make for _, make in sorted(self.table.instead.items())]
        try:
            with connection.cursor() as cursor, cursor.copy(self._writing()) as copy:
                for line in lines:
                    count += 1
                    copy.write_row([*self._values(line), *(make() for make in fills)])
        except ValueError as error:
            raise BadArchive(f"{self.table.member}, line {count:,}: {error}.") from error
        except psycopg.Error as error:
            raise BadArchive(f"{self.table.member} does not fit: {_words(error)}") from error
        return count

    def _values(self, line: bytes) -> list[Any]:
        row = orjson.loads(line)
        if not isinstance(row, dict):
            raise ValueError("it is no row")
        if list(row) != self.names:
            raise ValueError(_difference(self.names, row))
        return [
            column.check(value) for column, value in zip(self.columns, row.values(), strict=True)
        ]

    def _reading(self) -> sql.Composable:
        return sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT (FORMAT BINARY)").format(
            sql.SQL(", ").join(selected(column) for column in self.columns),
            sql.Identifier(self.table.model._meta.db_table),
            sql.Identifier(self._key.column),
        )

    def _writing(self) -> sql.Composable:
        fields = {field.name: field.column for field in stored(self.table.model)}
        names = [*self.names, *(fields[name] for name in sorted(self.table.instead))]
        return sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self.table.model._meta.db_table),
            sql.SQL(", ").join(map(sql.Identifier, names)),
        )

    @property
    def _key(self) -> Any:
        return self.table.model._meta.pk


def portions(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines joined, about a portion at a time: many small writes are slow."""
    waiting, size = [], 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= PORTION:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _difference(names: list[str], row: dict[str, Any]) -> str:
    unknown, missing = sorted(row.keys() - set(names)), sorted(set(names) - row.keys())
    if unknown:
        return f"unknown column {', '.join(unknown)}"
    return f"missing column {', '.join(missing)}" if missing else "the columns are out of order"


def _words(error: psycopg.Error) -> str:
    """What the database says, and of which line."""
    said = [error.diag.message_primary or str(error), error.diag.message_detail, error.diag.context]
    return ". ".join(part.rstrip(".")[:300] for part in said if part) + "."
