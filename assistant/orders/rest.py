"""A client for an order management system over REST; the system keeps the orders and decides about its own data.

The protocol, all bodies JSON, money in minor units, dates ISO, instants ISO with offset; `Authorization: Bearer TOKEN` where a token is set:

    GET   /orders/{number}      200 an order | 404
    GET   /orders?company=ID    200 {"orders": [an order, ...]} by number
    GET   /stock/{sku}          200 {"sku", "quantity": pieces or null} | 404 for what is not counted
    PATCH /orders/{number}      headers Idempotency-Key: KEY, If-Match: "VERSION"; body {"tool", "changes"}; 200 {"receipt"}
    POST  /tickets              header Idempotency-Key: KEY; body {"tool", "ticket": {kind, company, contact, order, queue, fields}}; 201 {"receipt"}
    GET   /outcomes/{key}       200 {"receipt"} of what happened under that key | 404 when nothing did, and nothing more will of an earlier request
    GET   /health               200 {"status": text}

An order: number, company, status, lines [{sku, quantity, price}], due, placed, ship_to, amount, currency, version and, where known, delivered, tracking,
carrier, note, invoiced, fee. Changes: due, ship_to, status, amount, fee, quantity {sku, quantity}, where 0 takes the line out. A receipt: id, tool, order,
ticket, changes {field: [old, new]}, where due is called delivery_date. A key belongs to one body: the same body again answers with the first receipt and no
second effect, another body with 409 and code `key_reused`. A version that is not the order's is 409 or 412 with code `stale`. A value an order cannot have
is 422.
Errors carry {"code", "message"}; a 404 counts only with code `not_found`, so that a wrong address is not taken for "nothing happened".
429 and 503 with `Retry-After` promise that nothing was done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from assistant.errors import BackendUnavailable, Conflict, InvalidInput, NotFound, ToolFailed
from assistant.store.orders import receipt_from
from assistant.types import Json, Line, Order, Receipt

T = TypeVar("T")
CONNECTIONS = 50
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class RestOrders:
    """The OrderSystem seam over HTTP. `timeout` (seconds) bounds a whole call, whatever the server drips.

    A write that may have reached the system without a readable answer raises ToolFailed with `unknown` set: read `outcome(key)`, never repeat blindly.
    """

    def __init__(self, base_url: str, *, token: str = "", timeout: float = 5.0, transport: httpx.AsyncBaseTransport | None = None) -> None:
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        self._timeout = timeout
        self._client = httpx.AsyncClient(
            base_url=base_url,
            headers=headers,
            timeout=httpx.Timeout(timeout),
            limits=httpx.Limits(max_connections=CONNECTIONS),
            transport=transport,
            trust_env=False,
        )

    async def get(self, number: str) -> Order:
        """Raises NotFound, ToolFailed, BackendUnavailable."""
        return _read(order_from, await self._fetch(f"/orders/{_segment(number)}"))

    async def find(self, company: str) -> tuple[Order, ...]:
        """A company's orders by number."""
        data = await self._fetch("/orders", company=company)
        return _read(lambda found: tuple(sorted((order_from(each) for each in found["orders"]), key=lambda order: order.number)), data)

    async def stock(self, sku: str) -> int | None:
        """Pieces in stock; None for what is not counted."""
        try:
            return _read(_quantity, await self._fetch(f"/stock/{_segment(sku)}"))
        except NotFound:
            return None

    async def change(self, number: str, changes: Mapping[str, Json], *, version: int, key: str, tool: str) -> Receipt:
        """Raises NotFound, Conflict (`stale`, `key_reused`), InvalidInput, ToolFailed, BackendUnavailable (surely nothing was done)."""
        headers = {"Idempotency-Key": key, "If-Match": f'"{version}"'}
        return await self._write("PATCH", f"/orders/{_segment(number)}", headers=headers, body={"tool": tool, "changes": dict(changes)})

    async def open_ticket(self, ticket: Mapping[str, Json], *, key: str, tool: str) -> Receipt:
        """Raises Conflict (`key_reused`), InvalidInput, ToolFailed, BackendUnavailable (surely nothing was done)."""
        return await self._write("POST", "/tickets", headers={"Idempotency-Key": key}, body={"tool": tool, "ticket": dict(ticket)})

    async def outcome(self, key: str) -> Receipt | None:
        """The receipt of what happened under a key, None when nothing did."""
        try:
            data = await self._fetch(f"/outcomes/{_segment(key)}")
        except NotFound:
            return None
        return _read(lambda found: receipt_from(found["receipt"]), data)

    async def ping(self) -> str:
        """What the system says of itself. Raises BackendUnavailable, ToolFailed."""
        data = await self._fetch("/health")
        return f"orders at {self._client.base_url}: {_read(lambda found: str(found['status']), data)}"

    async def close(self) -> None:
        await self._client.aclose()

    async def _fetch(self, path: str, **query: str) -> Any:
        """A read: one more attempt when the connection breaks, within the same deadline."""
        try:
            async with asyncio.timeout(self._timeout):
                try:
                    response = await self._client.get(path, params=query)
                except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
                    # a connection kept open may have been closed by the other side in the meantime
                    response = await self._client.get(path, params=query)
        except (httpx.HTTPError, TimeoutError) as error:
            raise BackendUnavailable(f"the order system does not answer ({type(error).__name__})", code="orders_unavailable") from error
        if response.status_code >= 500 or response.status_code == 429:
            raise BackendUnavailable(f"the order system answers {response.status_code}", code="orders_unavailable")
        return _body(response)

    async def _write(self, method: str, path: str, *, headers: Mapping[str, str], body: Mapping[str, Json]) -> Receipt:
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._client.request(method, path, headers=headers, json=body)
        except _NEVER_SENT as error:
            raise BackendUnavailable(f"the order system cannot be reached ({type(error).__name__})", code="orders_unavailable") from error
        except (httpx.HTTPError, TimeoutError) as error:
            raise ToolFailed(f"the order system did not answer a write ({type(error).__name__})", code="unknown_outcome", unknown=True) from error
        if response.status_code == 429 or (response.status_code == 503 and "Retry-After" in response.headers):
            raise BackendUnavailable("the order system is busy", code="orders_unavailable")
        if response.status_code >= 500:
            raise ToolFailed(f"the order system failed with {response.status_code} during a write", code="unknown_outcome", unknown=True)
        try:
            return _read(lambda found: receipt_from(found["receipt"]), _body(response))
        except ToolFailed as error:
            if response.is_success:
                raise ToolFailed("the order system's answer to a write cannot be read", code="unknown_outcome", unknown=True) from error
            raise


def order_from(data: Mapping[str, Any]) -> Order:
    """Reads an order of the protocol; raises KeyError, TypeError or ValueError for anything else."""
    delivered, invoiced = data.get("delivered"), data.get("invoiced")
    instant = datetime.fromisoformat(delivered) if delivered else None
    if instant is not None and instant.tzinfo is None:
        raise ValueError("delivered needs an offset")
    return Order(
        number=str(data["number"]),
        company=str(data["company"]),
        status=str(data["status"]),
        lines=tuple(Line(str(line["sku"]), _whole(line["quantity"]), _whole(line["price"])) for line in data["lines"]),
        due=date.fromisoformat(data["due"]),
        placed=date.fromisoformat(data["placed"]),
        ship_to=str(data["ship_to"]),
        amount=_whole(data["amount"]),
        currency=str(data["currency"]),
        version=_whole(data["version"]),
        delivered=instant,
        tracking=str(data.get("tracking") or ""),
        carrier=str(data.get("carrier") or ""),
        note=str(data.get("note") or ""),
        invoiced=date.fromisoformat(invoiced) if invoiced else None,
        fee=_whole(data.get("fee") or 0),
    )


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no whole number")
    return value


def _quantity(data: Mapping[str, Any]) -> int | None:
    return None if data["quantity"] is None else _whole(data["quantity"])


def _segment(text: str) -> str:
    """One segment of a path; what could leave the segment names nothing."""
    if text in ("", ".", ".."):
        raise NotFound("no such thing")
    return quote(text, safe="")


def _read(parse: Callable[[Any], T], data: Any) -> T:
    """What an answer says; raises ToolFailed when it is not of the protocol."""
    try:
        return parse(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ToolFailed(f"the order system's answer cannot be read ({error})", code="bad_answer") from error


def _body(response: httpx.Response) -> Any:
    """The JSON of an answer; raises what its status stands for."""
    try:
        data = response.json()
    except ValueError:
        data = None
    told = data if isinstance(data, dict) else {}
    code, message = str(told.get("code") or ""), str(told.get("message") or f"the order system answers {response.status_code}")
    match response.status_code:
        case 200 | 201:
            return data
        case 404 if code == "not_found":
            raise NotFound(message, code=code)
        case 409:
            raise Conflict(message, code=code)
        case 412:
            raise Conflict(message, code=code or "stale")
        case 400 | 422:
            raise InvalidInput(message, code=code)
        case _:
            raise ToolFailed(message, code=code or "orders_refused")
