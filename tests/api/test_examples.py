"""Every example of the OpenAPI document is what this desk takes, and what it answers.

One story sends the requests in turn, each by somebody who may. Example ids stand for those that the desk gives.
`RECORD_EXAMPLES=1` writes its answers into `api/v1/examples.json`; `make openapi` brings them into the document.
"""

import json
import os
from dataclasses import dataclass, field

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2
from jsonschema import Draft202012Validator

from accounts.roles import Role
from api.v1.examples import FILE, recorded
from tests.api.test_schema import closed
from tests.api.writing import Writer

pytestmark = pytest.mark.django_db
HOST = "desk.example"
STALE = {"If-Match": '"0000"'}
NOWHERE = {"spans": [{"quote": "Nobody wrote this."}]}

#: Operation, who asks, the status; what is sent instead of the example, or with it, when it is to be refused.
STORY = [
    ("add_article", "nobody", 401, {}, {}),
    ("add_article", "editor", 201, {}, {}),
    ("add_article", "editor", 409, {}, {}),
    ("add_claim", "editor", 400, NOWHERE, {}),
    ("add_claim", "editor", 201, {}, {}),
    ("change_claim", "editor", 412, {}, STALE),
    ("change_claim", "editor", 200, {}, {}),
    ("add_source", "editor", 201, {}, {}),
    ("add_evidence", "editor", 201, {}, {}),
    ("list_actions", "runa", 200, {}, {}),
    ("take_claim", "runa", 200, {}, {}),
    ("take_claim", "idris", 200, {}, {}),
    ("submit_review", "runa", 201, {}, {}),
    ("submit_review", "idris", 201, {}, {}),
    ("submit_review", "idris", 409, {}, {}),
    ("write_verdict", "editor", 200, {}, {}),
    ("show_gate", "editor", 200, {}, {}),
    ("publish_verdict", "runa", 403, {}, {}),
    ("publish_verdict", "editor", 409, {"attest": {}}, {}),
    ("show_verdict", "nobody", 404, {}, {}),
    ("publish_verdict", "editor", 200, {}, {}),
    ("list_verdicts", "nobody", 200, {}, {}),
    ("show_verdict", "nobody", 200, {}, {}),
    ("list_publications", "nobody", 200, {}, {}),
    ("show_publication", "nobody", 200, {}, {}),
    ("list_claims", "nobody", 200, {}, {}),
    ("show_claim", "nobody", 200, {}, {}),
    ("list_articles", "nobody", 200, {}, {}),
    ("show_article", "nobody", 200, {}, {}),
    ("retract_verdict", "editor", 200, {}, {}),
]
#: They answer with the whole claim, like others that have it as an example: once is enough.
UNSHOWN = {"change_claim", "take_claim", "write_verdict", "retract_verdict"}


@pytest.fixture(scope="module")
def document():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return json.loads(OpenApiJsonRenderer2().render(schema))


def operations(document):
    return {
        operation["operationId"]: (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def examples(document):
    """Name, schema and content of each example of the document."""
    for name, (_, _, operation) in operations(document).items():
        bodies = {"sent": operation.get("requestBody", {}), **operation["responses"]}
        for kind, body in bodies.items():
            for media in body.get("content", {}).values():
                for example in media.get("examples", {}).values():
                    yield f"{name} {kind}", media["schema"], example["value"]


def test_every_example_is_as_its_schema_says(document):
    wrong = []
    for name, schema, content in examples(document):
        whole = closed({**schema, "components": document["components"]})
        whole.pop("additionalProperties", None)
        found = Draft202012Validator(whole).iter_errors(content)
        wrong += [f"{name}: {list(error.absolute_path)}: {error.message}" for error in found]
    assert not wrong


def test_every_main_operation_shows_what_is_sent_and_what_comes_back(document):
    shown = {name for name, _, _ in examples(document)}
    wanted = {f"{name} {status}" for name, _, status, _, _ in STORY if name not in UNSHOWN}
    known = operations(document)
    wanted |= {f"{name} sent" for name, *_ in STORY if "requestBody" in known[name][2]}
    assert wanted - shown == set()


def test_every_operation_that_has_an_example_is_in_the_story():
    assert recorded().keys() == {name for name, *_ in STORY}


def test_nothing_is_recorded_that_the_document_does_not_show(document):
    recorded_names = {
        f"{name} {kind}"
        for name, one in recorded().items()
        for kind in [*(["sent"] if "request" in one else []), *one["answers"]]
    }
    assert recorded_names == {name for name, _, _ in examples(document)}


def person(role, name):
    writer = Writer(role)
    writer.person.name = name
    writer.person.save()
    return {"Authorization": f"Bearer {writer.secret}"}


@dataclass
class Teller:
    """Sends the steps of the story. `ids` leads from those of the examples to those of this desk."""

    operations: dict
    people: dict[str, dict[str, str]]
    ids: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)

    def tell(self, name, who, instead, headers):
        path, method, operation = self.operations[name]
        sent = self.request_of(name) | instead
        return Client(SERVER_NAME=HOST).generic(
            method.upper(),
            path.format(id=self.known.get(path.split("/")[3]), seq=1),
            json.dumps(sent) if "requestBody" in operation else "",
            content_type="application/json",
            headers={**self.people[who], **headers},
            secure=True,
        )

    def request_of(self, name):
        text = json.dumps(recorded()[name].get("request", {}), ensure_ascii=False)
        for example, real in self.ids.items():
            text = text.replace(example, real)
        return json.loads(text)

    def remember(self, name, answer):
        """What was made, by the kind of its address, and that it stands for the one in the examples."""
        kind = self.operations[name][0].split("/")[-2]
        self.known[kind] = answer["id"]
        self.known["verdicts"] = self.known.get("claims")
        if shown := recorded()[name]["answers"].get("201"):
            self.ids[shown["id"]] = answer["id"]


@pytest.fixture
def teller(document, settings):
    settings.ALLOWED_HOSTS, settings.ASSAY_BASE_URL = [HOST], f"https://{HOST}"
    people = {
        "nobody": {},
        "editor": person(Role.EDITOR, "Mara Lindqvist"),
        "runa": person(Role.REVIEWER, "Runa Osk"),
        "idris": person(Role.REVIEWER, "Idris Vane"),
    }
    return Teller(operations(document), people)


def test_a_desk_takes_every_example_and_answers_as_they_say(teller):
    told = {}
    for name, who, status, instead, headers in STORY:
        response = teller.tell(name, who, instead, headers)
        assert response.status_code == status, (name, response.content.decode())
        answer = response.json()
        if status == 201:
            teller.remember(name, answer)
        one = told.setdefault(name, {"request": teller.request_of(name), "answers": {}})
        if name not in UNSHOWN or status >= 400:
            one["answers"].setdefault(str(status), answer)
    if os.environ.get("RECORD_EXAMPLES"):
        record(told)
    for name, one in told.items():
        for status, answer in one["answers"].items():
            assert names_in(answer) == names_in(recorded()[name]["answers"][status]), (name, status)


def names_in(content):
    """The names of all fields, and how they are nested, whatever stands in them."""
    match content:
        case dict():
            return {name: names_in(inner) for name, inner in content.items()}
        case list():
            return [names_in(inner) for inner in content]
    return None


def record(told):
    kept = {
        name: {part: one[part] for part in ("request", "answers") if one[part] or part == "answers"}
        for name, one in sorted(told.items())
    }
    FILE.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    recorded.cache_clear()
