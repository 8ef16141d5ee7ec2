"""Tools of a company's own as its files describe them: operations of other systems' HTTP interfaces; calling them is the tool room's work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal


@dataclass(frozen=True, slots=True)
class ToolArgument:
    """One argument: `in_` is its place in the request, `name` what it is called there ("" = as here).

    `from_` fills it in from who asks or which order is meant, so that nobody can say another; such an argument is none of the tool's own.
    """

    type: Literal["str", "int", "bool"] = "str"
    in_: Literal["path", "query", "body", "header"] = "query"
    name: str = ""
    required: bool = True
    from_: Literal["company", "contact", "order", ""] = ""


@dataclass(frozen=True, slots=True)
class ApiTool:
    """An operation ("GET /credit/{company}", or an operationId of the OpenAPI file `openapi`) as a tool.

    `result` names the part of the answer that is given ("data.credit"); `token_env` the environment variable with the bearer token. A write declares the
    header of its idempotency key and the operation that reads back what came of a key (`{key}` in its path), and where the receipt's id stands in both
    answers; one that cannot is `person`: the assistant previews it, and a person does it.
    """

    name: Annotated[str, "key:tool"]
    description: str
    url: str
    operation: str
    permission: str
    effect: Literal["read", "write"] = "read"
    arguments: Mapping[str, ToolArgument] = field(default_factory=dict)
    openapi: str = ""
    token_env: str = ""
    result: str = ""
    idempotency_header: str = ""
    read_back: str = ""
    receipt: str = ""
    person: bool = False
    seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class ToolsFile:
    """corpus/tools.yaml."""

    tools: Mapping[str, ApiTool]


def split(operation: str) -> tuple[str, str]:
    """(method, path) of "GET /stock/{sku}"."""
    method, _, path = operation.strip().partition(" ")
    return method.upper(), path.strip()
