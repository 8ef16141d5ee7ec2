"""Playing scenarios against a scripted subject: what it is told, how trials differ, what counts as what, and the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as xml

import pytest

from assistant.errors import ConfigError, NotFound
from assistant.evaluation import report
from assistant.evaluation.result import Result, Row, Trial
from assistant.evaluation.runner import play_suite, play_trial, run_suite, wording
from assistant.evaluation.transcript import Failure
from assistant.workspace.scenario import AgentDoes, Contact, End, Expect, Turn
from tests.evaluation.fake import NOW, Scripted, moves_dates, scenario, view

CHANGE = (Turn(say="12345改到6月15日", paraphrases=("一", "二", "三")), Turn(say="确认"))
MOVED = End(orders={"12345": {"delivery_date": "2026-06-15"}})


async def test_a_scenario_that_passes_does_so_in_every_trial() -> None:
    subject = Scripted(moves_dates)
    result = await play_suite(subject, [scenario(*CHANGE, end=MOVED)], suite="s", trials=4, seed=7)
    assert result.rows[0].outcome == "passed"
    said = subject.heard[::2]
    assert said[0] == "12345改到6月15日"
    assert sorted(said[1:]) == ["一", "三", "二"]


def test_paraphrases_are_drawn_by_the_seed() -> None:
    made = scenario(*CHANGE)
    drawn = [[wording(made, 1, trial=trial, seed=seed) for trial in range(1, 4)] for seed in range(12)]
    assert drawn[0] == [wording(made, 1, trial=trial, seed=0) for trial in range(1, 4)]
    assert len({tuple(words) for words in drawn}) > 1


async def test_every_kind_of_step_reaches_the_subject() -> None:
    subject = Scripted(lambda _, text: view(f"好的，{text}"), parts=frozenset({"model"}))
    turns = (
        Turn(as_=Contact("C1", "王")), Turn(clock=NOW.replace(day=2)), Turn(agent=AgentDoes("小陈", say="您好")), Turn(agent=AgentDoes("小陈", close=True)),
        Turn(kill_model=True), Turn(drop_socket=True), Turn(parallel=("甲", "乙")),
    )  # fmt: skip
    trial = await play_trial(subject, scenario(*turns), number=0, seed=1)
    assert subject.did == ["open C1/李伟", "open C1/王", "小陈: 您好", "小陈 closes", "kill"]
    assert subject.heard == ["甲", "乙"]
    assert subject.now == NOW.replace(day=2)
    assert trial.transcript is not None
    assert len(trial.transcript.resumed or ()) == 4
    assert trial.outcome == "passed"


async def test_a_missing_part_is_never_a_pass() -> None:
    subject = Scripted(moves_dates)
    whole = await play_trial(subject, scenario(*CHANGE, end=MOVED, requires=("drafts",)), number=0, seed=1)
    assert (whole.outcome, whole.transcript, subject.heard) == ("not run", None, [])
    part = (CHANGE[0], Turn(kill_model=True, requires=("model",)), CHANGE[1])
    assert (await play_trial(subject, scenario(*part, end=MOVED), number=0, seed=1)).outcome == "not run"
    assert (await play_trial(subject, scenario(*part), number=0, seed=1)).outcome == "failed"


async def test_what_the_subject_raises_is_a_failure_of_the_row() -> None:
    def broken(subject: Scripted, text: str) -> Mapping[str, Any]:
        raise NotFound("no such conversation") if text == "a" else KeyError("bug")

    for words in ("a", "b"):
        trial = await play_trial(Scripted(broken), scenario(Turn(say=words)), number=0, seed=1)
        assert [failure.rule for failure in trial.failures] == ["crash"]


def row(id: str, passes: str, language: str = "zh", mirrors: str = "") -> Row:
    failed = (Failure("state", 0, "a", "b\x0b"),)
    trials = tuple(
        Trial(number, () if mark == "+" else failed, ("model",) if mark == "?" else ()) for number, mark in enumerate(passes.replace("?", "+?")[-len(passes) :])
    )
    return Row(replace(scenario(), id=id, language=language, mirrors=mirrors), trials)  # type: ignore[arg-type]


def test_scores_and_the_gap_between_the_languages() -> None:
    result = Result("s", (row("a", "+++"), row("b", "++-"), row("c", "+++", "en", "a"), row("d", "---", "en", "b")), 3, 1)
    assert result.score("zh").power == {1: pytest.approx((1 + 2 / 3) / 2), 3: 0.5}
    assert result.score("en").power == {1: 0.5, 3: 0.5}
    assert (result.score().rows, result.score().passed) == (4, 2)
    shown = report.table(result)
    assert "gap  pass^1 +33.3 points" in shown
    assert "1 of 2 with the same outcome; apart: b 2/3 · d 0/3" in shown


def test_a_row_that_was_not_run_is_no_part_of_the_score() -> None:
    waiting = Row(scenario(), (Trial(0, skipped=("drafts",)),))
    result = Result("s", (waiting, row("b", "+")), 1, 1)
    assert (waiting.outcome, result.score().rows) == ("not run", 1)
    assert "not run: T1" in report.table(result)


def test_junit_tells_failures_and_what_was_skipped() -> None:
    result = Result("s", (row("a", "+"), row("b", "-"), Row(scenario(), (Trial(0, skipped=("drafts",)),))), 1, 1)
    suite = xml.fromstring(report.as_junit(result))
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "1", "1")
    assert [case.get("name") for case in suite if case.find("failure") is not None] == ["b"]
    assert [case.get("name") for case in suite if case.find("skipped") is not None] == ["T1"]


FILE = "id: R\nlanguage: zh\nas: {company: C1, contact: 李伟}\nclock: 2026-06-01T10:00:00+08:00\nturns: [{say: 12345改到6月15日}, {say: 确认}]\n"
END = "end: {orders: {'12345': {delivery_date: 2026-06-15}}}\n"


@pytest.fixture
def suite(tmp_path: Path) -> Callable[[str], Path]:
    def write(row_text: str) -> Path:
        (tmp_path / "assistant.toml").write_text("", encoding="utf-8")
        (tmp_path / "r.yaml").write_text(row_text, encoding="utf-8")
        (tmp_path / "s.yaml").write_text("id: s\nscenarios: [r.yaml]\n", encoding="utf-8")
        return tmp_path / "s.yaml"

    return write


async def scripted(workspace: Path, state: Path) -> Scripted:
    assert state.is_dir()
    return Scripted(moves_dates)


async def cannot_start(workspace: Path, state: Path) -> Scripted:
    raise ConfigError("the workspace has 1 problem", problems=["corpus/intents.yaml:3: unknown key"])


def test_exit_codes_and_reports(suite: Callable[[str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[tuple[str, int, int]] = []
    out = tmp_path / "reports"
    assert run_suite(suite(FILE + END), start=scripted, out=out, trials=2, progress=lambda *step: seen.append(step)) == 0
    assert seen == [("s", 1, 1)]
    told = json.loads((out / "s.json").read_text(encoding="utf-8"))
    assert told["scores"]["all"] == {"rows": 1, "passed": 1, "pass^1": 1.0, "pass^2": 1.0}
    assert [turn["text"] for turn in told["rows"][0]["trials"][0]["turns"]] == ["12345改到6月15日", "确认"]
    assert xml.parse(out / "s.xml").getroot().get("failures") == "0"
    assert run_suite(suite(FILE), start=scripted) == 1
    assert "order 12345 delivery_date 2026-06-10, got 2026-06-15" in capsys.readouterr().out


def test_what_cannot_be_played_is_a_set_up_error(suite: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_suite(suite(FILE + END), start=cannot_start) == 2
    assert "corpus/intents.yaml:3: unknown key" in capsys.readouterr().out
    assert run_suite(suite(FILE + "ends: {}\n"), start=scripted) == 2
    assert "r.yaml:6: ends: unknown key 'ends'" in capsys.readouterr().out


def test_expectations_of_turns_are_part_of_the_grade(suite: Callable[[str], Path]) -> None:
    assert Expect(rule="DATE.ok") != Expect()
    wrong = FILE.replace("{say: 确认}", "{say: 确认, expect: {rule: DATE.ok}}")
    assert run_suite(suite(wrong + END), start=scripted) == 1
