"""The live road: one socket per viewer, what is under way at once and stored events by number; the log is the truth, so a lost socket loses nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket
from pydantic import ValidationError
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocketDisconnect

from assistant.api.asking import ask
from assistant.api.deps import After, Here, Served
from assistant.api.faults import bug, told
from assistant.api.guard import log_bug
from assistant.api.hub import Outlet
from assistant.api.shapes import NewMessage
from assistant.api.view import entry, under_way
from assistant.errors import AssistantError, InvalidInput, NotFound
from assistant.events import Event
from assistant.types import Principal

router = APIRouter(prefix="/v1", tags=["live"])
FRAME_BYTES = 64 * 1024
PENDING = 16
CLOSE_SECONDS = 2.0
TOO_BIG, FOREIGN, BEHIND, UNKNOWN = 1009, 1008, 4008, 4404
DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


@router.websocket("/conversations/{conversation}/live")
async def live(websocket: WebSocket, conversation: str, here: Here, after: After = 0) -> None:
    """Sends what came after `after`, then whatever happens; takes {"id", "text", "attachments"}."""
    if not same_origin(websocket):
        await websocket.close(FOREIGN)
        return
    await websocket.accept()
    try:
        principal = await here.assistant.principal_of(conversation)
    except NotFound:
        await websocket.close(UNKNOWN, "no such conversation")
        return
    outlet = here.hub.watch(conversation)
    here.metrics.sockets.inc()
    code = 1001
    try:
        code = await _until_one_ends(Session(here, websocket, outlet, conversation=conversation, principal=principal), after)
    finally:
        here.hub.unwatch(conversation, outlet)
        here.metrics.sockets.dec()
        await _close(websocket, code)


def same_origin(connection: HTTPConnection) -> bool:
    """Whether a page of this host asks; programs send no Origin and are let in."""
    origin = connection.headers.get("origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    host = urlsplit(f"{parts.scheme}://{connection.headers.get('host', '')}")
    try:
        asked, own = parts.port, host.port
    except ValueError:
        return False
    default = DEFAULT_PORTS.get(parts.scheme)
    return bool(parts.hostname) and (parts.hostname, asked or default) == (host.hostname, own or default)


class Session:
    """One open socket: what it has been sent, and the messages it has still to ask."""

    def __init__(self, here: Served, websocket: WebSocket, outlet: Outlet, *, conversation: str, principal: Principal) -> None:
        self.here = here
        self.websocket = websocket
        self.conversation = conversation
        self.principal = principal
        self.outlet = outlet
        # each with whether it came before the answer to the message before it
        self.inbox: asyncio.Queue[tuple[NewMessage, bool]] = asyncio.Queue(PENDING)
        self.asking = False

    async def read(self) -> int:
        """Takes frames until the client goes or sends what nobody may; the close code."""
        while True:
            frame = await self.websocket.receive()
            if frame["type"] == "websocket.disconnect":
                return 1000
            text = frame.get("text")
            data = frame.get("bytes") or (text or "").encode("utf-8", "surrogatepass")
            if len(data) > FRAME_BYTES:
                return TOO_BIG
            self._accept(data)

    def _accept(self, data: bytes) -> None:
        try:
            found = json.loads(data)
        except (ValueError, RecursionError):
            self.outlet.offer(_failure("", InvalidInput("a frame is one JSON object", code="bad_frame")))
            return
        if isinstance(found, dict) and found.get("type") == "pong":
            return
        identifier = str(found.get("id", "")) if isinstance(found, dict) else ""
        try:
            self.inbox.put_nowait((NewMessage.model_validate(found), self.asking or not self.inbox.empty()))
        except ValidationError as error:
            self.outlet.offer(_failure(identifier, InvalidInput(first_problem(error.errors()))))
        except asyncio.QueueFull:
            self.outlet.offer(_failure(identifier, InvalidInput(f"more than {PENDING} messages wait for their answer", code="busy")))

    async def work(self) -> int:
        """Asks one message after the other, so that they are stored in the order they were sent; a turn under way outlives its socket."""
        while True:
            message, early = await self.inbox.get()
            self.asking = True
            try:
                await asyncio.shield(self.here.hub.keep(self._ask(message, early=early)))
            finally:
                self.asking = False

    async def _ask(self, message: NewMessage, *, early: bool) -> None:
        identifier = message.id or self.here.ids.new("ms")
        try:
            reply = await ask(self.here, self.conversation, message.model_copy(update={"id": identifier}), self.principal, early=early)
            self.outlet.offer({"type": "answered", "id": identifier, "turn": reply["turn"]})
        except AssistantError as error:
            self.here.metrics.errors.labels(code=error.code).inc()
            self.outlet.offer(_failure(identifier, error))
        except Exception as error:
            self.outlet.offer({"type": "error", "id": identifier, **bug(log_bug(self.here, error, self.conversation))})

    async def write(self, after: int) -> int:
        """Sends the log after a number and then what comes; gaps are filled from the log, repeats left out."""
        sent = await self._catch_up(after)
        while True:
            item = await self.outlet.take(self.here.ping_seconds)
            match item:
                case None:
                    # what another process wrote was announced to nobody here
                    sent = await self._catch_up(sent)
                    await self._send({"type": "ping"})
                case Event(seq=0):
                    await self._send(under_way(item))
                case Event(seq=seq) if seq > sent + 1:
                    sent = await self._catch_up(sent)
                case Event(seq=seq) if seq == sent + 1:
                    await self._send(entry(item, self.here.assistant.workspace))
                    sent = seq
                case dict():
                    await self._send(item)

    async def _catch_up(self, after: int) -> int:
        while events := await self.here.assistant.events(self.conversation, after=after):
            for event in events:
                await self._send(entry(event, self.here.assistant.workspace))
            after = events[-1].seq
        return after

    async def _send(self, payload: dict[str, Any] | None) -> None:
        if payload is not None:
            await self.websocket.send_text(json.dumps(payload, ensure_ascii=False, separators=(",", ":")))

    async def overflow(self) -> int:
        await self.outlet.overflowed.wait()
        return BEHIND


async def _until_one_ends(session: Session, after: int) -> int:
    """Runs reader, writer and worker until one of them is through; the close code."""
    roads: tuple[Coroutine[Any, Any, int], ...] = (session.read(), session.write(after), session.work(), session.overflow())
    tasks = [asyncio.create_task(road) for road in roads]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    ended = done.pop()
    error = ended.exception()
    if error is None:
        return ended.result()
    if isinstance(error, Exception) and not isinstance(error, WebSocketDisconnect | RuntimeError):
        log_bug(session.here, error, session.conversation)
    return 1011


async def _close(websocket: WebSocket, code: int) -> None:
    """Says goodbye; a client that has gone, or reads nothing any more, is not waited for."""
    try:
        await asyncio.wait_for(websocket.close(code), CLOSE_SECONDS)
    except (RuntimeError, TimeoutError, WebSocketDisconnect):
        return


def _failure(identifier: str, error: AssistantError) -> dict[str, Any]:
    return {"type": "error", "id": identifier, **told(error)}


def first_problem(problems: Any) -> str:
    """The first validation problem in words: where, and what is wrong; never the value, which may be personal."""
    first: dict[str, Any] = next(iter(problems), {})
    place = ".".join(str(part) for part in first.get("loc", ()) if part != "body")
    return f"{place}: {first.get('msg', 'invalid')}" if place else str(first.get("msg", "invalid"))
