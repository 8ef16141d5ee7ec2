"""Whether a change would leave an order as it stands: the day, the number of pieces or the address that it has already; it judges no rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from assistant.dialog.moment import line_of
from assistant.dialog.state import Procedure
from assistant.text.script import to_simplified
from assistant.types import Order
from assistant.workspace.model import ProcedureSpec

# what the tools of the order system change: the type of the value, and what is said of one that is the present one
CHANGED: Mapping[str, tuple[str, str]] = {
    "change_delivery_date": ("date", "already_date"),
    "change_address": ("address", "already_address"),
    "change_quantity": ("quantity", "already_quantity"),
}
_SHORT = {
    "boulevard": "blvd", "street": "st", "road": "rd", "avenue": "ave", "av": "ave", "drive": "dr", "lane": "ln", "court": "ct", "place": "pl", "square": "sq",
    "highway": "hwy", "parkway": "pkwy", "suite": "ste", "building": "bldg", "apartment": "apt", "floor": "fl", "room": "rm", "north": "n", "south": "s",
    "east": "e", "west": "w", "strasse": "str", "straße": "str",
}  # fmt: skip
_UNSAID = re.compile(r"(?<=[\u4e00-\u9fff])[省市区县](?=[\u4e00-\u9fff])|中国|[\W_]")
_WORD = re.compile(r"[^\W\d_]+|\d+")


def stands_so(spec: ProcedureSpec, procedure: Procedure, order: Order) -> tuple[str, str]:
    """(the slot whose value is what the order has, the text that says so), when nothing else would change; ("", "") otherwise."""
    kind, text = CHANGED.get(spec.tool, ("", ""))
    name = next((name for name, slot in spec.slots.items() if slot.type == kind), "")
    held = procedure.slots.get(name)
    if held is None:
        return "", ""
    line = line_of(procedure, order)
    match kind:
        case "date":
            same = held.value == order.due.isoformat()
        case "quantity":
            same = line is not None and held.value == line.quantity
        case _:
            same = same_place(str(held.value), order.ship_to)
    return (name, text) if same else ("", "")


def same_place(said: str, present: str) -> bool:
    """Whether an address as it is said is the present one: spelt otherwise, or without what goes without saying (the country, the zip, the end of a line).

    A part that the present address does not have, or another number, makes it another place.
    """
    said, present = to_simplified(said).lower(), to_simplified(present).lower()
    if re.search("[\u4e00-\u9fff]", present):
        short, whole = _UNSAID.sub("", said), _UNSAID.sub("", present)
        at = whole.find(short) if any(char.isdigit() for char in short) else -1
        return at >= 0 and not (whole[at - 1 : at].isdigit() and short[0].isdigit()) and not (short[-1].isdigit() and whole[at + len(short) :][:1].isdigit())
    words, places = _words(said), [(word, not at) for line in present.split(",") for at, word in enumerate(_words(line))]
    if not any(word.isdigit() for word in words):
        return False
    return _within(words, places)


def _words(text: str) -> list[str]:
    return [_SHORT.get(word, word) for word in _WORD.findall(text)]


def _within(words: list[str], places: list[tuple[str, bool]]) -> bool:
    """Whether the words stand in the address in their order; what is left out between two of them ends where a line of the address begins."""
    at = next((place for place, (word, _) in enumerate(places) if words and word == words[0]), -1)
    if at < 0:
        return False
    for word in words[1:]:
        following = [place for place in range(at + 1, len(places)) if places[place][0] == word and (place == at + 1 or places[place][1])]
        if not following:
            return False
        at = following[0]
    return True


def told_as(kind: str, order: Order, procedure: Procedure) -> date | int | str:
    """The present value as the texts name it."""
    line = line_of(procedure, order)
    return order.due if kind == "already_date" else order.ship_to if kind == "already_address" else line.quantity if line else 0
