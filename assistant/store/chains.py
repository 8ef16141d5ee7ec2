"""Finds a conversation by what was said and answered in it, for callers that hold no id but repeat the whole of it; how a chain is hashed is theirs to know."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.store.quick import change, rows
from assistant.store.tables import chains, messages, turns

_by_chain = (
    sa.select(chains.c.conversation, turns.c.seq)
    .select_from(chains.join(turns, turns.c.id == chains.c.turn))
    .where(chains.c.tenant == sa.bindparam("of"), chains.c.chain == sa.bindparam("is"))
)
_newest = (
    sa.select(chains.c.chain, turns.c.seq)
    .select_from(chains.join(turns, turns.c.id == chains.c.turn))
    .where(chains.c.tenant == sa.bindparam("of"), chains.c.conversation == sa.bindparam("in"))
    .order_by(turns.c.seq.desc())
    .limit(1)
)
_insert = chains.insert()
_said = (
    sa.select(messages.c.id, messages.c.text, messages.c.turn)
    .where(messages.c.conversation == sa.bindparam("in"), messages.c.role == "customer")
    .order_by(messages.c.seq.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Link:
    """A chain that was stored: its conversation, and whether it is the newest there, so that nothing was said after it through this door."""

    conversation: str
    newest: bool


def find_chain(conn: Connection, chain: str, *, tenant: str) -> Link | None:
    row = rows(conn, _by_chain, {"of": tenant, "is": chain}).one_or_none()
    if row is None:
        return None
    last = rows(conn, _newest, {"of": tenant, "in": row.conversation}).one()
    return Link(row.conversation, last.seq == row.seq)


def newest_chain(conn: Connection, conversation: str, *, tenant: str) -> str:
    """The last chain stored for a conversation; "" before the first."""
    row = rows(conn, _newest, {"of": tenant, "in": conversation}).one_or_none()
    return row.chain if row else ""


def keep_chain(conn: Connection, chain: str, *, conversation: str, turn: str, tenant: str) -> None:
    """Stores a chain; one that is there already stays."""
    if rows(conn, _by_chain, {"of": tenant, "is": chain}).one_or_none() is None:
        change(conn, _insert, {"tenant": tenant, "chain": chain, "conversation": conversation, "turn": turn})


def last_said(conn: Connection, conversation: str) -> tuple[str, str] | None:
    """(id, text) of the customer's last message; None before the first."""
    row = rows(conn, _said, {"in": conversation}).one_or_none()
    return (row.id, row.text) if row else None
