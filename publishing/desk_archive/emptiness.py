"""Is the desk empty? Only then may an archive fill it. What comes with the code is replaced, nothing else is."""

import json
from collections.abc import Iterator

from django.conf import settings
from django.db import OperationalError, connection

from publishing.desk_archive.contents import TABLES, Table
from publishing.desk_archive.errors import ArchiveError, DeskNotEmpty

#: How long to wait for those who are just writing.
PATIENCE = "10s"


def refuse_full() -> None:
    """Raise DeskNotEmpty, and say what is there."""
    if found := list(_find_own()):
        raise DeskNotEmpty(
            f"The desk is not empty: it has {', '.join(found)}. An archive goes into an empty desk only: "
            "make a new database (`manage.py migrate` and nothing else), and import into that."
        )


def lock_and_clear() -> None:
    """Let nobody write until the transaction ends, make sure that nobody has, and take out what came with the code."""
    names = ", ".join(connection.ops.quote_name(table.model._meta.db_table) for table in TABLES)
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
        except OperationalError as error:
            raise ArchiveError(
                "Somebody is at work in this desk. Stop its server and its workers, then import."
            ) from error
    refuse_full()
    for table in reversed(TABLES):
        if table.shipped:
            table.model._default_manager.all().delete()


def _find_own() -> Iterator[str]:
    """What somebody put into the desk, with its number."""
    for table in TABLES:
        rows = table.model._default_manager.all()
        if table.shipped:
            rows = rows.exclude(pk__in=_shipped(table))
        if count := rows.count():
            words = (
                table.model._meta.verbose_name
                if count == 1
                else table.model._meta.verbose_name_plural
            )
            yield f"{count:,} {words}"


def _shipped(table: Table) -> list[str]:
    rows = json.loads((settings.BASE_DIR / table.shipped).read_text())
    return [row["pk"] for row in rows if row["model"] == table.model._meta.label_lower]
