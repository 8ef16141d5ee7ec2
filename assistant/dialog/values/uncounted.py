"""What stands in the way of a quantity that no count of pieces can be; nothing is read or decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.dialog.values.trouble import Trouble
from assistant.types import Slot
from assistant.workspace.model import SlotSpec

COUNTED = frozenset({"quantity", "items"})
_KEYS: Mapping[str, str] = {"unusable": "quantity_unusable", "huge": "quantity_huge"}


def uncounted(specs: Iterable[SlotSpec], mentions: Iterable[Slot]) -> dict[str, tuple[Trouble, Slot]]:
    """For each slot that takes a number of pieces: what is wrong with the number said, and the mention of it."""
    said = next((slot for slot in mentions if slot.name == "quantity" and slot.note in _KEYS), None)
    if said is None:
        return {}
    return {spec.name: (Trouble(_KEYS[said.note], {"text": said.text}), said) for spec in specs if spec.type in COUNTED}
