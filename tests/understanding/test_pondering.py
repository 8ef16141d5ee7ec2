"""Time to think is told from a wish: nothing is asked for by who sleeps on it or asks people of their own."""

from __future__ import annotations

import pytest

from assistant.understanding.pondering import ponders

THINKS = """ok ill think about it|I'll sleep on it|let me think it over|ok let me talk to my colleagues|i need to check with my boss first
we'll discuss it with the team and get back to you|give me a day to think|let me run it by my boss|I'll need to consult our engineers first
we need some time|我再想想|再想想吧|行，那我问问领导|考虑一下再说|我跟校长商量一下|我先问问老板|回头再说吧|好的我们内部讨论一下
我得和采购确认一下|讓我想想|我們商量商量|我要请示一下领导"""
WISHES = """let me talk to your manager|我要和你们领导说|帮我问问领导|你问问领导|i want to talk to someone|确认|我确认|确认一下|让我看看|let me see it
i want it|I'll confirm|我想看看订单|let me check my order status|讨论一下价格|I have to return it|我考虑买10台P-100，多少钱|i see"""


@pytest.mark.parametrize("text", THINKS.replace("\n", "|").split("|"))
def test_who_takes_time_wants_nothing(text: str) -> None:
    assert ponders(text)


@pytest.mark.parametrize("text", WISHES.replace("\n", "|").split("|"))
def test_a_wish_is_no_pause(text: str) -> None:
    assert not ponders(text)
