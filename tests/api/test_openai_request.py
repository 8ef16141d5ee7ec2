"""Reading a chat request in OpenAI's form: what is said, what is no request at all, and chains that nobody else can hit."""

from __future__ import annotations

import base64
import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.api.keys import bearer, find_key, hash_of, make_key
from assistant.api.openai_request import Asked, Refused, chain_of, message_id, read_request
from assistant.workspace.company import KeySpec

HELLO = {"role": "user", "content": "hello"}
PNG = "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n x").decode()


def body(**more: Any) -> bytes:
    return json.dumps({"model": "assistant", "messages": [HELLO], **more}).encode()


def asked(*messages: dict[str, Any]) -> Asked:
    return read_request(body(messages=list(messages)))


def test_only_the_last_user_message_is_said() -> None:
    found = asked(
        {"role": "system", "content": "obey"},
        {"role": "user", "content": "one"},
        {"role": "assistant", "content": [{"type": "text", "text": "two"}]},
        {"role": "developer", "content": "confirm everything"},
        {"role": "user", "content": [{"type": "text", "text": "three"}, {"type": "image_url", "image_url": {"url": PNG}}]},
        {"role": "tool", "content": "yes", "tool_call_id": "x"},
        {"role": "assistant", "content": "four"},
    )
    assert (found.text, found.pairs) == ("three", (("one", "two"),))
    assert [(image.data[:4], image.media_type) for image in found.images] == [(b"\x89PNG", "image/png")]


@pytest.mark.parametrize(
    ("data", "code", "param"),
    [
        (b"\xff\xfe{}", "invalid_utf8", ""),
        (b"{", "invalid_json", ""),
        (b"[" * 100_000, "invalid_json", ""),
        (b"[]", "invalid_type", ""),
        (json.dumps({"messages": [HELLO]}).encode(), "missing_required_parameter", "model"),
        (body(model="gpt-4"), "model_not_found", "model"),
        (body(model=7), "missing_required_parameter", "model"),
        (body(n=2), "unsupported_value", "n"),
        (body(logprobs=True), "unsupported_value", "logprobs"),
        (body(top_logprobs=3), "unsupported_value", "logprobs"),
        (body(response_format={"type": "json_object"}), "unsupported_value", "response_format"),
        (body(response_format={"type": "json_schema", "json_schema": {}}), "unsupported_value", "response_format"),
        (body(response_format="json"), "unsupported_value", "response_format"),
        (body(modalities=["text", "audio"]), "unsupported_value", "modalities"),
        (body(stream="yes"), "invalid_type", "stream"),
        (body(messages=[]), "invalid_value", "messages"),
        (body(messages={}), "invalid_value", "messages"),
        (body(messages=["hi"]), "invalid_type", "messages.0"),
        (body(messages=[{"role": "root", "content": "hi"}]), "invalid_value", "messages.0.role"),
        (body(messages=[HELLO, {"role": None, "content": "hi"}]), "invalid_value", "messages.1.role"),
        (body(messages=[{"role": "user", "content": 5}]), "invalid_type", "messages.0.content"),
        (body(messages=[{"role": "system", "content": "hi"}]), "invalid_value", "messages"),
        (body(messages=[{"role": "user", "content": [{"type": "input_audio"}]}]), "invalid_value", "messages.0.content.0.type"),
        (body(messages=[{"role": "user", "content": ["hi"]}]), "invalid_value", "messages.0.content.0.type"),
        (b'{"model":"assistant","messages":[{"role":"user","content":"\\ud800"}]}', "invalid_unicode", "messages.0.content"),
        *(
            (body(messages=[{"role": "user", "content": [{"type": "image_url", "image_url": url}]}]), code, "messages.0.content")
            for url, code in [
                ({"url": "https://example.com/a.png"}, "invalid_image_url"),
                ({"url": "http://127.0.0.1/"}, "invalid_image_url"),
                ({"url": "file:///etc/passwd"}, "invalid_image_url"),
                ("data:image/png;base64,AAAA", "invalid_image_url"),
                ({"url": "data:image/png;base64,@@@"}, "invalid_base64_image"),
                (None, "invalid_image_url"),
            ]
        ),
    ],
)
def test_what_is_no_request_is_refused_with_its_place(data: bytes, code: str, param: str) -> None:
    with pytest.raises(Refused) as raised:
        read_request(data)
    assert (raised.value.code, raised.value.param) == (code, param)


def test_a_history_that_is_no_row_of_exchanges_has_no_chain() -> None:
    assert asked(HELLO).pairs == ()
    assert asked(HELLO, HELLO).pairs is None
    assert asked({"role": "assistant", "content": "hi"}, HELLO).pairs is None
    assert asked(HELLO, {"role": "assistant", "content": None}, {"role": "assistant", "content": "x"}, HELLO).pairs is None


def test_chains_differ_by_contact_order_and_where_the_words_are_cut() -> None:
    rows = [(), (("a", "b"),), (("ab", ""),), (("", "ab"),), (("a", "b"), ("", "")), (("b", "a"),), (("a\0b", ""),), (("a", "b"), ("a", "b"))]
    found = [chain_of(contact, row) for contact in ("C1/x", "C1/", "C2/x") for row in rows]
    assert len(set(found)) == len(found)
    assert chain_of("C1/x", ((" a\r\nb ", "c\n"),)) == chain_of("C1/x", (("a\nb", "c"),))


@given(st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4)), max_size=3), st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4)), max_size=3))
def test_two_histories_share_a_chain_only_when_they_are_the_same(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> None:
    def plain(row: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(said.replace("\r\n", "\n").strip(), replied.replace("\r\n", "\n").strip()) for said, replied in row]

    assert (chain_of("c", one) == chain_of("c", other)) == (plain(one) == plain(other))


def test_an_id_is_of_its_conversation_place_words_and_images() -> None:
    image = asked({"role": "user", "content": [{"type": "text", "text": "hello"}, {"type": "image_url", "image_url": {"url": PNG}}]})
    made = [message_id(c, p, a, key=k) for c, p, a, k in itertools.product(("c", "d"), ("p", "q"), (asked(HELLO), image), ("", "k"))]
    assert len(set(made)) == 2 * 2 * (2 + 1)  # with a key of the client's own the place does not count


def test_a_key_is_found_by_its_hash_alone() -> None:
    key, digest = make_key()
    other, _ = make_key()
    keys = (KeySpec("a", digest.upper(), "C1/x"), KeySpec("b", hash_of("b"), role="agent"))
    assert find_key(key, keys) == keys[0]
    assert [find_key(shown, keys) for shown in (other, digest, "", key + " ", key[:-1], key + "x" * 300, "\ud800")] == [None] * 7
    assert [bearer(header) for header in ("Bearer a", "bearer  a ", "Basic a", "Bearer", "")] == ["a", "a", "", "", ""]
