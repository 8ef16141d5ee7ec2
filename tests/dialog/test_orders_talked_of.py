"""Conversations about one's own orders: what was paid and bought, whose they are, what counts nothing, faults told at once, the wait for a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA, FANG, MAX = "C1/李伟", "C2/Dana Cole", "C3/王芳", "C4/Max Braun"


@pytest.mark.parametrize(
    ("who", "turns", "told", "never"),
    [
        (WEI, ("12345我付了多少钱",), "16,000.00", "1,600.00"),
        (WEI, ("12345", "我付了多少"), "16,000.00", "2,208.00"),
        (WEI, ("12345什么时候到", "那单多少钱"), "16,000.00", "1,600.00"),
        (WEI, ("我们在轴承上一共花了多少钱",), "2,208.00", "12.00"),
        (DANA, ("how much did I pay for 12366",), "480.00", "12.00"),
        (DANA, ("What did the hoses cost us?",), "900.00", "30.00"),
        (DANA, ("how much did I pay",), "9,600.00", "Which product"),
    ],
)
def test_what_was_paid_is_the_order_s_amount(chat: Open, who: str, turns: tuple[str, ...], told: str, never: str) -> None:
    text = chat(who).talk(*turns)[-1]["text"]
    assert told in text
    assert never not in text


@pytest.mark.parametrize(
    ("who", "text", "numbers"), [(WEI, "我们买过哪些货", ("12345", "12346", "12350", "12352")), (DANA, "what have we bought from you", ("12360", "12366"))]
)
def test_what_was_bought_are_the_orders_with_their_goods(chat: Open, who: str, text: str, numbers: tuple[str, ...]) -> None:
    told = chat(who).say(text)["text"]
    assert all(number in told for number in numbers)


@pytest.mark.parametrize(
    ("who", "text", "shown", "left_out"),
    [
        (WEI, "帮我看看哪些单还没发货", "12346", "12350"),
        (WEI, "哪些订单已送达", "12350", "12345"),
        (DANA, "which of my orders are in production", "12360", "12366"),
    ],
)
def test_only_the_orders_in_the_state_asked_for_are_listed(chat: Open, who: str, text: str, shown: str, left_out: str) -> None:
    told = chat(who).say(text)["text"]
    assert shown in told
    assert left_out not in told


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (DANA, "What did C1 order?"),
        (DANA, "show me Li Wei's orders"),
        (DANA, "What did Siemens buy from you?"),
        (WEI, "C2的订单有哪些"),
        (WEI, "宏达物流买了什么"),
        (WEI, "别的客户都买什么泵"),
    ],
)
def test_another_customer_s_orders_are_told_to_nobody(chat: Open, who: str, text: str) -> None:
    view = chat(who).say(text)
    assert view["action"] == "decline"
    assert "access.denied" in view["events"]
    assert not any(number in view["text"] for number in ("1234", "1235", "1236", "1237"))


@pytest.mark.parametrize(
    ("who", "turns", "reason"),
    [
        (WEI, ("12345数量改成-2台",), "“-2台”"),
        (WEI, ("12345改成1.5台",), "“1.5台”"),
        (WEI, ("12345改成99999999999台",), "太大"),
        (WEI, ("12345改数量", "-2"), "“-2”"),
        (DANA, ("change quantity of 12366 to 1e3 pieces",), '"1e3 pieces"'),
        (DANA, ("change quantity of 12366", "2.5"), '"2.5"'),
        (DANA, ("return 2.5 kits from 12361, unopened",), '"2.5 kits"'),
    ],
)
def test_a_number_that_is_no_quantity_is_refused_for_what_it_is(chat: Open, who: str, turns: tuple[str, ...], reason: str) -> None:
    c = chat(who)
    view = c.talk(*turns)[-1]
    assert view["action"] == "ask"
    assert reason in view["text"]
    assert c.say("yes" if who == DANA else "确认")["receipts"] == []


def test_a_year_that_is_said_counts(chat: Open) -> None:
    told = chat(DANA).say("change delivery date of 12366 to December 31, 9999")
    assert "9999" in told["text"]
    assert told["action"] == "ask"


@pytest.mark.parametrize(
    ("who", "text", "problem"),
    [
        (WEI, "12350要报修,读数跳", "读数跳"),
        (WEI, "12352报修,不转了", "不转了"),
        (DANA, "12361 needs repair, leaking", "leaking"),
        (DANA, "Can you fix the seal kit from order 12361? it drips", "it drips"),
    ],
)
def test_a_fault_said_with_the_order_is_not_asked_again(chat: Open, who: str, text: str, problem: str) -> None:
    view = chat(who).say(text)
    assert view["action"] == "confirm"
    assert view["procedure"]["slots"]["problem"] == problem


@pytest.mark.parametrize(
    ("who", "turns"),
    [
        (WEI, ("我要报修12350,谢谢",)),
        (WEI, ("报修12350", "什么意思")),
        (WEI, ("报修12350", "我刚才说过了")),
        (DANA, ("12361 is broken, please repair",)),
        (DANA, ("repair for 12361 please", "what do you mean?")),
        (DANA, ("repair for 12361 please", "I already told you")),
    ],
)
def test_words_that_describe_nothing_are_not_booked_as_the_fault(chat: Open, who: str, turns: tuple[str, ...]) -> None:
    view = chat(who).talk(*turns)[-1]
    assert view["action"] == "ask"
    assert "problem" not in view["procedure"]["slots"]


@pytest.mark.parametrize(
    ("who", "change", "asked"),
    [
        (WEI, "12345改成12台", "确认什么?"),
        (WEI, "12345改成12台", "这价格没错吧"),
        (DANA, "change quantity of 12366 to 60", "is that price right?"),
        (DANA, "change quantity of 12366 to 60", "what exactly am I confirming"),
    ],
)
def test_a_preview_that_is_asked_about_is_told_again(chat: Open, who: str, change: str, asked: str) -> None:
    c = chat(who)
    first, again = c.talk(change, asked)
    assert again["action"] == "confirm"
    assert first["text"] in again["text"]
    assert again["handoff"] is None
    assert c.say("确认" if who == WEI else "yes")["receipts"]


@pytest.mark.parametrize(
    ("who", "wish", "asked", "place"),
    [
        (WEI, "转人工", "他们什么时候回我", "排在第 1 位"),
        (WEI, "转人工", "还要等多久", "排在第 1 位"),
        (DANA, "human please", "when will they answer", "number 1"),
        (DANA, "human please", "am I still in the queue?", "number 1"),
    ],
)
def test_who_waits_for_a_person_learns_the_place(chat: Open, who: str, wish: str, asked: str, place: str) -> None:
    c = chat(who)
    told = c.talk(wish, asked)[-1]
    assert place in told["text"]
    assert len(c.state()["handoffs"]) == 1


def test_goods_pick_one_of_the_orders_just_listed(chat: Open) -> None:
    assert "12365" in chat(DANA).talk("where is my stuff", "the drives")[-1]["text"]


@pytest.mark.parametrize(("who", "turns"), [(MAX, ("change address of 12380", "Thanks, Hamburg")), (WEI, ("改12345的地址", "谢谢，上海李伟"))])
def test_a_signature_is_no_address(chat: Open, who: str, turns: tuple[str, ...]) -> None:
    view = chat(who).talk(*turns)[-1]
    assert view["action"] == "ask"
    assert "address" not in view["procedure"]["slots"]


@pytest.mark.parametrize(("who", "text"), [(WEI, "12350能退吗,没拆封,4个"), (DANA, "can 12361 be returned? unopened, 4 of them")])
def test_a_question_of_right_with_its_values_is_previewed(chat: Open, who: str, text: str) -> None:
    view = chat(who).say(text)
    assert view["action"] == "confirm"
    assert view["procedure"]["slots"]["items"][0]["quantity"] == 4


def test_two_overdue_orders_are_both_told_with_one_hand_off(chat: Open) -> None:
    c = chat(DANA)
    c.at("2026-06-22T10:00:00+08:00")
    told = c.say("12366 and 12360 still have not arrived")
    assert told["text"].index("12366") < told["text"].index("12360")
    assert told["text"].count("That date has passed") == 2
    assert len(c.state()["handoffs"]) == 1
