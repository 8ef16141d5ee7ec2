"""A few words after an answer, a refusal or beside an open change are about that rule and its page; what is open stays open, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA, FANG, MAX = "C1/李伟", "C2/Dana Cole", "C3/王芳", "C4/Max Braun"


@pytest.mark.parametrize(
    ("who", "turns", "page", "says"),
    [
        (WEI, ("货坏了多久之内要说", "超过了呢"), "damage-claims", "理赔"),
        (WEI, ("货坏了多久之内要说", "要拍照吗"), "damage-claims", "照片"),
        (DANA, ("do i need photos for a damage claim", "what if i dont have any"), "damage-claims", "claims team"),
        (DANA, ("are custom hoses returnable", "what about opened stuff"), "returns", "unopened"),
        (DANA, ("can an order be moved to a saturday", "whats the earliest then"), "delivery-changes", "3 working days"),
        (DANA, ("from how many pieces do i get a discount", "and whats the max"), "prices", "8%"),
        (FANG, ("开专票要提供啥", "上个月开的还能重开不"), "invoices", "红字"),
    ],
)
def test_it_is_answered_from_the_page_told_last(who: str, turns: tuple[str, ...], page: str, says: str, chat: Open) -> None:
    last = chat(who).talk(*turns)[-1]
    assert (last["action"], last["citations"][0]["document"]) == ("reply", page)
    assert says in last["text"]


@pytest.mark.parametrize(
    ("who", "opening", "question", "says"),
    [
        (WEI, "改一下12345的地址", "外省也行吗", "物流"),
        (DANA, "change address of 12366", "is another state ok?", "logistics"),
        (DANA, "I want to report damage on 12361", "do i need photos", "photo"),
        (WEI, "我要退货12350的传感器", "定做的呢", "定制"),
        (MAX, "cancel an order", "and in production?", "10%"),
    ],
)
def test_a_question_beside_an_open_change_leaves_it_open(who: str, opening: str, question: str, says: str, chat: Open) -> None:
    c = chat(who)
    before = c.say(opening)["procedure"]["name"]
    view = c.say(question)
    assert says in view["text"]
    assert (view["reason"], view["procedure"]["name"], view["receipts"]) == ("still_open", before, [])


@pytest.mark.parametrize("text", ["那同一个城市呢", "隔壁省呢"])
def test_a_place_that_is_only_asked_about_is_no_address(text: str, chat: Open) -> None:
    c = chat(WEI)
    c.say("改一下12345的地址")
    view = c.say(text)
    assert view["procedure"]["name"] == "change_address"
    assert (view["handoff"], view["receipts"]) == (None, [])


@pytest.mark.parametrize(
    ("who", "wish", "question", "says"),
    [
        (MAX, "cancel 12381 please", "why not", "shipped"),
        (MAX, "cancel 12381 please", "not even against a fee?", "shipped"),
        (MAX, "帮我取消12381", "为啥", "发货"),
        (MAX, "帮我取消12381", "付了钱也不行？", "发货"),
        (DANA, "move 12366 to june 20", "how come?", "working day"),
        (WEI, "12345改到6月20日", "为什么不行", "工作日"),
    ],
)
def test_a_refusal_gives_its_reason(who: str, wish: str, question: str, says: str, chat: Open) -> None:
    c = chat(who)
    c.say(wish)
    view = c.say(question)
    assert says in view["text"]
    assert view["action"] in {"reply", "ask"}
    assert (view["handoff"], view["receipts"]) == (None, [])


def test_the_order_of_an_open_change_is_not_answered_by_its_rule(chat: Open) -> None:
    c = chat(MAX)
    c.say("change 12380 to June 29")
    assert "not shipped" in c.say("is it on the way?")["text"]


def test_a_question_about_other_goods_keeps_its_own_answer(chat: Open) -> None:
    last = chat(WEI).talk("货坏了多久之内要说", "P-100扬程多少")[-1]
    assert "32 m" in last["text"]


@pytest.mark.parametrize(
    ("who", "text"), [(DANA, "ok ill think about it"), (DANA, "let me talk to my colleagues"), (WEI, "我再想想"), (WEI, "行，那我问问领导")]
)
def test_time_to_think_leaves_a_preview_as_it_is(who: str, text: str, chat: Open) -> None:
    order = "12366" if who == DANA else "12345"
    c = chat(who)
    c.say(f"move {order} to 2026-06-17" if who == DANA else f"{order}改到6月17日")
    view = c.say(text)
    assert (view["action"], view["handoff"], view["receipts"]) == ("reply", None, [])
    assert c.say("yes" if who == DANA else "确认")["receipts"]


@pytest.mark.parametrize(("who", "text"), [(DANA, "how much is freight to canada"), (DANA, "shipping cost to mexico?"), (WEI, "运到越南运费多少")])
def test_what_is_only_quoted_as_near_is_no_hand_off(who: str, text: str, chat: Open) -> None:
    view = chat(who).say(text)
    assert view["handoff"] is None
    assert view["action"] == "decline" or view["citations"]
