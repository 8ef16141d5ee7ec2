"""Fills a new state of the built-in order system with the workspace's fixture, at catalogue prices and the workspace's own discounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.store import customers, fixture
from assistant.store.engine import SqlStore
from assistant.tools.pricing import line_amount
from assistant.workspace.model import Workspace

if TYPE_CHECKING:
    from assistant.tools.rules import Rules


def fill(store: SqlStore, workspace: Workspace, rules: Rules) -> None:
    """A state that knows no contact yet gets the fixture of the built-in order system."""
    tenant, zone = workspace.settings.workspace.id, workspace.settings.workspace.timezone
    if not store.read_now(lambda conn: customers.list_contacts(conn, tenant=tenant)):
        rows = fixture_rows(workspace, rules)
        store.write_now(lambda conn: fixture.load_fixture(conn, rows, tenant=tenant, zone=zone))


def fixture_rows(workspace: Workspace, rules: Rules) -> dict[str, Any]:
    """The workspace's fixture with catalogue prices; an order's amount follows the workspace's own `discount` where it has one."""
    fixed = workspace.fixture
    rows = []
    for order in fixed.orders.values():
        lines = [{"sku": line.sku, "quantity": line.quantity, "price": workspace.products[line.sku].price} for line in order.lines]
        plain = {
            name: getattr(order, name)
            for name in ("number", "company", "status", "placed", "due", "delivered", "ship_to", "tracking", "carrier", "note", "invoiced")
        }
        tier = fixed.companies[order.company].tier
        amount = sum(line_amount(rules, int(str(line["price"])), int(str(line["quantity"])), tier=tier) for line in lines)
        rows.append({**plain, "lines": lines, "amount": amount, "currency": workspace.currency})
    companies = [
        {
            "id": c.id,
            "name": c.name,
            "tier": c.tier,
            "language": c.language,
            "contacts": [{"name": p.name, "email": p.email, "phone": p.phone} for p in c.contacts],
        }
        for c in fixed.companies.values()
    ]
    people = [
        {"id": a.id, "name": a.name, "skills": list(a.skills), "queues": list(a.queues), "languages": list(a.languages), "capacity": a.capacity}
        for a in fixed.agents.values()
    ]
    return {"companies": companies, "orders": rows, "stock": dict(fixed.stock), "agents": people, "currency": workspace.currency}
