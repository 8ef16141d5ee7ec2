"""The conversations the product is built around, with any model: as well as without one, and without asking it where the built-in reading is sure."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.app import Company, build
from assistant.config import Config
from assistant.evaluation.result import Result
from assistant.evaluation.runner import play_suite
from assistant.evaluation.subject import InProcess
from assistant.evaluation.suite import load_suite
from assistant.tools.fixture import fixture_rows
from assistant.workspace.company import ModelSpec
from tests.conftest import MONDAY, ROOT, begin
from tests.llm.faulty import Answer, Faulty
from tests.puppets.hostile import KINDS, Hostile, Move
from tests.puppets.test_faults import truthful
from tests.puppets.world import with_model

# scenarios that only a model's presence lets run
WITH_MODEL = {"E07", "E07z"}
# of all scenarios of a suite, those whose words the built-in reader is not sure of: vague on purpose, or questions to the documents
MOST_ASKING = {"scenarios": 6, "safety": 8}


def _hostile() -> Callable[[dict[str, Any]], Answer]:
    chance = random.Random(5)
    return Hostile([Move(chance.choice(sorted(KINDS)), chance.getrandbits(32), "x") for _ in range(997)])


MODELS: dict[str, tuple[Callable[[], Any], str]] = {
    "hostile": (_hostile, ""),
    "dull": (lambda: lambda _: Answer(("NO_ANSWER",)), ""),
    "failing": (lambda: truthful, "server_error"),
    "helpful": (lambda: truthful, ""),
}


async def _played(company: Company, state: Path, suite: str, model: str) -> Result:
    make, mode = MODELS[model] if model else (lambda: truthful, "")
    async with Faulty(reply=make(), mode=mode) as server:
        spec = ModelSpec(use=("openai:puppet",), url=server.url()) if model else ModelSpec()
        assistant = build(Config(ROOT, state, clock=MONDAY, model="" if model else "none"), company=with_model(company, spec))
        await begin(assistant)
        subject = InProcess(assistant, fixture_rows(company.workspace, company.rules))
        try:
            return await play_suite(subject, load_suite(ROOT / f"evals/suites/{suite}.yaml").scenarios, suite=suite)
        finally:
            await subject.close()


def calls_of(result: Result) -> dict[str, list[dict[str, Any]]]:
    """The model calls of each scenario that made any."""
    found = {
        row.scenario.id: [call for trial in row.trials if trial.transcript for one in trial.transcript.spoken for call in one.trace.get("model_calls") or ()]
        for row in result.rows
    }
    return {name: calls for name, calls in found.items() if calls}  # type: ignore[misc]


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("suite", sorted(MOST_ASKING))
async def test_a_model_of_any_kind_loses_no_scenario_and_is_seldom_asked(company: Company, prepared: Path, tmp_path: Path, suite: str) -> None:
    def state(name: str) -> Path:
        return Path(shutil.copytree(prepared, tmp_path / name))

    bare = await _played(company, state("none"), suite, "")
    passed = {row.scenario.id for row in bare.rows if row.outcome == "passed"}
    for model in MODELS:
        result = await _played(company, state(model), suite, model)
        assert passed - {row.scenario.id for row in result.rows if row.outcome == "passed"} == set(), model
        asking = calls_of(result)
        print(f"{suite} with a {model} model: {Counter(row.outcome for row in result.rows)}")
        for name, calls in asking.items():
            print(f"  {name}: {len(calls)} calls, {sum(call['prompt'] for call in calls)} prompt tokens, {dict(Counter(call['task'] for call in calls))}")
        assert len(asking.keys() - WITH_MODEL) <= MOST_ASKING[suite]
