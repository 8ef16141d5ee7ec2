"""The rows of the built-in order system: orders, stock, tickets, each write kept under its key so that it happens once; no rule about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from assistant.errors import Conflict, InvalidInput, NotFound
from assistant.store.columns import hash_json, plain
from assistant.store.quick import change, rows
from assistant.store.settings import next_number
from assistant.store.tables import effects, order_lines, orders, stock, tickets
from assistant.types import Json, Line, Order, Receipt, Ticket

FIRST_TICKET = 1001
_TEXTS = ("ship_to", "status")
_MONEY = ("amount", "fee")


@dataclass(frozen=True, slots=True)
class Write:
    """What every write carries: its idempotency key, the tool that asks, the id its receipt will have, and when."""

    key: str
    tool: str
    receipt: str
    at: datetime


_order = sa.select(orders).where(orders.c.tenant == sa.bindparam("tenant"), orders.c.number == sa.bindparam("number"))
_lines = (
    sa.select(order_lines.c.sku, order_lines.c.quantity, order_lines.c.price)
    .where(order_lines.c.tenant == sa.bindparam("tenant"), order_lines.c.order_number == sa.bindparam("number"))
    .order_by(order_lines.c.position)
)
_orders_of = sa.select(orders).where(orders.c.tenant == sa.bindparam("tenant"), orders.c.company == sa.bindparam("company")).order_by(orders.c.number)
_lines_of = (
    sa.select(order_lines.c.order_number, order_lines.c.sku, order_lines.c.quantity, order_lines.c.price)
    .select_from(order_lines.join(orders, (order_lines.c.tenant == orders.c.tenant) & (order_lines.c.order_number == orders.c.number)))
    .where(orders.c.tenant == sa.bindparam("tenant"), orders.c.company == sa.bindparam("company"))
    .order_by(order_lines.c.order_number, order_lines.c.position)
)
_stock = sa.select(stock.c.quantity).where(stock.c.tenant == sa.bindparam("tenant"), stock.c.sku == sa.bindparam("sku"))
_effect = sa.select(effects.c.body_hash, effects.c.receipt).where(effects.c.tenant == sa.bindparam("tenant"), effects.c.key == sa.bindparam("key"))
_insert_effect = effects.insert()
_insert_ticket = tickets.insert()


def get_order(conn: Connection, number: str, *, tenant: str) -> Order:
    """Raises NotFound."""
    row = rows(conn, _order, {"tenant": tenant, "number": number}).one_or_none()
    if row is None:
        raise NotFound("no such order")
    return _as_order(row, rows(conn, _lines, {"tenant": tenant, "number": number}))


def orders_of(conn: Connection, company: str, *, tenant: str) -> tuple[Order, ...]:
    """A company's orders by number."""
    lines: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    for line in rows(conn, _lines_of, {"tenant": tenant, "company": company}):
        lines.setdefault(line.order_number, []).append(line)
    return tuple(_as_order(row, lines.get(row.number, ())) for row in rows(conn, _orders_of, {"tenant": tenant, "company": company}))


def stock_of(conn: Connection, sku: str, *, tenant: str) -> int | None:
    """Pieces in stock; None for what is not counted (made to order, or not known here)."""
    quantity: int | None = rows(conn, _stock, {"tenant": tenant, "sku": sku}).scalar()
    return quantity


def change_order(conn: Connection, number: str, changes: Mapping[str, Json], *, tenant: str, version: int, write: Write) -> Receipt:
    """Sets the named fields of an order once under the write's key; the first receipt again for the same key and changes.

    `changes`: due (ISO date), ship_to, status (text), amount, fee (minor units), quantity ({sku, quantity}). The receipt names due `delivery_date`.
    Raises NotFound, Conflict (`stale`: the order has another version; `key_reused`), InvalidInput for a field or value an order cannot have.
    """
    body = hash_json({"order": number, "changes": changes})
    earlier = _earlier(conn, write.key, tenant=tenant, body=body)
    if earlier is not None:
        return earlier
    order = get_order(conn, number, tenant=tenant)
    if order.version != version:
        raise Conflict(f"order {number} has changed since it was shown", code="stale")
    told: dict[str, tuple[Json, Json]] = {}
    row: dict[str, object] = {}
    for name, value in changes.items():
        match name:
            case "due":
                row["due"] = _date(value)
                told["delivery_date"] = (order.due.isoformat(), _date(value).isoformat())
            case "quantity":
                told["quantity"] = _set_quantity(conn, order, value, tenant=tenant)
            case _ if (name in _TEXTS and isinstance(value, str) and value) or (name in _MONEY and _whole(value, least=0)):
                row[name] = value
                told[name] = (getattr(order, name), value)
            case _:
                raise InvalidInput(f"an order cannot have {name} = {value!r}", code="bad_change")
    if not told:
        raise InvalidInput("nothing to change", code="bad_change")
    where = (orders.c.tenant == tenant, orders.c.number == number, orders.c.version == version)
    if conn.execute(orders.update().where(*where).values(version=version + 1, **row)).rowcount == 0:
        raise Conflict(f"order {number} has changed since it was shown", code="stale")
    return _keep(conn, Receipt(write.receipt, write.tool, number, None, told), tenant=tenant, write=write, body=body)


def open_ticket(conn: Connection, ticket: Mapping[str, Json], *, tenant: str, write: Write) -> Receipt:
    """Books a ticket once under the write's key. `ticket`: kind, company, contact, order (or None), queue, fields.

    Raises Conflict (`key_reused`) and InvalidInput for a ticket that lacks one of these.
    """
    body = hash_json({"ticket": ticket})
    earlier = _earlier(conn, write.key, tenant=tenant, body=body)
    if earlier is not None:
        return earlier
    fields, order = ticket.get("fields"), ticket.get("order")
    texts = {name: ticket.get(name) for name in ("kind", "company", "contact", "queue")}
    wrong = [name for name, value in texts.items() if not isinstance(value, str)]
    if wrong or not isinstance(fields, Mapping) or not isinstance(order, str | None):
        raise InvalidInput(f"a ticket needs {', '.join(wrong) or 'an order number or none, and fields'}", code="bad_ticket")
    n = next_number(conn, "last_ticket", tenant=tenant, first=FIRST_TICKET)
    row = {"tenant": tenant, "id": f"T-{n}", "n": n, "order_number": order or None, "fields": fields, "at": write.at}
    change(conn, _insert_ticket, {**row, **texts})
    told: dict[str, tuple[Json, Json]] = {name: (None, plain(value)) for name, value in fields.items()}
    return _keep(conn, Receipt(write.receipt, write.tool, order or None, f"T-{n}", told), tenant=tenant, write=write, body=body)


def outcome_of(conn: Connection, key: str, *, tenant: str) -> Receipt | None:
    """The receipt of what happened under a key, None when nothing did."""
    row = rows(conn, _effect, {"tenant": tenant, "key": key}).one_or_none()
    return None if row is None else receipt_from(row.receipt)


def list_orders(conn: Connection, *, tenant: str) -> tuple[Order, ...]:
    """Every order by number: for dumps, not for a turn."""
    companies = conn.execute(sa.select(orders.c.company).where(orders.c.tenant == tenant).distinct()).scalars().all()
    found = [order for company in companies for order in orders_of(conn, company, tenant=tenant)]
    return tuple(sorted(found, key=lambda order: order.number))


def list_tickets(conn: Connection, *, tenant: str, company: str = "") -> tuple[Ticket, ...]:
    """In the order they were opened; `company` narrows to one buyer."""
    query = sa.select(tickets).where(tickets.c.tenant == tenant).order_by(tickets.c.n)
    rows = conn.execute(query.where(tickets.c.company == company) if company else query)
    return tuple(Ticket(row.id, row.kind, row.company, row.contact, row.order_number, row.queue, row.fields) for row in rows)


def receipt_json(receipt: Receipt) -> dict[str, Json]:
    """The wire form: {id, tool, order, ticket, changes: {field: [old, new]}}."""
    changes: dict[str, Json] = {name: [old, new] for name, (old, new) in receipt.changes.items()}
    return {"id": receipt.id, "tool": receipt.tool, "order": receipt.order, "ticket": receipt.ticket, "changes": changes}


def receipt_from(data: Mapping[str, Any]) -> Receipt:
    """Reads the wire form; raises KeyError, TypeError or ValueError for anything else."""
    changes = {str(name): (old, new) for name, (old, new) in data["changes"].items()}
    return Receipt(str(data["id"]), str(data["tool"]), data["order"], data["ticket"], changes)


def _earlier(conn: Connection, key: str, *, tenant: str, body: str) -> Receipt | None:
    row = rows(conn, _effect, {"tenant": tenant, "key": key}).one_or_none()
    if row is None:
        return None
    if row.body_hash != body:
        raise Conflict("this key was used for another write", code="key_reused")
    return receipt_from(row.receipt)


def _keep(conn: Connection, receipt: Receipt, *, tenant: str, write: Write, body: str) -> Receipt:
    change(conn, _insert_effect, {"tenant": tenant, "key": write.key, "body_hash": body, "receipt": receipt_json(receipt), "at": write.at})
    return receipt


def _set_quantity(conn: Connection, order: Order, value: Json, *, tenant: str) -> tuple[Json, Json]:
    """The pieces of a line before and after; none take it out, unless it is the only one: an order without goods is a cancelled one."""
    if not isinstance(value, dict) or not _whole(value.get("quantity"), least=0 if len(order.lines) > 1 else 1):
        raise InvalidInput("a quantity is {sku, quantity} with at least one piece, or none of one line of several", code="bad_change")
    old = [line.quantity for line in order.lines if line.sku == value.get("sku")]
    if len(old) != 1:
        raise InvalidInput(f"order {order.number} has no single line of {value.get('sku')}", code="bad_change")
    where = (order_lines.c.tenant == tenant, order_lines.c.order_number == order.number, order_lines.c.sku == value["sku"])
    conn.execute(order_lines.update().where(*where).values(quantity=value["quantity"]) if value["quantity"] else order_lines.delete().where(*where))
    return old[0], value["quantity"]


def _whole(value: Json, *, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _date(value: Json) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        raise InvalidInput(f"{value!r} is not an ISO date", code="bad_change") from error


def _as_order(row: Row[*tuple[Any, ...]], lines: Iterable[Row[*tuple[Any, ...]]]) -> Order:
    return Order(
        number=row.number,
        company=row.company,
        status=row.status,
        lines=tuple(Line(line.sku, line.quantity, line.price) for line in lines),
        due=row.due,
        placed=row.placed,
        ship_to=row.ship_to,
        amount=row.amount,
        currency=row.currency,
        version=row.version,
        delivered=row.delivered,
        tracking=row.tracking,
        carrier=row.carrier,
        note=row.note,
        invoiced=row.invoiced,
        fee=row.fee,
    )
