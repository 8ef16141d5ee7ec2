"""A bare list of goods with numbers ("5 each of P-100 and P-200, and 20 BR-6205") where no order is spoken of: a wish to buy, which is quoted; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.dialog.asked.looks import quote_look
from assistant.dialog.moment import Moment
from assistant.dialog.state import Waiting
from assistant.dialog.values.fit import goods_of, leftover
from assistant.text.script import to_simplified
from assistant.types import Slot
from assistant.understanding.questions import asks

_GOODS = frozenset({"product", "family", "quantity", "item", "unknown_product"})
# what a list of wishes says beside its goods: who wants it, courtesy, and what holds it together
_BESIDE = re.compile(
    r"\b(?:hi|hello|hey|please|pls|thanks|thank you|we|i|us|me|our|my|id|we'd|i'd|i'll|we'll|ll|d|need|needs|want|would|like|to|buy|get|have|take"
    r"|purchase|some|"
    r"for|of|each|and|plus|also|the|a|an|then|as well|pcs|pieces|units|sets|both|again|can|could|x|just|too|more|another|s)\b"
    r"|你好|您好|请|麻烦|谢谢|我们|我|咱们|要|想|再|来|买|订购|订|采购|需要|各|和|及|与|跟|加上|加|还有|还|另外|以及|给|的|了|吧|一共|都|每种|每样|每款|每|个|台|件|套|只|条",
    re.IGNORECASE,
)


def goods_listed(moment: Moment) -> Waiting | None:
    """The quote that a message asks for which is nothing but goods and how many; None for any other, and where the order spoken of holds such goods."""
    reading, intent = moment.reading, quote_look(moment)
    kinds = {slot.name for slot in reading.slots}
    if not intent or not kinds <= _GOODS or not kinds & {"quantity", "item"} or asks(reading.text):
        return None
    goods = goods_of(moment, reading.slots)
    if not goods or (not reading.contentless and all(request.intent == intent and request.accepted for request in reading.requests)):
        return None
    first = next((slot for slot in reading.slots if slot.name == "quantity"), None)
    if (first is not None and not isinstance(first.value, int)) or _held(moment, goods):
        # "20 more" are 20 more of an order
        return None
    rest = to_simplified(reading.text)
    for slot in sorted(reading.slots, key=lambda each: -each.start):
        rest = f"{rest[: slot.start]}{' ' * (slot.end - slot.start)}{rest[slot.end :]}"
    if leftover(_BESIDE.sub(" ", rest), ()):
        return None
    return Waiting(intent, reading.text, 1.0, reading.slots, moment.message_id)


def _held(moment: Moment, goods: Sequence[Slot]) -> bool:
    """Whether the order that is spoken of holds one of the goods: they may be meant as pieces of it."""
    order = moment.known.order(moment.state.focus) if moment.state.focus else None
    lines = [line.sku for line in order.lines] if order else []
    families = {product.family for sku in lines if (product := moment.product(sku))}
    return any(slot.value in lines or slot.value in families for slot in goods)
