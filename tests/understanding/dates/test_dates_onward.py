"""Days that go on from the one just spoken of: a shift to the next such weekday or by a day, and nothing where the day stands in the message itself."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.dialog.values.relative import shifted
from assistant.types import Slot
from tests.understanding.dates.test_dates import CHINA, read


def onward(text: str) -> list[dict[str, int]]:
    return [slot.value for slot in read(text) if slot.name == "shift" and slot.note == "onward"]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ok then the Monday after", {"weekday": 0}),
        ("the Friday after that, please", {"weekday": 4}),
        ("make it Tuesday following that", {"weekday": 1}),
        ("the next Wed after", {"weekday": 2}),
        ("the day after that would do", {"days": 1}),
        ("the following day then", {"days": 1}),
        ("and another week", {"days": 7}),
        ("two more weeks please", {"days": 14}),
        ("那就之后的周三", {"weekday": 2}),
        ("改到后面那个周五", {"weekday": 4}),
        ("那天之后的星期一吧", {"weekday": 0}),
        ("还是第二天吧", {"days": 1}),
        ("那改次日可以吗", {"days": 1}),
        ("再晚两天", {"days": 2}),
        ("再往后推一周", {"days": 7}),
        ("the day before then", {"days": -1}),
        ("two days before that please", {"days": -2}),
        ("the Friday before", {"weekday": -3}),
        ("那前一天呢", {"days": -1}),
        ("还是前两天吧", {"days": -2}),
        ("前面那个周五", {"weekday": -3}),
    ],
)
def test_what_goes_on_from_the_day_before(text: str, value: dict[str, int]) -> None:
    assert onward(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "the Monday after June 12",
        "the Monday after the holiday",
        "the Monday after next",
        "June 19 does not suit, the Monday after please",
        "the day after tomorrow",
        "another day please",
        "push it by a week",
        "国庆之后的周三",
        "6月19号之后的周一",
        "推迟三天",
        "到货第二天就坏了",
        "后天",
    ],
)
def test_a_day_in_the_message_itself_is_counted_from_there(text: str) -> None:
    assert onward(text) == []


@pytest.mark.parametrize(("weekday", "expected"), [(0, "2026-06-22"), (4, "2026-06-26"), (5, "2026-06-20")])
def test_the_next_such_day_is_never_the_day_itself(weekday: int, expected: str) -> None:
    assert shifted(CHINA, date(2026, 6, 19), {"weekday": weekday}) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("June 19 does not suit, the Monday after please", "2026-06-22"),
        ("we are closed on 19 June, so the day after that", "2026-06-20"),
        ("19号不行,那天之后的周三吧", "2026-06-24"),
    ],
)
def test_a_day_of_the_same_message_is_what_it_goes_on_from(text: str, day: str) -> None:
    assert [slot.value for slot in read(text)] == [day]


def test_the_words_that_were_read() -> None:
    (slot,) = read("ok then the Monday after, thanks")
    assert isinstance(slot, Slot)
    assert slot.text == "the Monday after"
