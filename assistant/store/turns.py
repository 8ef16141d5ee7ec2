"""The commit of a turn, whole or not at all, and the reading of stored turns; what a turn is worth is decided before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from assistant.errors import Conflict, NotFound
from assistant.events import TURN_COMPLETED, Event
from assistant.store.audit import AuditEntry, append_audit
from assistant.store.columns import plain
from assistant.store.confirmations import save_confirmation, withdraw_confirmations
from assistant.store.gaps import Gap, record_gap
from assistant.store.handoffs import created_event, insert_handoff, owner_of, raise_handoff, raised_event, set_handoff_summary
from assistant.store.log import insert_events
from assistant.store.outbox import Outgoing, put_outgoing
from assistant.store.quick import change, rows
from assistant.store.settings import set_business_time
from assistant.store.tables import conversations, messages, turns
from assistant.store.usage import Usage, add_usage, day_of
from assistant.store.writes import WriteResult, finish_write
from assistant.types import Confirmation, ConversationId, Handoff, Json, MessageId, TurnId


@dataclass(frozen=True, slots=True)
class TurnCommit:
    """All that one turn changes. `fence` and `owner_epoch` are those the turn was computed under; `at` is business time.

    `record` and `reply` may hold dataclasses, dates and tuples. `events` excludes `turn.completed` and those of a hand-off: they follow from the turn and
    from `handoff`, which is a new one or, with `raised`, the waiting one as it is to stand. `confirmation` is the preview made now: what waited for a yes
    before is withdrawn, also by `withdraw` alone.
    `summary` replaces the packet of the hand-off that is open already. `usage` is what models took, on the business day of `at` in UTC.
    """

    id: TurnId
    conversation_id: ConversationId
    fence: int
    owner_epoch: int
    at: datetime
    messages: tuple[MessageId, ...]
    record: Mapping[str, object]
    reply: Mapping[str, object]
    state: Mapping[str, object]
    events: tuple[Event, ...] = ()
    audit: tuple[AuditEntry, ...] = ()
    handoff: Handoff | None = None
    raised: bool = False
    summary: Mapping[str, Json] | None = None
    confirmation: Confirmation | None = None
    withdraw: bool = False
    writes: tuple[WriteResult, ...] = ()
    gaps: tuple[Gap, ...] = ()
    outbox: tuple[Outgoing, ...] = ()
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn as it was. `seq` is its number in the event log; `reply` is what the customer was shown."""

    id: TurnId
    tenant: str
    conversation_id: ConversationId
    seq: int
    created: datetime
    record: Mapping[str, Json]
    reply: Mapping[str, Json]


_guarded = (
    sa.select(
        conversations.c.tenant, conversations.c.seq, conversations.c.fence, conversations.c.turn_holder, conversations.c.owner, conversations.c.owner_epoch
    )
    .where(conversations.c.id == sa.bindparam("id"))
    .with_for_update()
)
_insert = turns.insert()
_answer = (
    messages.update()
    .where(messages.c.conversation == sa.bindparam("of"), messages.c.id == sa.bindparam("row"), messages.c.turn.is_(None))
    .values(turn=sa.bindparam("by"))
)
_conclude = (
    conversations.update()
    .where(conversations.c.id == sa.bindparam("row"))
    .values(
        seq=sa.bindparam("last"),
        state=sa.bindparam("dialog"),
        owner=sa.bindparam("to"),
        owner_epoch=sa.bindparam("epoch"),
        updated=sa.bindparam("at"),
        turn_holder=None,
        turn_taken=None,
        turn_expires=None,
    )
)
_by_id = sa.select(turns).where(turns.c.id == sa.bindparam("id"), turns.c.tenant == sa.bindparam("tenant"))
_after = (
    sa.select(turns)
    .where(turns.c.conversation == sa.bindparam("conversation"), turns.c.seq > sa.bindparam("after"))
    .order_by(turns.c.seq)
    .limit(sa.bindparam("limit"))
)


def answered_since(conn: Connection, conversation: str, *, seq: int) -> bool:
    """Whether a turn of the conversation was completed after number `seq` of its log."""
    return rows(conn, _after, {"conversation": conversation, "after": seq, "limit": 1}).one_or_none() is not None


def commit_turn(conn: Connection, commit: TurnCommit) -> tuple[Event, ...]:
    """Stores a turn with everything it changes, gives the turn lock back, and returns the numbered events to publish.

    Raises NotFound, and Conflict with nothing stored: `fence` (the lock was lost), `owner_changed`, `already_answered` (another turn has a message of it),
    `handoff_open` (a hand-off is open already), `taken` (the one to be raised waits no more).
    """
    row = rows(conn, _guarded, {"id": commit.conversation_id}).one_or_none()
    if row is None:
        raise NotFound("no such conversation")
    if row.fence != commit.fence or row.turn_holder is None:
        raise Conflict("another process answers this conversation now", code="fence")
    if row.owner_epoch != commit.owner_epoch:
        raise Conflict("the conversation has another owner now", code="owner_changed")
    events = _store_turn(conn, commit, tenant=row.tenant, first=row.seq + 1)
    _store_rest(conn, commit, tenant=row.tenant)
    values = {
        "row": commit.conversation_id,
        "last": row.seq + len(events),
        "dialog": commit.state,
        "to": owner_of(commit.handoff) if commit.handoff else row.owner,
        "epoch": row.owner_epoch + (1 if commit.handoff else 0),
        "at": commit.at,
    }
    change(conn, _conclude, values)
    return events


def _store_turn(conn: Connection, commit: TurnCommit, *, tenant: str, first: int) -> tuple[Event, ...]:
    """The turn's row and events, and the messages it answers."""
    values = {"id": commit.id, "tenant": tenant, "conversation": commit.conversation_id, "seq": first, "created": commit.at}
    change(conn, _insert, {**values, "record": commit.record, "reply": commit.reply})
    for message in commit.messages:
        if change(conn, _answer, {"of": commit.conversation_id, "row": message, "by": commit.id}) == 0:
            raise Conflict("another turn has answered this message", code="already_answered")
    entries = [Event(TURN_COMPLETED), *commit.events]
    if commit.handoff is not None:
        entries.append(raised_event(commit.handoff) if commit.raised else created_event(commit.handoff))
    completed, *rest = insert_events(conn, commit.conversation_id, tenant=tenant, first=first, entries=entries, at=commit.at)
    return replace(completed, data={"turn": commit.id, "reply": plain(commit.reply)}), *rest


def _store_rest(conn: Connection, commit: TurnCommit, *, tenant: str) -> None:
    if commit.handoff is not None and commit.raised:
        raise_handoff(conn, commit.handoff, now=commit.at)
    elif commit.handoff is not None:
        insert_handoff(conn, commit.handoff, tenant=tenant)
    if commit.summary is not None:
        set_handoff_summary(conn, commit.conversation_id, summary=commit.summary)
    if commit.withdraw or commit.confirmation is not None:
        withdraw_confirmations(conn, commit.conversation_id)
    if commit.confirmation is not None:
        save_confirmation(conn, commit.confirmation, conversation_id=commit.conversation_id, tenant=tenant)
    for result in commit.writes:
        finish_write(conn, result, now=commit.at)
    for gap in commit.gaps:
        record_gap(conn, gap, tenant=tenant)
    append_audit(conn, commit.audit, tenant=tenant)
    put_outgoing(conn, commit.conversation_id, tenant=tenant, entries=commit.outbox, now=commit.at)
    set_business_time(conn, commit.at, tenant=tenant)
    if commit.usage is not None:
        add_usage(conn, commit.conversation_id, commit.usage, day=day_of(commit.at), tenant=tenant)


def get_turn(conn: Connection, turn_id: str, *, tenant: str) -> StoredTurn:
    """Raises NotFound."""
    row = rows(conn, _by_id, {"id": turn_id, "tenant": tenant}).one_or_none()
    if row is None:
        raise NotFound("no such turn")
    return _turn(row)


def turns_after(conn: Connection, conversation_id: str, *, after: int = 0, limit: int = 200) -> tuple[StoredTurn, ...]:
    """The conversation's turns numbered above `after`, in order."""
    return tuple(_turn(row) for row in rows(conn, _after, {"conversation": conversation_id, "after": after, "limit": limit}))


def _turn(row: Row[*tuple[Any, ...]]) -> StoredTurn:
    return StoredTurn(TurnId(row.id), row.tenant, ConversationId(row.conversation), row.seq, row.created, row.record, row.reply)
