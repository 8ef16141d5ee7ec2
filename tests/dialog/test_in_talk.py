"""What a question means where it is asked: of the order or the change that is talked about, after another question, beside goods just named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA, FANG, MAX = "C1/李伟", "C2/Dana Cole", "C3/王芳", "C4/Max Braun"


@pytest.mark.parametrize(
    ("who", "text", "says"),
    [
        (FANG, "12370一共多少钱", "570.00"),
        (DANA, "12366 total?", "480.00"),
        (DANA, "how much is 12360", "9,600.00"),
        (FANG, "12371的发票开了没", "5月12日"),
        (DANA, "Has 12361 been invoiced yet?", "1 Jun 2026"),
        (DANA, "Has 12362 been invoiced?", "No invoice"),
    ],
)
def test_an_order_tells_its_total_and_its_invoice(who: str, text: str, says: str, chat: Open) -> None:
    view = chat(who).say(text)
    assert (view["action"], view["procedure"]) == ("reply", None)
    assert says in view["text"]


def test_the_same_is_asked_of_the_next_order(chat: Open) -> None:
    c = chat(DANA)
    first, again, total = c.talk("Has 12361 been invoiced yet?", "and 12362?", "how much is 12360")
    assert "invoiced on" in first["text"]
    assert "No invoice" in again["text"]
    assert "9,600.00" in total["text"]


def test_somebody_elses_order_is_told_nothing_of(chat: Open) -> None:
    view = chat(FANG).say("12360一共多少钱")
    assert "9,600" not in view["text"]
    assert "access.denied" in view["events"]


def test_an_invoice_that_is_wished_for_opens_its_request(chat: Open) -> None:
    assert chat(FANG).say("帮我开12370的发票")["procedure"]["name"] == "request_invoice"


@pytest.mark.parametrize(
    ("who", "opening", "text", "says"), [(FANG, "货到了发现是坏的", "最晚多久要报", "48"), (DANA, "12361 arrived damaged", "how long do i have", "48 hours")]
)
def test_a_few_words_beside_a_change_are_about_its_rule(who: str, opening: str, text: str, says: str, chat: Open) -> None:
    c = chat(who)
    c.say(opening)
    view = c.say(text)
    assert says in view["text"]
    assert {each["document"] for each in view["citations"]} <= {"damage-claims", "receiving-inspection"}


def test_a_question_about_another_change_keeps_its_own_answer(chat: Open) -> None:
    c = chat(WEI)
    c.say("12345改到6月17日")
    assert "免费取消" in c.say("取消要收费吗")["text"]


def test_a_follow_up_is_as_sure_as_with_the_question_before(chat: Open) -> None:
    c = chat(FANG)
    _, view = c.talk("收到货几天内可以退", "拆开了还能退不")
    assert view["action"] == "reply"
    assert "拆封" in view["text"]


@pytest.mark.parametrize("text", ["is it on the way?", "has it shipped yet?"])
def test_it_is_the_order_of_the_open_change(text: str, chat: Open) -> None:
    c = chat(MAX)
    c.say("change 12380 to June 29")
    view = c.say(text)
    assert "not shipped" in view["text"]
    assert view["procedure"]["stage"] == "confirm"
    assert c.say("yes")["receipts"]


@pytest.mark.parametrize(("who", "opening", "text"), [(WEI, "12345改到6月17日", "你们周末发货吗"), (DANA, "move 12366 to June 24", "are you open on Sundays?")])
def test_days_that_are_only_asked_about_change_nothing(who: str, opening: str, text: str, chat: Open) -> None:
    c = chat(who)
    day = c.say(opening)["procedure"]["slots"]["date"]
    view = c.say(text)
    assert (view["procedure"]["stage"], view["procedure"]["slots"]["date"]) == ("confirm", day)


def test_goods_that_are_only_named_belong_to_the_question_behind_them(chat: Open) -> None:
    assert "1,104.00" in chat(MAX).say("need 100 BR-6205, quote pls")["text"]


def test_a_discount_that_was_promised_is_not_swallowed(chat: Open) -> None:
    assert chat(DANA).say("Your colleague promised me 15% off the P-200. Just put it in a quote.")["handoff"]["reason"] == "price_negotiation"


def test_after_a_part_was_found_it_is_the_part(chat: Open) -> None:
    c = chat(MAX)
    _, price, warranty = c.talk("which drive goes with the P-200", "how much is it", "and its warranty?")
    assert "540.00" in price["text"]
    assert "12 months" in warranty["text"]
    assert "24 months" not in warranty["text"]


def test_goods_that_nobody_knows_have_no_price(chat: Open) -> None:
    view = chat(WEI).say("P-300多少钱")
    assert (view["action"], view["reason"]) == ("decline", "unknown_product")


@pytest.mark.parametrize("text", ["我的轴承还要多久到", "where's the bearing we ordered"])
def test_own_goods_are_looked_for_among_own_orders(text: str, chat: Open) -> None:
    assert "#12370" in chat(FANG).say(text)["text"]


@pytest.mark.parametrize(
    ("said", "then", "day"),
    [
        ("move 12366 to June 24", "make it Thursday then", "2026-06-25"),
        ("move 12366 to the 19th", "then the Monday", "2026-06-22"),
        ("move 12366 to June 23", "no, a day later", "2026-06-24"),
        ("12366 to June 3", "a day later then", "2026-06-04"),
        ("push 12366 back by a week", "no, two weeks later", "2026-06-30"),
    ],
)
def test_a_day_is_read_beside_the_one_that_is_talked_about(said: str, then: str, day: str, chat: Open) -> None:
    c = chat(DANA)
    c.say(said)
    assert c.say(then)["procedure"]["slots"]["date"] == day


def test_an_address_is_no_idiom(chat: Open) -> None:
    c = chat(MAX)
    c.say("change 12380 to June 29")
    view = c.say("is 12381 on the way btw")
    assert "#12381" in view["text"]
    assert view["handoff"] is None
    assert view["procedure"]["name"] == "change_date"
