"""How long it takes to look for a quote in a source of 10,000 words, beside a plain `str.find`."""

import statistics
import time
from collections import defaultdict

from benchmarks.quoting import changes, ellipses
from benchmarks.quoting.drawing import FILES, LONG, draw_quotes, draw_sources, read, rng_for
from sources.folding import fold
from sources.quotes import check_quote


def timed(call, times=3):
    best = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        best.append(time.perf_counter() - began)
    return min(best) * 1000


def measure_time(folder, seed):
    """Milliseconds a quote in a source of 10,000 words, and for a plain `str.find` of the same."""
    rng = rng_for(seed, "time")
    articles = read(folder, FILES[0])
    sources = [s for s in draw_sources(rng, articles, 8) if len(s.text.split()) >= LONG]
    rows = defaultdict(list)
    for source in sources:
        folded = fold(source.text)
        rows["fold the source"].append(timed(lambda source=source: fold(source.text)))
        for quote in draw_quotes(rng, source, 10):
            nearly, cut = changes.word_replaced(rng, quote), ellipses.leave_out(rng, quote, 1)
            given = {"verified": quote, "approximate": nearly, "with an ellipsis": cut and cut[0]}
            rows["str.find"].append(timed(lambda q=quote, s=source: s.text.find(q)))
            for name, other in given.items():
                if other:
                    rows[name].append(timed(lambda q=other, f=folded: check_quote(q, f)))
                    whole = timed(lambda q=other, s=source: check_quote(q, s.text))
                    rows[f"{name}, folding as well"].append(whole)
    text = " ".join(articles)
    while len(text.split()) < 10 * LONG:
        text += " ".join(articles)
    rows["fold 100,000 words"] = [timed(lambda: fold(" ".join(text.split()[: 10 * LONG])))]
    return rows


def print_times(rows):
    find = statistics.median(rows["str.find"])
    print(f"\n{'a source of 10,000 words':32} {'median ms':>9} {'most ms':>9} {'x str.find':>11}")
    for name, times in rows.items():
        middle = statistics.median(times)
        print(f"{name:32} {middle:9.3f} {max(times):9.3f} {middle / find:11.1f}")
