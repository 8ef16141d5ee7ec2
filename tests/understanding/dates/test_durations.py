"""How long something lasts, in the unit asked for: a whole number of it, said once, or nothing."""

from __future__ import annotations

import pytest

from assistant.understanding.dates.durations import UNITS, lasting


@pytest.mark.parametrize(
    ("text", "unit", "count"),
    [
        ("四周", "week", 4),
        ("存3个星期吧", "week", 3),
        ("for four weeks please", "week", 4),
        ("28 days", "week", 4),
        ("a fortnight", "week", 2),
        ("半年", "month", 6),
        ("half a year", "month", 6),
        ("两年", "month", 24),
        ("俩月", "month", 2),
        ("两个小时", "hour", 2),
        ("three days", "hour", 72),
        ("6 working days", "day", 6),
        ("order SO-2026-0044 for four weeks", "week", 4),
    ],
)
def test_a_duration_is_counted(text: str, unit: str, count: int) -> None:
    assert lasting(text, unit) == count


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("10天", "week"),
        ("a month", "week"),
        ("周三", "week"),
        ("第三周", "week"),
        ("5月", "month"),
        ("3月底", "month"),
        ("two or three weeks", "week"),
        ("两到三周", "week"),
        ("2 weeks, not 3 weeks", "week"),
        ("30", "week"),
        ("2026年", "year"),
        ("half a week", "week"),
        ("", "day"),
    ],
)
def test_what_is_no_whole_number_of_it_is_nothing(text: str, unit: str) -> None:
    assert unit in UNITS
    assert lasting(text, unit) is None
