"""Hand-offs: a conversation given to people, at most one open at a time; each change of owner raises its epoch. Routing decides who gets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from assistant.errors import Conflict, NotFound
from assistant.events import HANDOFF_ASSIGNED, HANDOFF_CLOSED, HANDOFF_CREATED, HANDOFF_RAISED, HANDOFF_REQUEUED, Event
from assistant.store.agents import list_agents
from assistant.store.log import append_events
from assistant.store.quick import change, rows
from assistant.store.tables import conversations, handoffs
from assistant.types import Agent, ConversationId, Handoff, Json, Routing


@dataclass(frozen=True, slots=True)
class Waiting:
    """A hand-off nobody has taken yet."""

    handoff: str
    conversation_id: ConversationId
    priority: str
    skills: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class QueueSnapshot:
    """What routing decides from: who waits in each queue (by priority's name, then age) and the agents with their load."""

    waiting: Mapping[str, tuple[Waiting, ...]]
    agents: tuple[Agent, ...]


_insert = handoffs.insert()
_by_id = sa.select(handoffs).where(handoffs.c.id == sa.bindparam("id"), handoffs.c.tenant == sa.bindparam("tenant"))
_open_in = sa.select(handoffs).where(handoffs.c.conversation == sa.bindparam("conversation"), handoffs.c.state != sa.literal_column("'closed'"))
_waiting = (
    sa.select(handoffs.c.id, handoffs.c.conversation, handoffs.c.queue, handoffs.c.priority, handoffs.c.skills, handoffs.c.created)
    .where(handoffs.c.tenant == sa.bindparam("tenant"), handoffs.c.state == sa.bindparam("state"))
    .order_by(handoffs.c.queue, handoffs.c.priority, handoffs.c.created, handoffs.c.id)
)
_update = handoffs.update().where(handoffs.c.id == sa.bindparam("row"), handoffs.c.state == sa.bindparam("was"))
_assign = _update.values(state="assigned", assigned_to=sa.bindparam("agent"), assigned=sa.bindparam("at"))
_requeue = _update.values(state="queued", assigned_to="", assigned=None, queue=sa.bindparam("to"))
_raise = _update.values(
    state=sa.bindparam("now"),
    reason=sa.bindparam("why"),
    queue=sa.bindparam("to"),
    priority=sa.bindparam("urgency"),
    skills=sa.bindparam("needs"),
    place=sa.bindparam("at_place"),
    summary=sa.bindparam("packet"),
    assigned_to=sa.bindparam("agent"),
    assigned=sa.bindparam("at"),
)
_close = _update.values(state="closed", closed=sa.bindparam("at"))
_summarise = (
    handoffs.update()
    .where(handoffs.c.conversation == sa.bindparam("row"), handoffs.c.state != sa.literal_column("'closed'"))
    .values(summary=sa.bindparam("to"))
)
_own = (
    conversations.update()
    .where(conversations.c.id == sa.bindparam("row"))
    .values(owner=sa.bindparam("to"), owner_epoch=conversations.c.owner_epoch + 1, episode=conversations.c.episode + sa.bindparam("more"))
)


def owner_of(handoff: Handoff) -> str:
    """The conversation's owner while this hand-off stands: queue, agent:<id>, or assistant again."""
    match handoff.state:
        case "closed":
            return "assistant"
        case "assigned":
            return f"agent:{handoff.routing.assigned_to}"
        case _:
            return "queue"


def insert_handoff(conn: Connection, handoff: Handoff, *, tenant: str) -> None:
    """The row alone, for a commit that changes the owner itself. Raises Conflict (`handoff_open`) when one is open already."""
    if rows(conn, _open_in, {"conversation": handoff.conversation_id}).first() is not None:
        raise Conflict("the conversation is handed over already", code="handoff_open")
    routing = handoff.routing
    row = {
        "id": handoff.id,
        "tenant": tenant,
        "conversation": handoff.conversation_id,
        "reason": handoff.reason,
        "queue": routing.queue,
        "priority": routing.priority,
        "skills": routing.skills,
        "place": routing.place,
        "on_duty": routing.on_duty,
        "opens": routing.opens,
        "summary": handoff.summary,
        "state": handoff.state,
        "assigned_to": routing.assigned_to if handoff.state == "assigned" else "",
        "created": handoff.created_at,
        "assigned": handoff.created_at if handoff.state == "assigned" else None,
    }
    change(conn, _insert, row)


def raise_handoff(conn: Connection, handoff: Handoff, *, now: datetime) -> None:
    """Makes a waiting hand-off what it is worth at `now`: reason, route and packet; its age is kept. Raises Conflict (`taken`) when it waits no more."""
    routing, taken = handoff.routing, handoff.state == "assigned"
    values = {
        "row": handoff.id,
        "was": "queued",
        "now": handoff.state,
        "why": handoff.reason,
        "to": routing.queue,
        "urgency": routing.priority,
        "needs": routing.skills,
        "at_place": routing.place,
        "packet": handoff.summary,
        "agent": routing.assigned_to if taken else "",
        "at": now if taken else None,
    }
    if change(conn, _raise, values) == 0:
        raise Conflict("somebody has taken it meanwhile", code="taken")


def created_event(handoff: Handoff) -> Event:
    """What the log says of a new hand-off; the packet stays in its row."""
    return Event(HANDOFF_CREATED, data=_told(handoff))


def raised_event(handoff: Handoff) -> Event:
    """What the log says of one that became more urgent while it waited."""
    return Event(HANDOFF_RAISED, data=_told(handoff))


def _told(handoff: Handoff) -> dict[str, Json]:
    routing = handoff.routing
    data: dict[str, Json] = {"handoff": handoff.id, "reason": handoff.reason, "queue": routing.queue, "priority": routing.priority, "place": routing.place}
    return {**data, "assigned_to": routing.assigned_to if handoff.state == "assigned" else ""}


def open_handoff(conn: Connection, handoff: Handoff, *, tenant: str) -> tuple[Event, ...]:
    """Gives a conversation to people outside of a turn (an agent takes it over): row, owner, epoch and event. Raises Conflict, NotFound."""
    insert_handoff(conn, handoff, tenant=tenant)
    return _change_owner(conn, handoff, event=created_event(handoff), at=handoff.created_at)


def assign_handoff(conn: Connection, handoff_id: str, *, tenant: str, agent: str, now: datetime) -> tuple[Handoff, tuple[Event, ...]]:
    """An agent takes a queued hand-off; taking it twice does nothing. Raises NotFound, Conflict (`taken`, `closed`)."""
    handoff = get_handoff(conn, handoff_id, tenant=tenant)
    if handoff.state == "assigned" and handoff.routing.assigned_to == agent:
        return handoff, ()
    if change(conn, _assign, {"row": handoff_id, "was": "queued", "agent": agent, "at": now}) == 0:
        raise Conflict(
            "somebody else has taken it" if handoff.state == "assigned" else "it is closed", code="taken" if handoff.state == "assigned" else "closed"
        )
    taken = get_handoff(conn, handoff_id, tenant=tenant)
    event = Event(HANDOFF_ASSIGNED, data={"handoff": handoff_id, "agent": agent})
    return taken, _change_owner(conn, taken, event=event, at=now)


def requeue_handoff(conn: Connection, handoff_id: str, *, tenant: str, now: datetime, queue: str = "") -> tuple[Handoff, tuple[Event, ...]]:
    """Back to waiting, in the same queue or another: the agent left or passed it on. Its age is kept. Raises NotFound, Conflict (`closed`)."""
    handoff = get_handoff(conn, handoff_id, tenant=tenant)
    to = queue or handoff.routing.queue
    if handoff.state == "closed":
        raise Conflict("it is closed", code="closed")
    if handoff.state == "queued" and to == handoff.routing.queue:
        return handoff, ()
    change(conn, _requeue, {"row": handoff_id, "was": handoff.state, "to": to})
    waiting = get_handoff(conn, handoff_id, tenant=tenant)
    return waiting, _change_owner(conn, waiting, event=Event(HANDOFF_REQUEUED, data={"handoff": handoff_id, "queue": to}), at=now)


def close_handoff(conn: Connection, handoff_id: str, *, tenant: str, by: str, now: datetime) -> tuple[Handoff, tuple[Event, ...]]:
    """The assistant owns the conversation again, in a new episode; closing twice does nothing. Raises NotFound."""
    handoff = get_handoff(conn, handoff_id, tenant=tenant)
    if handoff.state == "closed":
        return handoff, ()
    change(conn, _close, {"row": handoff_id, "was": handoff.state, "at": now})
    closed = get_handoff(conn, handoff_id, tenant=tenant)
    return closed, _change_owner(conn, closed, event=Event(HANDOFF_CLOSED, data={"handoff": handoff_id, "by": by}), at=now)


def set_handoff_summary(conn: Connection, conversation_id: str, *, summary: Mapping[str, Json]) -> None:
    """Replaces the packet of the open hand-off. Raises NotFound when none is open."""
    if change(conn, _summarise, {"row": conversation_id, "to": summary}) == 0:
        raise NotFound("no open hand-off")


def get_handoff(conn: Connection, handoff_id: str, *, tenant: str) -> Handoff:
    """Raises NotFound."""
    row = rows(conn, _by_id, {"id": handoff_id, "tenant": tenant}).one_or_none()
    if row is None:
        raise NotFound("no such hand-off")
    return _handoff(row)


def open_handoff_of(conn: Connection, conversation_id: str) -> Handoff | None:
    """The conversation's open hand-off, queued or assigned."""
    row = rows(conn, _open_in, {"conversation": conversation_id}).one_or_none()
    return None if row is None else _handoff(row)


def list_handoffs(conn: Connection, *, tenant: str, states: Sequence[str] = ("queued", "assigned", "closed"), limit: int = 200) -> tuple[Handoff, ...]:
    """Oldest first."""
    query = sa.select(handoffs).where(handoffs.c.tenant == tenant, handoffs.c.state.in_(states)).order_by(handoffs.c.created, handoffs.c.id).limit(limit)
    return tuple(_handoff(row) for row in conn.execute(query))


def queue_snapshot(conn: Connection, *, tenant: str) -> QueueSnapshot:
    """Who waits where, and how much each agent holds, in one consistent read."""
    waiting: dict[str, list[Waiting]] = {}
    for row in rows(conn, _waiting, {"tenant": tenant, "state": "queued"}):
        waiting.setdefault(row.queue, []).append(Waiting(row.id, ConversationId(row.conversation), row.priority, tuple(row.skills), row.created))
    return QueueSnapshot({queue: tuple(entries) for queue, entries in waiting.items()}, list_agents(conn, tenant=tenant))


def _change_owner(conn: Connection, handoff: Handoff, *, event: Event, at: datetime) -> tuple[Event, ...]:
    events = append_events(conn, handoff.conversation_id, entries=[event], at=at)
    change(conn, _own, {"row": handoff.conversation_id, "to": owner_of(handoff), "more": 1 if handoff.state == "closed" else 0})
    return events


def _handoff(row: Row[*tuple[Any, ...]]) -> Handoff:
    routing = Routing(
        queue=row.queue,
        priority=row.priority,
        skills=tuple(row.skills),
        place=row.place,
        assigned_to=row.assigned_to,
        on_duty=row.on_duty,
        opens=row.opens,
    )
    return Handoff(row.id, ConversationId(row.conversation), row.reason, routing, row.summary, row.created, row.state)
