"""A text with its denial taken away, or with one put in: what a sentence is compared with so that vectors, blind to a no, have to choose; pure."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u3400-\u9fff]")
_TAKEN_ZH = [
    (re.compile(denied), plain)
    for denied, plain in (
        ("不可以", "可以"),
        ("不能", "能"),
        ("不得", "可以"),
        ("不可", "可"),
        ("不支持", "支持"),
        ("不含", "含"),
        ("没有", "有"),
        ("无需", "需要"),
        ("不", ""),
        ("未", "已"),
        ("无", "有"),
        ("禁止", "允许"),
    )
]
_PUT_ZH = [
    (re.compile(plain), denied)
    for plain, denied in (
        ("可以", "不可以"),
        ("能(?![力量源])", "不能"),
        ("可(?!能)", "不可"),
        ("必须", "不必"),
        ("需要?", "不需"),
        ("含", "不含"),
        ("有", "没有"),
        ("是", "不是"),
        ("支持", "不支持"),
    )
]
_TAKEN_EN = [
    (re.compile(denied, re.IGNORECASE), plain)
    for denied, plain in (
        (r"\bcannot\b|\bcan't\b", "can"),
        (r"\b(is|are|was|were|do|does|did|must|may|should|will|would|could|has|have)n't\b", r"\1"),
        (r"\bnot\b ?", ""),
        (r"\bno\b ?", "a "),
        (r"\bwithout\b", "with"),
        (r"\bnever\b", "always"),
    )
]
_PUT_EN = [
    (re.compile(r"\b(can|may|must|should|will|is|are|was|were|has|have)\b", re.IGNORECASE), r"\1 not"),
    (re.compile(r"\bwith\b", re.IGNORECASE), "without"),
]


def turned(text: str) -> str:
    """`text` with its first denial removed, or denied where there is none."""
    chinese = bool(_HAN.search(text))
    for pattern, other in (*(_TAKEN_ZH if chinese else _TAKEN_EN), *(_PUT_ZH if chinese else _PUT_EN)):
        changed, count = pattern.subn(other, text, count=1)
        if count:
            return changed
    return f"不{text}" if chinese else f"not {text}"
