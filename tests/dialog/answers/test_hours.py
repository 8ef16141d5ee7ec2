"""When people are there: by the calendar for a day, by the clock for now, and in the words of the page that states the hours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, MAX = "C1/李伟", "C4/Max Braun"


@pytest.mark.parametrize(
    ("who", "text", "says"),
    [
        (MAX, "do you guys work weekends", "Monday to Friday"),
        (MAX, "are you open on saturday", "Nobody is on duty on"),
        (MAX, "what's today's hours", "09:00–18:00"),
        (MAX, "are you open on dragon boat day", "19 Jun 2026"),
        (MAX, "is anyone there now", "on duty now"),
        (WEI, "周末有人在吗", "没有同事在岗"),
        (WEI, "端午上班吗", "6月19日"),
        (WEI, "那现在有人吗", "现在有同事在岗"),
        (WEI, "今天几点下班", "18:00"),
    ],
)
def test_a_day_and_this_moment(who: str, text: str, says: str, chat: Open) -> None:
    view = chat(who).say(text)
    assert (view["action"], view["handoff"]) == ("reply", None)
    assert says in view["text"]
    assert {each["document"] for each in view["citations"]} == {"service-hours"}


def test_deliveries_have_their_own_days(chat: Open) -> None:
    assert "delivery-changes" in {each["document"] for each in chat(WEI).say("周六能改成送货日吗")["citations"]}
