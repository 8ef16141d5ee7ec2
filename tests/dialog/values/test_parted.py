"""Pieces told apart by a property: how many have it, in both languages, and what counts nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.dialog.values.parted import having, parted

WORDS = {"yes": ("未拆封", "没拆封", "没拆", "unopened", "sealed", "never opened"), "no": ("已拆封", "拆了", "打开了", "opened", "unsealed")}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("7 are still sealed, 3 we opened", {"yes": 7, "no": 3}),
        ("just the 7 sealed ones then", {"yes": 7}),
        ("18 unopened and two opened", {"yes": 18, "no": 2}),
        ("3个没拆,1个拆了", {"yes": 3, "no": 1}),
        ("one is opened", {"no": 1}),
        ("all sealed", {}),
        ("2 boxes, both unopened", {}),
        ("unopened, delivered 3 days ago", {}),
        ("4个全退,没拆封", {}),
        ("5 or 6 sealed", {}),
    ],
)
def test_what_is_counted(text: str, parts: dict[str, int]) -> None:
    assert parted(text, WORDS) == parts


@pytest.mark.parametrize(
    ("parts", "total", "number"), [({"yes": 7, "no": 3}, 10, 7), ({"no": 3}, 10, 7), ({"no": 10}, 10, None), ({"yes": 9, "no": 3}, 10, None)]
)
def test_how_many_have_it(parts: dict[str, int], total: int, number: int | None) -> None:
    assert having(parts, total) == number


@pytest.mark.parametrize(
    ("who", "turns", "number"),
    [
        ("C2/Dana Cole", ("I'd like to return 10 seal kits from 12361", "7 are still sealed, 3 we opened", "yes"), 7),
        ("C2/Dana Cole", ("return 12361, all 20", "18 unopened, two opened", "yes"), 18),
        ("C1/李伟", ("12350退4个", "3个没拆,1个拆了", "确认"), 3),
    ],
)
def test_only_what_is_unopened_goes_back(chat: Callable[[str], Any], who: str, turns: tuple[str, ...], number: int) -> None:
    c = chat(who)
    *_, done = c.talk(*turns)
    assert len(done["receipts"]) == 1
    assert str([number]) in str([[item["quantity"] for item in value[1]] for name, value in done["receipts"][0]["changes"].items() if name == "items"])
