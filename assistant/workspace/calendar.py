"""Builds a company's working calendar from its settings; the counting itself is in `text/calendar.py`."""

from __future__ import annotations

from assistant.text.calendar import BusinessCalendar, business_calendar
from assistant.workspace.model import Workspace


def company_calendar(workspace: Workspace) -> BusinessCalendar:
    """The calendar of `[calendar]` in assistant.toml: country, weekend, and the company's own days off and working days."""
    spec = workspace.settings.calendar
    return business_calendar(country=spec.country, weekend=spec.weekend, days_off=spec.days_off, working_days=spec.working_days)
