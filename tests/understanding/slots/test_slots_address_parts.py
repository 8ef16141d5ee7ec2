"""One part of an address is put right, the rest stays; what names no part of it changes nothing."""

from __future__ import annotations

import pytest

from assistant.understanding.slots.address_parts import merged, with_part

EN = "4100 Oak Blvd, Dock 2, Austin, TX 78735, USA"
ZH = "江苏省苏州市工业园区金鸡湖大道88号 3号仓库"


@pytest.mark.parametrize(
    ("address", "words", "right"),
    [
        (EN, "the zip should be 78736", "4100 Oak Blvd, Dock 2, Austin, TX 78736, USA"),
        (EN, "unit 5 instead of dock 2", "4100 Oak Blvd, Unit 5, Austin, TX 78735, USA"),
        (ZH, "门牌号改成90号", "江苏省苏州市工业园区金鸡湖大道90号 3号仓库"),
        (ZH, "改成5号仓库", "江苏省苏州市工业园区金鸡湖大道88号 5号仓库"),
    ],
)
def test_the_part_named_is_replaced(address: str, words: str, right: str) -> None:
    assert with_part(address, words) == right


def test_a_bare_number_is_a_house_only_right_after_an_address() -> None:
    assert with_part(ZH, "是28号") is None
    assert with_part(ZH, "是28号", again=True) == "江苏省苏州市工业园区金鸡湖大道28号 3号仓库"
    assert with_part(ZH, "28号之前送到", again=True) is None


@pytest.mark.parametrize("words", ["not dock 3", "ship it soon", "the zip is wrong", "dock 1 or dock 3"])
def test_words_without_one_new_part_change_nothing(words: str) -> None:
    assert with_part(EN, words) is None


def test_the_same_street_with_another_number_keeps_its_town() -> None:
    assert merged("9 Main St, Dallas TX 75201", "19 Main St") == "19 Main St, Dallas TX 75201"
    assert merged("苏州市吴中区东吴北路18号", "东吴北路28号") == "苏州市吴中区东吴北路28号"
    assert merged("9 Main St, Dallas TX 75201", "19 Elm St") is None
