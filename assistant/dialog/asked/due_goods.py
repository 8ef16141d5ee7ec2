"""Reads words that ask where some of one's own goods are in no whole sentence ("hoses delivered, and bearings due?") as a look at their orders. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialog.asked.looks import plain_look
from assistant.dialog.moment import Moment
from assistant.dialog.state import Waiting
from assistant.dialog.values.fit import BARE, SURE, leftover
from assistant.dialog.values.refer import holding
from assistant.text.script import to_simplified
from assistant.understanding.questions import asks_what

_ON_ITS_WAY = re.compile(
    r"到货|到[了没齐]|送[到达]|发货|发了|(?:什么时候|何时|几[时号点]|哪天|多久)[能会才]?[到来送]|在路上|到哪"
    r"|\b(?:delivered|delivery|due|arriv\w*|shipped|coming|on (?:the|its|their) way|in transit|eta)\b",
    re.IGNORECASE,
)
_GOES_TO = re.compile(
    r"(?:送|发|寄|运)[到往去](?:哪|什么地)|收货地"
    r"|\b(?:where (?:does|do|will|is|are) (?:it|they|that|this) (?:go|going|shipp?(?:ed|ing)? to|sent)|address|destination)\b",
    re.I,
)
_BUYS = re.compile(r"如果|要是|现在(?:下单|订|买)|价|多少钱|库存|现货|\b(?:if|price|cost|how much|stock|order now|new)\b", re.IGNORECASE)


def goods_due(moment: Moment) -> Waiting | None:
    """The look at the orders of the goods that a message names and asks the arrival of; None where it names others, says more, or is surely something else."""
    reading = moment.reading
    goods = [slot for slot in reading.slots if slot.name in ("product", "family")]
    if not goods or len(goods) < len(reading.slots) or any(request.accepted and request.confidence >= SURE for request in reading.requests):
        return None
    text = to_simplified(reading.text)
    if _ON_ITS_WAY.search(text) is None or _BUYS.search(text) or leftover(reading.text, reading.slots) > 2 * BARE + 2 * len(goods):
        return None
    look = plain_look(moment)
    held = [holding(moment, str(slot.value) if slot.name == "product" else "", str(slot.value) if slot.name == "family" else "") for slot in goods]
    return Waiting(look, reading.text, 1.0, reading.slots, moment.message_id) if look in moment.world.serving and all(held) else None


def of_orders(moment: Moment, request: Waiting) -> Waiting:
    """A look-up of goods that names an order and no goods ("price of 12366") as the look at that order, which is told or said not to be there."""
    name = moment.world.serving.get(request.intent, "")
    if not name or request.weighed:
        return request
    if moment.spec(name).confirm:
        return replace(request, intent=plain_look(moment)) if _asks_address(moment, name, request) else request
    if "order" in moment.spec(name).slots:
        # where an order goes is told by the look at it, not by its tracking
        asked = set(moment.spec(name).slots) == {"order"} and _GOES_TO.search(to_simplified(request.text)) is not None
        return replace(request, intent=plain_look(moment)) if asked else request
    kinds = {slot.name for slot in request.slots}
    pointed = "order" in kinds and not kinds & {"product", "family", "unknown_product", "item"}
    return replace(request, intent=plain_look(moment)) if pointed else request


def _asks_address(moment: Moment, name: str, request: Waiting) -> bool:
    """Whether what is taken for a change of an order's address only asks what it is ("what's the delivery address for 12345?")."""
    types = {slot.type for slot in moment.spec(name).slots.values()}
    named = {slot.name for slot in request.slots}
    asked = asks_what(request.text) and _GOES_TO.search(to_simplified(request.text)) is not None
    return asked and types == {"order", "address"} and "order" in named and "address" not in named
