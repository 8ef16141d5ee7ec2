"""The other changes of one order that a message asks for beside the first ("12366: date June 24, qty 45"): each is a request of its own. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.dialog.moment import Moment, line_of
from assistant.dialog.state import Procedure, Waiting
from assistant.dialog.values.fill import fill, order_of
from assistant.dialog.values.fit import VALUES, as_procedure, changing
from assistant.text.script import to_simplified
from assistant.types import Json, Order, Request, Slot

# words that say which value of an order another one is to be; an address stands for itself
_NAMED: Mapping[str, re.Pattern[str]] = {
    "date": re.compile(
        r"日期|交期|交货|交付|到货|送货|送达|时间|改[到至期]|推迟|提前|延[期后到]"
        r"|\b(?:dates?|day|due|deliver\w*|arriv\w*|move[ds]?|reschedul\w*|postpone\w*)\b",
        re.I,
    ),
    "quantity": re.compile(r"数量|件数|台数|个数|改[成为]?\s*\d|[减加增]|\b(?:qty|quantit(?:y|ies)|cut|reduce|increase|make it)\b", re.I),
    "address": re.compile(""),
}
_NO_VALUE = frozenset({"before", "after", "range", "impossible", "ambiguous"})


def with_further(moment: Moment, request: Request, first: Waiting) -> tuple[Waiting, ...]:
    """A change and those that the message asks of the same order beside it, as their values stand in it; the request alone where there are none."""
    changes = changing(moment)
    kind = changes.get(moment.world.serving.get(first.intent, ""))
    numbers = {str(slot.value) for slot in first.slots if slot.name == "order"}
    if kind is None or first.weighed or len(numbers) != 1 or not any(slot.name in VALUES[kind] for slot in first.slots):
        return (first,)
    order = moment.known.order(next(iter(numbers)))
    if order is None:
        return (first,)
    found = [(_place(first, kind), first)]
    likely = moment.world.serving.get(request.runner_up, "")
    for name, other in changes.items():
        if other == kind or list(changes.values()).count(other) > 1:
            continue
        said = tuple(slot for slot in first.slots if slot.name in VALUES[other] and slot.note not in _NO_VALUE and not _in_brackets(moment, slot))
        sure = name == likely and other != "quantity"  # a number may say how many pieces of the order the change is for
        if not said or not (sure or _NAMED[other].search(to_simplified(first.text))) or not _new(moment, first, name, order=order):
            continue
        mine = tuple(slot for slot in first.slots if slot in said or not any(slot.name in VALUES[each] for each in changes.values()))
        found.append((_place(first, other), as_procedure(moment, replace(first, slots=mine), name)))
    if len(found) == 1:
        return (first,)
    others = {slot.name for _, each in found[1:] for slot in each.slots if any(slot.name in VALUES[other] for other in changes.values())}
    kept = tuple(slot for slot in first.slots if slot.name not in others)
    found[0] = (found[0][0], replace(first, slots=kept))
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))


def _in_brackets(moment: Moment, slot: Slot) -> bool:
    """Whether a value only describes the order ("12366 (40 bearings)")."""
    return moment.reading.text[: slot.start].rstrip().endswith(("(", "（"))


def _place(request: Waiting, kind: str) -> int:
    return min((slot.start for slot in request.slots if slot.name in VALUES[kind]), default=0)


def _new(moment: Moment, request: Waiting, name: str, *, order: Order) -> bool:
    """Whether a change of this kind would give the order another value than it has ("12366 (40 bearings) to June 24" names its 40)."""
    filled = fill(moment, Procedure(name, request.intent), request.slots, text=request.text, source=request.source)
    spec = moment.spec(name)
    value = next((slot for key, slot in filled.procedure.slots.items() if key in spec.slots and spec.slots[key].type in VALUES), None)
    return value is not None and value.value != _held(filled.procedure, order_of(moment, filled.procedure) or order, spec.slots[value.name].type)


def _held(procedure: Procedure, order: Order, kind: str) -> Json:
    match kind:
        case "quantity":
            line = line_of(procedure, order)
            return line.quantity if line else None
        case "date":
            return order.due.isoformat() if order.due else None
        case _:
            return order.ship_to
