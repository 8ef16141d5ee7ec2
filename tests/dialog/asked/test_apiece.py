"""What the extra cost of a preview comes to for one piece is told while the preview stays open; where it cannot be told, no other price is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.dialog.asked.apiece import asks_apiece

Open = Callable[[str], Any]
DANA = "C2/Dana Cole"


@pytest.mark.parametrize("question", ["how much extra is that per kit", "what's the difference each?", "每套多多少钱", "一套差多少"])
def test_the_share_of_one_piece_is_told_and_the_preview_stays(chat: Open, question: str) -> None:
    c = chat(DANA)
    view = c.talk("swap the kits from 12361 for sk-40, all 20, unopened", question)[-1]
    assert view["action"] == "confirm"
    assert "15.00" in view["text"]
    assert "45.00" not in view["text"]
    assert view["receipts"] == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [("how much extra is that per kit", True), ("每台加多少", True), ("what percent is that", False), ("how many are there", False)],
)
def test_what_asks_for_the_share_of_one(text: str, asked: bool) -> None:
    assert asks_apiece(text) is asked
