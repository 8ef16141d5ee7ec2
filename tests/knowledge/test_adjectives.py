"""An adjective that sets goods against each other means one attribute: by the company's words, by what it is called anywhere, or by its measure."""

from __future__ import annotations

from typing import Literal

import pytest

from assistant.knowledge.adjectives import adjectives_in, better, compared_by, said_of
from assistant.workspace.model import Attribute


def attribute(en: str, zh: str = "", *, words: tuple[str, ...] = (), unit: str = "", better: Literal["higher", "lower", ""] = "") -> Attribute:
    return Attribute(en, {"en": en, "zh": zh or en}, {"en": words} if words else {}, unit, better)


SEEDS = {
    "maturity": attribute("days to maturity", "生育期", unit="days", better="lower"),
    "height": attribute("plant height", "株高", words=("how tall",), unit="cm", better="lower"),
    "germination": attribute("germination", "发芽率", unit="%", better="higher"),
    "weight": attribute("tool weight", "机器重量", unit="kg", better="lower"),
}


@pytest.mark.parametrize(
    ("question", "name", "sense"),
    [
        ("which canola is earlier", "maturity", -1),
        ("does the first one ripen later than the second", "maturity", 1),
        ("哪个早", "maturity", -1),
        ("哪种更晚", "maturity", 1),
        ("which of the two is taller", "height", 1),
        ("is the pea shorter than the wheat", "height", -1),
        ("小麦和豌豆哪个高", "height", 1),
        ("which is heavier, this or that", "weight", 1),
        ("哪台更轻", "weight", -1),
    ],
)
def test_an_adjective_means_an_attribute(question: str, name: str, sense: int) -> None:
    found = compared_by(question, SEEDS)
    assert found is not None
    assert (found.attribute, found.sense) == (name, sense)


@pytest.mark.parametrize(
    "question", ["which pump lets larger grit through", "哪个能过的沙粒更大", "哪款吸得更高", "升降桌最重能放多少", "what is heavy", "which is prettier"]
)
def test_what_no_attribute_is_called_after_means_none(question: str) -> None:
    assert compared_by(question, SEEDS) is None


def test_a_unit_decides_where_no_word_does() -> None:
    only = {"cooling": attribute("cooling", unit="days"), "germination": SEEDS["germination"]}
    found = compared_by("which is earlier", only)
    assert found is not None
    assert found.attribute == "cooling"
    assert compared_by("which is earlier", {**only, "curing": attribute("curing", unit="days")}) is None


@pytest.mark.parametrize(
    ("question", "way"), [("which has better germination", 1), ("哪个发芽率更好", 1), ("has it worse germination", -1), ("which germination", 0)]
)
def test_better_leans_as_the_company_says(question: str, way: int) -> None:
    assert better(question, SEEDS["germination"]) == way
    assert better(question, SEEDS["height"]) == -way
    assert better(question, None) == 0


def test_a_winner_is_told_by_the_word_of_the_question() -> None:
    assert said_of("which canola is earlier", -1, english=True) == "earlier"
    assert said_of("哪个更省电", -1, english=False) == "更省电"
    assert said_of("豌豆和小麦哪个生育期短", -1, english=False) == "更短"
    assert said_of("compare them", 1, english=True) == ""
    assert adjectives_in("how early do you open") == ()
