"""Takes what a message mentions into the slots of a procedure: resolves references, computes relative values, never guesses between two readings."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.dialog.moment import Moment, facts_of, line_of
from assistant.dialog.refer import order_named
from assistant.dialog.state import Procedure
from assistant.dialog.trouble import Trouble
from assistant.types import Json, Order, Slot
from assistant.understanding.slots import match_words
from assistant.workspace.model import SlotSpec

SAME_KIND = {"address", "title", "tax_id", "phone", "email"}


@dataclass(frozen=True, slots=True)
class Filled:
    """A procedure after a message. `used` are the mentions it took; `trouble` maps a slot to what stood in a value's way."""

    procedure: Procedure
    used: tuple[Slot, ...] = ()
    trouble: Mapping[str, Trouble] = field(default_factory=dict)

    def take(self, slot: Slot, *mentions: Slot) -> Filled:
        return replace(self, procedure=self.procedure.with_slot(slot), used=(*self.used, *mentions))

    def hold(self, name: str, trouble: Trouble, *mentions: Slot) -> Filled:
        return replace(self, trouble={**self.trouble, name: trouble}, used=(*self.used, *mentions))


def fill(moment: Moment, procedure: Procedure, mentions: tuple[Slot, ...], *, text: str) -> Filled:
    """The procedure with every value that `mentions` and `text` (the request's words) give it; a later value replaces an earlier one."""
    filled = Filled(procedure)
    spec = moment.spec(procedure.name)
    for name, slot in spec.slots.items():
        if slot.type == "order":
            filled = _order(moment, filled, name, mentions)
    order = order_of(moment, filled.procedure)
    if order is not None:
        filled = _line(moment, filled, order, mentions)
    for slot in spec.slots.values():
        if slot.type != "order":
            filled = FILLERS[slot.type](Case(moment, filled, slot, mentions, text, order))
    return filled


def order_of(moment: Moment, procedure: Procedure) -> Order | None:
    """The order a procedure holds, if it is the customer's."""
    slot = procedure.slots.get("order")
    if slot is None:
        return None
    tool = moment.spec(procedure.name).tool
    return moment.known.order(str(slot.value), tool=tool if tool in moment.world.order_reads else "get_order")


@dataclass(frozen=True, slots=True)
class Case:
    """One slot to fill, with everything its filler may look at."""

    moment: Moment
    filled: Filled
    spec: SlotSpec
    mentions: tuple[Slot, ...]
    text: str
    order: Order | None

    @property
    def waiting(self) -> bool:
        return self.filled.procedure.waiting == self.spec.name

    def of(self, *kinds: str) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.mentions if slot.name in kinds)

    def base(self) -> Json:
        """What a relative value counts from, by the slot's `base` expression; None when it cannot be told yet."""
        if not self.spec.base or (self.order is None and "order" in self.moment.spec(self.filled.procedure.name).slots):
            return None
        return self.moment.world.rules.expression(self.spec.base, facts_of(self.moment, self.filled.procedure, self.order))

    def value(self, value: Json, mention: Slot) -> Filled:
        return self.filled.take(replace(mention, name=self.spec.name, value=value, source=mention.source or self.moment.message_id), mention)

    def said(self, value: Json, text: str) -> Filled:
        """A value read from the words themselves rather than from a mention."""
        start = max(self.moment.reading.text.find(text), 0)
        mention = Slot(self.spec.name, value, text, start, start + len(text), self.moment.message_id)
        return self.filled.take(mention, mention)


def _order(moment: Moment, filled: Filled, name: str, mentions: tuple[Slot, ...]) -> Filled:
    found = order_named(moment, filled.procedure, moment.spec(filled.procedure.name).slots[name], mentions)
    match found:
        case None:
            return filled
        case Trouble():
            return filled.hold(name, found)
        case (slot, mention):
            held = filled.procedure.slots.get(name)
            if held and held.value != slot.value:
                filled = replace(filled, procedure=filled.procedure.without("line"))
            return filled.take(slot, mention)


def _line(moment: Moment, filled: Filled, order: Order, mentions: tuple[Slot, ...]) -> Filled:
    """Which line of the order is meant, when products are named or one is chosen from the list just shown."""
    if len(order.lines) < 2:
        return filled
    skus = {line.sku for line in order.lines}
    for mention in mentions:
        value = mention.value
        if mention.name == "product" and value in skus:
            return filled.take(replace(mention, name="line"), mention)
        if mention.name == "family":
            fitting = [sku for sku in skus if (product := moment.product(sku)) and product.family == value]
            if len(fitting) == 1:
                return filled.take(replace(mention, name="line", value=fitting[0]), mention)
        if mention.name == "option" and filled.procedure.waiting == "line" and isinstance(value, int):
            options = filled.procedure.options
            if -len(options) <= value <= len(options) and value:
                return filled.take(replace(mention, name="line", value=options[value - 1 if value > 0 else value]), mention)
    return filled


def _date(case: Case) -> Filled:
    dates = case.of("date", "shift")
    if not dates:
        return _chosen(case)
    mention = dates[-1]
    if mention.name == "shift":
        base = case.base()
        if not isinstance(base, str) or not isinstance(mention.value, Mapping):
            return case.filled
        return case.value(shifted(case.moment, date.fromisoformat(base[:10]), mention.value), mention)
    variables: dict[str, object] = {"text": mention.text, "dates": [mention.value, *mention.candidates]}
    match mention.note:
        case "impossible":
            return case.filled.hold(case.spec.name, Trouble("date_impossible", variables), mention)
        case "ambiguous":
            options = tuple(str(item) for item in (mention.value, *mention.candidates))
            return case.filled.hold(case.spec.name, Trouble("date_ambiguous", variables, options), mention)
        case "before" | "after" if isinstance(mention.value, Mapping) and isinstance(mention.value.get("date"), str):
            return case.value(_edge(case, str(mention.value["date"]), mention), mention)
        case "range" | "before" | "after":
            return case.filled.hold(case.spec.name, Trouble("date_range", variables), mention)
        case _:
            return case.value(mention.value, mention)


def _edge(case: Case, limit: str, mention: Slot) -> str:
    """The date nearest to a limit that still keeps it: the limit itself when it counts, else the working day beside it. The preview names it."""
    assert isinstance(mention.value, Mapping)
    if mention.value.get("inclusive"):
        return limit
    return case.moment.world.calendar.add_workdays(date.fromisoformat(limit), -1 if mention.note == "before" else 1).isoformat()


def shifted(moment: Moment, base: date, by: Mapping[str, Json]) -> str:
    """A date moved by {"days"}, {"months"} or {"workdays"} (one of them)."""

    def number(name: str) -> int:
        return int(str(by.get(name, 0)))

    if "workdays" in by:
        return moment.world.calendar.add_workdays(base, number("workdays")).isoformat()
    if "months" in by:
        year, month = divmod(base.year * 12 + base.month - 1 + number("months"), 12)
        return date(year, month + 1, min(base.day, monthrange(year, month + 1)[1])).isoformat()
    return date.fromordinal(base.toordinal() + number("days")).isoformat()


def _chosen(case: Case) -> Filled:
    """An ordinal answer to a question that offered values ("the second one")."""
    options = case.filled.procedure.options
    for mention in case.of("option"):
        if case.waiting and options and isinstance(mention.value, int) and 0 < abs(mention.value) <= len(options):
            return case.value(options[mention.value - 1 if mention.value > 0 else mention.value], mention)
    return case.filled


def _quantity(case: Case) -> Filled:
    found = case.of("quantity")
    if not found:
        items = case.of("item")
        if not items or not isinstance(items[-1].value, Mapping):
            return case.filled
        return case.value(items[-1].value.get("quantity"), items[-1])
    base = case.base()
    number = counted(found[-1].value, base if isinstance(base, int) else None)
    return case.filled if number is None else case.value(number, found[-1])


def counted(value: Json, base: int | None) -> int | None:
    """A quantity as said, absolute or relative to `base`; None when it cannot be told."""
    if isinstance(value, int):
        return value
    if not isinstance(value, Mapping) or base is None:
        return None
    if "delta" in value:
        return base + int(str(value["delta"]))
    number = int(str(value.get("n", 0) or 0))
    match value.get("relative"):
        case "all":
            return base
        case "half":
            return base // 2 if base % 2 == 0 else None
        case "all_but":
            return base - number
        case "percent" if base * number % 100 == 0:
            return base * number // 100
        case "double":
            return base * 2
    return None


def _items(case: Case) -> Filled:
    """Pieces of the order: named with their product, or a quantity of its one line, or all of it."""
    order = case.order
    if order is None:
        return case.filled
    held = {line.sku: line.quantity for line in order.lines}
    named = [slot for slot in case.of("item") if isinstance(slot.value, Mapping)]
    quantities = case.of("quantity")
    line = line_of(case.filled.procedure, order)
    if named:
        items: list[Json] = [dict(slot.value) for slot in named if isinstance(slot.value, Mapping)]
        mention = named[-1]
    elif quantities:
        mention = quantities[-1]
        everything = isinstance(mention.value, Mapping) and mention.value.get("relative") == "all"
        if line is None and everything:
            items = [{"sku": sku, "quantity": number} for sku, number in held.items()]
        elif line is None:
            return case.filled
        else:
            number = counted(mention.value, line.quantity)
            if number is None:
                return case.filled
            items = [{"sku": line.sku, "quantity": number}]
    else:
        return case.filled
    for item in items:
        if not isinstance(item, dict) or item["sku"] not in held:
            product = case.moment.product(str(item["sku"])) if isinstance(item, dict) else None
            return case.filled.hold(case.spec.name, Trouble("line_not_in_order", {"product": product.name if product else mention.text}), mention)
        if not 0 < int(str(item["quantity"])) <= held[str(item["sku"])]:
            return case.filled.hold(case.spec.name, Trouble("too_many", {}), mention)
    return case.value(items, mention)


def _product(case: Case) -> Filled:
    found = case.of("product")
    if case.spec.role == "new" and case.order is not None:
        lines = {line.sku for line in case.order.lines}
        wanted = tuple(slot for slot in found if slot.note == "new") or tuple(slot for slot in found if slot.value not in lines)
        found = wanted or (found if case.waiting else ())
    if not found:
        families = case.of("family")
        if families and case.spec.role != "new" and case.spec.name not in case.filled.procedure.slots:
            skus = [sku for sku, product in case.moment.world.workspace.products.items() if product.family == families[-1].value]
            if len(skus) == 1:
                return case.value(skus[0], families[-1])
            return case.filled.hold(case.spec.name, Trouble("choose_product", {"options": skus}, tuple(skus)), families[-1])
        return _chosen(case)
    mention = found[-1]
    if mention.candidates:
        options = tuple(str(item) for item in (mention.value, *mention.candidates))
        return case.filled.hold(case.spec.name, Trouble("choose_product", {"options": options}, options), mention)
    return case.value(mention.value, mention)


def _bool(case: Case) -> Filled:
    key = match_words(case.text, words_of(case.spec.words))
    if key is not None:
        return case.said(key == "yes", case.text)
    if case.waiting and case.moment.reading.verdict in {"yes", "yes_plus", "no"}:
        return case.said(case.moment.reading.verdict != "no", case.text)
    return case.filled


def words_of(words: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """The words per value over all languages: people mix them."""
    return {str(key): tuple(word for language in per.values() for word in language) for key, per in words.items()}


def _choice(case: Case) -> Filled:
    key = match_words(case.text, words_of({name: option.words for name, option in case.spec.options.items()}))
    if key is not None:
        return case.said(key, case.text)
    names = tuple(case.spec.options)
    for mention in case.of("option"):
        if case.waiting and isinstance(mention.value, int) and 0 < abs(mention.value) <= len(names):
            return case.value(names[mention.value - 1 if mention.value > 0 else mention.value], mention)
    return case.filled


def _attachments(case: Case) -> Filled:
    if case.moment.attachments:
        hashes: list[Json] = [item.hash for item in case.moment.attachments]
        return case.filled.take(Slot(case.spec.name, hashes, source=case.moment.message_id))
    if case.waiting and (case.moment.reading.verdict == "no" or case.moment.says("lacking")):
        return case.said("none", case.text)
    return case.filled


def _same_kind(case: Case) -> Filled:
    found = case.of(case.spec.type)
    return case.value(found[-1].value, found[-1]) if found else case.filled


def _text(case: Case) -> Filled:
    """Free words: the whole answer when they were asked for, else the request's own words when they say more than the bare intent."""
    words = case.text.strip()
    if case.waiting and words and case.moment.reading.verdict == "other":
        return case.said(words, words)
    if not case.waiting and case.spec.name not in case.filled.procedure.slots and telling(words):
        return case.said(words, words)
    return case.filled


def telling(words: str) -> bool:
    """Whether a request's own words describe something, rather than only name the wish: eight Chinese characters or six words of it."""
    han = sum("\u4e00" <= char <= "\u9fff" for char in words)
    return han >= 8 or len([word for word in words.split() if word.isascii() and word.strip(",.;!?#").isalpha()]) >= 6


FILLERS: Mapping[str, Callable[[Case], Filled]] = {
    "date": _date,
    "quantity": _quantity,
    "items": _items,
    "product": _product,
    "bool": _bool,
    "choice": _choice,
    "attachments": _attachments,
    "text": _text,
    **dict.fromkeys(SAME_KIND, _same_kind),
}
