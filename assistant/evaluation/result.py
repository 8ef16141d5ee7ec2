"""What came of playing a suite: trials, rows, scores by language, and pairs of rows that mirror each other; values only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import comb
from typing import Literal

from assistant.evaluation.transcript import Failure, Transcript
from assistant.workspace.scenario import Scenario

Outcome = Literal["passed", "failed", "not run"]


@dataclass(frozen=True, slots=True)
class Trial:
    """One play of a scenario. `skipped` names the parts that were missing: such a trial is never passed, but it can fail."""

    number: int
    failures: tuple[Failure, ...] = ()
    skipped: tuple[str, ...] = ()
    transcript: Transcript | None = None
    seconds: float = 0.0

    @property
    def outcome(self) -> Outcome:
        if self.failures:
            return "failed"
        return "not run" if self.skipped else "passed"


@dataclass(frozen=True, slots=True)
class Row:
    """A scenario with all its trials; it passes when each of them does."""

    scenario: Scenario
    trials: tuple[Trial, ...]

    @property
    def outcome(self) -> Outcome:
        found = {trial.outcome for trial in self.trials}
        return "failed" if "failed" in found else "not run" if "not run" in found else "passed"

    @property
    def passes(self) -> int:
        return sum(trial.outcome == "passed" for trial in self.trials)


@dataclass(frozen=True, slots=True)
class Score:
    """pass^k over rows that ran: the mean probability that k trials drawn at random all pass. `passed` counts rows whose every trial did."""

    rows: int
    passed: int
    power: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """A suite's rows with what they ran under."""

    suite: str
    rows: tuple[Row, ...]
    trials: int
    seed: int
    seconds: float = 0.0

    def of(self, language: str = "") -> tuple[Row, ...]:
        """The rows of one language (zh holds both scripts), or all."""
        return tuple(row for row in self.rows if not language or row.scenario.language.startswith(language))

    def score(self, language: str = "") -> Score:
        ran = [row for row in self.of(language) if row.outcome != "not run"]
        powers = {k: sum(_power(row, k) for row in ran) / len(ran) for k in sorted({1, min(3, self.trials), self.trials}) if ran}
        return Score(len(ran), sum(row.outcome == "passed" for row in ran), powers)

    def pairs(self) -> Iterator[tuple[Row, Row]]:
        """Each row with the one that mirrors it."""
        known = {row.scenario.id: row for row in self.rows}
        return ((known[row.scenario.mirrors], row) for row in self.rows if row.scenario.mirrors in known)


def _power(row: Row, k: int) -> float:
    """The share of k-subsets of a row's trials in which all pass (Yao et al., tau-bench, 2024)."""
    n = len(row.trials)
    return comb(row.passes, k) / comb(n, k) if k <= n else 0.0
