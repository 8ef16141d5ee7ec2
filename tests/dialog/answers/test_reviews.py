"""Other customers' opinions: counted and quoted from stored reviews, each cited, and never part of another answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA = "C1/李伟", "C2/Dana Cole"


@pytest.mark.parametrize(
    ("who", "question", "counted"),
    [
        (DANA, "what do customers say about the P-100?", "4 customer reviews, 4 of 5 stars"),
        (DANA, "any reviews of the P-200?", "2 customer reviews, 4.5 of 5 stars"),
        (DANA, "is the SK-25 well rated?", "1 customer review, 3 of 5 stars"),
        (WEI, "大家对P-100的评价怎么样", "4 条客户评价，平均 4 分"),
        (WEI, "P-200有没有差评", "2 条客户评价，平均 4.5 分"),
        (WEI, "大家對P-200的評價如何？", "2 條客戶評價，平均 4.5 分"),
    ],
)
def test_reviews_are_counted_and_quoted(chat: Open, who: str, question: str, counted: str) -> None:
    view = chat(who).say(question)
    assert view["action"] == "reply"
    assert counted in view["text"]
    assert {citation["document"] for citation in view["citations"]} == {"reviews"}
    assert any(mark in view["text"] for mark in ("“", '"'))


def test_one_that_is_content_and_one_that_is_not_are_quoted_in_their_words(chat: Open) -> None:
    view = chat(DANA).say("what do customers say about the P-100?")
    assert "Runs smoothly and the seal was easy to change." in view["text"]
    assert "护罩有磕碰" in view["text"]
    quotes = {citation["section"]: citation["quote"] for citation in view["citations"]}
    assert quotes["r-102"] in view["text"]


@pytest.mark.parametrize(("who", "question"), [(DANA, "what do other buyers think of the VFD-7"), (WEI, "VFD-7 的口碑怎么样")])
def test_where_nothing_is_stored_it_is_said(chat: Open, who: str, question: str) -> None:
    view = chat(who).say(question)
    assert view["action"] == "decline"
    assert "VFD-7" in view["text"]
    assert view["citations"] == []


def test_the_product_of_the_conversation_is_meant(chat: Open) -> None:
    view = chat(DANA).talk("what is the flow of the P-200?", "and what do customers say about it?")[-1]
    assert "P-200 has 2 customer reviews" in view["text"]


@pytest.mark.parametrize("question", ["how do I leave a review?", "怎么给你们写评价", "P-100 很好用，给你们好评！"])
def test_giving_a_review_is_not_asking_for_one(chat: Open, question: str) -> None:
    assert "reviews" not in {citation["document"] for citation in chat(WEI).say(question)["citations"]}


@pytest.mark.parametrize(
    "question", ["Does the P-100 run quietly?", "P-100 运行声音大吗", "is a hoist needed for the P-200?", "is the seal of the P-100 easy to change?"]
)
def test_no_other_answer_rests_on_a_review(chat: Open, question: str) -> None:
    assert "reviews" not in {citation["document"] for citation in chat(WEI).say(question)["citations"]}
