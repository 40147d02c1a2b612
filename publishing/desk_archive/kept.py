"""The kept files that rows point at, by their names, and the columns that name them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from psycopg import sql

from publishing.desk_archive.contents import TABLES
from publishing.desk_archive.declared import stored


@contextmanager
def pointed_at() -> Iterator[Iterator[str]]:
    """Every name once, in the order of its characters. The database sorts; here is one name at a time.

    The connection can do nothing else before it is closed.
    """
    with connection.cursor() as cursor, cursor.copy(_question()) as copy:
        copy.set_types(["text"])
        yield (name for (name,) in copy.rows())


def _question() -> sql.Composable:
    named = [
        sql.SQL("SELECT {} AS name FROM {}").format(
            sql.Identifier(field.column), sql.Identifier(field.model._meta.db_table)
        )
        for field in _file_columns()
    ]
    return sql.SQL(
        "COPY (SELECT name FROM ({}) AS named WHERE name <> '' "
        'ORDER BY name COLLATE "C") TO STDOUT (FORMAT BINARY)'
    ).format(sql.SQL(" UNION ").join(named))


def _file_columns() -> list[Any]:
    return [
        field
        for table in TABLES
        for field in stored(table.model)
        if isinstance(field, models.FileField)
    ]
