"""Orders and choices that are pointed at: ordinals, the last one, what an order holds, that one, all of them."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SHOP = runpy.run_path(str(Path(__file__).with_name("slots_shop.py")))
values = SHOP["values"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my last brewer order", {"family": "machine", "last": True}),
        ("我上次买的磨豆机", {"family": "grinder", "last": True}),
        ("上个月买的滤网漏水", {"family": "filter", "last": True}),
        ("the filter order", {"family": "filter"}),
        ("那批滤网", {"family": "filter"}),
        ("磨豆机那单", {"family": "grinder"}),
        ("KX-500那单到哪了", {"sku": "KX-500"}),
        ("the order with the grinders", {"family": "grinder"}),
        ("my last order", {"last": True}),
        ("我最近的订单", {"last": True}),
        ("all my orders", {"all": True}),
        ("取消所有订单", {"all": True}),
        ("cancel all my orders except 40017", {"all": True, "except": ["40017"]}),
        ("除了40017,其他订单都取消", {"all": True, "except": ["40017"]}),
        ("那单", {"same": True}),
        ("这个订单", {"same": True}),
        ("that order", {"same": True}),
        ("cancel it", {"same": True}),
    ],
)
def test_what_points_at_an_order(text: str, value: object) -> None:
    assert values(text, "order_ref") == [value]


def test_a_spared_order_is_not_the_one_meant() -> None:
    assert values("cancel all my orders except 40017", "order") == []


@pytest.mark.parametrize("text", ["40017那单", "where is 40017, is it late?", "the coffee machine leaks", "一点小建议，快递箱外面贴上订单号"])
def test_no_pointer_where_a_number_says_it_or_nothing_points(text: str) -> None:
    assert values(text, "order_ref") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A", 1), ("B.", 2), ("选B", 2), ("option 2", 2), ("选2", 2), ("第二个", 2), ("選第二個", 2), ("the second one", 2), ("the former", 1), ("后者", -1),
        ("最后一个", -1),
        ("the last one", -1), ("the cheaper one", "cheaper"), ("便宜的那个", "cheaper"), ("最贵的", "dearer"), ("前面那个", 1), ("(b)", 2), ("number one", 1),
        ("倒数第一个", -1), ("I'd rather take the second", 2), ("we'll go with the third please", 3), ("I'd go for the first", 1), 
        ("the second sounds good", 2),
        ("variant B please", 2), ("plan A, if nobody minds", 1), ("whichever costs less", "cheaper"), ("the one that's cheaper", "cheaper"),
        ("头一个吧", 1), ("最上面那个", 1), ("末了那个", -1), ("最后面那款", -1), ("乙方案", 2), ("就方案丙吧", 3), ("哪款实惠就选哪款", "cheaper"),
        ("价格低一点的那个", "cheaper"), ("要价钱低些的那款", "cheaper"),
    ],
)  # fmt: skip
def test_choices(text: str, value: object) -> None:
    assert values(text, "option") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "能便宜点吗",
        "that's too expensive",
        "第一次用",
        "第二天送",
        "6月的第一个工作日",
        "first, cancel 40017",
        "one second",
        "A machine is leaking",
        "plan B",
        "we have a plan B",
        "which one is cheaper?",
        "哪个便宜",
        "头一个工作日",
        "first, I need the price",
    ],
)
def test_no_choices(text: str) -> None:
    assert values(text, "option") == []


def test_bare_numbers_choose_only_among_what_was_offered() -> None:
    assert values("2", "option", options=3) == [2]
    assert values("5", "option", options=3) == []
    assert values("2", "option") == []
    assert values("2", "option", options=3, expecting="quantity") == []
    assert values("中间那个", "option", options=3) == [2]


def test_a_choice_of_orders_is_an_ordinal() -> None:
    assert values("the second one", "order_ref", options=3) == [{"ordinal": 2}]
    assert values("最后一单", "order_ref", options=3) == [{"ordinal": -1}]
    assert values("最后一单", "order_ref") == [{"last": True}]
