"""One HTTP request for one call of a declared tool, bounded in time and size; a write is told apart into done, not done and unknown, never repeated."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx

from assistant.errors import BackendUnavailable, Conflict, InvalidInput, NotFound, ToolFailed
from assistant.tools.registry import Done, Secret, Use
from assistant.types import Json, Receipt
from assistant.workspace.toolspec import ApiTool, ToolArgument, split

MOST_BYTES = 256 * 1024
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@dataclass(slots=True)
class _Request:
    """What is sent."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: dict[str, Json] = field(default_factory=dict)


async def read(spec: ApiTool, secret: Secret, use: Use, given: Mapping[str, Json]) -> Done:
    """The declared part of the answer; None for a thing that the system does not know. Raises InvalidInput, BackendUnavailable, ToolFailed."""
    try:
        status, data = await _sent(spec, secret, _request(spec, use, given))
    except (httpx.HTTPError, TimeoutError) as error:
        raise BackendUnavailable(f"{spec.name} does not answer ({type(error).__name__})") from error
    if status == 404:
        return Done(None)
    try:
        return Done(at(_answer(status, data), spec.result))
    except Conflict as error:
        raise ToolFailed(error.message, code="refused") from error


async def write(spec: ApiTool, secret: Secret, use: Use, given: Mapping[str, Json]) -> Done:
    """The receipt of what was done. Raises InvalidInput, NotFound, Conflict and BackendUnavailable when surely nothing was, ToolFailed else (`unknown` where
    nobody can tell)."""
    request = _request(spec, use, given)
    request.headers[spec.idempotency_header] = use.key
    try:
        status, data = await _sent(spec, secret, request)
    except _NEVER_SENT as error:
        raise ToolFailed(f"{spec.name} cannot be reached ({type(error).__name__})", code="unavailable") from error
    except (httpx.HTTPError, TimeoutError) as error:
        raise ToolFailed(f"{spec.name} did not answer ({type(error).__name__})", code="unknown_outcome", unknown=True) from error
    if status >= 500:
        raise ToolFailed(f"{spec.name} failed with {status}", code="unknown_outcome", unknown=True)
    try:
        found = _answer(status, data)
    except ToolFailed as error:
        raise ToolFailed(error.message, code=error.code, unknown=status < 300) from error
    changes: dict[str, tuple[Json, Json]] = {name: (None, value) for name, value in given.items() if name != "order"}
    return Done(receipt=Receipt(_receipt_id(spec, found), spec.name, use.order.number if use.order else None, None, changes))


async def read_back(spec: ApiTool, secret: Secret, key: str) -> Receipt | None:
    """What came of a key. Finding nothing proves nothing, since an earlier request may be on its way: that is raised, like every fault, and a person looks.

    Raises BackendUnavailable, ToolFailed.
    """
    method, path = split(spec.read_back)
    try:
        status, data = await _sent(spec, secret, _Request(method, path.replace("{key}", quote(key, safe=""))))
    except (httpx.HTTPError, TimeoutError) as error:
        raise BackendUnavailable(f"{spec.name} cannot be read back ({type(error).__name__})") from error
    if status == 404:
        raise BackendUnavailable(f"{spec.name} knows nothing of the key yet")
    return Receipt(_receipt_id(spec, _answer(status, data)), spec.name, None, None, {})


def _request(spec: ApiTool, use: Use, given: Mapping[str, Json]) -> _Request:
    method, path = split(spec.operation)
    request = _Request(method, path)
    for name, argument in spec.arguments.items():
        value = _filled(name, argument, use, given)
        if value is None:
            continue
        there = argument.name or name
        match argument.in_:
            case "path":
                request.path = request.path.replace(f"{{{there}}}", _segment(value))
            case "query":
                request.query[there] = _plain(value)
            case "header":
                request.headers[there] = _header(value)
            case "body":
                request.body[there] = value
    return request


async def _sent(spec: ApiTool, secret: Secret, request: _Request) -> tuple[int, bytes]:
    """(status, body). Raises httpx.HTTPError, TimeoutError, ConfigError for a token that is not set."""
    token = {"Authorization": f"Bearer {secret(spec.token_env)}"} if spec.token_env else {}
    headers = {"Accept": "application/json", **request.headers, **token}
    body: dict[str, Any] = {"json": request.body} if request.body else {}
    async with asyncio.timeout(spec.seconds), httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=spec.seconds) as client:
        address = spec.url.rstrip("/") + request.path
        async with client.stream(request.method, address, params=request.query or None, headers=headers, **body) as response:
            data = b""
            async for piece in response.aiter_bytes():
                data += piece
                if len(data) > MOST_BYTES:
                    raise httpx.ReadError("the answer is too large")
            return response.status_code, data


def _filled(name: str, argument: ToolArgument, use: Use, given: Mapping[str, Json]) -> Json:
    """An argument's value: from who asks, from the order that the gate has checked, or as given."""
    match argument.from_:
        case "company":
            return use.principal.company
        case "contact":
            return use.principal.name
        case "order":
            return use.order.number if use.order else None
        case _:
            return given.get(name)


def _plain(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _segment(value: Json) -> str:
    """One segment of a path; what could leave the segment names nothing."""
    text = _plain(value)
    if text in ("", ".", ".."):
        raise InvalidInput("no such thing", code="bad_arguments")
    return quote(text, safe="")


def _header(value: Json) -> str:
    text = _plain(value)
    if not text.isascii() or not text.isprintable():
        raise InvalidInput("a header holds printable ASCII only", code="bad_arguments")
    return text


def _answer(status: int, data: bytes) -> Json:
    """The JSON of a good answer; raises what its status stands for."""
    if status in (400, 422):
        raise InvalidInput("the system does not take these values", code="bad_arguments")
    if status == 404:
        raise NotFound("the system knows no such thing")
    if status in (409, 412):
        raise Conflict("the system has something else under this key, or it changed meanwhile")
    if status == 429 or status >= 500:
        raise ToolFailed(f"the system answers {status}", code="unavailable")
    if status >= 300:
        raise ToolFailed(f"the system answers {status}", code="refused")
    try:
        found: Json = json.loads(data) if data else {}
    except (ValueError, RecursionError) as error:
        raise ToolFailed("the system's answer is not JSON", code="bad_answer") from error
    return found


def _receipt_id(spec: ApiTool, data: Json) -> str:
    """Raises ToolFailed (`unknown`: something was done) for an answer without one."""
    found = at(data, spec.receipt)
    if isinstance(found, bool) or not isinstance(found, str | int) or not str(found).strip() or len(str(found)) > 64:
        raise ToolFailed(f"the answer of {spec.name} holds no receipt", code="bad_answer", unknown=True)
    return str(found)


def at(data: Json, path: str) -> Json:
    """The part of an answer that a dotted path names; None where it leads nowhere."""
    for part in path.split(".") if path else ():
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and part.isdigit() and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    return data
