"""Answers what is asked of one order beside where it is: what it comes to, and whether it was invoiced; from the order itself. Pure."""

from __future__ import annotations

from dataclasses import replace

from assistant.dialog.asked.looks import plain_look
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.state import State, Waiting
from assistant.types import Order, Sentence
from assistant.understanding.order_asked import asks_invoiced, asks_total

Served = tuple[State, Decision]
_GOODS = frozenset({"product", "item", "quantity", "unknown_product"})


def of_order(moment: Moment, state: State, request: Waiting) -> Served | None:
    """The answer from the orders that are named, or the one talked about where an invoice is asked for; None when the words ask something else.

    An order that is not there is left to the look-up, which says so.
    """
    invoiced = asks_invoiced(request.text)
    if not invoiced and (not asks_total(request.text) or any(slot.name in _GOODS for slot in request.slots)):
        return None
    orders = _orders(moment, state, request, about=invoiced)
    if not orders:
        return None
    said = tuple(Sentence(_told(moment, order, invoiced=invoiced)) for order in orders)
    last = orders[-1]
    state = replace(state, focus=last.number, weighed=request, products=tuple(line.sku for line in last.lines))
    return state, Decision("reply", said, plain_look(moment), confidence=request.confidence)


def _orders(moment: Moment, state: State, request: Waiting, *, about: bool) -> list[Order]:
    """The orders of these numbers, none when one of them is not there; without numbers the one talked about, where `about` allows it."""
    numbers = list(dict.fromkeys(str(slot.value) for slot in request.slots if slot.name == "order"))
    if not numbers and about and state.focus:
        numbers = [state.focus]
    found = [moment.known.order(number) for number in numbers]
    return [order for order in found if order is not None] if all(found) else []


def _told(moment: Moment, order: Order, *, invoiced: bool) -> str:
    key = ("order_invoiced" if order.invoiced else "order_not_invoiced") if invoiced else "order_total"
    return moment.world.wording.say(key, moment.language, order=order)
