"""Which number of pieces belongs to which of several goods of one message; a number that cannot be placed belongs to none of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.types import Slot

# what may not stand between a number and the goods it counts
_PARTING = re.compile(r"[,，、;；。!！?？\n+&]|\.(?!\d)|\b(?:and|plus|or)\b|[和加与跟及再或]", re.IGNORECASE)
_EACH_BEFORE = re.compile(r"(?:各|每[种样款个]|都|均|全部?|一起)(?:自|要|来|买|订|报|是|为|再|多|少|加|增|减|改|调|降|升|成|到|至|掉|去)*\s*$")
_EACH_BEHIND = re.compile(r"\s*(?:pcs|pieces|units|sets)?\s*(?:of\s+)?(?:each|apiece|every|both|either)\b", re.IGNORECASE)
# "5 each of", "5 of each:" tell of what comes behind
_EACH_OF = re.compile(
    r"\S+\s*(?:pcs|pieces|units|sets)?\s*(?:(?:of\s+)?(?:each|every|both)\s*(?:of\b|[:：])|[^,，、;；。]{0,4}(?:每|各)[种样款个]?[:：])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Shares:
    """For each of the goods, in their order, the mentions of its number (none: it has no number); `left` are the numbers that belong to none."""

    of: tuple[tuple[Slot, ...], ...]
    left: tuple[Slot, ...] = ()


def shared(text: str, goods: Sequence[Slot], slots: Sequence[Slot], *, counted: bool = False) -> Shares:
    """The numbers of `slots` by the goods they count: those said with their goods, as many as there are goods in their order, one that stands beside one of the
    goods only, and a single one that is said of each. `counted`: no number is a change of another one ("加2套" is two more kits)."""
    found: dict[int, tuple[Slot, ...]] = {}
    inside: list[Slot] = []
    numbers = [slot for slot in slots if slot.name == "quantity"]
    if len(numbers) == 1 and _of_each(text, numbers[0]):
        return Shares(tuple((numbers[0],) for _ in goods))
    for item in (slot for slot in slots if slot.name == "item" and isinstance(slot.value, Mapping)):
        at = next((place for place, each in enumerate(goods) if place not in found and _said_with(item, each)), None)
        if at is not None:
            own = tuple(slot for slot in slots if slot.name == "quantity" and item.start <= slot.start < item.end)
            found[at] = (item, *own)
            inside += own
    for number in numbers:
        for place in _each_place(text, number, goods, numbers) if len(goods) > 1 else ():
            found[place] = (_plain(number, counted),)
            inside.append(number)
    rest = [slot for slot in numbers if slot not in inside]
    free = [place for place in range(len(goods)) if place not in found]
    if rest and len(rest) == len(free):
        found |= {place: (_plain(slot, counted),) for place, slot in zip(free, rest, strict=True)}
        rest = []
    for slot in list(rest):
        beside = [place for place in free if place not in found and _adjoin(text, slot, goods[place])]
        if len(beside) == 1:
            found[beside[0]] = (_plain(slot, counted),)
            rest.remove(slot)
    return Shares(tuple(found.get(place, ()) for place in range(len(goods))), tuple(rest))


def _of_each(text: str, number: Slot) -> bool:
    """Whether a number is said of each of the goods ("各5台", "10 of each")."""
    said = re.match(r"\d+", text[number.start :])
    ends = (number.end, number.start + said.end() if said else number.end)
    return _EACH_BEFORE.search(text[: number.start]) is not None or any(_EACH_BEHIND.match(text, end) for end in ends)


def _each_place(text: str, number: Slot, goods: Sequence[Slot], numbers: Sequence[Slot]) -> list[int]:
    """The goods that one of several numbers is said of each of: those before it ("P-100 and P-200, 5 each") or behind it ("5 each of P-100 and P-200"), up to
    the next number."""
    if not _of_each(text, number):
        return []
    low = max((slot.end for slot in numbers if slot.end <= number.start), default=0)
    high = min((slot.start for slot in numbers if slot.start >= number.end), default=len(text))
    before = [place for place, each in enumerate(goods) if low <= each.start < number.start and not _counted_by(text, each, numbers, number)]
    behind = [place for place, each in enumerate(goods) if number.start < each.start < high]
    return behind if _EACH_OF.match(text, number.start) or not before else before


def _counted_by(text: str, goods: Slot, numbers: Sequence[Slot], but: Slot) -> bool:
    """Whether another number stands right before goods."""
    return any(slot is not but and slot.end <= goods.start and _adjoin(text, slot, goods) for slot in numbers)


def _said_with(item: Slot, goods: Slot) -> bool:
    assert isinstance(item.value, Mapping)
    return item.start <= goods.start < max(item.end, item.start + 1) or item.value.get("sku") == goods.value


def _adjoin(text: str, number: Slot, goods: Slot) -> bool:
    """Whether a number stands right before or behind goods, with nothing between that parts them."""
    first, second = sorted((number, goods), key=lambda slot: slot.start)
    between = text[first.end : second.start]
    return first.end <= second.start and len(between) < 12 and _PARTING.search(between) is None


def _plain(slot: Slot, counted: bool) -> Slot:
    more = slot.value.get("delta") if counted and isinstance(slot.value, Mapping) else None
    return replace(slot, value=more) if isinstance(more, int) and more > 0 else slot
