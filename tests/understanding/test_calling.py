"""A call is registered without a yes, so that only a wish for one may be read as such."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.understanding.calling import refuses_call, tells_of_call

Open = Callable[[str], Any]
REFUSED = [
    "don't call me at 512-555-0100",
    "please never call 512-555-0100 again",
    "no calls please, 512-555-0100 is my private number",
    "别打13800000000",
    "不要给13800000000回电话",
]
TOLD = [
    "你们昨天没给13800000000回电",
    "怎么一直没人给13800000000打电话",
    "why did nobody call me at 512-555-0100",
    "I was called from 512-555-0100, was it you?",
    "you never called me back at 512-555-0100",
]
WISHED = [
    "call me back at 512-555-0100 please",
    "call me, 512-555-0100",
    "打13800000000给我",
    "昨天没人回电，请尽快给13800000000回电",
    "nobody called me yesterday, please call 512-555-0100",
    "不用发邮件，给13800000000回电话吧",
]


@pytest.mark.parametrize("text", REFUSED)
def test_no_call_is_wanted(text: str) -> None:
    assert refuses_call(text)


@pytest.mark.parametrize("text", TOLD)
def test_a_call_is_only_told_of(text: str) -> None:
    assert not refuses_call(text)
    assert tells_of_call(text)


@pytest.mark.parametrize("text", WISHED)
def test_a_call_is_wished_for(text: str) -> None:
    assert not refuses_call(text)
    assert not tells_of_call(text)


def test_only_a_wish_is_registered(chat: Open) -> None:
    for text in (*REFUSED, *TOLD, "call me on 2026-06-05 at 15:00", "my old number was 512-555-0100, call me"):
        c = chat("C1/李伟")
        assert c.say(text)["receipts"] == [], text
        assert c.state()["tickets"] == []
    assert chat("C1/李伟").say(WISHED[0])["receipts"]
