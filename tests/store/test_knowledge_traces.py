"""Traces find every text they were made of wherever it stands, and hold none of them."""

from __future__ import annotations

import random

import pytest

from assistant.store.knowledge_traces import Traces, pack


@pytest.mark.parametrize("seed", range(8))
def test_they_find_what_they_were_made_of(seed: int) -> None:
    chance = random.Random(seed)
    letters = "ab " if seed % 2 else "泵体ab"
    text = "".join(chance.choices(letters, k=900))
    cuts = [(at := chance.randrange(850), at + chance.randrange(8, 40)) for _ in range(60)]
    forms = {text[a:b].encode() for a, b in cuts}
    others = {f"{form.decode()}!".encode() for form in forms}
    data = text.encode()
    traces = Traces(pack(forms | others))
    assert {form for _, form in traces.places(data)} == forms
    assert all(data.startswith(form, at) for at, form in traces.places(data))
    assert traces.count == len(forms | others)


def test_what_is_spared_is_not_found() -> None:
    packed = pack([b"the golden press", b"the silver press"])
    traces = Traces(packed, without=[b"the golden press"])
    assert traces.holders([b"see the golden press", b"see the silver press", b"the silver", b" press"]) == {1}
    assert traces.longest == len(b"the silver press")
    assert not Traces(packed).within(b"the bronze press")
    assert b"golden" not in packed


def test_no_traces_find_nothing() -> None:
    assert not Traces().within(b"anything at all")
    assert Traces(pack([b"short"])).count == 0
