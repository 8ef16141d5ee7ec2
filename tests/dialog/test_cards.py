"""The cards beside a reply: titles in the language of the conversation, and what became of a preview that was open before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

Open = Callable[[str], Any]
WEI, DANA = "C1/李伟", "C2/Dana Cole"


def card(view: Mapping[str, Any], kind: str, state: str) -> Mapping[str, Any]:
    found = [each for each in view["cards"] if (each["kind"], each["state"]) == (kind, state)]
    assert len(found) == 1, view["cards"]
    return found[0]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("says", "yes", "title"),
    [
        ("把12345的交货日期改到6月15日", "确认", "修改交货日期"),
        ("Move the delivery date of 12345 to June 15", "yes", "Change the delivery date"),
        ("請把12345的交貨日期改到6月15日，謝謝", "確認", "修改交貨日期"),
    ],
)
def test_titles_speak_the_language_of_the_conversation(chat: Open, says: str, yes: str, title: str) -> None:
    preview, done = chat(WEI).talk(says, yes)
    assert card(preview, "confirm", "open")["data"]["title"] == title
    assert card(done, "receipt", "done")["data"]["title"] == title


@pytest.mark.parametrize(
    ("then", "state"),
    [
        ("yes", "confirmed"),
        ("no, leave it", "declined"),
        ("make it June 26 instead", "replaced"),
        ("I want to talk to a person", "passed"),
    ],
)
def test_a_preview_that_ends_is_told_as_it_ended(chat: Open, then: str, state: str) -> None:
    preview, after = chat(DANA).talk("Change the delivery date of 12360 to June 25", then)
    shown = card(preview, "confirm", "open")
    ended = card(after, "confirm", state)
    assert (ended["id"], ended["actions"]) == (shown["id"], [])
    assert ended["data"]["title"] == shown["data"]["title"]


def test_a_preview_stays_open_beside_a_question(chat: Open) -> None:
    _, beside, done = chat(WEI).talk("把12345的交货日期改到6月15日", "P-100扬程多少？", "确认")
    assert [each for each in beside["cards"] if each["kind"] == "confirm"] == []
    card(done, "confirm", "confirmed")


@pytest.mark.parametrize(
    ("who", "says", "phone", "label"), [(WEI, "请安排回电", "13900010001", "电话"), (DANA, "please call me back", "+1 512 555 0142", "Phone")]
)
def test_a_phone_is_masked_and_its_field_has_a_name(chat: Open, who: str, says: str, phone: str, label: str) -> None:
    done = chat(who).talk(says, phone)[-1]
    data = card(done, "receipt", "done")["data"]
    assert data["labels"]["phone"] == label
    assert "****" in data["changes"]["phone"][1]
    assert phone not in str(done["cards"])


def test_a_field_of_a_preview_has_the_name_of_its_language(chat: Open) -> None:
    (preview,) = chat(DANA).talk("Move the delivery date of 12360 to June 25")
    (row,) = card(preview, "confirm", "open")["data"]["rows"]
    assert row == {"field": "date", "label": "Date", "old": "2026-06-18", "new": "2026-06-25"}


def test_a_ticket_replaces_nothing_of_the_order(chat: Open) -> None:
    preview = chat(WEI).talk("12350退2个，没拆封")[-1]
    rows = card(preview, "confirm", "open")["data"]["rows"]
    assert rows
    assert all(row["old"] is None for row in rows)
