"""Every back end against the same expectations, real engines among them; what one cannot be made to do (a real engine cuts nothing) is left out by name."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from assistant.errors import ModelFailed
from assistant.llm.calls import json_of, reply_of
from assistant.llm.hosted import HostedModel
from assistant.llm.langchain import LangchainModel, langchain_model
from assistant.llm.local import LocalModel, LocalOptions
from assistant.llm.scripted import ScriptedModel, rules_of
from assistant.llm.tape import TapeModel
from assistant.model_types import CallDelta, Finished, ModelMessage, ModelRequest, ModelTool, TextDelta, Usage
from assistant.ports import ChatModel
from tests.llm.faulty import Answer, Faulty
from tests.llm.server_chat import PlainChat
from tests.llm.tiny_gguf import write

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENGINES = ("xllamacpp", "llama_cpp")
BACK_ENDS = ("hosted", "server", *ENGINES, "langchain", "langchain_plain", "scripted", "record", "replay")
SAYS = "Your order 12345 leaves on Friday."
FOUND = "It is in the hall of Hamburg."
CALL = '<tool_call>\n{"name": "get_order", "arguments": {"order": "12345"}}\n</tool_call>'
TOOL = ModelTool("get_order", "An order by its number.", {"type": "object", "properties": {"order": {"type": "string"}}, "required": ["order"]})
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"intent": {"type": "string", "enum": ["status"]}},
    "required": ["intent"],
    "additionalProperties": False,
}
RULES = {
    "rules": [
        {"when": {"user": r"fault:cut"}, "say": SAYS, "fault": "cut", "after": 2},
        {"when": {"user": r"fault:hung"}, "say": SAYS, "fault": "hang", "after": 1},
        {"when": {"user": "slowly"}, "say": SAYS * 20, "each": 0.1},
        {"when": {"schema": True}, "json": {"intent": "status"}},
        {"when": {"tool": "get_order"}, "say": FOUND},
        {"when": {"user": r"whereabouts of (?P<order>\d+)", "offers": "get_order"}, "calls": [{"name": "get_order", "arguments": {"order": "{order}"}}]},
        {"say": SAYS},
    ]
}


def ask(text: str, **more: Any) -> ModelRequest:
    return ModelRequest((ModelMessage("system", "You help."), ModelMessage("user", text)), seed=1, **more)


def answered(request: ModelRequest, reply: Any) -> ModelRequest:
    """The next request of a tool loop."""
    results = tuple(ModelMessage("tool", '{"place": "the warehouse"}', call_id=call.id) for call in reply.calls)
    return replace(request, messages=(*request.messages, ModelMessage("assistant", reply.text, reply.calls), *results))


WHERE = ask("whereabouts of 12345?", tools=(TOOL,))
INTENT = ask("intent?", schema=SCHEMA, max_tokens=60)
SLOWLY = ask("slowly", max_tokens=3000)


@dataclass
class Bench:
    """A back end, and the server behind it where there is one that counts."""

    name: str
    model: ChatModel
    server: Faulty | None = None

    def lacks(self, *names: str) -> None:
        if self.name in names:
            pytest.skip(f"{self.name} cannot be made to do this")


def good(body: dict[str, Any]) -> Answer:
    """What the server says: as the scripted rules do."""
    last = body["messages"][-1]
    if body.get("response_format") or "JSON Schema" in str(body["messages"][0]["content"]):
        return Answer(('{"intent":', ' "status"}'))
    if last["role"] == "tool":
        return Answer(("It is in ", "the hall ", "of Hamburg."))
    if body.get("tools"):
        return Answer((), (("get_order", '{"order": "12345"}'),))
    if "slowly" in str(last["content"]):
        return Answer((SAYS,) * 20, each=0.1)
    return Answer(("Your order ", "12345 leaves ", "on Friday."))


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=BACK_ENDS)
async def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    name, folder = request.param, tmp_path_factory.mktemp("back_end")
    async with AsyncExitStack() as stack:
        made = await make(name, folder, stack)
        try:
            yield made
        finally:
            await made.model.close()


async def make(name: str, folder: Path, stack: AsyncExitStack) -> Bench:
    match name:
        case "hosted" | "langchain" | "record":
            server = await stack.enter_async_context(Faulty(reply=good))
            hosted = HostedModel("test", base_url=server.url(), key="sk-test")
            if name == "langchain":
                return Bench(name, langchain_model("tests.llm.server_chat:ServerChat", {"url": server.url()}), server)
            return Bench(name, TapeModel(folder / "tape.jsonl", mode="record", inner=hosted) if name == "record" else hosted, server)
        case "server":
            xllamacpp = pytest.importorskip("xllamacpp")
            params = xllamacpp.CommonParams()
            params.model.path = str(gguf(folder))
            params.port, params.n_ctx, params.n_parallel, params.cpuparams.n_threads, params.verbosity = 0, 8192, 2, 1, 0
            running = xllamacpp.Server(params)
            stack.callback(lambda: running)
            return Bench(name, HostedModel("tiny", base_url=f"{running.listening_address}/v1"))
        case "xllamacpp" | "llama_cpp":
            if find_spec(name) is None:
                pytest.skip(f"{name} is not installed")
            return Bench(name, LocalModel(gguf(folder), options=LocalOptions(engine=name, threads=1, parallel=1, context=4096, queue=20)))
        case "langchain_plain":
            return Bench(name, LangchainModel(PlainChat()))
        case "scripted":
            return Bench(name, ScriptedModel(rules_of(RULES)))
        case _:
            return Bench(name, await recorded(folder / "tape.jsonl"))


def gguf(folder: Path) -> Path:
    when = {"slowly": "One, two, three and so on. ", "whereabouts": CALL, "warehouse": FOUND}
    return write(folder / "tiny.gguf", SAYS, when, endless="slowly")


async def recorded(path: Path) -> TapeModel:
    """A tape of everything that is asked below, as often as it is asked."""
    recorder = TapeModel(path, mode="record", inner=ScriptedModel(rules_of(RULES), name="script"))
    reply = await reply_of(recorder.stream(WHERE))
    for request in (WHERE, answered(WHERE, reply), INTENT, *[ask("hello")] * 12):
        await reply_of(recorder.stream(request))
    async with aclosing(recorder.stream(SLOWLY)) as events:
        assert await anext(events)
    for request in (ask("[[fault:cut]]"), ask("[[fault:hung]]", seconds=0.3)):
        with pytest.raises(ModelFailed):
            await reply_of(recorder.stream(request))
    return TapeModel(path, mode="replay", model="script")


async def test_text_comes_in_pieces_and_in_order(bench: Bench) -> None:
    events = [event async for event in bench.model.stream(ask("hello"))]
    texts = [event.text for event in events if isinstance(event, TextDelta)]
    assert "".join(texts) == SAYS
    assert len(texts) >= 2
    assert isinstance(events[-1], Finished)
    assert events[-1].reason == "stop"
    assert sum(isinstance(event, Finished) for event in events) == 1


async def test_usage_is_told_or_estimated_and_never_zero(bench: Bench) -> None:
    usage = [event async for event in bench.model.stream(ask("hello")) if isinstance(event, Usage)][-1]
    assert usage.prompt > 0
    assert usage.completion > 0
    assert usage.estimated == (bench.name in ("langchain_plain", "scripted", "replay"))


async def test_a_tool_is_called(bench: Bench) -> None:
    events = [event async for event in bench.model.stream(WHERE)]
    first = next(event for event in events if isinstance(event, CallDelta))
    assert (first.index, first.name) == (0, "get_order")
    assert first.id
    reply = await reply_of(_again(events))
    assert [(call.name, json_of(call.arguments)) for call in reply.calls] == [("get_order", {"order": "12345"})]
    assert reply.reason == "tool_calls"
    assert not reply.text


async def test_a_tool_result_goes_back(bench: Bench) -> None:
    if bench.name != "replay":
        reply = await reply_of(bench.model.stream(WHERE))
    else:
        reply = await reply_of(ScriptedModel(rules_of(RULES)).stream(WHERE))
    after = await reply_of(bench.model.stream(answered(WHERE, reply)))
    assert (after.text, after.calls) == (FOUND, ())


async def test_json_of_a_schema(bench: Bench) -> None:
    reply = await reply_of(bench.model.stream(INTENT))
    assert json_of(reply.text) == {"intent": "status"}


async def test_calls_run_side_by_side(bench: Bench) -> None:
    replies = await asyncio.gather(*(reply_of(bench.model.stream(ask("hello"))) for _ in range(8)))
    assert {reply.text for reply in replies} == {SAYS}


async def test_leaving_closes_the_request_within_a_second(bench: Bench) -> None:
    began = time.monotonic()
    async with aclosing(bench.model.stream(SLOWLY)) as events:  # type: ignore[type-var]
        assert await anext(events)
        left = time.monotonic()
    assert time.monotonic() - left < 1.0
    if bench.server is not None:
        while not bench.server.gone and time.monotonic() - left < 1.0:
            await asyncio.sleep(0.01)
        assert bench.server.gone
    if bench.name in ENGINES:
        # one place: an answer that still ran would hold it
        assert (await reply_of(bench.model.stream(ask("hello", seconds=1.0)))).text == SAYS
    assert time.monotonic() - began < 10


async def test_a_cut_stream_is_no_answer(bench: Bench) -> None:
    bench.lacks("server", *ENGINES, "langchain_plain")
    with pytest.raises(ModelFailed) as failed:
        await reply_of(bench.model.stream(ask("[[fault:cut]]")))
    assert failed.value.code == "cut"
    assert failed.value.started


async def test_time_runs_out(bench: Bench) -> None:
    bench.lacks("server", *ENGINES, "langchain_plain")
    began = time.monotonic()
    with pytest.raises(ModelFailed) as failed:
        await reply_of(bench.model.stream(ask("[[fault:hung]]", seconds=0.3)))
    assert failed.value.code == "total"
    assert time.monotonic() - began < 1.0


async def test_it_says_who_it_is(bench: Bench) -> None:
    assert bench.model.name.split(":")[0] in await bench.model.ping()


async def _again(events: list[Any]) -> AsyncIterator[Any]:
    for event in events:
        yield event
