"""Questions to the customer's orders as a whole: what was paid, what was bought; and those for another customer's orders, which nobody is told. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.dialog.asked.arrival import ENDED
from assistant.dialog.asked.looks import plain_look, quote_look
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.state import State, Waiting
from assistant.dialog.values.refer import newest
from assistant.events import ACCESS_DENIED
from assistant.types import Order, Sentence
from assistant.understanding.own_orders import asks_bought, asks_paid, denied, not_shipped_asked, whose

Served = tuple[State, Decision]
MOST_LISTED = 8
LEFT = frozenset({"shipped", "delivered", "cancelled"})  # a company may call its states otherwise: what has a tracking number has left as well
_ORDER_SAID = re.compile(r"单|\border\b|\d{4,}", re.IGNORECASE)


def of_own_orders(moment: Moment, state: State, request: Waiting) -> Served | None:
    """The answer of the orders themselves; None when the words ask for something else, or name an order that is not there."""
    if not moment.principal.company:
        return None
    kinds = {slot.name for slot in request.slots}
    if "order" not in kinds and _of_others(moment, request.text):
        told = Decision("decline", (_said(moment, "others_orders"),), request.intent, "not_owned", request.confidence, events=((ACCESS_DENIED, {}),))
        return state, told
    if asks_paid(request.text) or _cost_of_an_order(moment, request):
        return _paid(moment, state, request)
    if asks_bought(request.text) and not kinds & {"order", "product", "family", "unknown_product"}:
        return _listed(moment, state, request, "order_list", newest(moment.known.orders()))
    return None


def _cost_of_an_order(moment: Moment, request: Waiting) -> bool:
    """Whether the price asked for is that of an order that is pointed to, and not of a product ("那单多少钱")."""
    pointed = any(slot.name in {"order", "order_ref"} for slot in request.slots)
    if not pointed or request.intent != quote_look(moment) or any(slot.name == "quantity" for slot in request.slots):
        return False
    return _ORDER_SAID.search(request.text) is not None


def listed_orders(moment: Moment, request: Waiting) -> tuple[Order, ...]:
    """The customer's orders of the goods and in the states that a request asks for; all of them where it names none.

    "Is my pump order shipped yet?" asks for the state of these orders, and not for those in it: where none is in it, they are told all the same.
    """
    own = moment.known.orders()
    held = tuple(_holding(moment, request, own))
    found = _in_state(moment, request.text, held or own)
    return held if held and len(held) < len(own) and not found else found


def _in_state(moment: Moment, text: str, own: Sequence[Order]) -> tuple[Order, ...]:
    own = tuple(own)
    if not_shipped_asked(text):
        return tuple(order for order in own if order.status not in LEFT and not order.tracking and order.delivered is None)
    names = moment.world.workspace.texts.names.get("status", {})
    said = {status for status, called in names.items() if any(word and _spoken(word, text) for word in called.values())}
    shut_out = {status for status in said if any(word and denied(text, word) for word in names[status].values())}
    if shut_out:
        return tuple(order for order in own if order.status not in {*shut_out, *ENDED})
    return tuple(order for order in own if order.status in said) if said else own


def _spoken(word: str, text: str) -> bool:
    return word in text if not word.isascii() else re.search(rf"\b{re.escape(word)}\b(?! (?:date|address))", text, re.IGNORECASE) is not None


def _of_others(moment: Moment, text: str) -> bool:
    own = moment.principal.company
    return bool(whose(text, (own, moment.principal.name, *_names(moment, own))))


def _names(moment: Moment, company: str) -> tuple[str, ...]:
    """A company's name and those of its people."""
    found = moment.world.workspace.fixture.companies.get(company)
    return (found.name, *(contact.name for contact in found.contacts)) if found is not None else ()


def _paid(moment: Moment, state: State, request: Waiting) -> Served | None:
    """The amounts of the orders that are meant: the one named or talked about, those that hold the goods named, else all."""
    numbers = tuple(dict.fromkeys(str(slot.value) for slot in request.slots if slot.name == "order"))
    if numbers:
        found = [moment.known.order(number) for number in numbers]
        orders = [order for order in found if order is not None]
        if len(orders) < len(numbers):
            return None
    else:
        orders = _holding(moment, request, [order for order in newest(moment.known.orders()) if order.status != "cancelled"])
        talked_about = [order for order in orders if order.number == state.focus]
        orders = talked_about or orders
    if not orders:
        return None
    if len(orders) > 1:
        return _listed(moment, state, request, "order_amounts", orders)
    order = orders[0]
    text = moment.world.wording.say("order_recalled", moment.language, order=order)
    state = replace(state, focus=order.number, products=tuple(line.sku for line in order.lines))
    return state, Decision("reply", (Sentence(text),), plain_look(moment), confidence=request.confidence)


def _holding(moment: Moment, request: Waiting, orders: Sequence[Order]) -> list[Order]:
    """The orders that hold the goods named; all of them where none are named."""
    skus = {str(slot.value) for slot in request.slots if slot.name == "product"}
    families = {str(slot.value) for slot in request.slots if slot.name == "family"}
    if not skus and not families:
        return list(orders)
    products = moment.world.workspace.products
    held = skus | ({sku for sku, product in products.items() if product.family in families} if not skus else set())
    return [order for order in orders if any(line.sku in held for line in order.lines)]


def _listed(moment: Moment, state: State, request: Waiting, key: str, orders: Sequence[Order]) -> Served | None:
    if not orders:
        return None
    shown = tuple(orders[:MOST_LISTED])
    state = replace(state, listed=tuple(order.number for order in shown))
    text = moment.world.wording.say(key, moment.language, orders=shown)
    return state, Decision("reply", (Sentence(text),), plain_look(moment), confidence=request.confidence)


def _said(moment: Moment, key: str) -> Sentence:
    return Sentence(moment.world.wording.say(key, moment.language))
