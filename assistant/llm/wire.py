"""The chat-completions format: a request as its JSON, and a server's stream as events; it opens no connection and repairs no answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from assistant.errors import ModelFailed
from assistant.llm.calls import MOST_CALLS, TextReader, schema_as_text
from assistant.llm.failures import of_event
from assistant.model_types import CallDelta, FinishReason, ModelEvent, ModelMessage, ModelRequest, Thinking, Usage
from assistant.types import Json

Schemas = Literal["json_schema", "object_schema", "json_object", "prompt"]
_FINISHES: Mapping[str, FinishReason] = {
    **dict.fromkeys(("stop", "eos", "eos_token", "end_turn", "stop_sequence", "complete", "completed", "end"), "stop"),
    **dict.fromkeys(("tool_calls", "tool_call", "tool_use", "function_call"), "tool_calls"),
    **dict.fromkeys(("length", "max_tokens", "model_length", "max_output_tokens"), "length"),
    **dict.fromkeys(("content_filter", "content_filtered", "safety", "refusal", "sensitive"), "content_filter"),
}
# some servers fail at a schema instead of refusing it
_ASKED_AS_JSON = re.compile(r"response_format|json|schema|grammar")
_REASONING_FIELDS = ("reasoning_content", "reasoning", "thinking", "reasoning_details")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server takes. Each refusal of one of these makes it simpler; nothing else is given up."""

    usage: bool = True
    schema: Schemas = "json_schema"
    limit: Literal["max_tokens", "max_completion_tokens", ""] = "max_tokens"
    temperature: bool = True
    seed: bool = True
    stop: bool = True


def body_of(request: ModelRequest, model: str, dialect: Dialect, extra: Mapping[str, Json]) -> dict[str, Any]:
    """The JSON body of a streaming chat completion; `extra` goes over everything but the model, the messages and the stream."""
    messages = [_message(each) for each in request.messages]
    body: dict[str, Any] = {}
    if request.schema is not None:
        asked, words = _schema(request.schema, dialect.schema)
        if asked:
            body["response_format"] = asked
        if words:
            messages = _told(messages, words)
    if request.tools:
        body["tools"] = [
            {"type": "function", "function": {"name": each.name, "description": each.description, "parameters": dict(each.parameters)}}
            for each in request.tools
        ]
    if dialect.limit:
        body[dialect.limit] = request.max_tokens
    if dialect.temperature:
        body["temperature"] = request.temperature
    if dialect.seed:
        body["seed"] = request.seed
    if request.stop and dialect.stop:
        body["stop"] = list(request.stop)
    if dialect.usage:
        body["stream_options"] = {"include_usage": True}
    return {**body, **extra, "model": model, "messages": messages, "stream": True}


def simpler(dialect: Dialect, body: Mapping[str, Any], status: int, words: str) -> Dialect | None:
    """The dialect after a server refused `body` with a status and words; None when the refusal is about something else."""
    said = words.lower()
    if status not in (400, 404, 422, 500, 501) or (status >= 500 and not _ASKED_AS_JSON.search(said)):
        return None
    if dialect.usage and ("stream_options" in said or "include_usage" in said):
        return replace(dialect, usage=False)
    if dialect.limit == "max_tokens" and "max_tokens" in said and "max_completion_tokens" in said:
        return replace(dialect, limit="max_completion_tokens")
    if dialect.limit and dialect.limit in said and any(word in said for word in ("unsupported", "not supported", "unknown", "unrecognized", "extra")):
        return replace(dialect, limit="")
    for name in ("temperature", "seed", "stop"):
        if name in body and getattr(dialect, name) and _names(said, name):
            return replace(dialect, **{name: False})  # type: ignore[arg-type]
    if "response_format" in body and dialect.schema != "prompt":
        return replace(dialect, schema="json_object" if dialect.schema != "json_object" else "prompt")
    return None


def _names(said: str, name: str) -> bool:
    return re.search(rf"(?<![\w-]){name}(?![\w-])", said) is not None


def _message(message: ModelMessage) -> dict[str, Any]:
    match message.role:
        case "tool":
            return {"role": "tool", "tool_call_id": message.call_id, "content": message.text}
        case "assistant" if message.calls:
            calls = [
                {"id": each.id, "type": "function", "function": {"name": each.name, "arguments": arguments_text(each.arguments)}} for each in message.calls
            ]
            return {"role": "assistant", "content": message.text or None, "tool_calls": calls}
        case _:
            return {"role": message.role, "content": message.text}


def arguments_text(text: str) -> str:
    """Arguments that a server can take back: a JSON object as text; what a model garbled becomes an empty one."""
    try:
        return text if isinstance(json.loads(text, strict=False), dict) else "{}"
    except (ValueError, RecursionError):
        return "{}"


def _schema(schema: Mapping[str, Json], way: Schemas) -> tuple[dict[str, Any] | None, str]:
    match way:
        case "json_schema":
            return {"type": "json_schema", "json_schema": {"name": "answer", "schema": dict(schema), "strict": _strict(schema)}}, ""
        case "object_schema":
            return {"type": "json_object", "schema": dict(schema)}, ""
        case "json_object":
            return {"type": "json_object"}, schema_as_text(schema)
        case "prompt":
            return None, schema_as_text(schema)


def _strict(schema: Json | Mapping[str, Json]) -> bool:
    """Whether every object in it names all its fields as required and takes no others, which is what strict servers ask for."""
    if isinstance(schema, Sequence) and not isinstance(schema, str):
        return all(_strict(each) for each in schema)
    if not isinstance(schema, Mapping):
        return True
    if schema.get("type") == "object" or "properties" in schema:
        properties, required = schema.get("properties"), schema.get("required")
        if schema.get("additionalProperties") is not False or not isinstance(properties, Mapping) or not isinstance(required, Sequence):
            return False
        if set(properties) != {str(each) for each in required}:
            return False
    return all(_strict(each) for each in schema.values() if isinstance(each, Mapping | list | tuple))


def _told(messages: list[dict[str, Any]], words: str) -> list[dict[str, Any]]:
    if messages and messages[0]["role"] == "system":
        return [{**messages[0], "content": f"{messages[0]['content']}\n\n{words}"}, *messages[1:]]
    return [{"role": "system", "content": words}, *messages]


class Lines:
    """Server-sent events from bytes as they come. Raises ModelFailed(garbled) for an event longer than `most` bytes, before it is kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._rest = b""
        self._data: list[bytes] = []
        self._size = 0

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The data of each event that is complete now."""
        if b"\r" in piece or self._rest.endswith(b"\r"):
            # a lone carriage return at the end waits: its line feed may be on its way
            held = self._rest + piece
            tail = b"\r" if held.endswith(b"\r") else b""
            held = held[: len(held) - len(tail)].replace(b"\r\n", b"\n").replace(b"\r", b"\n") + tail
        else:
            held = self._rest + piece
        *lines, self._rest = held.split(b"\n")
        if len(self._rest) > self._most:
            self._refuse()
        for line in lines:
            yield from self._line(line)

    def finish(self) -> Iterator[bytes]:
        """The last event of a server that did not end it."""
        yield from self._line(self._rest.rstrip(b"\r"))
        self._rest = b""
        yield from self._line(b"")

    def _line(self, line: bytes) -> Iterator[bytes]:
        if line.startswith(b"data:"):
            data = line[6:] if line[5:6] == b" " else line[5:]
            self._size += len(data)
            if self._size > self._most:
                self._refuse()
            self._data.append(data)
        elif not line and self._data:
            data, self._data, self._size = b"\n".join(self._data), [], 0
            yield data

    def _refuse(self) -> None:
        raise ModelFailed(f"the model's server sent an event of more than {self._most} bytes", code="garbled")


class ChunkReader:
    """One answer's chunks to events. `reason` is set once the server said that it was finished, `usage` once it said what was used."""

    def __init__(self, request: ModelRequest, *, thinks: bool = False, most_characters: int = 0, secret: str = "") -> None:
        self._text = TextReader(tools=bool(request.tools), thinks=thinks, first_index=0)
        self._places: dict[object, int] = {}
        self._ids: dict[int, str] = {}
        self._most = most_characters or 20_000 + 16 * request.max_tokens
        self._size = 0
        self._secret = secret
        self._argued: list[str] = []
        self._thought = 0
        self.reason: FinishReason | None = None
        self.usage: tuple[int, int] | None = None

    @property
    def started(self) -> bool:
        return bool(self._text.wrote or self._places or self._text.called)

    def wrote(self) -> tuple[str, int]:
        """The visible text and arguments, and the characters of reasoning, for an estimate."""
        return "".join(self._text.wrote + self._argued), self._thought + self._text.thought

    def take(self, chunk: object) -> list[ModelEvent]:
        """Raises ModelFailed: garbled for what is no chunk, or the code of an error that the server reports."""
        if not isinstance(chunk, dict):
            raise ModelFailed("the model's server sent something else than a chunk", code="garbled", started=self.started)
        error = chunk.get("error")
        if error or chunk.get("object") == "error":
            raise of_event(error if isinstance(error, Mapping) else chunk, secret=self._secret)
        usage = chunk.get("usage")
        if isinstance(usage, Mapping):
            self._use(usage)
        choices = chunk.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(choice, dict) or choice.get("index") not in (0, None):
            return []
        found: list[ModelEvent] = []
        delta = choice.get("delta") or choice.get("message")
        if isinstance(delta, dict):
            found = self._delta(delta)
        reason = choice.get("finish_reason")
        if reason and self.reason is None:
            found += self._finish(str(reason))
        return found

    def _delta(self, delta: Mapping[str, Any]) -> list[ModelEvent]:
        found: list[ModelEvent] = []
        for name in _REASONING_FIELDS:
            thought = delta.get(name)
            if thought:
                self._thought += len(thought) if isinstance(thought, str) else 1
                found.append(Thinking())
                break
        content = delta.get("content") or delta.get("refusal")
        if isinstance(content, list):
            content = "".join(str(part.get("text") or "") for part in content if isinstance(part, dict) and part.get("type") in ("text", "output_text"))
        if content and isinstance(content, str):
            self._grow(len(content))
            found += self._text.feed(content)
        calls = delta.get("tool_calls")
        if isinstance(calls, list):
            found += [self._call(each, place) for place, each in enumerate(calls) if isinstance(each, dict)]
        return found

    def _call(self, piece: Mapping[str, Any], place: int) -> CallDelta:
        function = piece.get("function")
        held: Mapping[str, Any] = function if isinstance(function, dict) else {}
        arguments = held.get("arguments")
        text = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False) if arguments else ""
        own, name = str(piece.get("id") or ""), str(held.get("name") or "")
        index = self._index(piece.get("index"), own, place)
        self._grow(len(text) + len(name))
        self._argued.append(text)
        first = index not in self._ids
        if first:
            self._ids[index] = own or f"call_{index}"
        return CallDelta(index, self._ids[index] if first else "", name, text)

    def _index(self, said: object, own: str, place: int) -> int:
        """The number of a call: some servers give none, others the same to all and tell them apart by id."""
        if own and isinstance(said, int) and self._ids.get(self._places.get(said, -1), own) != own:
            self._places.pop(said)
        key: object = said if isinstance(said, int) else own or place
        if key not in self._places:
            if len(self._ids) >= MOST_CALLS:
                raise ModelFailed("the model wrote too many tool calls", code="garbled", started=True)
            self._places[key] = len(self._ids)
        return self._places[key]

    def _finish(self, said: str) -> list[ModelEvent]:
        reason = finish_of(said)
        if reason is None:
            raise ModelFailed("the model's server broke the answer off", code="cut", started=self.started)
        found = self._text.finish(reason)
        called = bool(self._ids or self._text.called)
        # some servers say `stop` after calls, and some say `tool_calls` without any
        self.reason = "tool_calls" if called and reason == "stop" else "stop" if reason == "tool_calls" and not called else reason
        return found

    def _use(self, usage: Mapping[str, Any]) -> None:
        prompt, completion = usage.get("prompt_tokens"), usage.get("completion_tokens")
        if isinstance(prompt, int) and isinstance(completion, int) and prompt > 0:
            self.usage = (prompt, completion)

    def _grow(self, by: int) -> None:
        self._size += by
        if self._size > self._most:
            raise ModelFailed(f"the model wrote more than {self._most} characters", code="garbled", started=self.started)


def finish_of(said: str) -> FinishReason | None:
    """Our word for a finish reason; None for one that means the answer was broken off, or that nobody knows."""
    return _FINISHES.get(said.lower().removeprefix("finish_reason_"))


def prompt_text(request: ModelRequest) -> str:
    """Everything of a request that costs prompt tokens, for an estimate."""
    parts = [part for each in request.messages for part in (each.text, *(f"{call.name} {call.arguments}" for call in each.calls))]
    parts += [json.dumps({"name": each.name, "description": each.description, "parameters": each.parameters}, default=dict) for each in request.tools]
    return "\n".join([*parts, json.dumps(request.schema, default=dict) if request.schema is not None else ""])


def used(reader_usage: tuple[int, int] | None, estimate: tuple[int, int], price: tuple[float, float]) -> Usage:
    """What a call took; `price` in currency units per million tokens of prompt and of completion, so that a product is in millionths."""
    prompt, completion = reader_usage or estimate
    return Usage(prompt, completion, estimated=reader_usage is None, cost=round(prompt * price[0] + completion * price[1]))
