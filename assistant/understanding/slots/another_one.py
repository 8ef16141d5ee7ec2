"""Reads "which one would, then?" after a question whether one product takes a value: the same question put to all; it chooses nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.types import Slot

Find = Callable[[str], tuple[Slot, ...]]
_WHICH = re.compile(
    r"(?:那么?|那要|请问)*(?P<zh>(?:哪|什么)(?:一?[个款种台只套])?[\u4e00-\u9fff]{0,6}?)(?:就|才)?(?:能|可以|行|够|合适|满足|符合)(?:用|到|够|的)?(?:呢|啊|吗)?[?？]*"
    r"|(?:(?:and|so|ok|okay|then|but)[\s,]+)*(?P<en>which(?: (?:other )?(?!would|can|could|does|will|do|is|handles|one)[a-z]+)?(?: one)?)"
    r" (?:would|can|could|does|will|do|is (?:ok|okay|fine|enough)|handles|takes)(?: (?:it|that|then|work|do it|do that|take it|handle it"
    r"|handle that|ok))*\W*",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"(?<![A-Za-z\d-])\d+(?:\.\d+)?(?![A-Za-z-]*\d)")


def which_else(text: str, previous: str, find: Find) -> str:
    """The question before, asked of whichever takes its value instead of the one product that it names; "" when the text asks nothing of the kind."""
    said = _WHICH.fullmatch(text.strip())
    held = [slot for slot in find(previous) if slot.name == "product"] if said is not None and previous else []
    if said is None or len({slot.value for slot in held}) != 1:
        return ""
    before, behind = previous[: held[0].start], previous[held[0].end :]
    return f"{before}{said.group('zh') or said.group('en')}{behind}" if _MEASURED.search(f"{before} {behind}") else ""
