"""Runs evaluation suites from the command line."""

from __future__ import annotations

from pathlib import Path

from assistant.cli.config import config_of


def run(suite: Path, workspace: Path, *, trials: int | None, seed: int | None, out: Path | None) -> int:
    """The exit code: 0 passed, 1 failed, 2 the suite or the workspace cannot be read."""
    from assistant.evaluation.runner import run_suite

    return run_suite(suite, config=config_of(workspace), trials=trials, seed=seed, out=out)
