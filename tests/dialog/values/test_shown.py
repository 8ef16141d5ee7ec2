"""Which products a turn leaves to be picked from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA = "C1/李伟", "C2/Dana Cole"


@pytest.mark.parametrize(
    ("who", "turns", "told"),
    [
        # a list of orders takes the place of products
        (WEI, ("P-100和P-200哪个重", "我有哪些订单", "第二个到哪了"), "12346"),
        # and products that of orders
        (WEI, ("我有哪些订单", "P-100和P-200哪个重", "第二个多少钱"), "2,900"),
        # what was picked does not shorten the list
        (DANA, ("Compare SK-25 and SK-40", "the second one's price", "and the first one's"), "45.00"),
    ],
)
def test_the_last_list_is_the_one_to_pick_from(chat: Open, who: str, turns: tuple[str, ...], told: str) -> None:
    assert told in chat(who).talk(*turns)[-1]["text"]


def test_talk_of_another_product_ends_the_choice(chat: Open) -> None:
    last = chat(DANA).talk("Compare SK-25 and SK-40", "how much is the VFD-7?", "the second one?")[-1]
    assert "SK-40" not in last["text"]
