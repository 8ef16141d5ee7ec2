"""A suite file: which scenarios belong together, how often each is tried and with which seed; it plays nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ConfigError
from assistant.workspace.bind import Binder
from assistant.workspace.model import SETTINGS, Problem
from assistant.workspace.scenario import Scenario, SuiteFile, read_scenario
from assistant.workspace.source import Report, read_text, read_yaml


@dataclass(frozen=True, slots=True)
class Suite:
    """Scenarios in order. `workspace` is the folder of the company they are about."""

    id: str
    scenarios: tuple[Scenario, ...]
    workspace: Path
    trials: int = 1
    seed: int = 1


def load_suite(path: Path, *, workspace: Path | None = None) -> Suite:
    """The suite in a file with all its scenarios; `workspace` is used when it lies in none. Raises ConfigError with every problem of all files."""
    report = Report()
    text = read_text(path, str(path), report)
    node = read_yaml(text, str(path), report) if text is not None else None
    found = Binder(str(path), report).read(SuiteFile, node) if node is not None else None
    if found is None or report.problems:
        raise ConfigError(f"the suite {path} cannot be read", problems=report.problems or [Problem(str(path), 0, "", "the file is empty")])
    problems: list[Problem] = []
    scenarios: list[Scenario] = []
    for position, pattern in enumerate(found.scenarios):
        files = sorted(Path(os.path.normpath(file)) for file in path.parent.glob(pattern))
        if not files:
            problems.append(
                Problem(str(path), report.positions.get((str(path), f"scenarios.{position}"), 0), f"scenarios.{position}", f"no file fits {pattern!r}")
            )
        for file in files:
            scenario, wrong = read_scenario(file)
            problems += wrong
            scenarios += [scenario] if scenario else []
    problems += _named_twice(scenarios)
    if problems:
        raise ConfigError(f"the suite {path} has {len(problems)} problem(s)", problems=problems)
    return Suite(found.id, tuple(scenarios), workspace_of(path, workspace), max(found.trials, 1), found.seed)


def _named_twice(scenarios: list[Scenario]) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for scenario in scenarios:
        if scenario.id in seen:
            problems.append(Problem(scenario.path, 1, "id", f"{scenario.id!r} is also the id of {seen[scenario.id]}"))
        seen.setdefault(scenario.id, scenario.path)
    known = set(seen)
    problems += [Problem(s.path, 1, "mirrors", f"the suite has no scenario {s.mirrors!r}") for s in scenarios if s.mirrors and s.mirrors not in known]
    return problems


def workspace_of(path: Path, otherwise: Path | None = None) -> Path:
    """The workspace folder a suite lies in, else `otherwise`. Raises ConfigError when there is neither."""
    for folder in path.resolve().parents:
        if (folder / SETTINGS).is_file():
            return folder
    if otherwise is None:
        raise ConfigError(f"{path} does not lie in a workspace: no folder above it has {SETTINGS}")
    return otherwise
