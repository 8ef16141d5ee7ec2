"""A reply that is a number and no more."""

from __future__ import annotations

import pytest

from assistant.understanding.slots.another import mere_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("32", "32"),
        ("actually 32", "32"),
        ("no wait, 32", "32"),
        ("sorry i meant 65", "65"),
        ("not 33, 39", "39"),
        ("hmm make that 30 then", "30"),
        ("还是220吧", "220"),
        ("不对 220", "220"),
        ("不是33，是39", "39"),
        ("錯了，31", "31"),
        ("八个吧", "八个"),
        ("", ""),
        ("ok", ""),
        ("yes 32", ""),
        ("32?", ""),
        ("220呢", ""),
        ("call me at 32 main street", ""),
        ("30 or 40", ""),
        ("3.5", ""),
        ("5%", ""),
        ("6/15", ""),
        ("order 12366", ""),
        ("2 more", ""),
    ],
)
def test_a_mere_number(text: str, number: str) -> None:
    assert mere_number(text) == number


@pytest.mark.parametrize(("text", "number"), [("21呢", "21"), ("那21可以吗", "21"), ("what about 21?", "21"), ("is 21 ok", "21"), ("21 pumps?", "")])
def test_one_that_is_suggested(text: str, number: str) -> None:
    assert mere_number(text, suggested=True) == number
