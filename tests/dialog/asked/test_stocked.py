"""Stock is told as the order system counts it, without a procedure; what is not counted is left to the documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]


@pytest.mark.parametrize(
    ("who", "says", "told"),
    [
        ("C1/李伟", "P-100有现货吗", ["库存是 1000"]),
        ("C1/李伟", "SK-25要2000个有货吗", ["1000", "不够 2000"]),
        ("C2/Dana Cole", "Do you have 40 P-200 in stock?", ["1000 of", "enough for 40"]),
        ("C2/Dana Cole", "do you have 1500 BR-6205 in stock?", ["fewer than 1500"]),
        ("C2/Dana Cole", "how many P-200 do you have", ["1000 of", "P-200"]),
        ("C2/Dana Cole", "any bearings left?", ["1000 of", "BR-6205"]),
        ("C1/李伟", "轴承还剩多少个", ["BR-6205", "库存是 1000"]),
        ("C1/李伟", "P-200还有多少", ["P-200", "库存是 1000"]),
    ],
)
def test_the_count_is_told(chat: Open, who: str, says: str, told: list[str]) -> None:
    (view,) = chat(who).talk(says)
    assert all(part in view["text"] for part in told), view["text"]
    assert [tool["name"] for tool in view["tools"]] == ["check_stock"]
    assert view["events"] == []


@pytest.mark.parametrize("says", ["do you have P-200 seals in stock", "is the seal for the P-200 in stock", "P-200的密封有货吗"])
def test_a_part_is_counted_and_not_what_it_is_for(chat: Open, says: str) -> None:
    (view,) = chat("C2/Dana Cole" if says.isascii() else "C1/李伟").talk(says)
    assert "SK-40" in view["text"]
    assert "P-200 centrifugal" not in view["text"]
    assert "离心泵" not in view["text"]


def test_each_product_of_a_family_is_counted(chat: Open) -> None:
    (view,) = chat("C2/Dana Cole").talk("how many pumps are left")
    assert "P-100" in view["text"]
    assert "P-200" in view["text"]


@pytest.mark.parametrize("says", ["how many pumps did i order", "how many bearings does the P-100 have", "我订了多少台P-100"])
def test_orders_and_parts_are_not_counted_on_the_shelf(chat: Open, says: str) -> None:
    (view,) = chat("C2/Dana Cole" if says.isascii() else "C1/李伟").talk(says)
    assert "1000" not in view["text"]


def test_it_means_the_product_just_talked_about(chat: Open) -> None:
    _, view = chat("C2/Dana Cole").talk("What is the head of the P-200?", "is it in stock?")
    assert "P-200" in view["text"]
    assert "1000" in view["text"]


def test_what_is_cut_to_order_is_not_counted(chat: Open) -> None:
    (view,) = chat("C2/Dana Cole").talk("is the HB-10 in stock?")
    assert "cut to order" in view["text"]
    assert view["citations"]


def test_parts_in_general_are_no_product(chat: Open) -> None:
    _, view = chat("C2/Dana Cole").talk("What does the SK-25 cost?", "do you keep spare parts in stock?")
    assert "SK-25 mechanical seal kit are in stock" not in view["text"]
