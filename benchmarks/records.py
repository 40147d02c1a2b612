"""Do records come out as they went in, and how fast? `python benchmarks/records.py PATH/averitec_train.jsonl`

Each line of PATH is a question–answer–source record. They are brought in by `manage.py import_records` into a desk that
is thrown away, brought in a second time, given out by `manage.py export_records` and compared, value for value and type
for type, whatever the order of their keys. Ends with status 1 when a line is missing, in twice or not equal, or when
the second run made anything.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from config import postgres

ROOT = Path(__file__).resolve().parent.parent
ODD = re.compile(r"line \d+: ")
RESIDUE = """
from itertools import chain
from django.db.models.functions import Length, Cast
from django.db.models import TextField
from claims.models import ExternalCheck
from sources.models import Evidence, OpenQuestion
sizes = [rows.annotate(size=Length(Cast("residue", TextField()))).values_list("size", flat=True)
         for rows in (ExternalCheck.objects, Evidence.objects, OpenQuestion.objects)]
print(sum(size for size in chain(*sizes) if size > 2))
"""


def manage(environment, *words):
    """What a command prints, and how long it took with the start of Python."""
    command = [sys.executable, "manage.py", *words]
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout, time.monotonic() - started


def texts(path):
    """Each record as a text: equal texts are equal values of equal types."""
    with path.open("rb") as lines:
        return [json.dumps(json.loads(line), sort_keys=True) for line in lines if line.strip()]


def run(home, path):
    environment = {**os.environ, "ASSAY_HOME": home}
    environment.pop("DATABASE_URL", None)
    out = Path(home) / "out.jsonl"
    try:
        manage(environment, "migrate", "--verbosity", "0")
        first, incoming = manage(environment, "import_records", str(path))
        second, _ = manage(environment, "import_records", str(path))
        _, outgoing = manage(environment, "export_records", str(out))
        size, _ = manage(environment, "shell", "--no-imports", "-c", RESIDUE)
        return first, second, incoming, outgoing, texts(out), int(size)
    finally:
        with suppress(postgres.PostgresError), postgres.alone(Path(home)):
            pass  # it stops when nobody else holds it


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("path", type=Path)
    path = parser.parse_args().path.resolve()
    given = texts(path)
    with tempfile.TemporaryDirectory(prefix="assay-records-") as home:
        first, second, incoming, outgoing, found, residue = run(home, path)
    equal = (Counter(given) & Counter(found)).total()
    in_order = sum(one == other for one, other in zip(given, found, strict=False))
    print("\n".join(line for line in first.splitlines() if not ODD.match(line)))
    print(f"brought in again    {second.splitlines()[0]}")
    print(f"records             {len(given):,} in, {len(found):,} out")
    print(f"equal               {equal:,}, {in_order:,} of them at the same place")
    print(f"beside the models   {residue / sum(map(len, given)):.2%} of the records' characters")
    print(f"in                  {len(given) / incoming:.0f} claims a second")
    print(f"out                 {len(given) / outgoing:.0f} claims a second")
    is_idempotent = second.startswith(f"0 claims brought in, {len(set(given))} were")
    return 0 if equal == len(given) == len(found) and is_idempotent else 1


if __name__ == "__main__":
    sys.exit(main())
