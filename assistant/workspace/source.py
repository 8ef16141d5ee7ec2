"""Reads YAML, TOML and Markdown front matter into one tree of nodes that know their line; no types, no meaning.

YAML is read as 1.2 reads it: only true/false are booleans (so `no`, `off` and `on` are words), dates and times stay text until a type asks for them,
and a repeated key is a mistake.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar, Literal

import yaml

from assistant.workspace.model import Problem

Scalar = None | bool | int | float | str | date | datetime
_MERGE = "<<"
_DEEPEST = 50  # levels of nesting
_MOST = 200_000  # lists and maps in one file, aliases counted as often as they are used


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a file. `text` is a scalar as it was written; `entries` are (key, line of the key, node)."""

    kind: Literal["map", "list", "scalar"]
    line: int
    value: Scalar = None
    text: str = ""
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[str, int, Node], ...] = ()


@dataclass(slots=True)
class Report:
    """What reading gathers: problems, the line of every key, the names declared and the names used, to be compared at the end."""

    problems: list[Problem] = field(default_factory=list)
    positions: dict[tuple[str, str], int] = field(default_factory=dict)
    declared: dict[str, dict[str, str]] = field(default_factory=dict)
    used: list[tuple[str, str, Problem]] = field(default_factory=list)

    def problem(self, file: str, line: int, key: str, *, message: str, hint: str = "") -> None:
        self.problems.append(Problem(file, line, key, message, hint))

    def take(self, other: Report) -> None:
        """Adds what another pass gathered."""
        self.problems += other.problems
        self.positions = {**other.positions, **self.positions}
        for kind, names in other.declared.items():
            self.declared.setdefault(kind, {}).update(names)
        self.used += other.used


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes only; the resolvers are those of YAML 1.2's core schema."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"^(?:~|null|Null|NULL|)$", "~nN\0"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("merge", r"^<<$", "<"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first) if _tag != "null" else ["~", "n", "N", ""])


def read_yaml(text: str, file: str, report: Report, *, line: int = 0) -> Node | None:
    """The tree of a YAML text, None when it is empty or broken (a problem with line and column is reported). `line` is added to every line."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f", column {mark.column + 1}" if mark else ""
        reason = " ".join(part for part in (error.context, error.problem) if part)
        report.problem(file, (mark.line + 1 if mark else 0) + line, "", message=f"not valid YAML{place}: {reason}")
        return None
    except yaml.YAMLError as error:
        report.problem(file, line, "", message=f"not valid YAML: {str(error).splitlines()[0]}")
        return None
    finally:
        loader.dispose()
    return _Tree(file, report, line).node(root, "") if root is not None else None


@dataclass(slots=True)
class _Tree:
    file: str
    report: Report
    shift: int
    open: set[int] = field(default_factory=set)
    made: int = 0

    def node(self, raw: yaml.Node, path: str) -> Node:
        line = raw.start_mark.line + 1 + self.shift
        if isinstance(raw, yaml.ScalarNode):
            return Node("scalar", line, value=_scalar(raw.tag, raw.value), text=raw.value)
        self.made += 1
        if id(raw) in self.open or len(self.open) > _DEEPEST or self.made > _MOST:
            reason = "an anchor that contains itself" if id(raw) in self.open else "nested too deep or repeated too often"
            self.report.problem(self.file, line, path, message=reason)
            return Node("scalar", line)
        self.open.add(id(raw))
        found = self.container(raw, path, line)
        self.open.discard(id(raw))
        return found

    def container(self, raw: yaml.Node, path: str, line: int) -> Node:
        if isinstance(raw, yaml.MappingNode):
            return Node("map", line, entries=tuple(self.entries(raw, path)))
        return Node("list", line, items=tuple(self.node(item, f"{path}.{n}".lstrip(".")) for n, item in enumerate(raw.value)))

    def entries(self, raw: yaml.MappingNode, path: str) -> list[tuple[str, int, Node]]:
        own: dict[str, tuple[str, int, Node]] = {}
        merged: dict[str, tuple[str, int, Node]] = {}
        for key, value in raw.value:
            line = key.start_mark.line + 1 + self.shift
            if not isinstance(key, yaml.ScalarNode):
                self.report.problem(self.file, line, path, message="a key must be a plain word")
                continue
            name = key.value
            if name == _MERGE and key.tag.endswith(":merge"):
                sources = value.value if isinstance(value, yaml.SequenceNode) else [value]
                merged |= {entry[0]: entry for source in sources for entry in self.node(source, path).entries}
                continue
            if name in own:
                self.report.problem(self.file, line, f"{path}.{name}".lstrip("."), message=f"the key is given twice, first on line {own[name][1]}")
                continue
            own[name] = (name, line, self.node(value, f"{path}.{name}".lstrip(".")))
        return list({**merged, **own}.values())


def _scalar(tag: str, text: str) -> Scalar:
    match tag.rpartition(":")[2]:
        case "bool":
            return text.lower() == "true"
        case "null":
            return None
        case "int":
            return int(text)
        case "float":
            return float(text)
        case _:
            return text


_HEADER = re.compile(r"^\s*\[+\s*([^\]]+?)\s*\]+")
_PAIR = re.compile(r"""^\s*("[^"]*"|'[^']*'|[A-Za-z0-9_.-]+)\s*=""")
_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


def read_toml(text: str, file: str, report: Report) -> Node | None:
    """The tree of a TOML text; None when it is broken."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), f", column {place[2]}") if place and place[1] else (len(text.splitlines()), "")
        report.problem(file, line, "", message=f"not valid TOML{column}: {_PLACE.sub('', str(error)).strip()}")
        return None
    return _toml_node(data, "", _toml_lines(text))


def _toml_lines(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = header[1].replace('"', "")
            lines.setdefault(table, number)
        elif pair := _PAIR.match(line):
            lines.setdefault(f"{table}.{pair[1].strip(chr(34) + chr(39))}".lstrip("."), number)
    return lines


def _toml_node(value: Any, path: str, lines: Mapping[str, int]) -> Node:
    line = lines.get(path) or lines.get(path.rpartition(".")[0], 1)
    if isinstance(value, dict):
        keys = [(key, f"{path}.{key}".lstrip("."), item) for key, item in value.items()]
        return Node("map", line, entries=tuple((key, lines.get(where, line), _toml_node(item, where, lines)) for key, where, item in keys))
    if isinstance(value, list):
        return Node("list", line, items=tuple(_toml_node(item, path, lines) for item in value))
    return Node("scalar", line, value=value, text=value.isoformat() if isinstance(value, date) else str(value))


def read_front_matter(text: str, file: str, report: Report) -> tuple[Node | None, str, int]:
    """(front matter, body, line the body starts on) of a Markdown text; the front matter stands between two lines of ---."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].strip() != "---":
        report.problem(file, 1, "", message="the front matter is missing", hint="start the file with a line of --- and name id, title and level")
        return None, text, 1
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
    if not end:
        report.problem(file, 1, "", message="the front matter does not end", hint="close it with a line of ---")
        return None, "", len(lines)
    node = read_yaml("".join(lines[1:end]), file, report, line=1)
    return node, "".join(lines[end + 1 :]), end + 2


def read_text(path: Path, file: str, report: Report) -> str | None:
    """The text of a file in UTF-8; None when it is not there or not readable (reported)."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        report.problem(file, 0, "", message="the file is missing")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        report.problem(file, line, "", message="not UTF-8", hint="save the file as UTF-8")
    except OSError as error:
        report.problem(file, 0, "", message=f"cannot be read: {error.strerror or error}")
    return None
