"""Kills in the middle of an order change, at every step of it, against the ledger of an order system of its own process: one effect, one answer, always.

The company is loaded once; every trial runs in a forked process that is killed by a fuse at a seam, and a second one that starts again on the same state.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.app import Assistant, Company, fill
from assistant.clock import FrozenClock, SettableClock
from assistant.config import Config
from assistant.orders.rest import RestOrders
from assistant.store import engine
from assistant.store.orders import list_orders
from tests.crash.seams import Fuse, Fused
from tests.oms import order_json, process, read_ledger

MONDAY = FrozenClock(__import__("datetime").datetime.fromisoformat("2026-06-01T10:00:00+08:00")).now()
STORE = ("read", "write")
ORDERS = ("get", "find", "change", "open_ticket", "outcome", "stock")
# (preview, how many steps at most a yes takes at the seams; measured by a run without a kill)
FLOW = ("Cancel 12366", "yes")


def assemble(company: Company, state: Path, url: str, fuse: Fuse) -> Assistant:
    """An assistant on the REST order system, with a fuse at both seams."""

    class Wired(Assistant):
        def _orders(self) -> Any:
            return Fused(RestOrders(url), fuse, ORDERS)

    store = engine.open_store(state / "assistant.db")
    fill(store, company.workspace, company.rules)
    return Wired(Config(state, state), company, Fused(store, fuse, STORE), SettableClock(FrozenClock(MONDAY)))  # type: ignore[arg-type]


def in_child(work: Callable[[], None]) -> int:
    """Runs `work` in a forked process; the signal that ended it, 0 for a normal end. An exception there is a failure here."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    assert os.WEXITSTATUS(status) == 0, "the child failed"
    return 0


def first_life(company: Company, state: Path, url: str, fuse: Fuse) -> None:
    """Previews, then says yes with the fuse armed."""

    async def run() -> None:
        assistant = assemble(company, state, url, fuse)
        who = await assistant.principal("C2/Dana Cole")
        conversation = await assistant.open_conversation(who, channel="test")
        (state / "conversation").write_text(conversation)
        await assistant.say(who, conversation, text=FLOW[0], message_id="m1")
        fuse.armed = True
        await assistant.say(who, conversation, text=FLOW[1], message_id="m2")
        (state / "steps").write_text(str(fuse.count))

    asyncio.run(run())


def second_life(company: Company, state: Path, url: str) -> None:
    """Starts again: unanswered messages are answered by themselves, and the customer sends the yes once more."""

    async def run() -> None:
        assistant = assemble(company, state, url, Fuse())
        await assistant.recover()
        who = await assistant.principal("C2/Dana Cole")
        conversation = (state / "conversation").read_text()
        again = await assistant.say(who, conversation, text=FLOW[1], message_id="m2")
        later = await assistant.say(who, conversation, text=FLOW[1], message_id="m3")
        left = await assistant.recover()
        (state / "views").write_text(json.dumps({"again": dict(again), "later": dict(later), "left": left}))
        await assistant.close()

    asyncio.run(run())


@pytest.fixture(scope="module")
def orders(company: Company, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The fixture as the order system outside holds it."""
    with engine.open_store(tmp_path_factory.mktemp("orders") / "assistant.db") as store:
        fill(store, company.workspace, company.rules)
        rows = store.read_now(lambda conn: list_orders(conn, tenant=company.workspace.settings.workspace.id))
    company.reader.read("warm up", __import__("assistant.types", fromlist=["Hints"]).Hints("en", MONDAY))
    return {"orders": [order_json(row) for row in rows], "stock": {"BR-6205": 1000}}


def trial(company: Company, orders: dict[str, Any], folder: Path, fuse: Fuse) -> dict[str, Any]:
    folder.mkdir(parents=True)
    (folder / "oms.json").write_text(json.dumps(orders))
    ledger = folder / "ledger.jsonl"
    with process(folder / "oms.json", ledger=ledger) as (_, url):
        ended = in_child(lambda: first_life(company, folder, url, replace(fuse)))
        in_child(lambda: second_life(company, folder, url))
    views = json.loads((folder / "views").read_text())
    return {"ended": ended, "effects": read_ledger(ledger), **views}


def check(result: dict[str, Any]) -> None:
    effects, again, later = result["effects"], result["again"], result["later"]
    assert len(effects) == 1, "exactly one effect for one confirmed change"
    receipts = {receipt["id"] for view in (again, later) for receipt in view["receipts"]}
    assert receipts == {effects[0]["receipt"]["id"]}, "every yes is answered with the one receipt"
    assert result["left"] == 0, "every committed message is answered"


def steps_of(company: Company, orders: dict[str, Any], folder: Path) -> int:
    result = trial(company, orders, folder, Fuse())
    check(result)
    return int((folder / "steps").read_text())


def check_kills(company: Company, orders: dict[str, Any], folder: Path, kills: int) -> None:
    steps = steps_of(company, orders, folder / "none")
    killed = 0
    for number in range(kills):
        fuse = Fuse(at=1 + (number // 2) % steps, after=bool(number % 2))
        result = trial(company, orders, folder / str(number), fuse)
        killed += result["ended"] == signal.SIGKILL
        check(result)
    assert killed == kills, "every trial was killed where it should be"


def test_ten_kills_spread_over_a_write(company: Company, orders: dict[str, Any], tmp_path: Path) -> None:
    steps = steps_of(company, orders, tmp_path / "none")
    for number in range(10):
        at = 1 + number * (steps - 1) // 9
        result = trial(company, orders, tmp_path / str(number), Fuse(at=at, after=bool(number % 2)))
        assert result["ended"] == signal.SIGKILL
        check(result)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_hundred_kills_at_every_step_of_a_write(company: Company, orders: dict[str, Any], tmp_path: Path) -> None:
    check_kills(company, orders, tmp_path, 200)
