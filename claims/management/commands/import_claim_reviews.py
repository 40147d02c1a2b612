"""`manage.py import_claim_reviews SOURCE`: fact-checks by others, from a page, a file or a DataFeed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from articles.ingest.fetch_errors import FetchError, TooLarge
from claims.checks.report import Outcome, Report
from claims.checks.shape import UnreadableChecks
from claims.services.check_imports import fetch_parcel, too_large
from claims.services.checks import Parcel, import_checks
from claims.services.imports import plain_address


class Command(BaseCommand):
    help = "Bring in the ClaimReview of publishers that the desk trusts. Nothing comes in twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="SOURCE", help="an address, or a file")
        parser.add_argument(
            "--each", action="store_true", help="also tell each check, not only the sums"
        )

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        try:
            report = import_checks(actor=None, parcel=_parcel(source))
        except TooLarge as error:
            raise CommandError(too_large()) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except (FetchError, UnreadableChecks) as error:
            raise CommandError(f"{source}: {error}") from error
        except OSError as error:
            raise CommandError(f"{source} cannot be read: {error.strerror}.") from error
        for line in in_words(report, is_each=options["each"]):
            self.stdout.write(line)


def _parcel(source: str) -> Parcel:
    if source.lower().startswith(("http://", "https://")):
        return fetch_parcel(plain_address(source))
    path = Path(source)
    if path.stat().st_size > settings.ASSAY_MAX_CHECKS_BYTES:
        raise ValidationError(too_large())
    return Parcel(path.read_bytes())


def in_words(report: Report, *, is_each: bool) -> list[str]:
    counts = ", ".join(f"{report.counts[outcome]} {outcome.value}" for outcome in Outcome)
    lines = [f"{report.found} ClaimReviews: {counts}."]
    for item in report.as_data()["items"] if is_each else ():
        said = "; ".join(filter(None, [item["refusal"], *item["odd"]]))
        lines.append(
            f"  {item['number']}: {item['outcome']}: {item['claim']}"
            + (f" ({said})" if said else "")
        )
    if report.odd:
        lines.append("Odd:")
        lines += [f"  {count:>6}  {what}" for what, count in report.odd.most_common()]
    return lines
