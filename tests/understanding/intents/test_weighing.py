"""Questions about what a change would mean, against requests for it."""

from __future__ import annotations

import pytest

from assistant.understanding.intents.weighing import asks_outcome, leads_to, of_later, speaks_of_cost, supposes, weighed_act, weighs

WEIGHING = [
    ("If I cancel 12366 do I have to pay?", "I cancel 12366"),
    ("what would it cost to cancel 12360?", "cancel 12360"),
    ("is there a fee if I cancel 12360?", "I cancel 12360"),
    ("how much is the cancellation fee for 12360?", "cancellation 12360"),
    ("does cancelling 12360 cost anything?", "does cancelling 12360"),
    ("what happens if I return only half of 12361?", "I return only half of 12361"),
    ("is cancelling 12366 free?", "is cancelling 12366"),
    ("取消12345要收钱吗", "取消12345"),
    ("要是取消12345，会扣多少", "取消12345"),
    ("12345退掉的话费用怎么算", "12345退掉"),
    ("12345现在取消的话扣多少钱", "12345 取消"),
    ("如果取消12345要付違約金嗎", "取消12345"),
]
ASKED_FOR = [
    "can you cancel 12366?",
    "please cancel 12366, is there a fee?",
    "cancel 12366 if it is free",
    "I would like to cancel 12366",
    "could you move 12366 to June 12 for free?",
    "帮我取消12345",
    "麻烦取消12345，要钱吗",
    "如果不收费就把12345取消了",
    "12345不要了",
    "P-100扬程多少",
    "where is 12365?",
]


@pytest.mark.parametrize(("text", "act"), WEIGHING)
def test_what_weighs_and_what_is_weighed(text: str, act: str) -> None:
    assert weighs(text)
    assert weighed_act(text) == act


@pytest.mark.parametrize("text", ASKED_FOR)
def test_what_asks_for_it_weighs_nothing(text: str) -> None:
    assert not weighs(text)


@pytest.mark.parametrize(
    ("before", "then", "goes_on"),
    [
        ("要是取消12345，", "会扣多少", True),
        ("if I return 5 kits from 12361,", "who pays the freight?", True),
        ("12345能改期吗，", "收费吗", False),
        ("cancel 12366,", "and at what cost?", False),
        ("12345能取消吗，", "P-200扬程多少", False),
        ("can you cancel 12366,", "is there a fee?", False),
    ],
)
def test_a_question_that_goes_on(before: str, then: str, goes_on: bool) -> None:
    assert leads_to(before, then) is goes_on


def test_suppositions_outcomes_and_prices() -> None:
    assert supposes("suppose we cancelled 12360")
    assert not supposes("we cancelled 12360")
    assert asks_outcome("12345不做了有什么后果")
    assert not asks_outcome("12345什么时候到")
    assert speaks_of_cost("no fee")
    assert not speaks_of_cost("the date stays the same")


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("what's the fee if I cancel 12366 after production starts?", True),
        ("can I still cancel it once it is shipped?", True),
        ("12370发货后取消要多少钱", True),
        ("等投产了再取消收费吗", True),
        ("what would it cost to cancel 12366?", False),
        ("取消12370要多少钱", False),
        ("改发货时间要钱吗", False),
    ],
)
def test_what_holds_later_is_told_from_what_holds_now(text: str, later: bool) -> None:
    assert of_later(text) is later
