"""Sources as CSL-JSON. Without a database."""

from datetime import date

import pytest
from jsonschema import Draft202012Validator

from sources.citations import TYPES, Cited, cite, cited
from sources.models import Snapshot, Source, SourceKind

TEXT = {"type": "string"}
DAY = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "items": {"type": "integer"},
            },
        }
    },
    "additionalProperties": False,
}
NAMES = {
    "type": "array",
    "items": {"type": "object", "properties": {"literal": TEXT}, "additionalProperties": False},
}
#: What CSL-JSON says of the variables and types that we write; it knows more, and allows no others.
SHAPE = {
    "type": "object",
    "required": ["id", "type"],
    "additionalProperties": False,
    "properties": {
        **dict.fromkeys(("id", "title", "publisher", "container-title", "language", "note"), TEXT),
        **dict.fromkeys(("DOI", "ISBN", "URL", "archive", "archive_location", "number"), TEXT),
        "type": {
            "enum": [
                *("article-journal", "article-newspaper", "book", "dataset", "document", "graphic"),
                *("interview", "legislation", "motion_picture", "post", "report", "song"),
            ]
        },
        "author": NAMES,
        "issued": DAY,
        "accessed": DAY,
        "custom": {"type": "object"},
    },
}


def item(**known):
    known = {"title": "The audit", "kind": SourceKind.OFFICIAL_RECORD, **known}
    made = cite(Cited(**known), "c-1")
    Draft202012Validator(SHAPE).validate(made)
    return made


EVERYTHING = {
    "url": "https://audit.example/2019",
    "publisher": "Audit Office",
    "author": "Ida Quell; Harbour Board, Works Division",
    "published_on": date(2019, 5, 2),
    "language": "en",
    "doi": "10.1000/182",
    "isbn": "9780306406157",
    "reference": "No. 7",
    "accessed_on": date(2026, 1, 3),
    "media_type": "application/pdf",
    "copy_sha256": "ab" * 32,
    "archived_url": "https://archive.example/web/1",
}


@pytest.mark.parametrize("kind", SourceKind.values)
@pytest.mark.parametrize("known", [{}, EVERYTHING, {**EVERYTHING, "isbn": "", "doi": ""}])
def test_every_kind_has_the_shape_of_csl_json(kind, known):
    assert item(kind=kind, **known)["title"] == "The audit"


def test_every_kind_has_a_type():
    assert set(TYPES) == set(SourceKind)


def test_all_that_is_known_is_written():
    assert item(**{**EVERYTHING, "isbn": ""}) == {
        "id": "c-1",
        "type": "report",
        "title": "The audit",
        "author": [{"literal": "Ida Quell"}, {"literal": "Harbour Board, Works Division"}],
        "publisher": "Audit Office",
        "issued": {"date-parts": [[2019, 5, 2]]},
        "language": "en",
        "DOI": "10.1000/182",
        "URL": "https://audit.example/2019",
        "accessed": {"date-parts": [[2026, 1, 3]]},
        "archive": "archive.example",
        "archive_location": "https://archive.example/web/1",
        "number": "No. 7",
        "custom": {"copy_sha256": "ab" * 32},
    }


def test_what_is_not_known_is_left_out():
    assert item() == {"id": "c-1", "type": "report", "title": "The audit"}


@pytest.mark.parametrize(
    ("known", "type_"),
    [
        ({"kind": SourceKind.STUDY}, "report"),
        ({"kind": SourceKind.STUDY, "doi": "10.1000/182"}, "article-journal"),
        ({"kind": SourceKind.STUDY, "url": "https://doi.org/10.1000/182"}, "article-journal"),
        ({"kind": SourceKind.STUDY, "isbn": "9780306406157"}, "book"),
        ({"kind": SourceKind.MEDIA, "media_type": "image/png"}, "graphic"),
        ({"kind": SourceKind.MEDIA, "media_type": "video/mp4"}, "motion_picture"),
        ({"kind": SourceKind.MEDIA}, "document"),
        ({"kind": SourceKind.LAW}, "legislation"),
    ],
)
def test_the_type_follows_kind_and_numbers(known, type_):
    assert item(**known)["type"] == type_


def test_a_doi_is_read_from_its_address():
    assert item(url="https://doi.org/10.1000/A%3B1")["DOI"] == "10.1000/a;1"


def test_a_paper_holds_its_reports_and_does_not_publish_them():
    made = item(kind=SourceKind.NEWS_REPORT, publisher="Harbour Post")
    assert made["container-title"] == "Harbour Post"
    assert "publisher" not in made


def test_a_withheld_source_is_a_placeholder_whatever_is_known():
    source = Source(
        title="The nurse",
        kind=SourceKind.WITHHELD,
        withheld_reason="In danger.",
        url="https://secret.example/",
        author="Her",
    )
    snapshot = Snapshot(source=source, sha256="ab" * 32)
    made = cite(cited(source, snapshot, "https://archive.example/secret"), "c-1")
    assert made == {
        "id": "c-1",
        "type": "document",
        "title": "Withheld source",
        "note": "In danger.",
    }


def test_a_source_is_cited_as_its_copy_had_it():
    source = Source(title="The audit", kind=SourceKind.LAW, published_at=date(2019, 5, 2))
    snapshot = Snapshot(source=source, sha256="ab" * 32)
    made = cite(cited(source, snapshot), "c-1")
    assert made["custom"] == {"copy_sha256": "ab" * 32}
    assert made["accessed"]["date-parts"] == [
        [snapshot.fetched_at.year, snapshot.fetched_at.month, snapshot.fetched_at.day]
    ]
