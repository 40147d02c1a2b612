"""The Dockerfile and the compose file name only what exists, and all that production needs."""

import importlib
import importlib.util
import itertools
import json
import os
import re
import runpy
import shlex
from dataclasses import dataclass

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands, load_command_class
from django.urls import resolve
from granian.cli import cli

from tests import declared
from tests.declared import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
EXAMPLE = dict(
    line.split("=", 1)
    for line in (ROOT / ".env.example").read_text().splitlines()
    if line and not line.startswith("#")
)
#: What somebody fills in, for the names that have no default.
FILLED_IN = {
    "ASSAY_SECRET_KEY": "q" * 64,
    "ASSAY_ALLOWED_HOSTS": "desk.example.org",
    "ASSAY_BASE_URL": "https://desk.example.org",
    "POSTGRES_PASSWORD": "p" * 32,
}
OURS = {name: service for name, service in COMPOSE["services"].items() if "build" in service}
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")
INHERITED = {"PATH", "LANG", "HOME"}


@dataclass(frozen=True)
class Instruction:
    word: str
    rest: str


def instructions():
    joined = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE))
    lines = (line.partition(" ") for line in joined.splitlines() if line.strip())
    return [Instruction(word, rest.strip()) for word, _, rest in lines]


def words_of(instruction):
    """What it runs or holds, as words: the JSON form or the shell's."""
    rest = instruction.rest
    return json.loads(rest) if rest.startswith("[") else shlex.split(rest, posix=True)


def command_lines():
    """Every command of ours that the two files name, as a list of words."""
    lines = [words_of(one) for one in instructions() if one.word in {"RUN", "CMD", "ENTRYPOINT"}]
    for service in OURS.values():
        lines += [service[name] for name in ("command", "entrypoint") if name in service]
        lines += [service["healthcheck"]["test"]] if "healthcheck" in service else []
    return [line for line in lines if line]


def following(word):
    """The words that come right after `word` in any command line."""
    return {b for line in command_lines() for a, b in itertools.pairwise(line) if a == word}


def values(service):
    """A service's environment as compose fills it in, with an `.env` that says only what it must."""

    def fill(match):
        name, _, default = match.groups()
        return FILLED_IN.get(name) or default or ""

    return {name: VARIABLE.sub(fill, str(value)) for name, value in service["environment"].items()}


def image_environment():
    pairs = (
        word.partition("=") for one in instructions() if one.word == "ENV" for word in words_of(one)
    )
    return {name: value for name, _, value in pairs}


def start_with(monkeypatch, environment):
    """Read the settings as a fresh process with this environment would."""
    for name in list(os.environ):
        if name not in INHERITED:
            monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "config/settings.py"))


def refused_for_want_of(monkeypatch, environment):
    """The setting that a refusal to start names; nothing when it starts."""
    try:
        start_with(monkeypatch, environment)
    except ImproperlyConfigured as refusal:
        return re.search(r"\bASSAY_\w+", str(refusal))[0]


# The image


def test_the_image_has_the_python_that_the_project_is_checked_with():
    tags = [one.rest for one in instructions() if one.word == "FROM"]
    checked_with = declared.PYPROJECT["tool"]["mypy"]["python_version"]
    assert tags == [f"python:{checked_with}-slim"]


def test_the_image_installs_by_hash_from_the_pinned_list():
    installs = [words_of(one) for one in instructions() if "pip install" in one.rest]
    assert [line[2:] for line in installs] == [
        ["--require-hashes", "--no-deps", "--requirement", "requirements/base.txt"]
    ]


def test_the_pinned_list_has_a_hash_for_every_package():
    text = (ROOT / "requirements/base.txt").read_text().replace("\\\n", " ")
    pins = [line for line in text.splitlines() if re.match(r"\w", line)]
    assert pins
    assert [line for line in pins if "--hash=sha256:" not in line] == []


def test_what_the_image_copies_exists():
    sources = [words_of(one)[0] for one in instructions() if one.word == "COPY"]
    assert sources
    assert [path for path in sources if not (ROOT / path).exists()] == []


def test_the_image_does_not_run_as_root():
    words = [one.word for one in instructions()]
    users = [one.rest for one in instructions() if one.word == "USER"]
    assert users
    assert users[-1] not in {"root", "0"}
    assert words.index("USER") < words.index("CMD")


def test_the_image_holds_every_package_and_what_pages_are_made_of():
    kept = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    assert {*declared.PACKAGES, "manage.py", "static", "templates", "requirements/base.txt"} <= kept


def test_the_image_leaves_out_everything_it_does_not_name():
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert next(line for line in lines if line and not line.startswith("#")) == "*"


# What they run


def test_every_management_command_exists():
    named = following("manage.py")
    assert named
    assert named - set(get_commands()) == set()


def test_every_module_that_is_run_exists():
    modules = {name for name in following("-m") if name != "pip"}
    assert [name for name in modules if importlib.util.find_spec(name) is None] == []


def test_the_web_server_loads_an_application_that_exists():
    targets = [line[-1] for line in command_lines() if line[0] == "granian"]
    assert targets
    for target in targets:
        module, _, name = target.partition(":")
        assert callable(getattr(importlib.import_module(module), name))


def test_the_web_server_takes_every_option_it_is_given():
    known = {name for option in cli.params for name in (*option.opts, *option.secondary_opts)}
    [line] = [line for line in command_lines() if line[0] == "granian"]
    assert {word for word in line if word.startswith("--")} - known == set()


def test_the_worker_takes_every_subcommand_it_is_given():
    parser = load_command_class("procrastinate.contrib.django", "procrastinate").create_parser(
        "manage.py", "procrastinate"
    )
    [choices] = [action.choices for action in parser._actions if action.dest == "command"]
    assert following("procrastinate") - set(choices) == set()


def test_the_health_check_asks_an_address_that_exists():
    [path] = re.findall(r"http://127\.0\.0\.1:8000(/\w+)", str(OURS["web"]["healthcheck"]["test"]))
    assert resolve(path).url_name == "healthz"


def test_the_web_service_is_reached_where_the_image_listens():
    line = next(line for line in command_lines() if line[0] == "granian")
    port = line[line.index("--port") + 1]
    assert [published.rsplit(":", 1)[1] for published in OURS["web"]["ports"]] == [port]


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_a_service_waits_for_services_that_exist(name):
    waits_for = set(COMPOSE["services"][name].get("depends_on", {}))
    assert waits_for <= set(COMPOSE["services"])


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_service_starts_when_the_tables_are_there(name):
    assert OURS[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert "migrate" in OURS["migrate"]["command"]


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_a_service_keeps_its_files_in_volumes_that_are_declared(name):
    mounted = {volume.partition(":")[0] for volume in COMPOSE["services"][name].get("volumes", ())}
    assert mounted
    assert mounted <= set(COMPOSE["volumes"])


# Settings


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_service_names_only_settings_that_exist(name):
    assert set(OURS[name]["environment"]) - set(declared.settings_read()) == set()


def test_the_image_names_only_settings_that_exist():
    given = re.findall(r"\b(ASSAY_\w+|DATABASE_URL)=", DOCKERFILE)
    assert given
    assert set(given) - set(declared.settings_read()) == set()


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_service_has_every_setting_that_production_has_no_default_for(name, monkeypatch):
    """Start with nothing but the mode, and give it what each refusal asks for, from compose."""
    offered = values(OURS[name])
    given = {"ASSAY_ENV": offered["ASSAY_ENV"]}
    while wanted := refused_for_want_of(monkeypatch, given):
        assert wanted in offered.keys() - given.keys()
        given[wanted] = offered[wanted]
    assert set(given) > {"ASSAY_ENV"}


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_service_starts_with_what_compose_gives_it(name, monkeypatch):
    settings = start_with(monkeypatch, image_environment() | values(OURS[name]))
    database = settings["DATABASES"]["default"]
    assert settings["ASSAY_BASE_URL"] == FILLED_IN["ASSAY_BASE_URL"]
    assert database["HOST"] in COMPOSE["services"]


def test_the_desk_and_the_database_agree_on_the_password(monkeypatch):
    settings = start_with(monkeypatch, image_environment() | values(OURS["web"]))
    database, served = settings["DATABASES"]["default"], values(COMPOSE["services"]["db"])
    assert (database["NAME"], database["USER"], database["PASSWORD"]) == (
        served["POSTGRES_DB"],
        served["POSTGRES_USER"],
        served["POSTGRES_PASSWORD"],
    )


def test_kept_copies_outlive_the_container(monkeypatch):
    settings = start_with(monkeypatch, image_environment() | values(OURS["web"]))
    mounts = {volume.partition(":")[2] for volume in OURS["web"]["volumes"]}
    assert str(settings["ASSAY_HOME"]) in mounts
    assert OURS["web"]["volumes"] == OURS["worker"]["volumes"]


def test_the_example_names_what_compose_asks_for():
    asked = {match[0] for match in VARIABLE.findall(yaml.safe_dump(COMPOSE))}
    assert set(EXAMPLE) == asked


def test_the_example_holds_no_values():
    assert {name: value for name, value in EXAMPLE.items() if value} == {}


def test_a_name_without_a_default_stops_compose():
    text = (ROOT / "compose.yaml").read_text()
    required = {name for name, mark, _ in VARIABLE.findall(text) if mark == "?"}
    assert required == set(FILLED_IN)


def test_a_filled_in_example_is_kept_out_of_version_control():
    assert "/.env" in (ROOT / ".gitignore").read_text().splitlines()
