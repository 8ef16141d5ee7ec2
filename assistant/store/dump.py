"""The end state of one tenant as plain JSON, as the command line prints it and scenarios are graded on; not a backup."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.store.orders import list_orders, list_tickets
from assistant.store.quick import rows
from assistant.store.tables import conversations, handoffs
from assistant.types import Json, Order

_handoffs = sa.select(handoffs).where(handoffs.c.tenant == sa.bindparam("tenant")).order_by(handoffs.c.created, handoffs.c.id)
_count = sa.select(sa.func.count()).select_from(conversations).where(conversations.c.tenant == sa.bindparam("tenant"))


def dump_state(conn: Connection, *, tenant: str, zone: str) -> dict[str, Json]:
    """{orders, tickets, handoffs, conversations}: `delivery_date` is the promised date or, once delivered, that day in `zone`; money in minor units."""
    clock = ZoneInfo(zone)
    orders: dict[str, Json] = {order.number: _order(order, clock=clock) for order in list_orders(conn, tenant=tenant)}
    tickets: list[Json] = [
        {"id": ticket.id, "kind": ticket.kind, "order": ticket.order, "queue": ticket.queue, "fields": dict(ticket.fields)}
        for ticket in list_tickets(conn, tenant=tenant)
    ]
    given: list[Json] = [
        {"reason": row.reason, "queue": row.queue, "priority": row.priority, "skills": row.skills, "state": row.state, "assigned_to": row.assigned_to or None}
        for row in rows(conn, _handoffs, {"tenant": tenant})
    ]
    return {"orders": orders, "tickets": tickets, "handoffs": given, "conversations": rows(conn, _count, {"tenant": tenant}).scalar()}


def _order(order: Order, *, clock: ZoneInfo) -> Json:
    day = order.delivered.astimezone(clock).date() if order.delivered else order.due
    items: list[Json] = [{"sku": line.sku, "quantity": line.quantity} for line in order.lines]
    return {
        "status": order.status,
        "delivery_date": day.isoformat(),
        "items": items,
        "ship_to": order.ship_to,
        "amount": order.amount,
        "currency": order.currency,
        "fee": order.fee,
    }
