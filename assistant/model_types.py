"""What is said to a language model and what comes back, as frozen values; no vendor's type and no logic.

A stream of `ModelEvent`s is complete only when it ends with a `Finished`: one that merely stops was cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.types import Json

Role = Literal["system", "user", "assistant", "tool"]
Task = Literal["read", "answer", "draft", "judge"]
FinishReason = Literal["stop", "tool_calls", "length", "content_filter"]


@dataclass(frozen=True, slots=True)
class ModelCall:
    """A tool call as a model wrote it: `arguments` is its text, which may be no JSON at all."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ModelMessage:
    """One message of a request. `calls` belong to an assistant message; `call_id` names the call that a tool message answers."""

    role: Role
    text: str
    calls: tuple[ModelCall, ...] = ()
    call_id: str = ""


@dataclass(frozen=True, slots=True)
class ModelTool:
    """A tool as a model is told of it; `parameters` is a JSON Schema of an object."""

    name: str
    description: str
    parameters: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One call. `schema` asks for one JSON value of that JSON Schema instead of prose. `seconds` is what is left of the turn's time for the whole stream.

    `conversation`, `turn` and `trial` are for the tape and the budgets; no back end sends them.
    """

    messages: tuple[ModelMessage, ...]
    task: Task = "answer"
    tools: tuple[ModelTool, ...] = ()
    schema: Mapping[str, Json] | None = None
    temperature: float = 0.0
    max_tokens: int = 600
    seed: int = 0
    seconds: float = 10.0
    conversation: str = ""
    turn: str = ""
    trial: int = 0
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextDelta:
    """A stretch of what the model says to the customer; never its reasoning."""

    text: str


@dataclass(frozen=True, slots=True)
class Thinking:
    """A sign of life that is not to be shown: reasoning, or the start of a tool call. It counts as first token."""


@dataclass(frozen=True, slots=True)
class CallDelta:
    """A piece of the tool call number `index` of this answer; `id` and `name` come with its first piece."""

    index: int
    id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of the call so far. `estimated` when the server did not say; `cost` in millionths of the currency unit of the settings' price list."""

    prompt: int
    completion: int
    estimated: bool = False
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """The model said that it was done, and why."""

    reason: FinishReason


ModelEvent = TextDelta | Thinking | CallDelta | Usage | Finished


@dataclass(frozen=True, slots=True)
class ModelReply:
    """A complete answer of one call, put together from its events."""

    text: str
    calls: tuple[ModelCall, ...] = ()
    usage: Usage = field(default_factory=lambda: Usage(0, 0, estimated=True))
    reason: FinishReason = "stop"


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What one call took, for the turn's record. `outcome` is "ok" or the code of its failure; times in milliseconds; `back_end` as in the settings."""

    back_end: str
    task: Task
    outcome: str
    prompt: int
    completion: int
    cost: int
    first_ms: float
    total_ms: float
    estimated: bool = False
    prompt_hash: str = ""
