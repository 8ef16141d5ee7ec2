"""Makes the server of one assistant: routes, error answers, guard and page; listening on a port is the caller's business."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from assistant.api import chat, drafts, knowledge, knowledge_bench, knowledge_feedback, live, openai_api, pages
from assistant.api import demo as staff
from assistant.api.callers import PATH, mounted
from assistant.api.deps import AssistantLike, Bench, Example, Served
from assistant.api.faults import CODE_OF_STATUS, refusal, status_of, told
from assistant.api.guard import Guard
from assistant.api.hub import Hub
from assistant.api.metrics import make_metrics
from assistant.clock import RandomIds
from assistant.errors import AssistantError
from assistant.ports import Ids

# for uvicorn: frames are bounded before they are read whole, and its own logs and headers stay out
# and a socket that waits takes a third of the memory in this way of speaking WebSocket
SERVER: dict[str, Any] = {
    "ws_max_size": live.FRAME_BYTES,
    "ws": "websockets-sansio",
    "access_log": False,
    "server_header": False,
    "timeout_graceful_shutdown": 10,
}
DESCRIPTION = """A customer-service assistant that cites its sources, asks before it writes and hands over in time.

A conversation is opened for a contact; the id that comes back is the key to it. Every message carries an id made by the client: sending it again is safe and
brings the reply it got the first time. Every error is `{"error": {"code", "message"}}`.
"""
LIVE = """`GET /v1/conversations/{id}/live?after=seq` as a WebSocket. The client sends `{"id", "text", "attachments"}`, at most 64 KB a frame. The server sends

- `{"type": "stage", "stage", "message"}` at once while a turn is under way; it is not stored,
- `{"type": "sentence", "message", "index", "text"}` for each checked sentence of a streamed answer: the reply that follows begins with them,
- the entries of `GET /v1/conversations/{id}/messages` (`message`, `reply`, `handoff`), each with its `seq`: those after `after` first, then as they happen,
- `{"type": "answered", "id", "turn"}` when a message has its reply, also for a repeat; `{"type": "error", "id", "error"}` when it has none,
- `{"type": "ping"}` when nothing else was sent for 25 seconds.

Close codes: 1009 a frame was too big, 4008 the client read too slowly, 4404 no such conversation; after 4008, or a lost line, open again with the last `seq`.
A page of another host is refused."""


def make_app(
    assistant: AssistantLike,
    *,
    demo: bool = False,
    examples: Sequence[Example] = (),
    ids: Ids | None = None,
    ping_seconds: float = 25.0,
    bench: Bench | None = None,
) -> FastAPI:
    """The server of one assistant, which must be started and is not closed here.

    `demo` adds the staff's routes under /demo, so that the page shows traces, offers `examples` and can speak as a person: for a machine of one's own.
    `ids` names bugs and messages that come without an id; `ping_seconds` is how long a socket may be silent before the server says so.
    `bench` judges the documents behind the staff's routes.
    """
    here = Served(assistant, Hub(assistant.bus), make_metrics(assistant.bus), ids or RandomIds(), demo, tuple(examples), ping_seconds, bench)

    programs = mounted(assistant, here.rates)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with programs.running() if programs else nullcontext():
            yield
        await here.hub.close()

    app = FastAPI(
        title=f"{assistant.workspace.settings.workspace.id} assistant",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        openapi_tags=[{"name": "conversations", "description": "What a customer does."}, {"name": "live", "description": LIVE}],
    )
    app.state.served = here
    for router in (chat.router, drafts.router, knowledge_feedback.router, live.router, openai_api.router, pages.router):
        app.include_router(router)
    # the bench first: its names would be taken for ids of documents
    for router in (staff.router, knowledge_bench.router, knowledge.router) if demo else ():
        app.include_router(router, dependencies=[Depends(knowledge.own_pages)])
    app.mount("/assets", pages.assets())
    if programs:
        app.router.routes.append(Route(PATH, endpoint=programs, include_in_schema=False))
    app.add_middleware(Guard, served=here)
    app.add_exception_handler(AssistantError, _refuse)
    app.add_exception_handler(HTTPException, _refuse_http)
    app.add_exception_handler(RequestValidationError, _refuse_body)
    return app


async def _refuse(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AssistantError)
    here: Served = request.app.state.served
    here.metrics.errors.labels(code=error.code).inc()
    return JSONResponse(told(error), status_code=status_of(error))


async def _refuse_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if request.url.path.startswith(openai_api.PATHS):
        return openai_api.refused(error)
    return refusal(error.status_code, CODE_OF_STATUS.get(error.status_code, "refused"), str(error.detail))


async def _refuse_body(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return refusal(422, "invalid_input", live.first_problem(error.errors()))
