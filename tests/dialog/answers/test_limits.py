"""Whether a product takes a value: its own figure, cited, with the side on which the value lies; and no figure for what only looks like such a value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA, FANG = "C1/李伟", "C2/Dana Cole", "C3/王芳"


@pytest.mark.parametrize(
    ("who", "text", "says", "takes"),
    [
        (WEI, "PS-20能测2MPa吗", "1.6 MPa", False),
        (DANA, "is the PS-20 ok w/ 2 MPa", "1.6 MPa", False),
        (DANA, "can the PS-20 handle 20 bar", "16 bar", False),
        (DANA, "is the PS-20 fine for 10 bar", "16 bar", True),
        (WEI, "PS-20能不能用在25公斤压力", "1.6 MPa", False),
        (WEI, "P-100能打到40米高吗", "32 m", False),
        (DANA, "will a P-200 lift water 40 m", "50 m", True),
    ],
)
def test_its_figure_says_on_which_side_a_value_lies(who: str, text: str, says: str, takes: bool, chat: Open) -> None:
    view = chat(who).say(text)
    assert view["action"] == "reply"
    assert says in view["text"]
    assert any(word in view["text"] for word in (("可以", "in range") if takes else ("超出", "out of range")))
    assert view["citations"][0]["document"] == "catalog"


@pytest.mark.parametrize("text", ["P-100能装在5米深的井里吗", "PS-20装5米线行吗", "can the P-100 run with 20 m of cable"])
def test_a_value_of_something_else_is_not_measured_by_it(text: str, chat: Open) -> None:
    view = chat(WEI).say(text)
    assert "在范围内" not in view["text"]
    assert "in range" not in view["text"]


@pytest.mark.parametrize(
    ("who", "turns", "says"),
    [
        (DANA, ("can the PS-20 handle 20 bar", "what about 10 bar"), "in range"),
        (DANA, ("will a P-100 lift water 40 m", "which pump would"), "P-200 meets this"),
        (FANG, ("P-100能打到40米高吗", "那哪个泵能"), "P-200 符合"),
        (FANG, ("P-100能打到40米高吗", "那哪个泵能", "它多少钱"), "2,900"),
        (DANA, ("which pump gives me at least 50 m3/h", "and for 20 m3/h?"), "P-100 meets this"),
    ],
)
def test_the_next_value_and_the_next_product(who: str, turns: tuple[str, ...], says: str, chat: Open) -> None:
    assert says in chat(who).talk(*turns)[-1]["text"]


@pytest.mark.parametrize(("turns", "price"), [(("VFD-7能配P-200吗", "P-100也能用吧", "多少钱一台"), "540"), (("SK-25能配P-100吗", "多少钱一套"), "45")])
def test_the_part_is_what_is_asked_to_buy(turns: tuple[str, ...], price: str, chat: Open) -> None:
    view = chat(FANG).talk(*turns)[-1]
    assert f"US${price}" in view["text"]
