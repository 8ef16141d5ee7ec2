"""Tools written in Python in a workspace's tools/ folder: run only where the settings allow it; what merely checks a workspace reads them as text."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import ConfigError
from assistant.tools.openapi import PERMISSIONS
from assistant.tools.registry import Done, Tool, Use
from assistant.workspace.model import SETTINGS, Problem, Workspace, nearest

FOLDER = "tools"
TYPES = {"str", "int", "bool", "list", "dict"}


def files(workspace: Workspace) -> list[Path]:
    return sorted(path for path in (workspace.root / FOLDER).glob("*.py") if not path.name.startswith("_"))


def load_code(workspace: Workspace) -> tuple[Tool, ...]:
    """The tools of the files, which are run; none unless `[tools] allow_code` says so. Raises ConfigError for a file that does not load."""
    if not workspace.settings.tools.allow_code:
        return ()
    return tuple(tool for path in files(workspace) for tool in _loaded(path))


def _loaded(path: Path) -> list[Tool]:
    name = f"assistant_workspace_tools_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # the annotations of a function are looked up in its module
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ConfigError(f"{path.name} does not load: {type(error).__name__}: {error}") from error
    return [value for value in vars(module).values() if isinstance(value, Tool)]


def declared_code(workspace: Workspace) -> tuple[Tool, ...]:
    """What the files declare, read and not run: for checks. A tool of these refuses to be called."""
    return tuple(tool for path in files(workspace) for tool in sound(path)) if workspace.settings.tools.allow_code else ()


def sound(path: Path) -> list[Tool]:
    """What a file declares; nothing for one that is not Python, which `problems` tells."""
    try:
        return read_only(path)
    except (SyntaxError, ValueError):
        return []


def problems(workspace: Workspace) -> Iterator[Problem]:
    """Files that are not Python, tools that fit no gate, and tools that procedures want and the settings do not allow."""
    for path in files(workspace):
        place = f"{FOLDER}/{path.name}"
        try:
            found = read_only(path)
        except (SyntaxError, ValueError) as error:
            yield Problem(place, getattr(error, "lineno", 0) or 0, "", f"not valid Python: {error}")
            continue
        for tool in found:
            if tool.permission not in PERMISSIONS:
                yield Problem(place, 0, tool.name, f"unknown permission {tool.permission!r}", nearest(tool.permission, PERMISSIONS))
            if tool.effect not in ("read", "write"):
                yield Problem(place, 0, tool.name, "an effect is read or write")
            if tool.effect == "write" and tool.permission.endswith(".read"):
                yield Problem(place, 0, tool.name, "a write needs a permission to write")
            if tool.effect == "write" and not tool.confirm:
                yield Problem(place, 0, tool.name, "a write of one's own asks before it acts: confirm=True")
            wanted = [spec.name for spec in workspace.procedures.values() if spec.tool == tool.name]
            if wanted and not workspace.settings.tools.allow_code:
                yield workspace.problem(SETTINGS, "tools", f"the procedure {wanted[0]!r} needs {place}, which is not run", hint="[tools] allow_code = true")


def read_only(path: Path) -> list[Tool]:
    """The functions under `@tool(effect, permission, confirm=…)` with their arguments, from the text of the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=path.name)
    return [found for node in tree.body if isinstance(node, ast.AsyncFunctionDef) if (found := _of(node)) is not None]


def _of(node: ast.AsyncFunctionDef) -> Tool | None:
    for mark in node.decorator_list:
        if not isinstance(mark, ast.Call) or ast.unparse(mark.func).rpartition(".")[2] != "tool":
            continue
        values = [each.value if isinstance(each, ast.Constant) else "" for each in mark.args]
        named = {each.arg: each.value.value for each in mark.keywords if isinstance(each.value, ast.Constant)}
        effect, permission = (*values, "", "")[:2]
        defaults = node.args.kw_defaults
        arguments = {each.arg: (_type(each), default is None) for each, default in zip(node.args.kwonlyargs, defaults, strict=True)}
        description = (ast.get_docstring(node) or "").split("\n")[0]
        made = str(named.get("effect", effect)), str(named.get("permission", permission))
        return Tool(node.name, description, made[0], made[1], arguments, _refused, named.get("confirm") is True, node.args.kwarg is not None)  # type: ignore[arg-type]
    return None


def _type(argument: ast.arg) -> str:
    name = ast.unparse(argument.annotation) if argument.annotation else "json"
    return name if name in TYPES else "json"


async def _refused(use: Use) -> Done:
    raise ConfigError("this tool was only read, not loaded")
