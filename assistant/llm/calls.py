"""From pieces to wholes: tool calls put together, tool calls and JSON that a model wrote as text, an answer from its events; nothing is executed here."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any

from assistant.errors import ModelFailed
from assistant.llm.hidden import CALL, CALLS, REASONING, Part, Splitter
from assistant.model_types import CallDelta, Finished, FinishReason, ModelCall, ModelEvent, ModelReply, ModelTool, TextDelta, Thinking, Usage
from assistant.types import Json

# more calls than this in one answer is a model that runs in circles
MOST_CALLS = 32
_STRAY = frozenset(REASONING.values()) - {"<|end|>"}


class CallPieces:
    """Tool calls of one answer, put together from their pieces in any order of indexes."""

    def __init__(self) -> None:
        self._parts: dict[int, list[str]] = {}

    def add(self, piece: CallDelta) -> None:
        """Raises ModelFailed(garbled) when there are more than MOST_CALLS calls."""
        held = self._parts.setdefault(piece.index, ["", "", ""])
        if len(self._parts) > MOST_CALLS:
            raise ModelFailed("the model wrote too many tool calls", code="garbled", started=True)
        held[0] = held[0] or piece.id
        held[1] = held[1] or piece.name
        held[2] += piece.arguments

    def done(self) -> tuple[ModelCall, ...]:
        return tuple(ModelCall(each[0] or f"call_{index}", each[1], each[2]) for index, each in sorted(self._parts.items()))


class TextReader:
    """Turns the text that a model writes into events: reasoning becomes Thinking, `<tool_call>` blocks become calls where tools were offered, else nothing.

    `thinks` is for models whose reasoning begins without its opening mark. `wrote` is the visible text so far, for estimates.
    """

    def __init__(self, *, tools: bool = False, thinks: bool = False, first_index: int = 0) -> None:
        self._splitter = Splitter({**REASONING, **CALLS}, inside="<think>" if thinks else "")
        self._tools = tools
        self._block = ""
        self._index = first_index
        self.wrote: list[str] = []
        self.thought = 0

    def feed(self, text: str) -> list[ModelEvent]:
        """Raises ModelFailed(garbled) for a call that is none, or for reasoning that was sent as if it were the answer."""
        return [event for part in self._splitter.feed(text) for event in self._event(part)]

    def finish(self, reason: str = "stop") -> list[ModelEvent]:
        """What was held back. Raises ModelFailed(garbled) when a tool call is left open."""
        found = [event for part in self._splitter.finish() for event in self._event(part)]
        if self._splitter.inside == CALL and self._tools:
            # a model that stops right after the JSON has said everything
            found += self._event(Part(CALL, "", ends=True))
        return found

    def _event(self, part: Part) -> list[ModelEvent]:
        if part.mark == "":
            text = part.text if self.wrote else part.text.lstrip()
            if text:
                self.wrote.append(text)
            return [TextDelta(text)] if text else []
        if part.mark in _STRAY:
            raise ModelFailed("reasoning came without its opening mark: set `thinks` for this model", code="garbled", started=bool(self.wrote))
        if part.mark == CALL:
            return self._call(part)
        self.thought += len(part.text)
        return [Thinking()] if part.text else []

    def _call(self, part: Part) -> list[ModelEvent]:
        self._block += part.text
        self.thought += len(part.text)
        if not part.ends or not self._tools:
            self._block = "" if part.ends else self._block
            return [Thinking()]
        calls, self._block = typed_calls(self._block), ""
        if not calls:
            raise ModelFailed("the model wrote a tool call that is none", code="garbled", started=True)
        first, self._index = self._index, self._index + len(calls)
        return [CallDelta(first + place, f"call_{first + place}", name, arguments) for place, (name, arguments) in enumerate(calls)]

    @property
    def called(self) -> bool:
        return self._index > 0


def typed_calls(text: str) -> tuple[tuple[str, str], ...]:
    """Name and arguments (JSON text) of each tool call in `text`: an object or a list of them, also in a fence or between marks. () when it is none."""
    body = text
    for mark in (CALL, CALLS[CALL]):
        body = body.replace(mark, "\n")
    value = json_of(body)
    found = [_typed(each) for each in (value if isinstance(value, list) else [value])]
    kept = tuple(each for each in found if each is not None)
    return kept if len(kept) == len(found) else ()


def _typed(value: Json) -> tuple[str, str] | None:
    if not isinstance(value, Mapping):
        return None
    inner: Any = value.get("function")
    held: Mapping[str, Any] = inner if isinstance(inner, Mapping) else value
    name = held.get("name") or held.get("tool") or (inner if isinstance(inner, str) else None)
    arguments: Any = next((held[key] for key in ("arguments", "parameters", "args", "input") if key in held), {})
    if not isinstance(name, str) or not name:
        return None
    return name, arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)


def json_of(text: str) -> Json:
    """The JSON value that `text` is or holds (a fence or words around it are ignored; raw control characters in strings are taken). None when there is none."""
    decoder = json.JSONDecoder(strict=False)
    body = text.strip()
    places = [0] + [at for at, letter in enumerate(body[:2000]) if letter in "{["]
    for at in places:
        try:
            value: Json = decoder.raw_decode(body, at)[0]
        except ValueError:
            continue
        except RecursionError:
            return None
        if at or isinstance(value, dict | list) or not body[:1].isalpha():
            return value
    return None


def tools_as_text(tools: Sequence[ModelTool]) -> str:
    """How tools are offered to a model that has no notion of them; `typed_calls` reads what comes back."""
    listed = "\n".join(
        json.dumps({"name": each.name, "description": each.description, "parameters": each.parameters}, ensure_ascii=False, default=dict) for each in tools
    )
    return (
        "You can call these tools:\n"
        f"{listed}\n"
        'To call one, answer with nothing but <tool_call>{"name": "...", "arguments": {...}}</tool_call>; several calls in several such blocks. '
        "Its result comes in the next message. Otherwise answer in plain text."
    )


def schema_as_text(schema: Mapping[str, Json]) -> str:
    """How a JSON answer is asked of a model whose server cannot be told."""
    return f"Answer with one JSON value of this JSON Schema and nothing else:\n{json.dumps(schema, ensure_ascii=False, default=dict)}"


def assembled(events: Iterable[ModelEvent]) -> ModelReply:
    """The answer that complete events stand for. Raises ModelFailed(cut) without a Finished."""
    pieces, texts, usage = CallPieces(), [], Usage(0, 0, estimated=True)
    reason: FinishReason | None = None
    for event in events:
        match event:
            case TextDelta():
                texts.append(event.text)
            case CallDelta():
                pieces.add(event)
            case Usage():
                usage = event
            case Finished():
                reason = event.reason
            case Thinking():
                pass
    if reason is None:
        raise ModelFailed("the stream ended without saying that it was finished", code="cut", started=bool(texts))
    return ModelReply("".join(texts), pieces.done(), usage, reason)


async def reply_of(events: AsyncIterator[ModelEvent]) -> ModelReply:
    """The whole answer of one call. Raises ModelFailed as its stream does, and cut when Finished never comes."""
    return assembled([event async for event in events])
