"""What few words go on asking of orders, and that words which say more are none of them."""

from __future__ import annotations

import pytest

from assistant.types import Slot
from assistant.understanding.order_talk import compares_orders, read_talk


def goods(text: str, *names: str) -> tuple[Slot, ...]:
    return tuple(Slot("family", name, name, text.find(name), text.find(name) + len(name)) for name in names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("轴承那单呢", "轴承"),
        ("传感器那个呢", "传感器"),
        ("那密封件的呢", "密封件"),
        ("桌子那批呢", "桌子"),
        ("软管呢", "软管"),
        ("n the one w the drives?", "drives"),
        ("ok and the pumps", "pumps"),
        ("and the bearings one", "bearings"),
        ("same question for the beans", "beans"),
        ("what about the order with the hoses", "hoses"),
    ],
)
def test_goods_named_go_on_with_the_same_question(text: str, name: str) -> None:
    talk = read_talk(text, goods(text, name))
    assert talk is not None
    assert (talk.sought, [slot.value for slot in talk.goods]) == ("", [name])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("轴承多少钱", "轴承"),
        ("软管能用多久", "软管"),
        ("泵有现货吗", "泵"),
        ("how much are the bearings", "bearings"),
        ("how many bearings do you have", "bearings"),
        ("do you sell hoses", "hoses"),
        ("are the pumps any good", "pumps"),
    ],
)
def test_a_question_about_goods_is_no_talk_of_orders(text: str, name: str) -> None:
    assert read_talk(text, goods(text, name)) is None


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("那另一张呢", "other"),
        ("另外那单呢", "other"),
        ("what about the other order?", "other"),
        ("n the other one", "other"),
        ("后面那张呢", "next"),
        ("and the next one?", "next"),
        ("前面那张呢", "previous"),
    ],
)
def test_the_other_one_is_read(text: str, other: str) -> None:
    talk = read_talk(text, ())
    assert talk is not None
    assert talk.other == other


@pytest.mark.parametrize("text", ["另一个型号呢", "换另一个地址", "the other day", "what about the other date", "and the other color", "the other model"])
def test_another_thing_is_no_other_order(text: str) -> None:
    assert read_talk(text, ()) is None


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("so when?", "when"),
        ("那几号到", "when"),
        ("多久能到", "when"),
        ("how many r there", "count"),
        ("是多少个来着", "count"),
        ("一共几套", "count"),
        ("how many did we take", "count"),
        ("and the total?", "total"),
        ("一共呢", "total"),
        ("那张定单金额多少", "total"),
        ("现在多少钱了", "total"),
        ("which of the two comes first", "sooner"),
        ("哪个先到", "sooner"),
        ("which one is due last", "later"),
    ],
)
def test_what_is_asked_of_the_order_talked_of(text: str, sought: str) -> None:
    talk = read_talk(text, ())
    assert talk is not None
    assert talk.sought == sought


@pytest.mark.parametrize(
    "text",
    ["per kit?", "多少钱一台", "每套多少钱", "how many days", "when are you open", "总共可以退几个", "质保多久", "yes", "好的", "谢谢", "那单呢"],
)
def test_words_that_say_more_or_less_are_left_alone(text: str) -> None:
    assert read_talk(text, ()) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [("second", 2), ("total value of the first", 1), ("and the third?", 3), ("那第一张什么时候到", 1), ("第二个多少钱", 2)],
)
def test_a_place_in_what_was_shown(text: str, place: int) -> None:
    talk = read_talk(text, ())
    assert talk is not None
    assert talk.place == place


def test_which_comes_first_speaks_of_orders_only_where_it_says_so() -> None:
    assert compares_orders("最近要到的是哪张单")
    assert compares_orders("which of my orders comes first?")
    assert not compares_orders("which one comes first")


def test_a_long_text_takes_no_longer() -> None:
    assert read_talk("订单单子" * 400 + "x", ()) is None
