"""One canonical form: what is dropped, what is mapped, what keeps its width, and that folding twice changes nothing."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.fold import fold


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("订单＃１２３４５", "订单#12345"),
        ("Ｐ－１００　扬程", "P-100 扬程"),
        ("P‑100", "P-100"),
        ("苏州华峰（集团）有限公司", "苏州华峰（集团）有限公司"),
        ("10，200个", "10，200个"),
        ("10：30到", "10:30到"),
        ("地址：苏州", "地址：苏州"),
        ("don’t", "don't"),
        ("‘好的’", "‘好的’"),
        ("12\u200b345", "12345"),
        ("\u202e12345\u202c", "12345"),
        ("a\ud800b", "ab"),
        ("a\x00b\x07", "ab"),
        ("cafe\u0301", "café"),
        ("  a \t b\r\n\r\n c  ", "a b\nc"),
        ("a\u2028b", "a\nb"),
        ("￥100", "¥100"),
        ("1️⃣", "1\u20e3"),
        ("", ""),
        ("\u200b\u3000", ""),
    ],
)
def test_folds(raw: str, folded: str) -> None:
    assert fold(raw) == folded


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_folding_twice_changes_nothing_and_leaves_valid_text(raw: str) -> None:
    once = fold(raw)
    assert fold(once) == once
    once.encode("utf-8")


def test_no_invisible_character_survives() -> None:
    left = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs")
        and any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in fold(f"a{chr(code)}b") if char != "\n")
    ]
    assert left == []
