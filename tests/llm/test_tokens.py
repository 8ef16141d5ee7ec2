"""Counting tokens where no vocabulary is at hand, and what fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.llm.tokens import PER_MESSAGE, counter, estimate, fitting, tokens_of
from assistant.model_types import ModelCall, ModelMessage, ModelTool


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("", 0),
        ("The pump delivers 25 m³/h at 32 m head.", 13),
        ("泵的流量是每小时二十五立方米。", 14),
        ("1234567890", 4),
        ("{}[]()<>", 4),
        ("internationalisation", 3),
    ],
)
def test_the_estimate_is_never_below_what_common_vocabularies_take(text: str, least: int) -> None:
    assert estimate(text) >= least


def test_the_estimate_grows_with_the_text_and_stays_in_proportion() -> None:
    text = "Return goods within 15 days. 请在15天内退货。"
    assert estimate(text) < estimate(text * 2) <= 2 * estimate(text)
    assert estimate(text) <= 3 * len(text)


def test_half_characters_and_signs_can_be_counted() -> None:
    assert estimate("\ud800 \x00 👍🏽 ﷽") > 0


def test_no_vocabulary_means_the_estimate_and_no_look_at_the_net(tmp_path: Path) -> None:
    assert counter("gpt-4o") is estimate
    assert counter("gpt-4o", tmp_path) is estimate
    assert counter("a-model-nobody-knows", tmp_path) is estimate


def test_a_prompt_counts_its_messages_calls_and_tools() -> None:
    bare = tokens_of([ModelMessage("user", "hello")])
    assert bare == PER_MESSAGE + estimate("hello")
    called = tokens_of([ModelMessage("assistant", "", (ModelCall("c1", "get_order", '{"order": "12345"}'),))])
    assert called > PER_MESSAGE
    tool = ModelTool("get_order", "One order.", {"type": "object", "properties": {"order": {"type": "string"}}})
    assert tokens_of([ModelMessage("user", "hello")], [tool]) > bare + 10


def test_texts_fit_whole_or_not_at_all_and_in_order() -> None:
    one = len("aaaa") + PER_MESSAGE
    assert fitting(["aaaa", "bbbb", "cccc"], 2 * one, count=len) == ("aaaa", "bbbb")
    assert fitting(["aaaa" * 100, "b"], 50, count=len) == ()
    assert fitting([], 50, count=len) == ()
