"""Two hundred copies of two conversations at once over HTTP, a scripted model behind them: nothing lost, nothing done twice, nobody sees another's."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from assistant.app import Company
from assistant.config import Config
from assistant.workspace.company import FixtureCompany, FixtureContact
from tests.conftest import MONDAY, ROOT
from tests.serving import Serving, serving

COPIES = 200
FIRST = 20_000
ORDER = re.compile(r"\b2\d{4}\b")
SCRIPT = """
rules:
  - when: {}
    say: "Order 20001 of company K1 is moved, and the PS-20 takes 9.9 MPa."
"""
MOVE = ("我需要修改订单#{order}的交货日期。", "6月15日。", "确认")
ASK = ("What is the max working pressure of the PS-20?", "and its output?")


def crowded(company: Company) -> Company:
    """The demo company with COPIES buyers more, each with a copy of order 12345 under a number of its own."""
    fixture = company.workspace.fixture
    model = fixture.orders["12345"]
    buyers = {f"K{n}": FixtureCompany(f"K{n}", f"Buyer {n}", "A", "zh", (FixtureContact("Kim"),)) for n in range(COPIES)}
    orders = {str(FIRST + n): replace(model, number=str(FIRST + n), company=f"K{n}") for n in range(COPIES)}
    grown = replace(fixture, companies={**fixture.companies, **buyers}, orders={**fixture.orders, **orders})
    return replace(company, workspace=replace(company.workspace, fixture=grown))


@pytest.fixture(scope="module")
def served(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("load")
    (folder / "model.yaml").write_text(SCRIPT, encoding="utf-8")
    with serving(Config(ROOT, folder / "state", clock=MONDAY, model=f"scripted:{folder}/model.yaml"), crowded(company)) as running:
        yield running


async def talk(client: httpx.AsyncClient, who: str, texts: tuple[str, ...]) -> tuple[str, list[dict[str, Any]]]:
    opened = (await client.post("/v1/conversations", json={"as": who})).raise_for_status()
    conversation = str(opened.json()["conversation"])
    answers = []
    for place, text in enumerate(texts):
        told = await client.post(f"/v1/conversations/{conversation}/messages", json={"id": f"m{place}", "text": text})
        answers.append(told.raise_for_status().json())
    return conversation, answers


async def crowd(url: str, texts: tuple[str, ...]) -> list[tuple[str, list[dict[str, Any]]]]:
    # an idle connection may be closed by the server just when the next message is sent: each message has its own
    limits = httpx.Limits(max_connections=COPIES, max_keepalive_connections=0)
    async with httpx.AsyncClient(base_url=url, timeout=240, limits=limits) as client:
        return await asyncio.gather(*(talk(client, f"K{n}/Kim", tuple(text.format(order=FIRST + n) for text in texts)) for n in range(COPIES)))


def log(served: Serving, conversation: str) -> list[str]:
    """The names of what was written down in a conversation, in order."""
    return [event.name for event in served.run(served.assistant.events(conversation))]


@pytest.mark.slow
def test_two_hundred_change_their_own_order_at_once(served: Serving) -> None:
    told = asyncio.run(crowd(served.url, MOVE))
    receipts = []
    for number, (conversation, answers) in enumerate(told):
        own = str(FIRST + number)
        assert [each["action"] for each in answers] == ["ask", "confirm", "execute"], answers
        assert {found for each in answers for found in ORDER.findall(each["text"])} == {own}
        assert [each["order"] for each in answers[-1]["receipts"]] == [own]
        receipts += [each["id"] for each in answers[-1]["receipts"]]
        names = log(served, conversation)
        assert (names.count("message.received"), names.count("turn.completed"), names.count("write.executed")) == (3, 3, 1)
        assert served.order(own)["delivery_date"] == "2026-06-15"
    assert len(set(receipts)) == COPIES


@pytest.mark.slow
def test_two_hundred_ask_the_same_and_hear_the_same(served: Serving) -> None:
    before = served.run(served.assistant.state())
    told = asyncio.run(crowd(served.url, ASK))
    assert {answers[0]["text"] for _, answers in told} == {told[0][1][0]["text"]}
    for conversation, answers in told:
        assert "1.6 MPa" in answers[0]["text"]
        assert re.search(r"4\s*[–-]\s*20\s*mA", answers[1]["text"])
        assert all(each["citations"] and "9.9" not in each["text"] and not ORDER.search(each["text"]) for each in answers)
        assert log(served, conversation).count("turn.completed") == 2
    after = served.run(served.assistant.state())
    assert after["orders"] == before["orders"]
    assert after["handoffs"] == before["handoffs"]
