"""A client that writes: JSON to an address below /api/v1/, with the key of somebody of a role."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts.models import Scope
from accounts.services import make_key
from tests.factories import make_user

ROOT = "/api/v1/"


@dataclass
class Writer:
    """Somebody with a key of scope write."""

    role: str
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.person = make_user(self.role)
        _, self.secret = make_key(actor=self.person, name="a test", scope=Scope.WRITE)

    def send(self, method: str, address: str, content: Any = None, **headers: str) -> HttpResponse:
        """`if_match="…"` is sent as the header If-Match."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = content if isinstance(content, bytes | str) else json.dumps(content or {})
        response: HttpResponse = self.client.generic(
            method,
            address if address.startswith(("/", "http")) else f"{ROOT}{address}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", **named},
        )
        return response

    def post(self, address: str, content: Any = None, **headers: str) -> HttpResponse:
        return self.send("POST", address, content, **headers)

    def patch(self, address: str, content: Any = None, **headers: str) -> HttpResponse:
        return self.send("PATCH", address, content, **headers)

    def get(self, address: str) -> HttpResponse:
        return self.send("GET", address, b"")
