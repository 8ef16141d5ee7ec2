"""What the extra cost in a preview comes to for one piece, when that is asked while it waits for a yes; nothing where it does not divide evenly. Pure."""

from __future__ import annotations

import re

from assistant.dialog.moment import Moment
from assistant.dialog.procedure import Ready
from assistant.dialog.state import Procedure
from assistant.text.script import to_simplified
from assistant.types import Json, Sentence

_ONE = re.compile(
    r"每一?[个台件套只条根张把支块盒箱袋桶瓶组包卷]|(?:一|单)[个台件套只条根张把支块盒箱袋桶瓶组包卷](?:多|要|差|贵|加|补|呢|是)"
    r"|\b(?:per (?!cent\b)[a-z-]+|each|apiece|a (?:piece|unit|kit|set))\b",
    re.IGNORECASE,
)
_EXTRA = re.compile(r"多[付出给交花少]?|差价?|加[价钱收]?|贵|补|\b(?:extra|more|difference|on top|surcharge|additional|dearer|gap|that|it)\b", re.IGNORECASE)
_ASKED = re.compile(r"多少|几|\b(?:how much|what)\b", re.IGNORECASE)


def asks_apiece(text: str) -> bool:
    """Whether a text asks what the extra cost is for one piece ("how much extra is that per kit", 每套多多少)."""
    plain = to_simplified(text)
    return _ONE.search(plain) is not None and _EXTRA.search(plain) is not None and _ASKED.search(plain) is not None


def apiece(moment: Moment, procedure: Procedure, ready: Ready, preview: str) -> tuple[Sentence, tuple[Json, ...]] | None:
    """The preview's one amount divided by its pieces, with the figures it rests on; None where there are more amounts, or no even share."""
    money = moment.world.wording
    shown = {value for value in (ready.rule.values if ready.rule else {}).values() if isinstance(value, int | float) and not isinstance(value, bool) and value}
    amounts = [round(value) for value in shown if money.say("order_money", moment.language, amount=round(value)) in preview]
    pieces = _pieces(procedure)
    if len(amounts) != 1 or pieces < 2 or amounts[0] % pieces:
        return None
    one = amounts[0] // pieces
    text = money.say("answer_apiece", moment.language, amount=amounts[0], pieces=pieces, one=one)
    return Sentence(text), ({"amount": amounts[0], "pieces": pieces, "one": one},)


def _pieces(procedure: Procedure) -> int:
    """How many pieces a procedure is about: those of its one list of items."""
    listed = [slot.value for slot in procedure.slots.values() if isinstance(slot.value, list)]
    counts = [item.get("quantity") for items in listed for item in items if isinstance(item, dict)]
    return sum(count for count in counts if isinstance(count, int)) if len(listed) == 1 else 0
