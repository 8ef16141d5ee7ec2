"""What is asked of one order beside where it is: its total and its invoice; a wish, a fee or a unit price is neither."""

from __future__ import annotations

import pytest

from assistant.understanding.arriving import moving
from assistant.understanding.order_asked import asks_invoiced, asks_total


@pytest.mark.parametrize(
    "text",
    [
        "12370一共多少钱",
        "这单总价是多少",
        "12346的金额",
        "how much is 12360",
        "12366 total?",
        "what does order 12360 come to",
        "what's the order value of 12361",
        "price of 12366",
    ],
)
def test_the_total_is_asked(text: str) -> None:
    assert asks_total(text)


@pytest.mark.parametrize(
    "text",
    [
        "取消12360要多少钱手续费",
        "12360的运费多少钱",
        "单价多少钱",
        "12360能便宜多少钱",
        "how much is the cancellation of 12360",
        "what is the freight on 12360",
        "unit price please",
        "一共多少台",
    ],
)
def test_other_money_is_not_the_total(text: str) -> None:
    assert not asks_total(text)


@pytest.mark.parametrize(
    "text",
    [
        "12371的发票开了没",
        "发票出来了没",
        "12350开票了吗",
        "有没有开过票",
        "什么时候开的发票",
        "12361开票日期",
        "Has 12361 been invoiced yet?",
        "when was 12361 billed",
        "did you send the invoice for 12361?",
        "has the invoice been issued?",
        "is there an invoice for 12361",
    ],
)
def test_an_invoice_is_asked_after(text: str) -> None:
    assert asks_invoiced(text)


@pytest.mark.parametrize(
    "text",
    [
        "帮我开12371的发票",
        "发票能不能重开",
        "请给我开专票",
        "怎么开发票",
        "please invoice order 12361",
        "can you issue the invoice for 12361",
        "I need an invoice for 12361",
        "how do I get an invoice",
        "12371到哪了",
    ],
)
def test_a_wish_for_an_invoice_is_no_question_after_one(text: str) -> None:
    assert not asks_invoiced(text)


@pytest.mark.parametrize("text", ["is it on the way?", "has it shipped yet", "它发货了吗", "到哪了", "when is it coming"])
def test_what_moves(text: str) -> None:
    assert moving(text)


@pytest.mark.parametrize("text", ["is it in stock?", "它多重", "how loud is it", "what does it cost"])
def test_what_does_not_move(text: str) -> None:
    assert not moving(text)
