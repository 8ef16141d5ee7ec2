"""What a preview shows, for reading a reply to it: its values, what they are called and its amounts; and whether a yes says the opposite of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.dialog.moment import Moment
from assistant.dialog.state import Procedure
from assistant.dialog.values.fill import order_of
from assistant.text.script import to_simplified
from assistant.types import Json
from assistant.workspace.company import Product
from assistant.workspace.conduct import ProcedureSpec, SlotSpec

_MORE = re.compile(
    r"加|增|扩|涨|上升|翻倍|变[多大]|多(?:要|订|买|来|备)|"
    r"\b(?:add(?:ed|ing)?|increas\w+|rais(?:e|ing)|more|bump|extra|additional|grow\w*|grew|ris(?:es?|ing|en)|rose|expand\w*|doubl\w+)\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"减|缩|降|下滑|变[少小]|少(?:要|订|买|了|些|点)|"
    r"\b(?:reduc\w+|less|few|fewer|lower\w*|cut\w*|decreas\w+|drop\w*|remov\w+|fall\w*|fell|shr[aiu]nk\w*|declin\w+|smaller)\b",
    re.IGNORECASE,
)


def shown_of(procedure: Procedure, spec: ProcedureSpec, products: Mapping[str, Product], currency: str = "") -> dict[str, tuple[Json, ...]]:
    """The values of an open preview by kind of mention; beside them "words" that a value goes by, "money" in minor
    units of "currency" and the "family" of its products."""
    shown: dict[str, tuple[Json, ...]] = {}
    for name, slot in procedure.slots.items():
        kind = spec.slots[name].type if name in spec.slots else name
        shown[kind] = (*shown.get(kind, ()), slot.value)
        if name in spec.slots and (words := _words(spec.slots[name], slot.value)):
            shown["words"] = (*shown.get("words", ()), *words)
    arguments = procedure.confirmation.arguments if procedure.confirmation else {}
    said = {value for slot in procedure.slots.values() if isinstance(value := slot.value, int)}
    amounts = tuple(value for value in arguments.values() if isinstance(value, int) and not isinstance(value, bool) and value not in said)
    if amounts:
        shown["money"] = amounts
        shown["currency"] = (currency,) if currency else ()
    named = tuple(value for value in arguments.values() if isinstance(value, str) and value in products)
    if named:
        shown["product"] = tuple(dict.fromkeys((*shown.get("product", ()), *named)))
    skus = (str(sku) for sku in (*shown.get("product", ()), *_listed(shown.get("items", ()))))
    families = tuple(dict.fromkeys(products[sku].family for sku in skus if sku in products))
    if families:
        shown["family"] = families
    return shown


def _words(spec: SlotSpec, value: Json) -> tuple[str, ...]:
    """What a value that is chosen from words is called, in every language."""
    if isinstance(value, bool):
        return tuple(word for words in spec.words.get("yes" if value else "no", {}).values() for word in words)
    option = spec.options.get(str(value))
    return (*option.name.values(), *(word for words in option.words.values() for word in words)) if option else ()


def _listed(items: tuple[Json, ...]) -> Iterator[Json]:
    for listed in items:
        yield from (item.get("sku") for item in listed if isinstance(item, Mapping)) if isinstance(listed, list | tuple) else ()


def contradicts(moment: Moment, procedure: Procedure) -> bool:
    """Whether words of agreement say more where the preview makes it less, or the reverse ("好，加吧" to fewer pieces)."""
    spec = moment.spec(procedure.name).slots
    counts = [slot.value for name, slot in procedure.slots.items() if name in spec and spec[name].type == "quantity"]
    text = to_simplified(moment.reading.text)
    more, less = _MORE.search(text) is not None, _LESS.search(text) is not None
    order = order_of(moment, procedure) if more != less and counts else None
    if order is None or procedure.confirmation is None:
        return False
    sku = procedure.confirmation.arguments.get("sku")
    before = [line.quantity for line in order.lines if line.sku == sku or sku is None]
    return len(before) == 1 and isinstance(counts[0], int) and (counts[0] < before[0] if more else counts[0] > before[0])
