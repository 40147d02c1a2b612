"""Sends what schemathesis draws to the desk by Django's client, and holds the answer against the document."""

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
BASE = "http://testserver"


def read_contract(client):
    """The operations of the document."""
    schema = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())
    return [result.ok() for result in schema.get_all_operations()]


def send_drawn(client, operation, headers, *, count, known, **how):
    """Send this many drawn requests; raises at the first whose answer is not described.

    Every other is about something that is here: `known` is an id by the kind that the address names.
    """
    kind = operation.path.split("/")[3]
    phases = [Phase.generate]
    bounds = {"max_examples": count, "database": None, "deadline": None, "phases": phases}

    @settings(suppress_health_check=list(HealthCheck), **bounds, **how)
    @given(operation.as_strategy(), st.booleans())
    def send(case, is_here):
        if is_here and kind in known and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = str(known[kind])
        case.validate_response(answer_to(client, case, headers), checks=CHECKS)

    send()


def answer_to(client, case, headers):
    """What the desk answers, as schemathesis takes it."""
    prepared = requests.Request(**case.as_transport_kwargs(base_url=BASE)).prepare()
    prepared.headers.pop("Accept-Encoding", None)  # nobody unpacks here
    body = prepared.body or b""
    response = client.generic(
        prepared.method,
        prepared.path_url,
        body.encode() if isinstance(body, str) else body,
        content_type=prepared.headers.get("Content-Type", "application/json"),
        headers={**prepared.headers, **headers},
    )
    return Response(
        status_code=response.status_code,
        headers={name: [value] for name, value in response.headers.items()},
        content=response.getvalue() if response.streaming else response.content,
        request=prepared,
        elapsed=0.0,
        verify=False,
    )
