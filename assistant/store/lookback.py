"""What was said since an instant, read again for learning: answers with their citations, talks with people, and the words that name persons; read only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.store.tables import agents, companies, contacts, messages, orders, turns


@dataclass(frozen=True, slots=True)
class Told:
    """A stored answer: what the customer wrote, what was answered, and the places cited (document, version, section, quote, start, end, title)."""

    turn: str
    conversation: str
    at: datetime
    question: str
    text: str
    citations: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message in a conversation that a person took part in. `role` is customer, agent or assistant; `turn` answered it ("" = none)."""

    conversation: str
    seq: int
    role: str
    sender: str
    text: str
    at: datetime
    turn: str


def answers_since(conn: Connection, since: datetime, *, tenant: str) -> tuple[Told, ...]:
    """The answers that cite something, oldest first."""
    asked = turns.c.record["message"]["text"].as_string().label("question")
    query = sa.select(turns.c.id, turns.c.conversation, turns.c.created, turns.c.reply, asked)
    query = query.where(turns.c.tenant == tenant, turns.c.created >= since).order_by(turns.c.created, turns.c.id)
    found = []
    for row in conn.execute(query):
        cited = row.reply.get("citations") or ()
        if cited:
            found.append(Told(row.id, row.conversation, row.created, row.question or "", str(row.reply.get("text", "")), tuple(cited)))
    return tuple(found)


def talks_since(conn: Connection, since: datetime, *, tenant: str) -> tuple[Spoken, ...]:
    """Every message of the conversations in which a person wrote since then, conversation by conversation, in order."""
    by_people = sa.select(messages.c.conversation).where(messages.c.tenant == tenant, messages.c.role == "agent", messages.c.sent_at >= since).distinct()
    query = sa.select(messages).where(messages.c.tenant == tenant, messages.c.conversation.in_(by_people)).order_by(messages.c.conversation, messages.c.seq)
    return tuple(Spoken(row.conversation, row.seq, row.role, row.sender, row.text, row.sent_at, row.turn or "") for row in conn.execute(query))


def personal_words(conn: Connection, *, tenant: str) -> dict[str, str]:
    """Words that name one customer or colleague, with their kind: name, company, email, phone, address, order, number."""
    found: dict[str, str] = {}

    def put(kind: str, *columns: sa.Column[Any]) -> None:
        for row in conn.execute(sa.select(*columns).where(columns[0].table.c.tenant == tenant)):
            found.update((str(value).strip(), kind) for value in row if value and str(value).strip())

    put("number", orders.c.tracking)
    put("order", orders.c.number)
    put("address", orders.c.ship_to)
    put("phone", contacts.c.phone)
    put("email", contacts.c.email)
    put("company", companies.c.name)
    put("name", contacts.c.name)
    put("name", agents.c.name)
    return found
