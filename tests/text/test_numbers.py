"""Numbers as people write them, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.text.numbers import find_numbers, parse_en, parse_number, parse_zh


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("二十五台", [25]),
        ("两个", [2]),
        ("一百零八件", [108]),
        ("三千五", [3500]),
        ("一万二", [12000]),
        ("3万", [30000]),
        ("1.5万", [15000]),
        ("俩", [2]),
        ("兩打", [24]),
        ("半打", [6]),
        ("一打半", [18]),
        ("三个半", [Decimal("3.5")]),
        ("零点五", [Decimal("0.5")]),
        ("伍拾台", [50]),
        ("我要五", [5]),
        ("200个改成160", [200, 160]),
        ("共3.5箱", [Decimal("3.5")]),
        ("第3个", []),
        ("twenty-five pumps", [25]),
        ("a hundred and five", [105]),
        ("two and a half", [Decimal("2.5")]),
        ("a dozen", [12]),
        ("half a dozen", [6]),
        ("2k", [2000]),
        ("1,600.00", [Decimal("1600.00")]),
        ("50pcs", [50]),
        ("all but one", [1]),
        ("一下", []),
        ("统一周三十分第二个", []),
        ("P-100 SF1002003 6205ZZ #12345", []),
        ("the cheaper one", []),
        ("1/2 10x20", []),
        ("打八折", []),
        ("几十个", []),
    ],
)
def test_values(text: str, values: list[int | Decimal]) -> None:
    found = find_numbers(text)
    assert [mention.value for mention in found] == values
    assert all(text[mention.start : mention.end] == mention.text for mention in found)


@pytest.mark.parametrize(
    ("text", "value", "kind", "approximate"),
    [
        ("10%", 10, "percent", False),
        ("ten percent", 10, "percent", False),
        ("百分之三十", 30, "percent", False),
        ("三成", 30, "percent", False),
        ("一半", Decimal("0.5"), "fraction", False),
        ("half", Decimal("0.5"), "fraction", False),
        ("三分之一", Decimal(1) / 3, "fraction", False),
        ("半箱", Decimal("0.5"), "number", False),
        ("十来个", 10, "number", True),
        ("30多台", 30, "number", True),
        ("两三个", 2, "number", True),
        ("a couple of", 2, "number", True),
    ],
)
def test_kinds(text: str, value: int | Decimal, kind: str, approximate: bool) -> None:
    (mention,) = find_numbers(text)
    assert (mention.value, mention.kind, mention.approximate) == (value, kind, approximate)


def test_parsers_refuse_what_is_no_number() -> None:
    assert parse_zh("泵") is None
    assert parse_en("pump") is None
    assert parse_number("十二") == 12
    assert parse_number("1,250.5") == Decimal("1250.5")
    assert parse_number("x") is None
