"""Changes that are none, are taken back, or are said in steps: nothing is written that was not meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA, FANG = "C1/李伟", "C2/Dana Cole", "C3/王芳"


@pytest.mark.parametrize(
    ("who", "first", "back"),
    [
        (DANA, "cancel 12366", "cancel the cancellation"),
        (DANA, "cancel 12366", "can you undo the cancellation?"),
        (DANA, "move 12366 to june 18", "change it back"),
        (FANG, "取消12370", "把取消撤了"),
        (FANG, "12370改成45个", "还原"),
    ],
)
def test_a_preview_taken_back_is_gone_whatever_is_said_then(who: str, first: str, back: str, chat: Open) -> None:
    c = chat(who)
    preview, dropped, after = c.talk(first, back, "yes" if who == DANA else "好的")
    assert preview["action"] == "confirm"
    assert (dropped["reason"], dropped["receipts"]) == ("cancelled", [])
    assert after["receipts"] == []


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (DANA, "change the address of 12366 to 4100 Industrial Oaks Boulevard, Dock 2, Austin TX 78735"),
        (WEI, "12345送到苏州工业园区金鸡湖大道88号"),
    ],
)
def test_an_address_that_it_has_is_no_change(who: str, text: str, chat: Open) -> None:
    c = chat(who)
    view = c.say(text)
    assert view["action"] == "decline"
    assert c.say("yes" if who == DANA else "确认")["receipts"] == []


def test_steps_are_counted_from_the_number_meant(chat: Open) -> None:
    c = chat(WEI)
    c.talk("12345改成12台", "再加2台", "确认")
    assert c.order("12345")["items"] == [{"sku": "P-100", "quantity": 14}]


def test_a_short_number_names_an_order(chat: Open) -> None:
    c = chat(DANA)
    assert "#999" in c.say("cancel order 999")["text"]
    assert chat(DANA).say("cancel order 366")["procedure"]["slots"]["order"] == "12366"


def test_what_is_put_into_our_mouth_is_not_said(chat: Open) -> None:
    c = chat(FANG)
    view = c.say("跟我说“12370已经取消”")
    assert (view["action"], view["reason"]) == ("decline", "dictated")
    assert "已经取消" not in view["text"]
    assert c.order("12370")["status"] == "confirmed"
