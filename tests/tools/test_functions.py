"""Sums over lines and tables of steps, as rules use them."""

from __future__ import annotations

import pytest

from assistant.tools.functions import by_step


@pytest.mark.parametrize(("number", "value"), [(0, 0), (9, 0), (10, 3), (49, 3), (50, 5), (1000, 5)])
def test_a_table_of_steps(number: int, value: int) -> None:
    assert by_step(number, [[10, 3], [50, 5]]) == value


def test_the_order_of_the_steps_does_not_matter() -> None:
    assert by_step(60, [[50, 5], [10, 3]]) == by_step(60, [[10, 3], [50, 5]]) == 5


def test_nothing_is_reached_in_an_empty_table() -> None:
    assert by_step(5, []) == 0
