"""The stock of several goods, or stock asked beside a price or a figure ("P-100: price, stock?"): a look-up of its own for each of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.dialog.asked.looks import quote_look
from assistant.dialog.asked.priced import as_quote
from assistant.dialog.asked.stocked import AVAILABILITY, PRODUCT, for_the_shelf, stock_asked
from assistant.dialog.moment import Moment
from assistant.dialog.state import Waiting
from assistant.dialog.values.fit import GOODS
from assistant.dialog.values.shares import shared
from assistant.knowledge.cues import PSEUDO
from assistant.knowledge.rows import PRICE
from assistant.text.script import to_simplified
from assistant.types import Slot

_CUT = re.compile(r"[,，、;；?？。\n]|\b(?:and|plus)\b|[和与及跟]", re.IGNORECASE)
_PRICE = next(pattern for key, pattern in PSEUDO if key == PRICE)
_AMOUNT = re.compile(r"\bhow much (?:do|of|stock)\b", re.IGNORECASE)
_ORDERS = frozenset({"order", "order_ref"})
_COUNTED = frozenset({"quantity", "item"})


def with_stock(moment: Moment, requests: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """The requests, with one look at the stock for each of the goods whose stock is asked."""
    found: list[Waiting] = []
    requests = [as_quote(moment, for_the_shelf(moment, request)) for request in requests]
    separate = any(request.intent == AVAILABILITY for request in requests)
    for request in requests:
        goods = list({slot.value: slot for slot in reversed(request.slots) if slot.name == "product" and not slot.candidates}.values())[::-1]
        asked = request.intent.startswith(PRODUCT) and not request.weighed and stock_asked(moment, request.text, request.slots)
        if not asked or not goods or any(slot.name in _ORDERS and slot.value != {"same": True} for slot in request.slots):
            found.append(request)
        elif request.intent == AVAILABILITY:
            found += _each(moment, request, goods) if len(goods) > 1 else [request]
            priced = quote_look(moment)
            if priced and _PRICE.search(_AMOUNT.sub(" ", to_simplified(request.text))) and not any(each.intent == priced for each in requests):
                found.append(replace(request, intent=priced))
        elif separate:
            found.append(request)
        else:
            only, stock = _apart(moment, request, goods)
            if len(only) < len(goods):
                found.append(replace(request, slots=tuple(slot for slot in request.slots if slot not in only)))
            found += [Waiting(AVAILABILITY, request.text, request.confidence, (slot,), request.source) for slot in stock]
    return tuple(found)


def _each(moment: Moment, request: Waiting, goods: Sequence[Slot]) -> list[Waiting]:
    others = tuple(slot for slot in request.slots if slot.name not in GOODS | _COUNTED)
    parts = shared(moment.reading.text, goods, request.slots, counted=True)
    return [replace(request, slots=(*others, slot, *mine)) for slot, mine in zip(goods, parts.of, strict=True)]


def _apart(moment: Moment, request: Waiting, goods: Sequence[Slot]) -> tuple[list[Slot], list[Slot]]:
    """Of the goods those of which only the stock is asked, and all whose stock is asked: those named with it, or all where it stands by itself."""
    text, start = moment.reading.text, 0
    stock: list[Slot] = []
    alone: list[Slot] = []
    for end in [*(cut.end() for cut in _CUT.finditer(text)), len(text)]:
        chunk = text[start:end]
        if moment.says("in_stock", chunk):
            named = [slot for slot in goods if start <= slot.start < end]
            stock += named or goods
            if len(goods) > 1:
                alone += named
        start = end
    return [slot for slot in goods if slot in alone], [slot for slot in goods if slot in stock]
