"""Kills in the middle of an order change, at every step of it, against the ledger of an order system of its own process: one effect, one answer, always.

The company is loaded once and one change is played through in this process, so that nothing is imported after a fork. Every trial runs in a forked process
that is killed by a fuse at a seam, and a second one that starts again on the same state; the order system is a forked process too.
"""

from __future__ import annotations

import asyncio
import gc
import json
import signal
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.app import Assistant, Company
from assistant.clock import FrozenClock, SettableClock
from assistant.config import Config
from assistant.orders.rest import RestOrders
from assistant.store import engine
from assistant.store.orders import list_orders
from assistant.tools.fixture import fill
from tests.crash.seams import Fuse, Fused, in_child
from tests.oms import forked, order_json, read_ledger

MONDAY = datetime.fromisoformat("2026-06-01T10:00:00+08:00")
STORE = ("read", "write")
ORDERS = ("get", "find", "change", "open_ticket", "outcome", "stock")
KILLS = 200
PARTS = 8
Flow = tuple[str, str, str]
# who, what opens a preview, what confirms it
FLOWS: tuple[Flow, ...] = (
    ("C2/Dana Cole", "Cancel 12366", "yes"),
    ("C2/Dana Cole", "Please move order 12360 to June 24", "yes"),
    ("C1/李伟", "订单12345改到6月16日", "确认"),
    ("C2/Dana Cole", "Order 12366: change the quantity to 44", "yes"),
)


def assemble(company: Company, state: Path, url: str, fuse: Fuse) -> Assistant:
    """An assistant on the REST order system, with a fuse at both seams."""

    class Wired(Assistant):
        def _orders(self) -> Any:
            return Fused(RestOrders(url), fuse, ORDERS)

    store = engine.open_store(state / "assistant.db")
    fill(store, company.workspace, company.rules)
    return Wired(Config(state, state), company, Fused(store, fuse, STORE), SettableClock(FrozenClock(MONDAY)))  # type: ignore[arg-type]


def first_life(company: Company, state: Path, url: str, *, fuse: Fuse, flow: Flow) -> None:
    """Previews, then confirms with the fuse armed."""
    who, wish, yes = flow

    async def run() -> None:
        assistant = assemble(company, state, url, fuse)
        principal = await assistant.principal(who)
        conversation = await assistant.open_conversation(principal, channel="test")
        (state / "conversation").write_text(conversation)
        shown = await assistant.say(principal, conversation, text=wish, message_id="m1")
        assert shown["action"] == "confirm", shown
        fuse.armed = True
        await assistant.say(principal, conversation, text=yes, message_id="m2")
        (state / "steps").write_text(str(fuse.count))
        await assistant.close()

    asyncio.run(run())


def second_life(company: Company, state: Path, url: str, *, flow: Flow) -> None:
    """Starts again: unanswered messages are answered by themselves, and the customer sends the yes once more."""
    who, _, yes = flow

    async def run() -> None:
        assistant = assemble(company, state, url, Fuse())
        await assistant.recover()
        principal = await assistant.principal(who)
        conversation = (state / "conversation").read_text()
        again = await assistant.say(principal, conversation, text=yes, message_id="m2")
        later = await assistant.say(principal, conversation, text=yes, message_id="m3")
        left = await assistant.recover()
        (state / "views").write_text(json.dumps({"again": dict(again), "later": dict(later), "left": left}))
        await assistant.close()

    asyncio.run(run())


@pytest.fixture(scope="module")
def orders(company: Company, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The fixture as the order system outside holds it; one change was played through before, and what that loaded is never collected in a fork."""
    with engine.open_store(tmp_path_factory.mktemp("orders") / "assistant.db") as store:
        fill(store, company.workspace, company.rules)
        rows = store.read_now(lambda conn: list_orders(conn, tenant=company.workspace.settings.workspace.id))
    found = {"orders": [order_json(row) for row in rows], "stock": dict(company.workspace.fixture.stock)}
    folder = tmp_path_factory.mktemp("warm")
    with forked(found, ledger=folder / "ledger.jsonl") as url:
        first_life(company, folder, url, fuse=Fuse(), flow=FLOWS[0])
        second_life(company, folder, url, flow=FLOWS[0])
    gc.collect()
    gc.freeze()
    return found


def trial(company: Company, orders: dict[str, Any], folder: Path, *, fuse: Fuse, flow: Flow) -> dict[str, Any]:
    folder.mkdir(parents=True)
    ledger = folder / "ledger.jsonl"
    with forked(orders, ledger=ledger) as url:
        ended = in_child(lambda: first_life(company, folder, url, fuse=replace(fuse), flow=flow))
        in_child(lambda: second_life(company, folder, url, flow=flow))
    views = json.loads((folder / "views").read_text())
    return {"ended": ended, "effects": read_ledger(ledger), **views}


def check(result: dict[str, Any]) -> None:
    effects, again, later = result["effects"], result["again"], result["later"]
    assert len(effects) == 1, "exactly one effect for one confirmed change"
    receipts = {receipt["id"] for view in (again, later) for receipt in view["receipts"]}
    assert receipts == {effects[0]["receipt"]["id"]}, "every yes is answered with the one receipt"
    assert again["text"], "the yes that was cut off is answered in words"
    assert result["left"] == 0, "every committed message is answered"


def steps_of(company: Company, orders: dict[str, Any], folder: Path, *, flow: Flow) -> int:
    """How many steps a confirmed change takes at the seams, by one that nobody kills."""
    result = trial(company, orders, folder, fuse=Fuse(), flow=flow)
    check(result)
    return int((folder / "steps").read_text())


def kill(company: Company, orders: dict[str, Any], folder: Path, *, fuse: Fuse, flow: Flow) -> None:
    result = trial(company, orders, folder, fuse=fuse, flow=flow)
    assert result["ended"] == signal.SIGKILL, "killed where it should be"
    check(result)


def test_ten_kills_spread_over_a_write(company: Company, orders: dict[str, Any], tmp_path: Path) -> None:
    steps = steps_of(company, orders, tmp_path / "none", flow=FLOWS[0])
    for number in range(10):
        at = 1 + number * (steps - 1) // 9
        kill(company, orders, tmp_path / str(number), fuse=Fuse(at=at, after=bool(number % 2)), flow=FLOWS[0])


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("part", range(PARTS))
def test_two_hundred_kills_at_every_step_of_a_write(company: Company, orders: dict[str, Any], tmp_path: Path, part: int) -> None:
    flow = FLOWS[part % len(FLOWS)]
    steps = steps_of(company, orders, tmp_path / "none", flow=flow)
    first = part // len(FLOWS) * (KILLS // PARTS)
    for number in range(first, first + KILLS // PARTS):
        kill(company, orders, tmp_path / str(number), fuse=Fuse(at=1 + number // 2 % steps, after=bool(number % 2)), flow=flow)
