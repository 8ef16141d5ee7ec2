"""Many texts sought in bytes at once: the same finds as asking for each by itself."""

from __future__ import annotations

import random

import pytest

from assistant.store.knowledge_seek import Sought


@pytest.mark.parametrize("seed", range(12))
def test_it_finds_what_asking_for_each_would_find(seed: int) -> None:
    chance = random.Random(seed)
    letters = "ab " if seed % 2 else "泵体ab"
    text = "".join(chance.choices(letters, k=900))
    cuts = [(at := chance.randrange(880), at + chance.randrange(1, 40)) for _ in range(60)]
    forms = {text[a:b].encode() for a, b in cuts} | {"".join(chance.choices(letters, k=chance.randrange(1, 30))).encode() for _ in range(60)}
    data = text.encode()
    sought = Sought(forms)
    assert sought.present(data) == {form for form in forms if form and form in data}
    for form in list(forms)[:20]:
        places = {at for at, found in Sought([form]).places(data)}
        assert places == {at for at in range(len(data)) if form and data.startswith(form, at)}


def test_a_text_never_reaches_over_two_values() -> None:
    sought = Sought([b"the golden press", b"press"])
    assert sought.holders([b"the golden", b" press", b"", b"see the golden press.", b"nothing"]) == {1, 3}
    assert Sought([b"golden\0\0 pres"]).holders([b"golden", b" pres"]) == set()


def test_nothing_sought_is_nowhere() -> None:
    empty = Sought([b""])
    assert not empty.within(b"anything at all")
    assert empty.holders([b"a", b"b"]) == set()
    assert not Sought([b"longer than the data"]).within(b"short")
