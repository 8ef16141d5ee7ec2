"""Answers whether a product is in stock from the order system's own count, where no procedure does; what is not counted is left to the documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.state import State, Waiting
from assistant.dialog.values.fit import leftover
from assistant.text.script import to_simplified
from assistant.types import Json, Sentence, Slot
from assistant.understanding.stocking import asks_stock, asks_supply

_IT = re.compile(r"它|[这那][个款种台件]?|\b(?:it|its|they|them|this|that|these|those|one|ones)\b", re.IGNORECASE)
BRIEF = 4  # Chinese characters or words of a bare question, such as 有现货吗
AVAILABILITY, PRODUCT = "product.availability", "product."
GOODS = frozenset({"product", "family"})
_THINGS = re.compile(r"[,，、;；:：\n]|(?<!\d)/")
MOST = 4  # products of a family that are told one by one


def stock_asked(moment: Moment, text: str, slots: Sequence[Slot], *, intent: str = AVAILABILITY) -> bool:
    """Whether a text asks what is on the shelf: in so many words, or of goods that it names."""
    if moment.says("in_stock", text):
        return True
    names = _said(moment, slots)
    return asks_stock(text, names) or (intent == AVAILABILITY and asks_supply(text, names))


def for_the_shelf(moment: Moment, request: Waiting) -> Waiting:
    """A question for the stock of goods under the name of one, whatever else it was taken for; any other request as it is."""
    kinds = {slot.name for slot in request.slots}
    if request.intent == AVAILABILITY or request.weighed or not kinds & GOODS or AVAILABILITY not in moment.world.workspace.intents:
        return request
    if any(slot.name in {"order", "order_ref"} and slot.value != {"same": True} for slot in request.slots):
        return request
    return replace(request, intent=AVAILABILITY) if asks_stock(request.text, _said(moment, request.slots)) else request


def _said(moment: Moment, slots: Sequence[Slot]) -> list[str]:
    """The words that goods go by in a message: those of the mentions, and those for what the products are ("the blue chairs")."""
    named = [slot.text for slot in slots if slot.name in GOODS and slot.text]
    catalog = moment.world.workspace.catalog
    kinds = {product.family for slot in slots if slot.name == "product" and (product := moment.product(str(slot.value))) is not None}
    return [*named, *(word for kind in kinds if kind in catalog.families for words in catalog.families[kind].words.values() for word in words)]


def stocked(moment: Moment, state: State, request: Waiting) -> tuple[State, Decision] | None:
    """How many pieces there are of the product asked about, or of each of its family, and whether these are enough; None for any other question, or when
    nobody knows.

    Raises Need while the count has not been fetched.
    """
    if not request.intent.startswith(PRODUCT) or not stock_asked(moment, request.text, request.slots, intent=request.intent):
        return None
    if any(slot.name in {"order", "order_ref"} and slot.value != {"same": True} for slot in request.slots):
        return None
    named = _named(moment, state, request)
    counts = {sku: moment.known.stock(sku) for sku in named}
    if not named or any(count is None for count in counts.values()):
        return None
    wanted = _pieces(request.slots) if len(named) == 1 else None
    told = [_told(moment, sku, count, wanted) for sku, count in counts.items() if count is not None]
    state = replace(state, products=tuple(named), question=request.text)
    sources: tuple[Json, ...] = tuple({"stock": count, "wanted": wanted, "at": moment.now.isoformat()} for count in counts.values())
    return state, Decision("reply", tuple(told), AVAILABILITY, confidence=request.confidence, sources=sources)


def _named(moment: Moment, state: State, request: Waiting) -> list[str]:
    """The product that a question names, those of the one family it names, or the one just talked about."""
    named = list(dict.fromkeys(str(slot.value) for slot in request.slots if slot.name == "product" and not slot.candidates))
    families = list(dict.fromkeys(str(slot.value) for slot in request.slots if slot.name == "family"))
    if not named and len(families) == 1:
        named = [sku for sku, product in moment.world.workspace.products.items() if product.family == families[0]]
        return named if len(named) <= MOST else []
    if len(named) == 1:
        # "any P-200 seals left" asks for the seals of that pump, "P-200: price, seal, stock" for three things of it
        asked = " ".join(each for each in _THINGS.split(request.text) if stock_asked(moment, each, request.slots)) or request.text
        named = [part for part in _parts(moment, named[0]) if _spoken_of(moment, part, asked)] or named
    if not named and not families and not any(slot.name == "unknown_product" for slot in request.slots) and _goes_on(request):
        named = list(state.products)
    return named if len(named) == 1 and moment.product(named[0]) is not None else []


def _parts(moment: Moment, sku: str) -> list[str]:
    products = moment.world.workspace.products
    return [part for parts in products[sku].relations.values() for part in parts if part in products] if sku in products else []


def _spoken_of(moment: Moment, sku: str, text: str) -> bool:
    """Whether a text names the kind of goods that a product is of."""
    catalog = moment.world.workspace.catalog
    family = catalog.families.get(catalog.products[sku].family)
    words = [word.lower() for listed in family.words.values() for word in listed] if family is not None else []
    said = to_simplified(text).lower()
    return any(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", said) if word.isascii() else word in said for word in words)


def _told(moment: Moment, sku: str, count: int, wanted: int | None) -> Sentence:
    product = moment.world.workspace.products[sku]
    wording = moment.world.wording
    unit = wording.pick(product.unit, moment.language) if product.unit else ""
    name = wording.pick(product.name, moment.language)
    return Sentence(wording.say("answer_stock", moment.language, product=name, stock=count, wanted=wanted, unit=unit, at=moment.now))


def _goes_on(request: Waiting) -> bool:
    """Whether a question that names no goods means those just talked about: it says "it", or hardly more than the question itself."""
    return _IT.search(request.text) is not None or leftover(request.text, request.slots) <= BRIEF


def _pieces(slots: tuple[Slot, ...]) -> int | None:
    """The number of pieces asked for, when just one is said."""
    said = [slot.value.get("quantity") if isinstance(slot.value, dict) else slot.value for slot in slots if slot.name in {"item", "quantity"}]
    numbers = {value for value in said if isinstance(value, int) and value > 0}
    return numbers.pop() if len(numbers) == 1 else None
