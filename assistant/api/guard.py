"""Stands before every request: bounds its body, sets the security headers, times it, and turns a bug into a reference; it knows no route's meaning."""

from __future__ import annotations

import traceback
from time import perf_counter
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.deps import Served
from assistant.api.faults import bug, shape

JSON_BYTES = 1 << 20
UPLOAD_BYTES = 11_000_000
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
DATA_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """ASGI middleware. Logs hold route templates, statuses and times, never paths, words or the text of an exception: those may be personal."""

    def __init__(self, app: ASGIApp, served: Served) -> None:
        self._app = app
        self._served = served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = perf_counter(), 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _dress(message, scope["path"])
            await send(message)

        limit = limit_of(scope["path"])
        try:
            if _declared(scope) > limit:
                await too_large(limit, scope["path"])(scope, receive, send_with_headers)
            else:
                await self._app(scope, _bounded(receive, limit), send_with_headers)
        except Exception as error:
            reference = self.log_bug(error, scope)
            if status:
                raise
            await JSONResponse(bug(reference), status_code=500)(scope, receive, send_with_headers)
        finally:
            milliseconds = round((perf_counter() - started) * 1000, 2)
            structlog.get_logger("assistant.api").info("request", method=scope["method"], route=route_of(scope), status=status, ms=milliseconds)

    def log_bug(self, error: Exception, scope: Scope) -> str:
        """Logs where it happened, with the conversation's id; the reference is what the customer can quote."""
        return log_bug(self._served, error, str(scope.get("path_params", {}).get("conversation", "")))


def log_bug(served: Served, error: Exception, conversation: str) -> str:
    """Logs a bug's kind and frames without its text; the result is its reference."""
    reference = served.ids.new("er")
    frames = [f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)[-12:]]
    structlog.get_logger("assistant.api").error("bug", reference=reference, conversation=conversation, kind=type(error).__name__, frames=frames)
    served.metrics.errors.labels(code="internal").inc()
    return reference


def limit_of(path: str) -> int:
    return UPLOAD_BYTES if path.endswith("/attachments") or path == "/v1/knowledge" else JSON_BYTES


def too_large(limit: int, path: str = "") -> JSONResponse:
    """Where OpenAI's clients ask, the error says its type and parameter too, as they expect."""
    told = shape("body_too_large", f"the request is larger than {limit} bytes")
    if path.startswith("/v1/chat/"):
        told["error"] |= {"type": "invalid_request_error", "param": None}
    return JSONResponse(told, status_code=413)


def _declared(scope: Scope) -> int:
    value = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(value) if value.isdigit() else 0


def _bounded(receive: Receive, limit: int) -> Receive:
    """Counts what arrives, for bodies that declare no length."""
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > limit:
            raise HTTPException(413, f"the request is larger than {limit} bytes")
        return message

    return counted


def _dress(message: Message, path: str) -> None:
    headers = MutableHeaders(scope=message)
    page = path == "/" or path.startswith("/assets/")
    wanted: dict[str, Any] = {
        **HEADERS,
        "Content-Security-Policy": PAGE_POLICY if page else DATA_POLICY,
        "Cache-Control": "no-cache" if page else "no-store",
    }
    for name, value in wanted.items():
        headers.setdefault(name, value)


def route_of(scope: Scope) -> str:
    """The template of the matched route, so that no id gets into a log."""
    return str(getattr(scope.get("route"), "path", "")) or "unmatched"
