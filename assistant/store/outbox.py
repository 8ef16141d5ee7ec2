"""What must leave after a commit: stored with it, sent at least once, in order within a conversation; who sends is not known here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.store.quick import change, rows
from assistant.store.tables import outbox
from assistant.types import Json


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to send. `n` is its number (the receiver's guard against a repeat), 0 until stored; `attempts` counts failures."""

    kind: str
    data: Mapping[str, Json]
    conversation_id: str = ""
    n: int = 0
    attempts: int = 0


_insert = outbox.insert()
_earlier = outbox.alias("earlier")
_due = (
    sa.select(outbox)
    .where(
        outbox.c.tenant == sa.bindparam("tenant"),
        outbox.c.done.is_(None),
        outbox.c.due <= sa.bindparam("now"),
        ~sa.exists().where(_earlier.c.conversation == outbox.c.conversation, _earlier.c.done.is_(None), _earlier.c.n < outbox.c.n),
    )
    .order_by(outbox.c.n)
    .limit(sa.bindparam("limit"))
)


def put_outgoing(conn: Connection, conversation_id: str, *, tenant: str, entries: Sequence[Outgoing], now: datetime) -> None:
    if not entries:
        return
    fixed = {"tenant": tenant, "conversation": conversation_id, "created": now, "due": now, "attempts": 0}
    change(conn, _insert, [{**fixed, "kind": each.kind, "data": each.data} for each in entries])


def due_outgoing(conn: Connection, *, tenant: str, now: datetime, limit: int = 50) -> tuple[Outgoing, ...]:
    """What may be sent now: of each conversation only the oldest unsent, so that order holds."""
    found = rows(conn, _due, {"tenant": tenant, "now": now, "limit": limit})
    return tuple(Outgoing(row.kind, row.data, row.conversation, row.n, row.attempts) for row in found)


def finish_outgoing(conn: Connection, n: int, *, now: datetime) -> None:
    """It was sent."""
    conn.execute(outbox.update().where(outbox.c.n == n).values(done=now))


def delay_outgoing(conn: Connection, n: int, *, until: datetime) -> None:
    """It failed; it is due again at `until`."""
    conn.execute(outbox.update().where(outbox.c.n == n).values(attempts=outbox.c.attempts + 1, due=until))
