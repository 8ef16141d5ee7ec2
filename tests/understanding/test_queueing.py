"""How long somebody has to wait for a person, and not for goods."""

from __future__ import annotations

import pytest

from assistant.understanding.queueing import asks_how_long


@pytest.mark.parametrize(
    "text",
    [
        "他们什么时候回我",
        "还要等多久",
        "前面还有几个人",
        "我排第几",
        "人呢",
        "怎么还没人回",
        "客服几点上班",
        "when will they answer",
        "how long do I have to wait",
        "how much longer?",
        "am I still in the queue?",
        "what's my place in the queue",
        "how many people are ahead of me",
        "is anyone there?",
    ],
)
def test_the_wait_is_asked_for(text: str) -> None:
    assert asks_how_long(text)


@pytest.mark.parametrize(
    "text",
    ["货什么时候到", "泵的质保多久", "P-100多少钱", "when will it arrive", "how long is the hose", "how long is the warranty", "thanks", "还有别的颜色吗"],
)
def test_other_questions_are_not(text: str) -> None:
    assert not asks_how_long(text)
