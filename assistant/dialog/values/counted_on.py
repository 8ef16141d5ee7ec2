"""A number of pieces after all that a message says of it, step by step: a change is counted from the number meant; it reads nothing and knows no order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.dialog.values.relative import counted
from assistant.text.script import to_simplified
from assistant.types import Json, Slot

CHANGED = "changed"  # the note of a number that was said as a change ("two more")
# one more step, rather than the same one said again
_FURTHER = re.compile(
    r"再|又|另外?|还要|额外|继续|追加|\b(?:another|further|then|again|and|plus|also|on top|additional)\b|(?<!the )\b(?:more|extra)\b|\b(?:fewer|less)\b",
    re.IGNORECASE,
)
_SAME_STEP = re.compile(r"也就是|就是说|即|等于|\b(?:that is|that'?s|i\.?e|meaning|which is|so)\b", re.IGNORECASE)


def number_meant(found: Sequence[Slot], *, base: int | None, held: Slot | None, text: str, corrected: bool) -> int | None:
    """The number of pieces that the mentions `found` come to, in their order; None when the last of them cannot be counted.

    A change goes on from a number said before it ("make it 38, then take off another 2"), or from the one `held` by an open preview, unless that was a change
    itself which this one takes the place of; `base` is what the order holds. What only says the same step again ("44, that's 4 more") changes nothing.
    """
    last = found[-1].value
    further = _FURTHER.search(to_simplified(text)) is not None
    start = held.value if held is not None and isinstance(held.value, int) and not corrected and (further or held.note != CHANGED) else base
    if _step(last) is not None and held is not None and base is not None and len(found) == 1 and not further and counted(last, base) == held.value:
        return base + int(str(_step(last)))
    if any(slot.note == "corrected" for slot in found) or _step(last) is None:
        return counted(last, base)
    for slot in found:
        number = counted(slot.value, start if isinstance(start, int) else None)
        again = slot is not found[0] and _step(slot.value) is not None and number is not None and counted(slot.value, base) == start and _SAME_STEP.search(text)
        start = start if again else number
    return start if isinstance(start, int) else None


def note_of(found: Sequence[Slot], held: Slot | None) -> str:
    """What is remembered of a number: that it was said as a change only."""
    absolute = any(_step(slot.value) is None for slot in found) or (held is not None and held.note != CHANGED and isinstance(held.value, int))
    return found[-1].note if absolute else CHANGED


def _step(value: Json) -> int | None:
    return int(str(value["delta"])) if isinstance(value, Mapping) and "delta" in value else None
