"""A small order management system to test against: the protocol of `assistant.orders.rest`, its own append-only ledger on disk, and faults on demand.

The ledger is the witness: one fsynced line an effect, written before the answer, so it tells what happened however hard the caller was killed.
Run it as `python tests/oms.py --state FILE --ledger FILE [--port N]`, or inside a test with `running(app)`.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

FAULTS = ("delay", "delay_after", "fail_before", "fail_after", "drop_before", "drop_after", "garbage", "busy", "die_after")
TOLD = {"due": "delivery_date"}


class Problem(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, code: str, message: str = "") -> None:
        self.status, self.code, self.message = status, code, message or code


@dataclass
class Ledger:
    """Effects in the order they happened, by key."""

    path: Path
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)

    def load(self) -> list[dict[str, Any]]:
        lines = read_ledger(self.path)
        self.entries = {entry["key"]: entry for entry in lines}
        return lines

    def append(self, entry: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self.entries[entry["key"]] = entry


def read_ledger(path: Path) -> list[dict[str, Any]]:
    """Every effect: {key, hash, receipt, order | null, row}; the same key twice would be a double effect."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def order_json(order: Any) -> dict[str, Any]:
    """An order of ours in the protocol's form."""
    return json.loads(json.dumps(asdict(order), default=lambda value: value.isoformat()))


@dataclass
class System:
    """Orders, stock and tickets; every write goes through the ledger first."""

    orders: dict[str, dict[str, Any]]
    stock: dict[str, int | None]
    ledger: Ledger
    tickets: list[dict[str, Any]] = field(default_factory=list)

    def replay(self) -> None:
        for entry in self.ledger.load():
            self.apply(entry)

    def apply(self, entry: Mapping[str, Any]) -> None:
        if entry["order"] is None:
            self.tickets.append(entry["row"])
        else:
            self.orders[entry["order"]] = entry["row"]

    def write(self, key: str, body: Mapping[str, Any], make: Any) -> dict[str, Any]:
        """The receipt of this key's effect, made once; `make(receipt id)` gives the entry's order, row and receipt."""
        digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        entry = self.ledger.entries.get(key)
        if entry is None:
            order, row, receipt = make(f"RC-{len(self.ledger.entries) + 1}")
            entry = {"key": key, "hash": digest, "order": order, "row": row, "receipt": receipt}
            self.ledger.append(entry)
            self.apply(entry)
        if entry["hash"] != digest:
            raise Problem(409, "key_reused")
        return {"receipt": entry["receipt"]}

    def change(self, number: str, version: str, body: Mapping[str, Any], receipt: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
        if number not in self.orders:
            raise Problem(404, "not_found")
        order = json.loads(json.dumps(self.orders[number]))
        if version.strip('"') != str(order["version"]):
            raise Problem(412, "stale")
        told: dict[str, Any] = {}
        for name, value in body["changes"].items():
            if name == "quantity":
                told[name] = self.set_quantity(order, value)
                continue
            if name not in ("due", "ship_to", "status", "amount", "fee") or not value_fits(name, value):
                raise Problem(422, "bad_change", f"{name} = {value!r}")
            told[TOLD.get(name, name)] = [order[name], value]
            order[name] = value
        if not told:
            raise Problem(422, "bad_change", "nothing to change")
        order["version"] += 1
        return number, order, {"id": receipt, "tool": body["tool"], "order": number, "ticket": None, "changes": told}

    @staticmethod
    def set_quantity(order: dict[str, Any], value: Any) -> list[int]:
        lines = [line for line in order["lines"] if isinstance(value, dict) and line["sku"] == value.get("sku")]
        if len(lines) != 1 or not isinstance(value.get("quantity"), int) or value["quantity"] < (len(order["lines"]) == 1):
            raise Problem(422, "bad_change")
        old, lines[0]["quantity"] = lines[0]["quantity"], value["quantity"]
        order["lines"] = [line for line in order["lines"] if line["quantity"]]
        return [old, value["quantity"]]

    def book(self, body: Mapping[str, Any], receipt: str) -> tuple[None, dict[str, Any], dict[str, Any]]:
        ticket = body["ticket"]
        if not all(isinstance(ticket.get(name), str) for name in ("kind", "company", "contact", "queue")) or not isinstance(ticket.get("fields"), dict):
            raise Problem(422, "bad_ticket")
        row = {"id": f"T-{1001 + len(self.tickets)}", **ticket}
        changes = {name: [None, value] for name, value in ticket["fields"].items()}
        return None, row, {"id": receipt, "tool": body["tool"], "order": ticket.get("order"), "ticket": row["id"], "changes": changes}


def value_fits(name: str, value: Any) -> bool:
    if name in ("amount", "fee"):
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if name == "due":
        return isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"
    return isinstance(value, str) and bool(value)


@dataclass
class Faults:
    """What goes wrong with the next requests; `only` is a method, or empty for all."""

    kind: str = ""
    times: int = 0
    seconds: float = 0.0
    only: str = ""

    def next(self, method: str) -> str:
        if not self.times or self.only not in ("", method):
            return ""
        self.times -= 1
        return self.kind


class Dropped(Response):
    """An answer that breaks off: the server closes the connection in the middle of it."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000"), (b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


def make_app(*, orders: Iterable[Mapping[str, Any]], stock: Mapping[str, int | None], ledger: Path, token: str = "") -> FastAPI:
    """`orders` in the protocol's form; effects of an earlier run are replayed from the ledger."""
    system = System({order["number"]: dict(order) for order in orders}, dict(stock), Ledger(ledger))
    system.replay()
    faults = Faults()
    app = FastAPI(redirect_slashes=False)
    app.state.system, app.state.faults = system, faults

    @app.exception_handler(Problem)
    async def tell(request: Request, problem: Problem) -> Response:
        return JSONResponse({"code": problem.code, "message": problem.message}, problem.status)

    @app.middleware("http")
    async def misbehave(request: Request, call_next: Any) -> Response:
        if request.url.path.startswith("/control"):
            return await call_next(request)
        if token and request.headers.get("authorization") != f"Bearer {token}":
            return JSONResponse({"code": "denied", "message": "who are you?"}, 401)
        kind = request.headers.get("x-fault") or faults.next(request.method)
        match kind:
            case "delay":
                await asyncio.sleep(faults.seconds)
            case "fail_before":
                return JSONResponse({"code": "broken", "message": "broken"}, 500)
            case "drop_before":
                return Dropped()
            case "busy":
                return JSONResponse({"code": "busy", "message": "later"}, 429, {"Retry-After": "1"})
        response: Response = await call_next(request)
        match kind:
            case "delay_after":
                await asyncio.sleep(faults.seconds)
            case "fail_after":
                return JSONResponse({"code": "broken", "message": "broken"}, 500)
            case "drop_after":
                return Dropped()
            case "garbage":
                return Response("<html>welcome</html>", 200)
            case "die_after":
                os._exit(1)
        return response

    add_routes(app, system, faults)
    return app


def add_routes(app: FastAPI, system: System, faults: Faults) -> None:
    @app.get("/orders/{number:path}")
    async def get(number: str) -> Any:
        if number not in system.orders:
            raise Problem(404, "not_found", "no such order")
        return system.orders[number]

    @app.get("/orders")
    async def find(company: str) -> Any:
        return {"orders": sorted((order for order in system.orders.values() if order["company"] == company), key=lambda order: order["number"])}

    @app.get("/stock/{sku:path}")
    async def stock(sku: str) -> Any:
        if sku not in system.stock:
            raise Problem(404, "not_found", "no such thing")
        return {"sku": sku, "quantity": system.stock[sku]}

    @app.patch("/orders/{number:path}")
    async def change(number: str, request: Request) -> Any:
        body = await request.json()
        identity = {"order": number, "changes": body["changes"]}
        return system.write(request.headers["idempotency-key"], identity, lambda receipt: system.change(number, request.headers["if-match"], body, receipt))

    @app.post("/tickets", status_code=201)
    async def book(request: Request) -> Any:
        body = await request.json()
        return system.write(request.headers["idempotency-key"], {"ticket": body["ticket"]}, lambda receipt: system.book(body, receipt))

    @app.get("/outcomes/{key:path}")
    async def outcome(key: str) -> Any:
        if key not in system.ledger.entries:
            raise Problem(404, "not_found", "nothing happened")
        return {"receipt": system.ledger.entries[key]["receipt"]}

    @app.get("/health")
    async def health() -> Any:
        return {"status": f"{len(system.orders)} orders, {len(system.ledger.entries)} effects"}

    @app.post("/control/faults")
    async def set_faults(request: Request) -> Any:
        wanted = await request.json()
        assert wanted["kind"] in FAULTS
        faults.kind, faults.times = wanted["kind"], wanted.get("times", 1)
        faults.seconds, faults.only = wanted.get("seconds", 0.0), wanted.get("only", "")
        return {"ok": True}

    @app.get("/control/state")
    async def state() -> Any:
        return {"orders": system.orders, "tickets": system.tickets, "effects": list(system.ledger.entries)}


def _server(app: FastAPI, port: int) -> uvicorn.Server:
    return uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="critical", lifespan="off", ws="none", timeout_graceful_shutdown=1))


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Serves from a thread of this process; gives the base address."""
    server = _server(app, 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)


@contextmanager
def process(state: Path, *, ledger: Path, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serves from a process of its own; gives it and the base address. `state` is JSON {orders, stock, token}."""
    command = [sys.executable, __file__, "--state", str(state), "--ledger", str(ledger), "--port", str(port)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    try:
        yield child, child.stdout.readline().strip()
    finally:
        child.kill()
        child.communicate()


@contextmanager
def forked(state: Mapping[str, Any], *, ledger: Path) -> Iterator[str]:
    """Like `process` in a tenth of its time, by a fork of this process: `state` is {orders, stock}; gives the base address."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _tell_and_serve(_server(make_app(orders=state["orders"], stock=state["stock"], ledger=ledger), 0), writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as told:
        port = told.read()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _tell_and_serve(server: uvicorn.Server, writing: int) -> None:
    """Serves for ever; the port goes into the pipe, which is closed then."""

    async def serve() -> None:
        task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.002)
        os.write(writing, str(server.servers[0].sockets[0].getsockname()[1]).encode())
        os.close(writing)
        await task

    asyncio.run(serve())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--ledger", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    state = json.loads(given.state.read_text(encoding="utf-8"))
    app = make_app(orders=state["orders"], stock=state["stock"], ledger=given.ledger, token=state.get("token", ""))
    server = _server(app, given.port)

    async def serve() -> None:
        task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.005)
        print(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", flush=True)
        await task

    asyncio.run(serve())


if __name__ == "__main__":
    main()
