"""Published verdicts as files."""

import csv
import io
import json
import threading

import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from accounts.roles import Role
from publishing import exports, record
from publishing.exports import spreadsheet, write_verdicts
from publishing.models import CurrentVerdict
from publishing.services import retract_verdict
from reviews.services import write_verdict
from sources.models import SourceKind
from tests.factories import (
    SIGNED,
    make_article,
    make_evidence,
    make_published_claim,
    make_reviewed_claim,
    make_source,
    make_user,
)
from tests.publishing.pages import correct

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/exports/verdicts."
PARQUET = "application/vnd.apache.parquet"


def fetch(client, form, **query):
    response = client.get(ADDRESS + form, query)
    assert response.status_code == 200
    response.body = b"".join(response.streaming_content)
    return response


def rows_of_csv(client, **query):
    text = fetch(client, "csv", **query).body.decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def table_of(client, **query):
    return pq.read_table(io.BytesIO(fetch(client, "parquet", **query).body))


def document_of(claim):
    return json.loads(CurrentVerdict.objects.get(pk=claim.pk).publication.document)


@pytest.fixture
def claim():
    from publishing.services import publish_verdict

    claim = make_reviewed_claim(
        article=make_article(url="https://paper.example/1", publisher="The Paper"),
        claimant_name="Ida Quell",
        statement="It cost 40 million,\n“really”; “so”.",
    )
    withheld = make_source(
        title="Witness", kind=SourceKind.WITHHELD, withheld_reason="They fear for their work."
    )
    make_evidence(claim, source=withheld, quote="", copy="They said so.")
    write_verdict(actor=make_user(Role.EDITOR), claim=claim, summary="Yes.", justification="So.")
    publish_verdict(actor=make_user(Role.EDITOR), claim=claim, signature=SIGNED)
    return claim


class TestCsv:
    def test_is_a_file_with_a_header_and_a_row_a_claim(self, client, claim):
        make_published_claim()
        response = fetch(client, "csv")
        assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
        assert response["Content-Disposition"] == 'attachment; filename="verdicts.csv"'
        assert int(response["Content-Length"]) == len(response.body)
        assert [row["claim_id"] for row in rows_of_csv(client)].index(str(claim.pk)) == 0

    def test_a_row_says_what_the_document_says(self, client, claim):
        [row] = rows_of_csv(client)
        document = document_of(claim)
        expected = {
            "statement": document["claim"]["statement"],
            "claimant": "Ida Quell",
            "article_address": "https://paper.example/1",
            "article_publisher": "The Paper",
            "article_version": "1",
            "quote": "It cost 40 million crowns.",
            "rating": "true",
            "normalised": "supported",
            "value": str(document["verdict"]["value"]),
            "evidence": "2",
            "sha256": CurrentVerdict.objects.get().publication.sha256,
        }
        assert {name: row[name] for name in expected} == expected

    def test_lines_end_as_rfc_4180_says(self, client, claim):
        text = fetch(client, "csv").body
        assert (text.count(b"\r\n"), text.endswith(b"\r\n")) == (2, True)

    def test_a_withheld_source_is_a_placeholder(self, client, claim):
        [row] = rows_of_csv(client)
        assert ("Withheld source" in row["sources"], "Witness" in str(row)) == (True, False)

    @pytest.mark.parametrize(
        "text",
        ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", '=HYPERLINK("x")'],
    )
    def test_no_text_is_a_formula(self, text):
        assert spreadsheet._cell(text) == f"'{text}"

    @pytest.mark.parametrize("value", ["It cost 40 million.", "1 + 1 = 2", "", None, -1, 7])
    def test_whatever_is_none_stays_as_it_is(self, value):
        assert spreadsheet._cell(value) == value

    def test_a_formula_in_a_statement_is_disarmed(self, client):
        make_published_claim(statement="=cmd|' /C calc'!A0")
        assert rows_of_csv(client)[0]["statement"] == "'=cmd|' /C calc'!A0"


class TestParquet:
    def test_is_a_file_with_typed_columns(self, client, claim):
        assert fetch(client, "parquet")["Content-Type"] == PARQUET
        schema = table_of(client).schema
        types = {name: str(schema.field(name).type) for name in schema.names}
        assert types["published_at"] == "timestamp[ms, tz=UTC]"
        assert types["claimed_on"] == "date32[day]"
        assert types["value"] == types["seq"] == "int64"
        assert types["tags"] == "list<element: string>"
        assert types["spans"].startswith("list<element: struct<article: string, version: int64")

    def test_a_row_says_what_the_document_says(self, client, claim):
        [row] = table_of(client).to_pylist()
        document = document_of(claim)
        assert row["statement"] == document["claim"]["statement"]
        assert row["spans"] == document["claim"]["spans"]
        assert row["claimant"] == document["claim"]["claimant"]
        assert [item["quote"] for item in row["evidence"]] == [
            item["quote"] for item in document["evidence"]
        ]
        assert row["label"] == "True"

    def test_a_withheld_source_is_a_placeholder(self, client, claim):
        [row] = table_of(client).to_pylist()
        sources = [item["source"] for item in row["evidence"]]
        assert {"Withheld source"} < {source["title"] for source in sources}
        assert "Witness" not in str(row)

    def test_rows_come_in_groups(self, client, claim, monkeypatch):
        monkeypatch.setattr(record, "BATCH", 1)
        monkeypatch.setattr("publishing.exports.parquet.ROWS", 2)
        for _ in range(4):
            make_published_claim()
        data = fetch(client, "parquet").body
        file = pq.ParquetFile(io.BytesIO(data))
        assert (file.metadata.num_rows, file.metadata.num_row_groups) == (5, 3)

    def test_an_empty_record_is_an_empty_table(self, client):
        table = table_of(client)
        assert (table.num_rows, "statement" in table.column_names) == (0, True)


@pytest.mark.parametrize("form", ["csv", "parquet"])
class TestBoth:
    def test_are_narrowed_as_the_list_is(self, client, claim, form):
        taken_back = make_published_claim()
        retract_verdict(actor=make_user(Role.EDITOR), claim=taken_back, reason="Wrong.")
        count = {
            "csv": lambda **query: len(rows_of_csv(client, **query)),
            "parquet": lambda **query: table_of(client, **query).num_rows,
        }[form]
        found = [
            count(),
            count(status="any"),
            count(claimant="Ida Quell"),
            count(normalised="refuted"),
        ]
        assert found == [1, 2, 1, 0]

    @pytest.mark.parametrize("query", [{"limit": "1"}, {"nonsense": "1"}, {"rating": "none"}])
    def test_a_parameter_that_is_none_is_refused(self, client, form, query):
        response = client.get(ADDRESS + form, query)
        assert (response.status_code, list(response.json()["errors"])) == (400, list(query))

    def test_who_has_it_as_it_stands_is_told_so(self, client, claim, form):
        etag = fetch(client, form)["ETag"]
        again = client.get(ADDRESS + form, headers={"If-None-Match": etag})
        assert again.status_code == 304
        correct(claim)
        assert fetch(client, form)["ETag"] != etag

    def test_a_closed_api_is_closed_here_as_well(self, client, claim, form, settings):
        settings.ASSAY_PUBLIC_API = False
        assert client.get(ADDRESS + form).status_code == 401


@pytest.mark.django_db(transaction=True)
def test_a_file_is_of_one_moment_and_leaves_no_transaction_open(monkeypatch):
    monkeypatch.setattr(record, "BATCH", 1)
    first = make_published_claim()
    make_published_claim()
    seen = []

    def slowly(out, batches):
        for batch in batches:
            seen.extend(json.loads(one.document)["kind"] for one in batch)
            in_another_thread(lambda: correct(first, note=f"After {len(seen)}."))
        return len(seen)

    monkeypatch.setitem(exports.WRITERS, "csv", slowly)
    assert write_verdicts(io.BytesIO(), "csv", {})[0] == 2
    assert seen == ["publication", "publication"]
    assert not connection.in_atomic_block


def in_another_thread(work):
    def run():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=60)


class TestTheCommand:
    @pytest.mark.parametrize("form", ["csv", "parquet", "ndjson"])
    def test_writes_a_new_file(self, claim, tmp_path, form, capsys):
        target = tmp_path / f"verdicts.{form}"
        call_command("export_verdicts", str(target), format=form)
        assert target.stat().st_size > 100
        assert "1 verdicts written" in capsys.readouterr().err

    def test_lines_are_the_documents_as_published(self, claim, tmp_path):
        target = tmp_path / "verdicts.ndjson"
        call_command("export_verdicts", str(target), format="ndjson")
        assert target.read_text() == CurrentVerdict.objects.get().publication.document + "\n"

    def test_leaves_out_what_was_taken_back_unless_all_is_wanted(self, claim, tmp_path):
        retract_verdict(actor=make_user(Role.EDITOR), claim=claim, reason="Wrong.")
        for name, options in (("some", {}), ("all", {"all": True})):
            call_command("export_verdicts", str(tmp_path / name), format="ndjson", **options)
        sizes = [len((tmp_path / name).read_text().splitlines()) for name in ("some", "all")]
        assert sizes == [0, 1]

    def test_writes_over_nothing(self, claim, tmp_path):
        target = tmp_path / "verdicts.csv"
        target.write_text("mine")
        with pytest.raises(CommandError, match="is there already"):
            call_command("export_verdicts", str(target), format="csv")
        assert target.read_text() == "mine"
