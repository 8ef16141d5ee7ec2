"""Whether a workspace's procedures fit the tools there are: names, permissions, arguments; it calls nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.tools.registry import Tool
from assistant.workspace.model import PROCEDURES, Problem, ProcedureSpec, Workspace, nearest

TICKETS = "open_ticket"
_FILLED_IN = ("kind",)  # arguments the assistant gives itself


def problems(workspace: Workspace, tools: Mapping[str, Tool]) -> Iterator[Problem]:
    """Every procedure that names an unknown tool or permission, or does not give its tool what it needs."""
    for spec in workspace.procedures.values():
        tool = tools.get(spec.tool)
        key = f"procedures.{spec.name}"
        if tool is None:
            yield workspace.problem(PROCEDURES, f"{key}.tool", f"unknown tool {spec.tool!r}", hint=nearest(spec.tool, tools))
            continue
        if spec.permission != tool.permission:
            message = f"the tool {spec.tool!r} needs the permission {tool.permission!r}, not {spec.permission!r}"
            yield workspace.problem(PROCEDURES, f"{key}.permission", message)
        if spec.tool == TICKETS and not spec.ticket:
            yield workspace.problem(PROCEDURES, key, "a procedure that opens a ticket names its kind in `ticket`", hint=nearest("", workspace.tickets))
        if spec.ticket and spec.tool != TICKETS:
            yield workspace.problem(PROCEDURES, f"{key}.ticket", f"only the tool {TICKETS!r} has a ticket kind")
        if tool.effect == "write" and not spec.receipt:
            yield workspace.problem(PROCEDURES, key, "a change needs a receipt text")
        yield from _arguments(workspace, spec, tool, key)
    for name, place in workspace.tools_named:
        if name not in tools:
            yield replace(place, message=f"unknown tool {name!r}", hint=nearest(name, tools))


def _arguments(workspace: Workspace, spec: ProcedureSpec, tool: Tool, key: str) -> Iterator[Problem]:
    for name in spec.arguments:
        if name not in tool.arguments and not tool.open_arguments:
            message = f"the tool {tool.name!r} has no argument {name!r}"
            yield workspace.problem(PROCEDURES, f"{key}.arguments.{name}", message, hint=nearest(name, tool.arguments))
    if not spec.arguments and tool.effect == "read":
        return
    for name, (_, required) in tool.arguments.items():
        if required and name not in spec.arguments and name not in _FILLED_IN:
            yield workspace.problem(PROCEDURES, f"{key}.arguments", f"the tool {tool.name!r} needs the argument {name!r}")
