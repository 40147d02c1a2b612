"""What a claim with its span costs the server through the API: `python benchmarks/api_writes.py`.

A desk of its own is served as `make demo` serves one, with an embedded database in a folder that is thrown away. One
client with one key makes some hundreds of claims, each on a sentence of its own; the CPU of the server and that of its
PostgreSQL backends is read from /proc before and after. Beside it, in the same run and on the same server: a plain
Django view that inserts one row. Ends with status 1 when an answer was not 201, when a claim has not its span and its
history, or when the cost is above the limit.
"""

import argparse
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.serving.desk import Desk, cpu_seconds

LIMIT = 12.0
WARM, SENTENCES = 50, 50
FLOOR, CLAIMS = "/floor/insert/", "/api/v1/claims/"
COUNT = """
from audit.models import Event
from claims.models import Claim, Span
print(Claim.objects.count(), Span.objects.count(), Event.objects.filter(verb="claim.added").count())
"""


class WritingDesk(Desk):
    """A desk with the floor beside the API, and a key to write with."""

    def __init__(self, home):
        super().__init__(home, settings="benchmarks.serving.settings", clients=1)

    def __enter__(self):
        super().__enter__()
        self.key = self.make_key()
        return self

    def post(self, address, content, **headers):
        headers = {"Authorization": f"Bearer {self.key}", **headers}
        return self.pool.request("POST", address, json=content, headers=headers)

    def backends(self):
        """The processes of PostgreSQL that serve the server, without those that work beside them."""
        pids = self.database_processes()
        titles = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids}
        return [pid for pid, title in titles.items() if title.startswith(b"postgres: assay")]


@contextmanager
def measured(desk, name, count):
    """Prints milliseconds of CPU a request; the list gets the sum of server and backends."""
    cost = []
    pids = desk.server_processes(), desk.backends()
    before = [cpu_seconds(group) for group in pids]
    yield cost
    spent = [cpu_seconds(group) - was for group, was in zip(pids, before, strict=True)]
    server, backends = (1000 * seconds / count for seconds in spent)
    cost.append(server + backends)
    print(
        f"{name:34} {server + backends:6.2f} ms = server {server:5.2f} + PostgreSQL {backends:5.2f}"
    )


def text_of(first):
    """An article of the usual length, with no sentence that another has."""
    numbers = range(first, first + SENTENCES)
    lines = [f"Ship number {n} carried {n * 7 + 3} tons of herring to Brinmouth." for n in numbers]
    paragraphs = [" ".join(lines[at : at + 5]) for at in range(0, SENTENCES, 5)]
    return f"Ships and herring, part {first}\n\n" + "\n\n".join(paragraphs) + "\n"


def claims_on(article):
    """A claim for each sentence, by place and quote."""
    text = article["text"]
    for line in text.splitlines()[2:]:
        for sentence in filter(None, line.split(". ")):
            words = sentence.rstrip(".")
            start = text.index(words)
            yield {
                "article": article["id"],
                "spans": [{"start": start, "end": start + len(words), "quote": words}],
                "statement": f"{words}.",
                "kind": "statistic",
                "claimant": {"name": "Ida Quell", "role": "Harbour master"},
            }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--claims", type=int, default=500)
    options = parser.parse_args()
    each = options.claims
    texts = [text_of(first) for first in range(0, 2 * each + WARM, SENTENCES)]
    with tempfile.TemporaryDirectory(prefix="assay-writes-") as home, WritingDesk(home) as desk:
        articles = [desk.post("/api/v1/articles/", {"text": text}).json() for text in texts]
        claims = [claim for article in articles for claim in claims_on(article)]
        for claim in claims[:WARM]:
            desk.post(CLAIMS, claim)
            desk.post(FLOOR, claim)
        with measured(desk, "floor: a view that inserts a row", each):
            statuses = [desk.post(FLOOR, claim).status for claim in claims[:each]]
        with measured(desk, "a claim with its span", each) as cost:
            statuses += [desk.post(CLAIMS, claim).status for claim in claims[WARM : WARM + each]]
        with measured(desk, "the same with an Idempotency-Key", each):
            statuses += [
                desk.post(CLAIMS, claim, **{"Idempotency-Key": str(number)}).status
                for number, claim in enumerate(claims[WARM + each : WARM + 2 * each])
            ]
        counts = desk.manage("shell", "--no-imports", "-c", COUNT).split()[-3:]
    wrong = [status for status in statuses if status != 201]
    print(f"claims, spans, events  {' '.join(counts)}; answers other than 201: {len(wrong)}")
    is_whole = set(counts) == {str(2 * each + WARM)}
    return 0 if not wrong and is_whole and cost[0] <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
