"""How well and how fast sentences of a model are judged: true ones released, changed ones held back, by language, by kind of change, across languages.

Run `python -m benchmarks.support [dev|test|all|fresh] [--rules] [--threshold 0.5] [--show]`. The half "dev" was learnt from; "test" and "fresh" were not.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from assistant.dialog.support.judge import Ground, Judged, judge
from assistant.dialog.support.sense import Sense, packaged_sense
from assistant.types import Language

TABLE = Path(__file__).resolve().parent.parent / "evals" / "data" / "support.jsonl"
FRESH = TABLE.with_name("support_fresh.jsonl")
Row = Mapping[str, Any]
_HAN = re.compile(r"[\u3400-\u9fff]")
_MODEL = re.compile(r"\b[A-Z]{1,4}-\d+\b")


def rows(split: str) -> list[Row]:
    """The labelled lines of one half, of both for "all", or of the file that nobody was fitted on for "fresh"."""
    if split == "fresh":
        return [json.loads(line) for line in FRESH.read_text(encoding="utf-8").splitlines() if line.strip()]
    lines = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [line for line in lines if split in ("all", line["split"])]


def grounds_of(row: Row) -> list[Ground]:
    """The passages and records of a line."""
    return [*(Ground(text) for text in row["passages"]), *(Ground("", record=record) for record in row["records"])]


def models_of(row: Row) -> frozenset[str]:
    """The models that the passages of a line name: they stand for the catalogue."""
    return frozenset(model for text in row["passages"] for model in _MODEL.findall(text))


def judged(row: Row, sense: Sense | None) -> Judged:
    """The verdict on one line; a record of the type "receipt" stands for the receipt of the turn."""
    proven = any(isinstance(record, dict) and record.get("type") == "receipt" for record in row["records"])
    language: Language = "en" if row["language"] == "en" else "zh-Hans"
    return judge(row["sentence"], grounds_of(row), language=language, products=models_of(row), receipts=proven, sense=sense)


def across(row: Row) -> bool:
    """Whether no passage is in the language of the sentence."""
    return bool(row["passages"]) and all(bool(_HAN.search(text)) != (row["language"] == "zh") for text in row["passages"])


def main() -> int:
    """Prints the figures of one half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split", nargs="?", default="dev", choices=("dev", "test", "all", "fresh"))
    parser.add_argument("--show", action="store_true", help="print the changed sentences that were released")
    parser.add_argument("--rules", action="store_true", help="by word lists alone, without the encoder")
    given = parser.parse_args()
    sense = None if given.rules else packaged_sense()
    lines = rows(given.split)
    counts: Counter[tuple[str, bool, bool, bool]] = Counter()
    leaks: Counter[str] = Counter()
    times = []
    for row in lines:
        judged(row, sense)
        started = time.perf_counter()
        found = judged(row, sense)
        times.append(1000 * (time.perf_counter() - started))
        counts[row["language"], across(row), row["supported"], found.released] += 1
        if found.released and not row["supported"]:
            leaks[row["swap"]] += 1
            if given.show:
                print(f"released: {row['id']} {row['swap']}: {row['sentence']}")
    for language in ("zh", "en"):
        for foreign in (False, True, None):
            print(f"{language} {_NAMES[foreign]}: {_line(counts, language, foreign)}")
    print(f"released changes by kind: {dict(leaks) or 'none'}")
    mean, high = sum(times) / len(times), sorted(times)[int(0.95 * len(times))]
    print(f"{len(lines)} sentences, {median(times):.2f} ms each (median, {mean:.2f} mean, sources read before), {high:.2f} ms at 95 %")
    return 0


_NAMES = {False: "in one language", True: "across languages", None: "all"}


def _line(counts: Mapping[tuple[str, bool, bool, bool], int], language: str, foreign: bool | None) -> str:
    def of(supported: bool, released: bool) -> int:
        return sum(n for (lang, other, true, out), n in counts.items() if (lang, true, out) == (language, supported, released) and foreign in (None, other))

    true, false = of(True, True) + of(True, False), of(False, True) + of(False, False)
    right, wrong = of(True, True), of(False, True)
    return f"true released {right}/{true} ({right / max(true, 1):.1%}), changed released {wrong}/{false} ({wrong / max(false, 1):.1%})"


if __name__ == "__main__":
    sys.exit(main())
