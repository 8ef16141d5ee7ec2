"""What a card calls a field and how it shows its value: the company's word in the reply's language, and personal data masked; pure."""

from __future__ import annotations

import re

from assistant.dialog.moment import Moment
from assistant.text.template import masked
from assistant.types import Json
from assistant.workspace.model import ProcedureSpec, SlotSpec

PERSONAL = frozenset({"phone", "email"})
_OF_SLOT = re.compile(r"\bnew\.(\w+)")


def label(moment: Moment, spec: ProcedureSpec | None, field: str) -> str:
    """The word for a field: its slot's own, the workspace's for that name, the one for values of its type; the name itself where nobody has one."""
    slot = slot_of(spec, field)
    names = moment.world.workspace.texts.names
    for words in (slot.label if slot else {}, names.get("field", {}).get(field, {}), names.get("slot", {}).get(slot.type, {}) if slot else {}):
        if words:
            return moment.world.wording.pick(words, moment.language)
    return field.replace("_", " ")


def shown(moment: Moment, spec: ProcedureSpec | None, field: str, value: Json) -> Json:
    """A field's value as a card may show it: a phone or an address for mail masked, an option and a product by name, anything else as it is."""
    slot = slot_of(spec, field)
    if slot is None or not isinstance(value, str):
        return value
    if slot.type in PERSONAL:
        return masked(value)
    if slot.type == "choice" and value in slot.options:
        return moment.world.wording.pick(slot.options[value].name, moment.language)
    product = moment.product(value) if slot.type == "product" else None
    return moment.world.wording.pick(product.name, moment.language) if product else value


def slot_of(spec: ProcedureSpec | None, field: str) -> SlotSpec | None:
    """The slot that a field's value is said in: that which its argument reads, else the one of its name."""
    if spec is None:
        return None
    read = _OF_SLOT.search(spec.arguments.get(field, ""))
    return spec.slots.get(read[1] if read else field)
