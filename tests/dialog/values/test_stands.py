"""An address that is the present one in other words, and one that is not."""

from __future__ import annotations

import pytest

from assistant.dialog.values.stands import same_place

OAKS = "4100 Industrial Oaks Blvd, Dock 2, Austin, TX 78735, USA"
LAKE = "江苏省苏州市工业园区金鸡湖大道88号 华峰机械3号仓库"


@pytest.mark.parametrize(
    ("said", "present"),
    [
        (OAKS, OAKS),
        ("4100 industrial oaks boulevard dock 2 austin tx", OAKS),
        ("4100 Industrial Oaks Blvd, Austin, TX 78735", OAKS),
        ("4100 Industrial Oaks Blvd", OAKS),
        (LAKE, LAKE),
        ("蘇州工業園區金雞湖大道88號", LAKE),
        ("苏州市工业园区金鸡湖大道88号华峰机械3号仓库", LAKE),
    ],
)
def test_the_present_place_in_other_words(said: str, present: str) -> None:
    assert same_place(said, present)


@pytest.mark.parametrize(
    ("said", "present"),
    [
        ("4100 Industrial Oaks Blvd, Dock 3, Austin, TX 78735, USA", OAKS),
        ("4200 Industrial Oaks Blvd, Austin, TX 78735", OAKS),
        ("100 Industrial Oaks Blvd, Austin", OAKS),
        ("4100 Oaks Blvd, Austin", OAKS),
        ("Austin TX", OAKS),
        ("金鸡湖大道8号", LAKE),
        ("江苏省苏州市工业园区金鸡湖大道88号 华峰机械5号仓库", LAKE),
        ("苏州", LAKE),
    ],
)
def test_another_place_or_none(said: str, present: str) -> None:
    assert not same_place(said, present)
