"""A hosted model against a server that fails in every way, refuses parameters, hides reasoning badly, and is not to learn or tell more than it must."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ConfigError, ModelFailed
from assistant.llm.back_ends import options_of
from assistant.llm.calls import json_of, reply_of
from assistant.llm.hosted import MOST_REFUSALS, HostedModel, Options, read_options
from assistant.llm.watch import Limits
from assistant.llm.wire import Dialect
from assistant.model_types import ModelCall, ModelMessage, ModelReply, ModelRequest, ModelTool, TextDelta, Thinking
from tests.llm.faulty import MODES, SAY, Answer, Faulty, FaultyProcess

KEY = "sk-secret-1234567890"
TOOL = ModelTool("get_order", "An order.", {"type": "object", "properties": {"order": {"type": "string"}}})
SCHEMA: dict[str, Any] = {"type": "object", "properties": {"intent": {"type": "string"}}, "required": ["intent"]}
# what a failing server is called; the other modes are answers that are complete and bad, which is for others to judge
CODES = {
    "refuse": {"unreachable"},
    "slow_connect": {"first_token", "unreachable"},
    "slow_first": {"first_token"},
    "drip": {"total", "first_token"},
    "keep_alive": {"first_token"},
    "cut": {"cut"},
    "cut_call": {"cut"},
    "rate_limited": {"rate_limited"},
    "server_error": {"server"},
    "unauthorized": {"unauthorized"},
    "overflow": {"overflow"},
    "reset": {"cut"},
    "huge_chunk": {"garbled"},
    "killed": {"cut"},
    "hung": {"idle", "total", "first_token"},
}
# these end by our deadline alone; the others have time enough on a machine that is busy
WAITED_FOR = ("slow_connect", "slow_first", "drip", "keep_alive", "hung")


@pytest.fixture(scope="module", autouse=True)
def _imported() -> None:
    """What is imported with the first model is not part of any time below."""
    HostedModel("test", base_url="http://127.0.0.1:9")


def ask(text: str = "Where is it?", **more: Any) -> ModelRequest:
    return ModelRequest((ModelMessage("system", "You help."), ModelMessage("user", text)), **{"seconds": 0.35, **more})


async def said(server: Faulty, mode: str = "", request: ModelRequest | None = None, **options: Any) -> ModelReply:
    model = HostedModel("test", base_url=server.url(mode), key=KEY, options=Options(**options))
    try:
        return await reply_of(model.stream(request or ask(seconds=5.0)))
    finally:
        await model.close()


@pytest.mark.parametrize("mode", MODES)
async def test_each_fault_ends_in_time_and_is_told_apart(mode: str) -> None:
    request = ask(
        seconds=0.35 if mode in WAITED_FOR else 3.0, tools=(TOOL,) if mode in ("cut_call", "wrong_tool", "unknown_arguments", "tool_loop", "bad_json") else ()
    )
    async with Faulty() as server:
        began = time.monotonic()
        if mode not in CODES:
            reply = await said(server, mode, request)
            assert reply.calls or reply.text or mode == "empty"
        else:
            with pytest.raises(ModelFailed) as failed:
                await said(server, mode, request)
            assert failed.value.code in CODES[mode]
            assert failed.value.retry_after == (7.0 if mode == "rate_limited" else None)
        assert time.monotonic() - began < (1.2 if mode in WAITED_FOR else 3.0)
        # the request is closed when the answer is given up
        while server.open and time.monotonic() - began < 5.0:
            await asyncio.sleep(0.01)
        assert server.open == 0
        assert server.seen[mode] == (0 if mode in ("refuse", "slow_connect") else 1)


async def test_a_server_process_that_is_killed_or_stands_still_is_survived() -> None:
    async with FaultyProcess() as server:
        model = HostedModel("test", base_url=server.url(), key=KEY)
        for mode, seconds in (("killed", 5.0), ("hung", 1.0), ("ok", 0.0)):
            await server.ensure()
            if seconds:
                with pytest.raises(ModelFailed) as failed:
                    await reply_of(model.stream(ask(f"[[fault:{mode}]]", seconds=seconds)))
                assert failed.value.code in CODES[mode]
            else:
                assert (await reply_of(model.stream(ask(seconds=5.0)))).text == SAY
        await model.close()
    assert server.seen == {"killed": 1, "hung": 1, "ok": 1}


@pytest.mark.parametrize("mode", ["no_stream_options", "no_schema", "no_max_tokens", "no_seed", "no_temperature"])
async def test_a_refused_parameter_is_left_out_from_then_on(mode: str) -> None:
    async with Faulty() as server:
        model = HostedModel("test", base_url=server.url(mode))
        for _ in range(2):
            reply = await reply_of(model.stream(ask(schema=SCHEMA, seconds=5.0)))
            assert json_of(reply.text) == {"intent": "status"} or mode == "no_schema"
        await model.close()
        assert model.dialect != Dialect()
        # the refusals are met once
        assert server.seen[mode] == (4 if mode == "no_schema" else 3)
        if mode == "no_schema":
            assert "JSON Schema" in server.requests[-1]["messages"][0]["content"]
            assert "response_format" not in server.requests[-1]


@pytest.mark.parametrize("mode", ["overflow", "server_error", "rate_limited", "unauthorized"])
async def test_a_refusal_of_the_request_itself_is_no_matter_of_parameters(mode: str) -> None:
    async with Faulty() as server:
        model = HostedModel("test", base_url=server.url(mode))
        with pytest.raises(ModelFailed):
            await reply_of(model.stream(ask(schema=SCHEMA)))
        await model.close()
        assert server.seen[mode] == 1
        assert model.dialect == Dialect()


async def test_what_did_not_help_is_not_remembered() -> None:
    async with Faulty(mode="no_to_all") as server:
        model = HostedModel("test", base_url=server.url())
        with pytest.raises(ModelFailed) as failed:
            await reply_of(model.stream(ask(schema=SCHEMA)))
        assert failed.value.code == "refused"
        assert 1 < server.seen["no_to_all"] <= MOST_REFUSALS + 1
        assert model.dialect == Dialect()
        await model.close()


async def test_the_key_is_nowhere_but_in_the_request(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with Faulty() as server:
        for mode in ("unauthorized", "server_error", "cut", "refuse", "error_event"):
            with pytest.raises(ModelFailed) as failed:
                await said(server, mode)
            assert KEY not in "".join(traceback.format_exception(failed.value))
            assert failed.value.__context__ is None
        assert KEY not in caplog.text
        assert server.headers[0]["authorization"] == f"Bearer {KEY}"
        assert KEY not in repr(HostedModel("test", base_url=server.url(), key=KEY))


async def test_other_peoples_environment_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-another-server")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    async with Faulty() as server:
        assert (await said(server)).text == SAY
        assert "org-of-another-server" not in str(server.headers)


@pytest.mark.parametrize("mode", ["think", "call_in_text"])
async def test_what_is_marked_in_the_text_is_not_shown(mode: str) -> None:
    async with Faulty() as server:
        reply = await said(server, mode, ask(seconds=5.0, tools=(TOOL,) if mode == "call_in_text" else ()))
    if mode == "think":
        assert reply.text == SAY
    else:
        assert reply.text.strip() == "Looking it up."
        assert reply.calls == (ModelCall("call_0", "get_order", '{"order": "12345"}'),)
        assert reply.reason == "tool_calls"


async def test_reasoning_in_its_own_field_is_a_sign_of_life_only() -> None:
    async with Faulty(reply=lambda _: Answer(("Yes.",), thinking=("It ", "may be."))) as server:
        model = HostedModel("test", base_url=server.url())
        events = [event async for event in model.stream(ask(seconds=5.0))]
        await model.close()
    assert events[:3] == [Thinking(), Thinking(), TextDelta("Yes.")]


async def test_reasoning_that_begins_without_its_mark_is_no_answer_unless_said_so() -> None:
    async with Faulty() as server:
        with pytest.raises(ModelFailed, match="thinks"):
            await said(server, "stray_think")
        assert (await said(server, "stray_think", thinks=True)).text == SAY


@pytest.mark.parametrize(("mode", "estimated"), [("no_usage", True), ("late_usage", True), ("no_done", False), ("whole", False), ("no_index", False)])
async def test_odd_servers_are_understood(mode: str, estimated: bool) -> None:
    async with Faulty() as server:
        began = time.monotonic()
        reply = await said(server, mode, ask(seconds=5.0, tools=(TOOL,)))
        assert [call.name for call in reply.calls] == ["get_order"]
        assert reply.calls[0].arguments == '{"order": "12345"}'
        assert reply.usage.estimated is estimated
        assert reply.usage.prompt > 0
        assert time.monotonic() - began < 1.2


@pytest.mark.parametrize(("mode", "code"), [("not_json", "garbled"), ("html", "cut"), ("error_event", "server"), ("redirect", "refused")])
async def test_what_is_no_answer_fails(mode: str, code: str) -> None:
    async with Faulty() as server:
        with pytest.raises(ModelFailed) as failed:
            await said(server, mode)
    assert failed.value.code == code


async def test_a_call_that_was_garbled_can_be_told_back() -> None:
    history = (ModelMessage("assistant", "", (ModelCall("c1", "get_order", '{"order": 12'),)), ModelMessage("tool", "no such order", call_id="c1"))
    async with Faulty() as server:
        await said(server, request=replace(ask(seconds=5.0), messages=(*ask().messages, *history)))
        assert server.requests[0]["messages"][2]["tool_calls"][0]["function"]["arguments"] == "{}"
        assert server.requests[0]["messages"][3] == {"role": "tool", "tool_call_id": "c1", "content": "no such order"}


async def test_limits_of_the_back_end_shorten_the_wait() -> None:
    async with Faulty() as server:
        for mode, code in (("slow_first", "first_token"), ("hung", "idle")):
            with pytest.raises(ModelFailed) as failed:
                await said(server, mode, ask(seconds=30.0), limits=Limits(first=0.1, idle=0.1))
            assert failed.value.code == code


async def test_a_connection_serves_many_calls() -> None:
    async with Faulty() as server:
        model = HostedModel("test", base_url=server.url())
        for _ in range(5):
            assert (await reply_of(model.stream(ask(seconds=5.0)))).text == SAY
        await model.close()
        assert server.connections == 1


async def test_a_consumer_that_just_stops_closes_the_request() -> None:
    async with Faulty(reply=lambda _: Answer(("word ",) * 100, each=0.05)) as server:
        model = HostedModel("test", base_url=server.url())
        async with aclosing(model.stream(ask(seconds=30.0))) as events:
            async for _ in events:
                break
        left = time.monotonic()
        while not server.gone and time.monotonic() - left < 1.0:
            await asyncio.sleep(0.005)
        assert server.gone
        await model.close()


async def test_prices_and_options_reach_where_they_belong() -> None:
    options = {"price": (1.5, 6.0), "extra": {"enable_thinking": False, "stream": False}, "headers": {"X-Team": "desk"}, "query": {"api-version": "1"}}
    async with Faulty() as server:
        reply = await said(server, **options)
        assert reply.usage.cost == round(120 * 1.5 + 30 * 6.0)
        assert server.requests[0]["enable_thinking"] is False
        assert server.requests[0]["stream"] is True
        assert server.headers[0]["x-team"] == "desk"


@pytest.mark.parametrize("address", ["", "example.com/v1", "ftp://example.com"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ConfigError):
        HostedModel("test", base_url=address, key=KEY)


def test_options_are_read_and_what_is_wrong_is_named() -> None:
    given = {"openai.thinks": "true", "openai.schema": "json_object", "openai.extra": '{"enable_thinking": false}', "temperature": "0.1", "llama.context": "1"}
    options = read_options(options_of(given, "openai."), limits=Limits())
    assert (options.thinks, options.dialect.schema, options.extra) == (True, "json_object", {"enable_thinking": False})
    assert options_of(given) == {"temperature": 0.1}
    with pytest.raises(ConfigError) as wrong:
        read_options({"thinks": "yes", "headers": {"a": 1}, "thinking": True}, limits=Limits())
    assert len(wrong.value.problems) == 3


def test_the_faulty_server_stands_alone() -> None:
    assert "assistant" not in Path(__file__).with_name("faulty.py").read_text(encoding="utf-8").replace('"assistant"', "")
