"""Goods that have not come: which order is meant when only one is on its way, and who looks after it when its day has passed; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialog.asked.looks import track_look
from assistant.dialog.decision import Decision, Wish
from assistant.dialog.moment import Moment
from assistant.dialog.state import State, Waiting
from assistant.types import Order, Sentence, Slot
from assistant.understanding.arriving import asks_for_orders, moving, not_arrived

ENDED = frozenset({"delivered", "cancelled"})
ON_ITS_WAY = "shipped"
_TRACKING = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{0,5}\d{7,}[A-Za-z]{0,3}(?![A-Za-z0-9])")
NAMING = frozenset({"order", "order_ref", "product", "family"})


def pointed(moment: Moment, name: str, slots: tuple[Slot, ...], text: str) -> tuple[Slot, ...]:
    """The slots with the order a look-up means that names none: the one talked about, or, for goods that have not come, the only one on its way.

    None is meant by a question for all orders.
    """
    spec = moment.spec(name)
    if "order" not in spec.slots or any(slot.name in NAMING for slot in slots):
        return slots
    if not spec.confirm and asks_for_orders(text):
        return slots
    number = _tracked(moment, text) or moment.state.focus
    if not number and not spec.confirm and not_arrived(text):
        moving = [order for order in moment.known.orders() if order.status == ON_ITS_WAY or (order.tracking and order.status not in ENDED)]
        number = moving[0].number if len(moving) == 1 else ""
    return (*slots, Slot("order", number, source="conversation")) if number else slots


def on_its_way(moment: Moment, state: State, request: Waiting) -> Waiting:
    """A question about "it" that is taken for one about goods and asks how far it has come is about the order that is talked about."""
    kinds = {slot.name for slot in request.slots}
    if not request.intent.startswith("product.") or not state.focus or "order_ref" not in kinds or kinds & (NAMING - {"order_ref"}) or not moving(request.text):
        return request
    own = (slot for slot in request.slots if slot.name != "order_ref")
    return replace(request, intent=track_look(moment), slots=(*own, Slot("order", state.focus, source="conversation")))


def _tracked(moment: Moment, text: str) -> str:
    """The own order whose tracking number stands in a text."""
    said = {found.lower() for found in _TRACKING.findall(text)}
    return next((order.number for order in moment.known.orders() if (order.tracking or "").lower() in said), "") if said else ""


def followed_up(moment: Moment, state: State, decision: Decision, order: Order | None, text: str) -> tuple[State, Decision]:
    """What was told of an order, and after it what follows when its day has passed or the customer disputes its arrival: a person, or the offer of one."""
    if order is None or order.status == "cancelled":
        return state, decision
    complained = not_arrived(text)
    passed = order.status not in ENDED and order.due < moment.today
    if passed and complained:
        told = (*decision.sentences, _said(moment, "overdue"))
        return state, replace(decision, sentences=told, action="handoff", reason="policy_human_only", wish=Wish("policy_human_only"))
    if passed or (complained and order.status in ENDED):
        more = (_said(moment, "overdue"),) if passed else ()
        return replace(state, offer="person"), replace(decision, sentences=(*decision.sentences, *more, _said(moment, "offer_person")))
    return state, decision


def _said(moment: Moment, key: str) -> Sentence:
    return Sentence(moment.world.wording.say(key, moment.language))
