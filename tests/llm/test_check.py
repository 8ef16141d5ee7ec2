"""The check finds a fit model fit, and says of an unfit one for what and why."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.llm.check import NEEDS, check, refusals
from assistant.llm.hosted import HostedModel
from assistant.llm.scripted import ScriptedModel, rules_of
from tests.llm.faulty import Answer, Faulty

GOOD = [
    {"when": {"schema": True}, "json": {"intent": "return", "order": "12345"}},
    {"when": {"tool": "get_order", "result": r'arrives": "(?P<day>[\d-]+)'}, "say": "It arrives on {day}."},
    {"when": {"offers": "get_order"}, "calls": [{"name": "get_order", "arguments": {"order": "12345"}}]},
    {"when": {"user": "几点"}, "say": "我们周一到周五上午九点到下午六点上班。"},
    {"when": {"user": r"heron lamp, shelf (?P<shelf>\d+)"}, "say": "On shelf {shelf}."},
    {"say": "one, two, three, four, five, six, seven"},
]


async def test_a_fit_model_is_fit_for_every_task() -> None:
    report = await check(ScriptedModel(rules_of({"rules": GOOD}), name="good"))
    assert [probe for probe in report.probes if not probe.ok] == []
    assert report.marks == dict.fromkeys(NEEDS, True)
    assert refusals(report.as_json(), tuple(NEEDS)) == {}


@pytest.mark.parametrize(
    ("rule", "unfit"),
    [
        ({"when": {"schema": True}, "say": "It is about a return."}, {"read", "judge"}),
        ({"when": {"user": "几点"}, "say": "We open at 9 and close at 6."}, set(NEEDS)),
        ({"when": {"user": "heron"}, "fault": "overflow"}, {"answer", "draft"}),
        ({"when": {"user": "numbers"}, "say": "one, two", "chunks": 100}, {"answer", "draft"}),
        ({"when": {"user": "numbers"}, "say": "one", "each": 0.2, "chunks": 1, "usage": {"prompt": 1, "completion": 1}}, {"answer"}),
    ],
)
async def test_an_unfit_one_is_refused_with_its_reason(rule: dict[str, Any], unfit: set[str]) -> None:
    report = await check(ScriptedModel(rules_of({"rules": [rule, *GOOD]}), name="bad"))
    found = refusals(report.as_json(), tuple(NEEDS))
    assert set(found) == unfit
    assert all(found.values())


async def test_one_that_calls_no_tools_still_answers_and_it_is_told() -> None:
    report = await check(ScriptedModel(rules_of({"rules": [{"when": {"offers": "get_order"}, "say": "I do not know."}, *GOOD]}), name="plain"))
    assert report.marks["answer"]
    assert {probe.name for probe in report.probes if not probe.ok} == {"tools", "tool_result"}


async def test_a_server_that_fails_is_told_and_the_time_is_kept() -> None:
    async with Faulty(mode="keep_alive", reply=lambda _: Answer(("yes",))) as server:
        model = HostedModel("test", base_url=server.url())
        report = await check(model, seconds=0.5)
        await model.close()
    assert not any(report.marks.values())
    assert report.probes[0].detail.startswith("first_token")
    assert report.probes[-1].detail.startswith("total")
