"""The parts dates are read from: atoms (one dated expression each) and the calendar arithmetic that gives them their days.

An atom is a stretch of the message with the first and last day it may mean; what surrounds it (before, from … to, the week after) is `dates_combine`.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.text.calendar import BusinessCalendar
from assistant.text.numbers import parse_number

Form = Literal[
    "date", "bare", "numeric", "weekday", "relative", "span", "week", "month", "year", "end", "holiday", "range", "choice", "impossible", "within", "shift"
]
Direction = Literal["", "before", "after"]
RECENT = timedelta(days=60)  # a day without a year that has passed this recently is that day, not next year's


@dataclass(frozen=True, slots=True)
class Atom:
    """`first` to `last` as meant by `start:end`. A holiday's `first`/`last` span its break and `day` is the day of the name.

    `others` are the other readings (choice, or the coming day beside "next Friday"); `limit` turns the atom into before/after its day, `inclusive` of it;
    a shift has `unit` and a signed `count`, and is `onward` when it goes on from the day just spoken of.
    """

    start: int
    end: int
    form: Form
    first: date | None = None
    last: date | None = None
    day: date | None = None
    others: tuple[date, ...] = ()
    limit: Direction = ""
    inclusive: bool = False
    unit: str = ""
    count: int = 0
    onward: bool = False

    @property
    def at(self) -> date:
        """The one day the atom stands for when a day is needed: the name day of a holiday, the first day of a span."""
        found = self.day or self.first
        assert found is not None
        return found

    @property
    def dated(self) -> bool:
        return self.first is not None


@dataclass(frozen=True, slots=True)
class Scene:
    """What dates are read against: the message in matching form (simplified, lower case, same length), today, the calendar, month/day order."""

    text: str
    today: date
    calendar: BusinessCalendar
    month_first: bool


Reader = Callable[[re.Match[str], Scene], "Atom | None"]
Rule = tuple[tuple[str, ...], re.Pattern[str], Reader]


def rule(needs: str, pattern: str, read: Reader) -> Rule:
    """A rule that is tried only where one of the words of `needs` ("周|星期", "" for any text) occurs, so that a message pays for what it says."""
    return (tuple(needs.split("|")) if needs else (), re.compile(pattern, re.ASCII), read)


_PAST = re.compile(
    r"签收|收到|到货了|到了|[到交发买送订装坏开来]的(?!话)|[到发交]货的(?!话)|下的单|已经|当时|曾|来着"
    r"|\b(?:was|were)\s+(?:\w+ly\s+)?(?:delivered|received|shipped|installed|bought|ordered|placed|invoiced|signed|unloaded|broken|damaged|here)\b"
    r"|\b(?:since|waited|waiting|arrived|came|broke)\b|\b(?:we|i|they|you|it|he|she|have|has|had|got|been)\s+(?:(?:have|has|had|just|already|only)\s+)?(?:got|took|paid|collected|received|came|arrived|bought|ordered|broke|failed|placed)\b",
    re.ASCII,
)  # fmt: skip
_NOT_PAST = re.compile(
    r"希望|想|能|请|麻烦|改|可以|需要|要求|应该|supposed|scheduled|planned|promised|meant|expected|\b(?:due|need|want|please|can|could|would|move|change|push)\b"
)
_CLAUSE = re.compile(r"[,，。;；!！?？\n]|\. ")


def clause(text: str, start: int, end: int) -> str:
    """The clause of `text` around `start:end`."""
    left = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    right = _CLAUSE.search(text, end)
    return text[left : right.start() if right else len(text)]


def is_past(scene: Scene, match: re.Match[str]) -> bool:
    """Whether the clause around a match tells what has happened."""
    around = clause(scene.text, match.start(), match.end())
    return bool(_PAST.search(around)) and not _NOT_PAST.search(around)


def make(year: int, month: int, day: int) -> date | None:
    """The date, or None when no calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(day: date) -> date:
    return day.replace(day=months.monthrange(day.year, day.month)[1])


def add_months(day: date, n: int) -> date:
    """The same day n months on, or the last day of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 + n
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def full_year(year: int) -> int:
    return year + 2000 if year < 100 else year


def nearest(month: int, day: int, scene: Scene, *, past: bool) -> date | None:
    """The date meant by a month and day without a year: the nearest future, unless it passed within RECENT or the clause tells the past."""
    today = scene.today
    years = [today.year + offset for offset in range(-8, 9)]
    found = [day_ for year in years if (day_ := make(year, month, day))]
    if not found:
        return None
    before = [day_ for day_ in found if day_ < today]
    if past:
        return max(day_ for day_ in found if day_ <= today)
    if before and today - max(before) <= RECENT:
        return max(before)
    return min(day_ for day_ in found if day_ >= today)


def bare_day(number: int, scene: Scene, *, past: bool) -> date | None:
    """The date meant by a mere day of the month: the nearest from today on, or the latest up to today in a past clause."""
    first = scene.today.replace(day=1)
    order = range(0, -13, -1) if past else range(13)
    for offset in order:
        month = add_months(first, offset)
        found = make(month.year, month.month, number)
        if found and ((found <= scene.today) if past else (found >= scene.today)):
            return found
    return None


def coming(weekday: int, scene: Scene, *, past: bool) -> date:
    """The next such weekday (0 = Monday) after today, or the last one up to today in a past clause."""
    ahead = (weekday - scene.today.weekday()) % 7
    if past:
        return scene.today - timedelta(days=(7 - ahead) % 7)
    return scene.today + timedelta(days=ahead or 7)


def shifted(day: date, unit: str, count: int, calendar: BusinessCalendar) -> date | None:
    """`day` moved by `count` days, months or workdays; None beyond the calendar."""
    try:
        if unit == "workdays":
            return calendar.add_workdays(day, max(-1000, min(1000, count)))
        return add_months(day, count) if unit == "months" else day + timedelta(days=count)
    except (OverflowError, ValueError):
        return None


_UNITS = (
    (re.compile(r"工作|work|business|bus"), "workdays", 1),
    (re.compile(r"月|mo"), "months", 1),
    (re.compile(r"年|y(?:ea)?r"), "months", 12),
    (re.compile(r"周|星期|礼拜|w(?:ee)?k"), "days", 7),
    (re.compile(r"fortnight"), "days", 14),
    (re.compile(r"天|日|day"), "days", 1),
)


def span_of(number: str, unit: str, *, half: bool = False) -> tuple[str, int] | None:
    """(unit days/months/workdays, count) of "two weeks", "半个月", "一个半月"; None when the number cannot be read."""
    number = number.strip()
    half = half or "半" in unit
    kind, factor = next((kind, factor) for pattern, kind, factor in _UNITS if pattern.search(unit))
    if number in ("半", "half a", "half"):
        return {("months", 1): ("days", 15), ("months", 12): ("months", 6)}.get((kind, factor))
    if number in ("a", "an", "another", "one more"):
        return kind, factor
    if "couple" in number:
        return kind, 2 * factor
    if len(number) > 1 and all(char in "一二两三四五六七八九" for char in number):
        return None  # 两三天 is no count
    value = parse_number(number)
    if value is None or value != int(value):
        return None
    if half:
        return (kind, int(value) * factor + 6) if factor == 12 else ("days", 30 * int(value) + 15) if kind == "months" else None
    return kind, int(value) * factor


def month_span(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, month_end(first)


def part_of(first: date, last: date, part: str) -> tuple[date, date, Form]:
    """A part of a span: its end is one day, its start, middle and late parts are ranges (the tens of a month: 1-10, 11-20, 21-end); halves are of a month."""
    match part:
        case "end" | "last day":
            return last, last, "end" if part == "end" else "date"
        case "all":
            return first, last, "span"
        case "first half":
            return first, first.replace(day=15), "span"
        case "second half":
            return first.replace(day=16), last, "span"
    days = (last - first).days + 1
    if 28 <= days <= 31:
        begin = {"start": 1, "start to mid": 1, "mid": 11, "mid to late": 11, "late": 21}[part]
        end = {"start": 10, "start to mid": 20, "mid": 20, "mid to late": days, "late": days}[part]
        return first.replace(day=begin), first.replace(day=end), "span"
    third = days // 3
    begin_at = {"start": 0, "mid": third, "late": 2 * third}[part]
    end_at = {"start": third - 1, "mid": 2 * third - 1, "late": days - 1}[part]
    return first + timedelta(days=begin_at), first + timedelta(days=end_at), "span"


def last_off(last: date, day: date, scene: Scene) -> date:
    """The last day of a break without the weekend that joins it: 端午后 is after the 19th, and the weekend is no working day anyway."""
    while last > day and last.isoweekday() in scene.calendar.weekend:
        last -= timedelta(days=1)
    return last


def iso_week(number: int, scene: Scene, *, year: int | None = None) -> tuple[date, date] | None:
    """(Monday, Sunday) of an ISO week of `year`, else of this year or, when it is long past, of the next; None when no year has it."""
    try:
        first = date.fromisocalendar(year or scene.today.year, number, 1)
        if not year and scene.today - first > RECENT:
            first = date.fromisocalendar(scene.today.year + 1, number, 1)
    except ValueError:
        return None
    return first, first + timedelta(days=6)


def numeric(match: re.Match[str], parts: tuple[int, int, int | None], scene: Scene) -> Atom | None:
    """The atom of two numbers in an order that a reader must guess: month first in Chinese, otherwise every possible reading."""
    one, two, year = parts
    readings: list[date] = []
    for month, day in ((one, two), (two, one)):
        found = make(year, month, day) if year else nearest(month, day, scene, past=is_past(scene, match)) if month <= 12 else None
        if found and found not in readings:
            readings.append(found)
    start, end = match.span()
    if not readings:
        return Atom(start, end, "impossible")
    if len(readings) == 1 or scene.month_first:
        return Atom(start, end, "numeric", readings[0], readings[0])
    return Atom(start, end, "choice", readings[0], readings[0], others=tuple(readings[1:]))
