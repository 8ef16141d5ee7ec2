"""What is said of the one of two cases answers no question about the other."""

from __future__ import annotations

import pytest

from assistant.knowledge.sides import other_side

INSIDE, OUTSIDE = "质保期内免费维修。", "质保期外的检测费是每台 $60。"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("保修期内寄修的运费谁出", OUTSIDE),
        ("过了保修期修一次多少钱", INSIDE),
        ("who pays the freight for a repair under warranty", "Out of warranty, the inspection costs $60."),
        ("what does a repair cost after the warranty", "During the warranty we repair free of charge."),
        ("国内运费怎么算", "出口订单的运费另行报价。"),
        ("do you ship abroad", "Domestic orders go out the same day."),
    ],
)
def test_the_other_case_is_no_answer(question: str, text: str) -> None:
    assert other_side(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("保修期内寄修的运费谁出", INSIDE),
        ("过保了怎么收费", OUTSIDE),
        ("保修期内和保修期外有什么区别", INSIDE),
        ("修一次多少钱", OUTSIDE),
        ("is the repair free under warranty", "Repairs under warranty are free, out of warranty they are quoted."),
        ("how long is the warranty", "The warranty is 12 months."),
    ],
)
def test_the_same_case_or_none_stays(question: str, text: str) -> None:
    assert not other_side(question, text)
