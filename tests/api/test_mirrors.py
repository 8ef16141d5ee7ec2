"""The same conversations over the HTTP interface as in the process: what they leave behind is equal, whatever the way in."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.app import Company
from assistant.config import Config
from tests.conftest import MONDAY, ROOT, Chat
from tests.serving import Serving, serving

# (contact, what is said); a tuple is said at once, "name: text" by a person of that name, "name." closes
Row = tuple[str, tuple[str | tuple[str, ...] | dict[str, str], ...]]
ROWS: dict[str, tuple[Row, ...]] = {
    "zh": (
        ("C1/李伟", ("我需要修改订单#12345的交货日期。", "6月15日。", "确认")),
        ("C2/Dana Cole", ("12366改到下周五", "我是说这周五", "确认")),
        ("C3/王芳", ("转人工", {"name": "周敏", "say": "您好"}, "周末发货吗", {"name": "周敏"}, "再问下,轴承6205保修多久?")),
        ("C2/Dana Cole", ("取消12366", ("确认", "确认"))),
    ),
    "en": (
        ("C1/李伟", ("I need to change the delivery date of order 12345.", "June 15.", "yes")),
        ("C2/Dana Cole", ("Move 12366 to next Friday", "I mean this Friday", "yes")),
        (
            "C3/王芳",
            ("I want a person", {"name": "Emma", "say": "Hello"}, "do you ship on weekends?", {"name": "Emma"}, "and the warranty of the 6205 bearing?"),
        ),
        ("C2/Dana Cole", ("Cancel 12366", ("yes", "yes"))),
    ),
}


def left(state: dict[str, Any]) -> dict[str, Any]:
    return {name: state[name] for name in ("orders", "tickets", "handoffs")}


def over_http(served: Serving, row: Row) -> list[str]:
    """Plays a row; the actions of its answers. A socket would be one more way to the same door: each message is sent anew, with an id of its own."""
    who, turns = row
    with httpx.Client(base_url=served.url, timeout=30) as client:
        conversation = client.post("/v1/conversations", json={"as": who}).raise_for_status().json()["conversation"]

    async def send(bodies: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
        async with httpx.AsyncClient(base_url=served.url, timeout=30) as client:
            answers = await asyncio.gather(*(client.post(path, json=body) for path, body in bodies))
        return [answer.raise_for_status().json() for answer in answers]

    found: list[str] = []
    for place, turn in enumerate(turns):
        if isinstance(turn, dict):
            asyncio.run(send([(f"/demo/agent/{conversation}", {**turn, "close": "say" not in turn})]))
            continue
        texts = (turn,) if isinstance(turn, str) else turn
        path = f"/v1/conversations/{conversation}/messages"
        told = asyncio.run(send([(path, {"id": f"m{place}-{number}", "text": text}) for number, text in enumerate(texts)]))
        found += sorted(str(each["action"]) for each in told)
    return found


def in_process(chat: Chat, row: Row) -> list[str]:
    who, turns = row
    chat.as_(who)
    found: list[str] = []
    for turn in turns:
        if isinstance(turn, dict):
            if "say" in turn:
                chat.agent(turn["name"], turn["say"])
            else:
                chat.close_by(turn["name"])
            continue
        found += sorted(str(view["action"]) for view in chat.together((turn,) if isinstance(turn, str) else turn))
    return found


@pytest.mark.parametrize("language", ROWS)
def test_what_is_left_is_the_same_over_http(language: str, company: Company, prepared: Path, tmp_path: Path, chat: Callable[[str], Chat]) -> None:
    inside = chat("C1/李伟")
    untouched = left(inside.state())
    acted = [in_process(inside, row) for row in ROWS[language]]
    with serving(Config(ROOT, shutil.copytree(prepared, tmp_path / "served"), clock=MONDAY), company, demo=True) as served:
        assert [over_http(served, row) for row in ROWS[language]] == acted
        outside = left(served.run(served.assistant.state()))
    assert outside == left(inside.state()) != untouched
    assert [each[-1] for each in acted[:3]] == ["execute", "execute", "reply"]
    assert acted[3] == ["confirm", "execute", "reply"]
    assert outside["orders"]["12345"]["delivery_date"] == "2026-06-15"
    assert (outside["orders"]["12366"]["delivery_date"], outside["orders"]["12366"]["status"]) == ("2026-06-05", "cancelled")
    assert [each["state"] for each in outside["handoffs"]] == ["closed"]
