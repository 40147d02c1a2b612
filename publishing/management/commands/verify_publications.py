"""`manage.py verify_publications`: is the public record whole and unaltered?"""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publishing.chain import Link, find_faults
from publishing.models import Publication


class Command(BaseCommand):
    help = "Walk the public record and report every entry that is missing, altered or out of order."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(find_faults(_links()))
        for fault in faults:
            self.stderr.write(f"entry {fault.seq}: {fault.problem}")
        if faults:
            raise CommandError(f"The record does not verify: {len(faults)} fault(s).")
        last = Publication.objects.order_by("-seq").first()
        head = f", head {last.sha256}" if last else ""
        self.stdout.write(f"{last.seq if last else 0} entries verify{head}")


def _links() -> Iterator[Link]:
    rows = Publication.objects.order_by("seq").values_list(
        "seq", "document", "sha256", "previous_sha256"
    )
    return (Link(*row) for row in rows.iterator(chunk_size=500))
