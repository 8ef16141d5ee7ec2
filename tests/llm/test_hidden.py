"""Marks in text, however it is cut into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import ModelFailed
from assistant.llm.calls import TextReader
from assistant.llm.hidden import CALLS, REASONING, Splitter
from assistant.model_types import CallDelta, TextDelta, Thinking

OPENING = (*REASONING, *CALLS)
PIECES = st.sampled_from(
    ["<think>", "</think>", "<THINK>", "<", "<th", "a < b", "您好。", "<tool_call>", "</tool_call>", "[THINK]", "[/THINK]", "\n", "◁", "5"]
)


def plain(splitter: Splitter, pieces: list[str]) -> str:
    """What stands outside every mark, and the marks that closed nothing."""
    parts = [part for piece in pieces for part in splitter.feed(piece)] + splitter.finish()
    return "".join(f"({part.mark})" if part.mark else part.text for part in parts if part.mark not in OPENING)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=8), st.data())
def test_cutting_the_text_elsewhere_changes_nothing(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert plain(Splitter({**REASONING, **CALLS}), pieces) == plain(Splitter({**REASONING, **CALLS}), [text])


@pytest.mark.parametrize("opening", REASONING)
def test_each_kind_of_reasoning_is_hidden_letter_by_letter(opening: str) -> None:
    text = f"Yes. {opening}It costs 5, secretly{REASONING[opening]}No."
    reader = TextReader()
    events = [event for letter in text for event in reader.feed(letter)] + reader.finish()
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == "Yes. No."
    assert Thinking() in events


def test_plain_text_is_not_held_back() -> None:
    assert [part.text for part in Splitter(REASONING).feed("Hello there")] == ["Hello there"]
    assert [part.text for part in Splitter(REASONING).feed("a < b")] == ["a < b"]


def test_reasoning_that_never_ends_shows_nothing() -> None:
    reader = TextReader()
    assert not [event for event in reader.feed("<think>and so on") + reader.finish() if isinstance(event, TextDelta)]


def test_a_call_that_only_lacks_its_closing_mark_is_one() -> None:
    reader = TextReader(tools=True)
    events = reader.feed('<tool_call>{"name": "f", "arguments": {"a": 1}}') + reader.finish()
    assert events[-1] == CallDelta(0, "call_0", "f", '{"a": 1}')


@pytest.mark.parametrize("text", ["<tool_call>not json</tool_call>", '<tool_call>{"name": "f", "argum'])
def test_a_call_that_is_none_is_garbled(text: str) -> None:
    reader = TextReader(tools=True)
    with pytest.raises(ModelFailed) as failed:
        _ = [*reader.feed(text), *reader.finish()]
    assert failed.value.code == "garbled"


def test_calls_without_tools_are_neither_made_nor_shown() -> None:
    reader = TextReader()
    events = reader.feed('Hm. <tool_call>{"name": "f", "arguments": {}}</tool_call>') + reader.finish()
    assert [event for event in events if not isinstance(event, Thinking)] == [TextDelta("Hm. ")]
