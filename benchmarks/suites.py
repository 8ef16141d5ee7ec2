"""Every accuracy benchmark one after another, and their figures beside the goals; what they measure is written in them.

Run `python -m benchmarks.suites [dev|test] [--trials 3]`. The first scores of the halves "test", from before anybody had met them, stand in docs/figures.md.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Sequence

from benchmarks.ground import ROOT, machine

LIMIT = 600
KEPT = (
    ("intents", "understanding", r"intents|one request|several requests|AUROC|out of scope|out-of-scope", "top-1 >= 95 %, AUROC >= 0.95"),
    ("moods", "understanding", r"^moods", ""),
    ("dates", "dates", r"%|correct|right", "100 %"),
    ("slots", "slots", r"^slots", ""),
    ("yes or no", "slots", r"^yes/no", "0 false yes, >= 97 % of true yes"),
    ("retrieval", "retrieval", r"language|documents only|answers|unanswerable|catalogue", "recall@5 >= 0.95 own, >= 0.92 across"),
    ("scenarios", "scenarios", r"rows|paraphrases|failed|not run|time per", "pass^3; 9 of 10 paraphrases"),
)


def commands(half: str, trials: int) -> dict[str, list[str]]:
    return {
        "understanding": ["understanding", half],
        "dates": ["dates", half],
        "slots": ["slots", half],
        "retrieval": ["retrieval", half],
        "scenarios": ["scenarios", "--trials", str(trials)],
    }


def output(words: Sequence[str]) -> tuple[list[str], float]:
    """The lines a benchmark prints, and its seconds; what it says of an error is a line too."""
    began = time.perf_counter()
    try:
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{words[0]}", *words[1:]], cwd=ROOT, capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return [f"no figures within {LIMIT} s"], time.perf_counter() - began
    failed = [] if done.returncode == 0 else [f"ended with {done.returncode}: {(done.stderr.strip().splitlines() or ['no words'])[-1]}"]
    return [*done.stdout.splitlines(), *failed], time.perf_counter() - began


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", nargs="?", default="test", choices=("dev", "test"))
    parser.add_argument("--trials", type=int, default=3)
    options = parser.parse_args()
    print(f"{machine()}; half: {options.half}")
    for name, words in commands(options.half, options.trials).items():
        lines, seconds = output(words)
        for title, source, pattern, goal in KEPT:
            if source != name:
                continue
            print(f"\n{title}{f' (goal: {goal})' if goal else ''}, {seconds:.0f} s")
            for line in lines:
                if re.search(pattern, line) or line.startswith(("ended with", "no figures")):
                    print(f"  {line.strip()}", flush=True)


if __name__ == "__main__":
    main()
