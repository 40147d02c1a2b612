"""How many articles a second come in through the API: `python benchmarks/api_load.py ../shared/data`.

The folder holds `bbc_2225.jsonl.gz`. A desk of its own is served as `make demo` serves one, with an embedded database
in a folder that is thrown away; eight clients send articles at once, each with an Idempotency-Key, and one in ten is
sent a second time. Beside it, in the same run: one client alone. Ends with status 1 when an answer was not 201, or
when an article is missing or in twice.
"""

import argparse
import gzip
import json
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.serving.desk import Desk

CLIENTS = 8
COUNT = "from articles.models import Article; print(Article.objects.count())"


class LoadedDesk(Desk):
    """A desk that articles are sent to."""

    def __enter__(self):
        super().__enter__()
        self.key = self.make_key()
        return self

    def send(self, numbered):
        number, article = numbered
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"{number}",
        }
        body = json.dumps({"text": article["text"], "title": article["title"][:500] or "Untitled"})
        answers = [
            self.pool.request(
                "POST", "/api/v1/articles/", body=body.encode(), headers=headers
            ).status
            for _ in range(2 if number % 10 == 0 else 1)
        ]
        return answers


def measure(desk, articles, clients):
    started = time.monotonic()
    with ThreadPoolExecutor(clients) as threads:
        statuses = [one for answers in threads.map(desk.send, articles) for one in answers]
    return len(articles) / (time.monotonic() - started), statuses


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    options = parser.parse_args()
    with gzip.open(options.data / "bbc_2225.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in islice(file, options.articles + 100)]
    articles = list(enumerate(rows))
    with (
        tempfile.TemporaryDirectory(prefix="assay-load-") as home,
        LoadedDesk(home, clients=CLIENTS) as desk,
    ):
        alone, first = measure(desk, articles[options.articles :], 1)
        together, second = measure(desk, articles[: options.articles], CLIENTS)
        count = int(desk.manage("shell", "--no-imports", "-c", COUNT).split()[-1])
    wrong = [status for status in (*first, *second) if status != 201]
    print(
        f"articles sent          {len(articles):,}, in {count:,}, answers other than 201: {len(wrong)}"
    )
    print(f"1 client               {alone:6.1f} articles a second")
    print(
        f"{CLIENTS} clients at once      {together:6.1f} articles a second, {together / alone:.2f} times as many"
    )
    return 0 if not wrong and count == len(articles) else 1


if __name__ == "__main__":
    sys.exit(main())
