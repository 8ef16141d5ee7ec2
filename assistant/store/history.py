"""What was done before: tickets and receipts of an order, and the write that a message began; reading only."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.store.quick import rows
from assistant.store.tables import receipts, tickets, write_intents
from assistant.store.writes import WriteIntent, get_intent
from assistant.types import Receipt, Ticket

_tickets = sa.select(tickets).where(tickets.c.tenant == sa.bindparam("tenant"), tickets.c.order_number == sa.bindparam("order")).order_by(tickets.c.id)
_receipts = (
    sa.select(receipts)
    .where(receipts.c.tenant == sa.bindparam("tenant"), receipts.c.order_number == sa.bindparam("order"))
    .order_by(receipts.c.at, receipts.c.id)
)
_intent = (
    sa.select(write_intents.c.key)
    .where(write_intents.c.conversation == sa.bindparam("conversation"), write_intents.c.message == sa.bindparam("message"))
    .order_by(write_intents.c.created.desc())
    .limit(1)
)


def history_of(conn: Connection, order: str, *, tenant: str) -> tuple[tuple[Ticket, ...], tuple[Receipt, ...]]:
    """Tickets and receipts of an order, oldest first."""
    values = {"tenant": tenant, "order": order}
    opened = tuple(Ticket(row.id, row.kind, row.company, row.contact, row.order_number, row.queue, row.fields) for row in rows(conn, _tickets, values))
    done = tuple(
        Receipt(row.id, row.tool, row.order_number, row.ticket, {name: (old, new) for name, (old, new) in row.changes.items()})
        for row in rows(conn, _receipts, values)
    )
    return opened, done


def intent_of_message(conn: Connection, conversation_id: str, message_id: str) -> WriteIntent | None:
    """The newest write that was intended while answering a message."""
    key = rows(conn, _intent, {"conversation": conversation_id, "message": message_id}).scalar()
    return get_intent(conn, key) if key is not None else None
