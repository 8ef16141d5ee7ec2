"""What stands in the way of a quantity that no count of pieces can be; nothing is read or decided here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from assistant.dialog.values.trouble import Trouble
from assistant.types import Order, Slot
from assistant.workspace.model import Product, SlotSpec

COUNTED = frozenset({"quantity", "items"})
_KEYS: Mapping[str, str] = {"unusable": "quantity_unusable", "huge": "quantity_huge"}


_PACK = re.compile(
    r"(?:\d|[一二两三四五六七八九十百千]|\b)\s?(?P<zh>箱|盒|托盘?|包|袋|捆|板|车)$|\d\s?-?(?P<en>box(?:es)?|cartons?|crates?|cases?|pallets?|packs?|packets?|packages?|bags?"
    r"|bundles?)$",
    re.IGNORECASE,
)


def uncounted(
    specs: Iterable[SlotSpec], mentions: Iterable[Slot], order: Order | None = None, *, product: Callable[[str], Product | None] = lambda sku: None
) -> dict[str, tuple[Trouble, Slot]]:
    """For each slot that takes a number of pieces: what is wrong with the number said, and the mention of it.

    Boxes and the like are no number of pieces, where the goods of the `order` are not sold by them.
    """
    mentions = tuple(mentions)
    said = next((slot for slot in mentions if slot.name == "quantity" and (slot.note in _KEYS or _packed(slot, order, product))), None)
    if said is None:
        return {}
    key = _KEYS.get(said.note, "quantity_packed")
    return {spec.name: (Trouble(key, {"text": said.text}), said) for spec in specs if spec.type in COUNTED}


def _packed(slot: Slot, order: Order | None, product: Callable[[str], Product | None]) -> bool:
    """Whether a number of packs is said of goods that are counted otherwise."""
    found = _PACK.search(slot.text.strip())
    if found is None or order is None or not isinstance(slot.value, int):
        return False
    sold = [unit.lower() for line in order.lines if (held := product(line.sku)) is not None for unit in held.unit.values()]
    pack = (found["zh"] or found["en"]).lower()
    return not any(unit and (unit in pack or pack in unit) for unit in sold)
