"""Which order is meant: by number, by its place in a list just shown, by what it holds, or as the one being talked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.dialog.moment import Moment, facts_of
from assistant.dialog.state import Procedure
from assistant.dialog.values.trouble import Trouble
from assistant.types import Order, Slot
from assistant.workspace.model import SlotSpec

Named = tuple[Slot, Slot]


def order_named(moment: Moment, procedure: Procedure, spec: SlotSpec, mentions: Sequence[Slot]) -> Named | Trouble | None:
    """The order the mentions point to, as (slot, mention); Trouble when several fit; None when none is pointed to.

    A number said outright always wins. A product named beside no number points to the customer's own order of it, but only while no order is held.
    """
    numbers = [slot for slot in mentions if slot.name == "order"]
    if numbers and numbers[-1].candidates:
        several = {str(numbers[-1].value), *map(str, numbers[-1].candidates)}
        fitting = tuple(order for order in newest(moment.known.orders()) if order.number in several)
        return Trouble("choose_order", {"orders": fitting}, tuple(order.number for order in fitting[:4]))
    if numbers:
        return named(numbers[-1], str(numbers[-1].value), spec)
    for mention in mentions:
        shown = procedure.options if procedure.waiting == spec.name else moment.state.listed
        if mention.name == "option" and shown and spec.name not in procedure.slots:
            return _ordinal(moment, spec, shown, mention)
        if mention.name == "order_ref" and isinstance(mention.value, Mapping):
            found = _reference(moment, procedure, spec, mention)
            if found is not None:
                return found
    if spec.name in procedure.slots:
        return None
    products = [slot for slot in mentions if slot.name in {"product", "family"}]
    return _holding(moment, procedure, spec, products[0]) if products else None


def named(mention: Slot, number: str, spec: SlotSpec) -> Named:
    return replace(mention, name=spec.name, value=number, candidates=()), mention


def _ordinal(moment: Moment, spec: SlotSpec, options: Sequence[str], mention: Slot) -> Named | Trouble | None:
    index = mention.value
    if not isinstance(index, int) or not index or abs(index) > len(options):
        return None
    return named(mention, options[index - 1 if index > 0 else index], spec)


def _reference(moment: Moment, procedure: Procedure, spec: SlotSpec, mention: Slot) -> Named | Trouble | None:
    value = mention.value
    assert isinstance(value, Mapping)
    if "ordinal" in value:
        if procedure.waiting != spec.name and procedure.options and spec.name in procedure.slots:
            # a place among what was offered for another value
            return None
        shown = procedure.options or moment.state.listed
        return _ordinal(moment, spec, shown, replace(mention, value=value["ordinal"])) if shown else None
    if value.get("same"):
        held = procedure.slots.get(spec.name)
        number = str(held.value) if held else moment.state.focus
        if not number and len(procedure.options) == 1:
            number = procedure.options[0]
        return named(mention, number, spec) if number else None
    if "sku" in value or "family" in value:
        fitting = holding(moment, str(value.get("sku") or ""), str(value.get("family") or ""))
        if value.get("last") and fitting:
            return named(mention, fitting[0].number, spec)
        return _one(moment, procedure, spec, mention, fitting)
    if value.get("last"):
        own = newest(moment.known.orders())
        return named(mention, own[0].number, spec) if own else None
    return None


def _holding(moment: Moment, procedure: Procedure, spec: SlotSpec, mention: Slot) -> Named | Trouble | None:
    key = str(mention.value)
    fitting = holding(moment, key, "") if mention.name == "product" else holding(moment, "", key)
    return _one(moment, procedure, spec, mention, fitting)


def _one(moment: Moment, procedure: Procedure, spec: SlotSpec, mention: Slot, fitting: Sequence[Order]) -> Named | Trouble | None:
    suitable = [order for order in fitting if suits(moment, procedure, spec, order)] or list(fitting)
    if not suitable:
        return None
    if len(suitable) > 1:
        return Trouble("choose_order", {"orders": tuple(suitable)}, tuple(order.number for order in suitable[:4]))
    return named(mention, suitable[0].number, spec)


def holding(moment: Moment, sku: str, family: str) -> list[Order]:
    """The customer's own orders that hold a product or one of a family, newest first."""

    def fits(candidate: str) -> bool:
        product = moment.product(candidate)
        return candidate == sku or bool(family and product and product.family == family)

    return [order for order in newest(moment.known.orders()) if any(fits(line.sku) for line in order.lines)]


def newest(orders: Sequence[Order]) -> list[Order]:
    return sorted(orders, key=lambda order: (order.placed, order.number), reverse=True)


def suits(moment: Moment, procedure: Procedure, spec: SlotSpec, order: Order) -> bool:
    """Whether the slot's `among` lets this order be offered."""
    return not spec.among or moment.world.rules.expression(spec.among, facts_of(moment, procedure, order)) is True
