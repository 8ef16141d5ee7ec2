"""Several goods, several things asked of them and several wishes in one message: each number goes to its own goods, and nothing is dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA, FANG = "C1/李伟", "C2/Dana Cole", "C3/王芳"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("total for 3 P-100 and 2 SK-25?", ("US$4,800.00", "US$90.00", "US$4,890.00")),
        ("quote for 2 VFD-7 and 5 HB-10", ("US$1,080.00", "US$150.00", "US$1,230.00")),
        ("10 P-200 and 60 SK-40", ("10 pieces come to US$29,000.00", "60 pieces come to US$3,420.00 with the 5%", "US$32,420.00")),
        ("P-100 x 3, SK-25 x 2, BR-6205 x 120 please quote", ("US$4,800.00", "US$90.00", "US$1,324.80", "US$6,214.80")),
        ("P-100, 3 pcs, SK-25, 2 pcs, price?", ("US$4,800.00", "US$90.00", "US$4,890.00")),
        ("how much are 5 each of PS-20 and VFD-7?", ("US$550.00", "US$2,700.00", "US$3,250.00")),
        ("3台P-100加2套SK-25一共多少钱", ("US$4,800.00", "US$90.00", "US$4,890.00")),
        ("P-100和SK-25各5台多少钱", ("US$8,000.00", "US$225.00", "US$8,225.00")),
        ("报价:VFD-7 2台;HB-10 5根;PS-20 4只", ("US$1,080.00", "US$150.00", "US$440.00", "US$1,670.00")),
        ("SK-25和P-100的价格,分别要2个和3台", ("US$90.00", "US$4,800.00", "US$4,890.00")),
        ("3 P-100 and 3 P-200, total?", ("US$4,800.00", "US$8,700.00", "US$13,500.00")),
        ("5台P-100、5台P-200、5个BR-6205总价", ("US$8,000.00", "US$14,500.00", "US$60.00", "US$22,560.00")),
        ("total for P-100 x 3, SK-25 x 3", ("US$4,800.00", "US$135.00", "US$4,935.00")),
        ("how much for 5 each of P-100 and P-200, and 20 BR-6205", ("US$8,000.00", "US$14,500.00", "US$240.00", "US$22,740.00")),
        ("20 BR-6205, and P-100 and P-200 5 each, total?", ("US$8,000.00", "US$14,500.00", "US$240.00", "US$22,740.00")),
        ("P-100和P-200各5台，再加20个BR-6205一共多少钱", ("US$8,000.00", "US$14,500.00", "US$240.00", "US$22,740.00")),
    ],
)
def test_every_number_goes_to_its_own_goods_and_the_sum_is_shown(chat: Open, question: str, told: tuple[str, ...]) -> None:
    view = chat(WEI).say(question)
    assert all(part in view["text"] for part in told), view["text"]
    assert view["action"] == "reply"
    assert view["citations"]


@pytest.mark.parametrize(
    ("question", "sum_", "single"),
    [("P-100和3套SK-25总共多少", "= US$1,735.00", "P-100"), ("what do a VFD-7 and two SK-40 come to in total", "= US$660.00", "")],
)
def test_goods_without_a_number_count_once_in_a_sum_that_is_asked_for(chat: Open, question: str, sum_: str, single: str) -> None:
    text = chat(WEI).say(question)["text"]
    assert sum_ in text
    assert single in text


@pytest.mark.parametrize("question", ["price of P-100 and SK-40, 10 pieces", "P-100和SK-40的价格,要10个"])
def test_a_number_that_may_be_of_either_is_asked_about_and_put_to_neither(chat: Open, question: str) -> None:
    view = chat(WEI).say(question)
    assert view["action"] == "ask"
    assert "US$1,600.00" in view["text"]
    assert "US$60.00" in view["text"]
    assert "16,000" not in view["text"]
    assert "US$600.00" not in view["text"]
    assert "10" in view["text"]


@pytest.mark.parametrize(
    "question", ["10 P-100 plus 60 P-100, price", "10台P-100，再加60台P-100多少钱", "price for 10 P-100? and for 60 pcs?", "P-100 10台和60台分别多少钱"]
)
def test_two_numbers_of_one_product_are_two_quotes(chat: Open, question: str) -> None:
    text = chat(WEI).say(question)["text"]
    assert "US$16,000.00" in text
    assert "US$91,200.00" in text
    assert "US$107,200.00" not in text


@pytest.mark.parametrize("question", ["total for two P-100 minus one P-200", "2台P-100减1台P-200一共多少钱", "total of 3 P-100 without the 2 SK-25"])
def test_what_is_taken_off_is_not_added(chat: Open, question: str) -> None:
    text = chat(WEI).say(question)["text"]
    assert not any(word in text for word in ("In total", "合计：", "Counted once", "没有说数量"))


def test_a_later_message_with_several_goods_is_shared_out_too(chat: Open) -> None:
    first, second = chat(WEI).talk("how much is the P-100?", "and 4 P-200 and 10 SK-40?")
    assert "US$1,600.00" in first["text"]
    assert "US$11,600.00" in second["text"]
    assert "US$600.00" in second["text"]


@pytest.mark.parametrize(
    ("question", "told", "kept_out"),
    [
        ("P-200: price? seal? drive?", ("US$2,900.00", "mechanical seal for P-200 is SK-40.", "drive for P-200 is VFD-7"), ("US$540.00", "SK-25")),
        ("P-100: seal, drive, warranty, price?", ("SK-25", "VFD-7", "24 months", "US$1,600.00"), ("US$540.00",)),
        ("P-200的价格、密封、驱动、扬程", ("US$2,900.00", "SK-40", "VFD-7", "50 m"), ("US$60.00",)),
        ("SK-40多少钱 用在哪个泵上", ("US$60.00", "P-200"), ("HB-10", "G3/8")),
        ("price of SK-40? and which pump does it go on", ("US$60.00", "is for P-200"), ("P-100",)),
        ("price and warranty for PS-20", ("US$110.00", "12 months"), ()),
        ("what's the price, weight and seal of the P-100 and P-200?", ("US$1,600.00", "48 kg", "SK-25", "US$2,900.00", "142 kg", "SK-40"), ()),
        ("P-100 price, P-200 head and seal", ("US$1,600.00", "50 m", "SK-40"), ("32 m", "US$2,900.00")),
        ("P-200: price, seal, stock, warranty for the P-100?", ("US$2,900.00", "SK-40", "P-100 warranty: 24 months"), ("US$1,600.00", "SK-25")),
        ("P-200: price, seal, warranty for the P-100?", ("US$2,900.00", "SK-40", "P-100 warranty: 24 months"), ("US$1,600.00", "SK-25")),
        ("P-200：价格、密封、P-100的质保", ("US$2,900.00", "SK-40", "P-100 的质保是 24 个月"), ("US$1,600.00", "SK-25")),
        ("what does the seal of the P-200 cost", ("SK-40", "US$60.00"), ("US$2,900.00",)),
        ("P-200的密封多少钱", ("SK-40", "US$60.00"), ("US$2,900.00",)),
    ],
)
def test_all_that_is_asked_of_goods_is_told(chat: Open, question: str, told: tuple[str, ...], kept_out: tuple[str, ...]) -> None:
    view = chat(WEI).say(question)
    assert all(part in view["text"] for part in told), view["text"]
    assert not any(part in view["text"] for part in kept_out), view["text"]
    assert view["procedure"] is None
    assert view["citations"]


@pytest.mark.parametrize(
    ("question", "known", "unknown"), [("P-100的扬程、颜色和密封", "32 m", "颜色"), ("PS-20: accuracy, scent, price?", "US$110.00", "scent")]
)
def test_what_the_documents_do_not_hold_of_a_list_is_said(chat: Open, question: str, known: str, unknown: str) -> None:
    text = chat(WEI).say(question)["text"]
    assert known in text
    assert unknown in text


@pytest.mark.parametrize(("turns", "price"), [(("VFD-7配哪些泵", "它多少钱"), "US$540.00"), (("which pump is the SK-40 for?", "how much is it"), "US$60.00")])
def test_a_part_goes_on_being_talked_about(chat: Open, turns: tuple[str, ...], price: str) -> None:
    assert price in chat(WEI).talk(*turns)[-1]["text"]


@pytest.mark.parametrize(
    ("question", "told", "first"),
    [
        ("cheapest thing that measures pressure", "PS-20", "US$110.00"),
        ("最便宜的测压力的东西是哪个", "PS-20", "US$110.00"),
        ("what's your cheapest pump", "P-100 is cheaper", "US$1,600.00"),
        ("PS-20和P-100哪个保修长", "P-100 的质保更长", "24 个月"),
        ("which has the longer warranty, PS-20 or P-100?", "P-100 has the longer warranty", "24 months"),
        ("专票税号要几位", "18", "税号"),
    ],
)
def test_goods_of_a_kind_are_held_against_each_other_and_rules_are_told(chat: Open, question: str, told: str, first: str) -> None:
    view = chat(WEI).say(question)
    assert told in view["text"]
    assert first in view["text"]
    assert view["action"] == "reply"
    assert view["citations"]


@pytest.mark.parametrize(
    ("who", "message", "previews"),
    [
        (DANA, "12366 date June 24, qty 45", ("2026-06-24", "40 to 45 pieces")),
        (FANG, "12370要改日期和地址,日期6月16,地址广州市天河区中山大道100号", ("2026-06-16", "天河区中山大道100号")),
        (FANG, "12370数量改成60,交期改到6月18号", ("60", "2026-06-18")),
        (WEI, "12346推到6月15号,送到江苏省苏州市工业园区星湖街328号", ("2026-06-15", "星湖街328号")),
    ],
)
def test_every_change_of_one_order_is_previewed_in_its_turn(chat: Open, who: str, message: str, previews: tuple[str, str]) -> None:
    c = chat(who)
    first, second, third = c.talk(message, "yes", "yes")
    assert first["action"] == "confirm"
    assert previews[0] in first["text"]
    assert first["receipts"] == []
    assert second["action"] == "confirm"
    assert previews[1] in second["text"]
    assert len(second["receipts"]) == len(third["receipts"]) == 1


@pytest.mark.parametrize("message", ["12345 cut to 9 pieces before June 20", "move 12345 (10 pumps) to June 24"])
def test_what_only_describes_an_order_or_a_change_is_no_second_change(chat: Open, message: str) -> None:
    c = chat(WEI)
    first, second = c.talk(message, "yes")
    assert first["action"] == "confirm"
    assert second["action"] == "execute"
    assert len(second["receipts"]) == 1


@pytest.mark.parametrize(
    ("who", "question", "numbers"),
    [
        (DANA, "hoses delivered, and bearings due?", ("12362", "12366")),
        (DANA, "where are my hoses and my bearings?", ("12362", "12366")),
        (FANG, "轴承和密封件到了没", ("12370", "12371")),
    ],
)
def test_the_orders_of_several_goods_are_all_told(chat: Open, who: str, question: str, numbers: tuple[str, ...]) -> None:
    text = chat(who).say(question)["text"]
    assert all(number in text for number in numbers), text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("when are your people in, and P-100 flow", ("09:00", "25 m³/h")),
        ("price of 12366 and where does it go", ("US$480.00", "Austin")),
        ("12360和12366分别什么时候到,各多少钱", ("2026年6月18日", "2026年6月16日", "US$9,600.00", "US$480.00")),
        ("SK-25和SK-40有什么区别,分别多少钱", ("25 mm", "40 mm", "US$45.00", "US$60.00")),
    ],
)
def test_no_part_of_a_question_is_dropped(chat: Open, question: str, told: tuple[str, ...]) -> None:
    text = chat(DANA).say(question)["text"]
    assert all(part in text for part in told), text


@pytest.mark.parametrize(
    ("who", "turns", "told"),
    [
        (FANG, ("10台泵和20套密封多少钱", "P-100", "SK-25"), ("P-200", "US$16,000.00", "US$900.00")),
        (DANA, ("how much for 10 pumps and 20 seals", "P-200", "SK-40"), ("P-100", "US$29,000.00", "US$1,200.00")),
        (DANA, ("price of 20 seals", "SK-25"), ("SK-40", "US$900.00")),
    ],
)
def test_kinds_of_goods_are_chosen_one_after_another_and_keep_their_numbers(chat: Open, who: str, turns: tuple[str, ...], told: tuple[str, ...]) -> None:
    views = chat(who).talk(*turns)
    assert all(part in view["text"] for part, view in zip(told, views, strict=True))
    assert not any("sentence.blocked" in view["events"] for view in views)


@pytest.mark.parametrize("message", ["total price for P-100, SK-25 and VFD-7?", "P-100、SK-25和VFD-7一共多少钱"])
def test_an_open_quote_takes_several_goods(chat: Open, message: str) -> None:
    asked, view = chat(WEI).talk("how much does it cost?", message)
    assert asked["action"] == "ask"
    assert all(price in view["text"] for price in ("US$1,600.00", "US$45.00", "US$540.00", "US$2,185.00"))


@pytest.mark.parametrize(("message", "price"), [("price of P-300 and P-100", "US$1,600.00"), ("2台P-100和P-300一共多少钱", "US$3,200.00")])
def test_goods_that_nobody_knows_are_said_to_be_unknown_beside_those_that_are(chat: Open, message: str, price: str) -> None:
    text = chat(WEI).say(message)["text"]
    assert price in text
    assert "P-300" in text
    assert "In total" not in text
    assert "合计：" not in text


@pytest.mark.parametrize(
    ("message", "told"), [("P-100的价格是多少?P-200呢?加起来呢?", "US$4,500.00"), ("how much is the P-100? and the SK-25? altogether?", "US$1,645.00")]
)
def test_goods_added_in_a_second_sentence_belong_to_the_quote(chat: Open, message: str, told: str) -> None:
    assert told in chat(WEI).say(message)["text"]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("is SK-40 in stock and what does it cost", ("US$60.00", "1000")),
        ("price P-100, stock P-200", ("US$1,600.00", "P-200 centrifugal pump are in stock")),
        ("do you have 5 P-100 and 3 VFD-7 in stock?", ("enough for 5", "enough for 3")),
        ("PS-20的精度、价格、库存", ("±0.5 % FS", "US$110.00", "库存是")),
    ],
)
def test_stock_asked_beside_something_else_is_told(chat: Open, message: str, told: tuple[str, ...]) -> None:
    text = chat(WEI).say(message)["text"]
    assert all(part in text for part in told), text


@pytest.mark.parametrize("message", ["price of 12366 and where does it go", "12366的价格"])
def test_the_price_of_an_order_that_is_not_there_is_said_not_to_be_found(chat: Open, message: str) -> None:
    view = chat(WEI).say(message)
    assert "12366" in view["text"]
    assert "480" not in view["text"]
    assert "access.denied" in view["events"]
