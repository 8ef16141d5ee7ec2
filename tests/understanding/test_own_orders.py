"""What is asked of orders as a whole, and whose they are."""

from __future__ import annotations

import pytest

from assistant.understanding.own_orders import asks_bought, asks_paid, denied, not_shipped_asked, whose

OWN = ("C2", "Northwind Fabrication", "Dana Cole")


@pytest.mark.parametrize(
    "text",
    [
        "我付了多少",
        "12345我付了多少钱",
        "我们在轴承上一共花了多少钱",
        "how much did I pay",
        "what did we spend on bearings?",
        "What did the hoses cost us?",
        "how much was I charged",
    ],
)
def test_what_was_paid(text: str) -> None:
    assert asks_paid(text)


@pytest.mark.parametrize(
    "text",
    [
        "P-100多少钱",
        "付了多少运费",
        "运费要付多少",
        "how much do I pay for shipping",
        "what do we pay for 60 bearings?",
        "how much does it cost",
        "how much did you pay",
    ],
)
def test_what_something_costs_was_not_paid(text: str) -> None:
    assert not asks_paid(text)


@pytest.mark.parametrize(
    "text",
    [
        "我们买过哪些货",
        "我们都买了什么",
        "购买记录发我看看",
        "what have we bought from you",
        "what did we order so far",
        "show me everything we ever ordered",
        "our order history",
    ],
)
def test_what_was_bought(text: str) -> None:
    assert asks_bought(text)


@pytest.mark.parametrize("text", ["我想买什么泵", "你们卖什么", "what should we buy", "what do you sell", "what did you order", "which pump did we get it for"])
def test_what_is_for_sale_was_not_bought(text: str) -> None:
    assert not asks_bought(text)


@pytest.mark.parametrize(
    "text",
    [
        "What did C1 order?",
        "what did c1 order",
        "show me Li Wei's orders",
        "Does Atlas have orders with you?",
        "What did Siemens buy from you?",
        "what did your other customers order?",
        "orders of Max Braun",
        "C1的订单有哪些",
        "华峰买了什么",
        "西门子订了多少台",
        "李伟的订单",
        "别的客户都买什么泵",
    ],
)
def test_another_customer_is_named(text: str) -> None:
    assert whose(text, OWN)


@pytest.mark.parametrize(
    "text",
    [
        "What did we order?",
        "what did my colleague order",
        "Dana's orders",
        "what did Northwind order",
        "show me the P-100's orders",
        "do you take orders from Germany?",
        "Monday's delivery?",
        "我的订单",
        "我们买了什么",
        "最近的订单",
        "未发货的订单",
        "苏州的订单到哪了",
        "轴承的订单",
        "上次买了什么",
    ],
)
def test_one_s_own_orders_are_nobody_else_s(text: str) -> None:
    assert not whose(text, OWN)


@pytest.mark.parametrize("text", ["哪些单还没发货", "没发的有哪几单", "待发货的订单", "which orders have not shipped yet", "unshipped orders"])
def test_what_has_not_left(text: str) -> None:
    assert not_shipped_asked(text)


@pytest.mark.parametrize("text", ["发货了吗", "没发票", "which orders have shipped", "哪些已发货"])
def test_what_has_left(text: str) -> None:
    assert not not_shipped_asked(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [("which are not confirmed yet", "confirmed"), ("what hasn't been delivered", "delivered"), ("which arent shipped", "shipped"), ("哪些还没送达", "送达")],
)
def test_a_state_that_is_denied(text: str, word: str) -> None:
    assert denied(text, word)


@pytest.mark.parametrize(
    ("text", "word"), [("which are confirmed", "confirmed"), ("哪些已送达", "送达"), ("I did not ask for more, show the delivered ones", "delivered")]
)
def test_a_state_that_is_asked_for(text: str, word: str) -> None:
    assert not denied(text, word)


@pytest.mark.parametrize("text", ["which of my orders havent shipped yet", "what hasn't been sent", "哪些单没发货", "which are unshipped"])
def test_what_has_not_left_whatever_the_apostrophe(text: str) -> None:
    assert not_shipped_asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "orders of {en}",
        "show me orders from {en}",
        "orders for {en}",
        "what did {en} order",
        "{en}也下单了吗",
        "{zh}的订单",
        "{zh}的单子到哪了",
        "{zh}买了什么",
    ],
)
def test_a_customer_is_not_told_from_somebody_who_is_none(text: str) -> None:
    """Max Braun and 李伟 are customers of the demo company, the others are nobody."""
    known, nobody = text.format(en="Max Braun", zh="李伟"), text.format(en="Tom Miller", zh="王伟")
    assert bool(whose(known, OWN)) == bool(whose(nobody, OWN)) is True


@pytest.mark.parametrize("text", ["轴承的订单", "高压泵的订单到哪了", "orders of BR-6205", "what did we order", "Dana Cole的订单"])
def test_goods_and_oneself_are_nobody_else(text: str) -> None:
    assert not whose(text, OWN)
