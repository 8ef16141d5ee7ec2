"""Calls and JSON in the many forms in which models write them."""

from __future__ import annotations

import json

import pytest

from assistant.errors import ModelFailed
from assistant.llm.calls import MOST_CALLS, CallPieces, assembled, json_of, typed_calls
from assistant.llm.wire import ChunkReader, Lines, finish_of
from assistant.model_types import CallDelta, Finished, ModelCall, ModelMessage, ModelRequest, ModelTool, TextDelta, Usage

REQUEST = ModelRequest((ModelMessage("user", "?"),), tools=(ModelTool("f", "", {}),))


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ('{"name": "f", "arguments": {"a": 1}}', (("f", '{"a": 1}'),)),
        ('{"tool": "f", "args": {"a": "一"}}', (("f", '{"a": "一"}'),)),
        ('```json\n{"function": {"name": "f", "arguments": "{\\"a\\": 1}"}}\n```', (("f", '{"a": 1}'),)),
        ('[{"name": "f"}, {"name": "g", "parameters": {}}]', (("f", "{}"), ("g", "{}"))),
        ('<tool_call>{"name": "f", "arguments": {}}</tool_call>', (("f", "{}"),)),
        ('{"reply": "hello"}', ()),
        ('[{"name": "f"}, 5]', ()),
        ("just words", ()),
        ("", ()),
    ],
)
def test_calls_written_as_text(text: str, calls: tuple[tuple[str, str], ...]) -> None:
    assert typed_calls(text) == calls


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": "x\ny"}', {"a": "x\ny"}),
        ('Sure! Here:\n```json\n{"a": [1]}\n```\nAnything else?', {"a": [1]}),
        ("5", 5),
        ("5 days", 5),
        ("no json", None),
        ("[" * 100_000, None),
    ],
)
def test_json_in_text(text: str, value: object) -> None:
    assert json_of(text) == value


def test_pieces_of_calls_come_together_in_any_order() -> None:
    events = [CallDelta(1, "b", "g"), CallDelta(0, "a", "f", '{"x"'), CallDelta(1, arguments="{}"), CallDelta(0, arguments=": 1}"), Finished("tool_calls")]
    assert assembled(events).calls == (ModelCall("a", "f", '{"x": 1}'), ModelCall("b", "g", "{}"))


def test_an_answer_without_its_end_is_none() -> None:
    with pytest.raises(ModelFailed) as failed:
        assembled([TextDelta("so"), Usage(1, 1)])
    assert (failed.value.code, failed.value.started) == ("cut", True)


def test_endless_calls_are_bounded() -> None:
    pieces = CallPieces()
    with pytest.raises(ModelFailed):
        _ = [pieces.add(CallDelta(index, "", "f")) for index in range(MOST_CALLS + 1)]


@pytest.mark.parametrize(
    "chunks",
    [
        # an index each
        [[(0, "a", "f", "{}")], [(1, "b", "g", "{}")]],
        # one index for all, told apart by id
        [[(0, "a", "f", "{}")], [(0, "b", "g", "{}")]],
        # no index
        [[(None, "a", "f", "{}"), (None, "b", "g", "{}")]],
        # no index and no id
        [[(None, "", "f", "{}"), (None, "", "g", "{}")]],
        # pieces after the first carry neither id nor name
        [[(0, "a", "f", "{")], [(0, "", "", "}")], [(1, "b", "g", "{")], [(1, "", "", "}")]],
        # arguments as an object
        [[(0, "a", "f", {}), (1, "b", "g", {})]],
    ],
)
def test_calls_are_told_apart_however_a_server_numbers_them(chunks: list[list[tuple[int | None, str, str, object]]]) -> None:
    reader, events = ChunkReader(REQUEST), []
    for chunk in chunks:
        calls = [{"index": index, "id": own, "function": {"name": name, "arguments": text}} for index, own, name, text in chunk]
        events += reader.take({"choices": [{"delta": {"tool_calls": calls}}]})
    events += reader.take({"choices": [{"delta": {}, "finish_reason": "stop"}]})
    assert reader.reason == "tool_calls"
    calls_made = assembled([*events, Finished("tool_calls")]).calls
    assert [(call.name, json.loads(call.arguments or "{}")) for call in calls_made] == [("f", {}), ("g", {})]
    assert len({call.id for call in calls_made}) == 2


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_events_are_read_however_their_bytes_are_cut(size: int) -> None:
    text = 'data: {"a": "您好"}\r\n\r\n: alive\n\ndata:{"b":\ndata: 2}\n\nevent: x\rdata: [DONE]'.encode()
    lines = Lines(1000)
    found = [data for at in range(0, len(text), size) for data in lines.feed(text[at : at + size])] + list(lines.finish())
    assert [data.decode() for data in found] == ['{"a": "您好"}', '{"b":\n2}', "[DONE]"]


def test_an_endless_line_is_given_up_before_it_is_kept() -> None:
    lines = Lines(1000)
    with pytest.raises(ModelFailed):
        _ = [list(lines.feed(b"x" * 100)) for _ in range(20)]
    many = Lines(1000)
    with pytest.raises(ModelFailed):
        _ = [list(many.feed(b"data: " + b"x" * 100 + b"\n")) for _ in range(20)]


@pytest.mark.parametrize(
    ("said", "reason"),
    [("STOP", "stop"), ("end_turn", "stop"), ("max_tokens", "length"), ("tool_use", "tool_calls"), ("insufficient_system_resource", None), ("error", None)],
)
def test_only_known_reasons_complete_an_answer(said: str, reason: str | None) -> None:
    assert finish_of(said) == reason


@pytest.mark.parametrize(
    "chunk", [None, [], "x", {"choices": "x"}, {"choices": [None]}, {"choices": [{"delta": "x"}]}, {"choices": [{"delta": {"tool_calls": [5]}}]}]
)
def test_chunks_of_any_shape_do_no_harm(chunk: object) -> None:
    try:
        assert ChunkReader(REQUEST).take(chunk) == []
    except ModelFailed as failure:
        assert failure.code == "garbled"  # noqa: PT017


def test_an_answer_without_end_is_given_up() -> None:
    reader = ChunkReader(REQUEST, most_characters=1000)
    with pytest.raises(ModelFailed):
        _ = [reader.take({"choices": [{"delta": {"content": "x" * 100}}]}) for _ in range(20)]
