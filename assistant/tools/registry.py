"""The capability table: every tool with its effect, permission and arguments, for the gate, the console and a model's tool list; it runs nothing."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.ports import OrderSystem
from assistant.types import Json, Order, Principal, Receipt

Effect = Literal["read", "write"]


@dataclass(frozen=True, slots=True)
class Use:
    """What a tool may work with in one call. `order` is the one named in the arguments, already known to be the caller's."""

    principal: Principal
    orders: OrderSystem
    order: Order | None
    key: str
    queues: Mapping[str, str]
    catalog: Mapping[str, Mapping[str, Json]]


@dataclass(frozen=True, slots=True)
class Done:
    """What a tool gives back: data for a read, a receipt for a write."""

    data: Json = None
    receipt: Receipt | None = None


Run = Callable[..., Awaitable[Done]]
# reads a secret by the name of its environment variable
Secret = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Tool:
    """One capability. `arguments` maps a name to its type ("str", "int", "list", "dict", "bool") and whether it is required; extra names are refused
    unless `open_arguments` (a ticket's fields are the workspace's). `outcome` reads back what came of a key, where that is not the order system's to know;
    what is a `person`'s is previewed and never run."""

    name: str
    description: str
    effect: Effect
    permission: str
    arguments: Mapping[str, tuple[str, bool]]
    run: Run
    confirm: bool = False
    open_arguments: bool = False
    outcome: Callable[[str], Awaitable[Receipt | None]] | None = None
    person: bool = False


def tool(effect: Effect, permission: str, *, confirm: bool = False) -> Callable[[Run], Tool]:
    """Makes a tool of a function `(use, *, argument: type = default, ...)`: its name, first docstring line and signature are the schema.

    A function that takes `**fields` accepts further arguments.
    """

    def made(run: Run) -> Tool:
        hints = typing.get_type_hints(run)
        arguments = {}
        fields = False
        for name, parameter in list(inspect.signature(run).parameters.items())[1:]:
            if parameter.kind is inspect.Parameter.VAR_KEYWORD:
                fields = True
                continue
            kind = hints[name]
            arguments[name] = (getattr(kind, "__name__", "json"), parameter.default is inspect.Parameter.empty)
        description = (inspect.getdoc(run) or "").split("\n")[0]
        return Tool(getattr(run, "__name__", "tool"), description, effect, permission, arguments, run, confirm, fields)

    return made


TYPES: Mapping[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "list": (list, tuple), "dict": (dict,), "bool": (bool,)}


def argument_problem(spec: Tool, arguments: Mapping[str, Json]) -> str:
    """What is wrong with the arguments of a call, or "" when they fit the tool's schema."""
    for name, (kind, required) in spec.arguments.items():
        if name not in arguments:
            if required:
                return f"{name} is missing"
            continue
        value = arguments[name]
        if kind in TYPES and (not isinstance(value, TYPES[kind]) or (kind == "int" and isinstance(value, bool))):
            return f"{name} must be {kind}"
    unknown = [name for name in arguments if name not in spec.arguments]
    if unknown and not spec.open_arguments:
        return f"unknown argument {unknown[0]}"
    return ""


def table(*tools: Tool) -> Mapping[str, Tool]:
    """Tools by name; a name twice is a bug of the caller."""
    found = {entry.name: entry for entry in tools}
    assert len(found) == len(tools), "two tools share a name"
    return found
