"""A number of pieces said in steps, in one message or over several."""

from __future__ import annotations

import pytest

from assistant.dialog.values.counted_on import CHANGED, note_of, number_meant
from assistant.types import Json, Slot


def said(*values: Json) -> tuple[Slot, ...]:
    return tuple(Slot("quantity", value) for value in values)


PLUS_TWO, LESS_TWO = {"delta": 2}, {"delta": -2}


@pytest.mark.parametrize(
    ("values", "text", "number"),
    [
        ((5, PLUS_TWO), "改成5台，再加2台", 7),
        ((38, LESS_TWO), "make it 38, then take off another 2", 36),
        ((PLUS_TWO, {"delta": 3}), "加2台，再加3台", 15),
        ((12, PLUS_TWO), "make it 12, that's 2 more", 12),
        ((PLUS_TWO,), "add 2", 12),
        ((8,), "make it 8", 8),
    ],
)
def test_steps_of_one_message_go_on_from_one_another(values: tuple[Json, ...], text: str, number: int) -> None:
    assert number_meant(said(*values), base=10, held=None, text=text, corrected=False) == number


def test_a_step_goes_on_from_the_number_in_the_preview() -> None:
    held = Slot("quantity", 12)
    assert number_meant(said(PLUS_TWO), base=10, held=held, text="再加2台", corrected=False) == 14
    assert number_meant(said(LESS_TWO), base=10, held=held, text="减2台", corrected=False) == 10


def test_the_same_step_said_again_changes_nothing() -> None:
    assert number_meant(said({"delta": 4}), base=40, held=Slot("quantity", 44), text="add the extra four", corrected=False) == 44


def test_a_step_takes_the_place_of_a_step() -> None:
    held = Slot("quantity", 12, note=CHANGED)
    assert number_meant(said({"delta": 5}), base=10, held=held, text="加5台", corrected=False) == 15
    assert number_meant(said({"delta": 5}), base=10, held=held, text="不对，再加5台", corrected=True) == 15
    assert number_meant(said({"delta": 5}), base=10, held=held, text="再加5台", corrected=False) == 17


def test_what_cannot_be_counted_is_none() -> None:
    assert number_meant(said(PLUS_TWO), base=None, held=None, text="add 2", corrected=False) is None


def test_only_a_step_is_remembered_as_one() -> None:
    assert note_of(said(PLUS_TWO), None) == CHANGED
    assert note_of(said(12, PLUS_TWO), None) == ""
    assert note_of(said(PLUS_TWO), Slot("quantity", 12)) == ""
