"""What the server counts, in a registry of its own; no label holds anything personal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from assistant.events import HANDOFF_CREATED, TURN_COMPLETED, Bus, Event

BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(frozen=True, slots=True)
class Metrics:
    """`turns` by action and language, `seconds` from message to reply, `sockets` open now, `handoffs` by queue, `errors` by code."""

    registry: CollectorRegistry
    turns: Counter
    seconds: Histogram
    sockets: Gauge
    handoffs: Counter
    errors: Counter

    def count(self, event: Event) -> None:
        """Listens to the bus: every turn and hand-off of this process counts, whichever channel it came by."""
        match event.name:
            case name if name == TURN_COMPLETED:
                reply = event.data.get("reply")
                told: Mapping[str, Any] = reply if isinstance(reply, dict) else {}
                self.turns.labels(action=str(told.get("action", "")), language=str(told.get("language", ""))).inc()
            case name if name == HANDOFF_CREATED:
                self.handoffs.labels(queue=str(event.data.get("queue", ""))).inc()

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self.registry)


def make_metrics(bus: Bus) -> Metrics:
    registry = CollectorRegistry()
    made = Metrics(
        registry,
        Counter("assistant_turns", "Turns completed", ("action", "language"), registry=registry),
        Histogram("assistant_turn_seconds", "Seconds from a customer's message to its reply", buckets=BUCKETS, registry=registry),
        Gauge("assistant_sockets", "Live connections open now", registry=registry),
        Counter("assistant_handoffs", "Conversations handed to people", ("queue",), registry=registry),
        Counter("assistant_errors", "Requests that ended in an error", ("code",), registry=registry),
    )
    bus.listen(made.count)
    return made
