"""A small shop to read slots against: not the demo company, so that nothing is learnt by heart."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.text.fold import fold
from assistant.types import Hints, Slot
from assistant.understanding.slots.read import SlotLexicon, build_slot_lexicon, find_slots

PRODUCTS = [
    ("KX-300", ["KX-300 咖啡机", "KX-300 coffee machine"], ["the big brewer", "大咖啡机"], "machine"),
    ("KX-500", ["KX-500 咖啡机", "KX-500 coffee machine"], [], "machine"),
    ("GR-12", ["GR-12 磨豆机", "GR-12 grinder"], [], "grinder"),
    ("FL-7080", ["FL-7080 滤网", "FL-7080 filter"], [], "filter"),
]
FAMILIES = [
    ("machine", ["咖啡机", "机器", "coffee machine", "brewer"]),
    ("grinder", ["磨豆机", "grinder"]),
    ("filter", ["滤网", "滤芯", "filter"]),
]
ATTRIBUTES = [("power", ["功率", "power"]), ("volume", ["容量", "volume"])]
NOW = datetime(2026, 6, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def lexicon(*, orders: tuple[str, ...] = ("40017", "40018"), number_pattern: str = "") -> SlotLexicon:
    return build_slot_lexicon(PRODUCTS, FAMILIES, attributes=ATTRIBUTES, orders=orders, number_pattern=number_pattern, units=["台", "piece"])


SHOP = lexicon()


def slots(text: str, *, expecting: str = "", options: int = 0, using: SlotLexicon = SHOP) -> tuple[Slot, ...]:
    hints = Hints(language="en", now=NOW, message_id="m1", expecting=expecting, options=options)
    return find_slots(fold(text), hints=hints, lexicon=using)


def values(text: str, name: str, *, expecting: str = "", options: int = 0, using: SlotLexicon = SHOP) -> list[object]:
    return [slot.value for slot in slots(text, expecting=expecting, options=options, using=using) if slot.name == name]
