"""A yes that says less where the preview makes it more, or the reverse, writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]


@pytest.mark.parametrize(
    "reply", ["可以，需求变少", "好，用量下降了", "可以，需求减了", "yes, our demand is shrinking", "yes, fewer", "yes, we need less", "好，产量缩了"]
)
def test_less_told_to_more_pieces_writes_nothing(chat: Open, reply: str) -> None:
    shown, answer = chat("C1/李伟").talk("把订单12345的数量改成16台", reply)
    assert shown["action"] == "confirm"
    assert answer["receipts"] == []


@pytest.mark.parametrize("reply", ["可以，需求变大", "好，产量上升了", "可以，订单增加了", "yes, our demand is growing", "yes, more", "好，用量变多"])
def test_more_told_to_fewer_pieces_writes_nothing(chat: Open, reply: str) -> None:
    shown, answer = chat("C1/李伟").talk("把订单12345的数量改成8台", reply)
    assert shown["action"] == "confirm"
    assert answer["receipts"] == []


def test_a_plain_yes_writes_the_pieces(chat: Open) -> None:
    _, answer = chat("C1/李伟").talk("把订单12345的数量改成16台", "可以")
    assert answer["receipts"] != []
