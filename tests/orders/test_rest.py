"""What the REST client makes of a system that fails: nothing done, something done, or nobody knows; the ledger tells which."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.errors import AssistantError, BackendUnavailable, ToolFailed
from assistant.orders.rest import RestOrders, order_from
from assistant.store.engine import SqlStore
from assistant.store.orders import list_orders
from tests import oms

CHANGE = {"due": "2026-06-15"}


@pytest.fixture
async def rest(app: Any) -> AsyncIterator[RestOrders]:
    """The client with the system behind a real socket, which can break."""
    with oms.running(app) as address:
        client = RestOrders(address, token="secret", timeout=2.0)
        yield client
        await client.close()


def fault(app: Any, kind: str, **settings: Any) -> None:
    for name, value in {"kind": kind, "times": 1, "seconds": 0.0, "only": "", **settings}.items():
        setattr(app.state.faults, name, value)


def answering(answer: Callable[[httpx.Request], httpx.Response]) -> RestOrders:
    return RestOrders("http://oms.test", transport=httpx.MockTransport(answer))


@pytest.mark.parametrize(("kind", "effects"), [("fail_before", 0), ("fail_after", 1), ("drop_before", 0), ("drop_after", 1), ("garbage", 1)])
async def test_a_write_without_a_readable_answer_is_unknown_and_read_back(app: Any, rest: RestOrders, ledger: Path, kind: str, effects: int) -> None:
    fault(app, kind)
    with pytest.raises(ToolFailed) as caught:
        await rest.change("12345", CHANGE, version=1, key="k-1", tool="t")
    assert caught.value.unknown
    assert len(oms.read_ledger(ledger)) == effects
    found = await rest.outcome("k-1")
    assert (found is not None) == bool(effects)
    again = await rest.change("12345", CHANGE, version=1, key="k-1", tool="t")
    assert found in (None, again)
    assert [entry["key"] for entry in oms.read_ledger(ledger)] == ["k-1"]


@pytest.mark.parametrize("kind", ["delay", "delay_after"])
async def test_a_slow_write_is_unknown_at_the_deadline(app: Any, ledger: Path, kind: str) -> None:
    with oms.running(app) as address:
        rest = RestOrders(address, token="secret", timeout=0.2)
        fault(app, kind, seconds=0.6)
        started = time.perf_counter()
        with pytest.raises(ToolFailed) as caught:
            await rest.open_ticket({"kind": "x", "company": "C1", "contact": "c", "order": None, "queue": "q", "fields": {}}, key="k-1", tool="t")
        assert time.perf_counter() - started < 0.55
        assert caught.value.unknown
        await rest.close()


async def test_a_dripping_answer_ends_at_the_deadline() -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
        try:
            for _ in range(200):
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.02)
        except ConnectionError:
            pass
        writer.close()

    async with await asyncio.start_server(drip, "127.0.0.1", 0) as server:
        rest = RestOrders(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", timeout=0.2)
        started = time.perf_counter()
        with pytest.raises(BackendUnavailable):
            await rest.get("12345")
        assert time.perf_counter() - started < 1.5
        await rest.close()


@pytest.mark.parametrize("kind", ["busy"])
async def test_a_write_that_was_turned_away_surely_did_not_happen(app: Any, rest: RestOrders, ledger: Path, kind: str) -> None:
    fault(app, kind)
    with pytest.raises(BackendUnavailable):
        await rest.change("12345", CHANGE, version=1, key="k-1", tool="t")
    assert oms.read_ledger(ledger) == []


async def test_a_system_that_is_not_there_is_unavailable_not_unknown() -> None:
    rest = RestOrders("http://127.0.0.1:9", timeout=1.0)
    for call in (rest.get("1"), rest.change("1", CHANGE, version=1, key="k", tool="t"), rest.ping()):
        with pytest.raises(BackendUnavailable):
            await call
    await rest.close()


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
async def test_a_read_is_tried_once_more_when_the_connection_breaks(app: Any, rest: RestOrders, kind: str) -> None:
    fault(app, kind)
    assert (await rest.get("12345")).number == "12345"
    fault(app, kind, times=2)
    with pytest.raises(BackendUnavailable):
        await rest.get("12345")


async def test_a_failing_read_is_unavailable(app: Any, rest: RestOrders) -> None:
    for kind in ("fail_before", "busy"):
        fault(app, kind)
        with pytest.raises(BackendUnavailable):
            await rest.find("C1")
    fault(app, "garbage")
    with pytest.raises(ToolFailed) as caught:
        await rest.get("12345")
    assert not caught.value.unknown


async def test_a_wrong_token_is_refused_and_nothing_is_unknown(app: Any, ledger: Path) -> None:
    with oms.running(app) as address:
        rest = RestOrders(address, token="wrong")
        with pytest.raises(ToolFailed) as caught:
            await rest.change("12345", CHANGE, version=1, key="k-1", tool="t")
        assert (caught.value.code, caught.value.unknown) == ("denied", False)
        await rest.close()
    assert oms.read_ledger(ledger) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b"\xff\xfe",
        b'{"receipt": null}',
        b'{"receipt": {"id": "RC-1"}}',
        b'{"receipt": {"id": "x", "tool": "t", "order": null, "ticket": null, "changes": {"a": 1}}}',
    ],
)
async def test_an_unreadable_success_of_a_write_is_unknown_and_of_a_read_a_failure(body: bytes) -> None:
    rest = answering(lambda request: httpx.Response(200, content=body))
    with pytest.raises(ToolFailed) as caught:
        await rest.change("12345", CHANGE, version=1, key="k-1", tool="t")
    assert caught.value.unknown
    for call in (rest.get("1"), rest.find("C1"), rest.stock("x"), rest.outcome("k"), rest.ping()):
        with pytest.raises(ToolFailed) as caught:
            await call
        assert not caught.value.unknown


@pytest.mark.parametrize("status", [300, 301, 400, 401, 403, 404, 405, 409, 412, 418, 422, 429, 451, 500, 502, 503, 504])
async def test_every_status_ends_in_our_error_tree_and_only_5xx_of_a_write_is_unknown(status: int) -> None:
    rest = answering(lambda request: httpx.Response(status, text="nothing to read", headers={"location": "http://elsewhere.test/"}))
    with pytest.raises(AssistantError) as caught:
        await rest.change("12345", CHANGE, version=1, key="k-1", tool="t")
    assert getattr(caught.value, "unknown", False) == (status >= 500)
    with pytest.raises(AssistantError) as caught:
        await rest.get("12345")
    assert not getattr(caught.value, "unknown", False)


async def test_a_page_that_is_missing_for_another_reason_is_not_taken_for_nothing_happened() -> None:
    rest = answering(lambda request: httpx.Response(404, text="<h1>Not Found</h1>"))
    for call in (rest.outcome("k-1"), rest.get("12345"), rest.stock("x")):
        with pytest.raises(ToolFailed):
            await call


async def test_a_write_sends_key_version_and_token() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(503, headers={"Retry-After": "1"})

    rest = RestOrders("http://oms.test/api/", token="s", transport=httpx.MockTransport(answer))
    with pytest.raises(BackendUnavailable):
        await rest.change("A/1", CHANGE, version=3, key="k-1", tool="t")
    (sent,) = seen
    assert (sent.method, sent.url.raw_path) == ("PATCH", b"/api/orders/A%2F1")
    assert [sent.headers[name] for name in ("idempotency-key", "if-match", "authorization")] == ["k-1", '"3"', "Bearer s"]
    assert json.loads(sent.content) == {"tool": "t", "changes": CHANGE}


@pytest.mark.parametrize(
    "change", [{"due": "soon"}, {"amount": 1.5}, {"amount": "1"}, {"version": None}, {"delivered": "2026-06-01T09:00"}, {"lines": [{"sku": "x"}]}, {"lines": 5}]
)
def test_an_order_that_is_not_of_the_protocol_is_refused(store: SqlStore, change: dict[str, Any]) -> None:
    known = store.read_now(lambda c: list_orders(c, tenant="demo"))[0]
    data = oms.order_json(known)
    assert order_from(data) == known
    with pytest.raises((KeyError, TypeError, ValueError)):
        order_from({**data, **change})


async def test_the_ledger_outlives_the_system(store: SqlStore, tmp_path: Path) -> None:
    orders = [oms.order_json(order) for order in store.read_now(lambda c: list_orders(c, tenant="demo"))]
    state, ledger = tmp_path / "oms.json", tmp_path / "ledger.jsonl"
    state.write_text(json.dumps({"orders": orders, "stock": {}}), encoding="utf-8")
    with oms.process(state, ledger=ledger) as (_, address):
        rest = RestOrders(address)
        async with httpx.AsyncClient() as control:
            await control.post(f"{address}/control/faults", json={"kind": "die_after"})
        with pytest.raises(ToolFailed) as caught:
            await rest.change("12345", CHANGE, version=1, key="k-1", tool="t")
        assert caught.value.unknown
        await rest.close()
    with oms.process(state, ledger=ledger) as (_, address):
        rest = RestOrders(address)
        receipt = await rest.outcome("k-1")
        assert receipt is not None
        assert receipt.changes == {"delivery_date": ("2026-06-10", "2026-06-15")}
        assert (await rest.get("12345")).version == 2
        await rest.close()
