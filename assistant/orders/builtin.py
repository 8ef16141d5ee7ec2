"""The built-in order system: orders and tickets kept in the assistant's own store, for demonstrations and small shops."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.ports import Clock, Ids, Store
from assistant.store import orders as rows
from assistant.types import Json, Order, Receipt


class BuiltinOrders:
    """The OrderSystem seam on a store; every write is one transaction with its key, so it happens once or not at all."""

    def __init__(self, store: Store, *, clock: Clock, ids: Ids, tenant: str) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._tenant = tenant

    async def get(self, number: str) -> Order:
        """Raises NotFound."""
        return await self._store.read(lambda conn: rows.get_order(conn, number, tenant=self._tenant))

    async def find(self, company: str) -> tuple[Order, ...]:
        """A company's orders by number."""
        return await self._store.read(lambda conn: rows.orders_of(conn, company, tenant=self._tenant))

    async def stock(self, sku: str) -> int | None:
        """Pieces in stock; None for what is not counted."""
        return await self._store.read(lambda conn: rows.stock_of(conn, sku, tenant=self._tenant))

    async def change(self, number: str, changes: Mapping[str, Json], *, version: int, key: str, tool: str) -> Receipt:
        """See `store.orders.change_order`. Raises NotFound, Conflict (`stale`, `key_reused`), InvalidInput."""
        write = self._write(key, tool)
        return await self._store.write(lambda conn: rows.change_order(conn, number, changes, tenant=self._tenant, version=version, write=write))

    async def open_ticket(self, ticket: Mapping[str, Json], *, key: str, tool: str) -> Receipt:
        """See `store.orders.open_ticket`. Raises Conflict (`key_reused`), InvalidInput."""
        write = self._write(key, tool)
        return await self._store.write(lambda conn: rows.open_ticket(conn, ticket, tenant=self._tenant, write=write))

    async def outcome(self, key: str) -> Receipt | None:
        """The receipt of what happened under a key, None when nothing did."""
        return await self._store.read(lambda conn: rows.outcome_of(conn, key, tenant=self._tenant))

    async def ping(self) -> str:
        """Raises BackendUnavailable."""
        return f"built-in orders on {await self._store.ping()}"

    def _write(self, key: str, tool: str) -> rows.Write:
        return rows.Write(key=key, tool=tool, receipt=self._ids.new("RC"), at=self._clock.now())
