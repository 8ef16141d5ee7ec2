"""The event log: one series of numbers per conversation, and the only source for every screen; who listens is not known here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from assistant.errors import NotFound
from assistant.events import MESSAGE_RECEIVED, TURN_COMPLETED, Event
from assistant.store.quick import change, rows
from assistant.store.tables import conversations, events, messages, turns
from assistant.types import Json

_advance = (
    conversations.update()
    .where(conversations.c.id == sa.bindparam("conversation"))
    .values(seq=conversations.c.seq + sa.bindparam("by"), updated=sa.bindparam("at"))
    .returning(conversations.c.tenant, conversations.c.seq)
)
_insert = events.insert()
_after = (
    sa.select(
        events.c.seq,
        events.c.name,
        events.c.data,
        messages.c.id.label("message"),
        messages.c.sender,
        messages.c.role,
        messages.c.text,
        messages.c.attachments,
        messages.c.sent_at,
        turns.c.id.label("turn"),
        turns.c.reply,
    )
    .select_from(
        events.outerjoin(messages, (messages.c.conversation == events.c.conversation) & (messages.c.seq == events.c.seq)).outerjoin(
            turns, (turns.c.conversation == events.c.conversation) & (turns.c.seq == events.c.seq)
        )
    )
    .where(events.c.conversation == sa.bindparam("conversation"), events.c.seq > sa.bindparam("after"))
    .order_by(events.c.seq)
    .limit(sa.bindparam("limit"))
)


def append_events(conn: Connection, conversation_id: str, *, entries: Sequence[Event], at: datetime) -> tuple[Event, ...]:
    """Numbers and stores events; the result carries their numbers, to be published. Raises NotFound."""
    if not entries:
        return ()
    tenant, first = take_numbers(conn, conversation_id, count=len(entries), at=at)
    return insert_events(conn, conversation_id, tenant=tenant, first=first, entries=entries, at=at)


def take_numbers(conn: Connection, conversation_id: str, *, count: int, at: datetime) -> tuple[str, int]:
    """Takes the next `count` numbers for events; gives the conversation's tenant and the first of them. Raises NotFound."""
    row = rows(conn, _advance, {"conversation": conversation_id, "by": count, "at": at}).one_or_none()
    if row is None:
        raise NotFound("no such conversation")
    return row.tenant, row.seq - count + 1


def insert_events(conn: Connection, conversation_id: str, *, tenant: str, first: int, entries: Sequence[Event], at: datetime) -> tuple[Event, ...]:
    """Stores events under numbers that the caller has already taken from the conversation."""
    numbered = tuple(replace(each, conversation=conversation_id, seq=first + n) for n, each in enumerate(entries))
    rows = [{"conversation": conversation_id, "seq": each.seq, "tenant": tenant, "name": each.name, "data": each.data, "at": at} for each in numbered]
    change(conn, _insert, rows[0] if len(rows) == 1 else rows)
    return numbered


def events_after(conn: Connection, conversation_id: str, *, after: int = 0, limit: int = 500) -> tuple[Event, ...]:
    """Events numbered above `after`. `message.received` carries {message, role, sender, text, attachments, sent_at}, `turn.completed` {turn, reply}."""
    found = rows(conn, _after, {"conversation": conversation_id, "after": after, "limit": limit})
    return tuple(Event(name=row.name, conversation=conversation_id, data=_data(row), seq=row.seq) for row in found)


def latest_events(conn: Connection, conversation_id: str, *, count: int) -> tuple[Event, ...]:
    """The last `count` events, in order."""
    last = conn.execute(sa.select(conversations.c.seq).where(conversations.c.id == conversation_id)).scalar() or 0
    return events_after(conn, conversation_id, after=max(0, last - count), limit=count)


def _data(row: Row[*tuple[Any, ...]]) -> dict[str, Json]:
    # the words of a message and a reply stay in their own rows only, so that erasing them erases them everywhere
    match row.name:
        case name if name == MESSAGE_RECEIVED and row.message is not None:
            return {**row.data, **message_data(row.message, row._mapping)}
        case name if name == TURN_COMPLETED and row.turn is not None:
            return {**row.data, "turn": row.turn, "reply": row.reply}
        case _:
            return dict(row.data)


def message_data(message_id: str, row: Mapping[Any, Any]) -> dict[str, Json]:
    """What the event of a message tells; `row` holds the columns of the message."""
    told = {name: row[name] for name in ("role", "sender", "text", "attachments")}
    return {"message": message_id, **told, "sent_at": row["sent_at"].isoformat()}
