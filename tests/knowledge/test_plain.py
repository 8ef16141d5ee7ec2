"""A question without the talk around it, with its slips mended."""

from __future__ import annotations

import pytest

from assistant.knowledge.concepts import concepts_of
from assistant.knowledge.lexical import Lexical
from assistant.knowledge.mentions import names_of
from assistant.knowledge.plain import Speller, codes, plain_question, speller
from assistant.knowledge.terms import terms
from tests.knowledge.garden import CATALOG


@pytest.fixture(scope="module")
def spelling() -> Speller:
    lexical = Lexical([terms("grease the spring paint")])
    return speller(names_of(CATALOG), concepts_of(CATALOG), lexical.knows)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("quick one - M-40 noise?", "M-40 noise?"),
        ("hi mate, what's the weight of the M-52 pls thx", "what's the weight of the M-52"),
        ("could you please tell me the noise of the M-40", "the noise of the M-40"),
        ("I was wondering what the M-40 weight would be", "the M-40 weight would be"),
        ("老板，M-40噪声多大", "M-40噪声多大"),
        ("麻烦帮忙查下M-40的重量哈，急", "M-40的重量"),
        ("請教下M-40的噪聲", "M-40的噪声"),
        ("M-40嘅重量係幾多", "M-40的重量是多少"),
    ],
)
def test_talk_is_left_out(spelling: Speller, said: str, asked: str) -> None:
    assert plain_question(said, spelling) == asked


@pytest.mark.parametrize("text", ["can you guarantee delivery", "the spring of the M-40", "a deep well", "数据存在哪个国家", "哪个型号合适", "thanks"])
def test_what_is_asked_stays(spelling: Speller, text: str) -> None:
    assert plain_question(text, spelling) == text


@pytest.mark.parametrize(("said", "meant"), [("wieght", "weight"), ("noize", "noise"), ("warrenty", "warranty"), ("tempreture", "temperature")])
def test_slips_are_mended(spelling: Speller, said: str, meant: str) -> None:
    assert plain_question(f"{said} of the M-40", spelling) == f"{meant} of the M-40"


@pytest.mark.parametrize("word", ["grease", "spring", "paint", "HART", "blue", "Siemens", "weights"])
def test_a_word_that_may_be_right_is_left_alone(spelling: Speller, word: str) -> None:
    assert spelling.mend(word) == word


def test_short_forms_are_written_out_unless_they_name_something(spelling: Speller) -> None:
    assert plain_question("max temp of the M-40", spelling) == "maximum temperature of the M-40"


def test_codes_are_letters_with_figures() -> None:
    assert codes("what does fault E03 mean on the M-40, 25 m, 3E, X1-2-9") == ("E03", "M-40")
