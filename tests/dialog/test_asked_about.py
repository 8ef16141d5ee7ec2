"""Questions about a change, about its preview and about other orders: they are answered, and nothing is opened, changed or lost by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA, FANG, MAX = "C1/李伟", "C2/Dana Cole", "C3/王芳", "C4/Max Braun"


@pytest.mark.parametrize(
    ("who", "question", "told", "other", "told_then"),
    [
        (DANA, "If I cancel 12366 do I have to pay?", "no fee", "and 12360?", "US$960.00"),
        (DANA, "would I be charged for cancelling 12360?", "US$960.00", "what about 12366?", "no fee"),
        (WEI, "取消12345要收钱吗", "免费取消", "那12346呢", "12346"),
        (WEI, "要是取消12345，会扣多少", "免费取消", "12346呢", "免费取消"),
    ],
)
def test_the_price_of_a_change_is_told_and_nothing_is_opened(chat: Open, who: str, question: str, told: str, other: str, told_then: str) -> None:
    c = chat(who)
    first, second = c.talk(question, other)
    assert told in first["text"]
    assert told_then in second["text"]
    for view in (first, second):
        assert view["action"] == "reply"
        assert view["procedure"] is None
        assert view["receipts"] == []


def test_what_was_weighed_is_previewed_on_a_yes_with_its_values(chat: Open) -> None:
    c = chat(DANA)
    asked, preview = c.talk("what happens if I move 12360 to June 26?", "ok do that")
    assert asked["procedure"] is None
    assert preview["action"] == "confirm"
    assert "2026-06-26" in preview["text"]
    assert c.order("12360")["delivery_date"] == "2026-06-18"


@pytest.mark.parametrize("wish", ["can you cancel 12366?", "please cancel 12366, is there a fee?", "cancel 12366 if it is free"])
def test_a_request_is_still_a_request(chat: Open, wish: str) -> None:
    view = chat(DANA).say(wish)
    assert view["action"] == "confirm"
    assert view["procedure"]["name"] == "cancel_order"


def test_a_return_that_is_only_weighed_is_told_from_its_document(chat: Open) -> None:
    view = chat(DANA).say("what happens if I return only half of 12361?")
    assert view["procedure"] is None
    assert "15 days" in view["text"]
    assert view["citations"]


def test_the_price_of_another_change_leaves_the_preview_open(chat: Open) -> None:
    view = chat(DANA).talk("move 12366 to June 12", "what would cancelling it cost?")[1]
    assert "no fee" in view["text"]
    assert "2026-06-12" in view["text"]
    assert view["procedure"]["name"] == "change_date"


@pytest.mark.parametrize(
    ("who", "wish", "question", "told"),
    [
        (DANA, "Cancel 12360", "how much is the fee exactly?", "US$960.00"),
        (DANA, "Cancel 12360", "which order is that?", "#12360"),
        (DANA, "Ship 12366 to 9 Main St, Dallas TX 75201", "which address was that?", "Dallas"),
        (DANA, "Move 12366 to June 12", "what date is it now?", "2026-06-16"),
        (DANA, "Move 12366 to June 12", "which friday?", "2026-06-12 (Friday)"),
        (WEI, "取消12345", "多少钱来着", "免费取消"),
        (WEI, "取消12345", "这单总共多少钱", "US$16,000.00"),
        (WEI, "12345改到6月17号", "原来是哪天", "2026-06-10"),
    ],
)
def test_a_question_about_the_preview_is_answered_by_it(chat: Open, who: str, wish: str, question: str, told: str) -> None:
    c = chat(who)
    preview, answer, done = c.talk(wish, question, "yes" if who == DANA else "确认")
    assert told in answer["text"]
    assert answer["action"] == "confirm"
    assert answer["procedure"]["slots"] == preview["procedure"]["slots"]
    assert done["receipts"], "the preview stayed open"


def test_a_product_asked_by_the_way_is_no_question_about_the_preview(chat: Open) -> None:
    view = chat(DANA).talk("Cancel 12360", "how much is the P-200?")[1]
    assert "2,900" in view["text"]
    assert view["procedure"]["stage"] == "confirm"


@pytest.mark.parametrize(
    ("who", "refused"), [(DANA, "cancel 12365"), (DANA, "change the date of 12361 to June 20"), (WEI, "12350改到6月20号送"), (WEI, "退12345")]
)
def test_a_yes_to_a_refusal_that_offered_nothing_hands_nothing_over(chat: Open, who: str, refused: str) -> None:
    c = chat(who)
    view = c.talk(refused, "好的" if who == WEI else "yes")[1]
    assert view["action"] == "reply"
    assert c.state()["handoffs"] == []


def test_a_yes_takes_what_a_refusal_offered(chat: Open) -> None:
    assert chat(FANG).talk("退12371", "好的")[1]["action"] == "handoff"
    assert chat(DANA).talk("cancel 12361", "yes please")[1]["procedure"]["name"] == "return_goods"


@pytest.mark.parametrize(
    "complaint", ["it still hasn't come", "tracking hasn't moved for days", "the parcel is stuck", "货还没到", "快递一直不动", "运单号SF1002003没有更新"]
)
def test_goods_that_have_not_come_are_looked_up(chat: Open, complaint: str) -> None:
    view = chat(DANA).say(complaint)
    assert "12365" in view["text"]
    assert "SF1002003" in view["text"]
    assert view["action"] == "reply"


def test_goods_past_their_day_go_to_those_who_ship_them(chat: Open) -> None:
    c = chat(DANA).at("2026-06-08T10:00:00+08:00")
    asked, complained = c.talk("where is 12365?", "it still hasn't come")
    assert asked["action"] == "reply"
    assert "passed" in asked["text"]
    assert "SF1002003" in complained["text"]
    assert complained["action"] == "handoff"
    assert [(row["queue"], row["reason"]) for row in c.state()["handoffs"]] == [("logistics", "policy_human_only")]


def test_an_invoice_that_has_not_come_is_no_parcel(chat: Open) -> None:
    assert "SF1002003" not in chat(DANA).say("I still have not received the invoice for 12361")["text"]


@pytest.mark.parametrize(
    "question", ["who signed for my last order?", "which orders do I have open?", "what did I order last?", "where is 12365?", "list my orders"]
)
def test_a_question_about_another_order_changes_no_slot(chat: Open, question: str) -> None:
    c = chat(DANA)
    preview, answer, done = c.talk("Move 12366 to June 12", question, "yes")
    assert answer["procedure"] == preview["procedure"]
    assert "2026-06-12" in answer["text"]
    assert done["receipts"]
    assert c.order("12366")["delivery_date"] == "2026-06-12"


@pytest.mark.parametrize(
    ("who", "lookup", "foreign", "question", "told"),
    [
        (DANA, "where is 12345?", "12345", "when will it arrive?", "12360"),
        (DANA, "where is 12345?", "12345", "which orders do I have?", "12366"),
        (DANA, "where is 12345?", "12345", "what is the head of the P-100?", "32 m"),
        (WEI, "帮我查下订单12360到哪了", "12360", "什么时候能到?", "12345"),
        (WEI, "帮我查下订单12360到哪了", "12360", "P-100扬程多少", "32 m"),
    ],
)
def test_an_order_that_was_not_found_is_not_held_on_to(chat: Open, who: str, lookup: str, foreign: str, question: str, told: str) -> None:
    view = chat(who).talk(lookup, question)[1]
    assert told in view["text"]
    assert foreign not in view["text"]


def test_three_wishes_in_one_question_are_all_kept(chat: Open) -> None:
    c = chat(DANA)
    preview, second, third = c.talk("can you move 12366 to June 12, cut it to 34 and send me an invoice for 12361?", "yes", "yes")
    assert "2026-06-12" in preview["text"]
    assert preview["text"].count("after this one") == 2
    assert "40 to 34 pieces" in second["text"]
    assert "invoice" in third["text"]
    assert len(second["receipts"]) == len(third["receipts"]) == 1


def test_days_that_are_only_asked_about_are_no_new_date(chat: Open) -> None:
    asked, answered, preview = chat(WEI).talk("12345想推迟几天", "你们端午放假是哪天", "那就18号吧")
    assert asked["action"] == "ask"
    assert "06-19" in answered["text"]
    assert "2026-06-18" in preview["text"]


@pytest.mark.parametrize("question", ["list everything I ordered that hasn't arrived yet", "还有哪些没到"])
def test_all_that_is_missing_is_not_one_order(chat: Open, question: str) -> None:
    text = chat(DANA).say(question)["text"]
    assert all(number in text for number in ("12360", "12365", "12366"))
