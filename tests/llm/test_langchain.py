"""LangChain models: what they are made with, what completes them, and what becomes of their errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk

from assistant.errors import ConfigError, ModelFailed
from assistant.llm.calls import reply_of
from assistant.llm.langchain import LangchainModel, langchain_model
from assistant.model_types import ModelCall, ModelMessage, ModelRequest, ModelTool, TextDelta, Thinking
from tests.llm.faulty import Faulty
from tests.llm.server_chat import PlainChat, ServerChat

REQUEST = ModelRequest((ModelMessage("user", "hello"),), seconds=5.0)


class Chunks(PlainChat):
    """Streams what it is given; an exception among it is raised."""

    chunks: list[Any]
    heard: list[BaseMessage] = []  # noqa: RUF012 - a field of a pydantic model

    async def _astream(self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: Any = None, **kwargs: Any) -> AsyncIterator[Any]:
        self.heard.extend(messages)
        for each in self.chunks:
            if isinstance(each, Exception):
                raise each
            yield ChatGenerationChunk(message=each)


class RateLimitError(Exception):
    pass


class APIConnectionError(Exception):
    pass


def test_the_class_is_made_without_retries_and_nothing_wrong_is_made() -> None:
    made = langchain_model("tests.llm.server_chat:ServerChat", {"url": "http://127.0.0.1:9/v1"})
    assert made._chat.max_retries == 0
    assert langchain_model("tests.llm.server_chat:PlainChat", {"trust_end": True})._trust_end
    for spec in ("nowhere", "no.module:X", "json:loads", "tests.llm.server_chat:Missing", ":"):
        with pytest.raises(ConfigError):
            langchain_model(spec)
    with pytest.raises(ConfigError) as wrong:
        langchain_model("tests.llm.server_chat:ServerChat", {"url": 5, "api_key": {"sk": "secret-key"}})
    assert "url" in str(wrong.value)
    assert "secret-key" not in str(wrong.value)


async def test_a_last_chunk_of_langchains_own_completes_nothing() -> None:
    with pytest.raises(ModelFailed) as failed:
        await reply_of(LangchainModel(PlainChat(honest=False)).stream(REQUEST))
    assert failed.value.code == "cut"
    assert (await reply_of(LangchainModel(PlainChat(honest=False), trust_end=True).stream(REQUEST))).reason == "stop"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RateLimitError("slow down"), "rate_limited"),
        (APIConnectionError("no route"), "unreachable"),
        (ValueError("maximum context length is 5 tokens"), "overflow"),
        (RuntimeError("?"), "server"),
    ],
)
async def test_errors_of_any_library_are_told_apart(error: Exception, code: str) -> None:
    with pytest.raises(ModelFailed) as failed:
        await reply_of(LangchainModel(Chunks(chunks=[error])).stream(REQUEST))
    assert failed.value.code == code
    with pytest.raises(ModelFailed) as later:
        await reply_of(LangchainModel(Chunks(chunks=[AIMessageChunk("so"), error])).stream(REQUEST))
    assert later.value.started


@pytest.mark.parametrize(("mode", "code"), [("rate_limited", "rate_limited"), ("unauthorized", "unauthorized"), ("refuse", "unreachable"), ("reset", "cut")])
async def test_faults_of_its_server_are_told_apart(mode: str, code: str) -> None:
    async with Faulty() as server:
        with pytest.raises(ModelFailed) as failed:
            await reply_of(LangchainModel(ServerChat(url=server.url(mode))).stream(REQUEST))
    assert failed.value.code == code
    assert failed.value.retry_after == (7.0 if mode == "rate_limited" else None)


async def test_content_in_blocks_and_reasoning() -> None:
    chunks = [
        AIMessageChunk([{"type": "thinking", "thinking": "hm"}]),
        AIMessageChunk("", additional_kwargs={"reasoning_content": "hm"}),
        AIMessageChunk([{"type": "text", "text": "Yes."}]),
        AIMessageChunk("", response_metadata={"stop_reason": "end_turn"}, usage_metadata={"input_tokens": 7, "output_tokens": 2, "total_tokens": 9}),
    ]
    events = [event async for event in LangchainModel(Chunks(chunks=chunks)).stream(REQUEST)]
    assert events[:3] == [Thinking(), Thinking(), TextDelta("Yes.")]
    reply = await reply_of(LangchainModel(Chunks(chunks=chunks)).stream(REQUEST))
    assert (reply.usage.prompt, reply.usage.completion, reply.usage.estimated) == (7, 2, False)


async def test_a_model_without_tools_is_told_them_as_text() -> None:
    done = AIMessageChunk('{"name": "f", "arguments": {"a": 1}}', response_metadata={"finish_reason": "stop"})
    chat = Chunks(chunks=[done])
    call = ModelCall("c", "f", '{"a": 0}')
    messages = (*REQUEST.messages, ModelMessage("assistant", "", (call,)), ModelMessage("tool", "none", call_id="c"))
    reply = await reply_of(LangchainModel(chat).stream(ModelRequest(messages, tools=(ModelTool("f", "does", {}),))))
    assert [(each.name, each.arguments) for each in reply.calls] == [("f", '{"a": 1}')]
    assert reply.text == ""
    assert [message.type for message in chat.heard] == ["system", "human", "ai", "human"]
    assert "call these tools" in str(chat.heard[0].content)
    assert "<tool_call>" in str(chat.heard[2].content)
