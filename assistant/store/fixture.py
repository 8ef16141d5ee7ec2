"""Loads a workspace's fixture (companies, contacts, orders, stock, agents) into a state, and empties a state; the files themselves are read elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.errors import InvalidInput
from assistant.store import tables
from assistant.store.agents import put_agents
from assistant.types import Agent

Rows = list[dict[str, object]]


def load_fixture(conn: Connection, fixture: Mapping[str, Any], *, tenant: str, zone: str) -> None:
    """Adds everything in a fixture to a state that holds none of it.

    `fixture`: companies [{id, name, tier, language, contacts [{name, email, phone}]}], orders [{number, company, status, lines [{sku, quantity, price}],
    placed, due, delivered, ship_to, tracking, carrier, note, invoiced, amount, currency, fee}], stock {sku: pieces or None}, agents [{id, name, skills,
    queues, languages, capacity}], currency (where an order names none). Dates and instants are ISO text or values; those without a zone, and days, are
    read in `zone`. An order's amount is the sum of its lines where it is not given, its due date that of the delivery.
    Raises InvalidInput naming the entry, Conflict when an entry is there already.
    """
    clock = ZoneInfo(zone)
    companies, contacts = _companies(fixture.get("companies", ()), tenant=tenant)
    orders, lines = _orders(fixture.get("orders", ()), tenant=tenant, clock=clock, currency=fixture.get("currency"))
    stock = [{"tenant": tenant, "sku": str(sku), "quantity": quantity} for sku, quantity in fixture.get("stock", {}).items()]
    for table, rows in (
        (tables.companies, companies),
        (tables.contacts, contacts),
        (tables.orders, orders),
        (tables.order_lines, lines),
        (tables.stock, stock),
    ):
        if rows:
            conn.execute(table.insert(), rows)
    put_agents(conn, [_agent(entry) for entry in fixture.get("agents", ())], tenant=tenant)


def clear_state(conn: Connection, *, tenant: str) -> None:
    """Deletes every row of a tenant; documents and what is derived from them, whose tables are the knowledge base's, stay."""
    ours = {table.name for table in vars(tables).values() if isinstance(table, sa.Table)}
    for table in reversed(tables.metadata.sorted_tables):
        if table.name in ours:
            conn.execute(table.delete().where(table.c.tenant == tenant))


def _companies(entries: Sequence[Mapping[str, Any]], *, tenant: str) -> tuple[Rows, Rows]:
    companies: Rows = []
    contacts: Rows = []
    for entry in entries:
        company = str(_need(entry, "id", where="a company"))
        where = f"company {company}"
        companies.append(
            {
                "tenant": tenant,
                "id": company,
                "name": str(_need(entry, "name", where=where)),
                "tier": str(entry.get("tier") or ""),
                "language": str(entry.get("language") or ""),
            }
        )
        for contact in entry.get("contacts", ()):
            contacts.append(
                {
                    "tenant": tenant,
                    "company": company,
                    "name": str(_need(contact, "name", where=f"a contact of {where}")),
                    "email": str(contact.get("email") or "").strip().lower(),
                    "phone": str(contact.get("phone") or ""),
                }
            )
    return companies, contacts


def _orders(entries: Sequence[Mapping[str, Any]], *, tenant: str, clock: ZoneInfo, currency: object) -> tuple[Rows, Rows]:
    orders: Rows = []
    lines: Rows = []
    for entry in entries:
        number = str(_need(entry, "number", where="an order"))
        where = f"order {number}"
        delivered = _instant(entry.get("delivered"), clock=clock, where=where)
        due = _day(entry.get("due"), where=where) or (delivered.astimezone(clock).date() if delivered else None)
        placed = _day(_need(entry, "placed", where=where), where=where)
        money = str(entry.get("currency") or currency or "")
        if due is None or not money:
            raise InvalidInput(f"{where} needs {'due or delivered' if due is None else 'a currency'}", code="bad_fixture")
        parts = [{name: _need(line, name, where=f"a line of {where}") for name in ("sku", "quantity", "price")} for line in _need(entry, "lines", where=where)]
        lines.extend({"tenant": tenant, "order_number": number, "position": position, **part} for position, part in enumerate(parts, 1))
        amount = entry.get("amount")
        texts = {name: str(entry.get(name) or "") for name in ("ship_to", "tracking", "carrier", "note")}
        orders.append(
            {
                "tenant": tenant,
                "number": number,
                "company": str(_need(entry, "company", where=where)),
                "status": str(_need(entry, "status", where=where)),
                "placed": placed,
                "due": due,
                "delivered": delivered,
                "amount": sum(part["quantity"] * part["price"] for part in parts) if amount is None else amount,
                "currency": money,
                "fee": entry.get("fee") or 0,
                "invoiced": _day(entry.get("invoiced"), where=where),
                "version": entry.get("version") or 1,
                **texts,
            }
        )
    return orders, lines


def _agent(entry: Mapping[str, Any]) -> Agent:
    name = str(_need(entry, "id", where="an agent"))
    skills, queues, languages = (tuple(str(each) for each in entry.get(key) or ()) for key in ("skills", "queues", "languages"))
    present = bool(entry.get("present", True))
    return Agent(name, str(entry.get("name") or name), skills, queues, languages, capacity=int(entry.get("capacity") or 1), present=present)


def _need(entry: Mapping[str, Any], name: str, *, where: str) -> Any:
    if entry.get(name) is None:
        raise InvalidInput(f"{where} needs {name}", code="bad_fixture")
    return entry[name]


def _day(value: object, *, where: str) -> date | None:
    match value:
        case None | "":
            return None
        case datetime():
            return value.date()
        case date():
            return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise InvalidInput(f"{where}: {value!r} is not an ISO date", code="bad_fixture") from error


def _instant(value: object, *, clock: ZoneInfo, where: str) -> datetime | None:
    """A day is its first instant in the zone."""
    match value:
        case None | "":
            return None
        case datetime():
            found = value
        case date():
            found = datetime.combine(value, time())
        case _:
            try:
                found = datetime.fromisoformat(str(value))
            except ValueError as error:
                raise InvalidInput(f"{where}: {value!r} is not an ISO instant", code="bad_fixture") from error
    return found if found.tzinfo else found.replace(tzinfo=clock)
