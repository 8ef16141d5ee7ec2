"""A part of an order is not the whole of it: what concerns the whole is asked before it is previewed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA = "C1/李伟", "C2/Dana Cole"


@pytest.mark.parametrize(
    ("who", "says", "part", "preview"),
    [
        (WEI, "把12345里的5台改到6月15日交货", "一部分", "2026-06-15"),
        (DANA, "Deliver 2 pieces of order 12360 on June 25", "only a part", "2026-06-25"),
    ],
)
def test_fewer_pieces_than_the_order_has_are_asked_about(chat: Open, who: str, says: str, part: str, preview: str) -> None:
    asked, shown = chat(who).talk(says, "整单改" if who == WEI else "the whole order")
    assert asked["action"] == "ask"
    assert part in asked["text"]
    assert preview not in asked["text"]
    assert shown["action"] == "confirm"
    assert preview in shown["text"]


def test_all_of_its_pieces_are_the_order(chat: Open) -> None:
    (shown,) = chat(WEI).talk("把12345的10台改到6月15日交货")
    assert shown["action"] == "confirm"


def test_no_to_the_whole_changes_nothing(chat: Open) -> None:
    asked, dropped = chat(DANA).talk("Deliver 2 pieces of order 12360 on June 25", "no")
    assert asked["action"] == "ask"
    assert dropped["receipts"] == []
    assert dropped["procedure"]["stage"] == "cancelled"
