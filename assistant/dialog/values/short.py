"""Order numbers said by their end ("0050", "#42"): which of the customer's own orders they mean; it looks at no order of anybody else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.dialog.moment import Moment
from assistant.types import Order, Reading, Slot
from assistant.understanding.slots.orders import SHORT

_LAST = re.compile(r"\d+(?=\D*$)")
LEAST = 3  # digits of an end that is not the whole last group


def with_whole_numbers(moment: Moment) -> Moment:
    """The moment with every order that is named by its end under its whole number; several that fit stand beside it. Raises Need."""
    slots = [slot for slot in moment.reading.slots if slot.name == "order" and slot.note == SHORT]
    if not slots:
        return moment
    own = moment.known.orders()
    new = {id(slot): _named(slot, own) for slot in moment.reading.slots if slot in slots}
    return replace(moment, reading=_with(moment.reading, new))


def _named(slot: Slot, own: Sequence[Order]) -> Slot:
    fitting = ending(str(slot.value), own)
    if not fitting:
        return replace(slot, note="")
    return replace(slot, value=fitting[0], candidates=tuple(fitting[1:]), note="")


def ending(said: str, own: Sequence[Order]) -> list[str]:
    """The numbers of the orders that end so: whose last group of digits is this number, or else ends with these digits."""
    digits = _LAST.search(said)
    if digits is None:
        return []
    tails = [(order.number, last.group()) for order in own if (last := _LAST.search(order.number))]
    same = [number for number, tail in tails if int(tail) == int(digits.group())]
    return same or [number for number, tail in tails if len(digits.group()) >= LEAST and tail.endswith(digits.group())]


def _with(reading: Reading, new: dict[int, Slot]) -> Reading:
    """The same reading with slots replaced, in its requests too."""
    slots = tuple(new.get(id(slot), slot) for slot in reading.slots)
    by_place = {(slot.name, slot.start, slot.end): slot for slot in slots}
    requests = tuple(
        replace(request, slots=tuple(by_place.get((slot.name, slot.start, slot.end), slot) if slot.name == "order" else slot for slot in request.slots))
        for request in reading.requests
    )
    return replace(reading, slots=slots, requests=requests)
