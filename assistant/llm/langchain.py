"""Any LangChain chat model behind the port; its retries and its own idea of a finished stream are left out."""

from __future__ import annotations

import importlib
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import replace
from typing import Any

from assistant.errors import ConfigError, ModelFailed
from assistant.llm.calls import TextReader, schema_as_text, tools_as_text, typed_calls
from assistant.llm.failures import of_error
from assistant.llm.hidden import CALL, CALLS
from assistant.llm.tokens import PER_MESSAGE, estimate
from assistant.llm.watch import Limits, close, watch
from assistant.llm.wire import finish_of, prompt_text, used
from assistant.model_types import CallDelta, Finished, FinishReason, ModelEvent, ModelMessage, ModelRequest, Thinking
from assistant.types import Json

# set where a class has such a field and the settings say nothing: one request a call, usage told, always the same API
_QUIET: Mapping[str, Json] = {"max_retries": 0, "stream_usage": True, "use_responses_api": False, "disable_streaming": False, "cache": False}
_FINISH_KEYS = ("finish_reason", "stop_reason", "done_reason", "completion_reason")
_REASONING = ("reasoning", "thinking", "reasoning_content", "redacted_thinking")


class LangchainModel:
    """A `BaseChatModel`. Only a finish reason in its `response_metadata` completes an answer; `trust_end` takes the end of the stream for one, for a class that
    never tells. Tools go through `bind_tools` where the class has it, else as text."""

    def __init__(
        self,
        chat: Any,
        *,
        name: str = "",
        trust_end: bool = False,
        price: tuple[float, float] = (0.0, 0.0),
        limits: Limits | None = None,
        count: Callable[[str], int] = estimate,
    ) -> None:
        self.name = name or f"langchain:{type(chat).__module__}:{type(chat).__name__}"
        self._chat = chat
        self._trust_end = trust_end
        self._price = price
        self._limits = limits
        self._count = count

    def __repr__(self) -> str:
        return f"LangchainModel({self.name!r})"

    def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """Raises ModelFailed, also for whatever the class raises."""
        return watch(self._events(request), request.seconds, self._limits)

    async def ping(self) -> str:
        """LangChain has no such call: only that the class was made."""
        return f"{self.name}: made, not asked"

    async def close(self) -> None:
        """A class that can be closed is."""
        for name in ("aclose", "close"):
            closing = getattr(self._chat, name, None)
            if callable(closing):
                found = closing()
                if hasattr(found, "__await__"):
                    await found
                return

    async def _events(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        bound = self._bound(request)
        typed = bound is None
        asked = _with_words(request, typed=typed)
        reader = _Chunks(request, typed=typed and bool(request.tools))
        options: dict[str, Any] = {"stop": list(request.stop)} if request.stop else {}
        source = (self._chat if bound is None else bound).astream([_message(each) for each in asked.messages], **options)
        failure: ModelFailed | None = None
        try:
            while True:
                try:
                    chunk = await anext(source)
                except StopAsyncIteration:
                    break
                except Exception as error:
                    failure = of_error(error, started=reader.started)
                    break
                for event in reader.take(chunk):
                    yield event
            if failure is not None and reader.reason is None:
                raise failure
            for event in reader.finish(trust_end=self._trust_end):
                yield event
            said, thought = reader.wrote()
            guess = (self._count(prompt_text(asked)) + PER_MESSAGE * len(asked.messages), self._count(said) + thought // 3)
            yield used(reader.usage, guess, self._price)
            yield Finished(reader.reason or "stop")
        finally:
            await close(source)

    def _bound(self, request: ModelRequest) -> Any:
        """The model, with the request's tools bound; None when its class cannot take tools: then calls and results are told it as text."""
        from langchain_core.language_models import BaseChatModel

        if type(self._chat).bind_tools is BaseChatModel.bind_tools:
            return None
        if not request.tools:
            return self._chat
        tools = [
            {"type": "function", "function": {"name": each.name, "description": each.description, "parameters": dict(each.parameters)}}
            for each in request.tools
        ]
        try:
            return self._chat.bind_tools(tools)
        except NotImplementedError:
            return None


class _Chunks:
    """The chunks of one answer to events; `reason` and `usage` as far as they were told."""

    def __init__(self, request: ModelRequest, *, typed: bool) -> None:
        self._text = TextReader(tools=bool(request.tools))
        self._typed = typed
        self._held = ""
        self._places: dict[object, int] = {}
        self._argued: list[str] = []
        self._size = 0
        self._most = 20_000 + 16 * request.max_tokens
        self.reason: FinishReason | None = None
        self.usage: tuple[int, int] | None = None

    @property
    def started(self) -> bool:
        return bool(self._text.wrote or self._places)

    def wrote(self) -> tuple[str, int]:
        return "".join(self._text.wrote + self._argued), self._text.thought

    def take(self, chunk: Any) -> list[ModelEvent]:
        metadata = getattr(chunk, "response_metadata", None) or {}
        told = next((metadata[key] for key in _FINISH_KEYS if metadata.get(key)), None)
        if told and self.reason is None:
            self.reason = finish_of(str(told))
            if self.reason is None:
                raise ModelFailed("the model broke its answer off", code="cut", started=self.started)
        usage = getattr(chunk, "usage_metadata", None)
        if usage:
            prompt, completion = self.usage or (0, 0)
            self.usage = (prompt + int(usage.get("input_tokens", 0)), completion + int(usage.get("output_tokens", 0)))
        thinking, text = _content(chunk)
        found: list[ModelEvent] = [Thinking()] if thinking else []
        found += self._say(text)
        pieces = getattr(chunk, "tool_call_chunks", None)
        for place, piece in enumerate(pieces or ()):
            found.append(self._call(piece.get("index"), piece.get("id") or "", piece.get("name") or "", piece.get("args") or "", place))
        if not pieces:
            for place, call in enumerate(getattr(chunk, "tool_calls", None) or ()):
                found.append(self._call(None, call.get("id") or "", call["name"], json.dumps(call.get("args") or {}, ensure_ascii=False), place))
        return found

    def finish(self, *, trust_end: bool) -> list[ModelEvent]:
        """Raises ModelFailed(cut) when no finish reason was told."""
        if self.reason is None and not trust_end:
            raise ModelFailed("the stream ended without a finish reason in response_metadata", code="cut", started=self.started)
        found: list[ModelEvent] = []
        if self._held:
            calls = typed_calls(self._held)
            found += [self._call(None, f"call_{place}", name, arguments, place) for place, (name, arguments) in enumerate(calls)]
            found += [] if calls else self._text.feed(self._held)
        found += self._text.finish()
        if self._places or self._text.called:
            self.reason = "tool_calls" if self.reason in (None, "stop") else self.reason
        elif self.reason == "tool_calls":
            self.reason = "stop"
        return found

    def _say(self, text: str) -> list[ModelEvent]:
        if not text:
            return []
        self._grow(len(text))
        # an answer that begins as JSON may be a call from beginning to end: it is read when it is whole
        if self._typed and not self._text.wrote and (self._held or text.lstrip()[:1] in ("{", "[", "`")):
            self._held += text
            return [Thinking()]
        return self._text.feed(text)

    def _call(self, said: object, own: str, name: str, arguments: str, place: int) -> CallDelta:
        key = said if said is not None else own or place
        first = key not in self._places
        index = self._places.setdefault(key, len(self._places))
        self._grow(len(arguments))
        self._argued.append(arguments)
        return CallDelta(index, (own or f"call_{index}") if first else "", name, arguments)

    def _grow(self, by: int) -> None:
        self._size += by
        if self._size > self._most:
            raise ModelFailed(f"the model wrote more than {self._most} characters", code="garbled", started=self.started)


def _content(chunk: Any) -> tuple[bool, str]:
    """Whether there is reasoning in a chunk, and its text."""
    extra = getattr(chunk, "additional_kwargs", None) or {}
    thinking = any(extra.get(key) for key in _REASONING)
    content = chunk.content
    if isinstance(content, str):
        return thinking, content
    texts = []
    for block in content:
        if isinstance(block, str):
            texts.append(block)
        elif block.get("type") in ("text", "output_text"):
            texts.append(str(block.get("text") or ""))
        elif block.get("type") in _REASONING:
            thinking = True
    return thinking, "".join(texts)


def langchain_model(spec: str, arguments: Mapping[str, Json] | None = None, *, limits: Limits | None = None) -> LangchainModel:
    """The model of `module:Class` made with keyword arguments from the settings; `trust_end` among them is for us.

    Raises ConfigError naming what is missing or wrong, never a value.
    """
    module_name, colon, class_name = spec.partition(":")
    if not colon or not module_name or not class_name:
        raise ConfigError(f"langchain:{spec}: write langchain:<module:Class>")
    try:
        from langchain_core.language_models import BaseChatModel
    except ImportError:
        raise ConfigError("langchain models need the extra `langchain`: pip install 'b2b-assistant[langchain]'") from None
    try:
        kind = getattr(importlib.import_module(module_name), class_name)
    except (ImportError, AttributeError) as error:
        raise ConfigError(f"langchain:{spec}: {type(error).__name__}: no such class here; is its package installed?") from None
    if not isinstance(kind, type) or not issubclass(kind, BaseChatModel):
        raise ConfigError(f"langchain:{spec}: is no BaseChatModel")
    own = dict(arguments or {})
    trust_end = bool(own.pop("trust_end", False))
    quiet = {key: value for key, value in _QUIET.items() if key in kind.model_fields}
    try:
        make: Callable[..., Any] = kind
        chat = make(**{**quiet, **own})
    except Exception as error:
        # the message of a validation error repeats the values, a key among them
        raise ConfigError(f"langchain:{spec}: cannot be made with these arguments ({type(error).__name__}): {_fields(error)}") from None
    return LangchainModel(chat, name=f"langchain:{spec}", trust_end=trust_end, limits=limits)


def _fields(error: Exception) -> str:
    errors = getattr(error, "errors", None)
    listed = errors() if callable(errors) else []
    return ", ".join(".".join(str(part) for part in each.get("loc", ())) or str(each.get("type", "")) for each in listed) or "see the class's documentation"


def _with_words(request: ModelRequest, *, typed: bool) -> ModelRequest:
    """The request with what cannot be told otherwise put into words: the schema, and for `typed` the tools, the calls and their results."""
    messages = tuple(map(_as_text, request.messages)) if typed else request.messages
    words = [tools_as_text(request.tools)] if typed and request.tools else []
    words += [schema_as_text(request.schema)] if request.schema is not None else []
    if words:
        first, rest = "", messages
        if messages and messages[0].role == "system":
            first, rest = messages[0].text + "\n\n", messages[1:]
        messages = (ModelMessage("system", first + "\n\n".join(words)), *rest)
    return replace(request, messages=messages)


def _as_text(message: ModelMessage) -> ModelMessage:
    if message.role == "tool":
        return ModelMessage("user", f"<tool_result>\n{message.text}\n</tool_result>")
    calls = "".join(
        f'{CALL}{{"name": {json.dumps(each.name)}, "arguments": {json.dumps(_arguments(each.arguments), ensure_ascii=False)}}}{CALLS[CALL]}'
        for each in message.calls
    )
    return replace(message, text=message.text + calls, calls=()) if calls else message


def _message(message: ModelMessage) -> Any:
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

    match message.role:
        case "system":
            return SystemMessage(message.text)
        case "user":
            return HumanMessage(message.text)
        case "tool":
            return ToolMessage(message.text, tool_call_id=message.call_id)
        case "assistant":
            calls = [{"name": each.name, "args": _arguments(each.arguments), "id": each.id, "type": "tool_call"} for each in message.calls]
            return AIMessage(message.text, tool_calls=calls)


def _arguments(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
