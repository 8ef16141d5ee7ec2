"""Runs evaluation suites and fits the confidence thresholds from the command line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from assistant.cli.config import config_of


def run(suite: Path, workspace: Path, *, trials: int | None, seed: int | None, out: Path | None, model: str = "") -> int:
    """The exit code: 0 passed, 1 failed, 2 the suite or the workspace cannot be read."""
    from assistant.evaluation.runner import run_suite

    return run_suite(suite, config=config_of(workspace, model=model), trials=trials, seed=seed, out=out)


def calibrate(workspace: Path, *, split: str, as_json: bool) -> int:
    """Fits and stores the confidence below which a person answers, and draws what it costs."""
    from dataclasses import asdict

    from assistant.cli.progress import shown
    from assistant.evaluation import calibrate as fitting

    config = config_of(workspace)
    cases = fitting.read_labelled(workspace, split=split)
    with shown("questions") as progress:
        found = fitting.fit(fitting.collect(config, cases, progress=lambda done, total: progress("questions", done, total)))
    path = fitting.write(workspace, found)
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False))
        return 0
    print(f"{len(cases)} questions, {found.points} answers; written to {path}")
    for name, value in found.thresholds.items():
        print(f"  a person answers below {value:.2f}  {name}")
    for language, rows in found.curve.items():
        print(f"\n{language}: confidence  still answered               of those right")
        for step, given, right in rows:
            print(f"    {step:.2f}      {'█' * round(given * 20):20} {given:5.0%}   {'█' * round(right * 20):20} {right:5.0%}")
    return 0


def models(workspace: Path, *, against: Sequence[str], file: Path | None, only: str, as_json: bool) -> int:
    """The exit code: 0 no model lost a case that passes without one, 1 some did, 2 the cases or a back end cannot be read."""
    from assistant.cli.progress import shown
    from assistant.cli.table import table
    from assistant.errors import ConfigError
    from assistant.evaluation import models as comparing

    try:
        cases = [case for case in comparing.read_cases(file or workspace / "evals/data/open_wording.jsonl") if case.id.startswith(only)]
        with shown("cases") as progress:
            columns = comparing.compare(workspace, cases, against, progress=progress)
    except ConfigError as error:
        print("\n".join([error.message, *(f"  {problem}" for problem in error.problems)]))
        return 2
    lost = [row for row in comparing.apart(columns) if row[2] != "better"]
    if as_json:
        print(json.dumps(comparing.as_json(columns), ensure_ascii=False))
        return int(bool(lost))
    table("Open questions", ["", *(column.name for column in columns)], comparing.rows_of(columns))
    for case, name, how in comparing.apart(columns):
        print(f"  {case}  {name}: {how}")
    if comparing.rehearsed(columns):
        print("Not measured with a real model: what was compared answers from a file.")
    return int(bool(lost))
