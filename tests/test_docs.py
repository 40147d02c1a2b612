"""The documentation and the code say the same. Every list here is read from one of the two, none is kept."""

import importlib
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from drf_spectacular.generators import SchemaGenerator

from accounts.backends import PREDICATES
from accounts.roles import PERMISSIONS, Role
from claims.kinds import Status
from claims.services.detection import load_engine
from publishing.gate import Attested, GateFacts, run_gate
from reviews.templatetags.history import WORDS
from reviews.workflow import TRANSITIONS
from tests import declared
from tests.declared import ROOT

DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
PAGE_NAMES = [str(page.relative_to(ROOT)) for page in PAGES]

FENCE = re.compile(r"^( *)(```+|~~~+).*?^\1\2 *$", re.MULTILINE | re.DOTALL)
CODE_SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
DOTTED = re.compile(rf"(?:{'|'.join(declared.PACKAGES)})(?:\.\w+)+")
TOP_LEVEL = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}


def table(page, *sections):
    """The rows of a page's tables, as lists of cells; of these sections only, if any are named."""
    found, heading, before = [], "", ""
    for line in page.read_text().splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        is_row = line.startswith("|") and before.startswith("|") and not set(line) <= set("|-: ")
        if is_row and (not sections or heading in sections):
            found.append([cell.strip() for cell in line.strip("|").split("|")])
        before = line
    return found


def code(cell):
    return cell.strip("`")


def spans(page):
    """What stands in code type in the running text."""
    return CODE_SPAN.findall(FENCE.sub("", page.read_text()))


def shown_code(page):
    """Code spans and fenced blocks: all that a reader might type."""
    return "\n".join([*spans(page), *(match.group() for match in FENCE.finditer(page.read_text()))])


# Reference


SETTINGS = REFERENCE / "settings.md"


def test_every_setting_is_documented_and_no_other():
    assert {code(row[0]) for row in table(SETTINGS)} == set(declared.settings_read())


DEFAULTS = {
    name: setting.default
    for name, setting in declared.settings_read().items()
    if setting.default not in (None, "")
}


@pytest.mark.parametrize("name", sorted(DEFAULTS))
def test_a_documented_default_is_the_default(name):
    documented = {code(row[0]): code(row[1]) for row in table(SETTINGS)}
    default = DEFAULTS[name]
    assert documented[name] == (str(default).lower() if isinstance(default, bool) else str(default))


COMMANDS = REFERENCE / "commands.md"


def test_every_command_of_ours_is_documented_and_no_other():
    assert {code(row[0]) for row in table(COMMANDS, "manage.py")} == declared.our_commands()


@pytest.mark.parametrize(
    ("name", "heading"),
    [("ingest", "`ingest PATH`"), ("detect", "`detect IN.jsonl OUT.jsonl`")],
)
def test_every_option_is_documented(name, heading):
    ours, theirs = (
        command.create_parser("manage.py", name)._option_string_actions
        for command in (load_command_class("claims", name), BaseCommand())
    )
    documented = {code(row[0]) for row in table(COMMANDS, heading)}
    assert documented == set(ours) - set(theirs)


def test_every_program_is_documented_and_no_other():
    assert {code(row[0]) for row in table(COMMANDS, "Programs")} == declared.our_programs()


def test_every_make_target_is_documented_and_no_other():
    assert {code(row[0]) for row in table(COMMANDS, "make")} == declared.make_targets()


WORKFLOW = REFERENCE / "workflow.md"


def test_every_transition_is_documented_as_it_is():
    assert [row[:5] for row in table(WORKFLOW, "Transitions")] == [
        [
            row.source.label,
            row.action.replace("_", " "),
            f"`{row.permission}`" if row.permission else "the desk itself",
            row.target.label,
            "yes" if row.needs_reason else "",
        ]
        for row in TRANSITIONS
    ]


def test_every_status_is_explained():
    assert [row[0] for row in table(WORKFLOW, "Statuses")] == list(Status.labels)


def test_every_check_of_the_gate_is_documented():
    nothing = GateFacts(0, 0, 0, frozenset(), False, False, ())
    documented = [code(row[0]) for row in table(WORKFLOW, "The publish gate")]
    assert documented == [check.slug for check in run_gate(nothing, Attested())]


ROLES = REFERENCE / "roles.md"


def test_every_permission_is_documented_with_the_roles_that_hold_it():
    header = [f"{role.label}" for role in Role]
    assert f"| Permission | {' | '.join(header)} |" in ROLES.read_text()
    documented = {
        code(row[0]): {role for role, cell in zip(Role, row[1:], strict=True) if cell}
        for row in table(ROLES)
        if len(row) == len(Role) + 1
    }
    assert documented == {name: set(roles) for name, roles in PERMISSIONS.items()}


def test_every_predicate_is_documented_and_no_other():
    rows = table(ROLES, "Where the claim matters too")
    assert {code(row[0]) for row in rows} == set(PREDICATES)


EVENTS = REFERENCE / "events.md"


def test_every_verb_is_documented_and_no_other():
    assert {code(row[0]) for row in table(EVENTS)} == declared.verbs()


def test_every_verb_has_words_for_the_history_panel_and_no_other():
    assert set(WORDS) == declared.verbs()


def test_documented_words_are_those_of_the_history_panel():
    assert {code(row[0]): row[1] for row in table(EVENTS)} == WORDS


ENGINES = REFERENCE / "engines.md"


def test_every_engine_is_documented_as_it_is():
    documented = {code(row[0]): [code(cell) for cell in row[1:]] for row in table(ENGINES)}
    assert documented == {
        name: [engine.version, ", ".join(sorted(engine.languages)) or "any", path]
        for name, path in settings.ASSAY_DETECTION_ENGINES.items()
        for engine in [load_engine(name)]
    }


@pytest.mark.parametrize("name", sorted(settings.ASSAY_DETECTION_ENGINES))
def test_every_engine_has_a_section(name):
    assert f"## `{name}`" in ENGINES.read_text()


API, WRITES = REFERENCE / "api.md", REFERENCE / "api-writes.md"


def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


def without_names(path):
    """An address whatever its parts are called: `claims/{id}/` and `claims/<claim id>/` are one."""
    return re.sub(r"{[^}]*}|<[^>]*>", "<>", path)


def test_every_address_of_the_api_is_documented():
    named = [*spans(API), *spans(WRITES)]
    documented = {without_names(name.removeprefix("GET ")) for name in named}
    paths = {without_names(path.removeprefix("/api/v1/")) for path in schema()["paths"]}
    assert paths - documented == set()


def test_every_parameter_of_the_api_is_documented():
    operations = [one for path in schema()["paths"].values() for one in path.values()]
    named = {
        parameter["name"]
        for operation in operations
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query"
    }
    assert named - set(re.findall(r"\w+", " ".join(spans(API)))) == set()


# Every page


@pytest.mark.parametrize("page", PAGES, ids=PAGE_NAMES)
def test_relative_links_lead_to_files(page):
    targets = [link.partition("#")[0] for link in LINK.findall(FENCE.sub("", page.read_text()))]
    local = [
        link for link in targets if link and "://" not in link and not link.startswith("mailto")
    ]
    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=PAGE_NAMES)
def test_names_of_code_exist(page):
    models = {model._meta.label for model in apps.get_models()}
    known = {*PERMISSIONS, *declared.verbs(), *models}
    named = {name for name in spans(page) if DOTTED.fullmatch(name)} - known
    assert [name for name in sorted(named) if not declared.resolves(name)] == []


@pytest.mark.parametrize("page", PAGES, ids=PAGE_NAMES)
def test_named_files_exist(page):
    paths = [name for name in spans(page) if re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?", name)]
    ours = [path for path in paths if path.split("/")[0] in TOP_LEVEL]
    built = ("docs/_build", "staticfiles")
    missing = [path for path in ours if not (ROOT / path).exists()]
    assert [path for path in missing if not path.startswith(built)] == []


@pytest.mark.parametrize("page", PAGES, ids=PAGE_NAMES)
def test_named_settings_exist(page):
    named = set(re.findall(r"\bASSAY_[A-Z_]+\b", page.read_text()))
    known = {*declared.settings_read(), *(name for name in dir(settings) if name.isupper())}
    assert named - known == set()


@pytest.mark.parametrize("page", PAGES, ids=PAGE_NAMES)
def test_commands_that_a_reader_might_type_exist(page):
    text = shown_code(page)
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) - set(get_commands()) == set()
    assert set(re.findall(r"^(?:\$ )?make ([a-z]+)", text, re.MULTILINE)) <= declared.make_targets()


# Decisions and the glossary


def test_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(path.name.split("-")[0]) for path in (DOCS / "adr").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", sorted((DOCS / "adr").glob("*.md")), ids=lambda path: path.name)
def test_a_decision_has_its_three_parts_on_a_page(path):
    text = path.read_text()
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.split()) <= 500


GLOSSARY = DOCS / "glossary.md"
TERM = re.compile(r"^(\S[^\n]*)\n: ((?:.+\n?)+)", re.MULTILINE)


@pytest.mark.parametrize(
    ("term", "entry"), TERM.findall(GLOSSARY.read_text()), ids=lambda text: text[:30]
)
def test_a_term_names_the_code_that_it_means(term, entry):
    assert [name for name in CODE_SPAN.findall(entry) if DOTTED.fullmatch(name)]


@pytest.mark.parametrize("row", table(GLOSSARY, "The closed lists"), ids=lambda row: code(row[0]))
def test_a_closed_list_is_complete(row):
    module, _, name = code(row[0]).rpartition(".")
    members = getattr(importlib.import_module(module), name)
    assert row[1].split(", ") == [member.value.replace("_", " ") for member in members]
