"""What `manage.py check --database default` says of the public record: whether heads can be signed here."""

from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections

from publishing.models import SigningKey
from publishing.proof.heads import why_unsigned


def heads_can_be_signed(*, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    has_tables = "default" in (databases or ()) and (
        SigningKey._meta.db_table in connections["default"].introspection.table_names()
    )
    why = why_unsigned() if has_tables else ""
    return [Warning(f"Heads are not signed. {why}", id="publishing.W001")] if why else []
