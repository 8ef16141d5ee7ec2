"""Puts another value into a choice asked before ("流量改成95", "sorry, the head is 45"): the question with one bound changed; it chooses nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.text.fold import fold
from assistant.text.units import canonical_unit, dimension, find_quantities
from assistant.types import Slot

Find = Callable[[str], tuple[Slot, ...]]
_NEAR = 12  # characters between an attribute and its value
_MOST_LEFT = 3
_NUMBER = re.compile(r"(?<![\dA-Za-z.,#-])\d+(?:\.\d+)?(?![\dA-Za-z]|\.\d|[-/]\d)")
_FIGURE = re.compile(r"\d")
_FILLER = re.compile(
    r"改成|改为|改到|换成|调成|调到|变成|应该|应当|其实|不对|不是|错了|说错了|弄错了|更正|抱歉|不好意思|等等|如果|要是|的话|那么?|需要|至少|大概|左右"
    r"|是|为|要|得|呢|吧|吗|了|的"
    r"|[再把我也就到]|\b(?:sorry|no|not|actually|wait|correction|i|we|meant?|mean|should|must|be|is|was|to|at|of|with|for|and|but|the|a|an|it|its"
    r"|make|that|change|set"
    r"|need|needs|want|instead|rather|then|please|oops|if|what|about|say|let's|lets|now|least|around|about|would|are)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Bound:
    """A value said of an attribute ("" when only its unit tells which): where the figure stands, and the unit it has."""

    attribute: str
    called: str
    start: int
    end: int
    figure: str
    unit: str


def rebound(text: str, previous: str, *, find: Find, units: Mapping[str, str]) -> str:
    """The question before with the values of `text` in the place of its own; "" when `text` says more than values, or that question chose nothing by them.

    `units` are those of the catalogue's attributes.
    """
    if not _FIGURE.search(text) or not _FIGURE.search(previous):
        return ""
    text, previous = fold(text), fold(previous)
    if any(slot.name in {"product", "unknown_product"} for slot in find(previous)):
        return ""
    held, new = _bounds(previous, find, units), _bounds(text, find, units)
    if not held or not new or _left(text, new, find(text)) > _MOST_LEFT:
        return ""
    for bound in new:
        here = next((each for each in held if _alike(each, bound, units)), None)
        said = f"{bound.figure} {bound.unit}".strip()
        if here is None and not bound.called:
            return ""
        if here is None:
            previous = f"{previous.rstrip('?？。. ')}, {bound.called} {said}"
        else:
            previous = f"{previous[: here.start]}{said if bound.unit else f'{bound.figure} {here.unit}'.strip()}{previous[here.end :]}"
            held = _bounds(previous, find, units)
    return previous


def _bounds(text: str, find: Find, units: Mapping[str, str]) -> list[_Bound]:
    slots = find(text)
    attributes = [slot for slot in slots if slot.name == "attribute"]
    closed = [(slot.start, slot.end) for slot in slots if slot.name in {"product", "unknown_product", "order", "attribute"}]
    quantities = [each for each in find_quantities(text) if not canonical_unit(each.text)]
    found = []
    for each in quantities:
        like = [slot for slot in attributes if _measured_so(str(slot.value), each.dimension, units)]
        slot = _nearest(like, each.start, each.end)
        found.append(_Bound(str(slot.value) if slot else "", slot.text if slot else "", each.start, each.end, _digits(each.text), each.unit))
    for match in _NUMBER.finditer(text):
        if any(each.start <= match.start() < each.end for each in quantities) or any(start <= match.start() < end for start, end in closed):
            continue
        slot = _nearest(attributes, *match.span())
        if slot is not None:
            found.append(_Bound(str(slot.value), slot.text, *match.span(), match.group(), ""))
    return found


def _digits(text: str) -> str:
    match = re.search(r"\d+(?:\.\d+)?", text)
    return match.group() if match else text


def _measured_so(attribute: str, kind: str, units: Mapping[str, str]) -> bool:
    unit = canonical_unit(units.get(attribute, ""))
    return bool(unit) and dimension(unit) == kind


def _nearest(slots: Sequence[Slot], start: int, end: int) -> Slot | None:
    """The attribute a figure belongs to: the one named right before it, else the one right behind."""
    before = [slot for slot in slots if slot.end <= start and start - slot.end <= _NEAR]
    behind = [slot for slot in slots if slot.start >= end and slot.start - end <= _NEAR]
    return before[-1] if before else behind[0] if behind else None


def _alike(held: _Bound, new: _Bound, units: Mapping[str, str]) -> bool:
    """Whether two values are said of the same attribute; one that only its unit tells is that of any attribute measured so."""
    if held.attribute and new.attribute:
        return held.attribute == new.attribute
    if held.unit and new.unit:
        return dimension(held.unit) == dimension(new.unit)
    named, bare = (held, new) if held.attribute else (new, held)
    return bool(bare.unit) and _measured_so(named.attribute, dimension(bare.unit), units)


def _left(text: str, bounds: Sequence[_Bound], slots: Sequence[Slot]) -> int:
    """How much a message says beside values, attributes and words of correction."""
    letters = list(text)
    for start, end in [*((each.start, each.end) for each in bounds), *((slot.start, slot.end) for slot in slots if slot.name == "attribute")]:
        letters[start:end] = " " * (end - start)
    rest = _FILLER.sub(" ", "".join(letters))
    return sum("\u4e00" <= char <= "\u9fff" for char in rest) + 2 * len(re.findall(r"[A-Za-z]{2,}", rest))
