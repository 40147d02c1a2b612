"""`manage.py verify_publications`: is the public record whole and unaltered, and signed for?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publishing.proof.heads import newest_entry, newest_head, why_unsigned
from publishing.proof.verification import find_all


class Command(BaseCommand):
    help = "Walk the public record, its heads and keys, and report whatever is missing or altered."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for count, fault in enumerate(find_all(), 1):  # noqa: B007 - the last is the count
            self.stderr.write(str(fault))
        if count:
            raise CommandError(f"The record does not verify: {count} fault(s).")
        (last, sha256), head = newest_entry(), newest_head()
        self.stdout.write(f"{last} entries verify{f', head {sha256}' if last else ''}")
        signed = head.publication_id if head else 0
        if head:
            self.stdout.write(f"signed for up to entry {signed} at {head.signed_at:%Y-%m-%d %H:%M}")
        if signed < last:
            self.stderr.write(
                f"Entries after {signed} are not signed for. {why_unsigned()}".strip()
            )
