"""A workspace's own tools together: declared operations and Python files, with what is wrong with them; for checks they are read, to serve they are loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from assistant.errors import ConfigError
from assistant.tools import custom, openapi
from assistant.tools.openapi import PERMISSIONS
from assistant.tools.registry import Secret, Tool
from assistant.workspace.model import PROCEDURES, TOOLS, Problem, Workspace


def problems(workspace: Workspace, taken: Collection[str]) -> Iterator[Problem]:
    """Everything that is wrong; `taken` are the names of the tools that come with the program. No file is run and nothing is asked over the net."""
    yield from openapi.problems(workspace)
    yield from custom.problems(workspace)
    writes = {tool.name for tool in declared(workspace, taken) if tool.effect == "write"}
    for spec in workspace.procedures.values():
        if spec.tool in writes and not spec.confirm:
            yield workspace.problem(PROCEDURES, f"procedures.{spec.name}.confirm", "a tool of one's own that changes something asks first: confirm: true")
    counted = Counter([*workspace.tools, *(tool.name for path in custom.files(workspace) for tool in custom.sound(path))])
    for name, times in counted.items():
        if name in taken or times > 1:
            yield workspace.problem(TOOLS, f"tools.{name}", f"there is another tool called {name!r}")


def declared(workspace: Workspace, taken: Collection[str]) -> tuple[Tool, ...]:
    """The tools as they are declared, each name once; none of them is to be called."""
    found = {tool.name: tool for tool in (*openapi.api_tools(workspace, secret=str), *custom.declared_code(workspace)) if tool.name not in taken}
    return tuple(found.values())


def loaded(workspace: Workspace, taken: Collection[str], *, secret: Secret) -> tuple[Tool, ...]:
    """The tools ready to be called. Raises ConfigError for a file that does not load, or that makes another tool than its text says."""
    found = (*openapi.api_tools(workspace, secret=secret), *custom.load_code(workspace))
    names = {tool.name: tool for tool in declared(workspace, taken)}
    for tool in found:
        said = names.pop(tool.name, None)
        if said is None or (said.effect, said.permission, said.confirm) != (tool.effect, tool.permission, tool.confirm):
            raise ConfigError(f"the tool {tool.name!r} is not what its file says it is: effect, permission and confirm are written as plain values")
        if tool.permission not in PERMISSIONS:
            raise ConfigError(f"the tool {tool.name!r} has the unknown permission {tool.permission!r}")
    return found
