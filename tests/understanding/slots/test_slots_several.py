"""Several numbers of pieces in one message: steps one after another, ranges, and the same step once more; and orders named by the end of their number."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SHOP = runpy.run_path(str(Path(__file__).with_name("slots_shop.py")))
values = SHOP["values"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40017 改成8台，再减2台", [8, {"delta": -2}]),
        ("40017加2台，再加3台", [{"delta": 2}, {"delta": 3}]),
        ("40017加2台，再加2台", [{"delta": 2}, {"delta": 2}]),
        ("40017: make it 38 then take off another 2", [38, {"delta": -2}]),
        ("40017: reduce to 36 and then drop another one", [36, {"delta": -1}]),
        ("40017: take off another 2", [{"delta": -2}]),
        ("put it back to 40", [40]),
        ("how much is it at 50?", [50]),
        ("10-12 pieces", [{"range": [10, 12]}]),
    ],
)
def test_each_step_is_read(text: str, expected: list[object]) -> None:
    assert values(text, "quantity") == expected


@pytest.mark.parametrize(
    "text", ["cancel order 999", "where is order 999", "order 999", "return order 999 please", "取消999号订单", "999那单到哪了", "订单999"]
)
def test_a_short_number_of_an_order_is_no_quantity(text: str) -> None:
    assert values(text, "order") == ["999"]
    assert values(text, "quantity") == []


@pytest.mark.parametrize(
    "text", ["i want to order 345", "can you order 345 of them", "order 345 pieces", "we placed 3 orders", "我们下了120单", "我有120个订单", "15号订单"]
)
def test_a_number_of_pieces_or_orders_or_a_day_is_no_order(text: str) -> None:
    assert values(text, "order") == []
