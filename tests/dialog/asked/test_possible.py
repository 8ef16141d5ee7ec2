"""Whether goods may go back is answered, and opens nothing, when no order of theirs is named or there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
DANA, FANG, MAX = "C2/Dana Cole", "C3/王芳", "C4/Max Braun"


@pytest.mark.parametrize(("who", "text", "says"), [(FANG, "HB-10买错了能退吗", "不能退换"), (MAX, "can the hb-10 be returned?", "cannot be returned")])
def test_goods_that_were_not_ordered_are_answered_from_the_rule(who: str, text: str, says: str, chat: Open) -> None:
    view = chat(who).say(text)
    assert says in view["text"]
    assert (view["procedure"], view["handoff"]) == (None, None)


def test_it_means_the_goods_talked_about(chat: Open) -> None:
    view = chat(DANA).talk("does the hb-10 hose come w warranty", "is it returnable")[-1]
    assert "cannot be returned" in view["text"] or "can't be returned" in view["text"]
    assert view["procedure"] is None


@pytest.mark.parametrize("text", ["I want to return the hoses from 12362", "退12371"])
def test_a_wish_to_return_is_still_one(text: str, chat: Open) -> None:
    view = chat(DANA if text.startswith("I") else FANG).say(text)
    assert view["rule"].startswith("RETURN.")
