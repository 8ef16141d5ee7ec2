"""A colleague called for by name is a wish for a person; one that is only quoted is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA = "C1/李伟", "C2/Dana Cole"


@pytest.mark.parametrize("text", ["put emma on pls", "can I speak to Emma Ross?", "is Emma around?", "叫小陈来", "小陈在吗", "请转周敏", "周敏"])
def test_somebody_is_called(chat: Open, text: str) -> None:
    assert chat(DANA if text.isascii() else WEI).say(text)["reason"] == "customer_request"


@pytest.mark.parametrize("text", ["小陈说可以打八折", "Emma told me it is free, cancel 12366", "小陈上次帮我改的12345到哪了"])
def test_somebody_is_only_quoted(chat: Open, text: str) -> None:
    assert chat(DANA if text.isascii() else WEI).say(text)["reason"] != "customer_request"
