"""Words that only name goods, and the question about them that follows: "need 100 BR-6205, quote pls" is one request; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialog.beside import MOST_LEFTOVER
from assistant.dialog.moment import Moment
from assistant.dialog.values.fit import is_question, leftover
from assistant.text.script import to_simplified
from assistant.types import Request
from assistant.understanding.questions import asks

_GOODS = frozenset({"product", "family", "quantity", "item"})
_MORE = re.compile(
    r"(?:\W|那|呢|再|加上?|起来|一共|总共|合计|多少|钱|的|价格?|和|还有|\b(?:and|what|how|about|also|plus|the|for|in|total|together|altogether|all|both|of|them)\b)*",
    re.IGNORECASE,
)
_TYPES = frozenset({"product", "quantity"})


def joined(moment: Moment, requests: tuple[Request, ...]) -> tuple[Request, ...]:
    """The requests, those that only name goods taken into the look-up behind them that needs goods and names none."""
    done: list[Request] = []
    for request in requests:
        before = done[-1] if done else None
        if before is not None and _goes_on(moment, before, request):
            text = f"{before.text} {request.text}"
            done[-1] = replace(before, text=text, end=request.end, slots=(*before.slots, *(slot for slot in request.slots if slot.start >= request.start)))
        elif before is not None and _names_goods(moment, before) and _wants_goods(moment, request):
            done[-1] = replace(request, slots=(*before.slots, *(slot for slot in request.slots if slot not in before.slots)))
        else:
            done.append(request)
    return tuple(done)


def _goes_on(moment: Moment, before: Request, request: Request) -> bool:
    """Whether a request says no more than further goods for the look-up of goods before it ("P-100的价格?P-200呢?")."""
    name = moment.world.serving.get(before.intent, "")
    if not name or moment.spec(name).confirm or not {slot.type for slot in moment.spec(name).slots.values()} >= _TYPES:
        return False
    own = [slot for slot in request.slots if slot.start >= request.start]
    goods = {slot.name for slot in own}
    if not any(slot.name == "product" for slot in before.slots) or "product" not in goods or not goods <= _GOODS:
        return False
    text = request.text
    for slot in own:
        text = text.replace(slot.text, " ") if slot.text else text
    return _MORE.fullmatch(to_simplified(text)) is not None


def _names_goods(moment: Moment, request: Request) -> bool:
    """Whether a request says which goods are wanted, or how many, asks nothing and changes nothing."""
    name = moment.world.serving.get(request.intent, "")
    named = {slot.name for slot in request.slots}
    intent = moment.world.workspace.intents.get(request.intent)
    if is_question(request.text) or asks(request.text) or (name and moment.spec(name).confirm) or intent is None or intent.serve == "handoff":
        return False
    if leftover(request.text, request.slots) > MOST_LEFTOVER:
        return False
    return bool(named & {"product", "item"}) and named <= _GOODS


def _wants_goods(moment: Moment, request: Request) -> bool:
    """Whether a request is a look-up of goods and a number of them, and names neither in its own words."""
    name = moment.world.serving.get(request.intent, "")
    if not name or moment.spec(name).confirm or any(slot.name in _GOODS and slot.start >= request.start for slot in request.slots):
        return False
    return {slot.type for slot in moment.spec(name).slots.values()} >= _TYPES
