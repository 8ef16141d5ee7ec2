"""The meanings a procedure declares by words: overlaps, denials, corrections, slips."""

from __future__ import annotations

import pytest

from assistant.understanding.slots.read import match_words

UNOPENED = {
    "yes": ("未拆封", "没拆封", "没拆", "原封", "unopened", "sealed", "not opened", "original packaging"),
    "no": ("拆封了", "拆封", "拆了", "打开了", "用过", "opened", "unsealed", "already used"),
}
KINDS = {"special": ("专票", "专用发票", "special"), "ordinary": ("普票", "普通发票", "ordinary"), "pro_forma": ("形式发票", "pro forma")}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("4个全退,没拆封", "yes"), ("沒拆封", "yes"), ("已经拆封了", "no"), ("they are unopened", "yes"), ("un-opened", "yes"), ("we opened them", "no"),
        ("not opened yet", "yes"),
        ("it hasn't been opened", "yes"), ("haven't even opened it", "yes"), ("Original  packaging", "yes"), ("没有用过", "yes"), ("不小心拆封了", "no"),
        ("unopend boxes", "yes"),
        ("opened — sorry, unopened", "yes"),
    ],
)  # fmt: skip
def test_yes_or_no_in_the_procedures_words(text: str, key: str) -> None:
    assert match_words(text, UNOPENED) == key


@pytest.mark.parametrize("text", ["", "4个全退", "return them please", "3 unopened and 2 opened"])
def test_nothing_said_or_two_things_said(text: str) -> None:
    assert match_words(text, UNOPENED) is None


def test_choices_among_many() -> None:
    assert match_words("开增值税专用发票", KINDS) == "special"
    assert match_words("專票", KINDS) == "special"
    assert match_words("a special invoice, not ordinary", KINDS) == "special"
    assert match_words("especially", KINDS) is None
    assert match_words("不要普票", KINDS) is None
