"""Answers whether a product is in stock from the order system's own count, where no procedure does; what is not counted is left to the documents."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.state import State, Waiting
from assistant.dialog.values.fit import leftover
from assistant.types import Json, Sentence, Slot

_IT = re.compile(r"它|[这那][个款种台件]?|\b(?:it|its|they|them|this|that|these|those|one|ones)\b", re.IGNORECASE)
BRIEF = 4  # Chinese characters or words of a bare question, such as 有现货吗
AVAILABILITY, PRODUCT = "product.availability", "product."


def stocked(moment: Moment, state: State, request: Waiting) -> tuple[State, Decision] | None:
    """How many pieces there are of the one product asked about, and whether these are enough; None for any other question, or when nobody knows.

    Raises Need while the count has not been fetched.
    """
    if not request.intent.startswith(PRODUCT) or not moment.says("in_stock", request.text):
        return None
    named = list(dict.fromkeys(str(slot.value) for slot in request.slots if slot.name == "product" and not slot.candidates))
    if not named and not any(slot.name in {"unknown_product", "family"} for slot in request.slots) and _goes_on(request):
        named = list(state.products)
    if len(named) != 1 or any(slot.name in {"order", "order_ref"} and slot.value != {"same": True} for slot in request.slots):
        return None
    product = moment.product(named[0])
    count = moment.known.stock(named[0]) if product is not None else None
    if product is None or count is None:
        return None
    wanted = _pieces(request.slots)
    text = moment.world.wording.say(
        "answer_stock",
        moment.language,
        product=moment.world.wording.pick(product.name, moment.language),
        stock=count,
        wanted=wanted,
        unit=moment.world.wording.pick(product.unit, moment.language) if product.unit else "",
        at=moment.now,
    )
    state = replace(state, products=(product.sku,), question=request.text)
    told: dict[str, Json] = {"stock": count, "wanted": wanted, "at": moment.now.isoformat()}
    return state, Decision("reply", (Sentence(text),), AVAILABILITY, confidence=request.confidence, sources=(told,))


def _goes_on(request: Waiting) -> bool:
    """Whether a question that names no goods means those just talked about: it says "it", or hardly more than the question itself."""
    return _IT.search(request.text) is not None or leftover(request.text, request.slots) <= BRIEF


def _pieces(slots: tuple[Slot, ...]) -> int | None:
    """The number of pieces asked for, when just one is said."""
    said = [slot.value.get("quantity") if isinstance(slot.value, dict) else slot.value for slot in slots if slot.name in {"item", "quantity"}]
    numbers = {value for value in said if isinstance(value, int) and value > 0}
    return numbers.pop() if len(numbers) == 1 else None
