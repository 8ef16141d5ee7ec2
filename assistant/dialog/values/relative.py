"""Relative dates and amounts counted out against what they are relative to; nothing is read or decided here."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from assistant.text.calendar import BusinessCalendar
from assistant.types import Json
from assistant.understanding.dates.onward import to_weekday


def shifted(calendar: BusinessCalendar, base: date, by: Mapping[str, Json]) -> str:
    """A date moved by {"days"}, {"months"} or {"workdays"}, or to the next {"weekday"} after it (0 = Monday; less 7: the last one before); one of them."""

    def number(name: str) -> int:
        return int(str(by.get(name, 0)))

    if "weekday" in by:
        return date.fromordinal(base.toordinal() + to_weekday(base.weekday(), number("weekday"))).isoformat()
    if "workdays" in by:
        return calendar.add_workdays(base, number("workdays")).isoformat()
    if "months" in by:
        year, month = divmod(base.year * 12 + base.month - 1 + number("months"), 12)
        return date(year, month + 1, min(base.day, monthrange(year, month + 1)[1])).isoformat()
    return date.fromordinal(base.toordinal() + number("days")).isoformat()


def counted(value: Json, base: int | None) -> int | None:
    """A quantity as said, absolute or relative to `base`; None when it cannot be told."""
    if isinstance(value, int):
        return value
    if not isinstance(value, Mapping) or base is None:
        return None
    if "delta" in value:
        return base + int(str(value["delta"]))
    number = int(str(value.get("n", 0) or 0))
    match value.get("relative"):
        case "all":
            return base
        case "half":
            return base // 2 if base % 2 == 0 else None
        case "all_but":
            return base - number
        case "percent" if base * number % 100 == 0:
            return base * number // 100
        case "double":
            return base * 2
        case "times":
            return base * number
        case "part" if base % number == 0:
            return base + int(str(value.get("sign", 1))) * base // number
    return None


def concerned(value: Json) -> Json:
    """How many pieces a change is about: taking two off is about two."""
    if isinstance(value, Mapping) and "delta" in value:
        return abs(int(str(value["delta"])))
    return value
