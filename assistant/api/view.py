"""What a customer may see of a turn or an event: an allow-list, so that whatever the staff's side gains later stays there; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.events import (
    HANDOFF_ASSIGNED,
    HANDOFF_CLOSED,
    HANDOFF_CREATED,
    HANDOFF_RAISED,
    HANDOFF_REQUEUED,
    MESSAGE_RECEIVED,
    SENTENCE,
    STAGE,
    TURN_COMPLETED,
    Event,
)
from assistant.text.script import to_traditional
from assistant.workspace.model import Workspace

REPLY = ("turn", "text", "language", "action")
CITATION = ("document", "version", "section", "quote", "start", "end", "title")
RECEIPT = ("id", "order", "ticket", "changes")
CARD = ("id", "kind", "state", "actions")
ATTACHMENT = ("hash", "name", "media_type", "size")
PLACE = ("place", "queue", "opens")
# what a card's data may hold for staff beside what it shows
STAFF = {"tool", "tools", "rule", "rules", "clause", "reason", "event", "events", "score", "scores", "signals", "confidence", "threshold", "priority", "skills"}


def customer_reply(turn: Mapping[str, Any]) -> dict[str, Any]:
    """The customer's part of a turn, from the staff's view of it or from its stored reply: the two come out alike."""
    cards = [_card(card) for card in _rows(turn.get("cards"))]
    return {
        **_pick(turn, REPLY),
        "citations": [_pick(each, CITATION) for each in _rows(turn.get("citations"))],
        "receipts": [_pick(each, RECEIPT) for each in _rows(turn.get("receipts"))],
        "cards": cards,
        "handoff": _place(turn.get("handoff"), cards),
    }


def entry(event: Event, workspace: Workspace) -> dict[str, Any] | None:
    """A stored event as the customer's log shows it (type message, reply or handoff, with `seq`), or None when it is the staff's."""
    data = event.data
    match event.name:
        case name if name == MESSAGE_RECEIVED and "message" in data:
            return _message(event, workspace)
        case name if name == TURN_COMPLETED and isinstance(data.get("reply"), dict):
            return {"type": "reply", "seq": event.seq, **customer_reply(data["reply"])}  # type: ignore[arg-type]
        case name if name in (HANDOFF_CREATED, HANDOFF_RAISED):
            agent = person(str(data.get("assigned_to") or ""), workspace)
            return _handoff(event, "assigned" if agent else "queued", agent=agent)
        case name if name == HANDOFF_ASSIGNED:
            return _handoff(event, "assigned", agent=person(str(data.get("agent") or ""), workspace))
        case name if name == HANDOFF_REQUEUED:
            return _handoff(event, "queued")
        case name if name == HANDOFF_CLOSED:
            return _handoff(event, "closed", agent=person(str(data.get("by") or ""), workspace))
    return None


def under_way(event: Event) -> dict[str, Any] | None:
    """A stage of the turn under way, or a sentence of its reply that may be read already: the stored reply begins with just these sentences."""
    if event.name == SENTENCE:
        index = event.data.get("index")
        return {"type": "sentence", "message": str(event.data.get("message", "")), "index": index, "text": str(event.data.get("text", ""))}
    if event.name != STAGE:
        return None
    return {"type": "stage", "stage": str(event.data.get("stage", "")), "message": str(event.data.get("message", ""))}


def entries(events: Iterable[Event], workspace: Workspace) -> list[dict[str, Any]]:
    return [found for event in events if (found := entry(event, workspace)) is not None]


def localized(words: Mapping[str, str]) -> dict[str, str]:
    """A company's own words for pages: Chinese ones in both scripts."""
    return {**words, "zh-Hant": to_traditional(words["zh"])} if "zh" in words else dict(words)


def person(sender: str, workspace: Workspace) -> str:
    """The name of an agent by id, "agent:<id>" or name."""
    identifier = sender.removeprefix("agent:")
    agent = workspace.fixture.agents.get(identifier)
    return agent.name if agent else identifier


def _message(event: Event, workspace: Workspace) -> dict[str, Any]:
    data = event.data
    role = str(data.get("role", "customer"))
    return {
        "type": "message",
        "seq": event.seq,
        "id": data["message"],
        "role": role,
        "name": person(str(data.get("sender", "")), workspace) if role == "agent" else "",
        "text": data.get("text", ""),
        "attachments": [_pick(each, ATTACHMENT) for each in _rows(data.get("attachments"))],
        "sent_at": data.get("sent_at", ""),
    }


def _handoff(event: Event, state: str, *, agent: str = "") -> dict[str, Any]:
    return {"type": "handoff", "seq": event.seq, "state": state, "queue": event.data.get("queue") or "", "place": event.data.get("place"), "agent": agent}


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    data = card.get("data")
    shown = {name: value for name, value in data.items() if name not in STAFF} if isinstance(data, Mapping) else {}
    return {**_pick(card, CARD), "data": shown}


def _place(handoff: Any, cards: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    if not isinstance(handoff, Mapping):
        return None
    card = next((card for card in cards if card.get("kind") == "handoff"), {"data": handoff, "state": handoff.get("state", "queued")})
    return {"place": None, "queue": "", "opens": None, **_pick(card["data"], PLACE), "state": card["state"]}


def _pick(source: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: source[name] for name in names if name in source}


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list | tuple) else []
