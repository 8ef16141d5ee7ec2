"""One set of orders behind both order systems."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.orders.builtin import BuiltinOrders
from assistant.orders.rest import RestOrders
from assistant.store.engine import SqlStore, open_store
from assistant.store.fixture import load_fixture
from assistant.store.orders import list_orders
from tests import oms

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
FIXTURE: dict[str, Any] = {
    "currency": "USD",
    "companies": [{"id": "C1", "name": "华峰机械"}, {"id": "C2", "name": "Northwind"}],
    "orders": [
        {
            "number": "12345",
            "company": "C1",
            "status": "confirmed",
            "lines": [{"sku": "P-100", "quantity": 10, "price": 160000}, {"sku": "SK-25", "quantity": 2, "price": 4500}],
            "placed": "2026-05-20",
            "due": "2026-06-10",
            "ship_to": "苏州",
            "note": "call first",
        },
        {
            "number": "12346",
            "company": "C1",
            "status": "delivered",
            "lines": [{"sku": "BR-6205", "quantity": 200, "price": 1200}],
            "placed": "2026-05-18",
            "delivered": "2026-05-31T09:00:00+08:00",
            "ship_to": "苏州",
            "tracking": "SF1",
            "carrier": "SF",
            "invoiced": "2026-06-01",
            "fee": 7,
        },
        {"number": "A/1 #ü", "company": "C2", "status": "shipped", "lines": [], "placed": "2026-05-18", "due": "2026-06-02"},
    ],
    "stock": {"P-100": 1000, "HB-10": None},
}


class Frozen:
    """A clock that stands still and ids that count."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def now(self) -> datetime:
        return NOW

    def new(self, prefix: str) -> str:
        return f"{prefix}-{next(self._numbers)}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(tmp_path / "state.db") as opened:
        opened.write_now(lambda c: load_fixture(c, FIXTURE, tenant="demo", zone="Asia/Shanghai"))
        yield opened


@pytest.fixture
def builtin(store: SqlStore) -> BuiltinOrders:
    seams = Frozen()
    return BuiltinOrders(store, clock=seams, ids=seams, tenant="demo")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


@pytest.fixture
def app(store: SqlStore, ledger: Path) -> Any:
    orders = [oms.order_json(order) for order in store.read_now(lambda c: list_orders(c, tenant="demo"))]
    return oms.make_app(orders=orders, stock=FIXTURE["stock"], ledger=ledger, token="secret")


@pytest.fixture
async def rest(app: Any) -> AsyncIterator[RestOrders]:
    """The client with the system called directly, without a network."""
    client = RestOrders("http://oms.test", token="secret", transport=httpx.ASGITransport(app))
    yield client
    await client.close()
