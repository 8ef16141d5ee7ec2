"""Pieces that a message tells apart by a property ("7 are sealed, 3 we opened"): how many have it; it asks nothing and changes no order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.text.numbers import parse_number
from assistant.types import Json, Order, Slot
from assistant.understanding.slots.read import match_words
from assistant.workspace.model import SlotSpec

_CLAUSE = re.compile(r"[,;，；。.!！?？\n]|\b(?:and|but|while|whereas)\b|(?<=[了的])(?=\d)|但是?|而|不过|另外|其余|剩下")
_NUMBER = re.compile(
    r"(?<![\d.#a-z-])(?P<digits>\d{1,4})(?![\d.])|\b(?P<word>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"|(?P<zh>[一二两三四五六七八九十]{1,3})(?=[个台套只件根条支块])",
    re.IGNORECASE,
)
_REST = re.compile(r"剩|其余|余下|其他|其它|\b(?:rest|others?|remaining|remainder)\b", re.IGNORECASE)
# boxes are no pieces, and days are no goods
_OTHER = re.compile(
    r"\s*(?:of the )?(?:box|carton|pallet|case|parcel|day|week|hour|minute|month|ones? of)\w*|\s*(?:箱|盒|托|包|天|周|日|号|月|小时|点)", re.IGNORECASE
)


def parted(text: str, words: Mapping[str, tuple[str, ...]], mentions: Sequence[Slot] = ()) -> dict[str, int]:
    """How many pieces a text says each key of `words` of. Empty when it counts none, counts one key twice, or speaks of a key with two numbers.

    Numbers inside `mentions` other than quantities (an order, a date) count nothing.
    """
    said = text.lower()
    for mention in mentions:
        if mention.name not in ("quantity", "item") and mention.text:
            said = said.replace(mention.text.lower(), " " * len(mention.text))
    found: dict[str, int] = {}
    for clause in _CLAUSE.split(said):
        key = match_words(clause, words)
        numbers = [number for match in _NUMBER.finditer(clause) if not _OTHER.match(clause, match.end()) and (number := _value(match)) is not None]
        if key is None or not numbers:
            continue
        if len(numbers) > 1 or key in found:
            return {}
        found[key] = numbers[0]
    return found


def _value(match: re.Match[str]) -> int | None:
    number = parse_number(match.group().lower())
    return int(number) if number is not None and number == int(number) and number > 0 else None


def having(parts: Mapping[str, int], total: int) -> int | None:
    """Of `total` pieces how many are said to have the property ("yes"), from those that have it or else from those that have not; None when it does not fit."""
    if "yes" in parts:
        return parts["yes"] if parts["yes"] + parts.get("no", 0) <= total else None
    left = total - parts.get("no", total)
    return left if left > 0 else None


def told_apart(slots: Iterable[SlotSpec], text: str, mentions: Sequence[Slot], order: Order | None, before: Mapping[str, Slot]) -> dict[str, Json]:
    """Values by slot where a message counts the pieces that have a property asked for: the property, and these pieces.

    An order of one line only, or nothing is told apart; `before` are the slots as they were, with the number given earlier.
    """
    asked = next((slot for slot in slots if slot.type == "bool" and set(slot.words) == {"yes", "no"}), None)
    items = next((slot for slot in slots if slot.type == "items" and slot.role != "new"), None)
    if asked is None or items is None or order is None or len(order.lines) != 1:
        return {}
    sku, most = order.lines[0].sku, order.lines[0].quantity
    words = {key: tuple(word for language in per.values() for word in language) for key, per in asked.words.items()}
    parts = parted(text, words, mentions)
    number = having(parts, _total(text, mentions, parts, given=_before(before.get(items.name), most))) if parts else None
    return {asked.name: True, items.name: [{"sku": sku, "quantity": number}]} if number is not None and number <= most else {}


def _total(text: str, mentions: Sequence[Slot], parts: Mapping[str, int], *, given: int) -> int:
    """Of how many pieces a message tells some apart: of the number it names besides, or of those `given` before."""
    said = [slot.value for slot in mentions if slot.name == "quantity" and isinstance(slot.value, int)]
    besides = [number for number in said if number not in parts.values()]
    if besides:
        return max(besides)
    return given if "yes" in parts or not said or _REST.search(text) or len(said) != len(set(said)) else _lone(text, parts, given)


def _lone(text: str, parts: Mapping[str, int], given: int) -> int:
    """What is meant where one number is said twice ("exchange 5, 5 opened"): that number; else what was given."""
    number = parts.get("no", 0)
    return number if len(re.findall(rf"(?<!\d){number}(?!\d)", text)) > 1 else given


def _before(slot: Slot | None, most: int) -> int:
    value = slot.value if slot else None
    first = value[0] if isinstance(value, list) and len(value) == 1 else None
    return int(str(first["quantity"])) if isinstance(first, dict) and "quantity" in first else most
