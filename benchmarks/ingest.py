"""How well and how fast web pages are read: `python benchmarks/ingest.py ../shared/data/pages`.

The folder (or the one named `pages` in it) holds `ground-truth.json` (from a name to the `articleBody` and
`url` of a page) and the pages as `html/NAME.html.gz`. Printed is the mean F1 of the words of the body, ours and
plain trafilatura's in one run; ours is the text of the blocks that are neither headline, byline, caption nor
furniture. Ends with status 1 when ours is below.
"""

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import trafilatura

from articles.document import BlockKind
from articles.ingest import Hints, UnreadableText, read

WORD = re.compile(r"\w+")
NOT_BODY = {BlockKind.HEADLINE, BlockKind.BYLINE, BlockKind.CAPTION, BlockKind.FURNITURE}
MAX_BYTES = 2_000_000


def word_f1(found: str, wanted: str) -> float:
    one, other = (Counter(WORD.findall(text.lower())) for text in (found, wanted))
    common = sum((one & other).values())
    return 2 * common / (sum(one.values()) + sum(other.values())) if common else 0.0


def our_body(content: bytes, address: str) -> str:
    try:
        article = read(
            content, media_type="text/html", max_bytes=MAX_BYTES, hints=Hints(address=address)
        )
    except UnreadableText:
        return ""
    document = article.document
    return "\n".join(
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind not in NOT_BODY
    )


def their_body(content: bytes, address: str) -> str:
    return trafilatura.extract(content, url=address, include_comments=False) or ""


def measure(reader, pages) -> tuple[float, float]:
    """The mean F1, and articles per second of one core."""
    begun = time.process_time()
    bodies = [reader(content, address) for content, address, _ in pages]
    rate = len(pages) / (time.process_time() - begun)
    return mean(word_f1(body, page[2]) for body, page in zip(bodies, pages, strict=True)), rate


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    if (folder / "pages").is_dir():
        folder /= "pages"
    truth = json.loads((folder / "ground-truth.json").read_text())
    pages = [
        (
            gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()),
            row["url"],
            row["articleBody"],
        )
        for name, row in truth.items()
    ]
    theirs, their_rate = measure(their_body, pages)
    ours, our_rate = measure(our_body, pages)
    print(f"pages             {len(pages)}")
    print(f"plain trafilatura {theirs:.4f} word F1, {their_rate:.1f} articles per second a core")
    print(f"articles.ingest   {ours:.4f} word F1, {our_rate:.1f} articles per second a core")
    return 0 if ours >= theirs else 1


if __name__ == "__main__":
    sys.exit(main())
