"""The functions a rule may call: working days, calendar arithmetic, regions, rounding; a workspace's own functions are compiled in `rules.py`.

Dates come and go as instants at local midnight. A function given null, or a count out of reach, answers null: the condition then cannot be decided.
"""

from __future__ import annotations

import calendar as months_of
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from assistant.errors import AssistantError
from assistant.text.calendar import BusinessCalendar
from assistant.workspace.vocabulary import ANY, BOOL, DATE, INT, NUMBER, TEXT, Type

Function = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Signature:
    """The names of a function's parameters and what it answers."""

    parameters: tuple[str, ...]
    result: Type


SIGNATURES: Mapping[str, Signature] = {
    "workdays": Signature(("date", "n"), DATE),
    "days": Signature(("date", "n"), DATE),
    "months": Signature(("date", "n"), DATE),
    "month_end": Signature(("date",), DATE),
    "date": Signature(("text",), DATE),
    "is_workday": Signature(("date",), BOOL),
    "weekday": Signature(("date",), INT),
    "days_between": Signature(("a", "b"), INT),
    "workdays_between": Signature(("a", "b"), INT),
    "hours_between": Signature(("a", "b"), NUMBER),
    "same_month": Signature(("a", "b"), BOOL),
    "region": Signature(("address",), TEXT),
    "quantity_of": Signature(("items",), INT),
    "percent": Signature(("amount", "percent"), INT),
    "round": Signature(("number",), INT),
    "min": Signature(("a", "b"), NUMBER),
    "max": Signature(("a", "b"), NUMBER),
    "size": Signature(("value",), INT),
    "sum": Signature(("numbers",), NUMBER),
    "by_step": Signature(("number", "table"), NUMBER),
}
# what the engine itself offers beside these
ENGINE: Mapping[str, Signature] = {
    "has": Signature(("field",), BOOL),
    "int": Signature(("value",), INT),
    "double": Signature(("value",), NUMBER),
    "string": Signature(("value",), TEXT),
    "contains": Signature(("text", "part"), BOOL),
    "startsWith": Signature(("text", "part"), BOOL),
    "endsWith": Signature(("text", "part"), BOOL),
    "matches": Signature(("text", "pattern"), BOOL),
    "timestamp": Signature(("text",), Type("instant")),
    "duration": Signature(("text",), Type("span")),
    "getFullYear": Signature(("date",), INT),
    "getMonth": Signature(("date",), INT),
    "getDate": Signature(("date",), INT),
    "getDayOfMonth": Signature(("date",), INT),
    "getDayOfWeek": Signature(("date",), INT),
    "getDayOfYear": Signature(("date",), INT),
    "getHours": Signature(("instant",), INT),
    "getMinutes": Signature(("instant",), INT),
    "dyn": Signature(("value",), ANY),
    "type": Signature(("value",), ANY),
}


def instant(moment: datetime, zone: ZoneInfo) -> datetime:
    """`moment` with the zone's offset of that time as a fixed offset, the only kind the engine takes."""
    local = moment.astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The start of `day` in the zone."""
    return instant(datetime.combine(day, time(), tzinfo=zone), zone)


def functions(calendar: BusinessCalendar, zone: ZoneInfo, *, region: Callable[[str], str]) -> dict[str, Function]:
    """The functions by name, reading days in `zone`; `size` goes by the name `length`, because the engine's own counts bytes."""

    def day(value: datetime) -> date:
        return value.astimezone(zone).date()

    def back(value: date) -> datetime:
        return midnight(value, zone)

    table: dict[str, Function] = {
        "workdays": lambda a, n: back(calendar.add_workdays(day(a), int(n))),
        "days": lambda a, n: back(day(a) + timedelta(days=int(n))),
        "months": lambda a, n: back(add_months(day(a), int(n))),
        "month_end": lambda a: back(add_months(day(a).replace(day=1), 1) - timedelta(days=1)),
        "date": lambda text: back(date.fromisoformat(text)),
        "is_workday": lambda a: calendar.is_workday(day(a)),
        "weekday": lambda a: day(a).isoweekday(),
        "days_between": lambda a, b: (day(b) - day(a)).days,
        "workdays_between": lambda a, b: calendar.workdays_between(day(a), day(b)),
        "hours_between": lambda a, b: (b - a).total_seconds() / 3600,
        "same_month": lambda a, b: (day(a).year, day(a).month) == (day(b).year, day(b).month),
        "quantity_of": quantity_of,
        "percent": lambda amount, rate: rounded(amount * rate / 100),
        "round": rounded,
        "min": min,
        "max": max,
        "length": len,
        "sum": sum,
        "by_step": by_step,
    }
    guarded = {name: _guarded(function) for name, function in table.items()}
    return {**guarded, "region": lambda address: region(address) if isinstance(address, str) else ""}


def add_months(day: date, n: int) -> date:
    """The same day of the month n months on, or that month's last day when it has none."""
    month = day.year * 12 + day.month - 1 + n
    year, number = divmod(month, 12)
    return date(year, number + 1, min(day.day, months_of.monthrange(year, number + 1)[1]))


def rounded(value: float) -> int:
    """To a whole number, halves away from zero, as amounts of money are rounded."""
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


def quantity_of(items: Sequence[Mapping[str, Any]]) -> int:
    """The pieces of a list of {sku, quantity}."""
    return sum(int(item["quantity"]) for item in items)


def by_step(number: float, table: Sequence[Sequence[float]]) -> float:
    """The value of the highest step of a table [[from, value], ...] that a number reaches; 0 below the first."""
    reached = [(step[0], step[1]) for step in table if number >= step[0]]
    return max(reached)[1] if reached else 0


def _guarded(function: Function) -> Function:
    """An exception inside a function would be printed by the engine; null says as much and is silent."""

    def call(*arguments: Any) -> Any:
        if any(argument is None for argument in arguments):
            return None
        try:
            return function(*arguments)
        except (AssistantError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError):
            return None

    return call
