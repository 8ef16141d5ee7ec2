"""Conversations and the messages in them; turns, hand-offs and the event log have their own modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from assistant.errors import Conflict, InvalidInput, NotFound
from assistant.events import MESSAGE_RECEIVED, Event
from assistant.store.columns import plain
from assistant.store.log import insert_events, message_data, take_numbers
from assistant.store.quick import change, rows
from assistant.store.tables import conversations, messages
from assistant.types import Attachment, ConversationId, Json, Message, MessageId, TurnId


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it stands. `owner` is assistant, queue or agent:<id>; `owner_epoch` rises with each change of it; `episode` with each hand-off closed.

    `state` is the dialog's own JSON; `seq` the number of the newest event; `fence` the number of the newest turn lock.
    """

    id: ConversationId
    tenant: str
    contact: str
    company: str
    channel: str
    owner: str
    owner_epoch: int
    episode: int
    status: str
    seq: int
    state: Mapping[str, Json]
    fence: int
    created: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of recording a message: its number, whether it is new, and the turn that answered it (a repeat of an answered one)."""

    seq: int
    new: bool
    turn: TurnId | None
    event: Event | None = None


# in the order of the fields, so that a row is a conversation's arguments
_columns = [conversations.c[name] for name in Conversation.__dataclass_fields__]
_by_id = sa.select(*_columns).where(conversations.c.id == sa.bindparam("id"), conversations.c.tenant == sa.bindparam("tenant"))
_of_contact = (
    sa.select(*_columns)
    .where(conversations.c.tenant == sa.bindparam("tenant"), conversations.c.contact == sa.bindparam("contact"), conversations.c.status == "open")
    .order_by(conversations.c.updated.desc(), conversations.c.id.desc())
    .limit(1)
)
_insert = conversations.insert()
_close = (
    conversations.update()
    .where(conversations.c.id == sa.bindparam("row"), conversations.c.tenant == sa.bindparam("of"))
    .values(status="closed", updated=sa.bindparam("at"))
)
_message_by_id = sa.select(messages).where(messages.c.conversation == sa.bindparam("conversation"), messages.c.id == sa.bindparam("id"))
_messages_after = (
    sa.select(messages)
    .where(messages.c.conversation == sa.bindparam("conversation"), messages.c.seq > sa.bindparam("after"))
    .order_by(messages.c.seq)
    .limit(sa.bindparam("limit"))
)
_unanswered = (
    sa.select(messages)
    .where(messages.c.tenant == sa.bindparam("tenant"), messages.c.turn.is_(None), messages.c.role == sa.literal_column("'customer'"))
    .order_by(messages.c.conversation, messages.c.seq)
)
_unanswered_in = (
    sa.select(messages)
    .where(messages.c.conversation == sa.bindparam("conversation"), messages.c.turn.is_(None), messages.c.role == "customer")
    .order_by(messages.c.seq)
)
_insert_message = messages.insert()
_epoch = sa.select(conversations.c.owner_epoch).where(conversations.c.id == sa.bindparam("id"))


def create_conversation(conn: Connection, conversation_id: str, *, tenant: str, contact: str, company: str, channel: str, now: datetime) -> Conversation:
    """A new open conversation owned by the assistant, with an empty state. Raises Conflict when the id is taken."""
    made = Conversation(ConversationId(conversation_id), tenant, contact, company, channel, "assistant", 0, 1, "open", 0, {}, 0, now, now)
    change(conn, _insert, {name: getattr(made, name) for name in Conversation.__dataclass_fields__})
    return made


def get_conversation(conn: Connection, conversation_id: str, *, tenant: str) -> Conversation:
    """Raises NotFound, also for another tenant's."""
    row = rows(conn, _by_id, {"id": conversation_id, "tenant": tenant}).one_or_none()
    if row is None:
        raise NotFound("no such conversation")
    return _conversation(row)


def open_conversation_of(conn: Connection, contact: str, *, tenant: str) -> Conversation | None:
    """The contact's open conversation touched last: a message from any channel joins it."""
    row = rows(conn, _of_contact, {"contact": contact, "tenant": tenant}).one_or_none()
    return None if row is None else _conversation(row)


def list_conversations(conn: Connection, *, tenant: str, owner: str = "", limit: int = 100) -> tuple[Conversation, ...]:
    """Touched last first; `owner` narrows to one owner."""
    query = sa.select(*_columns).where(conversations.c.tenant == tenant).order_by(conversations.c.updated.desc(), conversations.c.id.desc()).limit(limit)
    rows = conn.execute(query.where(conversations.c.owner == owner) if owner else query)
    return tuple(_conversation(row) for row in rows)


def close_conversation(conn: Connection, conversation_id: str, *, tenant: str, now: datetime) -> None:
    """Closes it; the contact's next message opens another. Closing twice does nothing; raises NotFound."""
    if change(conn, _close, {"row": conversation_id, "of": tenant, "at": now}) == 0:
        raise NotFound("no such conversation")


def record_message(conn: Connection, message: Message, *, role: str, owner_epoch: int | None = None) -> Recorded:
    """Stores a message under its client id with its `message.received` event; a repeat changes nothing and tells the turn that answered it.

    `role` is customer, agent or assistant. `owner_epoch`, where given (an agent's send), must still be the conversation's. Raises NotFound,
    Conflict (`message_reused`: the id came before with other words; `owner_changed`) and InvalidInput for text that is not Unicode.
    """
    attachments = plain(message.attachments)
    earlier = rows(conn, _message_by_id, {"conversation": message.conversation_id, "id": message.id}).one_or_none()
    if earlier is not None:
        if (earlier.text, earlier.role, earlier.attachments) != (message.text, role, attachments):
            raise Conflict("this message id was used for another message", code="message_reused")
        return Recorded(earlier.seq, False, earlier.turn)
    if not message.text.isascii() and any("\ud800" <= character <= "\udfff" for character in message.text):
        raise InvalidInput("the text holds half characters (lone surrogates)", code="invalid_unicode")
    if owner_epoch is not None and rows(conn, _epoch, {"id": message.conversation_id}).scalar() not in (None, owner_epoch):
        raise Conflict("the conversation has another owner now", code="owner_changed")
    tenant, seq = take_numbers(conn, message.conversation_id, count=1, at=message.sent_at)
    (event,) = insert_events(conn, message.conversation_id, tenant=tenant, first=seq, entries=[Event(MESSAGE_RECEIVED)], at=message.sent_at)
    row = {
        "conversation": message.conversation_id,
        "id": message.id,
        "tenant": tenant,
        "seq": seq,
        "channel": message.channel,
        "sender": message.sender,
        "role": role,
        "text": message.text,
        "attachments": attachments,
        "reply_to": message.reply_to,
        "sent_at": message.sent_at,
    }
    change(conn, _insert_message, row)
    return Recorded(seq, True, None, replace(event, data=message_data(message.id, row)))


def get_message(conn: Connection, message_id: str, *, conversation_id: str) -> Message:
    """Raises NotFound."""
    row = rows(conn, _message_by_id, {"conversation": conversation_id, "id": message_id}).one_or_none()
    if row is None:
        raise NotFound("no such message")
    return _message(row)


def messages_after(conn: Connection, conversation_id: str, *, after: int = 0, limit: int = 500) -> tuple[Message, ...]:
    """What people said in it, in order, numbered above `after`."""
    return tuple(_message(row) for row in rows(conn, _messages_after, {"conversation": conversation_id, "after": after, "limit": limit}))


def unanswered(conn: Connection, conversation_id: str) -> tuple[Message, ...]:
    """The conversation's customer messages that no turn has answered, in order: together they are the next turn."""
    return tuple(_message(row) for row in rows(conn, _unanswered_in, {"conversation": conversation_id}))


def unanswered_messages(conn: Connection, *, tenant: str) -> tuple[Message, ...]:
    """All customer messages without a turn, by conversation and order: what a start after a crash must finish."""
    return tuple(_message(row) for row in rows(conn, _unanswered, {"tenant": tenant}))


def _conversation(row: Row[*tuple[Any, ...]]) -> Conversation:
    return Conversation(*row)


def _message(row: Row[*tuple[Any, ...]]) -> Message:
    return Message(
        id=MessageId(row.id),
        conversation_id=ConversationId(row.conversation),
        channel=row.channel,
        sender=row.sender,
        text=row.text,
        sent_at=row.sent_at,
        attachments=tuple(Attachment(**each) for each in row.attachments),
        reply_to=row.reply_to,
    )
