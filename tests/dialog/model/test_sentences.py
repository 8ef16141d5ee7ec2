"""Sentences cut from text that comes in pieces, and cleaned of layout without losing a sign that says something."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dialog.model.sentences import LONGEST, Sentences, cleaned, sentences_of

TEXT = "The P-100 delivers 25 m³/h. Use No. 5 oil, e.g. VG 32! 扬程是 32.5 米。可以吗？See www.example.com/a.b for more.\n- One\n- Two; three"


def _fed(text: str, size: int) -> list[str]:
    cut = Sentences()
    found = [sentence for at in range(0, len(text), size) for sentence in cut.feed(text[at : at + size])]
    return [*found, *cut.rest()]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 11, 1000])
def test_the_same_sentences_come_out_however_the_text_comes_in(size: int) -> None:
    assert _fed(TEXT, size) == sentences_of(TEXT)
    assert "Use No. 5 oil, e.g. VG 32!" in sentences_of(TEXT)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["1", ".", " ", "。", "a", "B", "!", '"', "；", "\n", "）", "?", "No", "5"]), max_size=30), st.integers(1, 7))
def test_nothing_is_lost_or_said_twice(pieces: list[str], size: int) -> None:
    text = "".join(pieces)
    said = "".join("".join(_fed(text, size)).split())
    assert [char for char in said if char.isalnum()] == [char for char in text if char.isalnum()]


def test_a_figure_is_never_cut_at_its_point() -> None:
    cut = Sentences()
    assert list(cut.feed("The pressure is 1.")) == []
    assert list(cut.feed("6 MPa. Then")) == ["The pressure is 1.6 MPa."]


def test_what_has_no_end_does_not_grow_for_ever() -> None:
    cut = Sentences()
    found = [sentence for _ in range(40) for sentence in cut.feed("word " * 100)]
    assert found
    assert all(len(sentence) <= 2 * LONGEST for sentence in found)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Yes, the P-100 fits.", "The P-100 fits."),
        ("No. It cannot be returned.", "It cannot be returned."),
        ("可以的，送达后 15 天之内都能退。", "送达后 15 天之内都能退。"),
        ("Yes - it fits.", "It fits."),
        ("Yes", ""),
        ("是的。", ""),
        ("**Flow**: 25 m³/h", "Flow: 25 m³/h"),
        ("## Returns", "Returns"),
        ("- One thing", "One thing"),
        ("The limit is 15 days [1].", "The limit is 15 days."),
        ("限期 15 天【2†source】。", "限期 15 天。"),
    ],
)
def test_layout_and_a_bare_yes_go(raw: str, clean: str) -> None:
    assert cleaned(raw) == clean


@pytest.mark.parametrize(
    "sentence",
    [
        "No-load current is 2 A.",
        "No. 5 seal fits.",
        "Pressure must be > 5 bar.",
        "> 5 bar is too much.",
        "-10 °C is the limit.",
        "A plate of 2*3 mm.",
        "Part P_100_B is meant.",
        "kPa is the unit.",
        "Right-hand threads only.",
        "可以退。",
        "不能装在 P-200 上。",
    ],
)
def test_what_says_something_stays_as_it_is(sentence: str) -> None:
    assert cleaned(sentence) == sentence
