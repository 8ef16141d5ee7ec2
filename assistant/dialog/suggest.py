"""Dates that we suggest: the one a refusal named, and the first one a rule allows; the customer's own dates are read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from assistant.dialog.moment import Moment, facts_of
from assistant.dialog.state import Procedure
from assistant.types import Json, Order, Slot

TO = ".."  # between the ends of a span of days kept as the option of a question
MOST_AHEAD = 120  # days in which the first allowed one is looked for


def suggestion(moment: Moment, procedure: Procedure) -> str | None:
    """The one date a refusal named as possible, when the answer to it is a yes or points to it ("then the next working day", "that day is fine")."""
    if len(procedure.options) != 1 or TO in procedure.options[0]:
        return None
    return procedure.options[0] if moment.reading.verdict == "yes" or moment.says("next_workday") or moment.says("that_date") else None


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
