"""Verdicts as CSV (RFC 4180): one row a claim, for people who compute in a spreadsheet.

A spreadsheet takes a cell that starts with certain characters for a formula, and runs it. What a claimant, a publisher
or a source wrote must never do that, so such a text gets an apostrophe in front, which spreadsheets do not show.
Numbers stay numbers.
"""

import csv
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from typing import Any, BinaryIO

import orjson

from publishing.reading import Reading
from publishing.record import Entry

Document = dict[str, Any]
#: What starts a formula, or lets a program that strips white space find one.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BETWEEN = " | "

#: Name and value of each column. What is several in one cell is separated by BETWEEN.
COLUMNS: dict[str, Callable[[Document], Any]] = {
    "claim_id": lambda d: d["id"],
    "url": lambda d: d["url"],
    "seq": lambda d: d["seq"],
    "state": lambda d: d["kind"],
    "published_at": lambda d: d["published_at"],
    "note": lambda d: d["note"],
    "statement": lambda d: d["claim"]["statement"],
    "kind": lambda d: d["claim"]["kind"],
    "mode": lambda d: d["claim"]["mode"],
    "language": lambda d: d["claim"]["language"],
    "claimed_on": lambda d: d["claim"]["claimed_on"],
    "claimant": lambda d: (d["claim"]["claimant"] or {}).get("name"),
    "claimant_role": lambda d: (d["claim"]["claimant"] or {}).get("role"),
    "tags": lambda d: BETWEEN.join(d["claim"].get("tags", ())),
    "article_id": lambda d: d["article"]["id"],
    "article_title": lambda d: d["article"]["title"],
    "article_address": lambda d: d["article"]["address"],
    "article_publisher": lambda d: d["article"]["publisher"],
    "article_published_at": lambda d: d["article"]["published_at"],
    "article_version": lambda d: Reading(d).version,
    "quote": lambda d: BETWEEN.join(span["quote"] for span in Reading(d).spans),
    "rating": lambda d: d["verdict"]["rating"],
    "label": lambda d: d["verdict"]["label"],
    "normalised": lambda d: d["verdict"]["normalised"],
    "value": lambda d: d["verdict"]["value"],
    "worst": lambda d: d["verdict"]["worst"],
    "best": lambda d: d["verdict"]["best"],
    "scale": lambda d: d["verdict"]["scale"]["name"],
    "revision": lambda d: d["verdict"]["revision"],
    "summary": lambda d: d["verdict"]["summary"],
    "justification": lambda d: d["verdict"]["justification"],
    "evidence": lambda d: len(d["evidence"]),
    "sources": lambda d: BETWEEN.join(_source(item["source"]) for item in d["evidence"]),
    "publisher": lambda d: d["publisher"]["name"],
}


def write_csv(out: BinaryIO, batches: Iterator[list[Entry]]) -> int:
    text = TextIOWrapper(out, encoding="utf-8", newline="")
    rows, count = csv.writer(text, lineterminator="\r\n"), 0
    rows.writerow([*COLUMNS, "sha256"])
    for batch in batches:
        rows.writerows(_row(one) for one in batch)
        count += len(batch)
    text.flush()
    text.detach()  # the file is not ours to close
    return count


def _row(entry: Entry) -> list[Any]:
    document = orjson.loads(entry.document)
    return [*(_cell(value(document)) for value in COLUMNS.values()), entry.sha256]


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    value = value.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    return f"'{value}" if value.lstrip(" ").startswith(FORMULA) else value


def _source(source: Document) -> str:
    return str(source.get("address") or source["title"])
