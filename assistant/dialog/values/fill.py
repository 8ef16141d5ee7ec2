"""Takes what a message mentions into the slots of a procedure: resolves references, computes relative values, never guesses between two readings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.dialog.moment import Moment, facts_of, line_of
from assistant.dialog.state import Procedure
from assistant.dialog.values.counted_on import note_of, number_meant
from assistant.dialog.values.described import describes, free_words
from assistant.dialog.values.kinds import of_kind
from assistant.dialog.values.lines import PART, called_so, line_named, with_part
from assistant.dialog.values.parted import told_apart
from assistant.dialog.values.refer import order_named
from assistant.dialog.values.relative import concerned, counted, shifted
from assistant.dialog.values.suggest import TO, beside, earliest, span_of, suggestion, within
from assistant.dialog.values.trouble import Trouble
from assistant.dialog.values.uncounted import uncounted
from assistant.types import Json, Order, Slot
from assistant.understanding.dates.durations import lasting
from assistant.understanding.slots import address_parts as parts
from assistant.understanding.slots.read import match_words
from assistant.workspace.model import Product, SlotSpec

SAME_KIND = {"title", "tax_id", "phone", "email"}


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


def fill(moment: Moment, procedure: Procedure, mentions: tuple[Slot, ...], *, text: str, source: str = "") -> Filled:
    """The procedure with every value that `mentions` and `text` (the request's words) give it; a later value replaces an earlier one.

    `source` is the message the words are from, when it is not this one.
    """
    filled = Filled(procedure)
    spec = moment.spec(procedure.name)
    for name, slot in spec.slots.items():
        if slot.type == "order":
            filled = _order(moment, filled, name, mentions)
    order = order_of(moment, filled.procedure)
    if order is not None:
        filled = _line(moment, filled, order, mentions, text=text)
    for slot in spec.slots.values():
        if slot.type != "order":
            filled = FILLERS[slot.type](Case(moment, filled, slot, mentions, text, order, source))
    for name, (trouble, mention) in uncounted(spec.slots.values(), mentions, order, product=moment.product).items():
        filled = filled.hold(name, trouble, mention)
    for name, value in told_apart(spec.slots.values(), text, mentions, order, procedure.slots).items():
        case = Case(moment, filled, spec.slots[name], mentions, text, order, source)
        filled = replace(case.said(value, text), trouble={key: found for key, found in filled.trouble.items() if key != name})
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
    source: str = ""

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
        whole = self.moment.reading.text
        earlier = self.source not in ("", self.moment.message_id)
        quoted = text if earlier or text in whole else whole
        start = 0 if earlier else max(whole.find(quoted), 0)
        mention = Slot(self.spec.name, value, quoted, start, start + len(quoted), self.source or self.moment.message_id)
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
                filled = replace(filled, procedure=filled.procedure.without("line").without(PART))
            return filled.take(slot, mention)


def _line(moment: Moment, filled: Filled, order: Order, mentions: tuple[Slot, ...], *, text: str) -> Filled:
    """Which line of the order is meant, and whether only a part is named of what concerns all of it."""
    found = line_named(moment, filled.procedure, order, mentions)
    filled = filled.take(found[0], *found[1]) if found else filled
    return replace(filled, procedure=with_part(moment, filled.procedure, order, mentions, text=text))


def _date(case: Case) -> Filled:
    dates = case.of("date", "shift")
    suggested = suggestion(case.moment, case.filled.procedure) if case.waiting else None
    if suggested and (not dates or len(case.filled.procedure.options) > 1 or case.moment.says("next_workday")):
        return case.said(suggested, case.text)
    if not dates:
        day = _earliest(case)
        return case.said(day, case.text) if day else _chosen(case)
    mention = dates[-1]
    if mention.name == "shift":
        spoken = _spoken_of(case)
        # "a day later" goes on from a day that was named; said of one that was itself so much later, it takes its place
        onward = spoken is not None and (mention.note == "onward" or spoken.note != "shift")
        base = str(spoken.value) if spoken is not None and onward else case.base()
        if not isinstance(base, str) or not isinstance(mention.value, Mapping):
            return case.filled
        day = shifted(case.moment.world.calendar, date.fromisoformat(base[:10]), mention.value)
        return case.value(day, replace(mention, note=mention.note or "shift"))
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
            return case.filled.hold(case.spec.name, Trouble("date_range", variables, span_of(mention.value)), mention)
        case _:
            mention = beside(_spoken_of(case), mention, case.moment.today)
            return case.value(within(case.filled.procedure, mention) or mention.value, mention)


def _spoken_of(case: Case) -> Slot | None:
    """The day that the talk is about, which "the Monday after" goes on from: the one in the open preview, else the one refused last."""
    return case.filled.procedure.slots.get(case.spec.name) or case.filled.procedure.refused


def _earliest(case: Case) -> str | None:
    """The first day allowed, when the customer leaves the day to us: said outright, or as the answer to the question for a day."""
    if case.order is None or not (case.moment.says("earliest", case.text) or (case.waiting and case.moment.says("soon", case.text))):
        return None
    return earliest(case.moment, case.filled.procedure, case.spec.name, case.order)


def _edge(case: Case, limit: str, mention: Slot) -> str:
    """The date nearest to a limit that still keeps it: the limit itself when it counts, else the working day beside it. The preview names it."""
    assert isinstance(mention.value, Mapping)
    if mention.value.get("inclusive"):
        return limit
    return case.moment.world.calendar.add_workdays(date.fromisoformat(limit), -1 if mention.note == "before" else 1).isoformat()


def _chosen(case: Case) -> Filled:
    """An ordinal answer to a question that offered values ("the second one")."""
    options = tuple(option for option in case.filled.procedure.options if TO not in option)
    for mention in case.of("option"):
        if case.waiting and options and isinstance(mention.value, int) and 0 < abs(mention.value) <= len(options):
            return case.value(options[mention.value - 1 if mention.value > 0 else mention.value], mention)
    return case.filled


def _quantity(case: Case) -> Filled:
    # a duration counts no goods: a bare number does only as the answer to the question
    if case.spec.unit and ((last := lasting(case.text, case.spec.unit)) is not None or not case.waiting):
        return case.filled if last is None else case.said(last, case.text)
    found, other = case.of("quantity"), _elsewhere(case)
    if other is not None and (found or case.of("item")):
        product = case.moment.product(str(other.value.get("sku") if isinstance(other.value, Mapping) else other.value))
        return case.filled.hold(case.spec.name, Trouble("line_not_in_order", {"product": _called(case.moment, product, other)}), other)
    if not found:
        items = case.of("item")
        if not items or not isinstance(items[-1].value, Mapping):
            return case.filled
        return case.value(items[-1].value.get("quantity"), items[-1])
    base, held = case.base(), case.filled.procedure.slots.get(case.spec.name)
    number = number_meant(found, base=base if isinstance(base, int) else None, held=held, text=case.text, corrected=case.moment.says("correction", case.text))
    return case.filled if number is None else case.value(number, replace(found[-1], note=note_of(found, held)))


def _called(moment: Moment, product: Product | None, mention: Slot) -> str:
    return moment.world.wording.pick(product.name, moment.language) if product else mention.text


def _elsewhere(case: Case) -> Slot | None:
    """A product named with a quantity that the order does not hold: the quantity is not about any of its lines."""
    if case.order is None:
        return None
    skus = {line.sku for line in case.order.lines}
    families = {product.family for sku in skus if (product := case.moment.product(sku))}
    for mention in case.of("product", "item", "family"):
        value = mention.value.get("sku") if isinstance(mention.value, Mapping) else mention.value
        if not skus & {value, *mention.candidates} and value not in families and not called_so(case.moment, skus, mention):
            return mention
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
            number = _changed(case, line.sku, mention.value) or counted(concerned(mention.value), line.quantity)
            if number is None:
                return case.filled
            items = [{"sku": line.sku, "quantity": number}]
    else:
        return case.filled
    for item in items:
        if not isinstance(item, dict) or item["sku"] not in held:
            product = case.moment.product(str(item["sku"])) if isinstance(item, dict) else None
            return case.filled.hold(case.spec.name, Trouble("line_not_in_order", {"product": _called(case.moment, product, mention)}), mention)
        if not 0 < int(str(item["quantity"])) <= held[str(item["sku"])]:
            return case.filled.hold(case.spec.name, Trouble("too_many", {}), mention)
    return case.value(items, mention)


def _changed(case: Case, sku: str, value: Json) -> int | None:
    """The pieces after a change of the number given before ("and two more")."""
    held = case.filled.procedure.slots.get(case.spec.name)
    before = (
        [int(str(item["quantity"])) for item in held.value if isinstance(item, dict) and item["sku"] == sku] if held and isinstance(held.value, list) else []
    )
    return counted(value, before[0]) if before and isinstance(value, Mapping) and "delta" in value else None


def _product(case: Case) -> Filled:
    found = case.of("product")
    if case.spec.role == "new" and case.order is not None:
        lines = {line.sku for line in case.order.lines}
        wanted = tuple(slot for slot in found if slot.note == "new") or tuple(slot for slot in found if slot.value not in lines)
        found = wanted or (found if case.waiting else ())
    if not found:
        kind = of_kind(case.moment, case.mentions, new=case.spec.role == "new", order=case.order, waiting=case.waiting)
        if kind and case.spec.name not in case.filled.procedure.slots:
            if len(kind[1]) == 1:
                return case.value(kind[1][0], kind[0])
            return case.filled.hold(case.spec.name, Trouble("choose_product", {"options": list(kind[1])}, kind[1]), kind[0])
        return _chosen(case)
    mention = found[-1]
    if mention.candidates:
        options = tuple(str(item) for item in (mention.value, *mention.candidates))
        return case.filled.hold(case.spec.name, Trouble("choose_product", {"options": options}, options), mention)
    return case.value(mention.value, mention)


def _bool(case: Case) -> Filled:
    key = match_words(_rest_of(case), words_of(case.spec.words))
    if key is None and _rest_of(case) != case.text and case.spec.name not in case.filled.procedure.slots:
        told = match_words(case.text, words_of(case.spec.words))
        return case.said(told == "no", case.text) if told else case.filled
    if key is not None:
        return case.said(key == "yes", case.text)
    if case.waiting and case.moment.reading.verdict in {"yes", "yes_plus", "no"}:
        return case.said(case.moment.reading.verdict != "no", case.text)
    return case.filled


def _rest_of(case: Case) -> str:
    """The words without those about pieces that are left out ("I opened 5, return the rest"): what is said of these is not said of the others."""
    text = case.text
    for mention in case.of("quantity"):
        if isinstance(mention.value, Mapping) and mention.value.get("relative") == "all_but":
            at = text.find(mention.text)
            since = max((text.rfind(mark, 0, at) for mark in ",.;，。；"), default=-1) + 1 if at > 0 else 0
            text = f"{text[:since]} {text[at + len(mention.text) :]}" if at >= 0 else text
    return text


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


def _address(case: Case) -> Filled:
    """An address, or one part of it put right. One without a number is a place and no address yet: the rule judges it, and it is asked for in full."""
    found = case.of("address")
    held = case.filled.procedure.slots.get(case.spec.name)
    if not found:
        right = part_put_right(case.moment, case.filled.procedure, case.text)
        return case.said(right, case.text) if right else case.filled
    value = str(found[-1].value)
    value = (parts.merged(str(held.value), value) if held else None) or value
    if any(char.isdigit() for char in value):
        return case.value(value, found[-1])
    return case.value(value, found[-1]).hold(case.spec.name, Trouble("address_incomplete", {"address": value}))


def part_put_right(moment: Moment, procedure: Procedure, text: str) -> str | None:
    """The address of a procedure that changes one, with the part put right that the words name: of the address given before, else of the order's."""
    name = next((name for name, slot in moment.spec(procedure.name).slots.items() if slot.type == "address"), "")
    order = order_of(moment, procedure) if name else None
    held = procedure.slots.get(name)
    base = str(held.value) if held else order.ship_to if order else ""
    for slot in moment.reading.slots:
        text = text.replace(slot.text, " ") if slot.name == "order" and slot.text else text
    return parts.with_part(base, text, again=held is not None) if base else None


def _text(case: Case) -> Filled:
    """Free words: the whole answer when they were asked for, else the request's own words when they say more than the bare intent."""
    procedure, asked = case.filled.procedure, case.waiting and case.moment.reading.verdict == "other"
    if not asked and (case.waiting or case.spec.name in procedure.slots):
        return case.filled
    spec = case.moment.spec(procedure.name)
    about = procedure.goal if asked else case.text if not procedure.waiting else None
    described = None if about is None else describes(about, known=case.moment.reading.slots, titles=spec.title.values())
    told = free_words(case.text, described, asked=asked, alone=set(spec.slots) == {"order", case.spec.name})
    return case.said(told, told) if told else case.filled


FILLERS: Mapping[str, Callable[[Case], Filled]] = {
    "date": _date,
    "quantity": _quantity,
    "items": _items,
    "product": _product,
    "bool": _bool,
    "choice": _choice,
    "attachments": _attachments,
    "text": _text,
    "address": _address,
    **dict.fromkeys(SAME_KIND, _same_kind),
}
