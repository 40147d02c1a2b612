"""How fast does a whole desk leave and come in, and in how much memory? `python benchmarks/desk_archive.py [CLAIMS …]`

Makes a desk of each size (published claims with a span, evidence, history and an entry of the public record, and a copy
of 20 kB for every tenth), exports it with `manage.py export_desk`, imports that into an empty desk of its own server,
and exports again. Ends with status 1 unless both files are the same to the byte.
"""

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from config import postgres

ROOT = Path(__file__).resolve().parent.parent
FILL = [sys.executable, str(Path(__file__).resolve()), "--fill"]
MANAGE = [sys.executable, "manage.py"]
WORK = [sys.executable, str(Path(__file__).resolve()), "--work"]


# The desk


def fill(count):
    """One claim the way the services make it, and then as many like it as are wanted."""
    import django

    django.setup()
    from django.db import transaction

    from audit.models import Event
    from claims.models import Claim, Span
    from publishing.models import CurrentVerdict, Publication
    from reviews.models import Verdict
    from sources.models import Evidence, Snapshot
    from tests.factories import make_published_claim

    first = make_published_claim()
    with transaction.atomic():
        claims = grow(Claim, claims_like(first, count - 1))
        for model in (Span, Evidence, Verdict):
            grow(model, likes(model.objects.get(claim=first), claims))
        seen = list(Event.objects.filter(subject_type="claims.claim"))
        grow(Event, (copy_of(row, subject_id=claim) for claim in claims for row in seen))
        grow(Snapshot, copies_like(Snapshot.objects.get(), count // 10))
        grow(Publication, publications_like(Publication.objects.get(), claims))
        grow(CurrentVerdict, currents_like(CurrentVerdict.objects.get(), claims))


def grow(model, rows):
    """Write them a few thousand at a time. Their keys."""
    keys = []
    while chunk := list(islice(rows, 2000)):
        model.objects.bulk_create(chunk)
        keys += [row.pk for row in chunk]
    return keys


def copy_of(row, **values):
    """The same row under another key."""
    fields = [f for f in row._meta.concrete_fields if not f.primary_key and not f.generated]
    return type(row)(**{f.attname: getattr(row, f.attname) for f in fields} | values)


def claims_like(first, count):
    for number in range(count):
        yield copy_of(first, statement=f"The works cost {number:,} million crowns, by the audit.")


def likes(row, claims):
    return (copy_of(row, claim_id=claim) for claim in claims)


def copies_like(row, count):
    from sources.archive import files

    for _ in range(count):
        content = os.urandom(20_000)
        name = files.keep(content, "snapshots")
        yield copy_of(row, content=name, sha256=hashlib.sha256(content).hexdigest(), size=20_000)


def publications_like(row, claims):
    from publishing.chain import canonical, digest
    from reviews.models import Verdict

    verdicts = dict(Verdict.objects.values_list("claim", "pk"))
    previous, document = row.sha256, json.loads(row.document)
    for seq, claim in enumerate(claims, 2):
        text = canonical(document | {"seq": seq, "previous": previous})
        sha256 = digest(text)
        yield copy_of(
            row, seq=seq, claim_id=claim, verdict_id=verdicts[claim], document=text,
            sha256=sha256, previous_sha256=previous,
        )  # fmt: skip
        previous = sha256


def currents_like(row, claims):
    return (
        copy_of(row, claim_id=claim, publication_id=seq, seq=seq)
        for seq, claim in enumerate(claims, 2)
    )


# The measurement


@contextmanager
def desk(folder):
    environment = {
        **os.environ,
        "ASSAY_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    environment.pop("DATABASE_URL", None)
    folder.mkdir()
    try:
        run([*MANAGE, "migrate", "--verbosity", "0"], environment)
        yield environment
    finally:
        with suppress(postgres.PostgresError), postgres.alone(folder):
            pass  # it stops when nobody else holds it


def run(command, environment):
    """What it prints."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def work(name, path):
    """Export or import in this process. Seconds of that alone, and the most memory of all of it, in MB."""
    import django

    django.setup()
    from django.db import connection

    from publishing.desk_archive.incoming import import_desk
    from publishing.desk_archive.outgoing import export_desk

    connection.ensure_connection()
    started = time.monotonic()
    {"export": export_desk, "import": import_desk}[name](Path(path))
    seconds = time.monotonic() - started
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def measure(count, home):
    one, two, nothing = home / "one.tar", home / "two.tar", home / "nothing.tar"
    with desk(home / "old") as old:
        least = json.loads(run([*WORK, "export", str(nothing)], old))[1]
        run([*FILL, str(count)], old)
        out = json.loads(run([*WORK, "export", str(one)], old))
    with desk(home / "new") as new:
        back = json.loads(run([*WORK, "import", str(one)], new))
        run([*WORK, "export", str(two)], new)
    rows, size = rows_in(one), one.stat().st_size / 1e6
    print(f"{count:,} claims: {rows:,} rows, {size:,.0f} MB with the files")
    for name, (seconds, memory) in (("export", out), ("import", back)):
        print(
            f"  {name}  {seconds:6.1f} s  {rows / seconds:9,.0f} rows/s  {size / seconds:6.1f} MB/s"
            f"  at most {memory:,.0f} MB of memory"
        )
    is_same = digest_of(one) == digest_of(two)
    print(f"  an empty desk takes {least:,.0f} MB of memory")
    print(f"  exported again: {'the same bytes' if is_same else 'OTHER BYTES'}", flush=True)
    return is_same


def rows_in(path):
    with tarfile.open(path) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    return sum(entry["rows"] for entry in manifest["tables"])


def digest_of(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("claims", type=int, nargs="*", default=[2_000, 20_000])
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.fill:
        return fill(given.fill)
    if given.work:
        return work(*given.work)
    results = []
    for count in given.claims:
        with tempfile.TemporaryDirectory(prefix="assay-desk-") as home:
            results.append(measure(count, Path(home)))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
