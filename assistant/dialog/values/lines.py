"""Which lines of an order a message is about: the one that is named, and whether only a part is named of what can only be done to the whole; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.dialog.moment import Moment
from assistant.dialog.state import Procedure
from assistant.types import Order, Slot
from assistant.workspace.model import ProcedureSpec

# changes that concern an order with everything in it
WHOLE = frozenset({"cancel_order", "change_delivery_date", "change_address"})
PART = "part"  # the value that stands for "only a part is named": it is asked whether the whole is meant


def takes_line(spec: ProcedureSpec) -> bool:
    """Whether a procedure changes the pieces of a line to what it says itself, such as none: the customer's own number is no part of it."""
    return spec.tool == "change_quantity" and not any(slot.type in {"quantity", "items"} for slot in spec.slots.values())


def line_named(moment: Moment, procedure: Procedure, order: Order, mentions: Sequence[Slot]) -> tuple[Slot, tuple[Slot, ...]] | None:
    """(the line of an order of several that is meant, the mention it was read from), when products are named or one is chosen from the list just shown."""
    if len(order.lines) < 2:
        return None
    skus = {line.sku for line in order.lines}
    found: tuple[Slot, tuple[Slot, ...]] | None = None
    for mention in mentions:
        value = mention.value
        if mention.name == "product" and value in skus:
            return replace(mention, name="line"), (mention,)
        if mention.name == "item" and isinstance(value, Mapping) and value.get("sku") in skus:
            found = replace(mention, name="line", value=value["sku"]), ()
        if mention.name == "family":
            fitting = _of_family(moment, skus, value)
            if len(fitting) == 1:
                return replace(mention, name="line", value=fitting[0]), (mention,)
        if mention.name == "option" and procedure.waiting == "line" and isinstance(value, int):
            options = procedure.options
            if -len(options) <= value <= len(options) and value:
                return replace(mention, name="line", value=options[value - 1 if value > 0 else value]), (mention,)
    return found


def with_part(moment: Moment, procedure: Procedure, order: Order, mentions: Sequence[Slot], *, text: str) -> Procedure:
    """The procedure with a mark when the words name a part of the order and the change would concern all of it; without it once the whole is meant."""
    if procedure.waiting == PART and (moment.reading.verdict in {"yes", "yes_plus"} or moment.says("whole", text)):
        return procedure.without(PART)
    part = part_named(moment, procedure, order, mentions, text=text)
    return procedure.with_slot(replace(part, name=PART, value=True)) if part is not None else procedure


def part_named(moment: Moment, procedure: Procedure, order: Order, mentions: Sequence[Slot], *, text: str) -> Slot | None:
    """What names only a part of an order that a change would concern as a whole: goods of some of its lines, or fewer pieces than it holds."""
    spec = moment.spec(procedure.name)
    by_line = takes_line(spec)
    if not spec.confirm or procedure.waiting == "line" or not (by_line or spec.tool in WHOLE):
        return None
    named = [slot for slot in mentions if slot.name in {"product", "family", "item"} and not _points(procedure, slot)]
    skus = {line.sku for line in order.lines}
    goods = {sku for slot in named for sku in _goods(moment, skus, slot)}
    if goods and not by_line and (goods != skus or moment.says("kept", text)):
        return named[0] if len(skus) > 1 else None
    return next((slot for slot in mentions if slot.name in {"quantity", "item"} and _fewer(order, goods, slot)), None)


def _points(procedure: Procedure, mention: Slot) -> bool:
    """Whether goods are named to say which order is meant ("my pump order"), and not what of it."""
    order = procedure.slots.get("order")
    return order is not None and order.start < order.end and order.start <= mention.start < order.end and order.source == mention.source


def _goods(moment: Moment, skus: set[str], mention: Slot) -> list[str]:
    value = mention.value
    if mention.name == "family":
        return _of_family(moment, skus, value)
    sku = value.get("sku") if isinstance(value, Mapping) else value
    return [str(sku)] if sku in skus else []


def _of_family(moment: Moment, skus: set[str], family: object) -> list[str]:
    return [sku for sku in skus if (product := moment.product(sku)) and product.family == family]


def called_so(moment: Moment, skus: set[str], mention: Slot) -> bool:
    """Whether a kind of goods is named by words that stand in the name of one of these products ("desks" of a Sapling desk): then it is meant."""
    said = mention.text.lower().strip()
    names = (name.lower() for sku in skus if (product := moment.product(sku)) for name in product.name.values())
    return mention.name == "family" and len(said) > 1 and any(said in name or said.rstrip("s") in name.split() for name in names)


def _fewer(order: Order, goods: set[str], mention: Slot) -> bool:
    """Whether a number of pieces is less than there are, of the goods named or of all."""
    value = mention.value
    held = sum(line.quantity for line in order.lines if not goods or line.sku in goods)
    if mention.name == "item" and isinstance(value, Mapping):
        return int(str(value.get("quantity", held))) < held
    if isinstance(value, Mapping):
        delta = value.get("delta")
        return abs(delta) < held if isinstance(delta, int) else value.get("relative") not in {None, "all"}
    return isinstance(value, int) and 0 < value < held
