"""A price asked with tax, freight or in another currency is not told as if it held them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA = "C1/李伟", "C2/Dana Cole"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("P-100含税多少钱", "不含运费和税"),
        ("P-100人民币价格", "美元"),
        ("P-100包安装多少钱", "没有找到"),
        ("price of P-100 including VAT", "do not include"),
        ("what does the P-100 cost with freight", "do not include"),
        ("price of the P-100 in euros", "US dollars"),
        ("price of the P-100 with installation", "found nothing"),
    ],
)
def test_what_a_price_is_to_hold_is_told_beside_it(chat: Open, text: str, said: str) -> None:
    view = chat(DANA if text.isascii() else WEI).say(text)
    assert "1,600" in view["text"]
    assert said in view["text"]


@pytest.mark.parametrize("text", ["P-100多少钱", "how much is the P-100"])
def test_a_plain_price_is_told_alone(chat: Open, text: str) -> None:
    view = chat(DANA if text.isascii() else WEI).say(text)
    assert "1,600" in view["text"]
    assert "运费" not in view["text"]
    assert "freight" not in view["text"]


@pytest.mark.parametrize("text", ["保修几年", "how long is the warranty"])
def test_what_all_goods_have_of_an_attribute_is_told_with_whose_it_is(chat: Open, text: str) -> None:
    view = chat(DANA if text.isascii() else WEI).say(text)
    assert "24" in view["text"]
    assert "12" in view["text"]
    assert "P-100" in view["text"]
    assert view["citations"]
