"""What a rule or a text can know of a case: `Facts`, and the maps that expressions and templates read it through; it looks nothing up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from assistant.text.script import to_traditional
from assistant.text.template import wording
from assistant.tools.functions import instant, midnight
from assistant.types import Attachment, Json, Language, Line, Order, Principal, Ticket
from assistant.workspace.model import Product, Workspace

_LARGEST = 2**63 - 1  # the engine's integers have 64 bits


@dataclass(frozen=True, slots=True)
class Facts:
    """One case. An `order`, `line` or `product` of None is one not known yet: a rule that needs it stops there; a `stock` of None is one nobody can tell.

    `line` defaults to the only line of the order and `product` to the line's. `new` holds what the customer wants by slot (dates as ISO text, a product as
    SKU) and `types` the type of each slot; `values` the results of a verdict; `procedure` settles whose parameters `p` means outside a rule.
    """

    now: datetime
    order: Order | None = None
    line: Line | None = None
    product: Product | None = None
    customer: Principal | None = None
    stock: int | None = None
    attachments: tuple[Attachment, ...] = ()
    history: tuple[Ticket, ...] = ()
    new: Mapping[str, Json] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Json] = field(default_factory=dict)
    opening: datetime | None = None
    procedure: str = ""


def the_line(facts: Facts) -> Line | None:
    """The order line in question: the one named, or the only one."""
    if facts.line is not None or facts.order is None:
        return facts.line
    return facts.order.lines[0] if len(facts.order.lines) == 1 else None


def the_product(workspace: Workspace, facts: Facts) -> Product | None:
    """The product in question: the one named, or that of the line."""
    line = the_line(facts)
    return facts.product or (workspace.products.get(line.sku) if line else None)


def expression_values(workspace: Workspace, facts: Facts, types: Mapping[str, str]) -> dict[str, Any]:
    """The variables of an expression, dates as instants at local midnight. What is not known yet is left out; `types` adds slot types to the facts' own."""
    zone = workspace.zone
    line, product = the_line(facts), the_product(workspace, facts)
    now = instant(facts.now, zone)
    values: dict[str, Any] = {
        "now": now,
        "today": midnight(now.date(), zone),
        "stock": facts.stock,
        "customer": _customer(facts.customer),
        "attachments": [{"name": item.name, "media_type": item.media_type} for item in facts.attachments],
        "history": [{"kind": ticket.kind, "id": ticket.id} for ticket in facts.history],
        "new": {
            name: _new(workspace, value, facts.types.get(name) or types.get(name, ""), zone=zone) for name, value in facts.new.items() if value is not None
        },
        "values": dict(facts.values),
        "opening": instant(facts.opening, zone) if facts.opening else None,
    }
    if facts.order is not None:
        values["order"] = _order(workspace, facts.order, zone)
        values["invoice"] = {"date": _midnight(facts.order.invoiced, zone)}
    if line is not None:
        values["line"] = _line(workspace, line, "")
    if product is not None:
        values["product"] = product_map(product, _first(product.name))
    elif line is not None:
        values["product"] = _unlisted(line)
    return values


def text_variables(workspace: Workspace, facts: Facts, language: Language) -> dict[str, Any]:
    """The variables of a template: the same names with names of products in `language`, dates as dates, every slot of `types` present (None when not given)."""
    line, product, order = the_line(facts), the_product(workspace, facts), facts.order
    new: dict[str, Any] = dict.fromkeys(facts.types)
    for name, value in facts.new.items():
        wanted = workspace.products.get(value) if facts.types.get(name) == "product" and isinstance(value, str) else None
        new[name] = product_map(wanted, _named(wanted, language)) if wanted else value
    return {
        "order": _order_text(workspace, order, language) if order else None,
        "line": _line(workspace, line, language) if line else None,
        "product": product_map(product, _named(product, language)) if product else (_unlisted(line) if line else None),
        "customer": _customer(facts.customer),
        "stock": facts.stock,
        "invoice": {"date": order.invoiced if order else None},
        "attachments": [{"name": item.name, "media_type": item.media_type} for item in facts.attachments],
        "history": [{"kind": ticket.kind, "id": ticket.id} for ticket in facts.history],
        "new": new,
        "values": dict(facts.values),
        "today": facts.now.astimezone(workspace.zone).date(),
        "now": facts.now,
        "opening": facts.opening,
    }


def product_map(product: Product, name: str) -> dict[str, Any]:
    return {
        "sku": product.sku, "name": name, "family": product.family, "price": product.price, "custom": product.custom,
        "warranty_months": product.warranty_months,
    }  # fmt: skip


def _unlisted(line: Line) -> dict[str, Any]:
    """A product that the order system knows and the catalogue does not."""
    return {"sku": line.sku, "name": line.sku, "family": "", "price": line.price, "custom": False, "warranty_months": 0}


def _order(workspace: Workspace, order: Order, zone: ZoneInfo) -> dict[str, Any]:
    return {
        **_common(workspace, order),
        "due": _midnight(order.due, zone),
        "placed": _midnight(order.placed, zone),
        "delivered": instant(order.delivered, zone) if order.delivered else None,
        "invoiced": _midnight(order.invoiced, zone),
        "lines": [_line(workspace, line, "") for line in order.lines],
    }


def _order_text(workspace: Workspace, order: Order, language: Language) -> dict[str, Any]:
    return {
        **_common(workspace, order),
        "due": order.due,
        "placed": order.placed,
        "delivered": order.delivered,
        "invoiced": order.invoiced,
        "lines": [_line(workspace, line, language) for line in order.lines],
    }


def _common(workspace: Workspace, order: Order) -> dict[str, Any]:
    custom = any(_custom(workspace, line) for line in order.lines)
    return {
        "number": order.number, "status": order.status, "ship_to": order.ship_to, "amount": order.amount, "currency": order.currency,
        "tracking": order.tracking, "carrier": order.carrier, "custom": custom, "units": sum(line.quantity for line in order.lines),
    }  # fmt: skip


def _custom(workspace: Workspace, line: Line) -> bool:
    product = workspace.products.get(line.sku)
    return bool(product and product.custom)


def _line(workspace: Workspace, line: Line, language: Language | str) -> dict[str, Any]:
    """A line with what the catalogue says of its product; a SKU that is not in the catalogue has no family and is not custom."""
    product = workspace.products.get(line.sku)
    name = (_named(product, language) if language else _first(product.name)) if product else line.sku
    return {
        "sku": line.sku, "quantity": line.quantity, "price": line.price, "family": product.family if product else "",
        "custom": bool(product and product.custom), "name": name,
    }  # fmt: skip


def _customer(customer: Principal | None) -> dict[str, Any]:
    if customer is None:
        return {"id": "", "name": "", "tier": "", "language": ""}
    return {"id": customer.company, "name": customer.name, "tier": customer.tier, "language": customer.language}


def _new(workspace: Workspace, value: Json, kind: str, *, zone: ZoneInfo) -> Any:
    """A slot's value as expressions see it."""
    match kind, value:
        case "date", str():
            return midnight(date.fromisoformat(value), zone)
        case "product", str():
            product = workspace.products.get(value)
            return product_map(product, _first(product.name)) if product else None
        case _, int() if abs(value) > _LARGEST:
            return float(value)
        case _:
            return value


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return midnight(day, zone) if day else None


def _first(name: Mapping[str, str]) -> str:
    return next(iter(name.values()), "")


def _named(product: Product | None, language: Language | str) -> str:
    if product is None:
        return ""
    name = wording(product.name, "en" if language == "en" else "zh-Hans")
    return to_traditional(name) if language == "zh-Hant" else name
