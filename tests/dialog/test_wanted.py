"""A change is previewed only when it is asked for: denied, told, put off, excepted or quite another wish, it brings no preview of the bare act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
DANA, FANG = "C2/Dana Cole", "C3/王芳"


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (FANG, "12370不取消"), (FANG, "12370不改到6月24日"), (FANG, "12371没坏"), (FANG, "12370别送到广州市天河区天河路1号"),
        (DANA, "12366 must not be cancelled"), (DANA, "don't change 12366 to 45"), (DANA, "I don't want 12366 cancelled"),
        (DANA, "don't ship 12366 to 9 Main St, Dallas TX 75201"),
    ],
)  # fmt: skip
def test_what_is_denied_brings_no_preview_and_no_hand_off(who: str, text: str, chat: Open) -> None:
    c = chat(who)
    told, after = c.talk(text, "yes")
    assert told["action"] == "reply"
    assert told["handoff"] is None
    assert after["receipts"] == []


def test_what_was_done_is_looked_up(chat: Open) -> None:
    assert chat(FANG).say("12370怎么被取消了")["intent"] == "order.status"
    assert chat(DANA).say("has 12366 been cancelled")["intent"] == "order.status"


def test_what_is_wished_later_is_not_done_by_itself_and_a_yes_previews_it(chat: Open) -> None:
    c = chat(DANA)
    told, preview = c.talk("cancel 12366 next week", "yes")
    assert "later or on a condition" in told["text"]
    assert told["action"] == "reply"
    assert preview["action"] == "confirm"
    assert c.order("12366")["status"] == "confirmed"


def test_a_condition_that_nobody_can_tell_now_brings_no_preview(chat: Open) -> None:
    told = chat(FANG).say("再不发货我就取消12370")
    assert told["action"] == "reply"
    assert "没有做任何改动" in told["text"]


def test_another_wish_for_the_order_offers_a_person(chat: Open) -> None:
    c = chat(DANA)
    declined, taken = c.talk("put 12366 on hold", "yes")
    assert declined["action"] == "decline"
    assert taken["handoff"] is not None


def test_the_excepted_order_is_not_the_one_to_cancel(chat: Open) -> None:
    asked = chat(DANA).say("cancel everything but 12366")
    assert asked["action"] == "ask"
    assert asked["procedure"]["stage"] == "collect"
