"""Numbers and places that a short form says two ways: they are asked for, and no value of them is previewed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
DANA, FANG = "C2/Dana Cole", "C3/王芳"


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (DANA, "Change 12366 to 45 or 50"), (DANA, "Change 12366 to 3x15"), (DANA, "Change 12366 to 1k5"), (DANA, "Change 12366 to 45 boxes"),
        (DANA, "remove all but 35 from 12366"),
        (FANG, "12370改成1万2"), (FANG, "12370改成45箱"), (FANG, "12370改成45或50"), (FANG, "12370把330号改成331号"),
        (DANA, "Change street number of 12366 to 4200"),
        (FANG, "12370改到6月24或25"), (FANG, "12370改到6月24到26之间"), (DANA, "Move 12366 to Friday the week after"),
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_asked(who: str, text: str, chat: Open) -> None:
    view = chat(who).say(text)
    assert view["action"] == "ask"
    assert view["handoff"] is None


def test_a_number_put_right_with_no_is_the_last_one(chat: Open) -> None:
    assert "40 to 46" in chat(DANA).say("Change 12366 to 45, no 46")["text"]


def test_a_place_that_is_denied_is_not_the_new_one(chat: Open) -> None:
    text = chat(DANA).say("Ship 12366 not to 9 Main St, Dallas TX 75201 but 10 Elm St, Austin TX 78701")["text"]
    assert "to 10 Elm St, Austin TX 78701" in text
    assert "9 Main St" not in text


@pytest.mark.parametrize("text", ["Return 5 of 12361, 2 of them opened, the rest unopened", "Return 5 of 12361, 3 of them unopened, the rest opened"])
def test_opened_pieces_are_taken_from_the_number_that_is_said(text: str, chat: Open) -> None:
    assert "3 × SK-25" in chat(DANA).say(text)["text"]


def test_pieces_that_were_all_opened_are_not_said_to_be_unopened(chat: Open) -> None:
    view = chat(DANA).say("Exchange 5 of 12361 for SK-40, 5 opened")
    assert view["action"] != "confirm"
    assert "as you stated" not in view["text"]
