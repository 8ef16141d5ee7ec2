"""Prices, discounts and lists of goods as customers ask for them: the rule is told, the quote goes on, and only bargaining goes to people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA, FANG = "C1/李伟", "C2/Dana Cole", "C3/王芳"


@pytest.mark.parametrize("text", ["P-100 打没打折", "批量采购有没有折扣", "打折不？", "买50个打几折"])
def test_the_rule_for_discounts_is_told(text: str, chat: Open) -> None:
    view = chat(FANG).say(text)
    assert view["action"] == "reply"
    assert "5%" in view["text"]
    assert "8%" in view["text"]


@pytest.mark.parametrize("text", ["能不能便宜点", "给我打个八折", "P-100 打八折行不行"])
def test_bargaining_goes_to_sales(text: str, chat: Open) -> None:
    assert chat(FANG).say(text)["reason"] == "price_negotiation"


def test_a_discount_for_a_number_of_goods_is_quoted(chat: Open) -> None:
    assert "1,104.00" in chat(FANG).say("买100个BR-6205打几折")["text"]


def test_a_price_asked_beside_another_question_is_no_bargaining(chat: Open) -> None:
    view = chat(DANA).say("what does SK-25 fit, and can you ship me the price too")
    assert view["action"] == "reply"
    assert "P-100" in view["text"]
    assert "45.00" in view["text"]


def test_the_same_question_with_another_number(chat: Open) -> None:
    c = chat(DANA)
    assert "570.00" in c.say("how much is the BR-6205 at 50?")["text"]
    assert "588.00" in c.say("and at 49?")["text"]
    assert "612.00" not in c.say("and 2 more?")["text"]
    zh = chat(FANG)
    zh.say("PS-20 4个多少钱")
    assert "660.00" in zh.say("多两个呢")["text"]
    assert "880.00" in zh.say("再多两个呢")["text"]


def test_the_rule_for_discounts_with_another_number(chat: Open) -> None:
    c = chat(FANG)
    c.say("买50个有折扣吗")
    view = c.say("49个呢")
    assert view["action"] == "reply"
    assert "50 件" in view["text"]


@pytest.mark.parametrize("text", ["5 each of P-100 and P-200, and 20 BR-6205", "P-100和P-200各5台，再来20个BR-6205"])
def test_a_bare_list_of_goods_is_quoted_and_changes_nothing(text: str, chat: Open) -> None:
    view = chat(DANA).say(text)
    assert view["action"] == "reply"
    assert "22,740.00" in view["text"]


def test_goods_of_an_order_that_is_spoken_of_are_no_quote(chat: Open) -> None:
    assert chat(DANA).say("return 5 SK-25")["procedure"]["name"] == "return_goods"


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        ("anything cheaper than the P-100", ("540.00", "12.00"), ("2,900",)),
        ("do you have a pump cheaper than the P-200", ("1,600.00",), ("540.00",)),
        ("有没有比VFD-7贵的", ("1,600.00", "2,900.00"), ("110.00",)),
        ("anything under $50", ("45.00", "30.00", "12.00"), ("60.00",)),
        ("a pump with more head than the P-100", ("50 m",), ()),
        ("VFD-7和P-100哪个贵", ("P-100",), ()),
    ],
)
def test_goods_are_compared_from_the_catalogue(text: str, has: tuple[str, ...], lacks: tuple[str, ...], chat: Open) -> None:
    view = chat(DANA).say(text)
    assert view["action"] == "reply"
    assert view["citations"]
    assert all(figure in view["text"] for figure in has)
    assert not any(figure in view["text"] for figure in lacks)
