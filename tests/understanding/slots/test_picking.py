"""Which product of those just shown is picked: by place, by price, by what it has more of; none when the words fit two or none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.types import Slot
from assistant.understanding.slots.picking import Measures, picked
from tests.understanding.slots.slots_shop import slots

AMONG = ("KX-300", "KX-500")
MEASURES: Measures = {
    "KX-300": {"price": (Decimal(90000), ""), "power": (Decimal(900), "W"), "volume": (Decimal(2), "L")},
    "KX-500": {"price": (Decimal(140000), ""), "power": (Decimal("1.4"), "kW"), "volume": (Decimal(2), "L")},
}


def find(text: str) -> tuple[Slot, ...]:
    return slots(text)


def pick(text: str, among: tuple[str, ...] = AMONG) -> str:
    options = [slot for slot in slots(text) if slot.name == "option"]
    found = picked(text, options, among, measures=MEASURES, find=find)
    return found.sku if found is not None else ""


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("前者多少钱", "KX-300"),
        ("后者呢", "KX-500"),
        ("第二个的功率", "KX-500"),
        ("便宜的那款呢", "KX-300"),
        ("贵的质保多久", "KX-500"),
        ("功率大的那台多少钱", "KX-500"),
        ("功率小的呢", "KX-300"),
        ("the former", "KX-300"),
        ("what does the latter weigh", "KX-500"),
        ("how much is the second one", "KX-500"),
        ("the cheaper one?", "KX-300"),
        ("the more expensive one please", "KX-500"),
        ("and the one with more power", "KX-500"),
        ("the model with the least power", "KX-300"),
        ("ok the big one", "KX-500"),
    ],
)
def test_places_prices_and_figures_pick(text: str, sku: str) -> None:
    assert pick(text) == sku


@pytest.mark.parametrize(
    "text",
    [
        "最大的功率是多少",  # the greatest of one, not one of two
        "容量大的那台",  # both hold the same
        "轻的那台",  # nothing says what they weigh
        "the third one",
        "多大的流量",
        "how heavy is it",
        "the lighter one",
    ],
)
def test_words_that_fit_none_or_two_alike_pick_nothing(text: str) -> None:
    assert pick(text) == ""


def test_one_product_alone_is_no_choice() -> None:
    assert pick("the cheaper one", ("KX-300",)) == ""


def test_figures_in_other_units_are_compared_as_they_are() -> None:
    assert pick("the one with more power") == "KX-500"  # 1.4 kW are more than 900 W
