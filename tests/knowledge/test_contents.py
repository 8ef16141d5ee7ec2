"""What goods hold is asked in many words and is no price; the attribute may be named in part only."""

from __future__ import annotations

import pytest

from assistant.knowledge.contents import content_asked, partly_named
from assistant.knowledge.mentions import names_of
from assistant.workspace.model import Attribute, Catalog

ATTRIBUTES = {
    "analysis": Attribute("analysis", name={"en": "analysis", "zh": "养分含量"}, words={"en": ("NPK", "nutrient content"), "zh": ("氮磷钾",)}, unit=""),
    "pack": Attribute("pack", name={"en": "pack size", "zh": "包装重量"}, words={}, unit="kg"),
    "life": Attribute("life", name={"en": "service life", "zh": "寿命"}, words={"en": ("lasts", "how long does it last")}, unit="cups", better="higher"),
    "tank": Attribute("tank", name={"en": "capacity", "zh": "容量"}, words={"en": ("how much does it hold",)}, unit="l", better="higher"),
}


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("how much n in urea", "n"),
        ("how much nickel is in the P-100", "nickel"),
        ("what nutrients does potash contain", "nutrients"),
        ("how much does the brewer hold", ""),
        ("how many cups does a water filter last", "cups"),
        ("how much water does the big one take", "water"),
        ("尿素含氮多少", "氮"),
        ("小树苗课桌含甲醛多少", "甲醛"),
        ("泵里有多少镍", "镍"),
        ("复合肥的钾含量", "钾"),
    ],
)
def test_contents_are_asked(question: str, what: str) -> None:
    held = content_asked(question)
    assert held is not None
    assert held.what == what


@pytest.mark.parametrize(
    "question",
    [
        "how much is the P-100",
        "how much does it cost",
        "how much are 20 seals",
        "how much for freight in texas",
        "how much discount do I get",
        "含税多少钱",
        "含运费吗",
        "how much do I owe",
        "how many do you have in stock",
        "how much heavier is it",
    ],
)
def test_prices_terms_and_stock_are_no_contents(question: str) -> None:
    assert content_asked(question) is None


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("how much n in urea", "analysis"),
        ("尿素含氮多少", "analysis"),
        ("what nutrients does it contain", "analysis"),
        ("how many cups does it last", "life"),
        ("how much does it hold", "tank"),
        ("how much lead is in it", ""),
        ("含铅多少", ""),
    ],
)
def test_an_attribute_is_named_in_part(question: str, name: str) -> None:
    held = content_asked(question)
    assert held is not None
    catalog = Catalog(families={}, attributes=ATTRIBUTES, relations={}, products={})
    assert partly_named(held, ("X-1",), ATTRIBUTES, known={"X-1": tuple(ATTRIBUTES)}, names=names_of(catalog), families=()) == name


def test_what_not_all_products_have_is_not_meant() -> None:
    held = content_asked("how much n is in them")
    assert held is not None
    names = names_of(Catalog(families={}, attributes=ATTRIBUTES, relations={}, products={}))
    assert partly_named(held, ("X-1", "X-2"), ATTRIBUTES, known={"X-1": ("analysis",), "X-2": ("pack",)}, names=names, families=()) == ""
