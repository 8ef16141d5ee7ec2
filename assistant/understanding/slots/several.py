"""What several numbers of pieces in one message make of each other: a range, a change and its result, the same change once more; it finds no numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.types import Json
from assistant.understanding.slots.corrections import Mention, replaces
from assistant.understanding.slots.counts import UNIT_ZH, Count

_RANGE = re.compile(rf"(?:{UNIT_ZH})?\s?(?:-|~|–|—|到|至|或者?|to|or)\s?", re.ASCII)
_RESULT = re.compile(r"也就是|即|等于|就是说|变成|\bso that(?:'s| is)|\bi\.?e\b|\bmeaning\b|\bthat is\b|\bmaking it\b|,\s*so\b|\bfor a total\b")
_ONCE_MORE = re.compile(r"再|又|另外?|还要|\b(?:then|again|another|further|and|also|plus)\b")


def ranges(text: str, numbers: list[Count], read: list[tuple[Count, Json]]) -> list[tuple[Count, tuple[Count, Json]]]:
    """Quantities that are the upper end of a range ("10-12 pieces"), each with its lower end."""
    values = {count.start: (count, value) for count, value in read if isinstance(value, int)}
    return [(low, values[high.start]) for low, high in pairwise(numbers) if high.start in values and _RANGE.fullmatch(text[low.end : high.start])]


def joined(plain: str, read: list[tuple[Count, Json]]) -> list[tuple[Count, Json]]:
    """A change and its result said together ("减十个，也就是改成30") are one statement: the result stays."""
    if len(read) < 2 or not _RESULT.search(plain):
        return read
    absolute = [pair for pair in read if isinstance(pair[1], int)]
    return absolute or read


def once_more(plain: str, said: Sequence[Mention], kept: list[tuple[Mention, str]]) -> list[tuple[Mention, str]]:
    """What is kept, and a change that is made a second time ("加2台，再加2台"); one that is only put right or said again is not."""
    starts = {mention.start for mention, _ in kept}
    more = [
        (right, "")
        for left, right in pairwise(said)
        if right.start not in starts and left.value == right.value and isinstance(right.value, dict) and "delta" in right.value
        if _ONCE_MORE.search(between := plain[left.end : right.start]) and not replaces(between)
    ]
    return sorted([*kept, *more], key=lambda pair: pair[0].start)
