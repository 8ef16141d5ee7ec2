"""How long something is to last, as a text says it ("four weeks", 半年, a fortnight), counted in the unit that is asked for; dates are read elsewhere."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.text.numbers import find_numbers

UNITS = ("hour", "day", "week", "month", "year")
MOST = 1900  # a number from here on before 年 is a year
# what one of the second is in units of the first; months and years have no fixed number of days
_IN: dict[tuple[str, str], int] = {("hour", "day"): 24, ("hour", "week"): 168, ("day", "week"): 7, ("month", "year"): 12}
_WORDS = {
    "hour": r"个?(?:小时|钟头|钟)|hours?|hrs?",
    "day": r"天|日(?!期)|days?",
    "week": r"个?(?:周(?![一二三四五六日天末])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天]))|weeks?|wks?",
    "month": r"个月|(?<=[俩两])月(?!底|初|中)|months?|mths?",
    "year": r"年(?!\d)|years?|yrs?",
}
_UNIT = re.compile(
    r"\s?-?(?:business |working |calendar |full |whole |整)?(?:" + "|".join(f"(?P<{unit}>{words})" for unit, words in _WORDS.items()) + r")(?![a-z])"
)
# "two or three weeks", 两到三周: nobody can say which
_EITHER = re.compile(r"(?:\bor|\bto|\band|-|~|–|至|到|或者?|、|[一二两三四五六七八九])\s*$")
_SET = re.compile(
    r"(?P<week>\b(?<!half )(?:a|one) week\b)|(?P<fortnight>\b(?:a |one )?fortnights?\b)|(?P<half_year>半年|\bhalf a year\b)"
    r"|(?P<month>\b(?<!half )(?:a|one) month\b)|(?P<quarter>一个?季度|\b(?:a|one) quarter\b)|(?P<year>\b(?:a|one) year\b|一整年)"
    r"|(?P<day>\b(?<!half )(?:a|one) day\b)"
)
_SET_VALUES = {
    "week": (1, "week"), "fortnight": (2, "week"), "half_year": (6, "month"), "month": (1, "month"), "quarter": (3, "month"), "year": (1, "year"),
    "day": (1, "day"),
}  # fmt: skip


def lasting(text: str, unit: str) -> int | None:
    """How many `unit`s (one of `UNITS`) the folded text says, when it says one duration that is a whole number of them; None otherwise."""
    found = _said(text.lower())
    counts = {count for number, other in found if (count := _in(number, other, unit)) is not None}
    return counts.pop() if len(counts) == 1 else None


def _said(text: str) -> list[tuple[Decimal, str]]:
    """The durations of a text, (number, unit) each; none where one is left open."""
    found: list[tuple[Decimal, str]] = []
    for number in find_numbers(text):
        match = _UNIT.match(text, number.end)
        # 第三周, the 3rd week: which one, and not how many
        if match and match.lastgroup and number.kind == "number" and number.value < MOST and not re.search(r"第$", text[: number.start]):
            if _EITHER.search(text[: number.start]) or number.approximate:
                return []
            found.append((Decimal(number.value), match.lastgroup))
    if not found:
        found = [(Decimal(_SET_VALUES[match.lastgroup][0]), _SET_VALUES[match.lastgroup][1]) for match in _SET.finditer(text) if match.lastgroup]
    return found


def _in(number: Decimal, unit: str, wanted: str) -> int | None:
    """A number of one unit in another; None when that is no whole number, or nobody can say."""
    if unit == wanted:
        count = number
    elif (wanted, unit) in _IN:
        count = number * _IN[wanted, unit]
    elif (unit, wanted) in _IN:
        count = number / _IN[unit, wanted]
    else:
        return None
    return int(count) if count == count.to_integral_value() and count > 0 else None
