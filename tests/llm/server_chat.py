"""LangChain chat models for tests: one that asks a real server as its own class would, and one that only says what it was given, without tools."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

import httpx
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable


class ServerChat(BaseChatModel):
    """Streams from an address of chat completions and takes tools."""

    url: str
    max_retries: int = 2
    api_key: str = ""

    @property
    def _llm_type(self) -> str:
        return "server"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[Any, AIMessage]:
        return self.bind(tools=list(tools))

    def _generate(self, *_: Any, **__: Any) -> ChatResult:
        raise NotImplementedError

    async def _astream(self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: Any = None, **kwargs: Any) -> AsyncIterator[Any]:
        body = {"model": "test", "stream": True, "stream_options": {"include_usage": True}, "messages": [_told(each) for each in messages], **kwargs}
        timeout = httpx.Timeout(None, connect=1.0)
        async with httpx.AsyncClient(timeout=timeout) as client, client.stream("POST", f"{self.url}/chat/completions", json=body) as response:
            response.raise_for_status()
            async for line in response.aiter_lines():
                if line.startswith("data: {"):
                    yield ChatGenerationChunk(message=_chunk(json.loads(line[6:])))


class PlainChat(BaseChatModel):
    """Answers by what the last message holds; it has no tools, tells no usage, and says that it is finished only where `honest`."""

    honest: bool = True

    @property
    def _llm_type(self) -> str:
        return "plain"

    def _generate(self, *_: Any, **__: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage("whole", response_metadata={"finish_reason": "stop"}))])

    def _stream(self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: Any = None, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        text = say(str(messages[0].content), str(messages[-1].content))
        for at in range(0, len(text), 6):
            yield ChatGenerationChunk(message=AIMessageChunk(text[at : at + 6]))
        if self.honest:
            yield ChatGenerationChunk(message=AIMessageChunk("", response_metadata={"finish_reason": "stop"}))


def say(system: str, last: str) -> str:
    if "JSON Schema" in system:
        return 'Here it is:\n```json\n{"intent": "status"}\n```'
    if "<tool_result>" in last:
        return "It is in the hall of Hamburg."
    if "whereabouts" in last and "call these tools" in system:
        return '<tool_call>{"name": "get_order", "arguments": {"order": "12345"}}</tool_call>'
    return "Your order 12345 leaves on Friday."


def _told(message: BaseMessage) -> dict[str, Any]:
    role = {"human": "user", "ai": "assistant"}.get(message.type, message.type)
    told: dict[str, Any] = {"role": role, "content": message.content}
    if isinstance(message, AIMessage) and message.tool_calls:
        calls = [(call["id"], call["name"], json.dumps(call["args"])) for call in message.tool_calls]
        told["tool_calls"] = [{"id": own, "type": "function", "function": {"name": name, "arguments": text}} for own, name, text in calls]
    return told | ({"tool_call_id": message.tool_call_id} if message.type == "tool" else {})  # type: ignore[attr-defined]


def _chunk(data: dict[str, Any]) -> AIMessageChunk:
    usage, choices = data.get("usage"), data.get("choices") or [{}]
    delta, reason = choices[0].get("delta") or {}, choices[0].get("finish_reason")
    pieces = [
        {"index": each["index"], "id": each.get("id"), "name": each["function"].get("name"), "args": each["function"].get("arguments")}
        for each in delta.get("tool_calls") or ()
    ]
    metadata = {"input_tokens": usage["prompt_tokens"], "output_tokens": usage["completion_tokens"], "total_tokens": 0} if usage else None
    return AIMessageChunk(
        content=delta.get("content") or "",
        tool_call_chunks=[{**each, "type": "tool_call_chunk"} for each in pieces],
        response_metadata={"finish_reason": reason} if reason else {},
        usage_metadata=metadata,
    )
