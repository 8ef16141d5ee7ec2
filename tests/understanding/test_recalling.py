"""Questions that a preview answers by itself, and those that it does not."""

from __future__ import annotations

import pytest

from assistant.understanding.recalling import recalled, states

CANCEL = (
    "Cancel order #12360 (6 × P-100 centrifugal pump, due 2026-06-18): it is in production, so the fee is US$960.00 (10% of US$9,600.00). Shall I cancel it?"
)
DATE = "订单 #12345（10 台 P-100 离心泵）：交货日期 2026-06-10 改为 2026-06-17（周三），不收费。确认修改吗？"


@pytest.mark.parametrize(
    ("text", "shown", "kind"),
    [
        ("how much is the fee exactly?", CANCEL, "cost"),
        ("what was the fee again?", CANCEL, "cost"),
        ("sorry which order", CANCEL, "order"),
        ("how many pumps is that?", CANCEL, "quantity"),
        ("and the due date?", CANCEL, "date"),
        ("what percentage is that?", CANCEL, "cost"),
        ("改到哪天来着", DATE, "date"),
        ("那天星期几", DATE, "date"),
        ("要加钱吗", DATE, "cost"),
        ("几台来着", DATE, "quantity"),
        ("現在是幾號", DATE, "date"),
    ],
)
def test_what_is_asked_again(text: str, shown: str, kind: str) -> None:
    assert recalled(text, shown) == {kind}
    assert states(kind, shown, text)


@pytest.mark.parametrize(
    "text",
    [
        "how much is the P-200?",
        "how much was 12361?",
        "when do I get my money back?",
        "how long does a refund take?",
        "is the fee negotiable?",
        "can you lower the fee?",
        "why is there a fee?",
        "does the P-100 need oil?",
        "can it be free?",
        "who pays the freight?",
        "yes",
        "ok do it",
        "what about June 15?",
        "什么时候退钱",
        "费用能免吗",
        "能便宜点吗",
        "为什么要收费",
        "运费谁出",
        "改到6月20号",
        "好的",
    ],
)
def test_what_is_asked_besides(text: str) -> None:
    assert not recalled(text, CANCEL) or any(char.isdigit() for char in text)
    assert not recalled(text, DATE)


def test_a_preview_without_the_value_does_not_state_it() -> None:
    assert not states("address", DATE, "which address was that?")
    assert states("date", "date and price stay the same", "will the date change?")
    assert not states("date", "date and price stay the same", "which date was that?")


@pytest.mark.parametrize(
    "text",
    [
        "确认什么?",
        "确认啥",
        "这价格没错吧",
        "金额对吗",
        "对吗",
        "confirm what?",
        "what am I confirming",
        "what exactly am I agreeing to?",
        "is that price right?",
        "is that correct?",
    ],
)
def test_what_a_yes_would_be_given_to_is_asked_again(text: str) -> None:
    assert recalled(text, "Order #12366: BR-6205 bearing 40 to 60 pieces; the order amount goes from US$480.00 to US$684.00. Shall I make this change?")


@pytest.mark.parametrize(
    "text", ["can I get a better price?", "is that your best price", "no, not that price", "确认一下能不能便宜", "right, do it", "对,改吧"]
)
def test_a_wish_or_a_yes_is_no_such_question(text: str) -> None:
    assert not recalled(text, "Order #12366: BR-6205 bearing 40 to 60 pieces; the order amount goes from US$480.00 to US$684.00. Shall I make this change?")
