"""Relative amounts come out whole or not at all."""

from __future__ import annotations

import pytest

from assistant.dialog.values.relative import concerned, counted
from assistant.types import Json


@pytest.mark.parametrize(
    ("value", "base", "number"),
    [
        (7, None, 7),
        ({"delta": -3}, 40, 37),
        ({"relative": "percent", "n": 125}, 40, 50),
        ({"relative": "percent", "n": 33}, 40, None),
        ({"relative": "times", "n": 3}, 40, 120),
        ({"relative": "part", "n": 4, "sign": -1}, 40, 30),
        ({"relative": "part", "n": 3, "sign": 1}, 40, None),
        ({"relative": "half"}, 7, None),
        ({"delta": 2}, None, None),
    ],
)
def test_an_amount_is_counted_against_its_base(value: Json, base: int | None, number: int | None) -> None:
    assert counted(value, base) == number


def test_taking_two_off_is_about_two() -> None:
    assert concerned({"delta": -2}) == 2
    assert concerned({"relative": "all"}) == {"relative": "all"}
