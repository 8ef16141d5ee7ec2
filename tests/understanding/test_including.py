"""Questions whether a rule told before holds for something too."""

from __future__ import annotations

import pytest

from assistant.understanding.including import asks_if_included


@pytest.mark.parametrize(
    "text",
    [
        "does that include custom hoses?",
        "and does it cover bearings too",
        "do those rules apply to spare parts",
        "包括定制软管吗",
        "软管也包括在内吗",
        "轴承也适用吗",
    ],
)
def test_it_goes_on_with_the_rule(text: str) -> None:
    assert asks_if_included(text)


@pytest.mark.parametrize("text", ["what does the P-100 include", "does it ship today", "软管多少钱", "is that order delivered", "cover the cost"])
def test_other_questions_stand_alone(text: str) -> None:
    assert not asks_if_included(text)
