"""A company's calendar follows its country, weekend and own exceptions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from assistant.workspace.calendar import company_calendar
from assistant.workspace.load import load_workspace


def test_country_weekend_and_exceptions(root: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("assistant.toml", 'days_off = ["2026-03-20"]', 'days_off = ["2026-03-20"]\nworking_days = ["2026-03-21"]')
    calendar = company_calendar(load_workspace(root))
    assert not calendar.is_workday(date(2026, 3, 20)), "an own day off"
    assert calendar.is_workday(date(2026, 3, 21)), "an own working Saturday"
    assert not calendar.is_workday(date(2026, 3, 22)), "Sunday"
    assert not calendar.is_workday(date(2026, 5, 1)), "a public holiday of Germany"
    assert calendar.is_workday(date(2026, 10, 1)), "a public holiday of China is none here"
