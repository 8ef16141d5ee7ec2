"""Questions our documents did not answer, kept for whoever writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.errors import NotFound
from assistant.store.quick import change
from assistant.store.tables import gaps
from assistant.types import Json


@dataclass(frozen=True, slots=True)
class Gap:
    """A question without evidence: the customer's words, and in `data` what was searched and found."""

    id: str
    conversation_id: str
    turn: str
    text: str
    language: str
    at: datetime
    data: Mapping[str, Json]


_insert = gaps.insert()


def record_gap(conn: Connection, gap: Gap, *, tenant: str) -> None:
    row = {"id": gap.id, "tenant": tenant, "conversation": gap.conversation_id, "turn": gap.turn, "text": gap.text, "language": gap.language}
    change(conn, _insert, {**row, "data": gap.data, "at": gap.at})


def open_gaps(conn: Connection, *, tenant: str, limit: int = 200) -> tuple[Gap, ...]:
    """Oldest first."""
    query = sa.select(gaps).where(gaps.c.tenant == tenant, gaps.c.closed.is_(None)).order_by(gaps.c.at, gaps.c.id).limit(limit)
    return tuple(Gap(row.id, row.conversation, row.turn, row.text, row.language, row.at, row.data) for row in conn.execute(query))


def close_gap(conn: Connection, gap_id: str, *, tenant: str, now: datetime) -> None:
    """Marks it as written up. Raises NotFound."""
    query = gaps.update().where(gaps.c.id == gap_id, gaps.c.tenant == tenant).values(closed=now)
    if conn.execute(query).rowcount == 0:
        raise NotFound("no such gap")
