"""What a question wants of the facts, and what it leaves unexplained."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.knowledge.asks import Ask, read_ask
from assistant.knowledge.concepts import Concepts, concepts_of
from assistant.knowledge.lexical import Lexical
from assistant.knowledge.mentions import Names
from assistant.knowledge.terms import terms
from tests.knowledge.garden import CATALOG


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    return concepts_of(CATALOG)


def ask(text: str, names: Names, concepts: Concepts) -> Ask:
    lexical = Lexical([terms("noise weight spring paint 弹簧 油漆")])
    return read_ask(text, names=names, concepts=concepts, lexical=lexical, attributes=CATALOG.attributes)


@pytest.mark.parametrize(
    ("text", "products", "attributes"),
    [
        ("M-40的噪音多大", ("M-40",), ("noise",)),
        ("how heavy is the M52?", ("M-52",), ("weight",)),
        ("M-40 重量和割幅", ("M-40",), ("weight", "width")),
        ("M-40多少钱", ("M-40",), ("price",)),
        ("warranty of the M-40", ("M-40",), ("warranty",)),
    ],
)
def test_products_and_attributes_are_read(names: Names, concepts: Concepts, text: str, products: tuple[str, ...], attributes: tuple[str, ...]) -> None:
    found = ask(text, names, concepts)
    assert (found.products, found.attributes, found.rest) == (products, attributes, ())


@pytest.mark.parametrize("text", ["weight of the M-40 spring", "M-40弹簧的重量", "what paint colour has the M-40 noise cover"])
def test_what_narrows_an_attribute_stays_unexplained(names: Names, concepts: Concepts, text: str) -> None:
    assert ask(text, names, concepts).rest


@pytest.mark.parametrize(
    ("text", "attribute", "value", "sense"),
    [
        ("a mower with at least 50 cm cutting width", "width", "50", 1),
        ("割幅不超过45厘米的割草机", "width", "45", -1),
        ("cutting width 50, which mower", "width", "50", 0),
        ("重量20以下", "weight", "20", -1),
        ("which tools have a 24-month warranty", "warranty", "24", 0),
    ],
)
def test_bounds_are_read_with_their_sense(names: Names, concepts: Concepts, text: str, attribute: str, value: str, sense: int) -> None:
    (bound,) = ask(text, names, concepts).bounds
    assert (bound.attribute, bound.value, bound.sense) == (attribute, Decimal(value), sense)


def test_a_model_number_is_no_bound(names: Names, concepts: Concepts) -> None:
    assert ask("weight of M 40", names, concepts).bounds == ()


@pytest.mark.parametrize(("text", "unit"), [("M-40 weight in lb", "lb"), ("M-40有几斤", "jin"), ("多少英寸", "inch"), ("in stock?", ""), ("几天能到", "")])
def test_the_unit_asked_for_is_read(names: Names, concepts: Concepts, text: str, unit: str) -> None:
    assert ask(text, names, concepts).target == unit


@pytest.mark.parametrize(
    ("text", "attribute", "sense"),
    [("which mower is quieter", "noise", -1), ("哪台割草机更重", "weight", 1), ("哪个割幅大", "width", 1), ("M-40 or M-52, which is cheaper", "price", -1)],
)
def test_a_comparative_names_its_attribute_and_way(names: Names, concepts: Concepts, text: str, attribute: str, sense: int) -> None:
    found = ask(text, names, concepts)
    assert (found.attributes, found.sense) == ((attribute,), sense)


@pytest.mark.parametrize(
    ("text", "cue"),
    [("M-40 和 M-52 有什么区别", "difference"), ("does B-40 fit M-40", "fits"), ("你们有哪些割草机", "list"), ("which mower", "which")],
)
def test_cues_are_read(names: Names, concepts: Concepts, text: str, cue: str) -> None:
    assert cue in ask(text, names, concepts).cues
