"""The whole assistant with a puppet for a model: says things as customers, and keeps every byte that customers are sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from assistant.api.view import customer_reply, entry, under_way
from assistant.app import Assistant, Company, build
from assistant.config import Config
from assistant.events import SENTENCE, TURN_COMPLETED, Event
from assistant.store import fixture
from assistant.tools.fixture import fixture_rows
from assistant.types import Principal
from assistant.workspace.company import ModelSpec
from tests.conftest import begin
from tests.llm.faulty import Faulty, Reply

T = TypeVar("T")
MONDAY = datetime.fromisoformat("2026-06-01T10:00:00+08:00")


def with_model(company: Company, spec: ModelSpec) -> Company:
    """The same company with other settings of its models."""
    workspace = company.workspace
    return replace(company, workspace=replace(workspace, settings=replace(workspace.settings, model=spec)))


@dataclass
class Said:
    """One turn: the staff's view, what the customer's sockets and routes were sent (own words left out), and the sentences that were streamed."""

    view: dict[str, Any]
    frames: list[str] = field(default_factory=list)
    streamed: list[str] = field(default_factory=list)
    ended: int = 0

    @property
    def text(self) -> str:
        return str(self.view["text"])

    @property
    def raw(self) -> str:
        return "\n".join(self.frames)


class World:
    """One assistant over a state of its own; `server` is the puppet's. Everything runs in one private loop."""

    def __init__(self, company: Company, state: Path, *, reply: Reply | None = None, spec: ModelSpec | None = None) -> None:
        self.loop = asyncio.new_event_loop()
        self.server = Faulty(reply=reply, slow=3600.0) if reply else Faulty(slow=3600.0)
        self.run(self.server.__aenter__())
        spec = replace(
            spec or ModelSpec(), use=(spec.use if spec and spec.use else ("openai:puppet",)), url=(spec.url if spec and spec.url else self.server.url())
        )
        self.company = with_model(company, spec)
        self.assistant: Assistant = build(Config(company.workspace.root, state, clock=MONDAY), company=self.company)
        self.run(begin(self.assistant))
        self._rows = fixture_rows(company.workspace, company.rules)
        self._said: Said | None = None
        self.assistant.bus.listen(self._heard)
        self._who: dict[str, Principal] = {}

    def run(self, work: Awaitable[T]) -> T:
        return self.loop.run_until_complete(work)  # type: ignore[arg-type]

    def _heard(self, event: Event) -> None:
        said = self._said
        if said is None:
            return
        frame = under_way(event) if event.seq == 0 else entry(event, self.assistant.workspace)
        if frame is not None and not (frame.get("type") == "message" and frame.get("role") == "customer"):
            said.frames.append(json.dumps(frame, ensure_ascii=False))
        if event.name == SENTENCE:
            said.streamed.append(str(event.data["text"]))
        if event.name == TURN_COMPLETED:
            said.ended += 1

    def open(self, label: str) -> str:
        if label not in self._who:
            self._who[label] = self.run(self.assistant.principal(label))
        conversation = self.run(self.assistant.open_conversation(self._who[label], channel="test"))
        self._who[conversation] = self._who[label]
        return conversation

    def say(self, conversation: str, text: str) -> Said:
        self._said = said = Said({})
        try:
            said.view = dict(self.run(self.assistant.say(self._who[conversation], conversation, text=text)))
        finally:
            self._said = None
        said.frames.append(json.dumps(customer_reply(said.view), ensure_ascii=False))
        return said

    def talk(self, label: str, texts: Sequence[str]) -> list[Said]:
        conversation = self.open(label)
        return [self.say(conversation, text) for text in texts]

    def state(self) -> dict[str, Any]:
        found = self.run(self.assistant.state())
        return {"orders": found["orders"], "tickets": found["tickets"]}

    def reset(self) -> None:
        """Orders, tickets and conversations as in the fixture; documents stay."""
        tenant, zone = self.assistant.tenant, self.assistant.workspace.settings.workspace.timezone

        def again(conn: Any) -> None:
            fixture.clear_state(conn, tenant=tenant)
            fixture.load_fixture(conn, self._rows, tenant=tenant, zone=zone)

        self.run(self.assistant.store.write(again))
        self._who.clear()
        self.calm()

    def calm(self) -> None:
        """Every breaker as if nothing had failed."""
        if self.assistant.models is not None:
            for back_end in self.assistant.models.route.back_ends():
                back_end.breaker.reset()

    def record(self, said: Said) -> dict[str, Any]:
        return dict(self.run(self.assistant.trace(str(said.view["turn"]))))

    def end(self) -> None:
        self.run(self.assistant.close())
        self.run(self.server.__aexit__())
        self.loop.close()


Say = Callable[[str, str], Said]
