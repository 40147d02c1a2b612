"""Does the page of `contents` say of every table and column whether it goes with the desk?

Django's checks ask it, so `make check` and whoever makes a migration hear of a gap at once; so does every export, which
would lose or give away what nobody thought of.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import models

from publishing.desk_archive.columns import form_of
from publishing.desk_archive.contents import LEFT_OUT, TABLES, Table

PAGE = "publishing/desk_archive/contents.py"


def check_declared(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Gaps as Django tells them. A table of a part that somebody added to their desk stops exports and nothing else."""
    ours = {
        app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR
    }
    return [
        (checks.Error if gap.partition(".")[0] in ours else checks.Warning)(
            gap, id="publishing.E001"
        )
        for gap in find_gaps()
    ]


def find_gaps() -> Iterator[str]:
    """What to add to the page or to take off it, in words for the one who changed a model."""
    named = {table.name for table in TABLES}
    present = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    for name in sorted(present - named - set(LEFT_OUT)):
        yield (
            f"{name} is a new table. In {PAGE}, add a Table for it to TABLES, or add it to LEFT_OUT "
            "with the reason. Secrets (keys, tokens, hashes of either) never go with a desk."
        )
    for name in sorted((named | set(LEFT_OUT)) - present):
        yield f"{name} is no table any more. Take it off {PAGE}."
    for table in TABLES:
        if table.name in present:
            yield from _gaps_of(table, named)


def _gaps_of(table: Table, named: set[str]) -> Iterator[str]:
    fields = {field.name: field for field in stored(table.model)}
    written = table.columns.split()
    for name in fields.keys() - set(written) - table.instead.keys():
        yield (
            f"{table.name}.{name} is a new column. In {PAGE}, add it to the `columns` of {table.name}; "
            "if it is a secret, add it to `instead` with what an import puts there."
        )
    for name in (set(written) | table.instead.keys()) - fields.keys():
        yield f"{table.name}.{name} is no column any more. Take it off {PAGE}."
    for name in fields.keys() & set(written):
        yield from _faults_of(table, fields[name], named)


def _faults_of(table: Table, field: Any, named: set[str]) -> Iterator[str]:
    if form_of(field) is None:
        yield (
            f"{table.name}.{field.name}: nothing says how a {type(field).__name__} is written. "
            "Add it to FORMS in publishing/desk_archive/columns.py."
        )
    if field.is_relation and field.related_model._meta.label not in named:
        yield (
            f"{table.name}.{field.name} points at {field.related_model._meta.label}, which does not go with "
            f"a desk. Let that table go too, or put something else there with `instead`, in {PAGE}."
        )


def stored(model: type[models.Model]) -> list[Any]:
    """The columns of a table, but for those that the database computes."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]
