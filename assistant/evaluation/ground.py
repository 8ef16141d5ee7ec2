"""What a company's assistant may know before anybody speaks: orders, rules, names and hours, as graders need them; never taken from a turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from assistant.text.calendar import BusinessCalendar
from assistant.text.format import format_money
from assistant.workspace.calendar import company_calendar
from assistant.workspace.model import Workspace


@dataclass(frozen=True, slots=True)
class Ground:
    """`orders` holds every order's records beside what the state tells, with its `company`; `parameters` the numbers of all rules; `prices` minor units by
    SKU; `names` words that are the same in every language of a reply; `people` maps a company to its own and its contacts' names; `free` are ticket kinds
    that need no confirmation, `consent` whole replies that the company lists as a yes."""

    zone: ZoneInfo
    exponent: int
    calendar: BusinessCalendar
    orders: Mapping[str, Mapping[str, Any]]
    parameters: tuple[int, ...]
    prices: Mapping[str, int]
    names: tuple[str, ...]
    people: Mapping[str, tuple[str, ...]]
    hours: tuple[str, str]
    minutes: tuple[int, ...] = ()
    free: frozenset[str] = frozenset()
    statuses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    consent: frozenset[str] = frozenset()


def ground_of(workspace: Workspace) -> Ground:
    """The ground of a company."""
    limits = workspace.settings.limits
    undo = (spec.undo_minutes for spec in workspace.procedures.values() if spec.undo_minutes)
    return Ground(
        zone=workspace.zone,
        exponent=len(format_money(1, workspace.currency, "en").partition(".")[2]),
        calendar=company_calendar(workspace),
        orders={number: _order(workspace, number) for number in workspace.fixture.orders},
        parameters=tuple(
            sorted({value for rule in workspace.rules.values() for value in rule.parameters.values() if isinstance(value, int) and not isinstance(value, bool)})
        ),
        prices={sku: product.price for sku, product in workspace.products.items()},
        names=_names(workspace),
        people={c.id: (c.name, *(contact.name for contact in c.contacts)) for c in workspace.fixture.companies.values()},
        hours=(workspace.routing.hours.open, workspace.routing.hours.close),
        minutes=(limits.confirmation_minutes, limits.max_asks, limits.message_characters, *undo),
        free=frozenset(spec.ticket for spec in workspace.procedures.values() if spec.ticket and not spec.confirm),
        consent=frozenset(word.lower() for words in workspace.lexicon.yes.values() for word in words),
        statuses={status: tuple(words.values()) for status, words in workspace.texts.names.get("status", {}).items()},
    )


def _order(workspace: Workspace, number: str) -> dict[str, Any]:
    order = workspace.fixture.orders[number]
    return {
        "company": order.company,
        "placed": order.placed.isoformat(),
        "delivered": order.delivered.astimezone(workspace.zone).isoformat() if order.delivered else "",
        "due": order.due.isoformat(),
        "invoiced": order.invoiced.isoformat() if order.invoiced else "",
        "tracking": order.tracking,
        "carrier": order.carrier,
        "ship_to": order.ship_to,
        "skus": tuple(line.sku for line in order.lines),
        "note": order.note,
    }


def _names(workspace: Workspace) -> tuple[str, ...]:
    """Models, people and the company's own names: a reply in any language may hold them as they are."""
    found = list(workspace.products)
    found += [name for product in workspace.products.values() for name in product.name.values()]
    found += [agent.name for agent in workspace.fixture.agents.values()]
    found += [*workspace.settings.workspace.name.values(), *workspace.settings.workspace.assistant.values()]
    found += [order.carrier for order in workspace.fixture.orders.values() if order.carrier]
    return tuple(sorted({name for name in found if name}, key=len, reverse=True))
