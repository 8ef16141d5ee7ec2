"""True sentences that answer another question than the one that was asked."""

from __future__ import annotations

import pytest

from assistant.app import Company
from assistant.dialog.model.aimed import asked_of, goes_on, halved, joined, named, of_another, on_topic
from assistant.dialog.question import Question
from assistant.types import Answer, Citation, Sentence

HERE, THERE = Citation("faq", 1, "faq/1", "", 0, 0), Citation("storage", 1, "storage/4", "", 0, 0)


def _question(text: str, *products: str) -> Question:
    return Question(text, text, "en", products)


@pytest.mark.parametrize(
    ("sentence", "asked", "other"),
    [
        ("The impeller nut of the P-100 takes 45 N·m.", ("P-200",), True),
        ("叶轮螺母（P-100）：45 N·m。", ("P-200",), True),
        ("The P-100 takes 45 N·m, the P-200 110 N·m.", ("P-200",), False),
        ("The impeller nut takes 110 N·m.", ("P-200",), False),
        ("The SK-40 fits it.", ("P-200",), False),
        ("The P-100 takes 45 N·m.", (), False),
        ("The P-1000 takes 45 N·m.", ("P-200",), False),
    ],
)
def test_a_sentence_about_a_rival_alone_is_of_another_product(company: Company, sentence: str, asked: tuple[str, ...], other: bool) -> None:
    assert of_another(sentence, frozenset(asked), company.workspace.products) is other


def test_products_are_those_carried_over_and_those_named(company: Company) -> None:
    products = company.workspace.products
    assert asked_of(_question("how heavy is the p-100?", "SK-25"), products) == {"P-100", "SK-25"}
    assert named("Ｐ-100 和 XP-100", products) == {"P-100"}


def test_pieces_of_one_statement_are_put_together_with_their_sources() -> None:
    assert goes_on("Never start it backwards; ")
    assert not goes_on("The shaft can break.")
    english = joined(Sentence("Never start it backwards;", (HERE,)), Sentence("the shaft can break.", (HERE, THERE)))
    assert english == Sentence("Never start it backwards; the shaft can break.", (HERE, THERE))
    assert joined(Sentence("按顺序检查："), Sentence("排气。")).text == "按顺序检查：排气。"
    assert joined(None, Sentence("排气。")).text == "排气。"


@pytest.mark.parametrize(
    ("text", "said", "citation", "fits"),
    [
        ("Would the pumps survive outside in the rain?", "Two pumps in parallel keep the head.", THERE, False),
        ("Would the pumps survive outside in the rain?", "The pumps need a rain cover.", THERE, True),
        ("Would the pumps survive outside in the rain?", "Keep them under a roof.", HERE, True),
        ("泵放在室外行不行？", "Keep it under a roof.", THERE, True),
        ("What is the return window?", "Goods can be returned within 15 days.", THERE, True),
        ("轴承要不要加热？", "提前五天预约。", THERE, False),
    ],
)
def test_an_answer_is_of_the_quoted_section_or_shares_words_with_the_question(text: str, said: str, citation: Citation, fits: bool) -> None:
    answer = Answer("passage", (Sentence("Under a rain cover.", (HERE,)),), 0.9)
    assert on_topic([Sentence(said, (citation,))], _question(text), answer) is fits


def test_of_a_sentence_of_which_half_was_said_the_whole_is_put_back() -> None:
    whole = Sentence("Ten pumps or more: free test; fewer: $100 a test.", (HERE,))
    other = Sentence("Bring shoes of size 44.", (HERE,))
    answer = Answer("passage", (whole, other), 0.9)
    question = _question("Does a test of pumps cost anything?")
    assert halved(answer, [Sentence("A free test for ten pumps.", (HERE,))], question) == (whole,)
    assert halved(answer, [Sentence("A test is free for ten, else $100.", (HERE,))], question) == ()
    steps = Answer("passage", (Sentence("1. Vent the pump.\n2. Open the valve.", (HERE,)),), 0.9)
    assert halved(steps, [Sentence("Vent the pump and open the valve.", (HERE,))], _question("What about the pump?")) == ()
