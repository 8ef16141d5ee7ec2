"""The audit trail: rows are added and read, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.store.quick import change
from assistant.store.tables import audit
from assistant.types import Json


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, when. `conversation_id` is empty outside of one; `n` is the trail's own number, 0 until stored."""

    kind: str
    who: str
    what: Mapping[str, Json]
    at: datetime
    conversation_id: str = ""
    n: int = 0


_insert = audit.insert()


def append_audit(conn: Connection, entries: Sequence[AuditEntry], *, tenant: str) -> None:
    if not entries:
        return
    rows = [{"tenant": tenant, "conversation": each.conversation_id, "kind": each.kind, "who": each.who, "what": each.what, "at": each.at} for each in entries]
    change(conn, _insert, rows)


def audit_after(conn: Connection, *, tenant: str, after: int = 0, conversation_id: str = "", limit: int = 500) -> tuple[AuditEntry, ...]:
    """Entries numbered above `after`, in order; `conversation_id` narrows to one conversation."""
    query = sa.select(audit).where(audit.c.tenant == tenant, audit.c.n > after).order_by(audit.c.n).limit(limit)
    rows = conn.execute(query.where(audit.c.conversation == conversation_id) if conversation_id else query)
    return tuple(AuditEntry(row.kind, row.who, row.what, row.at, row.conversation, row.n) for row in rows)
