"""What the code declares: settings, commands, verbs, names. Read from the code, so that no list is kept twice."""

import ast
import importlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_type_hints

from django.contrib import admin
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES = PYPROJECT["tool"]["importlinter"]["root_packages"]
MAKEFILE = ROOT / "Makefile"


@dataclass(frozen=True)
class Setting:
    """A name read from the environment. `default` is None when it is computed, or when there is none."""

    name: str
    default: object = None


@cache
def trees():
    """Our modules, parsed; migrations aside, which are history."""
    paths = [path for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
    return {path: ast.parse(path.read_text()) for path in paths if "migrations" not in path.parts}


def calls(tree):
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


@cache
def settings_read():
    """Every name that our code takes from the environment."""
    read = [_setting(node) for tree in trees().values() for node in ast.walk(tree)]
    ordered = sorted(filter(None, read), key=lambda setting: setting.default is not None)
    return {setting.name: setting for setting in ordered}


def _setting(node):
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="env")), args=[ast.Constant(value=str(name)), *_]
        ):
            return Setting(name, _default(node))
        case ast.Call(
            func=ast.Attribute(
                value=ast.Attribute(value=ast.Name(id="os"), attr="environ"), attr="get"
            ),
            args=[ast.Constant(value=str(name)), *_],
        ):
            return Setting(name)
        case ast.Subscript(
            value=ast.Attribute(value=ast.Name(id="os"), attr="environ"),
            slice=ast.Constant(value=str(name)),
        ):
            return Setting(name)


def _default(call):
    for keyword in call.keywords:
        if keyword.arg == "default" and isinstance(keyword.value, ast.Constant):
            return keyword.value.value
    return None


@cache
def verbs():
    """Every verb that something writes to the history."""
    found = set()
    for path, tree in trees().items():
        for call in calls(tree):
            if isinstance(call.func, ast.Name) and call.func.id in {"record", "record_all"}:
                found |= _verbs_of(call.args[0], path)
    return found


def _verbs_of(verb, path):
    from reviews.services.transitions import VERBS

    match verb:
        case ast.Constant(value=str(name)):
            return {name}
        case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(ending))]):
            return {name + ending for name in plain_records()}
        case ast.Subscript(value=ast.Name(id="VERBS")):
            return set(VERBS.values())
    raise AssertionError(f"{path}: a verb that cannot be read: {ast.unparse(verb)}")


def plain_records():
    """The models whose rows `audit.records.save_record` writes: pages of plain records, and named callers."""
    from audit.admin import PlainRecordAdmin

    pages = admin.site._registry.items()
    names = {model._meta.model_name for model, page in pages if isinstance(page, PlainRecordAdmin)}
    for path, tree in trees().items():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                names |= _recorded_models(path, function)
    return names


def _recorded_models(path, function):
    """The model of the parameter that this function hands to `save_record`, when it names one."""
    given = {
        keyword.value.id
        for call in calls(function)
        if isinstance(call.func, ast.Name) and call.func.id == "save_record"
        for keyword in call.keywords
        if keyword.arg == "row" and isinstance(keyword.value, ast.Name)
    }
    defined = getattr(importlib.import_module(module_of(path)), function.name, None) if given else 0
    hints = get_type_hints(defined) if defined else {}
    models = {hints[name] for name in given & set(hints) if hasattr(hints[name], "_meta")}
    return {model._meta.model_name for model in models if hasattr(model._meta, "pk")}


def module_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def our_commands():
    return {name for name, app in get_commands().items() if app in PACKAGES}


def our_programs():
    """Modules that are run with `python -m`."""
    return {
        module_of(path)
        for path, tree in trees().items()
        if '__name__ == "__main__"' in _tests(tree)
    }


def _tests(tree):
    return {
        ast.unparse(node.test).replace("'", '"') for node in tree.body if isinstance(node, ast.If)
    }


def make_targets():
    """Targets that `make help` lists."""
    return set(re.findall(r"^([a-z]+):.*## ", MAKEFILE.read_text(), re.MULTILINE))


def resolves(name):
    """Whether a dotted name is a module, or something in one."""
    module, _, rest = name, "", ""
    while module:
        try:
            found = importlib.import_module(module)
        except ModuleNotFoundError:
            module, _, last = module.rpartition(".")
            rest = f"{last}.{rest}".strip(".")
            continue
        return _has(found, rest)
    return False


def _has(thing, rest):
    for part in rest.split(".") if rest else ():
        if not hasattr(thing, part):
            return part in getattr(thing, "__annotations__", {})
        thing = getattr(thing, part)
    return True
