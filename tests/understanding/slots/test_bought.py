"""Goods said to be the asker's own, by the words around them."""

from __future__ import annotations

import pytest

from assistant.types import Slot
from assistant.understanding.slots.bought import owned_goods


def goods(text: str, word: str, *, kind: str = "family", value: str = "pump") -> Slot:
    return Slot(kind, value, word, text.index(word), text.index(word) + len(word))


@pytest.mark.parametrize(
    ("text", "word", "phrase"),
    [
        ("what seal does the pump I bought need?", "pump", "pump I bought"),
        ("what seal does the pump that we've just received need?", "pump", "pump that we've just received"),
        ("seal for the pump you sold us", "pump", "pump you sold us"),
        ("seal for the pump from my last order?", "pump", "pump from my last order"),
        ("I bought a pump - which seal?", "pump", "I bought a pump"),
        ("which seal fits our pump?", "pump", "our pump"),
        ("我买的泵配什么密封", "泵", "我买的泵"),
        ("请问我们之前采购的那台泵配什么密封", "泵", "我们之前采购的那台泵"),
        ("SK-40能装在我买的泵上吗", "泵", "我买的泵"),
        ("那台泵是我们刚订的，配什么密封", "泵", "泵是我们刚订的"),
        ("从你们那订的离心泵用哪种变频器", "离心泵", "从你们那订的离心泵"),
        ("我那台泵配什么密封", "泵", "我那台泵"),
    ],
)
def test_the_phrase_that_says_so(text: str, word: str, phrase: str) -> None:
    owned = owned_goods(text, [goods(text, word)])
    assert owned is not None
    assert text[owned.start : owned.end] == phrase
    assert (owned.kind, owned.key) == ("family", "pump")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("what seal does the pump need?", "pump"),
        ("which seal for a pump that Northwind bought?", "pump"),
        ("I want to buy a pump, which seal?", "pump"),
        ("我想买的泵配什么密封", "泵"),
        ("我打算订的泵配什么密封", "泵"),
        ("他们买的泵配什么密封", "泵"),
        ("泵配什么密封", "泵"),
    ],
)
def test_what_is_nobodys_or_not_bought_yet(text: str, word: str) -> None:
    assert owned_goods(text, [goods(text, word)]) is None


def test_a_time_beside_the_words_is_the_time_of_the_purchase() -> None:
    text = "what seal does the pump I bought last year need?"
    when = Slot("date", {"from": "2025-01-01", "to": "2025-12-31"}, "last year", text.index("last year"), text.index(" need"))
    owned = owned_goods(text, [goods(text, "pump"), when])
    assert owned is not None
    assert owned.when == when
    assert not owned.last
    assert not owned.yearless
    assert text[owned.start : owned.end] == "pump I bought last year"


def test_a_bare_year_counts_and_a_month_leaves_it_open() -> None:
    text = "seal for the pump we purchased from you in 2025"
    owned = owned_goods(text, [goods(text, "pump")])
    assert owned is not None
    assert owned.when is not None
    assert owned.when.value == {"from": "2025-01-01", "to": "2025-12-31"}
    text = "我一月份买的泵还保修吗"
    month = Slot("date", {"from": "2026-01-01", "to": "2026-01-31"}, "一月份", 1, 4)
    owned = owned_goods(text, [month, goods(text, "泵")])
    assert owned is not None
    assert owned.yearless


@pytest.mark.parametrize(("text", "last"), [("which accessories fit what I ordered last?", True), ("我去年买的东西有什么配件", False)])
def test_whatever_was_bought(text: str, last: bool) -> None:
    owned = owned_goods(text, [])
    assert owned is not None
    assert (owned.kind, owned.last) == ("", last)
