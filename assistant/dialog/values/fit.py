"""Which procedure the values of a request belong to, and which value belongs to which order; it corrects the guess of an intent, and opens nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.dialog.answers.per_unit import unit_asked
from assistant.dialog.moment import Moment, line_of
from assistant.dialog.state import Procedure, Waiting
from assistant.dialog.values.by_line import by_lines
from assistant.dialog.values.fill import fill, order_of
from assistant.dialog.values.lines import PART
from assistant.dialog.values.refer import suits
from assistant.dialog.values.relative import counted
from assistant.dialog.values.shares import shared
from assistant.knowledge.adjectives import adjectives_in
from assistant.knowledge.contents import content_asked
from assistant.types import Slot
from assistant.understanding.questions import compares, sets_apart

# type of a slot -> the mentions that are its values
VALUES: Mapping[str, frozenset[str]] = {
    "date": frozenset({"date", "shift"}),
    "quantity": frozenset({"quantity", "item"}),
    "address": frozenset({"address"}),
}
VALUED = {"items": "quantity"}  # a number of pieces is what a list of goods takes, too
SURE = 0.8
BARE = 2
ORDERS = frozenset({"order", "order_ref"})
GOODS = frozenset({"product", "family"})
_WHICH = re.compile(r"\W*(?:and |so |ok |okay )?(?:which|what|who)\b|.*(?:哪|谁)", re.IGNORECASE)
GOODS_ASKED = "product.spec"  # what a question about goods is called, whatever look-up was read in it


def fitted(moment: Moment, request: Waiting, *, second: str = "") -> Waiting:
    """The request under the intent that its values fit; `second` is the next likely one.

    A change whose own value is not said, while the value of one other change is, is that other one ("move 12380 to 22.07.2026" is no change of quantity).
    Taking a part off an order is no cancellation of all of it. An unsure guess that the order named is not open to gives way to the second that it is.
    """
    if _compared(moment, request) or _set_apart(moment, request):
        return replace(request, intent=GOODS_ASKED)
    if second and request.confidence < SURE and opens(moment, request, second) and not opens(moment, request, request.intent):
        request = replace(request, intent=second)
    name = moment.world.serving.get(request.intent, "")
    if not name:
        return request
    part = _by_line(moment, request, name)
    if part:
        return as_procedure(moment, request, part)
    said = {kind for kind, names in VALUES.items() if any(slot.name in names for slot in request.slots)}
    changes = changing(moment)
    likely = moment.world.serving.get(second, "")
    partly = _takes_away(moment, name) and "quantity" in said
    fitting = bool(said) and said <= taken(moment, name, request.slots)
    if request.confidence < SURE and not partly and not fitting and changes.get(likely) in said and changes.get(name) not in said:
        return as_procedure(moment, request, likely)
    if changes.get(name) == "quantity" and request.confidence < SURE and _takes_away(moment, likely) and _whole(moment, request, name):
        return as_procedure(moment, request, likely)
    if changes.get(name):
        other = _only(other for other, kind in changes.items() if kind in said)
        return as_procedure(moment, request, other) if other and changes[name] not in said else request
    spec = moment.spec(name)
    if partly:
        return _partly(moment, request, name, changes)
    if not spec.confirm and set(spec.slots) == {"order"} and leftover(request.text, _here(moment, request)) <= BARE and not is_question(request.text):
        other = change_for(moment, request.slots)
        return as_procedure(moment, request, other) if other else request
    return request


def taken(moment: Moment, name: str, slots: Sequence[Slot]) -> set[str]:
    """Which kinds of the values said a procedure has a slot for; how long something lasts is said by its last day, too."""
    types = {"date" if slot.unit else VALUED.get(slot.type, slot.type) for slot in moment.spec(name).slots.values() if slot.role != "new"}
    return {kind for kind, names in VALUES.items() if kind in types and any(slot.name in names for slot in slots)}


def _by_line(moment: Moment, request: Waiting, name: str) -> str:
    """The procedure that does for one line what this one does for the whole order, when goods of some lines are named and no number of pieces; else ""."""
    part = moment.spec(name).part
    if not part or any(slot.name in VALUES["quantity"] for slot in request.slots):
        return ""
    return part if PART in fill(moment, Procedure(name, request.intent), request.slots, text=request.text).procedure.slots else ""


def _compared(moment: Moment, request: Waiting) -> bool:
    """Whether a look-up of one product (its price) is asked for two that are set against each other: that is a question about both at once.

    What a product holds ("how much n is in the urea") is no price of it either.
    """
    name = moment.world.serving.get(request.intent, "")
    if not name or moment.spec(name).confirm or "order" in moment.spec(name).slots:
        return False
    goods = {slot.value for slot in request.slots if slot.name in GOODS}
    whole = moment.reading.standalone if request.text.strip() == moment.reading.text.strip() else request.text
    if goods and content_asked(whole) is not None:
        return True
    return len(goods) > 1 and (compares(request.text) or sets_apart(request.text) or bool(unit_asked(request.text)))


def _set_apart(moment: Moment, request: Waiting) -> bool:
    """Whether what reads like a change only sets goods against each other ("which canola is earlier"): no order is named, and no value of the change."""
    kinds = {slot.name for slot in request.slots}
    name = moment.world.serving.get(request.intent, "")
    if not name or not moment.spec(name).confirm or not kinds & GOODS or kinds - GOODS - {"attribute"}:
        return False
    return _WHICH.match(request.text) is not None and bool(adjectives_in(request.text))


def opens(moment: Moment, request: Waiting, intent: str) -> bool:
    """Whether an intent's procedure is offered for the order that the request names; a look-up is for every order."""
    name = moment.world.serving.get(intent, "")
    slot = moment.spec(name).slots.get("order") if name and moment.spec(name).confirm else None
    number = next((str(found.value) for found in request.slots if found.name == "order"), "")
    if slot is None or not number:
        return slot is None and bool(name) and intent == request.intent
    order = moment.known.order(number)
    return order is None or suits(moment, Procedure(name, intent), slot, order)


def _takes_away(moment: Moment, name: str) -> bool:
    """Whether a procedure ends an order as a whole: a write that needs nothing but the order."""
    return bool(name) and moment.spec(name).confirm and set(moment.spec(name).slots) == {"order"}


def _whole(moment: Moment, request: Waiting, name: str) -> bool:
    """Whether the quantity said is that of the line already, and so names the order rather than a change of it."""
    procedure = fill(moment, Procedure(name, request.intent), request.slots, text=request.text).procedure
    order = order_of(moment, procedure)
    line = line_of(procedure, order)
    slots = moment.spec(name).slots
    said = next((slot.value for key, slot in procedure.slots.items() if key in slots and slots[key].type == "quantity"), None)
    return line is not None and said == line.quantity


def _here(moment: Moment, request: Waiting) -> tuple[Slot, ...]:
    """The slots of a request of this message, with their places inside its own words."""
    start = max(moment.reading.text.find(request.text), 0)
    return tuple(replace(slot, start=slot.start - start, end=slot.end - start) for slot in request.slots if slot.start >= start and slot.end > slot.start)


def leftover(text: str, slots: Sequence[Slot]) -> int:
    """How much a text says beside its slots: Chinese characters and Latin words that no slot covers."""
    covered = list(text)
    for slot in slots:
        covered[slot.start : slot.end] = [" "] * (slot.end - slot.start)
    rest = "".join(covered)
    han = sum("\u4e00" <= char <= "\u9fff" for char in rest)
    return han + sum(word.strip(",.;:!?'\"()#").isalpha() for word in rest.split() if word.isascii())


def is_question(text: str) -> bool:
    return text.rstrip().endswith(("?", "？", "吗", "呢"))


def changing(moment: Moment) -> dict[str, str]:
    """The procedures that change one value of an order, with the type of that value."""
    found = {}
    for name, spec in moment.world.workspace.procedures.items():
        types = [slot.type for slot in spec.slots.values() if not slot.unit]
        if spec.confirm and len(types) == 2 and "order" in types:
            kind = next((kind for kind in types if kind in VALUES), "")
            if kind:
                found[name] = kind
    return found


def change_for(moment: Moment, slots: Sequence[Slot]) -> str:
    """The one procedure that changes the only value said; empty when there is none or more than one."""
    said = {kind for kind, names in VALUES.items() if any(slot.name in names for slot in slots)}
    return _only(name for name, kind in changing(moment).items() if kind in said) if len(said) == 1 else ""


def _only(names: object) -> str:
    found = list(names)  # type: ignore[call-overload]
    return str(found[0]) if len(found) == 1 else ""


def as_procedure(moment: Moment, request: Waiting, name: str) -> Waiting:
    """The request under the intent of another procedure."""
    return replace(request, intent=(moment.spec(name).intents or ("",))[0])


def _partly(moment: Moment, request: Waiting, name: str, changes: Mapping[str, str]) -> Waiting:
    """Words that take an order away with an amount that is not all of it ask for a smaller quantity, when there is a procedure for that."""
    smaller = _only(other for other, kind in changes.items() if kind == "quantity")
    if not smaller:
        return request
    slots = tuple(_taken_off(slot) for slot in request.slots)
    procedure = fill(moment, Procedure(smaller, request.intent), slots, text=request.text).procedure
    order = order_of(moment, procedure)
    if order is not None:
        line = line_of(procedure, order)
        held = line.quantity if line else sum(row.quantity for row in order.lines)
        left = [counted(slot.value, held) for slot in slots if slot.name == "quantity"]
        if left and left[-1] is not None and left[-1] <= 0:
            return request
    if any(slot.name == "quantity" and isinstance(slot.value, Mapping) and slot.value.get("relative") == "all" for slot in slots):
        return request
    return replace(as_procedure(moment, request, smaller), slots=slots)


def _taken_off(slot: Slot) -> Slot:
    """A quantity said to be taken away, as what it leaves."""
    if slot.name == "item" and isinstance(slot.value, Mapping):
        return replace(slot, name="quantity", value={"delta": -int(str(slot.value["quantity"]))})
    if slot.name != "quantity":
        return slot
    match slot.value:
        case int():
            return replace(slot, value={"delta": -slot.value})
        case {"relative": "percent", "n": int(share)}:
            return replace(slot, value={"relative": "percent", "n": 100 - share})
        case {"relative": "all_but", "n": int(kept)}:
            return replace(slot, value=kept)
    return slot


def split(moment: Moment, request: Waiting) -> tuple[Waiting, ...]:
    """One wish about several orders, goods or lines is one request for each, with the value that was said for it.

    As many values as orders belong to them in their order; one value is for all; any other number says too little and is asked again.
    """
    name = moment.world.serving.get(request.intent, "")
    if not name:
        return (request,)
    spec = moment.spec(name)
    types = {slot.type for slot in spec.slots.values()}
    numbers = list(dict.fromkeys(str(slot.value) for slot in request.slots if slot.name == "order"))
    if len(numbers) > 1 and "order" in spec.slots:
        return tuple(replace(request, slots=_share(request.slots, number, at, len(numbers))) for at, number in enumerate(numbers))
    items = [slot for slot in request.slots if slot.name == "item" and isinstance(slot.value, Mapping)]
    wants_new = any(slot.role == "new" for slot in spec.slots.values())
    goods = goods_of(moment, request.slots)
    if goods and "product" in types and "order" not in spec.slots and not wants_new:
        return _by_goods(moment, request, goods, look=not spec.confirm)
    if len(items) > 1 and "quantity" in types:
        return tuple(replace(request, slots=_of_item(request.slots, item)) for item in items)
    lines = by_lines(moment, request, name) if "quantity" in types else (request,)
    if len(lines) > 1:
        return lines
    held = _held_goods(moment, request.slots) if types == {"order"} and not spec.confirm and not numbers else []
    if len(held) > 1:
        others = tuple(slot for slot in request.slots if slot.name not in (*GOODS, "order_ref"))
        return tuple(replace(request, slots=(*others, slot)) for slot in held)
    return (request,)


def _held_goods(moment: Moment, slots: Sequence[Slot]) -> list[Slot]:
    """The different goods whose orders are looked for ("where are my hoses and my bearings"): one of each family, a product before its family."""
    found: dict[object, Slot] = {}
    for slot in slots:
        product = moment.product(str(slot.value)) if slot.name == "product" else None
        if slot.name in GOODS and not slot.candidates:
            found.setdefault(product.family if product else slot.value, slot)
    return list(found.values())


def _by_goods(moment: Moment, request: Waiting, goods: Sequence[Slot], *, look: bool) -> tuple[Waiting, ...]:
    """One request for each of several goods with its own number of pieces, or for each of several numbers of one; a number of none is in no request."""
    names = {"product", "family", *VALUES["quantity"]}
    others = tuple(slot for slot in request.slots if slot.name not in names)
    if len(goods) > 1:
        found = shared(moment.reading.text, goods, request.slots, counted=look)
        return tuple(replace(request, slots=(*others, each, *mine)) for each, mine in zip(goods, found.of, strict=True))
    numbers = [slot for slot in request.slots if slot.name == "quantity"]
    if not look or len(numbers) < 2 or not all(isinstance(slot.value, int) and not slot.note for slot in numbers):
        return (request,)
    about = tuple(slot for slot in request.slots if slot.name in ("product", "family"))
    return tuple(replace(request, slots=(*others, *about, number)) for number in numbers)


def _said(slots: Sequence[Slot], names: frozenset[str]) -> list[Slot]:
    """The mentions of one kind in their order; a number that belongs to an item is said once."""
    items = [(slot.start, slot.end) for slot in slots if slot.name == "item"]
    found = [slot for slot in slots if slot.name in names and (slot.name == "item" or not any(start <= slot.start < end for start, end in items))]
    return sorted(found, key=lambda slot: slot.start)


def _share(slots: Sequence[Slot], number: str, at: int, count: int) -> tuple[Slot, ...]:
    """The slots that are about the `at`-th of `count` orders."""
    kept = [slot for slot in slots if slot.name != "order" or slot.value == number]
    for names in (*VALUES.values(), GOODS):
        said = _said(slots, names)
        if len(said) > 1:
            mine = [said[at]] if len(said) == count else []
            kept = [slot for slot in kept if slot.name not in names or slot in mine]
    return tuple(kept)


def _of_item(slots: Sequence[Slot], item: Slot) -> tuple[Slot, ...]:
    """The slots without the other items and what was said inside of them."""
    assert isinstance(item.value, Mapping)
    sku = item.value.get("sku")
    others = [slot for slot in slots if slot.name == "item" and slot is not item]
    foreign = {id(slot) for slot in slots for other in others if slot.name == "quantity" and other.start <= slot.start < other.end}
    return tuple(slot for slot in slots if slot is item or (slot not in others and id(slot) not in foreign and (slot.name != "product" or slot.value == sku)))


def goods_of(moment: Moment, slots: Sequence[Slot]) -> list[Slot]:
    """The different goods named: products, and families of which there is one product and which name none of those products."""
    found = [slot for slot in slots if slot.name == "product" and not slot.candidates]
    families = {product.family for slot in found if (product := moment.product(str(slot.value)))}
    named = [str(slot.value) for slot in found]
    numbers = {slot.end for slot in slots if slot.name == "quantity"}
    counted = {slot.start for slot in slots if any(0 <= slot.start - end <= 1 for end in numbers)}
    found += [slot for slot in slots if slot.name == "family" and slot.value not in families and (slot.start in counted or not is_part(moment, named, slot))]
    return sorted({slot.value: slot for slot in reversed(found)}.values(), key=lambda slot: slot.start)


def is_part(moment: Moment, products: Sequence[str], family: Slot) -> bool:
    """Whether words for a kind of goods name a part of one of the products named beside them, or what it is a part of: "P-200: price, seal?" asks for its seal,
    not for all seals."""
    listed = moment.world.workspace.catalog.products
    edges = [(sku, part) for sku, product in listed.items() for parts in product.relations.values() for part in parts]
    beside = {part for sku, part in edges if sku in products} | {sku for sku, part in edges if part in products}
    return family.name == "family" and any(listed[sku].family == family.value for sku in beside if sku in listed)
