"""Numbers that can be no quantity are read as that, with the reason, and never as another number."""

from __future__ import annotations

import pytest

from tests.understanding.slots.slots_shop import slots


def said(text: str, expecting: str = "") -> list[tuple[object, str]]:
    return [(slot.value, slot.note) for slot in slots(text, expecting=expecting) if slot.name == "quantity"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("40017改成1.5台", "1.5台"),
        ("把40017的数量改成-2", "-2"),
        ("数量改为负三", "负三"),
        ("两台半", "两台半"),
        ("change 40017 to 1e3 pieces", "1e3 pieces"),
        ("set the quantity to -4", "-4"),
        ("return 2.5 pieces", "2.5 pieces"),
        ("1.5 KX-300", "1.5"),
    ],
)
def test_parts_negatives_and_powers_are_unusable(text: str, what: str) -> None:
    assert said(text) == [({"unusable": what}, "unusable")]


@pytest.mark.parametrize("text", ["1.5", "-2", "2.5吧", "1e3", "minus 3"])
def test_alone_they_are_the_answer_to_the_question_how_many(text: str) -> None:
    assert [note for _, note in said(text, "quantity")] == ["unusable"]


@pytest.mark.parametrize("text", ["99999999999台", "改成123456789012", "1,000,000,000 pieces"])
def test_more_than_anybody_orders_is_too_much(text: str) -> None:
    assert [note for _, note in said(text)] == ["huge"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("加到12台", 12),
        ("减2台", {"delta": -2}),
        ("+2", {"delta": 2}),
        ("10-12个", {"range": [10, 12]}),
        ("1.5万个", 15000),
        ("改成8台", 8),
        ("减半", {"relative": "half"}),
    ],
)
def test_what_can_be_one_still_is(text: str, value: object) -> None:
    assert [found for found, _ in said(text, "quantity")] == [value]


@pytest.mark.parametrize("text", ["流量2.5方够吗", "1.5吨重", "-5度能用吗", "call 13800000000"])
def test_measures_and_phones_count_nothing(text: str) -> None:
    assert said(text) == []
