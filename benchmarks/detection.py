"""How well the detection engine does, in one run: `python benchmarks/detection.py ../shared`.

The folder holds `seed/` (`article.txt`, `gold.json`) and `data/`. Printed are the seed's card (`detection_gold`), news
attributions (`detection_quotes`), check-worthy sentences (`detection_worth`) and statements (`detection_statements`).
With `--gold FOLDER` other articles with gold of the seed's form are read; `--show` lists what was missed.
`--speed` measures time, memory, growth; `--same` compares two runs and two workers over the articles.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import detection_gold
import detection_quotes
import detection_speed
import detection_statements
import detection_worth

from claims.detection.lite import LiteEngine
from claims.detection.rules.engine import RulesEngine


def print_card(folder: Path, *, show: bool) -> None:
    gold = detection_gold.Gold.read(folder)
    print(f"\n{folder.name}")
    print("\n".join(detection_gold.card(gold, [LiteEngine(), RulesEngine()])))
    if show:
        print("\n".join(detection_gold.differences(gold, RulesEngine().detect(gold.document))))


def print_other_cards(data: Path) -> None:
    rows = [json.loads(row) for row in (data / "quotes_polnear_dev.jsonl").open(encoding="utf-8")]
    print("\nnews attributions")
    ours = detection_quotes.measure(rows, detection_quotes.from_engine(RulesEngine()))
    light = detection_quotes.measure(rows, detection_quotes.from_engine(LiteEngine()))
    detection_quotes.print_card(ours, light)
    print("\nworth\n" + "\n".join(detection_worth.card(data)))
    print("\nstatements\n" + "\n".join(detection_statements.card(data)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("--seed", action="store_true", help="the seed's card alone")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--same", action="store_true")
    parser.add_argument("--limit", type=int, default=0, help="articles of each file for --same")
    options = parser.parse_args()
    data = options.folder / "data"
    if options.speed:
        print("\n".join(detection_speed.speed_lines(data)))
        print(detection_speed.memory_line(data))
        print("\n".join(detection_speed.growth_lines(data)))
        return 0
    if options.same:
        print("\n".join(detection_speed.same_lines(data, options.limit)))
        return 0
    for folder in options.gold or [options.folder / "seed"]:
        print_card(folder, show=options.show)
    if not options.gold and not options.seed:
        print_other_cards(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
