"""Previews waiting for a yes: bound to who, tool, order version and exact arguments, usable once and in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from assistant.errors import NotFound
from assistant.store.columns import hash_json
from assistant.store.quick import change, rows
from assistant.store.tables import confirmations
from assistant.types import Confirmation

WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class StoredConfirmation:
    """`used_by` is the key of the write it was used for, `withdrawn`, or None while it waits."""

    confirmation: Confirmation
    used_by: str | None


_c = confirmations.c
_insert = confirmations.insert()
_by_id = sa.select(confirmations).where(_c.id == sa.bindparam("id"))
_newest = sa.select(confirmations).where(_c.conversation == sa.bindparam("conversation")).order_by(_c.expires.desc(), _c.id.desc()).limit(1)
_use = (
    confirmations.update()
    .where(
        _c.id == sa.bindparam("row"),
        _c.customer == sa.bindparam("by"),
        _c.tool == sa.bindparam("with_tool"),
        _c.order_number == sa.bindparam("of_order"),
        _c.order_version == sa.bindparam("at_version"),
        _c.arguments_hash == sa.bindparam("with_hash"),
        _c.used_by.is_(None),
        _c.expires > sa.bindparam("now"),
    )
    .values(used_by=sa.bindparam("key"))
)
_withdraw = confirmations.update().where(_c.conversation == sa.bindparam("row"), _c.used_by.is_(None)).values(used_by=WITHDRAWN)


def save_confirmation(conn: Connection, confirmation: Confirmation, *, conversation_id: str, tenant: str) -> None:
    row = {
        "id": confirmation.id,
        "tenant": tenant,
        "conversation": conversation_id,
        "customer": confirmation.customer,
        "tool": confirmation.tool,
        "order_number": confirmation.order,
        "order_version": confirmation.order_version,
        "arguments": confirmation.arguments,
        "arguments_hash": hash_json(confirmation.arguments),
        "expires": confirmation.expires,
    }
    change(conn, _insert, row)


def use_confirmation(conn: Connection, claim: Confirmation, *, now: datetime, key: str) -> bool:
    """Uses a confirmation up for the write `key`: true once, and only when every field of the claim is as stored and it has not expired at `now`.

    The claim's own `expires` is ignored; the stored one counts.
    """
    values = {
        "row": claim.id,
        "by": claim.customer,
        "with_tool": claim.tool,
        "of_order": claim.order,
        "at_version": claim.order_version,
        "with_hash": hash_json(claim.arguments),
        "now": now,
        "key": key,
    }
    return change(conn, _use, values) == 1


def withdraw_confirmations(conn: Connection, conversation_id: str) -> None:
    """Whatever still waits for a yes in this conversation can no longer be used."""
    change(conn, _withdraw, {"row": conversation_id})


def get_confirmation(conn: Connection, confirmation_id: str) -> StoredConfirmation:
    """Raises NotFound."""
    row = rows(conn, _by_id, {"id": confirmation_id}).one_or_none()
    if row is None:
        raise NotFound("no such confirmation")
    return _stored(row)


def newest_confirmation(conn: Connection, conversation_id: str) -> StoredConfirmation | None:
    """The conversation's last preview, whatever became of it."""
    row = rows(conn, _newest, {"conversation": conversation_id}).one_or_none()
    return None if row is None else _stored(row)


def _stored(row: Row[*tuple[Any, ...]]) -> StoredConfirmation:
    found = Confirmation(row.id, row.customer, row.tool, row.order_number, row.order_version, row.arguments, row.expires)
    return StoredConfirmation(found, row.used_by)
