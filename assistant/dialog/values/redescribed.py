"""A description put right while its preview is open ("wheel came off the axle"): the new words take the place of the old ones; it opens nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.dialog.moment import Moment
from assistant.dialog.state import Procedure
from assistant.dialog.values.described import asks_back, describes
from assistant.types import Request, Slot
from assistant.understanding.questions import asks, refuses_first
from assistant.understanding.segments import wishes

_NAMED = frozenset({"order", "order_ref", "unknown_product"})
_HAN, _WORD = re.compile("[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{2,}")
_LEAST = 4  # Chinese characters or words: fewer may be a remark


def redescribed(moment: Moment, procedure: Procedure, others: Sequence[Request]) -> Procedure | None:
    """The procedure with the message as its description; None when it holds none, or the message asks for something, names another order, or tells nothing.

    What only tells how things are is read as a request of its own, too ("wheel came off the axle" as damage): while a description is previewed it is that.
    """
    reading, spec = moment.reading, moment.spec(procedure.name)
    name = next((key for key, slot in spec.slots.items() if slot.type == "text" and key in procedure.slots), "")
    if procedure.stage != "confirm" or not name or reading.verdict != "other" or asks(reading.text) or asks_back(reading.text):
        return None
    if any(slot.name in _NAMED for slot in reading.slots) or moment.says("other_value") or moment.says("drop"):
        return None
    text = reading.text.strip()
    if (others or refuses_first(text)) and wishes(text):
        return None
    if any(moment.world.serving.get(request.intent, "") == "" and request.accepted for request in others):
        return None
    described = describes(text, known=reading.slots, titles=spec.title.values())
    if len(_HAN.findall(described)) < _LEAST and len(_WORD.findall(described)) < _LEAST:
        return None
    return procedure.with_slot(Slot(name, described, described, 0, len(reading.text), moment.message_id))
