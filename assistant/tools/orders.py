"""Tools that read and change orders; every one of them is reached through the gate only."""

from __future__ import annotations

from datetime import datetime

from assistant.errors import InvalidInput
from assistant.tools.registry import Done, Use, tool
from assistant.types import Json, Order


def order_data(order: Order) -> dict[str, Json]:
    """An order as plain data, as a model or a trace may see it."""
    return {
        "number": order.number,
        "status": order.status,
        "lines": [{"sku": line.sku, "quantity": line.quantity, "price": line.price} for line in order.lines],
        "due": order.due.isoformat(),
        "placed": order.placed.isoformat(),
        "delivered": order.delivered.isoformat() if order.delivered else None,
        "ship_to": order.ship_to,
        "amount": order.amount,
        "currency": order.currency,
        "tracking": order.tracking,
        "carrier": order.carrier,
        "invoiced": order.invoiced.isoformat() if order.invoiced else None,
        "version": order.version,
    }


def held(use: Use) -> Order:
    """The order the gate has checked; a tool that needs one names it `order` in its arguments."""
    if use.order is None:
        raise InvalidInput("the call names no order", code="bad_arguments")
    return use.order


@tool("read", "orders.read")
async def find_orders(use: Use) -> Done:
    """All orders of the caller's company."""
    return Done([order_data(order) for order in await use.orders.find(use.principal.company)])


@tool("read", "orders.read")
async def get_order(use: Use, *, order: str) -> Done:
    """One order with its lines, dates, amount and address."""
    return Done(order_data(held(use)))


@tool("read", "orders.read")
async def track_order(use: Use, *, order: str) -> Done:
    """Where a shipment is: status, carrier, tracking number and expected day."""
    found = held(use)
    return Done({"status": found.status, "carrier": found.carrier, "tracking": found.tracking, "due": found.due.isoformat()})


@tool("read", "orders.read")
async def check_stock(use: Use, *, sku: str) -> Done:
    """Pieces of a product in stock; null when it is not known."""
    return Done(await use.orders.stock(sku))


@tool("write", "orders.write", confirm=True)
async def change_delivery_date(use: Use, *, order: str, date: str) -> Done:
    """Moves the delivery date of an order."""
    try:
        day = datetime.fromisoformat(date).date()
    except ValueError as error:
        raise InvalidInput(f"{date!r} is no ISO date", code="bad_arguments") from error
    return Done(receipt=await use.orders.change(order, {"due": day.isoformat()}, version=held(use).version, key=use.key, tool="change_delivery_date"))


@tool("write", "orders.write", confirm=True)
async def change_address(use: Use, *, order: str, address: str) -> Done:
    """Changes where an order is delivered."""
    return Done(receipt=await use.orders.change(order, {"ship_to": address}, version=held(use).version, key=use.key, tool="change_address"))


@tool("write", "orders.write", confirm=True)
async def change_quantity(use: Use, *, order: str, sku: str, quantity: int, amount: int) -> Done:
    """Changes how many pieces of one product an order has; `amount` is the order's new amount in minor units."""
    changes: dict[str, Json] = {"quantity": {"sku": sku, "quantity": quantity}, "amount": amount}
    return Done(receipt=await use.orders.change(order, changes, version=held(use).version, key=use.key, tool="change_quantity"))


@tool("write", "orders.write", confirm=True)
async def cancel_order(use: Use, *, order: str, fee: int = 0) -> Done:
    """Cancels an order, for a fee in minor units."""
    changes: dict[str, Json] = {"status": "cancelled", "fee": fee}
    return Done(receipt=await use.orders.change(order, changes, version=held(use).version, key=use.key, tool="cancel_order"))


@tool("write", "tickets.write", confirm=True)
async def open_ticket(use: Use, *, kind: str, order: str = "", **fields: Json) -> Done:
    """Records work for people: a return, a claim, an invoice, whatever kinds the workspace has."""
    if kind not in use.queues:
        raise InvalidInput(f"no ticket kind {kind!r}", code="bad_arguments")
    ticket: dict[str, Json] = {
        "kind": kind,
        "company": use.principal.company,
        "contact": use.principal.name,
        "order": order or None,
        "queue": use.queues[kind],
        "fields": fields,
    }
    return Done(receipt=await use.orders.open_ticket(ticket, key=use.key, tool="open_ticket"))


ORDER_TOOLS = (find_orders, get_order, track_order, check_stock, change_delivery_date, change_address, change_quantity, cancel_order, open_ticket)
