"""Questions of several clauses."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assistant.dialog.answers.clauses import Answering, by_clauses
from assistant.types import Answer, Sentence

WEIGHT = Answer("spec", (Sentence("48 kg."),), 0.97, ("P-1",), "weight")
CARRY = Answer("passage", (Sentence("Two people can carry it."),), 0.7, ("P-1",))


def says(table: Mapping[str, Answer]) -> Answering:
    return lambda text: next((answer for words, answer in table.items() if words in text), None)


NOTHING = says({})


def test_every_clause_is_answered_in_order() -> None:
    parts = by_clauses("P-1 weight, can two people carry it?", says({"weight": WEIGHT}), says({"carry": CARRY}))
    assert parts is not None
    assert parts.whole
    assert [sentence.text for sentence in parts.answer.sentences] == ["48 kg.", "Two people can carry it."]
    assert parts.answer.support == 0.7


def test_an_open_question_is_told_apart_from_talk() -> None:
    open_ = by_clauses("P-1 weight, what colour is it?", says({"weight": WEIGHT}), NOTHING)
    talk = by_clauses("our crane is small, P-1 weight?", says({"weight": WEIGHT}), NOTHING)
    assert open_ is not None
    assert talk is not None
    assert (open_.whole, talk.whole) == (False, True)


@pytest.mark.parametrize("text", ["at 60 Hz, P-1 weight?", "P-1 weight", "colour, size"])
def test_a_condition_or_a_single_clause_is_not_split(text: str) -> None:
    assert by_clauses(text, says({"P-1 weight": WEIGHT}), NOTHING) is None
