"""Owns the backend that makes sure of the embedded server before Django or the queue connects."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base, client
from django.db.utils import OperationalError

from config import postgres
from config.postgres.server import find_programs


def hold_server(settings: dict[str, Any]) -> None:
    try:
        postgres.hold(Path(settings["ASSAY_HOME"]))
    except postgres.PostgresError as error:
        raise OperationalError(str(error)) from error


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell` with the wheel's own psql: the machine may have none."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        arguments, environment = super().settings_to_cmd_args_env(settings_dict, parameters)
        return [str(find_programs() / "psql"), *arguments[1:]], environment

    def runshell(self, parameters: Iterable[str]) -> None:
        hold_server(self.connection.settings_dict)
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def __init__(self, settings_dict: dict[str, Any], *arguments: Any, **options: Any) -> None:
        settings_dict["PORT"] = postgres.PORT  # it names the socket; PGPORT must not change it
        super().__init__(settings_dict, *arguments, **options)

    def get_connection_params(self) -> dict[str, Any]:
        """Asked for before each connection, by Django's pool and by the queue's own one too."""
        hold_server(self.settings_dict)
        return super().get_connection_params()
