"""Makes tools of the operations that a workspace declares, and finds what is wrong with the declarations; the requests are made in `openapi_call`."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from assistant.tools.registry import Done, Secret, Tool, Use
from assistant.types import Json, Receipt
from assistant.workspace.model import TOOLS, Problem, Workspace, nearest
from assistant.workspace.toolspec import ApiTool, ToolArgument, split

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PERMISSIONS = ("orders.read", "orders.write", "tickets.write", "knowledge.read")
_HOLE = re.compile(r"\{(\w+)\}")
_TYPES = {"string": "str", "integer": "int", "boolean": "bool"}


def api_tools(workspace: Workspace, *, secret: Secret) -> tuple[Tool, ...]:
    """The declared tools, ready to be called; `secret` reads the variable of a token when it is needed."""
    return tuple(_tool(_resolved(spec, workspace), secret) for spec in workspace.tools.values())


def problems(workspace: Workspace) -> Iterator[Problem]:
    """What is wrong with the declarations; nothing is asked over the net."""
    for spec in workspace.tools.values():
        for key, message, hint in _faults(spec, workspace):
            yield workspace.problem(TOOLS, f"tools.{spec.name}{key and '.' + key}", message, hint=hint)


def _faults(spec: ApiTool, workspace: Workspace) -> Iterator[tuple[str, str, str]]:
    parts = urlsplit(spec.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        yield "url", f"{spec.url!r} is no http or https address without a name and password in it", ""
    if spec.openapi and spec.openapi not in workspace.openapi:
        yield "openapi", f"no such file: {spec.openapi}", nearest(spec.openapi, workspace.openapi)
        return
    if spec.openapi and _found(workspace.openapi[spec.openapi], spec.operation) is None:
        yield "operation", f"{spec.openapi} has no operationId {spec.operation!r}", nearest(spec.operation, _ids(workspace.openapi[spec.openapi]))
        return
    spec = _resolved(spec, workspace)
    method, path = split(spec.operation)
    if method not in METHODS or not path.startswith("/"):
        yield "operation", "an operation is a method and a path such as GET /stock/{sku}, or an operationId of `openapi`", ""
    holes, given = set(_HOLE.findall(path)), {argument.name or name for name, argument in spec.arguments.items() if argument.in_ == "path"}
    for name in sorted(holes ^ given):
        yield "arguments", f"{name} stands in the path and is no path argument" if name in holes else f"{name} is a path argument and not in the path", ""
    if spec.permission not in PERMISSIONS:
        yield "permission", f"unknown permission {spec.permission!r}", nearest(spec.permission, PERMISSIONS)
    if spec.seconds <= 0 or spec.seconds > 30:
        yield "seconds", "a number of seconds up to 30", ""
    yield from _faults_of_effect(spec, method)


def _faults_of_effect(spec: ApiTool, method: str) -> Iterator[tuple[str, str, str]]:
    declared = (spec.idempotency_header, spec.read_back, spec.receipt)
    if spec.effect == "read":
        if method != "GET":
            yield "effect", f"{method} may change something: say effect: write", ""
        if any(declared) or spec.person:
            yield "effect", "only a write has an idempotency_header, a read_back, a receipt or a person", ""
        return
    if spec.permission.endswith(".read"):
        yield "permission", "a write needs a permission to write", "orders.write or tickets.write"
    if spec.person and any(declared):
        yield "person", "a person's write is not sent by the assistant: it declares no idempotency_header, read_back or receipt", ""
    if not spec.person and not all(declared):
        yield "", "a write needs idempotency_header, read_back and receipt, or person: true", "without them a fault could do it twice, or leave it unknown"
    if spec.read_back and (split(spec.read_back)[0] != "GET" or _HOLE.findall(spec.read_back) != ["key"]):
        yield "read_back", "the operation that tells what came of a key, such as GET /bookings/by-key/{key}", ""


def _resolved(spec: ApiTool, workspace: Workspace) -> ApiTool:
    """The declaration with what the OpenAPI file knows of its operation: method, path, and arguments that it does not name itself."""
    found = _found(workspace.openapi.get(spec.openapi), spec.operation) if spec.openapi else None
    if found is None:
        return spec
    method, path, operation = found
    arguments: dict[str, ToolArgument] = {}
    for each in operation.get("parameters") or ():
        if isinstance(each, Mapping) and each.get("in") in ("path", "query", "header") and isinstance(each.get("name"), str):
            kind = _TYPES.get((each.get("schema") or {}).get("type", "string"), "str")
            arguments[each["name"]] = ToolArgument(kind, each["in"], "", bool(each.get("required")))  # type: ignore[arg-type]
    content = ((operation.get("requestBody") or {}).get("content") or {}).get("application/json") or {}
    schema = content.get("schema") or {}
    for name, each in (schema.get("properties") or {}).items():
        arguments[name] = ToolArgument(_TYPES.get((each or {}).get("type", "string"), "str"), "body", "", name in (schema.get("required") or ()))  # type: ignore[arg-type]
    header = spec.idempotency_header.lower()
    known = {name: each for name, each in arguments.items() if name.lower() != header}
    return replace(spec, operation=f"{method} {path}", arguments={**known, **spec.arguments})


def _operations(document: Any) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    paths = document.get("paths") if isinstance(document, Mapping) else None
    for path, item in (paths or {}).items():
        for method, operation in (item or {}).items():
            if method.upper() in METHODS and isinstance(operation, Mapping):
                shared = item.get("parameters") or []
                yield method.upper(), path, {**operation, "parameters": [*shared, *(operation.get("parameters") or ())]}


def _found(document: Any, name: str) -> tuple[str, str, Mapping[str, Any]] | None:
    return next((each for each in _operations(document) if each[2].get("operationId") == name), None)


def _ids(document: Any) -> list[str]:
    return [str(operation["operationId"]) for _, _, operation in _operations(document) if "operationId" in operation]


def _tool(spec: ApiTool, secret: Secret) -> Tool:
    own = {name: (argument.type, argument.required) for name, argument in spec.arguments.items() if not argument.from_ or argument.from_ == "order"}
    # the gate checks whose an order is by the argument of that name
    arguments = {("order" if spec.arguments[name].from_ == "order" else name): shape for name, shape in own.items()}

    async def run(use: Use, **given: Json) -> Done:
        from assistant.tools.openapi_call import read, write

        return await (read if spec.effect == "read" else write)(spec, secret, use, given)

    async def outcome(key: str) -> Receipt | None:
        from assistant.tools.openapi_call import read_back

        return await read_back(spec, secret, key)

    writes = spec.effect == "write"
    told: Callable[[str], Awaitable[Receipt | None]] | None = outcome if writes and not spec.person else None
    return Tool(spec.name, spec.description, spec.effect, spec.permission, arguments, run, writes, outcome=told, person=spec.person)
