"""Dates that we suggest: the one a refusal named, and the first one a rule allows; the customer's own dates are read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.dialog.moment import Moment, facts_of
from assistant.dialog.state import Procedure
from assistant.types import Json, Order, Slot

MOST_PICKED = 30  # characters of an answer that only picks
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_PLACES = (
    (re.compile(r"第一|前一?[个个天]|前面|前者|\b(?:first|1st|former|earlier)\b"), 0),
    (re.compile(r"第二|后一?[个天]|后面|后者|最后|\b(?:second|2nd|latter|later|last)\b"), -1),
)
_OF_MONTH = re.compile(r"\b(?:of|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b|月")
_MONTHS = tuple(
    rf"\b{name[:3]}(?:{name[3:]})?\b|(?<!\d){at}月|(?<![一二十]){zh}月"
    for at, (name, zh) in enumerate(
        zip(
            ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"),
            ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"),
            strict=True,
        ),
        1,
    )
)
_WEEKDAYS = tuple(
    rf"\b{name}(?:{rest})?\b|(?:周|星期|礼拜|週){zh}"
    for name, rest, zh in (
        ("mon", "day", "一"), ("tue", "s(?:day)?", "二"), ("wed", "nesday", "三"), ("thu", "rs?(?:day)?", "四"), ("fri", "day", "五"), ("sat", "urday", "六"),
        ("sun", "day", "[日天]"),
    )
)  # fmt: skip
_DAY_OF_MONTH = re.compile(r"(?:the\s+|on\s+|那?个?|就)*(\d{1,2})\s*(?:st|nd|rd|th|号|號|日)?")
TO = ".."  # between the ends of a span of days kept as the option of a question
MOST_AHEAD = 120  # days in which the first allowed one is looked for


def suggestion(moment: Moment, procedure: Procedure) -> str | None:
    """The one date a refusal named as possible, when the answer to it is a yes or points to it ("then the next working day", "that day is fine"); of
    several that were offered the one that is picked."""
    if len(procedure.options) > 1 and all(_ISO.fullmatch(option) for option in procedure.options):
        return picked(moment.reading.text, procedure.options)
    if len(procedure.options) != 1 or TO in procedure.options[0]:
        return None
    return procedure.options[0] if moment.reading.verdict == "yes" or moment.says("next_workday") or moment.says("that_date") else None


def picked(text: str, options: Sequence[str]) -> str | None:
    """The one of several dates just offered that a short answer picks: by its place, its month, its weekday or its day; None when none or several fit."""
    said = text.lower().strip()
    if len(said) > MOST_PICKED:
        return None
    days = [date.fromisoformat(option) for option in options]
    for pattern, place in _PLACES:
        if pattern.search(said) and not _OF_MONTH.search(said):
            return options[place] if len(options) == 2 or place == 0 or "last" in said or "最后" in said else options[1]
    number = re.search(r"(?<![\d/.-])(\d{1,2})(?:st|nd|rd|th|号|號|日)", said)
    month = next((at for at, names in enumerate(_MONTHS, 1) if re.search(names, said)), 0)
    weekday = next((at for at, names in enumerate(_WEEKDAYS) if re.search(names, said)), -1)
    if not (number or month or weekday >= 0) or (number is None and re.search(r"\d", re.sub(r"\d{1,2}月", "", said))):
        return None
    fitting = [
        option
        for option, day in zip(options, days, strict=True)
        if (number is None or day.day == int(number[1])) and (not month or day.month == month) and (weekday < 0 or day.weekday() == weekday)
    ]
    return fitting[0] if len(fitting) == 1 else None


def earliest(moment: Moment, procedure: Procedure, name: str, order: Order) -> str | None:
    """The first day that the procedure's rule allows for its slot `name`; None without a rule, or when none of the next days is allowed."""
    rule = moment.spec(procedure.name).rule
    if not rule:
        return None
    for ahead in range(MOST_AHEAD):
        day = date.fromordinal(moment.today.toordinal() + ahead).isoformat()
        if moment.world.rules.evaluate(rule, facts_of(moment, procedure.with_slot(Slot(name, day)), order)).outcome == "allow":
            return day
    return None


def _in_month(spoken: str, number: int, mention: Slot) -> Slot:
    """A day of the month of a day spoken of, the coming one beside it; as it was read where that month has no such day, or the day is not ahead of it."""
    if not _ISO.fullmatch(spoken) or mention.value is None or spoken[:7] <= str(mention.value)[:7]:
        return mention
    try:
        day = date.fromisoformat(spoken).replace(day=number).isoformat()
    except ValueError:
        return mention
    return replace(mention, value=day, candidates=(mention.value,), note="also")


def span_of(value: Json) -> tuple[str, ...]:
    """A span of days as the option of the question for one day of it."""
    if not isinstance(value, Mapping) or not isinstance(value.get("from"), str) or not isinstance(value.get("to"), str):
        return ()
    return (f"{value['from']}{TO}{value['to']}",)


def within(procedure: Procedure, mention: Slot) -> str | None:
    """The day of the span just asked about, when only a day of the month was answered ("mid-July" - "the 15th")."""
    if len(procedure.options) != 1 or TO not in procedure.options[0] or not isinstance(mention.value, str):
        return None
    said = re.fullmatch(r"\D{0,6}?(\d{1,2})\s*(?:st|nd|rd|th|号|號|日)?", mention.text.strip())
    if said is None:
        return None
    first, last = (date.fromisoformat(end) for end in procedure.options[0].split(TO))
    days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
    return next((day.isoformat() for day in days if day.day == int(said.group(1))), None)


def beside(spoken: Slot | None, mention: Slot, today: date) -> Slot:
    """A bare weekday said while a day is talked about ("then the Monday", 那周三吧) as the one nearest to that day, the coming one beside it; a bare day of the
    month (the 17th, 17号) as that of the month talked about.

    A weekday that is the talked-of day's own keeps its plain reading: it cannot be meant as a change to the same day.
    """
    if spoken is not None and (number := _DAY_OF_MONTH.fullmatch(mention.text.strip().lower())) and isinstance(mention.value, str):
        return _in_month(str(spoken.value), int(number[1]), mention)
    weekday = next((at for at, names in enumerate(_WEEKDAYS) if re.fullmatch(rf"(?:the\s+|on\s+|那个?|就)*(?:{names})", mention.text.strip().lower())), -1)
    if spoken is None or weekday < 0 or not isinstance(mention.value, str) or not _ISO.fullmatch(str(spoken.value)):
        return mention
    day = date.fromisoformat(str(spoken.value))
    ahead = (weekday - day.weekday()) % 7
    near = date.fromordinal(day.toordinal() + (ahead if ahead < 4 else ahead - 7))
    if not ahead or near <= today or near.isoformat() == mention.value:
        return mention
    return replace(mention, value=near.isoformat(), candidates=(mention.value,), note="also")
