"""Questions in buyers' words: an attribute meant by an adjective or in part, how far two are apart, and that contents are no price."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]


@pytest.mark.parametrize(
    ("who", "says", "told"),
    [
        ("C2/Dana Cole", "which pump is lighter", ["P-100 48 kg", "P-200 142 kg", "94 kg apart", "P-100 is lighter"]),
        ("C2/Dana Cole", "which is heavier, the P-100 or the P-200", ["94 kg apart", "P-200 is heavier"]),
        ("C1/李伟", "两种泵哪个扬程高", ["P-200 50 m", "P-100 32 m", "相差 18 m", "扬程更高"]),
        ("C1/李伟", "P-200比P-100重多少", ["相差 94 kg"]),
        ("C2/Dana Cole", "which seal is cheaper", ["US$15.00 apart", "SK-25 is cheaper"]),
    ],
)
def test_both_figures_the_gap_and_the_winner_are_told(chat: Open, who: str, says: str, told: list[str]) -> None:
    (view,) = chat(who).talk(says)
    assert all(part in view["text"] for part in told), view["text"]
    assert view["citations"]


@pytest.mark.parametrize(
    ("who", "turns", "gap"), [("C2/Dana Cole", ("which pump is lighter", "by how much"), "94 kg"), ("C1/李伟", ("哪个泵更轻", "差多少"), "94 kg")]
)
def test_the_gap_is_asked_for_afterwards(chat: Open, who: str, turns: tuple[str, str], gap: str) -> None:
    *_, view = chat(who).talk(*turns)
    assert gap in view["text"]
    assert "扬程" not in view["text"]
    assert "head" not in view["text"]


@pytest.mark.parametrize(("who", "says"), [("C2/Dana Cole", "how much nickel is in the P-100"), ("C1/李伟", "P-100含铅多少")])
def test_what_goods_hold_is_no_price(chat: Open, who: str, says: str) -> None:
    (view,) = chat(who).talk(says)
    assert "1,600" not in view["text"]


@pytest.mark.parametrize("says", ["P-100和P-200哪个能过的沙粒更大", "P-100、P-200里面哪款吸得更高"])
def test_another_property_is_not_told_in_its_place(chat: Open, says: str) -> None:
    (view,) = chat("C1/李伟").talk(says)
    assert "更大。" not in view["text"]
    assert "扬程" not in view["text"]
