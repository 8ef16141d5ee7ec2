"""Of which products the sentences of a section speak."""

from __future__ import annotations

import pytest

from assistant.knowledge.extract import units
from assistant.knowledge.mentions import Names
from assistant.knowledge.subjects import unrelated_of
from assistant.store.knowledge import SectionRow
from tests.knowledge.garden import CATALOG

OTHER = {"M-40": "M-52", "M-52": "M-40"}


def told(text: str, sku: str, names: Names, *, products: tuple[str, ...] = (), language: str = "en") -> str:
    """What a section says of one mower, in one line."""
    row = SectionRow("d", language, 1, f"{language}/s", 0, "prose", "Care", "", text, 0, 1, products, "h")
    found = units(row, (sku,), names, rivals=frozenset({OTHER[sku]}), unrelated=unrelated_of((sku,), CATALOG))
    return " ".join(unit.text for unit in found)


@pytest.mark.parametrize(
    ("text", "mine", "others"),
    [
        ("The M-40 stands on small wheels. Tighten them to 25 N·m. The M-52 stands on big wheels. Tighten them to 60 N·m.", "25", "60"),
        ("For the M-40 we offer the cover. It costs 19.\n\nFor the M-52 we offer none. The replacement costs 74.", "19", "74"),
        ("On the M-40:\n\n1. Press A for 4 s.\n2. Let go.\n\nOn the M-52:\n\n1. Press B for 9 s.\n2. Hold it.", "A for 4", "B for 9"),
        ("Q: How is the M-40 locked?\n\nA: Press both keys for 4 s.\n\nQ: How is the M-52 locked?\n\nA: Turn the key for 9 s.", "4 s", "9 s"),
        ("How is the M-40 locked?\n\nPress both keys for 4 s. A lock appears.\n\nHow is the M-52 locked?\n\nTurn the key for 9 s. It clicks.", "4 s", "9 s"),
        ("The M-40 has a small tank.\n\nFilling: 4 litres\n\nThe M-52 has a big tank.\n\nFilling: 9 litres", "4 l", "9 l"),
        ("**M-40**\n\nFill the tank. It takes 4 litres.\n\n**M-52**\n\nFill the tank. It takes 9 litres.", "4 l", "9 l"),
        ("M-40 的滤网可以自己更换。先剪断缝线，大约四分钟。\n\nM-52 的滤网只能返厂更换。费用每条 36 元，需要九天。", "四分", "36"),
        ("M-40 出厂前已经调整。首次偏差不超过百分之四。M-52 出厂前没有调整。首次偏差不超过百分之九。", "之四", "之九"),
        ("问：M-40 怎么锁？\n\n答：按住四秒。\n\n问：M-52 怎么锁？\n\n答：按住九秒。", "四秒", "九秒"),
        ("M-40：\n- 拧到 4 N·m\n- 再查一次\n\nM-52：\n- 拧到 9 N·m\n- 不用再查", "4 N", "9 N"),
    ],
)  # fmt: skip
def test_a_sentence_without_a_name_is_said_of_the_product_before_it(text: str, mine: str, others: str, names: Names) -> None:
    small, big = told(text, "M-40", names), told(text, "M-52", names)
    assert mine in small
    assert others not in small
    assert others in big
    assert mine not in big


@pytest.mark.parametrize(
    "text",
    [
        "The M-52 has a stop at 50 kg. Above that the deck rests on the frame.",
        "The M-52 has a stop.\n\nAbove that the deck rests on the frame and nothing breaks. Wait a minute.",
        "M-52 出厂前经过预缩处理。首洗缩水不超过百分之二。",
        "Unlike the M-40, nothing is said here: with the M-52 press B. A small key appears.",
    ],
)
def test_what_is_said_of_a_rival_alone_is_never_told(text: str, names: Names) -> None:
    assert "rests" not in told(text, "M-40", names)
    assert "appears" not in told(text, "M-40", names)
    assert "缩水" not in told(text, "M-40", names)
    assert told(text, "M-52", names)


def test_a_comparison_stays_with_its_subject(names: Names) -> None:
    text = "The M-40 has a motor inside. Unlike the M-52 it needs no rope. The blade costs 29."
    assert "needs no rope" in told(text, "M-40", names)
    assert told(text, "M-52", names) == ""


def test_what_is_said_of_all_or_of_both_is_told_of_each(names: Names) -> None:
    text = "The M-52 needs two people. All models are cleaned with water. Lawn mowers travel on a pallet."
    assert told(text, "M-40", names) == "All models are cleaned with water. Lawn mowers travel on a pallet."
    both = "The M-40 and the M-52 are cleaned with water. Do not use oil."
    assert told(both, "M-40", names) == told(both, "M-52", names) == both


def test_an_accessory_goes_with_the_product_that_it_was_named_for(names: Names) -> None:
    text = "For the M-52 we offer the blade B-52. The B-52 costs 39. It is washed at 40 °C."
    assert told(text, "M-40", names) == ""
    assert told(text, "M-52", names) == text


def test_what_is_said_of_a_product_that_has_nothing_to_do_with_it_is_left_out(names: Names) -> None:
    assert told("The B-52 is scented. Add 2 ml to each.", "M-40", names) == ""
    assert told("The B-40 is scented. Add 2 ml to each.", "M-40", names) != ""
    assert unrelated_of(("M-40",), CATALOG) == {"B-52"}
    assert unrelated_of(("X-1",), CATALOG) == frozenset()


def test_a_new_paragraph_begins_anew(names: Names) -> None:
    text = "The M-52 needs two people. One holds the rope.\n\nClean the deck with water. Use a brush.\n\nThe M-40 needs one. Wear gloves."
    assert told(text, "M-40", names) == "Clean the deck with water. Use a brush. The M-40 needs one. Wear gloves."


def test_without_a_product_asked_for_everything_stays(names: Names) -> None:
    row = SectionRow("d", "en", 1, "en/s", 0, "prose", "Care", "", "The M-40 is red. It shines. The M-52 is blue.", 0, 1, (), "h")
    found = units(row, (), names, rivals=frozenset())
    assert [(unit.about, unit.leans) for unit in found] == [(frozenset({"M-40"}), False), (frozenset({"M-40"}), True), (frozenset({"M-52"}), False)]
