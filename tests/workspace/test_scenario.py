"""Scenario files: what is read, and that every mistake is told with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.workspace.scenario import Scenario, read_scenario

HEAD = "id: A\nlanguage: zh\nas: {company: C1, contact: 李伟}\nclock: 2026-06-01T10:00:00+08:00\n"


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "a.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def whole(path: Path) -> Scenario:
    scenario, found = read_scenario(path)
    assert scenario is not None
    assert found == ()
    return scenario


def problems(path: Path) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in read_scenario(path)[1]]


def test_every_kind_of_turn_is_read(written: Callable[[str], Path]) -> None:
    path = written(
        HEAD + "turns:\n"
        "  - {say: 改期, paraphrases: [改一下], expect: {slot: {date: 2026-06-15}, reply_matches: 'a|b', writes: 0}}\n"
        "  - {as: {company: C2, contact: Dana, channel: email}}\n"
        "  - {clock: 2026-06-02T10:00:00+08:00}\n"
        "  - {agent: {name: 小陈, say: 您好}}\n"
        "  - {agent: {name: 小陈, close: true}}\n"
        "  - {parallel: [确认, 确认]}\n"
        "  - {drop_socket: true}\n"
        "  - {kill_model: true, requires: model}\n"
        "end: {orders: {'12345': {delivery_date: 2026-06-15}}, tickets: [{kind: rma}], handoff: none}\n"
    )
    found = whole(path)
    assert [turn.kinds for turn in found.turns] == [("say",), ("as",), ("clock",), ("agent",), ("agent",), ("parallel",), ("drop_socket",), ("kill_model",)]
    assert found.turns[0].expect.slot == {"date": "2026-06-15"}
    assert found.turns[0].expect.reply_matches == ("a|b",)
    assert found.turns[7].requires == ("model",)
    assert found.budget == 3
    assert found.clock.hour == 2


FAULTS = {
    "an unknown key": ("turns:\n  - {say: hi, expects: {}}\n", 6, "unknown key 'expects'"),
    "an unknown expectation": ("turns:\n  - say: hi\n    expect:\n      reply_match: a\n", 8, "unknown key 'reply_match'"),
    "a broken pattern": ("turns:\n  - say: hi\n    expect: {reply_matches: ['(']}\n", 7, "no regular expression"),
    "two kinds": ("turns:\n  - {say: hi, drop_socket: true}\n", 6, "say and drop_socket"),
    "no kind": ("turns:\n  - {say: hi}\n  - {paraphrases: [a]}\n", 7, "a turn is one of"),
    "a stage that is none": ("turns:\n  - say: hi\n    expect: {state: asking}\n", 7, "'asking' is not one of"),
    "a missing file": ("turns:\n  - {say: hi, attach: photo.png}\n", 6, "no file 'photo.png'"),
    "an earlier turn that is later": ("turns:\n  - say: hi\n    expect: {same_as: 2}\n", 7, "turn 2 is not an earlier turn"),
    "an order field": ("turns: [{say: hi}]\nend: {orders: {'1': {date: 2026-06-15}}}\n", 6, "orders have no 'date'"),
    "a hand-off key": ("turns: [{say: hi}]\nend:\n  handoff: {team: claims}\n", 7, "hand-offs have no 'team'"),
    "unchanged and changed": ("turns: [{say: hi}]\nend: {unchanged: true, tickets: [{kind: rma}]}\n", 6, "something changes"),
    "silence": ("turns: [{drop_socket: true}]\n", 5, "nobody says anything"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_mistake_is_told_with_its_line(name: str, written: Callable[[str], Path]) -> None:
    text, line, words = FAULTS[name]
    found = problems(written(HEAD + text))
    assert any(problem.startswith(f"{line}: ") and words in problem for problem in found), found


def test_a_file_that_is_no_scenario(written: Callable[[str], Path], tmp_path: Path) -> None:
    assert problems(written("")) == ["0: the file is empty"]
    assert read_scenario(tmp_path / "none.yaml")[0] is None
    assert problems(tmp_path / "none.yaml")


def test_no_procedure_may_be_expected(written: Callable[[str], Path]) -> None:
    path = written(HEAD + "turns:\n  - {say: 你好, expect: {state: none}}\n  - {say: 改期, expect: {state: collect}}\n")
    assert [turn.expect.state for turn in whole(path).turns] == ["none", "collect"]
