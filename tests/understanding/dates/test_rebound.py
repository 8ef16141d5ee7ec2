"""A choice by values, asked again with one value changed."""

from __future__ import annotations

import pytest

from assistant.types import Slot
from assistant.understanding.dates.rebound import rebound
from tests.understanding.slots.slots_shop import slots

UNITS = {"power": "W", "volume": "L"}


def find(text: str) -> tuple[Slot, ...]:
    return slots(text)


@pytest.mark.parametrize(
    ("text", "previous", "whole"),
    [
        ("功率改成95", "帮我选一台,功率60,容量20", "帮我选一台,功率95,容量20"),
        ("不对,功率是95", "选一台功率60的", "选一台功率95的"),
        ("sorry, the power is 95", "which one for power 60 and volume 20", "which one for power 95 and volume 20"),
        ("make it 70 W", "a machine for 60 W", "a machine for 70 W"),
        ("volume 3", "a machine with power 60", "a machine with power 60, volume 3"),
    ],
)
def test_the_value_takes_the_place_of_its_own(text: str, previous: str, whole: str) -> None:
    assert rebound(text, previous, find=find, units=UNITS) == whole


@pytest.mark.parametrize(
    ("text", "previous"),
    [
        ("功率改成95", ""),
        ("功率改成95", "KX-300功率60够吗"),  # of one product, no choice
        ("功率改成95", "有什么机器"),  # nothing was chosen by
        ("how much is the power 95 model and can you deliver tomorrow", "a machine with power 60"),
        ("把12345改成95", "选一台功率60的"),
    ],
)
def test_what_says_more_or_follows_no_choice_stays(text: str, previous: str) -> None:
    assert rebound(text, previous, find=find, units=UNITS) == ""
