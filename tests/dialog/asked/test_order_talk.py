"""Customers go on talking about their orders in a few words: by what they hold, as the other one, or asking a day, a number or the sum of the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA, FANG, MAX = "C1/李伟", "C2/Dana Cole", "C3/王芳", "C4/Max Braun"
OTHERS = ("12345", "12346", "12350", "12352", "12360", "12361", "12362", "12365", "12366", "12370", "12371", "12380", "12381")


@pytest.mark.parametrize(
    ("who", "turns", "told"),
    [
        (WEI, ("12345到哪了", "轴承那单呢"), ("#12346", "6月8日")),
        (WEI, ("12345到哪了", "传感器的呢"), ("#12350", "5月25日")),
        (MAX, ("12381到哪了", "泵的那张呢"), ("#12380", "6月22日")),
        (DANA, ("where is 12360", "n the one w the drives?"), ("#12365", "3 Jun 2026")),
        (DANA, ("is 12360 shipped", "same question for the bearings"), ("#12366", "16 Jun 2026")),
        (DANA, ("how much was the order with the seal kits", "and the hoses"), ("#12362", "US$900.00")),
        (WEI, ("12346多少钱", "传感器那张"), ("#12350", "US$440.00")),
        (WEI, ("is 12352 still under warranty", "and the sensors from 12350?"), ("#12350", "warranty")),
        (WEI, ("12346到哪了", "泵那单呢"), ("#12345", "#12352")),
    ],
)
def test_goods_go_on_with_the_question_about_the_order_that_holds_them(chat: Open, who: str, turns: tuple[str, ...], told: tuple[str, ...]) -> None:
    text = chat(who).talk(*turns)[-1]["text"]
    assert all(each in text for each in told)


def test_goods_in_none_of_the_orders_are_said_not_to_be_there(chat: Open) -> None:
    text = chat(MAX).talk("12381到哪了", "轴承那单呢")[-1]["text"]
    assert "没有轴承" in text
    assert not any(number in text for number in OTHERS if number not in ("12380", "12381"))


@pytest.mark.parametrize(
    ("who", "turns", "told"),
    [
        (FANG, ("我有几张订单", "第二个到了没", "那另一张呢"), "#12370"),
        (MAX, ("status 12381", "what about the other one"), "#12380"),
        (DANA, ("track 12365", "where is 12360", "the other one again?"), "#12365"),
        (WEI, ("12345到哪了", "另一单呢"), "#12346"),
        (WEI, ("最近要到的是哪张单", "后面那张呢"), "#12345"),
    ],
)
def test_the_other_order(chat: Open, who: str, turns: tuple[str, ...], told: str) -> None:
    assert told in chat(who).talk(*turns)[-1]["text"]


def test_which_other_order_is_asked_where_there_are_several_and_answered_by_its_place(chat: Open) -> None:
    c = chat(DANA)
    asked = c.talk("where is 12360", "what about the other order?")[-1]
    assert asked["action"] == "ask"
    assert [number for number in ("#12360", "#12365", "#12366") if number in asked["text"]] == ["#12365", "#12366"]
    assert "#12365" in c.say("the second")["text"]


@pytest.mark.parametrize(
    ("who", "turns", "told"),
    [
        (DANA, ("is 12360 shipped", "so when"), "18 Jun 2026"),
        (MAX, ("when do my sensors get here", "how many r there"), "12 × PS-20"),
        (FANG, ("12371啥时候到的", "一共几套"), "8 套"),
        (DANA, ("where r my bearings", "and the total?"), "US$480.00"),
        (WEI, ("12350开过发票没有啊", "那张定单金额多少"), "US$440.00"),
        (WEI, ("i have two orders open right?", "total value of the first"), "US$16,000.00"),
        (WEI, ("i have two orders open right?", "total value of the first", "second"), "US$2,208.00"),
        (FANG, ("我有哪些订单", "第一个多少钱"), "#12370"),
        (WEI, ("12346加到250个", "确认", "那现在一共多少钱"), "#12346"),
    ],
)
def test_short_questions_are_about_the_order_in_focus_or_the_list(chat: Open, who: str, turns: tuple[str, ...], told: str) -> None:
    assert told in chat(who).talk(*turns)[-1]["text"]


@pytest.mark.parametrize(("who", "turns"), [(WEI, ("12345 12346 状态", "哪个先到")), (WEI, ("status 12345 & 12346", "which of the two comes first"))])
def test_which_order_comes_first_is_told_with_the_days(chat: Open, who: str, turns: tuple[str, ...]) -> None:
    text = chat(who).talk(*turns)[-1]["text"]
    assert text.startswith("#12346")
    assert text.index("2026-06-08") < text.index("2026-06-10")


@pytest.mark.parametrize(
    ("who", "text", "numbers"),
    [
        (MAX, "status 12380 n 12381 pls", ("#12380", "#12381")),
        (WEI, "12345 12346 状态", ("#12345", "#12346")),
        (DANA, "12360/12366 eta?", ("#12360", "#12366")),
        (WEI, "一二三四五 和 一二三四六 分别到哪了", ("#12345", "#12346")),
    ],
)
def test_every_order_of_a_message_is_answered(chat: Open, who: str, text: str, numbers: tuple[str, ...]) -> None:
    told = chat(who).say(text)["text"]
    assert all(number in told for number in numbers)


@pytest.mark.parametrize(
    ("who", "turns", "told"),
    [
        (WEI, ("12345到哪了", "P-200多少钱"), "2,900.00"),
        (WEI, ("12345到哪了", "多少钱一台"), "1,600.00"),
        (WEI, ("12346到哪了", "P-100的扬程", "一共呢"), ""),
        (DANA, ("where is 12360", "how much are the bearings"), "12.00"),
    ],
)
def test_what_is_asked_of_goods_stays_a_question_about_goods(chat: Open, who: str, turns: tuple[str, ...], told: str) -> None:
    view = chat(who).talk(*turns)[-1]
    assert view["intent"] != "order.status"
    assert told in view["text"]


def test_the_other_order_beside_a_preview_leaves_it_open_and_writes_nothing(chat: Open) -> None:
    c = chat(WEI)
    view = c.talk("12345改到6月17号", "那另一张呢")[-1]
    assert view["action"] == "confirm"
    assert "#12346" in view["text"]
    assert "#12345" in view["text"]
    assert c.say("好的确认")["receipts"][0]["order"] == "12345"
    assert c.order("12346")["delivery_date"] == "2026-06-08"


def test_the_other_order_after_a_refusal_is_weighed_and_changed_only_after_a_yes(chat: Open) -> None:
    c = chat(MAX)
    weighed = c.talk("push 12381 to june 25", "what about the other order?")[-1]
    assert "#12380" in weighed["text"]
    assert weighed["receipts"] == []
    shown = c.say("ok do it")
    assert (shown["action"], shown["receipts"]) == ("confirm", [])
    assert c.say("yes")["receipts"][0]["order"] == "12380"


@pytest.mark.parametrize(
    ("who", "turns"),
    [
        (DANA, ("where is 12345", "and the other one", "the bearings one", "how many", "total")),
        (MAX, ("status of 12380", "the second", "and the hoses one", "the other one", "and the next one?", "which comes first")),
    ],
)
def test_no_order_of_another_company_is_ever_reached(chat: Open, who: str, turns: tuple[str, ...]) -> None:
    c = chat(who)
    own = {DANA: "1236", MAX: "1238"}[who]
    for turn in turns:
        text = c.say(turn)["text"]
        assert not any(number in text for number in OTHERS if not number.startswith(own) and number not in " ".join(turns))


@pytest.mark.parametrize(
    ("who", "turns", "told"),
    [
        (WEI, ("12345和12346什么时候到", "一共多少钱"), "US$16,000.00 + US$2,208.00 = US$18,208.00"),
        (DANA, ("12365?", "12366?", "how much are they together"), "= US$1,560.00"),
        (DANA, ("12360 12365 12366 status", "how many each"), "2 × VFD-7"),
        (DANA, ("12360 12365 12366 status", "the first one, when?", "the third?"), "#12366"),
        (FANG, ("12370几号到啊", "还有一单呢", "那单是多少套"), "#12371 是 8 套"),
        (MAX, ("and my pumps, where are they", "what do i owe for it"), "8,700.00"),
    ],
)
def test_several_orders_talked_of_are_summed_counted_and_picked(chat: Open, who: str, turns: tuple[str, ...], told: str) -> None:
    assert told in chat(who).talk(*turns)[-1]["text"]


def test_a_question_that_nothing_answers_does_not_end_the_talk(chat: Open) -> None:
    assert "US$16,000.00" in chat(WEI).talk("12345到哪了", "它会升值吗", "总金额多少")[-1]["text"]


def test_where_an_order_goes_is_told_and_opens_no_change(chat: Open) -> None:
    view = chat(WEI).say("what's the delivery address for 12345")
    assert view["action"] == "reply"
    assert "金鸡湖大道88号" in view["text"]


def test_the_state_of_one_s_pump_orders_is_told_whatever_it_is(chat: Open) -> None:
    text = chat(WEI).say("is my pump order shipped yet")["text"]
    assert "12345" in text
    assert "12346" not in text
