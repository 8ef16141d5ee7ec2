"""Products: models however they are typed, typos, unknown models that are never guessed, families and attributes."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SHOP = runpy.run_path(str(Path(__file__).with_name("slots_shop.py")))
values, slots = SHOP["values"], SHOP["slots"]


@pytest.mark.parametrize(
    "text",
    [
        "KX-300",
        "kx300",
        "KX 300",
        "ＫＸ－３００",
        "KX—300",
        "KX_300漏水",
        "KX-3OO",
        "kx-30o",
        "XK-300",
        "KXX-300",
        "KX300s",
        "the KX-300's power",
        "the big brewer",
        "那台大咖啡机",
    ],
)
def test_one_product_however_it_is_typed(text: str) -> None:
    assert values(text, "product") == ["KX-300"]


@pytest.mark.parametrize("text", ["KX-3000", "KX-30", "KX-350", "KX-300-B", "KX-300S", "KX-300XL", "GR-120"])
def test_an_unknown_model_is_not_taken_for_a_near_one(text: str) -> None:
    assert values(text, "product") == []
    assert [slot.text for slot in slots(text) if slot.name == "unknown_product"] == [text]


@pytest.mark.parametrize("text", ["IP68", "ISO9001 certificate", "RS485 output of the grinder", "DN50", "B2B", "PO40017", "4-20mA", "Q3", "SF1002003"])
def test_standards_and_codes_are_no_models(text: str) -> None:
    assert values(text, "product") == []
    assert values(text, "unknown_product") == []


def test_a_model_number_alone_counts_beside_its_family() -> None:
    assert values("a 7080 filter", "product") == ["FL-7080"]
    assert values("滤网7080保修多久", "product") == ["FL-7080"]
    assert values("12的磨豆机", "product") == ["GR-12"]
    assert values("300 coffee machines", "product") == []


def test_a_count_before_a_model_is_no_slip_of_it() -> None:
    assert values("3 x GR-12", "product") == ["GR-12"]
    assert values("3 x GR-12", "quantity") == [3]


def test_an_alias_is_not_the_beginning_of_another_model() -> None:
    using = SHOP["build_slot_lexicon"]([("KX-300", [], ["KX"], "machine")], [("machine", ["mach"])])
    assert values("the KX leaks", "product", using=using) == ["KX-300"]
    assert values("KX-700 and mach-3", "product", using=using) == []
    assert values("mach-3", "family", using=using) == []


def test_corrections_and_denials() -> None:
    assert values("not the KX-300, the KX-500", "product") == ["KX-500"]
    assert values("KX-300不对,是KX-500", "product") == ["KX-500"]
    assert values("GR-12不是KX-300的吗", "product") == ["GR-12", "KX-300"]


def test_the_product_to_get_is_marked() -> None:
    found = [(slot.value, slot.note) for slot in slots("swap the KX-300 for a KX-500") if slot.name == "product"]
    assert found == [("KX-300", ""), ("KX-500", "new")]


def test_the_product_to_get_may_be_the_one_that_is_had() -> None:
    found = [(slot.value, slot.note) for slot in slots("把KX-300换成KX-300") if slot.name == "product"]
    assert found == [("KX-300", ""), ("KX-300", "new")]


def test_an_alias_of_two_products_names_both() -> None:
    products = [("A-1", ["Lamp"], [], "light"), ("A-2", ["Lamp"], [], "light")]
    using = SHOP["build_slot_lexicon"](products, [("light", ["light"])])
    slot = next(slot for slot in slots("the lamp is dark", using=using) if slot.name == "product")
    assert (slot.value, slot.candidates, slot.note) == ("A-1", ("A-2",), "ambiguous")


def test_families_and_attributes() -> None:
    assert values("do you have grinders", "family") == ["grinder"]
    assert values("磨豆机多少钱", "family") == ["grinder"]
    assert values("the griinder is loud", "family") == ["grinder"]
    assert values("KX-300咖啡机坏了", "family") == []
    assert values("its power?", "attribute") == ["power"]
    assert values("容量多大", "attribute") == ["volume"]
    assert values("powerful", "attribute") == []
