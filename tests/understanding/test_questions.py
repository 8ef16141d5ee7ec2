"""Questions about the rules against wishes about one's own order, by grammar alone."""

from __future__ import annotations

import pytest

from assistant.understanding.questions import about_own, about_rules, asks, asks_how, asks_service_cost, asks_what, compares, inverted, sets_apart

RULES = [
    "what happens if the driver finds nobody at the gate",
    "Do you take back worn machines?",
    "is there a charge for putting the delivery off",
    "who pays the freight for returns?",
    "Can opened goods be returned?",
    "How much is an inspection out of warranty?",
    "what's the latest I can cancel without paying?",
    "有没有延保",
    "送货的时候没人收怎么办",
    "退货运费谁出",
    "过了质保期修一次多少钱",
    "最晚什么时候能改交期",
    "你们周末送货吗",
    "運費怎麼算",
]
OWN = [
    "where is my stuff?",
    "has it shipped yet?",
    "could you move the delivery to Friday?",
    "Can I return the hoses we got?",
    "is my pump still under warranty?",
    "please cancel it",
    "我的货到哪了",
    "发货了吗",
    "那批货什么时候到",
    "帮我开个发票行吗",
    "我想退货怎么弄",
]


@pytest.mark.parametrize("text", RULES)
def test_a_rule_is_asked_for_in_general(text: str) -> None:
    assert asks(text)
    assert about_rules(text, strictly=True)
    assert not about_own(text)


@pytest.mark.parametrize("text", OWN)
def test_ones_own_order_is_meant_by_pointing_and_asking(text: str) -> None:
    assert about_own(text)


@pytest.mark.parametrize("text", ["还有多久到货", "how long until it arrives?"])
def test_a_measure_of_time_alone_is_a_weaker_sign(text: str) -> None:
    assert about_rules(text)
    assert not about_rules(text, strictly=True)


@pytest.mark.parametrize("text", ["撤销改期的时限是多久", "how long do you keep it", "哪天到", "那是为什么，怎么回事"])
def test_an_interrogative_is_no_yes_and_no_no(text: str) -> None:
    assert asks_what(text)


@pytest.mark.parametrize("text", ["是的", "yes please", "不用了", "可以", "no thanks", "行，就这样"])
def test_an_answer_is_no_question(text: str) -> None:
    assert not asks_what(text)


@pytest.mark.parametrize(
    ("text", "found"), [("哪个便宜", True), ("which one is lighter", True), ("which is cheaper?", True), ("能便宜点吗", False), ("哪天发货", False)]
)
def test_comparisons(text: str, found: bool) -> None:
    assert compares(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("how much does shipping to Denver cost for one P-200?", True),
        ("P-200的运费多少", True),
        ("how much is freight?", True),
        ("how much is a P-200", False),
        ("P-200多少钱", False),
    ],
)
def test_the_price_of_a_service_is_not_that_of_the_goods(text: str, found: bool) -> None:
    assert asks_service_cost(text) is found


@pytest.mark.parametrize("text", ["重多少", "贵多少钱", "差多少", "差价", "how much heavier is it", "by how much?", "how many more pieces", "the price gap"])
def test_how_far_two_are_apart(text: str) -> None:
    assert sets_apart(text)


@pytest.mark.parametrize("text", ["多少钱", "多重", "how much is it", "how heavy is it", "哪个便宜"])
def test_how_much_one_is(text: str) -> None:
    assert not sets_apart(text)


@pytest.mark.parametrize("text", ["怎么寄", "如何申请退货", "怎么下单", "how do I send it back", "how to install it"])
def test_how_it_is_done(text: str) -> None:
    assert asks_how(text)


@pytest.mark.parametrize("text", ["怎么回事", "怎么还没到", "怎么样", "how much is it", "how do I know", "how long does it take"])
def test_how_else(text: str) -> None:
    assert not asks_how(text)


@pytest.mark.parametrize("text", ["was it delivered", "is this under warranty", "did you get my message", "and can I cancel it"])
def test_a_question_by_the_order_of_its_words(text: str) -> None:
    assert inverted(text)


@pytest.mark.parametrize("text", ["does not start", "is leaking", "it was delivered broken", "the pump is loud"])
def test_a_description_is_none(text: str) -> None:
    assert not inverted(text)
