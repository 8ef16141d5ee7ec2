"""Of several dates just offered the one that a short answer picks; what could be either is none."""

from __future__ import annotations

import pytest

from assistant.dialog.values.suggest import picked

DATES = ("2027-12-01", "2027-01-12")
DAYS = ("2026-12-23", "2026-12-22")


@pytest.mark.parametrize(
    ("text", "options", "found"),
    [
        ("the second", DATES, "2027-01-12"),
        ("the first one", DATES, "2027-12-01"),
        ("第二个", DATES, "2027-01-12"),
        ("前一个", DATES, "2027-12-01"),
        ("the later one", DATES, "2027-01-12"),
        ("the January one", DATES, "2027-01-12"),
        ("12月那个", DATES, "2027-12-01"),
        ("周二那天", DAYS, "2026-12-22"),
        ("Wednesday", DAYS, "2026-12-23"),
        ("the 22nd", DAYS, "2026-12-22"),
        ("22号", DAYS, "2026-12-22"),
    ],
)
def test_one_is_picked(text: str, options: tuple[str, ...], found: str) -> None:
    assert picked(text, options) == found


@pytest.mark.parametrize(
    "text", ["yes", "neither", "Friday", "the 24th", "the second of March", "12月", "could you ask the driver which of the two days is better"]
)
def test_what_points_to_none_or_both_picks_nothing(text: str) -> None:
    assert picked(text, DAYS) is None
