"""Orders named by the end of their number: only the customer's own, and asked about when several end so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from assistant.dialog.values.short import ending
from assistant.types import Line, Order

Open = Callable[[str], Any]
NUMBERS = ("SO-2026-0042", "SO-2026-0050", "SO-2025-0050", "KP-31042")


def order(number: str) -> Order:
    return Order(
        number=number, company="C", status="confirmed", lines=(Line("P", 1, 1),), due=date(2026, 6, 1), placed=date(2026, 5, 1), ship_to="x", amount=1,
        currency="USD", version=1, delivered=datetime(2026, 5, 2, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("0042", ["SO-2026-0042"]),
        ("42", ["SO-2026-0042"]),
        ("0050", ["SO-2026-0050", "SO-2025-0050"]),
        ("042", ["SO-2026-0042"]),
        ("1042", ["KP-31042"]),
        ("31042", ["KP-31042"]),
        ("2", []),
        ("9042", []),
    ],
)
def test_which_orders_end_so(said: str, found: list[str]) -> None:
    assert ending(said, [order(number) for number in NUMBERS]) == found


@pytest.mark.parametrize(("who", "says", "number"), [("C1/李伟", "订单345什么状态", "12345"), ("C2/Dana Cole", "cancel #360", "12360")])
def test_an_own_order_is_found_by_its_end(chat: Open, who: str, says: str, number: str) -> None:
    (view,) = chat(who).talk(says)
    assert number in view["text"]


def test_nobody_elses_order_is_found_by_its_end(chat: Open) -> None:
    (view,) = chat("C2/Dana Cole").talk("order no. 345 status?")
    assert "12345" not in view["text"]


def test_a_quantity_is_no_order(chat: Open) -> None:
    (view,) = chat("C1/李伟").talk("我要订50台P-100多少钱")
    assert "没有找到" not in view["text"]
