"""Goods that a text names are asked for on the shelf in many words; orders, parts and terms are not."""

from __future__ import annotations

import pytest

from assistant.understanding.stocking import asks_stock, asks_supply


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("how many sp-9 do you have", "sp-9"),
        ("how many moisture meters do you have left", "moisture meters"),
        ("how many bags of wheat are left", "wheat"),
        ("any peas left", "peas"),
        ("got any potash left?", "potash"),
        ("is there any cn-52 left?", "cn-52"),
        ("how much urea have you got", "urea"),
        ("is the armchair still available", "armchair"),
        ("CN-52还有多少", "CN-52"),
        ("小麦种子还剩多少袋", "小麦"),
        ("四季櫃仲有幾多", "四季櫃"),
        ("轴承还剩几个", "轴承"),
        ("还有多少豌豆", "豌豆"),
        ("你们有多少袋小麦", "小麦"),
        ("中号课桌还有没有", "中号课桌"),
        ("讲台还有货吗", "讲台"),
        ("CN-45有冇貨", "CN-45"),
    ],
)
def test_the_shelf_is_asked_for(text: str, goods: str) -> None:
    assert asks_stock(text, [goods])


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("how many machines did i order", "machines"),
        ("how many blades does the sp-9 have", "sp-9"),
        ("how many canola do i have on order", "canola"),
        ("how many P-100 are in my order", "P-100"),
        ("how many bearings does the P-100 have", "P-100"),
        ("how much are P-100", "P-100"),
        ("how many P-200 were delivered", "P-200"),
        ("P-100还有多少天到", "P-100"),
        ("P-100质保还剩多少个月", "P-100"),
        ("我订了多少张课桌", "课桌"),
        ("P-100还有几折", "P-100"),
        ("P-100还有什么颜色", "P-100"),
        ("P-100有几个轴承", "P-100"),
        ("any news", "P-100"),
    ],
)
def test_orders_parts_and_terms_are_not_the_shelf(text: str, goods: str) -> None:
    assert not asks_stock(text, [goods])


def test_pieces_that_can_be_had() -> None:
    assert asks_supply("can i get 40 this week", [])
    assert asks_supply("could you supply P-100", ["P-100"])
    assert not asks_supply("can i get an invoice", [])
