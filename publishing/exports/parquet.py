"""Verdicts as Parquet: one row a claim with typed columns, for pandas, DuckDB and their like.

Spans and evidence are lists of records, as in the document. Times are in UTC.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, BinaryIO

import orjson

from publishing.record import Entry

Data = dict[str, Any]
#: Rows that a reader decodes at once.
ROWS = 10_000
SPAN = ("article", "version", "start", "end", "quote", "prefix", "suffix", "resolution")
EVIDENCE = ("question", "stance", "quote", "quote_check", "note")
ANSWER = ("text", "type", "explanation", "medium", "archived_url")
SOURCE = ("kind", "title", "reason", "publisher", "author", "address", "copy_sha256")
CLAIMANT = ("id", "name", "role", "kind", "same_as")
VERDICT = ("rating", "label", "normalised", "value", "worst", "best", "revision")
NUMBERS = {"seq", "value", "worst", "best", "revision", "version", "start", "end", "scale_version"}


@cache
def schema() -> Any:
    """Loaded when it is first wanted: the library is large, and most processes never write such a file."""
    import pyarrow as pa

    moment, texts = pa.timestamp("ms", tz="UTC"), ("statement", "kind", "mode", "language")
    answer = _record(ANSWER)
    source = pa.struct([*_fields(SOURCE), ("published_on", pa.date32()), ("copied_at", moment)])
    evidence = pa.struct([*_fields(EVIDENCE), ("answer", answer), ("source", source)])
    article = [*_fields(("id", "title", "address", "publisher", "url")), ("published_at", moment)]
    return pa.schema(
        [
            *_fields(("claim_id", "url", "seq", "sha256", "state")),
            ("published_at", moment),
            *_fields(("note", *texts)),
            ("claimed_on", pa.date32()),
            ("claimant", _record(CLAIMANT)),
            ("tags", pa.list_(pa.string())),
            ("article", pa.struct(article)),
            ("spans", pa.list_(_record(SPAN))),
            *_fields((*VERDICT, "scale", "scale_version", "summary", "justification")),
            ("evidence", pa.list_(evidence)),
            ("publisher", pa.string()),
        ]
    )


def write_parquet(out: BinaryIO, batches: Iterator[list[Entry]]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    count, waiting = 0, []
    with pq.ParquetWriter(out, schema(), compression="zstd") as writer:
        for batch in batches:
            rows = [_row(one) for one in batch]
            waiting.append(pa.RecordBatch.from_pylist(rows, schema=schema()))
            count += len(rows)
            if sum(one.num_rows for one in waiting) >= ROWS:
                writer.write_table(pa.Table.from_batches(waiting))
                waiting = []
        writer.write_table(pa.Table.from_batches(waiting, schema=schema()))
    return count


def _fields(names: tuple[str, ...]) -> list[Any]:
    import pyarrow as pa

    return [(name, pa.int64() if name in NUMBERS else pa.string()) for name in names]


def _record(names: tuple[str, ...]) -> Any:
    import pyarrow as pa

    return pa.struct(_fields(names))


def _row(entry: Entry) -> Data:
    document = orjson.loads(entry.document)
    claim, article, verdict = document["claim"], document["article"], document["verdict"]
    return {
        "claim_id": document["id"],
        "sha256": entry.sha256,
        "state": document["kind"],
        "published_at": _moment(document["published_at"]),
        **{name: document[name] for name in ("url", "seq", "note")},
        **{name: claim[name] for name in ("statement", "kind", "mode", "language", "claimant")},
        "claimed_on": _day(claim["claimed_on"]),
        "tags": claim.get("tags", []),
        "article": {**article, "published_at": _moment(article["published_at"])},
        "spans": claim["spans"],
        **{name: verdict[name] for name in (*VERDICT, "summary", "justification")},
        "scale": verdict["scale"]["name"],
        "scale_version": verdict["scale"]["version"],
        "evidence": [_evidence(item) for item in document["evidence"]],
        "publisher": document["publisher"]["name"],
    }


def _evidence(item: Data) -> Data:
    source = item["source"]
    dates = {
        "published_on": _day(source.get("published_on")),
        "copied_at": _moment(source.get("copied_at")),
    }
    return {**item, "answer": item.get("answer"), "source": {**source, **dates}}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
