"""A write in the store: its intent before the call, its result and receipt after it; the call itself is not made here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from assistant.errors import Conflict, NotFound
from assistant.store.columns import hash_json
from assistant.store.confirmations import use_confirmation
from assistant.store.quick import change, rows
from assistant.store.tables import conversations, receipts, write_intents
from assistant.types import Confirmation, ConversationId, Json, MessageId, Receipt

WriteState = Literal["intended", "done", "failed"]


@dataclass(frozen=True, slots=True)
class WriteIntent:
    """A write that is about to happen. `key` is its idempotency key; `fence` the turn lock it was decided under; `order_version` the one previewed."""

    key: str
    conversation_id: ConversationId
    message_id: MessageId
    tool: str
    order: str
    order_version: int
    arguments: Mapping[str, Json]
    fence: int
    state: WriteState = "intended"
    error: str = ""
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What came of a write: a receipt when it is done, an error code when it surely did not happen."""

    key: str
    receipt: Receipt | None = None
    error: str = ""


_w = write_intents.c
_with_receipt = sa.select(
    write_intents,
    receipts.c.id.label("receipt"),
    receipts.c.tool.label("receipt_tool"),
    receipts.c.order_number.label("receipt_order"),
    receipts.c.ticket,
    receipts.c.changes,
).select_from(write_intents.outerjoin(receipts, receipts.c.key == _w.key))
_by_key = _with_receipt.where(_w.key == sa.bindparam("key"))
_open = _with_receipt.where(_w.tenant == sa.bindparam("tenant"), _w.state == sa.literal_column("'intended'")).order_by(_w.created, _w.key)
_insert = write_intents.insert()
_guarded = (
    sa.select(conversations.c.tenant, conversations.c.fence, conversations.c.owner_epoch).where(conversations.c.id == sa.bindparam("id")).with_for_update()
)
_finish = (
    write_intents.update()
    .where(_w.key == sa.bindparam("row"), _w.state == "intended")
    .values(state=sa.bindparam("to"), error=sa.bindparam("code"), updated=sa.bindparam("at"))
    .returning(_w.tenant, _w.conversation)
)
_insert_receipt = receipts.insert()
_receipts_in = sa.select(receipts).where(receipts.c.conversation == sa.bindparam("conversation")).order_by(receipts.c.at, receipts.c.id)
_receipt_by_key = sa.select(receipts).where(receipts.c.key == sa.bindparam("key"))


def intend_write(conn: Connection, intent: WriteIntent, *, claim: Confirmation | None, owner_epoch: int, now: datetime) -> WriteIntent:
    """First commit: uses the confirmation up and stores the intent, or gives the stored one back when this key was intended before.

    `claim` is None for a write that needs no yes. Raises NotFound, and Conflict with nothing stored: `fence` (another process owns the turn),
    `owner_changed`, `key_reused` (other arguments under the same key), `confirmation` (unknown, used, expired, or bound to something else).
    """
    row = rows(conn, _guarded, {"id": intent.conversation_id}).one_or_none()
    if row is None:
        raise NotFound("no such conversation")
    if row.fence != intent.fence:
        raise Conflict("another process answers this conversation now", code="fence")
    if row.owner_epoch != owner_epoch:
        raise Conflict("the conversation has another owner now", code="owner_changed")
    found = rows(conn, _by_key, {"key": intent.key}).one_or_none()
    if found is not None:
        if found.arguments_hash != _hash(intent):
            raise Conflict("this key was used for another write", code="key_reused")
        return _intent(found)
    if claim is not None and not use_confirmation(conn, claim, now=now, key=intent.key):
        raise Conflict("this confirmation cannot be used", code="confirmation")
    values = {
        "key": intent.key,
        "tenant": row.tenant,
        "conversation": intent.conversation_id,
        "message": intent.message_id,
        "tool": intent.tool,
        "order_number": intent.order,
        "order_version": intent.order_version,
        "arguments": intent.arguments,
        "arguments_hash": _hash(intent),
        "fence": intent.fence,
        "state": "intended",
        "error": "",
        "created": now,
        "updated": now,
    }
    change(conn, _insert, values)
    return intent


def finish_write(conn: Connection, result: WriteResult, *, now: datetime) -> None:
    """Last commit: the receipt, or the reason why it did not happen. Finishing twice does nothing; raises NotFound for a key never intended."""
    state = "failed" if result.receipt is None else "done"
    row = rows(conn, _finish, {"row": result.key, "to": state, "code": result.error, "at": now}).one_or_none()
    if row is None:
        get_intent(conn, result.key)
        return
    receipt = result.receipt
    if receipt is not None:
        values = {"id": receipt.id, "tenant": row.tenant, "conversation": row.conversation, "key": result.key, "tool": receipt.tool, "at": now}
        changes = {name: list(change) for name, change in receipt.changes.items()}
        change(conn, _insert_receipt, {**values, "order_number": receipt.order, "ticket": receipt.ticket, "changes": changes})


def get_intent(conn: Connection, key: str) -> WriteIntent:
    """Raises NotFound."""
    row = rows(conn, _by_key, {"key": key}).one_or_none()
    if row is None:
        raise NotFound("no such write")
    return _intent(row)


def open_intents(conn: Connection, *, tenant: str) -> tuple[WriteIntent, ...]:
    """Writes whose outcome is not known, oldest first: each is read back from the order system by its key, never repeated blindly."""
    return tuple(_intent(row) for row in rows(conn, _open, {"tenant": tenant}))


def receipts_of(conn: Connection, conversation_id: str) -> tuple[Receipt, ...]:
    """The conversation's receipts, oldest first."""
    return tuple(_receipt(row) for row in rows(conn, _receipts_in, {"conversation": conversation_id}))


def receipt_of(conn: Connection, key: str) -> Receipt | None:
    """The receipt of the write with this key, if it is done."""
    row = rows(conn, _receipt_by_key, {"key": key}).one_or_none()
    return None if row is None else _receipt(row)


def _hash(intent: WriteIntent) -> str:
    # the conversation too: a key that two of them share must never show one the other's receipt
    return hash_json([intent.conversation_id, intent.tool, intent.order, intent.arguments])


def _receipt(row: Row[*tuple[Any, ...]]) -> Receipt:
    return Receipt(row.id, row.tool, row.order_number, row.ticket, {name: (old, new) for name, (old, new) in row.changes.items()})


def _intent(row: Row[*tuple[Any, ...]]) -> WriteIntent:
    receipt = None
    if row.receipt is not None:
        changes = {name: (old, new) for name, (old, new) in row.changes.items()}
        receipt = Receipt(row.receipt, row.receipt_tool, row.receipt_order, row.ticket, changes)
    return WriteIntent(
        key=row.key,
        conversation_id=ConversationId(row.conversation),
        message_id=MessageId(row.message),
        tool=row.tool,
        order=row.order_number,
        order_version=row.order_version,
        arguments=row.arguments,
        fence=row.fence,
        state=row.state,
        error=row.error,
        receipt=receipt,
    )
