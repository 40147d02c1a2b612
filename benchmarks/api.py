"""How quickly verdicts are read: `python benchmarks/api.py [--counts 100000,1000000] [--seconds 3]`.

Starts everything itself: an embedded database in a folder that is thrown away, filled with published verdicts, and the
web server as `make demo` runs it. Each kind of read is timed with one client and with eight, over connections that are
kept, beside the floor (a view in the same middleware on the same server, which answers with as many constant bytes),
in turns, the better of two; and beside a conventional DRF serializer of the same data. Then everything at once, as
lines, with the memory that it takes. Clients, server and database share the machine, so that the ratios say more than
the rates.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.serving.desk import ROOT, Desk, cpu_seconds, peak_memory

CLIENT = ROOT / "benchmarks" / "serving" / "client.py"
CLIENTS = (1, 8)


@dataclass
class Run:
    """What some clients found in some seconds."""

    rate: float
    times: list[float]
    server: float
    database: float

    def place(self, share):
        return sorted(self.times)[int(len(self.times) * share)] * 1000


@dataclass
class Row:
    """A kind of read, with the runs by number of clients, and those of the floor beneath it."""

    name: str
    addresses: list[str]
    headers: dict[str, str] = field(default_factory=dict)
    floor: str = ""
    runs: dict[int, Run] = field(default_factory=dict)
    floors: dict[int, Run] = field(default_factory=dict)


def run_clients(desk, addresses, headers, clients, seconds):
    given = "\n".join(json.dumps([address, headers]) for address in addresses)
    command = [sys.executable, str(CLIENT), str(desk.port), str(seconds)]
    server, database = desk.server_processes(), desk.database_processes()
    before = cpu_seconds(server), cpu_seconds(database)
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(clients)
    ]
    for process in started:
        process.stdin.write(given)
        process.stdin.close()
    times = [one for process in started for one in json.loads(process.stdout.read() or "[]")]
    if any(process.wait() for process in started):
        raise SystemExit(f"A read failed: {addresses[0]}")
    count = len(times)
    return Run(
        count / seconds,
        times,
        (cpu_seconds(server) - before[0]) / count * 1000,
        (cpu_seconds(database) - before[1]) / count * 1000,
    )


def measure(desk, row, seconds):
    """In turns with the floor, the better of two."""
    for clients in CLIENTS:
        for _ in range(2):
            pairs = [(row.runs, row.addresses, row.headers)]
            if row.floor:
                pairs.insert(0, (row.floors, [row.floor], {}))
            for runs, addresses, headers in pairs:
                found = run_clients(desk, addresses, headers, clients, seconds)
                if clients not in runs or found.rate > runs[clients].rate:
                    runs[clients] = found
    print(line_of(row), flush=True)


HEAD = (
    f"{'':22}{'1 client':>33}   {'8 clients':>33}   {'CPU ms a read':>16}\n"
    f"{'':22}{'a second':>9}{'p50':>7}{'p99':>8}{'floor':>9}   "
    f"{'a second':>9}{'p50':>7}{'p99':>8}{'floor':>9}   {'server':>7}{'database':>9}{'floor':>8}"
)


def line_of(row):
    cells = []
    for clients in CLIENTS:
        run, floor = row.runs[clients], row.floors.get(clients)
        share = f"{run.rate / floor.rate:9.2f}" if floor else f"{'':9}"
        cells.append(f"{run.rate:9,.0f}{run.place(0.5):7.2f}{run.place(0.99):8.2f}{share}")
    run, floor = row.runs[CLIENTS[-1]], row.floors.get(CLIENTS[-1])
    base = f"{floor.server:8.2f}" if floor else ""
    return f"{row.name:22}{'   '.join(cells)}   {run.server:7.2f}{run.database:9.2f}{base}"


def size_of(desk, address):
    return len(desk.pool.request("GET", address).data)


def rows_for(desk, count):
    asked = json.loads(desk.run("-m", "benchmarks.serving.addresses", str(count)))
    rows = []
    for name, addresses in asked.items():
        size = round(statistics.mean(size_of(desk, one) for one in addresses[:20]))
        is_floored = name != "conventional"
        rows.append(Row(name, addresses, floor=f"/floor/{size}/" if is_floored else ""))
    (first,) = asked["first page"]
    etag = desk.pool.request("GET", first).headers["ETag"]
    unchanged = Row("304", [first], {"If-None-Match": etag}, floor="/floor/304/none/")
    return [*rows, unchanged]


def export(desk, address):
    """Lines a second, and what the server's peak grew by."""
    before = peak_memory(desk.server_processes())
    began, lines = time.perf_counter(), 0
    answer = desk.pool.request("GET", address, preload_content=False)
    for chunk in answer.stream(1 << 20):
        lines += chunk.count(b"\n")
    took = time.perf_counter() - began
    grown = peak_memory(desk.server_processes()) - before
    print(
        f"{address:42}{lines:>10,} lines {lines / took:>9,.0f} a second, peak memory +{grown:.0f} MB"
    )
    return lines


def judge(count, rows, first):
    """The goals that these rows say something about."""
    by_name = {row.name: row for row in rows}
    page, one = by_name["page of 50"], by_name["by id"]
    conventional = by_name["conventional"].runs[8]
    print(
        f"\n{count:,} verdicts: a page of 50 at {page.runs[8].rate / page.floors[8].rate:.2f} of the floor "
        f"and {page.runs[8].rate / conventional.rate:.1f} times the conventional way; "
        f"by id at {one.runs[8].rate / one.floors[8].rate:.2f} of the floor"
    )
    base = first["first page"].runs[1].place(0.5)
    for name in ("first page", "page of 50", "deep page", "filtered page", "since="):
        cost = by_name[name].runs[1].place(0.5) / base
        print(f"  {name:16} {cost:.2f} times the first page at the first size, one client, p50")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--counts", default="100000,1000000")
    parser.add_argument("--seconds", type=float, default=3)
    options = parser.parse_args()
    first: dict[str, Row] = {}
    with (
        tempfile.TemporaryDirectory(prefix="assay-serving-") as home,
        Desk(home, settings="benchmarks.serving.settings") as desk,
    ):
        desk.manage("load_demo")
        counts = [0, *(int(one) for one in options.counts.split(","))]
        for filled, count in pairwise(counts):
            fill(desk, filled, count)
            rows = rows_for(desk, min(count, counts[1]))
            for row in rows:
                measure(desk, row, options.seconds)
            first = first or {row.name: row for row in rows}
            judge(count, rows, first)
            for name in ("verdicts", "publications"):
                export(desk, f"/api/v1/exports/{name}.ndjson")


def fill(desk, filled, count):
    """The first ones with all their rows, which the conventional way reads; the others with what is published."""
    began = time.perf_counter()
    bare = ["--bare"] if filled else []
    desk.run("-m", "benchmarks.serving.fill", str(filled), str(count - filled), *bare)
    print(f"\n{count:,} verdicts, filled in {time.perf_counter() - began:.0f} s\n{HEAD}")


if __name__ == "__main__":
    main()
