"""The names rules and texts may use and what they hold: types of `order`, `line`, `product` and the rest; nothing is evaluated here.

A `Type` says what a name is so that a path can be followed at load. `enum` names the list a text value comes from ("status", "family", "option" …).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.workspace.model import ProcedureSpec, RuleSpec, SlotSpec, Workspace

Kind = Literal["text", "int", "number", "bool", "date", "instant", "span", "list", "map", "null", "any"]


@dataclass(frozen=True, slots=True)
class Type:
    """`fields` of a map (empty = any key), `item` of a list, `values` a text must be one of (empty = any), `null` when it may be missing."""

    kind: Kind
    fields: Mapping[str, Type] = field(default_factory=dict)
    item: Type | None = None
    values: tuple[str, ...] = ()
    enum: str = ""
    null: bool = False


ANY = Type("any")
TEXT = Type("text")
INT = Type("int")
NUMBER = Type("number")
BOOL = Type("bool")
DATE = Type("date")
INSTANT = Type("instant")
SPAN = Type("span")


def listed(item: Type) -> Type:
    return Type("list", item=item)


def one_of(enum: str, values: Iterable[str]) -> Type:
    return Type("text", values=tuple(values), enum=enum)


def maybe(found: Type) -> Type:
    return Type(found.kind, found.fields, found.item, found.values, found.enum, True)


def base_types(workspace: Workspace) -> dict[str, Type]:
    """{name: type} of what every rule and text of this workspace can read."""
    family = one_of("family", workspace.catalog.families)
    sku = one_of("sku", workspace.products)
    line = Type("map", {"sku": sku, "quantity": INT, "price": INT, "family": family, "custom": BOOL, "name": TEXT})
    order = {
        "number": TEXT, "status": one_of("status", workspace.statuses), "due": DATE, "delivered": maybe(INSTANT), "placed": DATE, "ship_to": TEXT,
        "amount": INT, "currency": TEXT, "tracking": TEXT, "carrier": TEXT, "invoiced": maybe(DATE), "custom": BOOL, "lines": listed(line), "units": INT,
    }  # fmt: skip
    tiers = {*workspace.routing.tiers, *(company.tier for company in workspace.fixture.companies.values() if company.tier)}
    return {
        "order": Type("map", order),
        "line": line,
        "product": product_type(workspace),
        "customer": Type("map", {"id": TEXT, "name": TEXT, "tier": one_of("tier", sorted(tiers)), "language": TEXT}),
        "stock": maybe(INT),
        "invoice": Type("map", {"date": maybe(DATE)}),
        "attachments": listed(Type("map", {"name": TEXT, "media_type": TEXT})),
        "history": listed(Type("map", {"kind": one_of("ticket", workspace.tickets), "id": TEXT})),
        "today": DATE,
        "now": INSTANT,
    }


def product_type(workspace: Workspace) -> Type:
    fields = {
        "sku": one_of("sku", workspace.products), "name": TEXT, "family": one_of("family", workspace.catalog.families), "price": INT, "custom": BOOL,
        "warranty_months": INT,
    }  # fmt: skip
    return Type("map", fields)


def slot_type(workspace: Workspace, slot: SlotSpec) -> Type:
    """What `new.<slot>` holds."""
    match slot.type:
        case "date":
            return DATE
        case "quantity":
            return INT
        case "bool":
            return BOOL
        case "product":
            return product_type(workspace)
        case "items":
            return listed(Type("map", {"sku": one_of("sku", workspace.products), "quantity": INT}))
        case "attachments":
            return ANY  # a list of content hashes, or 'none' for a customer who has none
        case "choice":
            return one_of("option", slot.options)
        case _:
            return TEXT


def new_type(workspace: Workspace, procedures: Iterable[ProcedureSpec]) -> Type:
    """`new` for these procedures together; slots that share a name share the type of the first."""
    fields: dict[str, Type] = {}
    for procedure in procedures:
        for name, slot in procedure.slots.items():
            fields.setdefault(name, slot_type(workspace, slot))
    return Type("map", fields)


def parameter_type(rule: RuleSpec | None) -> Type:
    """`p` of a rule: its own parameters."""
    return Type("map", {name: _plain_type(value) for name, value in rule.parameters.items()} if rule else {})


def _plain_type(value: object) -> Type:
    match value:
        case bool():
            return BOOL
        case int():
            return INT
        case float():
            return NUMBER
        case str():
            return TEXT
        case list():
            return listed(_plain_type(value[0]) if value else ANY)
        case _:
            return ANY


def users(workspace: Workspace, rule: str) -> tuple[ProcedureSpec, ...]:
    """The procedures a rule decides for."""
    return tuple(procedure for procedure in workspace.procedures.values() if procedure.rule == rule)


def unknown_member(types: Mapping[str, Type], path: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]] | None:
    """(the part that is not known, its owner, the names it could be) of a path that leads nowhere; None when it can be followed."""
    if path[0] not in types:
        return path[0], "", tuple(types)
    found = types[path[0]]
    for position, part in enumerate(path[1:], 1):
        if found.kind == "any":
            return None
        if found.kind != "map":
            return part, ".".join(path[:position]), ()
        if part not in found.fields:
            return part, ".".join(path[:position]), tuple(found.fields)
        found = found.fields[part]
    return None
