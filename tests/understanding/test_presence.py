"""Questions when people are there are told from those for deliveries, and from greetings."""

from __future__ import annotations

import pytest

from assistant.understanding.presence import asks_now, asks_presence

THERE = """do you guys work weekends|what's today's hours|are you open on saturday|is anyone there on sundays|what time do you close|opening hours?
when are humans there|周末有人在吗|那现在有人吗|端午上班吗|今天几点下班|周六有客服吗|国庆节上班吗|你们几点上班|客服周末休息吗|現在有人嗎"""
OTHER = """do you deliver on weekends|周末送货吗|你好在吗|are you there|is the warehouse open on saturday|does it work with water|工作压力多少|什么时候发货
do you work with steel|上门安装周末有人吗|is it open|有人吗"""


@pytest.mark.parametrize("text", THERE.replace("\n", "|").split("|"))
def test_people_are_asked_for(text: str) -> None:
    assert asks_presence(text)


@pytest.mark.parametrize("text", OTHER.replace("\n", "|").split("|"))
def test_something_else_is_asked_for(text: str) -> None:
    assert not asks_presence(text)


@pytest.mark.parametrize(("text", "now"), [("那现在有人吗", True), ("are you still open", True), ("周末有人吗", False), ("what are your hours", False)])
def test_this_moment_is_told_from_a_habit(text: str, now: bool) -> None:
    assert asks_now(text) is now
