"""Answers whether a product takes, gives or reaches a value ("can the PS-20 handle 20 bar"): its own figure, and on which side of it the value lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.dialog.answers.telling import Telling, made
from assistant.errors import InvalidInput
from assistant.knowledge import reason
from assistant.knowledge.reason import Value
from assistant.text.fold import fold
from assistant.text.units import canonical_unit, convert, find_quantities
from assistant.types import Answer

MOST = 2  # attributes measured alike that are told side by side
_WHETHER = re.compile(
    r"能|可以|可否|行[吗么不]|够|受得?[了住]|扛得?住|没问题|有问题|呢[?？]?$|吗[?？]?$|吧[?？]?$"
    r"|\b(?:what|how) about\b|\b(?:is|are|can|could|will|would|does|do|may|ok|okay|fine|enough)\b|\bright\W*$",
    re.IGNORECASE,
)
# words for bearing, giving and reaching a value; anything else beside it may make it another one ("5 m of cable", "a well 5 m deep")
_BEARING = (
    "测 量 高 水 打 抽 承受 承 受 耐 扛 顶 撑 坐 人 压 达 上 用 供 接 跑 surviv stand withstand handl cope tak water pump lift run degre deg push reach deliv "
    "deliver bear hold carri ok w suppli support work rate"
)
BEARS = frozenset(_BEARING.split())
_OTHER_CUES = frozenset({"choose", "which", "list", "convert", "difference", "count", "apart", "overview"})
_UP = re.compile(r"高|扬|抬|提升|\b(?:high|up|lift|lifts|head)\b", re.IGNORECASE)
_DOWN = re.compile(r"最?低|以下|零下|\b(?:low|lower|down|below|min|minimum|least)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A value that a product is asked to take, of one attribute ("" when only its unit tells which)."""

    value: Decimal
    unit: str
    attribute: str = ""


def limits(telling: Telling) -> Answer | None:
    """The product's figure and whether the value asked about lies within it; None for any other question, and for a product without such a figure."""
    asked = _value(telling)
    if asked is None:
        return None
    sku = telling.ask.products[0]
    names = (asked.attribute,) if asked.attribute else _measured(telling, sku, asked.unit)
    found = reason.values(telling.table, (sku,), names, telling.allowed, unit=asked.unit) if 0 < len(names) <= MOST else ()
    if not found or any(value.facts[0].quantity is None for value in found):
        return None
    sentences = []
    for value in found:
        side = _within(telling, value, asked) if len(found) == 1 else None
        key = "answer_limit" if side is None else "answer_limit_in" if side else "answer_limit_out"
        sentences.append(telling.sentence(key, telling.places((value,)), **telling.item(value)))
    return made("spec", sentences, products=(sku,), attribute=found[0].attribute)


def _value(telling: Telling) -> _Asked | None:
    """The one value in a question whether its one product takes it."""
    ask, text = telling.ask, telling.text
    bounds = [bound for bound in ask.bounds if bound.unit]
    if len(ask.products) != 1 or (ask.families and not ask.named) or ask.relations or ask.target or ask.sense or ask.cues & _OTHER_CUES:
        return None
    if len(ask.bounds) + len(ask.quantities) != 1 or len(bounds) != len(ask.bounds) or set(ask.rest) - BEARS:
        return None
    if not _WHETHER.search(text) and not _alone(text):
        return None
    if bounds:
        bound = bounds[0]
        return None if bound.sense < 0 or set(ask.attributes) - {bound.attribute} else _Asked(bound.value, bound.unit, bound.attribute)
    quantity = ask.quantities[0]
    if ask.attributes or quantity.high is not None or (quantity.dimension == "length" and not _UP.search(text)):
        return None
    return _Asked(quantity.value, quantity.unit)


def _alone(text: str) -> bool:
    """Whether nothing but a value is said ("10 bar?", after a question about another one)."""
    text = fold(text)
    for each in reversed(find_quantities(text)):
        text = f"{text[: each.start]} {text[each.end :]}"
    return not re.search(r"[^\W\d_]", text)


def _measured(telling: Telling, sku: str, unit: str) -> tuple[str, ...]:
    """The attributes of a product that a value of this unit may be one of: those measured in it, else in its dimension; of several, those wanted high."""
    table = telling.table
    names = tuple(name for name in reason.of_dimension(table, sku, unit, telling.allowed) if name in table.catalog.attributes)
    same = tuple(name for name in names if canonical_unit(table.catalog.attributes[name].unit) == unit)
    names = same or names
    high = tuple(name for name in names if table.catalog.attributes[name].better == "higher")
    return high if len(names) > 1 and len(high) == 1 else names


def _within(telling: Telling, value: Value, asked: _Asked) -> bool | None:
    """Whether the value lies within the product's figure; None where the figure bounds nothing by itself."""
    quantity = value.facts[0].quantity
    assert quantity is not None
    try:
        wanted = convert(asked.value, asked.unit, quantity.unit)
    except InvalidInput:
        return None
    if quantity.high is not None:
        return quantity.value <= wanted <= quantity.high
    attribute = telling.table.catalog.attributes.get(value.attribute)
    if attribute is None or attribute.better != "higher" or wanted < 0 or _DOWN.search(telling.text):
        return None
    return wanted <= quantity.value
