"""Rules matter: whatever literal of a company's rules is changed, at least one of its scenarios turns red.

A company is loaded once. Its scenarios are played and every case that a rule judged is written down. For a changed rule the same cases are judged again
(microseconds each): only scenarios in which a verdict differs are played, the short ones first, and where the change shows in texts too, the others that the
rule took part in. What no conversation over the fixture can reach stands in a table of single cases, which is asked first.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from assistant.app import Assistant, Company, build, load_company
from assistant.config import Config
from assistant.errors import AssistantError
from assistant.evaluation.result import Trial
from assistant.evaluation.runner import play_trial
from assistant.evaluation.subject import InProcess
from assistant.evaluation.suite import load_suite
from assistant.tools.fixture import fixture_rows
from assistant.tools.rules import Facts, Rules, compile_rules
from assistant.types import RuleVerdict
from assistant.workspace.scenario import Scenario
from tests.literals.equivalent import EQUIVALENT
from tests.literals.mutants import Mutant, mutants
from tests.literals.tables import TABLES

ROOT = Path(__file__).parents[2]
COMPANIES = {"demo": (ROOT, ("rules", "scenarios", "safety")), "kettlebean": (ROOT / "tests/workspaces/kettlebean", ("scenarios",))}


@dataclass
class Watched:
    """The rules that hold at the moment, seen through: every case they judge is written down under the scenario that is playing."""

    now: Rules
    playing: str = ""
    cases: dict[str, list[tuple[str, Facts, RuleVerdict]]] = field(default_factory=lambda: defaultdict(list))

    def evaluate(self, rule: str, facts: Facts) -> RuleVerdict:
        verdict = self.now.evaluate(rule, facts)
        if self.playing:
            self.cases[self.playing].append((rule, facts, verdict))
        return verdict

    def __getattr__(self, name: str) -> Any:
        return getattr(self.now, name)


class Stage:
    """One company over one state, whose rules can be exchanged while it stands."""

    def __init__(self, name: str, state: Path) -> None:
        root, suites = COMPANIES[name]
        self.table = TABLES[name]
        loaded = load_company(Config(root, state))
        self.plain = loaded.workspace
        self.rules, self.functions = dict(self.plain.rules), dict(self.plain.functions)
        self.workspace = replace(self.plain, rules=self.rules, functions=self.functions)
        self.watched = Watched(compile_rules(self.workspace))
        self.company = Company(self.workspace, self.watched, loaded.reader, loaded.encoder)  # type: ignore[arg-type]
        self.scenarios = {s.id: s for suite in suites for s in load_suite(root / f"evals/suites/{suite}.yaml").scenarios}
        self.order: list[str] = []
        self.loop = asyncio.new_event_loop()
        # a scenario leaves the clock where it ended; the table is asked at one instant, whatever was played before
        self.instant = next(iter(self.scenarios.values())).clock
        self.assistant: Assistant = build(Config(root, state, clock=self.instant), company=self.company)
        self.loop.run_until_complete(self.assistant.start_briefly())

    def become(self, mutant: Mutant | None) -> None:
        """Rules and functions of a mutant, or the company's own again. Raises ConfigError for what does not compile."""
        wanted = mutant or self.plain
        self.rules.clear()
        self.rules.update(wanted.rules)
        self.functions.clear()
        self.functions.update(wanted.functions)
        self.watched.now = compile_rules(self.workspace)

    def play(self, scenario: Scenario) -> Trial:
        subject = InProcess(self.assistant, fixture_rows(self.workspace, self.watched.now))
        return self.loop.run_until_complete(play_trial(subject, scenario, number=0, seed=0))

    def play_all(self) -> dict[str, str]:
        """The outcome of every scenario under the company's own rules, with the cases written down; short ones come first from now on."""
        found = {}
        for name, scenario in self.scenarios.items():
            self.watched.playing = name
            found[name] = self.play(scenario)
        self.watched.playing = ""
        self.order = sorted(found, key=lambda name: found[name].seconds)
        return {name: trial.outcome for name, trial in found.items()}

    def suspects(self, mutant: Mutant) -> Iterator[str]:
        """Scenarios that may turn red: those whose verdicts differ, then, where the change shows in more than verdicts, the others with the rule."""
        touched: list[str] = []
        for name in self.order:
            own = [case for case in self.watched.cases.get(name, ()) if mutant.rule in ("", case[0])]
            if any(self.watched.now.evaluate(rule, facts) != verdict for rule, facts, verdict in own):
                yield name
            elif own and mutant.beyond_verdicts:
                touched.append(name)
        yield from touched

    def tables_hold(self) -> bool:
        return all(case.holds(self.workspace, self.watched.now, self.instant) for case in self.table)

    def survives(self, mutant: Mutant, passing: set[str]) -> bool:
        try:
            self.become(mutant)
        except AssistantError:
            return False
        if not self.tables_hold():
            return False
        return all(self.play(self.scenarios[name]).outcome != "failed" for name in self.suspects(mutant) if name in passing)

    def close(self) -> None:
        self.loop.run_until_complete(self.assistant.close())
        self.loop.close()


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", COMPANIES)
def test_every_literal_of_the_rules_is_told_apart_by_a_scenario(name: str, tmp_path: Path) -> None:
    stage = Stage(name, tmp_path)
    try:
        assert stage.tables_hold(), "the table is right about the rules as they stand"
        outcomes = stage.play_all()
        print("not passed, so of no use here:", ", ".join(scenario for scenario, outcome in outcomes.items() if outcome != "passed") or "none")
        passing = {scenario for scenario, outcome in outcomes.items() if outcome == "passed"}
        survivors = [mutant.name for mutant in mutants(stage.plain) if stage.survives(mutant, passing)]
    finally:
        stage.close()
    unknown = [survivor for survivor in survivors if survivor not in EQUIVALENT[name]]
    assert not unknown, "changed and nothing turned red:\n" + "\n".join(unknown)
    assert set(survivors) == set(EQUIVALENT[name]), "these are told apart now; take them off the list"
