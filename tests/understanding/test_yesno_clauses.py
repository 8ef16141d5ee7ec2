"""A full yes beside words that no table knows: what is let pass, and what never is."""

from __future__ import annotations

import pytest

from assistant.understanding.yesno_acts import acts_of
from assistant.understanding.yesno_clauses import stands_alone

ACTS = acts_of("Change the delivery date 改交货日期")


@pytest.mark.parametrize(
    "text",
    [
        "yes please, it is lovely weather for us",
        "we have spoken with our foreman. go ahead",
        "absolutely, thank you so much, you are wonderful",
        "可以，我们师傅都点头了",
        "行，您辛苦啦，咱厂里都盯着吧",
    ],
)
def test_a_full_yes_stands_beside_harmless_words(text: str) -> None:
    assert stands_alone(text, ACTS)


@pytest.mark.parametrize(
    "text",
    [
        "yes please, if it is free for us",
        "yes, once our foreman has nodded",
        "yes, hamburg",
        "yes, it is 24",
        "ok, we think it is fine",
        "yes, it is not fine",
        "we have spoken with our foreman",
        "yes, your colleague is calling me",
        "可以，我们师傅点头的话",
        "可以，我先问师傅",
        "行，汉堡",
        "可以，我们师傅没点头",
        "可以，是不是免费的",
    ],
)
def test_what_could_take_it_back_does(text: str) -> None:
    assert not stands_alone(text, ACTS)
