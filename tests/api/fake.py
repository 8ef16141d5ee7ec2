"""An assistant that answers from a script, keeps its log in memory and publishes what it stores: all that the server asks of the real one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.clock import FrozenClock, SeededIds
from assistant.errors import Conflict, InvalidInput, NotFound
from assistant.events import ACCESS_DENIED, HANDOFF_ASSIGNED, HANDOFF_CLOSED, HANDOFF_CREATED, MESSAGE_RECEIVED, STAGE, TURN_COMPLETED, Bus, Event
from assistant.files import Files
from assistant.store.conversations import Conversation
from assistant.types import Attachment, ConversationId, Json, Principal
from assistant.workspace.model import (
    Catalog,
    Demo,
    Document,
    Family,
    Fixture,
    FixtureAgent,
    Identity,
    Lexicon,
    Limits,
    Option,
    ProcedureSpec,
    Product,
    QueueSpec,
    RouteDefault,
    RoutingSpec,
    Settings,
    SlotSpec,
    Texts,
    TicketKind,
    Workspace,
)

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
BODY = """# Taking lamps back

## How long
Lamps can come back within 21 days of delivery.

## What it costs
| kind | fee |
|---|---|
| desk lamp | none |
| chandelier | US$40.00 |
"""
Script = Callable[[str], dict[str, Any]]


def workspace() -> Workspace:
    """A lamp maker that fits on a page."""
    invoice = SlotSpec("kind", "option", options={"special": Option("special", {"zh": "专票", "en": "special invoice"})})
    return Workspace(
        root=Path("."),
        settings=Settings(
            Identity("lamps", {"zh": "灯坊", "en": "Lampworks"}, {"zh": "小灯", "en": "Glow"}, ("zh", "en"), "Asia/Shanghai", "USD"),
            limits=Limits(200),
            demo=Demo("L1/Ann Lee"),
        ),
        catalog=Catalog({"lamp": Family("lamp", {"zh": "灯", "en": "Lamp"})}, {"D-1": Product("D-1", {"zh": "台灯", "en": "Desk lamp"}, "lamp", 2500)}),
        documents=(
            Document("returns", "Taking lamps back", "enterprise", "en", "corpus/returns.en.md", BODY, 4, version=3),
            Document("margins", "Margins", "enterprise", "en", "corpus/margins.en.md", "# Margins\nSecret.\n", 4, audience="internal"),
        ),
        intents={},
        procedures={"invoice": ProcedureSpec("invoice", {"zh": "开票", "en": "Invoice"}, "open_ticket", "tickets.write", slots={"kind": invoice})},
        tickets={"rma": TicketKind("rma", "desk", {"zh": "退货单", "en": "return"})},
        statuses=("confirmed",),
        rules={},
        functions={},
        routing=RoutingSpec({"desk": QueueSpec("desk", {"zh": "前台", "en": "front desk"})}, RouteDefault("desk", "P3")),
        texts=Texts(names={"status": {"confirmed": {"zh": "已确认", "en": "confirmed"}}}),
        lexicon=Lexicon(),
        regions={},
        fixture=Fixture(agents={"mia": FixtureAgent("mia", "Mia Fox")}),
        prompts=(),
        calibration={},
        hash="w",
        positions={},
    )


def answer(text: str) -> dict[str, Any]:
    """The staff's view of an unremarkable turn, with everything in it that a customer must not see."""
    return {
        "text": f"You said: {text}",
        "language": "en",
        "action": "reply",
        "reason": "answered",
        "intent": "policy.returns",
        "confidence": 0.93,
        "requests": [{"intent": "policy.returns", "action": "reply", "reason": "answered", "procedure": None}],
        "citations": [
            {
                "document": "returns",
                "version": 3,
                "section": "en/how-long",
                "quote": "within 21 days",
                "start": 22,
                "end": 36,
                "title": "Taking lamps back",
                "score": 0.7,
            }
        ],
        "receipts": [{"id": "rc-1", "tool": "change_delivery_date", "order": "77", "ticket": None, "changes": {"delivery_date": ["2026-03-04", "2026-03-09"]}}],
        "cards": [
            {
                "id": "rc-1",
                "kind": "receipt",
                "state": "done",
                "actions": [],
                "data": {"order": "77", "tool": "change_delivery_date", "changes": {"reason": ["a", "b"]}},
            }
        ],
        "tools": [{"name": "change_delivery_date", "outcome": "ok"}],
        "rule": "DATE.earliest",
        "events": ["write.executed"],
        "handoff": None,
        "procedure": {"name": "change_date", "stage": "done", "slots": {}},
    }


class FakeAssistant:
    """Conversations in memory. `script` makes the staff's view of a turn from the words; `gate`, when set, is waited for inside a turn."""

    def __init__(self, script: Script = answer, *, space: Workspace | None = None, company: Sequence[Mapping[str, str]] = ()) -> None:
        self.workspace = space or workspace()
        self.clock = FrozenClock(NOW)
        self.bus = Bus()
        self.ids = SeededIds()
        self.script = script
        self.gate: asyncio.Event | None = None
        self.checks = {"store": "ok: memory", "knowledge": "ok: 2 documents"}
        self.turns: dict[str, Mapping[str, Json]] = {}
        self._company = list(company) or [{"label": "L1/Ann Lee", "company": "L1", "company_name": "Lee Hotels", "name": "Ann Lee", "language": "en"}]
        self._contact: dict[str, str] = {}
        self._log: dict[str, list[Event]] = {}
        self._answered: dict[tuple[str, str], tuple[str, Mapping[str, Json]]] = {}
        self._types: dict[str, str] = {}
        self._folder = TemporaryDirectory()
        self.files = Files(Path(self._folder.name))
        self.early: list[bool] = []

    def contacts(self) -> Sequence[Mapping[str, str]]:
        return self._company

    async def principal(self, label: str) -> Principal:
        if all(contact["label"] != label for contact in self._company):
            raise NotFound("no such contact")
        return Principal(label, "customer", "lamps", label.partition("/")[0])

    async def open_conversation(self, principal: Principal, *, channel: str) -> str:
        made = self.ids.new("cv")
        self._contact[made], self._log[made] = principal.id, []
        return made

    async def conversation(self, conversation_id: str) -> Conversation:
        if conversation_id not in self._log:
            raise NotFound("no such conversation")
        now, contact = self.clock.now(), self._contact[conversation_id]
        return Conversation(ConversationId(conversation_id), "lamps", contact, contact[:2], "web", "assistant", 0, 1, "open", 0, {}, 0, now, now)

    async def principal_of(self, conversation_id: str) -> Principal:
        return await self.principal((await self.conversation(conversation_id)).contact)

    async def say(
        self,
        principal: Principal,
        conversation_id: str,
        *,
        text: str,
        attachments: Sequence[Attachment] = (),
        message_id: str = "",
        channel: str = "",
        early: bool = False,
    ) -> Mapping[str, Json]:
        self.early.append(early)
        earlier = self._answered.get((conversation_id, message_id))
        if earlier is not None:
            if earlier[0] != text:
                raise Conflict("this message id was used for another message", code="message_reused")
            return earlier[1]
        files: list[Json] = [{"hash": each.hash, "name": each.name, "media_type": each.media_type, "size": each.size} for each in attachments]
        told: dict[str, Json] = {
            "message": message_id,
            "role": "customer",
            "sender": principal.id,
            "text": text,
            "attachments": files,
            "sent_at": self.clock.now().isoformat(),
        }
        self.record(conversation_id, MESSAGE_RECEIVED, told)
        self.bus.publish(Event(STAGE, conversation_id, {"stage": "read", "message": message_id}))
        if self.gate is not None:
            await self.gate.wait()
        view: dict[str, Json] = {"turn": self.ids.new("turn"), **self.script(text)}
        self._answered[(conversation_id, message_id)] = (text, view)
        self.turns[str(view["turn"])] = {"view": view, "timings_ms": {"read": 1.5}}
        self.record(conversation_id, TURN_COMPLETED, {"turn": view["turn"], "reply": view})
        self.record(conversation_id, ACCESS_DENIED, {"order": "12399"})
        handoff = view.get("handoff")
        if isinstance(handoff, dict):
            self.record(
                conversation_id,
                HANDOFF_CREATED,
                {"handoff": "ho-1", "reason": "customer_request", "queue": handoff["queue"], "priority": "P1", "place": 2, "assigned_to": ""},
            )
        return view

    def record_elsewhere(self, conversation_id: str, name: str, data: dict[str, Json]) -> None:
        """Stores as another process would: nobody here is told."""
        log = self._log[conversation_id]
        log.append(Event(name, conversation_id, data, len(log) + 1))

    def record(self, conversation_id: str, name: str, data: dict[str, Json]) -> None:
        self.record_elsewhere(conversation_id, name, data)
        self.bus.publish(self._log[conversation_id][-1])

    async def attach(self, data: bytes, *, name: str, media_type: str, by: str = "") -> Attachment:
        if not media_type.startswith("image/"):
            raise InvalidInput(f"{name} is not an image", code="attachment_type")
        kept = self.files.keep(data, name=name, media_type=media_type, by=by)
        self._types[kept.hash] = media_type
        return kept

    async def attachment(self, digest: str) -> tuple[bytes, str]:
        return self.files.read(digest)[0], self._types[digest]

    async def agent_says(self, conversation_id: str, *, agent: str, text: str) -> None:
        await self.conversation(conversation_id)
        self.record(conversation_id, HANDOFF_ASSIGNED, {"handoff": "ho-1", "agent": agent})
        told: dict[str, Json] = {
            "message": self.ids.new("ms"),
            "role": "agent",
            "sender": f"agent:{agent}",
            "text": text,
            "attachments": [],
            "sent_at": self.clock.now().isoformat(),
        }
        self.record(conversation_id, MESSAGE_RECEIVED, told)

    async def agent_closes(self, conversation_id: str, *, agent: str) -> None:
        await self.conversation(conversation_id)
        self.record(conversation_id, HANDOFF_CLOSED, {"handoff": "ho-1", "by": agent})

    async def events(self, conversation_id: str, *, after: int = 0) -> tuple[Event, ...]:
        return tuple(event for event in self._log.get(conversation_id, ()) if event.seq > after)[:50]

    async def trace(self, turn_id: str) -> Mapping[str, Json]:
        if turn_id not in self.turns:
            raise NotFound("no such turn")
        return self.turns[turn_id]

    async def ready(self) -> Mapping[str, str]:
        return self.checks
