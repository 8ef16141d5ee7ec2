"""A few words after an answer: a reason, a way around a refusal, the rest of a question, a question whether something is possible."""

from __future__ import annotations

import pytest

from assistant.understanding.following import asks_regardless, asks_whether, asks_why, goes_on


@pytest.mark.parametrize("text", ["why not", "how come?", "为啥", "为什么不行", "凭什么", "咋不行", "what reason is that"])
def test_a_reason_is_asked_for(text: str) -> None:
    assert asks_why(text)


@pytest.mark.parametrize(
    "text", ["even if i pay a fee?", "not even against a fee?", "no exceptions?", "付了钱也不行？", "真的不能吗", "不能通融一下吗", "加点钱也不行吗"]
)
def test_a_way_around_is_asked_for(text: str) -> None:
    assert asks_regardless(text)


@pytest.mark.parametrize("text", ["12346", "move it to June 9", "改到6月9日", "why not"])
def test_other_words_ask_for_no_way_around(text: str) -> None:
    assert not asks_regardless(text)


@pytest.mark.parametrize("text", ["超过了呢", "and in production?", "what about opened stuff", "要拍照吗", "what if i dont have any"])
def test_the_rest_of_a_question_goes_on(text: str) -> None:
    assert goes_on(text)


@pytest.mark.parametrize("text", ["12346", "June 9", "6月9日", "9 Main St, Dallas TX 75201", "yes please"])
def test_a_value_does_not_go_on(text: str) -> None:
    assert not goes_on(text)


@pytest.mark.parametrize(("text", "whether"), [("is it returnable", True), ("买错了能退吗", True), ("how do I return it", False), ("退12346", False)])
def test_what_is_possible_is_told_from_how_and_from_a_wish(text: str, whether: bool) -> None:
    assert asks_whether(text) is whether
