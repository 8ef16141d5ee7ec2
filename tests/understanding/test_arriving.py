"""Goods that have not come, against other things that have not, and questions for all orders."""

from __future__ import annotations

import pytest

from assistant.understanding.arriving import asks_for_orders, not_arrived


@pytest.mark.parametrize(
    "text",
    [
        "it still hasn't come",
        "tracking hasn't moved for days",
        "the parcel is stuck",
        "the drives should have been here by now",
        "any idea why my parcel is not here",
        "no movement on the tracking of 12365",
        "货还没到",
        "变频器怎么还没到",
        "快递一直不动",
        "运单号没有更新",
        "迟迟没收到变频器",
        "貨還沒到",
    ],
)
def test_goods_that_have_not_come(text: str) -> None:
    assert not_arrived(text)


@pytest.mark.parametrize(
    "text",
    [
        "I still have not received the invoice",
        "nobody has come to repair the pump yet",
        "I didn't get what you mean",
        "the goods arrived yesterday",
        "when will it arrive?",
        "发票还没收到",
        "退款还没到账",
        "货收到了",
        "什么时候到",
        "没到6月",
    ],
)
def test_what_is_no_missing_parcel(text: str) -> None:
    assert not not_arrived(text)


@pytest.mark.parametrize(
    ("text", "all_of_them"),
    [
        ("which orders do I have open?", True),
        ("list my orders", True),
        ("do I have any other orders?", True),
        ("我还有哪些单没交", True),
        ("把我的单都列出来", True),
        ("where is my order?", False),
        ("what is in order 12365?", False),
        ("12345哪天发", False),
        ("我那单呢", False),
        ("单价多少", False),
    ],
)
def test_questions_for_all_orders(text: str, all_of_them: bool) -> None:
    assert asks_for_orders(text) is all_of_them
