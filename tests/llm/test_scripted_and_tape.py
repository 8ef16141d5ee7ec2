"""The scripted model's rules and the tape's memory."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from assistant.errors import ConfigError, ModelFailed
from assistant.llm.calls import reply_of
from assistant.llm.scripted import ScriptedModel, rules_of, scripted
from assistant.llm.tape import TapeModel, key_of
from assistant.model_types import ModelCall, ModelMessage, ModelReply, ModelRequest, ModelTool, TextDelta, Usage

SCRIPT = """
format: 1
rules:
  - when: {task: read, schema: true}
    json: {intent: status, slots: {}}
  - when: {user: "订单\\\\s*(?P<order>\\\\d+)", offers: get_order, round: 1}
    calls: [{name: get_order, arguments: {order: "{order}", more: ["{order}"]}}]
  - when: {tool: get_order, result: "promised (?P<day>\\\\w+)"}
    say: "It is promised for {day}. {unknown}"
    usage: {prompt: 10, completion: 5}
  - when: {user: fail, nth: 1}
    fault: rate_limited
    retry_after: 3
  - when: {user: fail}
    say: better
    fault: cut
    chunks: 2
    after: 2
  - when: {user: again}
    say: [one, two]
"""


def ask(text: str, **more: object) -> ModelRequest:
    return ModelRequest((ModelMessage("user", text),), **more)  # type: ignore[arg-type]


@pytest.fixture
def model(tmp_path: Path) -> ScriptedModel:
    path = tmp_path / "script.yaml"
    path.write_text(SCRIPT, encoding="utf-8")
    return scripted(path)


async def said(model: ScriptedModel | TapeModel, request: ModelRequest) -> ModelReply:
    return await reply_of(model.stream(request))


async def test_rules_look_at_task_words_tools_and_results(model: ScriptedModel) -> None:
    tool = ModelTool("get_order", "", {})
    assert json.loads((await said(model, ask("?", task="read", schema={"type": "object"}))).text) == {"intent": "status", "slots": {}}
    call = (await said(model, ask("订单 12345 呢", tools=(tool,)))).calls[0]
    assert json.loads(call.arguments) == {"order": "12345", "more": ["12345"]}
    after = (*ask("订单 12345 呢").messages, ModelMessage("assistant", "", (call,)), ModelMessage("tool", "promised Friday", call_id=call.id))
    reply = await said(model, ModelRequest(after, tools=(tool,)))
    assert reply.text == "It is promised for Friday. {unknown}"
    assert reply.usage == Usage(10, 5)


async def test_faults_come_when_they_should(model: ScriptedModel) -> None:
    with pytest.raises(ModelFailed) as first:
        await said(model, ask("fail"))
    assert (first.value.code, first.value.retry_after) == ("rate_limited", 3.0)
    with pytest.raises(ModelFailed) as second:
        await said(model, ask("fail"))
    assert (second.value.code, second.value.started) == ("cut", True)


async def test_answers_take_turns_and_what_no_rule_knows_is_refused(model: ScriptedModel) -> None:
    assert [(await said(model, ask("again"))).text for _ in range(3)] == ["one", "two", "one"]
    with pytest.raises(ModelFailed) as failed:
        await said(model, ask("unheard of"))
    assert failed.value.code == "refused"
    assert len(model.requests) == 4


def test_every_mistake_of_a_script_is_named() -> None:
    with pytest.raises(ConfigError) as wrong:
        rules_of({"rules": [{"when": {"usr": "x", "task": "reed", "user": "("}, "sya": "x", "fault": "odd"}, "x", {"calls": "x", "chunks": []}]})
    assert len(wrong.value.problems) >= 7
    for path in ({"rule": []}, [], None):
        with pytest.raises(ConfigError):
            rules_of(path)


def test_the_script_of_the_documentation_is_one() -> None:
    text = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    assert len(rules_of(yaml.safe_load(text.partition("```yaml")[2].partition("```")[0]))) == 5


def recorder(tmp_path: Path) -> TapeModel:
    return TapeModel(tmp_path / "t.jsonl", mode="record", inner=ScriptedModel(rules_of({"rules": [{"say": ["one", "two", "three"]}]}), name="m"))


async def test_a_tape_plays_each_occurrence_in_each_trial_and_nothing_else(tmp_path: Path) -> None:
    tape = recorder(tmp_path)
    for trial in (0, 0, 1):
        await said(tape, ask("?", trial=trial))
    again = TapeModel(tmp_path / "t.jsonl", mode="replay")
    assert again.name == "tape:replay:m"
    assert [(await said(again, ask("?", trial=trial))).text for trial in (1, 0, 0)] == ["three", "one", "two"]
    for unknown in (ask("?"), ask("other"), ask("?", temperature=0.5, trial=1), ask("?", trial=2)):
        with pytest.raises(ModelFailed) as failed:
            await said(again, unknown)
        assert failed.value.code == "no_recording"


async def test_faults_and_usage_are_played_back(tmp_path: Path) -> None:
    rules = rules_of({"rules": [{"when": {"user": "bad"}, "say": "half an answer", "fault": "server", "after": 1, "retry_after": 2}, {"say": "good"}]})
    tape = TapeModel(tmp_path / "t.jsonl", mode="record", inner=ScriptedModel(rules))
    whole = await said(tape, ask("good"))
    with pytest.raises(ModelFailed):
        await said(tape, ask("bad"))
    again = TapeModel(tmp_path / "t.jsonl", mode="replay")
    assert await said(again, ask("good")) == whole
    stream = again.stream(ask("bad"))
    assert await anext(stream) == TextDelta("half an ")
    with pytest.raises(ModelFailed) as failed:
        await anext(stream)
    assert (failed.value.code, failed.value.retry_after, failed.value.started) == ("server", 2.0, True)
    assert (tmp_path / "t.jsonl").stat().st_mode & 0o077 == 0


def test_a_tape_forgets_identifiers_and_times_and_nothing_that_matters() -> None:
    def key(conversation: str, stamp: str, call: str, *, order: str = "12345", day: str = "2026-06-15") -> str:
        text = f"[{conversation}] {stamp} order {order} is due on {day}; see {conversation}"
        calls = (ModelCall(call, "get_order", f'{{"order": "{order}", "in": "{conversation}"}}'),)
        return key_of(ModelRequest((ModelMessage("user", text), ModelMessage("assistant", "", calls), ModelMessage("tool", "ok", call_id=call))), "m")

    first = key("cv-019e8f1a2b3c4d5e6f708192", "2026-06-01T10:00:00+08:00", "call_Xy1")
    assert key("cv-0-000017", "2026-06-02 11:30", "call_0") == first
    assert key("cv-0-000017", "2026-06-02 11:30", "call_0", order="12346") != first
    assert key("cv-0-000017", "2026-06-02 11:30", "call_0", day="2026-06-16") != first
    assert key_of(replace(ask("?"), seed=1), "m") != key_of(ask("?"), "m") != key_of(ask("?"), "n")
    assert key_of(replace(ask("?"), seconds=1.0, conversation="cv-1", turn="t"), "m") == key_of(ask("?"), "m")


@pytest.mark.parametrize(
    "text", ["{", '{"tape": 1}', '{"tape": 9, "events": []}', '{"tape": 1, "key": "k", "trial": 0, "n": 1, "model": "m", "events": [[0, "x"]]}']
)
def test_what_is_no_tape_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.jsonl").write_text(text, encoding="utf-8")
    for path in (tmp_path / "t.jsonl", tmp_path / "none.jsonl"):
        with pytest.raises(ConfigError):
            TapeModel(path, mode="replay")
    with pytest.raises(ConfigError):
        TapeModel(tmp_path / "new.jsonl", mode="record")
