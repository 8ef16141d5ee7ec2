"""The demo company behind a real server on this machine, with keys for programs; the assistant lives in the server's own thread and loop."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

import uvicorn

from assistant.api.keys import hash_of
from assistant.api.server import SERVER, make_app
from assistant.app import Assistant, Company, build
from assistant.config import Config
from assistant.workspace.company import KeySpec
from tests.conftest import begin

T = TypeVar("T")
LI, DANA, DOCS, STAFF, READER, GHOST = "sk-li", "sk-dana", "sk-docs", "sk-staff", "sk-reader", "sk-ghost"
KEYS = (
    KeySpec("li", hash_of(LI), "C1/李伟"),
    KeySpec("dana", hash_of(DANA).upper(), "C2/Dana Cole"),
    KeySpec("docs", hash_of(DOCS), role="knowledge"),
    KeySpec("staff", hash_of(STAFF), role="agent"),
    KeySpec("reader", hash_of(READER), "C2/Dana Cole", permissions=("orders.read", "knowledge.read")),
    KeySpec("ghost", hash_of(GHOST), "C9/Nobody"),
)


def with_keys(company: Company, *keys: KeySpec) -> Company:
    settings = replace(company.workspace.settings, keys=keys or KEYS)
    return replace(company, workspace=replace(company.workspace, settings=settings))


class Serving:
    """A running server; `run` does something in its loop."""

    def __init__(self, url: str, assistant: Assistant, loop: asyncio.AbstractEventLoop) -> None:
        self.url = url
        self.assistant = assistant
        self._loop = loop

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def order(self, number: str) -> dict[str, Any]:
        return dict(self.run(self.assistant.state())["orders"][number])  # type: ignore[index, call-overload, arg-type]


@contextmanager
def serving(config: Config, company: Company, *, demo: bool = False) -> Iterator[Serving]:
    assistant = build(config, company=company)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(assistant, demo=demo), log_level="warning", **SERVER))
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def main() -> None:
        await begin(assistant)
        running = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started and not running.done():
            await asyncio.sleep(0.005)
        ready.set()
        await running
        await assistant.close()

    def run() -> None:
        try:
            loop.run_until_complete(main())
        finally:
            ready.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(60)
    assert server.started, "the server did not start"
    try:
        yield Serving(f"http://127.0.0.1:{listening.getsockname()[1]}", assistant, loop)
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()
        loop.close()
