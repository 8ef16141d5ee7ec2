"""How often the written-down conversations come out right, per suite and language, how many of the paraphrases do, and the time a message takes.

Run `python -m benchmarks.scenarios [--suite scenarios|rules|safety] [--trials 3] [--seed N]`. The suites are those of the demo company; states are temporary.
"""

from __future__ import annotations

import argparse
import asyncio
import platform
import tempfile
from pathlib import Path
from statistics import median

from assistant.evaluation.result import Result
from assistant.evaluation.runner import play_suite
from assistant.evaluation.subject import in_process
from assistant.evaluation.suite import load_suite

ROOT = Path(__file__).resolve().parent.parent
SUITES = ("scenarios", "rules", "safety")
PARAPHRASED = ("Z01", "Z07", "Z10", "E09", "E13")
GOAL = 9


async def measured(names: tuple[str, ...], *, trials: int, seed: int | None) -> tuple[list[Result], Result]:
    """The suites' results, and the rows of the paraphrase set once with each of their beginnings."""
    with tempfile.TemporaryDirectory() as folder:
        subject = await in_process(ROOT, Path(folder))
        try:
            found = []
            for name in names:
                suite = load_suite(ROOT / "evals" / "suites" / f"{name}.yaml")
                found.append(await play_suite(subject, suite.scenarios, suite=name, trials=trials, seed=suite.seed if seed is None else seed))
            rows = [one for one in load_suite(ROOT / "evals" / "suites" / "scenarios.yaml").scenarios if one.id in PARAPHRASED]
            most = max(len(row.turns[0].paraphrases) for row in rows)
            return found, await play_suite(subject, rows, suite="paraphrases", trials=1 + most, seed=1)
        finally:
            await subject.close()


def lines(result: Result) -> list[str]:
    """One line per language with the powers of passing, and the rows that fail."""
    found = []
    for name, key in (("all", ""), ("zh", "zh"), ("en", "en")):
        score = result.score(key)
        powers = ", ".join(f"pass^{k} {value:.3f}" for k, value in score.power.items())
        found.append(f"{result.suite:<12} {name:<4} {score.passed}/{score.rows} rows, {powers}")
    failing = [f"{row.scenario.id} {row.passes}/{len(row.trials)}" for row in result.rows if row.outcome == "failed"]
    waiting = [row.scenario.id for row in result.rows if row.outcome == "not run"]
    return [*found, *([f"{'':<12} failed: {', '.join(failing)}"] if failing else []), *([f"{'':<12} not run: {', '.join(waiting)}"] if waiting else [])]


def times(results: list[Result]) -> str:
    """Milliseconds per message, the graders not included."""
    found = sorted(
        1000 * one.seconds for result in results for row in result.rows for trial in row.trials if trial.transcript for one in trial.transcript.spoken
    )
    if not found:
        return "no message was answered"
    return f"time per message: median {median(found):.1f} ms, p95 {found[int(len(found) * 0.95)]:.1f} ms, max {found[-1]:.1f} ms ({len(found)} messages)"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--suite", choices=SUITES)
    parser.add_argument("--trials", type=int, default=3)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    results, paraphrases = asyncio.run(measured((options.suite,) if options.suite else SUITES, trials=options.trials, seed=options.seed))
    print(f"{platform.machine()}, Python {platform.python_version()}")
    for result in results:
        print("\n".join(lines(result)))
    for row in paraphrases.rows:
        right = sum(trial.outcome == "passed" for trial in row.trials[1:])
        print(f"paraphrases  {row.scenario.id}  {right} of {len(row.trials) - 1} (goal {GOAL})")
    print(times(results))


if __name__ == "__main__":
    main()
