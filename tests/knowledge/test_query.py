"""What a question says, item by item, and how words are made comparable."""

from __future__ import annotations

import pytest

from assistant.knowledge.concepts import Concepts, concepts_of
from assistant.knowledge.lexical import Lexical
from assistant.knowledge.mentions import Names
from assistant.knowledge.query import read_query
from assistant.knowledge.terms import is_content, stem, terms
from tests.knowledge.garden import CATALOG

CORPUS = ["质保 期限 二十 天", "送货 地址 修改 单", "blade bolt torque warranty", "租 泵 检验"]


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    return concepts_of(CATALOG)


@pytest.fixture(scope="module")
def lexical(concepts: Concepts) -> Lexical:
    return Lexical([[*terms(text), *concepts.of(terms(text))] for text in CORPUS])


@pytest.mark.parametrize(
    "family",
    [
        "deliver delivery delivered deliveries",
        "install installation installed",
        "return returned returnable",
        "fit fitting fitted fits",
        "bring brought",
        "hot hottest",
    ],
)
def test_forms_of_a_word_share_a_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


def test_models_numbers_and_chinese_keep_their_form() -> None:
    assert [stem(word) for word in ("p-100", "1.6", "期限", "bus", "gas")] == ["p-100", "1.6", "期限", "bus", "gas"]


@pytest.mark.parametrize("word", ["the", "怎么", "does", "多少", "x"])
def test_grammar_says_nothing(word: str) -> None:
    assert not is_content(stem(word))


def test_chinese_is_cut_into_known_words(concepts: Concepts, lexical: Lexical, names: Names) -> None:
    said = read_query("能租泵吗，信用证收不收", names=names, concepts=concepts, lexical=lexical)
    assert [item.terms for item in said.items] == [("租",), ("泵",), ("信用证",), ("收",)]
    assert [item.known for item in said.items][:2] == [True, True]


def test_products_and_figures_are_kept_apart(concepts: Concepts, lexical: Lexical, names: Names) -> None:
    said = read_query("torque of the M-40 wheel at 30 N·m for grade B?", names=names, concepts=concepts, lexical=lexical)
    assert said.products == ("M-40",)
    assert said.numbers == ("30", "B")
    assert "m-40" in said.names
    assert not any("40" in term for item in said.items for term in item.terms)


def test_an_idea_is_said_in_either_language(concepts: Concepts) -> None:
    assert set(concepts.of(terms("质保多久"))) & set(concepts.of(terms("warranty period")))
    assert set(concepts.of(terms("运费谁掏"))) & set(concepts.of(terms("shipping cost")))
    assert "~family.mower" in concepts.of(terms("the M-40"))


def test_a_known_synonym_weighs_no_more_than_its_idea(concepts: Concepts, lexical: Lexical, names: Names) -> None:
    (item,) = read_query("guarantee", names=names, concepts=concepts, lexical=lexical).items
    assert item.known
    assert item.weight < lexical.rarity("guarantee")


@pytest.mark.parametrize("text", ["", "？？？", "👍", "\ud800"])
def test_a_question_without_words_is_empty(concepts: Concepts, lexical: Lexical, names: Names, text: str) -> None:
    assert read_query(text, names=names, concepts=concepts, lexical=lexical).empty
