"""Many publish at once, somebody follows, and the chain holds: `python benchmarks/chain.py`.

A desk of its own is made, with an embedded database in a folder that is thrown away, and served as `make demo` serves
one. It gets 10,000 decided claims with evidence and a verdict. Then 8 processes publish them at once through
`publishing.services.publish_verdict`, with the gate, the permissions, the history and the signed heads. Meanwhile a
follower in a process of its own asks `/api/v1/publications/?since=` over HTTP for what it has not seen. In the end the
desk verifies its record, and the program for consumers verifies what the follower was sent, against the heads and keys
that the API shows. Ends with status 1 when a number is missing or twice, when the follower missed an entry or had it
out of order, or when something does not verify. Beside it: one process alone.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import urllib3

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from config import postgres

ROOT = Path(__file__).resolve().parent.parent
VERIFIER = ROOT / "publishing/proof/verify_record.py"
ALONE = 200


class Desk:
    """A desk on a port of its own."""

    def __init__(self, home):
        self.home = Path(home)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {**os.environ, "ASSAY_HOME": home, "PORT": str(self.port)}
        self.environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "ASSAY_DB_POOL": "4"}
        self.environment.pop("DATABASE_URL", None)

    def __enter__(self):
        self.manage("migrate", "--verbosity", "0")
        listen = ["--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"]
        self.process = self.python(
            "-m", "granian", *listen, "--blocking-threads", "2", "--interface", "wsgi",
            "--log-level", "warning", "config.wsgi:application",
        )  # fmt: skip
        for _ in range(600):
            with suppress(urllib3.exceptions.HTTPError):
                self.get("/healthz")
                return self
            time.sleep(0.1)
        raise SystemExit("The desk did not answer.")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        with suppress(postgres.PostgresError), postgres.alone(self.home):
            pass  # it stops when nobody else holds it

    def get(self, path):
        return urllib3.request("GET", f"http://127.0.0.1:{self.port}{path}", retries=False)

    def python(self, *words, **options):
        return subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=self.environment, text=True, **options
        )

    def manage(self, *words):
        done = self.python("manage.py", *words, stdout=subprocess.PIPE)
        said, _ = done.communicate()
        if done.returncode:
            raise SystemExit(f"manage.py {words[0]} failed.")
        return said

    def part(self, name, *words):
        """One of the parts below, in a process of its own."""
        return self.python(__file__, f"--as={name}", *map(str, words), stdout=subprocess.PIPE)


# The parts that are processes


def prepare(count):
    """Decided claims, each with its words, evidence and verdict; an editor for each process."""
    import django

    django.setup()
    from articles.services import Arrival, add_article
    from claims.models import Claim, Span
    from reviews.models import Rating, Verdict
    from sources.models import Evidence
    from sources.services import EvidenceDraft, SourceDraft, add_evidence, add_source

    text = "The harbour opens again\n\nThe works cost 40 million crowns. Nobody paid duty on it.\n"
    editors = [_make_person(number) for number in range(9)]
    article = add_article(actor=editors[0], arrival=Arrival(content=text.encode()))
    article.refresh_from_db()
    start = article.current.text.index("The works")
    quote = "The works cost 40 million crowns."
    rating = Rating.objects.get(scale__is_house=True, slug="true")
    shared = {"article": article, "kind": "event", "mode": "narrator", "language": "en"}
    claims = Claim.objects.bulk_create(
        [
            Claim(statement=f"The works cost {n} crowns.", status="decided", **shared)
            for n in range(count)
        ]
    )
    at = {"version": article.current, "start": start, "end": start + len(quote)}
    Span.objects.bulk_create([Span(claim=claim, quote=quote, **at) for claim in claims])
    said = {"rating": rating, "summary": "It did.", "justification": "The audit says so. " * 10}
    Verdict.objects.bulk_create(
        [Verdict(claim=claim, revision=1, decided_by=editors[8], **said) for claim in claims]
    )
    source = add_source(actor=editors[0], draft=SourceDraft(title="Audit", kind="official_record"))
    draft = EvidenceDraft(stance="supports", quote=quote, copy=quote)
    first = add_evidence(actor=editors[0], claim=claims[0], source=source, draft=draft)
    kept = {
        field.attname: getattr(first, field.attname)
        for field in Evidence._meta.concrete_fields
        if field.name not in {"id", "claim"} and not field.generated
    }
    Evidence.objects.bulk_create([Evidence(**{**kept, "claim": claim}) for claim in claims[1:]])


def _make_person(number):
    from accounts.models import User

    return User.objects.create_user(
        email=f"editor{number}@example.org", name=f"Editor {number}", role="editor", password=None
    )


def publish(number, of, first, last):
    """Every n-th of the claims. Says how long it took and what numbers it got."""
    import django

    django.setup()
    from accounts.models import User
    from claims.models import Claim
    from publishing.gate import Attested
    from publishing.services import Signature, publish_verdict

    signature = Signature(Attested(both_sides=True, claimant_asked=True, neutral_wording=True))
    editor = User.objects.get(email=f"editor{number}@example.org")
    mine = list(Claim.objects.order_by("pk")[first:last])[number::of]
    print("ready", flush=True)
    sys.stdin.readline()
    began, cpu = time.monotonic(), time.process_time()
    given = [publish_verdict(actor=editor, claim=claim, signature=signature).seq for claim in mine]
    print(
        json.dumps(
            {"seconds": time.monotonic() - began, "cpu": time.process_time() - cpu, "given": given}
        )
    )


def follow(port, since, until, path):
    """Ask for what comes after the last entry seen, until all is seen; write it down as it came."""
    pool = urllib3.HTTPConnectionPool("127.0.0.1", port, retries=False)
    numbers, asked, last = [], 0, since
    with Path(path).open("wb") as file:
        while last < until:
            address = f"/api/v1/publications/?since={last}&limit=200"
            body = pool.request("GET", address).data
            asked += 1
            page = json.loads(body)["results"]
            numbers += [entry["document"]["seq"] for entry in page]
            last = numbers[-1] if numbers else since
            inside = body[len(b'{"results":[') : body.rindex(b'],"next":')]
            file.write(inside.replace(b'},{"sha256":"', b'}\n{"sha256":"') + b"\n" * bool(page))
            time.sleep(0 if len(page) == 200 else 0.02)
    print(json.dumps({"asked": asked, "numbers": numbers}))


# The measurement


def run(desk, processes, first, last):
    """These claims published by so many processes. Seconds, what the processes say, what the follower says."""
    writers = [
        desk.python(
            __file__, "--as=publish", *map(str, (number, processes, first, last)),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for number in range(processes)
    ]  # fmt: skip
    for writer in writers:
        writer.stdout.readline()
    follower = desk.part("follow", desk.port, first, last, desk.home / f"record-{first}.ndjson")
    began = time.monotonic()
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said = [json.loads(writer.communicate()[0] or "{}") for writer in writers]
    seconds = time.monotonic() - began
    if any(writer.returncode for writer in writers):
        follower.kill()
        raise SystemExit("A process that publishes failed.")
    return seconds, said, json.loads(follower.communicate(timeout=120)[0])


def verify(desk, record):
    """The desk on its own record, and the program for consumers on what the follower has."""
    began = time.monotonic()
    print(desk.manage("verify_publications").strip())
    print(f"the desk verifies in      {time.monotonic() - began:8.1f} s")
    proof = desk.home / "proof.json"
    proof.write_bytes(desk.get("/api/v1/keys/").data + desk.get("/api/v1/heads/?limit=200").data)
    key = json.loads(desk.get("/api/v1/keys/").data)["results"][0]["statement"]["key"]
    began = time.monotonic()
    done = desk.python(str(VERIFIER), str(record), "--proof", str(proof), "--key", key)
    done.communicate()
    print(f"a consumer verifies in    {time.monotonic() - began:8.1f} s, 200 signatures among it")
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=8, choices=range(1, 9))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="assay-chain-") as home, Desk(home) as desk:
        total = options.claims + ALONE
        preparing = desk.part("prepare", total)
        preparing.communicate()
        if preparing.returncode:
            return 1
        alone, said_alone, before = run(desk, 1, 0, ALONE)
        seconds, said, followed = run(desk, options.processes, ALONE, total)
        record = desk.home / "record.ndjson"
        parts = [desk.home / f"record-{first}.ndjson" for first in (0, ALONE)]
        record.write_bytes(b"".join(part.read_bytes() for part in parts))
        holds = verify(desk, record)
    given = sorted(seq for one in (*said_alone, *said) for seq in one.get("given", ()))
    cpu = sum(one.get("cpu", 0) for one in said)
    has_no_gap = given == list(range(1, total + 1))
    saw_each = before["numbers"] + followed["numbers"] == list(range(1, total + 1))
    print(f"1 process                 {ALONE / alone:8.1f} publications a second")
    print(
        f"{options.processes} processes at once       {options.claims / seconds:8.1f} publications a second"
    )
    print(
        f"processor time            {1000 * cpu / options.claims:8.1f} ms a publication, beside the database"
    )
    print(
        f"numbers                   1 to {len(given):,}, {'no gap' if has_no_gap else 'WITH GAPS'}"
    )
    print(
        f"the follower              asked {followed['asked']:,} times and saw "
        f"{'each entry once, in order' if saw_each else 'NOT each entry once and in order'}"
    )
    return 0 if has_no_gap and saw_each and holds else 1


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].startswith("--as="):
        name, words = sys.argv[1].removeprefix("--as="), sys.argv[2:]
        numbers = [int(word) if word.isdecimal() else word for word in words]
        sys.exit({"prepare": prepare, "publish": publish, "follow": follow}[name](*numbers))
    sys.exit(main())
