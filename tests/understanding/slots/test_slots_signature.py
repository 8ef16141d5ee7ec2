"""The close of a letter is no address."""

from __future__ import annotations

import pytest

from tests.understanding.slots.slots_shop import values


@pytest.mark.parametrize(
    "text", ["Thanks, Hamburg", "Best regards, Max Braun, Hamburg", "Cheers from Hamburg\nMax", "谢谢，上海李伟", "Kind regards\nAnn Lee\nBoston office"]
)
def test_a_close_alone_is_none(text: str) -> None:
    assert values(text, "address", expecting="address") == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("It's Hafenstr 12. Best regards, Max, Hamburg", "Hafenstr 12"),
        ("12 Dock Rd, Austin TX 78701. Thanks, Hamburg", "12 Dock Rd, Austin TX 78701"),
        ("改到苏州市工业园区星湖街328号,谢谢,上海李伟", "苏州市工业园区星湖街328号"),
    ],
)
def test_the_address_before_a_close_stays_as_it_was(text: str, address: str) -> None:
    assert values(text, "address", expecting="address") == [address]


def test_thanks_before_a_wish_closes_nothing() -> None:
    assert values("Thanks, please ship it to 12 Dock Rd, Austin TX 78701", "address") == ["12 Dock Rd, Austin TX 78701"]
