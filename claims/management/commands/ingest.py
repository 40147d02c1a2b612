"""`manage.py ingest PATH|ADDRESS|-`: bring an article in and detect its claims, without the worker."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date, parse_datetime

from articles.fetching import load_fetcher
from articles.ingest import FILE_FACTOR
from articles.ingest.fetch_errors import FetchError
from articles.models import Article, Origin
from articles.services import AlreadyHere, Arrival
from claims.models import DetectionRun, RunState
from claims.present import describe_article
from claims.services import arrival_of, bring_in_article, run_detection, start_detection
from claims.services.imports import plain_address


class Command(BaseCommand):
    help = "Bring an article in from a file, an address, or standard input with -, and detect its claims."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="a file, a http(s) address, or - for standard input")
        parser.add_argument("--url", default="", help="where it was published")
        parser.add_argument("--publisher", default="")
        parser.add_argument("--published", default="", help="YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ")
        parser.add_argument("--json", action="store_true", help="print the article as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        published_at = _moment(options["published"])
        try:
            arrival = replace(
                _arrival(options["path"]),
                url=_words(options["url"]),
                publisher=_words(options["publisher"]),
                published_at=published_at,
            )
            article = bring_in_article(actor=None, arrival=arrival)
        except AlreadyHere as error:
            article = error.article
            self.stderr.write(f"Not brought in again: “{article.title}” has this address already.")
        except ValidationError as error:
            raise CommandError(_refusal(error)) from error
        run = run_detection(run_id=str(_run(article).pk))
        if run.state == RunState.FAILED:
            raise CommandError(f"The article is in, but detection failed: {run.error}")
        self._report(article, run, as_json=options["json"])

    def _report(self, article: Article, run: DetectionRun, *, as_json: bool) -> None:
        article.refresh_from_db()
        if as_json:
            text = json.dumps(describe_article(article), ensure_ascii=False, indent=1)
            self.stdout.write(text)
            return
        self.stdout.write(f"“{article.title}”: {run.found} claims suggested.")
        self.stdout.write(f"{settings.ASSAY_BASE_URL}{article.get_absolute_url()}")


def _run(article: Article) -> DetectionRun:
    version = article.versions.get(current_of=article)
    return start_detection(actor=None, version=version)


def _words(text: str) -> str:
    """An argument as text: bytes that are none, which Python hides in it, are marked."""
    return text.encode(errors="surrogateescape").decode(errors="replace")


def _refusal(error: ValidationError) -> str:
    """What is wrong, each with the option that it is wrong with."""
    named = error.message_dict if hasattr(error, "error_dict") else {"text": error.messages}
    return " ".join(
        f"{'' if name in {'text', NON_FIELD_ERRORS} else f'--{name}: '}{' '.join(words)}"
        for name, words in named.items()
    )


def _arrival(path: str) -> Arrival:
    if not path.lower().startswith(("http://", "https://")):
        name = Path(path).name
        return Arrival(_bytes(path), origin=Origin.FILE, media_type="", file_name=name)
    try:
        address = plain_address(path)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    if known := Article.objects.filter(url=address).first():
        raise AlreadyHere(known)
    try:
        return arrival_of(load_fetcher().fetch(address))
    except FetchError as error:
        raise CommandError(f"{path} was not fetched. {error}") from error


def _bytes(path: str) -> bytes:
    """At most one byte more than the limit, so that an endless file is refused and not read."""
    limit = settings.ASSAY_MAX_ARTICLE_BYTES * FILE_FACTOR + 1
    if path == "-":
        return sys.stdin.buffer.read(limit)
    try:
        with Path(path).open("rb") as file:
            return file.read(limit)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{path!r} is not the name of a file.") from error


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = parse_datetime(text)
        day = None if moment else parse_date(text)
    except ValueError:
        moment = day = None
    if day:
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if moment is None:
        raise CommandError(f"--published {text} is not a date like 2026-03-01.")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
