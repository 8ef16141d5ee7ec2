"""The assistant of this process as a subject: set back between scenarios, spoken to, handed to a person, looked into."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.app import Company, build
from assistant.config import Config
from assistant.evaluation.runner import play_trial
from assistant.evaluation.subject import InProcess
from assistant.tools.fixture import fixture_rows
from assistant.workspace.scenario import Contact, Scenario, read_scenario

ROOT = Path(__file__).parents[2]
ROWS = ROOT / "evals" / "scenarios"


def row_of(name: str) -> Scenario:
    scenario, problems = read_scenario(ROWS / f"{name}.yaml")
    assert scenario is not None
    assert not problems
    return scenario


@pytest.fixture
async def subject(company: Company, prepared: Path, tmp_path: Path) -> AsyncIterator[InProcess]:
    clock = row_of("Z01_delivery_date_seed").clock
    assistant = build(Config(ROOT, shutil.copytree(prepared, tmp_path / "state"), clock=clock), company=company)
    await assistant.start()
    made = InProcess(assistant, fixture_rows(company.workspace, company.rules))
    yield made
    await made.close()


async def test_rows_pass_from_the_fixture_each_time(subject: InProcess) -> None:
    for row in ("Z01_delivery_date_seed", "Z12_late_damage", "Z15_person_and_back", "E13_specification", "E18_yes_twice"):
        scenario = row_of(row)
        trials = [await play_trial(subject, scenario, number=number, seed=1) for number in range(2)]
        assert [(trial.outcome, trial.failures) for trial in trials] == [("passed", ())] * 2, row


async def test_setting_back_empties_the_state_and_keeps_the_documents(subject: InProcess) -> None:
    clock = row_of("Z01_delivery_date_seed").clock
    await subject.reset(clock)
    fresh = await subject.state()
    conversation = await subject.open(Contact("C3", "王芳"))
    for words in ("取消12370", "确认"):
        view = await subject.say(conversation, words, message=words)
    assert (await subject.state())["orders"] != fresh["orders"]
    assert (await subject.trace(str(view["turn"])))["principal"]["company"] == "C3"  # type: ignore[index, call-overload]
    assert [bubble.role for bubble in await subject.log(conversation)] == ["customer", "assistant"] * 2
    await subject.reset(clock)
    assert await subject.state() == fresh
    answer = await subject.say(await subject.open(Contact("C1", "李伟")), "P-100的扬程是多少", message="q")
    citation = answer["citations"][0]  # type: ignore[index]
    assert "32 m" in str(await subject.section(citation["document"], citation["version"], citation["section"]))  # type: ignore[index, call-overload, arg-type]
    assert await subject.section("no-such-document", 1, "x") is None
