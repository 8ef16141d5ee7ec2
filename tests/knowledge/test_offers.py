"""What asks for goods, for a discount, or says that somebody wants to buy, by grammar alone: both languages, invented goods."""

from __future__ import annotations

import pytest

from assistant.knowledge.offers import asks_discount, offer_asked, wants_to_buy


@pytest.mark.parametrize(
    ("text", "thing", "sold"),
    [
        ("Do you sell garden chairs?", "garden chairs", True),
        ("do you carry any rakes", "rakes", True),
        ("Can I get a wheelbarrow from you?", "wheelbarrow", True),
        ("looking for chain saws, do you offer those?", "chain saws", True),
        ("any chance you stock watering cans?", "watering cans", True),
        ("Hi, could you tell me whether you sell fences?", "fences", True),
        ("are ladders something you sell?", "ladders", True),
        ("which hoses do you stock", "hoses", True),
        ("Do you have any ladders?", "ladders", False),
        ("What do you sell?", "", True),
        ("what's in your range", "", True),
        ("你们卖花盆吗", "花盆", True),
        ("有没有铁锹卖？", "铁锹", True),
        ("做不做篱笆", "篱笆", True),
        ("有割灌机卖吗", "割灌机", True),
        ("肥料你们卖不卖", "肥料", True),
        ("有没有卖铁锹的", "铁锹", True),
        ("请问贵司有水壶吗", "水壶", False),
        ("你们都卖些什么东西", "", True),
        ("贵司经营哪些产品", "", True),
    ],
)
def test_a_question_for_goods_names_what_is_asked_for(text: str, thing: str, sold: bool) -> None:
    found = offer_asked(text)
    assert found is not None
    assert (found.thing, found.sold) == (thing, sold)


@pytest.mark.parametrize(
    "text",
    [
        "do you have a warranty",
        "Do you have it in stock?",
        "do you offer training",
        "do you test each mower and do you keep the paperwork",
        "how heavy is the M-40",
        "你们有保修吗",
        "你们有现货吗",
        "M-40 多重",
        "能开发票吗",
    ],
)
def test_terms_services_and_stock_are_no_goods(text: str) -> None:
    assert offer_asked(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to buy 20 more M-40",
        "we want to order 10 mowers",
        "please put me down for two M-52",
        "how do I place an order",
        "can I order 60 blades here?",
        "we'll take 5",
        "我要订10台M-40",
        "想买20套刀片",
        "再来60个刀片，怎么下单",
        "给我下个单，M-52两台",
        "能在这里直接下单吗",
        "我們打算採購一批割草機",
    ],
)
def test_a_wish_to_buy(text: str) -> None:
    assert wants_to_buy(text)


@pytest.mark.parametrize(
    "text",
    [
        "I ordered 10 mowers last week",
        "cancel order 12366",
        "I want to change my order",
        "reduce order 12366 to 30",
        "can you rush an order",
        "can one order be split into two deliveries",
        "我订的10台改成5台",
        "订单12366再买10个",
        "把12345加到20台",
        "我买的割草机坏了",
        "采购换人了，联系人怎么改",
        "买M-40送不送刀片",
    ],
)
def test_a_change_of_an_order_or_another_question_is_no_wish_to_buy(text: str) -> None:
    assert not wants_to_buy(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("what discount at 60?", True),
        ("how much cheaper is it if I take 100", True),
        ("do we get anything off for 40 kits", True),
        ("买100个便宜多少", True),
        ("订49台有没有优惠", True),
        ("多少件开始有折扣", True),
        ("can you give us a better price for 100", False),
        ("which is cheaper, M-40 or M-52", False),
        ("能不能再便宜点，我买100台", False),
        ("给我们打个9折", False),
        ("买60个轴承打几折", True),
        ("do i get 5% off for 60 bearings?", True),
        ("can you do 15% off if i take 500", False),
        ("if i order 20 pumps can i get 12% discount", False),
        ("我买300个能不能便宜20%", False),
        ("能不能打八折", False),
    ],
)
def test_a_question_for_the_discount_is_no_bargaining(text: str, asked: bool) -> None:
    assert asks_discount(text) is asked
