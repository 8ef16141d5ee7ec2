"""The question before is put to all products when another one than the named is asked for."""

from __future__ import annotations

import re

import pytest

from assistant.types import Slot
from assistant.understanding.slots.another_one import which_else


def find(text: str) -> tuple[Slot, ...]:
    return tuple(Slot("product", match.group(), match.group(), match.start(), match.end()) for match in re.finditer(r"P-\d00", text))


@pytest.mark.parametrize(
    ("text", "previous", "asked"),
    [
        ("which pump would", "will a P-100 lift water 40 m", "will a which pump lift water 40 m"),
        ("so which one can then?", "can the P-100 handle 80 °C", "can the which one handle 80 °C"),
        ("那哪个泵能", "P-100能打到40米高吗", "哪个泵能打到40米高吗"),
        ("哪款可以呢", "P-100流量能到50方吗", "哪款流量能到50方吗"),
    ],
)
def test_the_same_is_asked_of_all(text: str, previous: str, asked: str) -> None:
    assert which_else(text, previous, find) == asked


@pytest.mark.parametrize(
    ("text", "previous"),
    [
        ("which pump would", "what is the P-100 made of"),
        ("which pump would", "is the P-100 or the P-200 better at 40 m"),
        ("which is cheaper", "will a P-100 lift water 40 m"),
        ("哪个便宜", "P-100能打到40米高吗"),
        ("那哪个泵能", ""),
    ],
)
def test_another_question_stands_for_itself(text: str, previous: str) -> None:
    assert which_else(text, previous, find) == ""
