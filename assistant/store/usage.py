"""What language models took, added up by conversation and business day; no limits are known here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from assistant.store.tables import model_usage


@dataclass(frozen=True, slots=True)
class Usage:
    """Calls, tokens, and money in millionths of a minor unit of the currency."""

    calls: int = 0
    tokens: int = 0
    cost: int = 0


def day_of(at: datetime) -> str:
    """The day that use at an instant counts for: the ISO date in UTC."""
    return at.astimezone(UTC).date().isoformat()


def usage_of(conn: Connection, conversation: str, *, day: str, tenant: str) -> tuple[Usage, Usage]:
    """(of the conversation on all days, of all conversations on `day`, an ISO date)."""
    return _sum(conn, tenant, model_usage.c.conversation == conversation), _sum(conn, tenant, model_usage.c.day == day)


def _sum(conn: Connection, tenant: str, which: sa.ColumnElement[bool]) -> Usage:
    columns = [sa.func.coalesce(sa.func.sum(column), 0) for column in (model_usage.c.calls, model_usage.c.tokens, model_usage.c.cost)]
    row = conn.execute(sa.select(*columns).where(model_usage.c.tenant == tenant, which)).one()
    return Usage(*(int(value) for value in row))


def add_usage(conn: Connection, conversation: str, used: Usage, *, day: str, tenant: str) -> None:
    """Adds to the sums of one conversation and day."""
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    made = insert(model_usage).values(tenant=tenant, day=day, conversation=conversation, calls=used.calls, tokens=used.tokens, cost=used.cost)
    sums = {name: model_usage.c[name] + made.excluded[name] for name in ("calls", "tokens", "cost")}
    conn.execute(made.on_conflict_do_update(index_elements=["tenant", "day", "conversation"], set_=sums))
