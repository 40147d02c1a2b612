"""What an archive says of itself: who made it, and how much of what is in it, with hashes.

It names no time, no place and no person, so the same desk has the same manifest wherever it stands.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import orjson
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from publishing.desk_archive.contents import TABLES
from publishing.desk_archive.errors import BadArchive

KIND = "assay-desk"
FORMAT = 1
MEMBER = "manifest.json"
#: After the manifest, as `sha256sum --check` reads it.
SEAL = "manifest.json.sha256"
LARGEST = 64 << 20

#: The name of a kept file: it follows from the hash of its bytes, and leads nowhere else.
FILE_NAME = re.compile(r"[a-z_]{1,12}/([0-9a-f]{2})/(\1[0-9a-f]{62})(?:\.[a-z0-9]{1,5}){0,2}")
FOLDER = "files/"


@dataclass(frozen=True, slots=True)
class TableEntry:
    name: str
    columns: list[str]
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FilesEntry:
    """The kept files. Each is named by its hash; `lost` are those that the old desk no longer had."""

    count: int
    size: int
    lost: list[str]


@dataclass(frozen=True, slots=True)
class Manifest:
    assay: str
    migrations: dict[str, str]
    tables: list[TableEntry]
    files: FilesEntry

    def as_bytes(self) -> bytes:
        said = {"archive": KIND, "format": FORMAT, **asdict(self)}
        return orjson.dumps(said, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2) + b"\n"


@cache
def assay_version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def migrations() -> dict[str, str]:
    """The newest migration of each app that has something in an archive."""
    loader = MigrationLoader(connection)
    labels = sorted({table.name.partition(".")[0] for table in TABLES})
    return {label: loader.graph.leaf_nodes(label)[0][1] for label in labels}


def read_kind(content: bytes) -> Mapping[str, Any]:
    """What the manifest says, whatever its format. Raises BadArchive if it is none."""
    try:
        said = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise BadArchive("The manifest is no JSON.") from error
    if not isinstance(said, dict) or said.get("archive") != KIND:
        raise BadArchive("The file is an archive, but not of a desk.")
    if type(said.get("format")) is not int:
        raise BadArchive("The manifest does not say which format it has.")
    return said


def parse(content: bytes) -> Manifest:
    """A manifest of our format. Raises BadArchive unless it is exactly as we write it."""
    said = read_kind(content)
    try:
        tables = [TableEntry(**entry) for entry in said["tables"]]
        files = FilesEntry(**said["files"])
        manifest = Manifest(said["assay"], dict(said["migrations"]), tables, files)
        is_right = _has_right_types(manifest) and manifest.as_bytes() == content
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadArchive("The manifest is not one that Assay writes.") from error
    if not is_right:
        raise BadArchive("The manifest is not one that Assay writes.")
    return manifest


def _has_right_types(manifest: Manifest) -> bool:
    files = manifest.files
    numbers = [files.count, files.size]
    texts = [manifest.assay, *manifest.migrations.keys(), *manifest.migrations.values()]
    for entry in manifest.tables:
        numbers += [entry.rows, entry.size]
        texts += [entry.name, entry.sha256, *entry.columns]
    are_files = all(map(FILE_NAME.fullmatch, files.lost))
    return (
        all(type(number) is int and number >= 0 for number in numbers)
        and all(type(text) is str for text in texts)
        and are_files
        and files.lost == sorted(set(files.lost))
    )
