"""One wish about several lines of an order ("10 more canola and 40 more phosphate") as one request for each; a number is of the goods it stands by. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.dialog.moment import Moment
from assistant.dialog.state import Procedure, Waiting
from assistant.dialog.values.fill import fill, order_of
from assistant.dialog.values.shares import shared
from assistant.text.script import to_simplified
from assistant.types import Order, Slot

GOODS, NUMBERS = ("product", "family"), ("quantity", "item")
_WORD = re.compile(r"(?<![a-z0-9-])[a-z]{4,}(?![a-z0-9-])")
# what may stand between two goods of which the same is asked
_TOGETHER = re.compile(r"[\s、,，/&+]*(?:和|与|跟|及|以及|还有|and|plus|both)?\s*(?:the|my|our)?\s*", re.IGNORECASE)


def by_lines(moment: Moment, request: Waiting, name: str) -> tuple[Waiting, ...]:
    """A change of a number of pieces by the lines of its order that the words name; the request alone when they name fewer than two, or no number."""
    spec = moment.spec(name)
    counts = [slot for slot in spec.slots.values() if slot.type == "quantity" and not slot.unit]
    said = [slot for slot in request.slots if slot.name in NUMBERS]
    if not spec.confirm or not counts or not said or "order" not in spec.slots:
        return (request,)
    order = order_of(moment, fill(moment, Procedure(name, request.intent), request.slots, text=request.text, source=request.source).procedure)
    if order is None or len(order.lines) < 2:
        return (request,)
    goods = _named(moment, (*request.slots, *_by_name(moment, request.slots, order)), order)
    if len(goods) < 2:
        return (request,)
    found = shared(moment.reading.text, goods, request.slots)
    kept = [place for place, mine in enumerate(found.of) if mine or _beside(moment.reading.text, goods, place)]
    if found.left or len(kept) < 2 or not any(found.of):
        return (request,)
    others = tuple(slot for slot in request.slots if slot.name not in (*GOODS, *NUMBERS, "attribute"))
    return tuple(replace(request, slots=(*others, goods[place], *found.of[place])) for place in kept)


def _named(moment: Moment, slots: Sequence[Slot], order: Order) -> list[Slot]:
    """The goods named, each with the one line of the order that it means; words that say which order is meant name none."""
    spans = [(slot.start, slot.end) for slot in slots if slot.name == "order_ref"]
    skus = [line.sku for line in order.lines]
    found: dict[str, Slot] = {}
    for slot in sorted(slots, key=lambda each: (each.name not in GOODS, each.start)):
        if slot.name not in GOODS or any(start <= slot.start < end for start, end in spans):
            continue
        fitting = [sku for sku in skus if sku == slot.value or sku in slot.candidates or _family(moment, sku) == slot.value]
        if len(fitting) == 1:
            found.setdefault(fitting[0], slot)
    return sorted(found.values(), key=lambda slot: slot.start)


def _by_name(moment: Moment, slots: Sequence[Slot], order: Order) -> list[Slot]:
    """Words that stand in the name of one line of the order only, or name the kind of part it is ("filters" of a water filter cartridge)."""
    text, taken = to_simplified(moment.reading.text).lower(), [(slot.start, slot.end) for slot in slots if slot.name in (*GOODS, "order", "date", "address")]
    called = {line.sku: _words(moment, line.sku) for line in order.lines}
    found = []
    for sku, words in called.items():
        alone = words - {word for other, theirs in called.items() if other != sku for word in theirs}
        for match in _WORD.finditer(text):
            if _stem(match.group()) in alone and not any(start < match.end() and match.start() < end for start, end in taken):
                found.append(Slot("product", sku, moment.reading.text[match.start() : match.end()], match.start(), match.end(), moment.message_id))
                break
    return found


def _words(moment: Moment, sku: str) -> set[str]:
    product, listed = moment.product(sku), moment.world.workspace.catalog
    parts = {kind for each in listed.products.values() for kind, skus in each.relations.items() if sku in skus}
    names = [*(product.name.values() if product else ()), *(word for kind in parts for words in listed.relations[kind].words.values() for word in words)]
    return {_stem(word) for name in names for word in _WORD.findall(name.lower())}


def _stem(word: str) -> str:
    return word.removesuffix("s")


def _family(moment: Moment, sku: str) -> str:
    product = moment.product(sku)
    return product.family if product else ""


def _beside(text: str, goods: Sequence[Slot], place: int) -> bool:
    """Whether goods without a number of their own are named together with the next ones ("the peas and the inoculant to 20"), so that they are not left out."""
    return place + 1 < len(goods) and _TOGETHER.fullmatch(text, goods[place].end, goods[place + 1].start) is not None
