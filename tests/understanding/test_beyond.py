"""Questions for goods on one side of a product or of a sum of money."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from assistant.understanding.beyond import beyond_price, beyond_product


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("anything cheaper than the M-40", True),
        ("do you have a mower lighter than the M-40", True),
        ("which mower is quieter than the M-40", True),
        ("有没有比M-40便宜的", True),
        ("比M-40轻的割草机有吗", True),
        ("什么比M-40贵", True),
        ("is the M-40 cheaper than that", False),
        ("how much is the M-40", False),
        ("M-40比那个贵吗", False),
    ],
)
def test_others_are_asked_for_against_one_product(text: str, asked: bool) -> None:
    place = re.search("M-40", text)
    assert place is not None
    assert beyond_product(text, *place.span()) is asked


@pytest.mark.parametrize(
    ("text", "amount", "sense"),
    [
        ("anything under $50", 50, -1),
        ("which parts cost less than 100 usd", 100, -1),
        ("what do you have over $1,000", 1000, 1),
        ("有没有50美元以下的", 50, -1),
        ("不到50元的产品有哪些", 50, -1),
        ("1000美元以上的有哪些", 1000, 1),
    ],
)
def test_a_sum_bounds_what_is_asked_for(text: str, amount: int, sense: int) -> None:
    found = beyond_price(text)
    assert found is not None
    assert (found.amount, found.sense) == (Decimal(amount), sense)


@pytest.mark.parametrize("text", ["give it to me for under $50", "i'll pay up to $50", "12345多少钱", "is it under warranty", "50美元卖不卖"])
def test_bargaining_and_other_numbers_are_no_such_question(text: str) -> None:
    assert beyond_price(text) is None


def test_a_price_in_another_currency_is_not_compared() -> None:
    dollars, yuan = beyond_price("有没有50美元以下的"), beyond_price("有没有50元以下的")
    assert dollars is not None
    assert yuan is not None
    assert dollars.is_in("US$45.00 / 套")
    assert not yuan.is_in("US$45.00 / 套")
