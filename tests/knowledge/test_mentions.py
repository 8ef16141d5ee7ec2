"""Names found in texts: the longest, as they are spelled, never a longer model's beginning."""

from __future__ import annotations

import pytest

from assistant.knowledge.mentions import Mention, Names


@pytest.mark.parametrize("text", ["M-40", "m40", "M 40", "Ｍ－４０", "the M-40's bag", "M-40割草机", "M-40/M-52"])
def test_a_model_is_found_however_it_is_spelled(names: Names, text: str) -> None:
    assert names.products(text)[0] == "M-40"


@pytest.mark.parametrize("text", ["M-400", "XM-40", "M-40A", "M-40-2", "RM-40", "#40", "M-4", "40 M", "M 40.5"])
def test_another_model_is_not(names: Names, text: str) -> None:
    assert names.products(text) == ()


def test_the_longest_name_wins_and_keeps_all_its_meanings(names: Names) -> None:
    found = names.find("the cutting width of a lawn mower's blades")
    assert [mention.readings for mention in found] == [(("attribute", "width"),), (("family", "mower"),), (("family", "blade"), ("relation", "blade"))]
    assert [m.ids("attribute") for m in names.find("割幅多少")] == [("width",)]


def test_positions_are_those_of_the_text(names: Names) -> None:
    text = "请问Ｍ４０的噪音？"
    assert [text[mention.start : mention.end] for mention in names.find(text)] == ["Ｍ４０", "噪音"]


@pytest.mark.parametrize(("text", "found"), [("M-60", ("M-60",)), ("an M60 please", ("M60",)), ("M-40", ()), ("B-7 or B-40", ("B-7",)), ("5 m 40 cm", ())])
def test_what_looks_like_a_product_but_is_none_is_told(names: Names, text: str, found: tuple[str, ...]) -> None:
    assert names.unknown(text) == found


@pytest.mark.parametrize("text", ["two M-40s", "the M40s, please"])
def test_an_english_plural_names_the_same_model(names: Names, text: str) -> None:
    assert names.products(text) == ("M-40",)
    assert names.unknown(text) == ()


def test_another_number_behind_a_word_that_names_one_model_is_unknown() -> None:
    product = Mention(0, 3, (("product", "VFD-7"),))
    drives = Names({("vfd",): product.readings, ("vfd", "7"): product.readings}, {"vfd": 2}, frozenset({"vfd"}))
    assert drives.unknown("how many kW can a VFD-9 take") == ("VFD-9",)
    assert drives.unknown("VFD30") == ("VFD30",)
    assert drives.unknown("a VFD 15 kW motor, the VFD-7") == ()
