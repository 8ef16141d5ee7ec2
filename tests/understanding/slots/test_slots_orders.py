"""Order numbers: how they are typed, what only looks like one, corrections, and companies whose numbers look otherwise."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SHOP = runpy.run_path(str(Path(__file__).with_name("slots_shop.py")))
values, slots = SHOP["values"], SHOP["slots"]


@pytest.mark.parametrize(
    "text",
    [
        "40017", "#40017", "＃４００１７", "40017那单什么时候到", "订单40017", "订单号：40017", "order no.40017 please", "PO 40017", "ord-40017",
        "order#40017", "(40017)",
        "where is 40017?", "订单四零零一七", "帮我查下四零零幺七", "it's 40017!", "order: 40017; thanks", "order four zero zero one seven",
        "four zero zero one seven is the order", "my order is forty oh seventeen", "has shipment 40017 left?", "快递40017到哪了",
    ],
)  # fmt: skip
def test_one_number_however_it_is_typed(text: str) -> None:
    assert values(text, "order") == ["40017"]


@pytest.mark.parametrize(
    "text",
    [
        "总价40017元", "$40,017", "40017 USD", "设备序列号40017", "serial 40017", "邮编40017", "zip 40017", "快递单号SF4001702", "发票号40017",
        "invoice number 40017", "FL-7080",
        "40000 filters", "12345个", "税号4001740017400174", "13840017400", "1.40017", "4001九", "room 40017", "客户编号 40017",
        "我的工号是40017", "工号40017为您服务",
    ],
)  # fmt: skip
def test_numbers_of_other_things_are_no_orders(text: str) -> None:
    assert values(text, "order") == []


@pytest.mark.parametrize(
    "text", ["status 40017 n 40018 pls", "40017/40018 eta?", "40017 40018", "四零零一七 和 四零零一八 分别到哪了", "where are 40017 n 40018"]
)
def test_two_orders_are_both_kept_however_they_are_joined(text: str) -> None:
    assert values(text, "order") == ["40017", "40018"]


def test_two_orders_are_both_kept_in_order() -> None:
    assert values("40017/40018 both arrive?", "order") == ["40017", "40018"]
    assert values("orders 40017, 40018 and 40017", "order") == ["40017", "40018"]
    assert values("40017,40018", "order") == ["40017", "40018"]


@pytest.mark.parametrize(
    "text",
    [
        "退#40017…不对,是#40018", "no wait: 40017, I meant 40018", "40017 sorry 40018", "cancel 40017 no wait 40018", "40017,哦不,40018",
        "40017算了,还是查40018",
        "不是40017,是40018", "40017打错了，应该是40018", "not 40017 but 40018", "我说40017，抱歉说错了，是40018", "40017. Sorry, 40018",
    ],
)  # fmt: skip
def test_a_correction_keeps_only_the_final_number(text: str) -> None:
    found = [slot for slot in slots(text) if slot.name == "order"]
    assert [(slot.value, slot.note) for slot in found] == [("40018", "corrected")]


@pytest.mark.parametrize("text", ["40017改期,不是40018哦", "40017, not 40018", "return 40017 instead of 40018", "要40017,不要40018"])
def test_a_denied_number_is_dropped(text: str) -> None:
    assert values(text, "order") == ["40017"]


@pytest.mark.parametrize("text", ["40017 no problem, 40018 is late", "40017的发票不对,40018的也不对", "40017, wait for 40018", "40017,另外40018也查一下"])
def test_words_that_only_sound_like_a_correction_drop_nothing(text: str) -> None:
    assert values(text, "order") == ["40017", "40018"]


def test_a_number_that_is_only_denied_is_not_taken() -> None:
    assert values("不是40017", "order") == []
    assert values("是不是40017?", "order") == ["40017"]
    assert values("40017不要了,帮我取消", "order") == ["40017"]


@pytest.mark.parametrize("text", ["4 0 0 1 7", "40-017", "400 17", "forty oh seventeen"])
def test_digits_apart_count_when_an_order_is_asked_for(text: str) -> None:
    assert values(text, "order", expecting="order") == ["40017"]
    assert values(text, "order") == []


def test_a_number_of_the_wrong_length_is_an_order_when_it_is_called_one() -> None:
    assert values("订单1234567", "order") == ["1234567"]
    assert values("4001", "order", expecting="order") == ["4001"]
    assert values("4001", "order") == []


@pytest.mark.parametrize(
    ("orders", "pattern", "said"),
    [
        (("SO-10023", "SO-10999"), "", {"so10023": "SO-10023", "SO 10023": "SO-10023", "order 10023": "SO-10023", "10023": "SO-10023"}),
        (("A1001", "B1002"), "", {"a1001 please": "A1001", "B 1002": "B1002"}),
        (("2024-00123", "2025-00999"), "", {"2024-00123": "2024-00123", "order 2024 00123": "2024-00123"}),
        (("1001", "1002"), "", {"where is 1001": "1001"}),
        ((), r"WX\d{8}", {"wx20240001": "WX20240001", "#20240001": "WX20240001"}),
        ((), "", {"123456": "123456", "#1234": "1234"}),
    ],
)
def test_numbers_of_other_companies(orders: tuple[str, ...], pattern: str, said: dict[str, str]) -> None:
    using = SHOP["lexicon"](orders=orders, number_pattern=pattern)
    for text, expected in said.items():
        assert values(text, "order", using=using) == [expected], text


def test_a_four_digit_company_still_counts_goods() -> None:
    using = SHOP["lexicon"](orders=("1001", "1002"))
    assert values("1001 filters", "order", using=using) == []
    assert values("1001 filters", "quantity", using=using) == [1001]


def test_a_pattern_that_is_no_expression_is_refused() -> None:
    with pytest.raises(ValueError, match="no regular expression"):
        SHOP["lexicon"](number_pattern="(")
