"""What a turn works with, put together in `app.py`: the company, the seams and the rooms below."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from assistant.dialog.model.models import Models
from assistant.dialog.moment import World
from assistant.dialog.question import Question
from assistant.events import Bus
from assistant.ports import Clock, Ids, Store
from assistant.tools.gate import Gate
from assistant.types import Answer, Hints, Reading, Scope


class Reads(Protocol):
    """The reader of `understanding`: the whole reading, or only slots and verdict, without the encoder."""

    def read(self, text: str, hints: Hints, seen: Reading | None = None) -> Reading: ...

    def read_slots(self, text: str, hints: Hints) -> Reading: ...

    def plausible(self, texts: Sequence[str]) -> frozenset[str]: ...


Answers = Callable[[Question, Scope], Answer | None]
Run = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Parts:
    """`run(function, *args)` does CPU work off the event loop; `wall` is wall time in seconds for locks; `holder` names this process; `stamps` are
    the hashes of workspace, rules and calibration that a turn was made under; `knowledge_stamp` tells the index's own; `suspicious` tells text in records that
    tries to give the assistant orders; `models` are the language models, None for the built-in engine alone."""

    world: World
    store: Store
    gate: Gate
    reader: Reads
    answers: Answers
    clock: Clock
    ids: Ids
    bus: Bus
    tenant: str
    holder: str
    wall: Callable[[], float]
    run: Run
    stamps: dict[str, str] = field(default_factory=dict)
    knowledge_stamp: Callable[[], str] = str
    suspicious: Callable[[str], bool] = bool
    models: Models | None = None
