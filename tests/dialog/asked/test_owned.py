"""Questions about goods a customer has bought: from their own orders to the product, and from it to its parts, each step told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA, FANG, MAX = "C1/李伟", "C2/Dana Cole", "C3/王芳", "C4/Max Braun"


@pytest.mark.parametrize(
    ("who", "question", "order", "stated", "edge"),
    [
        (WEI, "我去年买的泵配什么密封", "#12352", "SK-40", "P-200.seal.SK-40"),
        (WEI, "what seal does the pump I bought last year need?", "#12352", "SK-40", "P-200.seal.SK-40"),
        (WEI, "pls tell me the right shaft seal for the pump we purchased from you in 2025", "#12352", "SK-40", "P-200.seal.SK-40"),
        (WEI, "我們去年買的泵要配什麼密封？", "#12352", "SK-40", "P-200.seal.SK-40"),
        (WEI, "上次买的泵用什么密封", "#12345", "SK-25", "P-100.seal.SK-25"),
        (WEI, "我们去年采购的那台泵，机封型号是多少", "#12352", "SK-40", "P-200.seal.SK-40"),
        (WEI, "SK-40能装在我去年买的泵上吗", "#12352", "可以", "P-200.seal.SK-40"),
        (WEI, "does SK-25 fit the pump we bought last year", "#12352", "not SK-25", "P-200.seal.SK-40"),
        (DANA, "which bearing goes with my pump?", "#12360", "BR-6205", "P-100.bearing.BR-6205"),
        (DANA, "what sensor fits the drive I ordered?", "#12365", "PS-20", "VFD-7.sensor.PS-20"),
        (MAX, "what seal does the pump in order 12380 take?", "#12380", "SK-40", "P-200.seal.SK-40"),
        (WEI, "12352那单的泵配什么密封", "#12352", "SK-40", "P-200.seal.SK-40"),
    ],
)
def test_from_an_own_order_to_the_part_each_step_told(chat: Open, who: str, question: str, order: str, stated: str, edge: str) -> None:
    view = chat(who).say(question)
    assert view["action"] == "reply"
    assert order in view["text"]
    assert stated in view["text"]
    assert edge in [citation["section"] for citation in view["citations"]]


def test_every_product_that_may_be_meant_is_told(chat: Open) -> None:
    text = chat(WEI).say("我买的泵配什么密封")["text"]
    assert text.index("P-100 适配的机械密封是 SK-25") > text.index("#12345")
    assert text.index("P-200 适配的机械密封是 SK-40") > text.index("#12352")


@pytest.mark.parametrize("question", ["我去年买的泵配什么密封", "what seal does the pump I bought last year need?"])
def test_who_bought_none_is_told_so_and_what_there_is(chat: Open, question: str) -> None:
    view = chat(FANG).say(question)
    assert view["action"] == "decline"
    assert "#12371" in view["text"]
    assert not any(sku in view["text"] for sku in ("SK-40", "P-200", "#12352"))


@pytest.mark.parametrize("question", ["what seal goes with the pump in order {}?", "{}这单的泵配什么密封"])
def test_a_foreign_order_is_like_a_missing_one(chat: Open, question: str) -> None:
    foreign, missing = (chat(WEI).say(question.format(number)) for number in ("12360", "12399"))
    assert foreign["text"].replace("12360", "N") == missing["text"].replace("12399", "N")
    assert "SK-25" not in foreign["text"]
    assert "access.denied" in foreign["events"]


@pytest.mark.parametrize(
    "question", ["C2去年买的泵配什么密封", "他们去年买的泵配什么密封", "what seal does the pump that Northwind bought need?", "我打算买的泵配什么密封"]
)
def test_what_others_bought_or_is_not_bought_yet_is_not_looked_up(chat: Open, question: str) -> None:
    assert "#12" not in chat(WEI).say(question)["text"]


@pytest.mark.parametrize(
    ("who", "question", "stated"),
    [
        (WEI, "我一月份买的泵还在保修期内吗", "2027年1月20日"),
        (WEI, "is the pump I bought in January still under warranty?", "20 Jan 2027"),
        (WEI, "is my P-200 still under warranty", "20 Jan 2027"),
        (DANA, "are the hoses you sold us still under warranty?", "27 May 2027"),
        (FANG, "我上个月收到的密封还在保修期吗", "2027年5月10日"),
    ],
)
def test_the_warranty_of_goods_is_that_of_the_order_they_came_with(chat: Open, who: str, question: str, stated: str) -> None:
    view = chat(who).say(question)
    assert stated in view["text"]
    assert view["citations"]


@pytest.mark.parametrize("question", ["which accessories fit what I ordered last?", "What accessories can I add to my pumps?"])
def test_accessories_of_what_was_bought_are_listed_from_the_catalogue(chat: Open, question: str) -> None:
    view = chat(DANA).say(question)
    assert "#12360" in view["text"]
    assert {"P-100.seal.SK-25", "P-100.drive.VFD-7", "P-100.hose.HB-10"} <= {citation["section"] for citation in view["citations"]}


@pytest.mark.parametrize(("question", "stated"), [("我去年买的泵有多重", "142 kg"), ("what is the weight of the pump I bought last year?", "142 kg")])
def test_figures_of_what_was_bought(chat: Open, question: str, stated: str) -> None:
    assert stated in chat(WEI).say(question)["text"]


@pytest.mark.parametrize("question", ["我之前买过什么泵", "which pumps did I buy from you?"])
def test_what_was_bought_is_itself_a_question(chat: Open, question: str) -> None:
    text = chat(WEI).say(question)["text"]
    assert "#12345" in text
    assert "#12352" in text


def test_a_change_of_an_order_is_none_of_it(chat: Open) -> None:
    assert chat(WEI).say("can I cancel the pump I ordered last?")["action"] == "confirm"
    assert "2026年6月10日" in chat(WEI).say("我上次订的泵什么时候到")["text"]


def test_a_cancelled_order_holds_nothing(chat: Open) -> None:
    c = chat(DANA)
    c.talk("Cancel 12360", "yes")
    assert "#12360" not in c.say("what seal does the pump I ordered need?")["text"].split("You have ordered")[0]
