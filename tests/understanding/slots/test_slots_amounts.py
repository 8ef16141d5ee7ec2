"""Quantities: absolute, relative and changed, what counts no goods, and items beside their products."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SHOP = runpy.run_path(str(Path(__file__).with_name("slots_shop.py")))
values, slots = SHOP["values"], SHOP["slots"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 filters", 3), ("20 pcs", 20), ("两打", 24), ("a dozen", 12), ("半打", 6), ("俩", 2), ("改为 12", 12), ("make it 15", 15), ("cut it down to 5", 5),
        ("从10台改成8台", 8),
        ("from 10 to 8 units", 8), ("10 → 8", 8), ("10台变8台", 8), ("one hundred and twenty filters", 120), ("數量改成二十五個", 25), ("三台压弯了", 3),
        ("一千个滤网什么价", 1000),
        ("5个，不对，6个", 6), ("quantity twenty five", 25), ("1k pcs", 1000), ("1,000 pcs", 1000), ("4台里2台坏了", 2), ("4 of the 20 filters", 4),
        ("both brewers leak", 2),
        ("多买了6个滤网", 6), ("少发了2个", 2), ("原来定12台，现在要15台", 15), ("应该是20不是200", 20), ("make 40017 60 instead of 40", 60),
        ("three cracked lids", 3), ("x2", 2), ("only a single KX-300", 1), ("40017只留5台", 5),
    ],
)  # fmt: skip
def test_absolute_quantities(text: str, value: int) -> None:
    assert values(text, "quantity") == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Add another 5 on top", {"delta": 5}), ("please add 3 to the order", {"delta": 3}), ("少发20个就好", {"delta": -20}), ("少装3个可以吗", {"delta": -3}),
        ("加10个", {"delta": 10}), ("再加五台", {"delta": 5}), ("多要10台KX-300", {"delta": 10}), ("add ten more", {"delta": 10}), ("少5台", {"delta": -5}),
        ("reduce by two", {"delta": -2}),
        ("2 fewer", {"delta": -2}), ("take one brewer off #40017", {"delta": -1}), ("200个里头减20个", {"delta": -20}),
        ("一半", {"relative": "half"}), ("half of them", {"relative": "half"}), ("减一半", {"relative": "half"}), ("全部退", {"relative": "all"}),
        ("all of them", {"relative": "all"}),
        ("the whole lot goes back", {"relative": "all"}), ("everything except 2", {"relative": "all_but", "n": 2}),
        ("除了一个都退", {"relative": "all_but", "n": 1}),
        ("keep 2 and return the rest", {"relative": "all_but", "n": 2}), ("翻倍", {"relative": "double"}), ("send back everything", {"relative": "all"}),
        ("退30%", {"relative": "percent", "n": 30}),
        ("减少20%", {"relative": "percent", "n": 80}), ("increase by 10%", {"relative": "percent", "n": 110}),
    ],
)  # fmt: skip
def test_relative_quantities(text: str, value: object) -> None:
    assert values(text, "quantity") == [value]


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("10-12个", {"range": [10, 12]}, "range"),
        ("2~3台", {"range": [2, 3]}, "range"),
        ("十来个", {"about": 10}, "ambiguous"),
        ("20多台", {"about": 20}, "ambiguous"),
    ],
)
def test_vague_quantities_are_not_numbers(text: str, value: object, note: str) -> None:
    found = [slot for slot in slots(text) if slot.name == "quantity"]
    assert [(slot.value, slot.note) for slot in found] == [(value, note)]


@pytest.mark.parametrize(
    "text",
    [
        "6月15日", "扬程50米可以吗", "flow 50 m3/h", "1.6 MPa够不够", "budget of $16,000", "打九折可以吗", "10% discount?", "两个问题", "one more question",
        "我们俩", "给我一个报价",
        "40017", "half the day gone", "你们几个人", "3/4 inch fitting", "改一下40017", "多少钱一个", "降5个点行不行", "扮演一个海盗", "重开一张",
        "照片我拍了六张", "evening all",
        "I have to explain everything again", "苏州二车间", "40017和40018都取消", "all good thanks",
        "two of my colleagues will be on site", "three of our technicians will unload", "two of us will be there",
        "我们有三条产线停了", "车间有两条线在等", "两个班组都在等",
    ],
)  # fmt: skip
def test_what_counts_no_goods(text: str) -> None:
    assert values(text, "quantity") == []


def test_a_bare_number_counts_when_a_quantity_is_asked_for() -> None:
    for text, value in {"5": 5, "五": 5, "5吧": 5, "I think 5": 5, "12000": 12000, "twenty five": 25, "-3": {"unusable": "-3"}, "+2": {"delta": 2}}.items():
        assert values(text, "quantity", expecting="quantity") == [value], text
    assert values("5", "quantity") == []
    assert values("改到15", "quantity", expecting="date") == []
    assert values("#40017", "quantity", expecting="quantity") == []


def test_a_number_beside_its_product_is_an_item() -> None:
    assert values("4个GR-12", "item") == [{"sku": "GR-12", "quantity": 4}]
    assert values("KX-300 10台, GR-12 5台", "item") == [{"sku": "KX-300", "quantity": 10}, {"sku": "GR-12", "quantity": 5}]
    assert values("10x KX-300 and 5 GR-12", "item") == [{"sku": "KX-300", "quantity": 10}, {"sku": "GR-12", "quantity": 5}]
    assert values("KX-300, 还有5个问题", "item") == []


def test_the_goods_to_get_in_an_exchange_are_no_item_of_the_order() -> None:
    assert values("把4台KX-300换成KX-500", "item") == [{"sku": "KX-300", "quantity": 4}]
    assert values("换成4台KX-500", "item") == []
