"""Language and script of messages, and conversions that keep every position."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.script import detect_language, is_contentless, to_simplified, to_traditional
from assistant.types import Language

CONTENTLESS = [
    "12345",
    "#12345",
    "ok",
    "OK!",
    "👍",
    "P-100",
    "BR-6205 20 pcs",
    "2026-06-10",
    "6/15",
    "",
    "?!",
    "91320500123456789X",
    "a@b.com",
    "hi",
    "138 0000 0000",
]


@pytest.mark.parametrize("text", CONTENTLESS)
@pytest.mark.parametrize("sticky", ["zh-Hans", "zh-Hant", "en"])
def test_contentless_messages_keep_the_language(text: str, sticky: Language) -> None:
    assert is_contentless(text)
    assert detect_language(text, sticky=sticky) == sticky


@pytest.mark.parametrize(
    ("text", "sticky", "language"),
    [
        ("P-100扬程多少", "en", "zh-Hans"),
        ("那P-100呢?", "en", "zh-Hans"),
        ("12366能不能改到next Friday", "en", "zh-Hans"),
        ("我要 cancel my order", "en", "zh-Hans"),
        ("把dock改到9 Main St, Dallas TX 75201", "en", "zh-Hans"),
        ("訂單什麼時候到", "zh-Hans", "zh-Hant"),
        ("請問皇后里面", "zh-Hans", "zh-Hant"),
        ("取消", "zh-Hant", "zh-Hant"),
        ("取消", "en", "zh-Hans"),
        ("确认", "zh-Hant", "zh-Hans"),
        ("yes", "zh-Hans", "en"),
        ("CANCEL", "zh-Hans", "en"),
        ("Cancel 12360", "zh-Hans", "en"),
        ("ask 李伟 about order 12345", "zh-Hans", "en"),
        ("Please send to 苏州工业园区星湖街328号", "zh-Hans", "en"),
        ("Please ship it to 广州市天河区和平路发展大厦 and send the invoice", "zh-Hans", "en"),
        ("9 Main St, Dallas TX 75201", "zh-Hans", "en"),
        ("Bonjour, où est ma commande", "zh-Hans", "en"),
        ("Где мой заказ", "zh-Hans", "en"),
    ],
)
def test_language_of_a_message(text: str, sticky: Language, language: Language) -> None:
    assert not is_contentless(text)
    assert detect_language(text, sticky=sticky) == language


def test_conversion_between_scripts() -> None:
    assert to_simplified("請問這個訂單的交貨日期可以改到下週三嗎") == "请问这个订单的交货日期可以改到下周三吗"
    assert to_traditional("软件里面") == "軟件裡面"
    assert to_simplified("P-100 only") == "P-100 only"


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=30) | st.text(alphabet="請問這個訂單幾時發貨后裡面臺灣軟體乾隆瞭解", max_size=30))
def test_conversion_keeps_the_length(text: str) -> None:
    assert len(to_simplified(text)) == len(text)
    assert len(to_traditional(text)) == len(text)
