"""Names of what happened, and a bus that tells listeners without letting them hurt the turn; not the event log, which the store keeps."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.types import Json

MESSAGE_RECEIVED = "message.received"
TURN_COMPLETED = "turn.completed"
STAGE = "turn.stage"
SENTENCE = "turn.sentence"
ACCESS_DENIED = "access.denied"
INJECTION_SUSPECTED = "injection.suspected"
HANDOFF_CREATED = "handoff.created"
HANDOFF_ASSIGNED = "handoff.assigned"
HANDOFF_REQUEUED = "handoff.requeued"
HANDOFF_RAISED = "handoff.raised"
HANDOFF_CLOSED = "handoff.closed"
ALERT = "alert.raised"
GAP_RECORDED = "gap.recorded"
WRITE_EXECUTED = "write.executed"
SENTENCE_BLOCKED = "sentence.blocked"


@dataclass(frozen=True, slots=True)
class Event:
    """A fact in the past tense about one conversation; `seq` is its number there, 0 while it is not stored."""

    name: str
    conversation: str = ""
    data: dict[str, Json] = field(default_factory=dict)
    seq: int = 0


class Bus:
    """Calls every listener in turn; one that raises is logged and skipped, because what follows from a turn must not undo it."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Event], None]] = []

    def listen(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Adds a listener; the result takes it off again."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, event: Event) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception:
                logging.getLogger("assistant.events").exception("listener failed on %s", event.name)
