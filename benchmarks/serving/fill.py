"""Fills a desk with as many published verdicts as are asked for, by COPY, from those of the demo.

Each verdict is a clone of one of the demo's: its own claim, spans, evidence, verdict and document, every twenty of
them in an article of their own, with words of its own in the statement so that a search finds few or many. The
documents form a chain that `verify_publications` accepts.
"""

import hashlib
import json
import os
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import django
from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from publishing.models import CurrentVerdict, Publication  # noqa: E402 (after the set-up)

PER_ARTICLE = 20
WORDS = 20_000
PORTION = 20_000
JSONB = 3802
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
Row = dict[str, Any]
CLAIM, ARTICLE, VERSION, OTHER = 0xC1A1, 0xA271, 0x5E27, 0x07E2


def clone_id(kind: int, number: int) -> UUID:
    """Grows with its number, as UUIDv7 does."""
    return UUID(int=(((0x019 << 36) + number) << 80) | (7 << 76) | (2 << 62) | kind)


def words_of(number: int) -> str:
    """Six words, the frequent ones a thousand times as often as the rare ones."""
    dice = random.Random(number)
    return " ".join(f"w{int(WORDS ** dice.random()):05d}" for _ in range(6))


def address_of(group: int) -> str:
    return f"https://paper{group % 100}.example/{group}"


def publisher_of(group: int) -> str:
    return f"Paper {group % 100}"


def moment_of(number: int) -> datetime:
    return EPOCH + timedelta(minutes=number)


def statement_of(template: str, number: int) -> str:
    return f"{template.rstrip('.')} in case {number} of {words_of(number)}."


@dataclass
class Template:
    """The rows of one of the demo's published claims."""

    claim: Row
    verdict: Row
    publication: Row
    current: Row
    spans: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)


def rows_of(table: str, where: str, *values: Any) -> list[Row]:
    generated = {"search_vector"}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {where}", values)  # noqa: S608 (our own words)
        columns = [(column.name, column.type_code == JSONB) for column in cursor.description]
        rows = [zip(columns, row, strict=True) for row in cursor.fetchall()]
    return [
        {
            name: Jsonb(_parsed(value)) if is_json else value
            for (name, is_json), value in row
            if name not in generated
        }
        for row in rows
    ]


def _parsed(value: Any) -> Any:
    """Django leaves JSON as text."""
    return json.loads(value) if isinstance(value, str) else value


def templates() -> list[Template]:
    return [
        Template(
            claim=rows_of("claims_claim", "id = %s", row.claim_id)[0],
            verdict=rows_of("reviews_verdict", "id = %s", row.publication.verdict_id)[0],
            publication=rows_of("publishing_publication", "seq = %s", row.seq)[0],
            current=rows_of("publishing_currentverdict", "claim_id = %s", row.claim_id)[0],
            spans=rows_of("claims_span", "claim_id = %s", row.claim_id),
            evidence=rows_of("sources_evidence", "claim_id = %s", row.claim_id),
        )
        for row in CurrentVerdict.objects.in_force().select_related("publication").order_by("seq")
    ]


def copy_rows(table: str, rows: Iterable[Row]) -> None:
    """In portions, because what the server has not taken yet is held in memory."""
    rows = iter(rows)
    while portion := list(islice(rows, PORTION)):
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, portion[0]))
        )
        with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
            for row in portion:
                copy.write_row(list(row.values()))


class Filler:
    """Adds verdicts to a desk that holds the demo."""

    def __init__(self) -> None:
        self.templates = templates()
        self.article = rows_of("articles_article", "id = %s", self.templates[0].claim["article_id"])
        self.version = rows_of("articles_version", "id = %s", self.article[0]["current_id"])
        newest = Publication.objects.latest("seq")
        self.seq, self.sha256 = newest.seq, newest.sha256

    def add(self, first: int, count: int, *, with_details: bool = True) -> None:
        """Clones `first` to `first + count - 1`; without details they have no spans and evidence as rows."""
        numbers = range(first, first + count)
        groups = range(first // PER_ARTICLE, -(-(first + count) // PER_ARTICLE))
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")  # no checks row by row
            copy_rows("articles_article", map(self.an_article, groups))
            if with_details:
                copy_rows("articles_version", map(self.a_version, groups))
            copy_rows("claims_claim", map(self.a_claim, numbers))
            copy_rows("reviews_verdict", map(self.a_verdict, numbers))
            if with_details:
                copy_rows("claims_span", self.many(numbers, "spans", self.a_span))
                copy_rows("sources_evidence", self.many(numbers, "evidence", self.an_evidence))
            for start in range(first, first + count, 50_000):
                self.publish(range(start, min(start + 50_000, first + count)))
            cursor.execute("SET session_replication_role = DEFAULT")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def template(self, number: int) -> Template:
        return self.templates[number % len(self.templates)]

    def an_article(self, group: int) -> Row:
        changes = {
            "id": clone_id(ARTICLE, group),
            "url": address_of(group),
            "publisher": publisher_of(group),
            "current_id": clone_id(VERSION, group),
        }
        return self.article[0] | changes

    def a_version(self, group: int) -> Row:
        return self.version[0] | {
            "id": clone_id(VERSION, group),
            "article_id": clone_id(ARTICLE, group),
        }

    def a_claim(self, number: int) -> Row:
        claim = self.template(number).claim
        return claim | {
            "id": clone_id(CLAIM, number),
            "article_id": clone_id(ARTICLE, number // PER_ARTICLE),
            "statement": statement_of(claim["statement"], number),
            "attribution_id": None,
        }

    def a_verdict(self, number: int) -> Row:
        verdict = self.template(number).verdict
        return verdict | {"id": clone_id(OTHER, number), "claim_id": clone_id(CLAIM, number)}

    def many(
        self, numbers: range, name: str, make: Callable[[int, int, Row], Row]
    ) -> Iterator[Row]:
        for number in numbers:
            for place, row in enumerate(getattr(self.template(number), name)):
                yield make(number, place, row)

    def a_span(self, number: int, place: int, row: Row) -> Row:
        return row | {
            "id": clone_id(OTHER, number * 8 + place),
            "claim_id": clone_id(CLAIM, number),
            "version_id": clone_id(VERSION, number // PER_ARTICLE),
        }

    def an_evidence(self, number: int, place: int, row: Row) -> Row:
        return row | {
            "id": clone_id(OTHER, number * 8 + place),
            "claim_id": clone_id(CLAIM, number),
        }

    def publish(self, numbers: range) -> None:
        """The documents, and then the rows that point at them."""
        copy_rows("publishing_publication", map(self.a_publication, numbers))
        seq = self.seq - len(numbers)
        copy_rows(
            "publishing_currentverdict",
            (self.a_current(number, seq + 1 + at) for at, number in enumerate(numbers)),
        )

    def a_publication(self, number: int) -> Row:
        template = self.template(number)
        old, claim = template.publication, template.claim
        told, group, published_at = (
            json.loads(old["document"]),
            number // PER_ARTICLE,
            moment_of(number),
        )
        article = told["article"]
        replaced = {
            f'"address":"{article["address"]}"': f'"address":"{address_of(group)}"',
            f'"publisher":"{article["publisher"]}"': f'"publisher":"{publisher_of(group)}"',
            f'"published_at":"{told["published_at"]}"': f'"published_at":"{published_at:%FT%TZ}"',
            f'"private_sha256":"{told["private_sha256"]}"': '"private_sha256":""',
            str(claim["id"]): str(clone_id(CLAIM, number)),
            str(claim["article_id"]): str(clone_id(ARTICLE, number // PER_ARTICLE)),
            f'"seq":{old["seq"]},': f'"seq":{self.seq + 1},',
            f'"previous":"{old["previous_sha256"]}"': f'"previous":"{self.sha256}"',
            claim["statement"]: statement_of(claim["statement"], number),
        }
        document = old["document"]
        for words, others in replaced.items():
            document = document.replace(words, others)
        previous, self.seq = self.sha256, self.seq + 1
        self.sha256 = hashlib.sha256(document.encode()).hexdigest()
        return old | {
            "seq": self.seq,
            "claim_id": clone_id(CLAIM, number),
            "verdict_id": clone_id(OTHER, number),
            "document": document,
            "sha256": self.sha256,
            "previous_sha256": previous,
            "published_at": published_at,
            "nonce": old["nonce"][:0],
        }

    def a_current(self, number: int, seq: int) -> Row:
        current, claim = self.template(number).current, self.template(number).claim
        moment, group = moment_of(number), number // PER_ARTICLE
        return current | {
            "claim_id": clone_id(CLAIM, number),
            "publication_id": seq,
            "seq": seq,
            "article_id": clone_id(ARTICLE, group),
            "article_url": address_of(group),
            "publisher": publisher_of(group),
            "statement": statement_of(claim["statement"], number),
            "first_published_at": moment,
            "published_at": moment,
        }


def main() -> None:
    """`python -m benchmarks.serving.fill FIRST COUNT [--bare]`, in the environment of a desk with the demo."""
    first, count = int(sys.argv[1]), int(sys.argv[2])
    Filler().add(first, count, with_details="--bare" not in sys.argv)


if __name__ == "__main__":
    main()
