"""Which product a question is about, and what of a sentence is said of one product: in both languages, with invented names."""

from __future__ import annotations

import pytest

from assistant.dialog.answers.focus import focus, joined, narrowed, sized
from assistant.knowledge.mentions import names_of
from tests.knowledge.garden import CATALOG

NAMES = names_of(CATALOG)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("We already have an M-40 and want an M-52 too, how heavy is the M-52?", ("M-52",)),
        ("我们已经有一台 M-40，想再买一台 M-52，M-52 多重？", ("M-52",)),
        ("Not the M-52, I mean the M-40: what does it weigh?", ("M-40",)),
        ("不是 M-52，是 M-40，多重？", ("M-40",)),
        ("Is the M-40 or the M-52 louder?", ("M-40", "M-52")),
        ("M-40 和 M-52，哪个重？", ("M-40", "M-52")),
        ("What is the difference between the M-40 and the M-52?", ("M-40", "M-52")),
        ("How loud is the M-40?", ("M-40",)),
        ("How loud is it?", ()),
    ],
)
def test_only_the_asked_product_counts(text: str, about: tuple[str, ...]) -> None:
    assert focus(text, NAMES) == about


@pytest.mark.parametrize(
    ("text", "sku", "told"),
    [
        ("The M-40 weighs 12 kg, the M-52 weighs 15 kg.", "M-52", "The M-52 weighs 15 kg."),
        ("The M-40 weighs 12 kg, the M-52 weighs 15 kg.", "M-40", "The M-40 weighs 12 kg."),
        ("M-40 重 12 kg，M-52 重 15 kg。", "M-40", "M-40 重 12 kg。"),
        ("Above 75 °C on an M-40 or 80 °C on an M-52 is too hot.", "M-52", "80 °C on an M-52 is too hot."),
        (
            "The M-40 has a 12 mm shaft and is for gardens only; the M-52 has a 15 mm shaft and fits the M-52 deck only.",
            "M-40",
            "The M-40 has a 12 mm shaft and is for gardens only.",
        ),
        ("M-40 和 M-52 都要每 3 个月检查一次。", "M-40", "M-40 和 M-52 都要每 3 个月检查一次。"),
        ("Both the M-40 and the M-52 run 30 minutes.", "M-40", "Both the M-40 and the M-52 run 30 minutes."),
        ("The M-52 weighs 15 kg.", "M-40", "The M-52 weighs 15 kg."),
    ],
)
def test_figures_of_another_product_are_left_out(text: str, sku: str, told: str) -> None:
    assert narrowed(text, (sku,), NAMES) == told


def test_a_model_spelt_out_is_one_word() -> None:
    assert joined("m 4 0 多重") == "m40 多重"
    assert joined("how heavy is m - 4 0") == "how heavy is m-40"
    assert joined("a b c and 2 5") == "a b c and 2 5"


@pytest.mark.parametrize(
    ("text", "carried", "meant"),
    [
        ("小的那个多重", ("M-52",), ("M-40",)),
        ("大的那款噪音多大", ("M-40",), ("M-52",)),
        ("how loud is the smaller one", ("M-52",), ("M-40",)),
        ("how loud is the bigger one", ("M-52",), ("M-52",)),
        ("噪音最大多少", ("M-40",), ("M-40",)),
        ("how loud is it", ("M-52",), ("M-52",)),
        ("how loud is the smaller one", (), ()),
    ],
)
def test_a_size_means_the_sibling(text: str, carried: tuple[str, ...], meant: tuple[str, ...]) -> None:
    assert sized(text, carried, CATALOG) == meant
