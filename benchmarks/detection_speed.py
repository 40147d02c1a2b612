"""How fast the engine is, how much memory it takes, how time grows with length, and whether it is always the same.

The yardstick of time is spaCy's pipeline alone, as it is packaged, on the same blocks of text in the same process.
"""

import gzip
import hashlib
import json
import resource
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path

import spacy
from spacy.language import Language

from articles.document import BODY_KINDS, Document
from articles.ingest import read_text
from claims.detection.base import Detection
from claims.detection.rules.engine import RulesEngine
from claims.detection.rules.parsing import MODEL
from claims.detection.validate import validate

FILES = (
    "wikinews_295_ccby.jsonl",
    "bbc_2225.jsonl.gz",
    "reuters_19043.jsonl.gz",
    "quotes_polnear_train.jsonl",
    "quotes_polnear_dev.jsonl",
    "quotes_polnear_sixfold.jsonl",
)
SAMPLE = 60
ROUNDS = 3
LENGTHS = (12_500, 25_000, 50_000, 100_000)
MOST_BYTES = 100_000_000


def texts(data: Path, limit: int = 0) -> list[str]:
    """The articles of the data, as many of each file as the limit allows."""
    found = []
    for name in FILES:
        opened = gzip.open if name.endswith("gz") else open
        with opened(data / name, "rt", encoding="utf-8") as rows:
            read = [json.loads(row)["text"] for row in rows]
        found += read[:limit] if limit else read
    found += [row["articleBody"] for row in _pages(data)[: limit or None] if row.get("articleBody")]
    return found


def _pages(data: Path) -> list[dict]:
    return list(json.loads((data / "pages" / "ground-truth.json").read_text("utf-8")).values())


def document(text: str) -> Document:
    return read_text(text, max_bytes=MOST_BYTES).document


def speed_lines(data: Path) -> list[str]:
    """Article by article, spaCy's pipeline as it is packaged and then ours: of some rounds the least time of each."""
    documents = [document(text) for text in texts(data, SAMPLE // len(FILES))]
    engine, nlp = RulesEngine(), spacy.load(MODEL)
    engine.detect(documents[0])
    rounds = [[_times(nlp, engine, one) for one in documents] for _ in range(ROUNDS)]
    least = [list(map(min, zip(*times, strict=True))) for times in zip(*rounds, strict=True)]
    bare, ours = map(sum, zip(*least, strict=True))
    size = sum(len(d.text) for d in documents)
    return [
        f"articles {len(documents)}, {size / len(documents):.0f} characters each",
        f"spaCy alone  {len(documents) / bare:6.2f} articles per second of a core",
        f"rules        {len(documents) / ours:6.2f} articles per second of a core, "
        f"{size / ours / 1000:.1f} kchar/s, {ours / bare:.2f} times spaCy's time",
    ]


def _times(nlp: Language, engine: RulesEngine, one: Document) -> tuple[float, float]:
    """The seconds of a core that spaCy and the engine take for an article."""
    bodies = [one.text[b.start : b.end] for b in one.blocks if b.kind in BODY_KINDS]
    begun = time.process_time()
    with nlp.memory_zone():
        list(nlp.pipe(bodies))
    between = time.process_time()
    engine.detect(one)
    return between - begun, time.process_time() - between


def memory_line(data: Path) -> str:
    """The most memory of a fresh process that reads articles, one after the other."""
    code = (
        "import sys; sys.path[:0] = sys.argv[2:]; import detection_speed as s; from pathlib import Path;"
        f"[s.RulesEngine().detect(s.document(t)) for t in s.texts(Path(sys.argv[1]), {SAMPLE // len(FILES)})];"
        "print(s.peak())"
    )
    here = Path(__file__).resolve().parent
    told = subprocess.run(
        [sys.executable, "-c", code, str(data), str(here), str(here.parent)],
        capture_output=True,
        text=True,
        check=True,
    )
    return f"memory       {float(told.stdout):.0f} MB at most"


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def growth_lines(data: Path) -> list[str]:
    """One paragraph of many words, of real prose: time for each thousand words should stay the same."""
    words = " ".join(texts(data, 120)).split()
    lines = []
    for length in LENGTHS:
        one = document(" ".join(words[:length]))
        begun = time.process_time()
        detection = RulesEngine().detect(one)
        spent = time.process_time() - begun
        lines.append(
            f"{length:>8} words in one paragraph: {spent:6.1f} s, {1000 * spent / length:.2f} s a thousand words, "
            f"{len(detection.candidates)} claims"
        )
    return lines


def digest(text: str) -> tuple[str, int]:
    """The bytes of a detection as one number, and how many places are not their slice or are refused."""
    one = document(text)
    detection = RulesEngine().detect(one)
    _, refused = validate(one, detection)
    wrong = len(refused) + (not _is_slice(one, detection))
    told = repr(detection).encode("utf-8", "surrogatepass")
    return hashlib.sha256(told).hexdigest(), wrong


def _is_slice(one: Document, detection: Detection) -> bool:
    """Every mention's words are those at its place; every span holds words and lies in the text."""
    mentions = [m for c in detection.candidates for m in (*c.dates, *c.quantities, *c.names)]
    spans = [s for c in detection.candidates for s in c.spans]
    return all(m.text == one.text[m.place.start : m.place.end] for m in mentions) and all(
        any(map(str.isalnum, one.text[s.start : s.end])) for s in spans
    )


def same_lines(data: Path, limit: int) -> list[str]:
    """All articles twice: once by one worker, once by two in another order of arrival."""
    found = texts(data, limit)
    once = [digest(text) for text in found]
    with get_context("spawn").Pool(2) as pool:
        twice = pool.map(digest, found, chunksize=8)
    differ = sum(one[0] != other[0] for one, other in zip(once, twice, strict=True))
    return [
        f"articles {len(found)}: {differ} differ between one worker and two",
        f"places that are not their slice, and claims refused by the validator: {sum(w for _, w in once)}",
    ]
