"""Turns a tree of nodes into the frozen types of the model, reporting every key, value and name that does not fit; it knows types, not meanings."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from assistant.workspace.marks import Tongue
from assistant.workspace.model import Problem, nearest
from assistant.workspace.source import Node, Report

T = TypeVar("T")
LANGUAGES = ("zh", "en")
INVALID: Any = object()


@lru_cache(maxsize=256)
def shape(cls: type) -> Mapping[str, tuple[str, Any, bool]]:
    """{key in the file: (field, its annotated type, whether it is required)} of a dataclass, without the field filled from the mapping key."""
    hints = get_type_hints(cls, include_extras=True)
    return {
        item.name.rstrip("_"): (item.name, hints[item.name], item.default is MISSING and item.default_factory is MISSING)
        for item in fields(cls)
        if not mark(hints[item.name]).startswith("key:")
    }


@lru_cache(maxsize=256)
def key_field(cls: type) -> tuple[str, str]:
    """(field, kind) that a mapping key fills; ("", "") when there is none."""
    for name, hint in get_type_hints(cls, include_extras=True).items():
        if mark(hint).startswith("key:"):
            return name, mark(hint)[4:]
    return "", ""


def mark(hint: Any) -> str:
    """The annotation of a type, "" without one."""
    return str(hint.__metadata__[0]) if get_origin(hint) is Annotated else ""


@dataclass(slots=True)
class Binder:
    """Binds the nodes of one file. `languages` are those every text must have; naive instants are read in `zone`."""

    file: str
    report: Report
    languages: tuple[str, ...] = LANGUAGES
    zone: tzinfo = UTC

    def read(self, cls: type[T], node: Node | None, path: str = "") -> T | None:
        """`node` as a `cls`; None when a part that it cannot do without is wrong."""
        if node is None:
            self.report.problem(self.file, 0, path, message="the file is empty")
            return None
        found = self.bind(cls, node, path)
        return None if found is INVALID else cast(T, found)

    def wrong(self, node: Node, path: str, message: str, *, hint: str = "") -> Any:
        self.report.problem(self.file, node.line, path, message=message, hint=hint)
        return INVALID

    def bind(self, hint: Any, node: Node, path: str) -> Any:
        """The value of `node` as the type `hint`, or INVALID after reporting why."""
        self.report.positions.setdefault((self.file, path), node.line)
        annotation = mark(hint)
        if annotation:
            return self.marked(annotation, hint.__origin__, node, path=path)
        origin = get_origin(hint)
        if origin in (Union, types.UnionType):
            inner = [item for item in get_args(hint) if item is not type(None)]
            if node.value is not None and len(inner) > 1 and all(get_origin(item) is Literal for item in inner):
                return self.choice(tuple(value for item in inner for value in get_args(item)), node, path)
            return None if node.kind == "scalar" and node.value is None else self.bind(inner[0], node, path)
        if origin is Literal:
            return self.choice(get_args(hint), node, path)
        if origin is tuple:
            return self.sequence(get_args(hint)[0], node, path)
        if origin is not None and issubclass(origin, Mapping):
            return self.mapping(*get_args(hint), node=node, path=path)
        if is_dataclass(hint):
            return self.record(cast(type, hint), node, path)
        return self.scalar(hint, node, path)

    def marked(self, annotation: str, hint: Any, node: Node, *, path: str) -> Any:
        kind, _, name = annotation.partition(":")
        match kind:
            case "ref":
                found = self.bind(hint, node, path)
                if found is not INVALID and found != "":
                    self.report.used.append((name, found, Problem(self.file, node.line, path, "")))
                return found
            case "localized" | "template":
                return self.localized(node, path, template=kind == "template")
            case "words":
                return self.words(node, path)
            case "json":
                return _plain(node)
            case "oneof":
                return self.choice(tuple(name.split("|")), node, path)
            case "many":
                return self.bind(hint, Node("list", node.line, items=(node,)) if node.kind == "scalar" else node, path)
            case "list":
                return self.keyed_list(get_args(hint)[1], node, path)
            case _:
                return self.bind(hint, node, path)

    def localized(self, node: Node, path: str, *, template: bool) -> Any:
        """One text per language. A plain text serves every language, except that a template of a workspace with two languages needs both."""
        if node.kind == "scalar" and isinstance(node.value, str | int | float) and (not template or len(self.languages) == 1):
            return dict.fromkeys(self.languages, node.text)
        if node.kind != "map":
            return self.wrong(node, path, "expected a text per language", hint=f"{{{', '.join(f'{language}: …' for language in self.languages)}}}")
        found: dict[str, str] = {}
        for key, line, item in node.entries:
            self.report.positions.setdefault((self.file, f"{path}.{key}"), line)
            if key not in LANGUAGES:
                self.report.problem(self.file, line, f"{path}.{key}", message=f"unknown language {key!r}", hint=nearest(key, LANGUAGES))
            elif item.kind != "scalar" or item.value is None:
                self.wrong(item, f"{path}.{key}", "expected a text")
            else:
                found[key] = item.text
        for language in self.languages:
            if language not in {key for key, _, _ in node.entries}:
                self.wrong(node, path, f"the text in {language!r} is missing", hint="every declared language needs one")
        return {language: text for language, text in found.items() if language in self.languages}

    def words(self, node: Node, path: str) -> Any:
        """Lists of words per language; a plain list serves every language."""
        if node.kind == "list":
            found = self.sequence(str, node, path)
            return INVALID if found is INVALID else dict.fromkeys(LANGUAGES, found)
        return self.mapping(Tongue, tuple[str, ...], node=node, path=path)

    def choice(self, values: tuple[Any, ...], node: Node, path: str) -> Any:
        if node.kind == "scalar" and (node.text in values or node.value in values):
            return node.text if node.text in values else node.value
        shown = node.text if node.kind == "scalar" else f"a {node.kind}"
        return self.wrong(node, path, f"{shown!r} is not one of {', '.join(str(value) for value in values if value != '')}", hint=_close(shown, values))

    def sequence(self, item: Any, node: Node, path: str) -> Any:
        if node.kind == "scalar" and node.value is None:
            return ()
        if node.kind != "list":
            return self.wrong(node, path, "expected a list")
        found = [self.bind(item, entry, f"{path}.{number}".lstrip(".")) for number, entry in enumerate(node.items)]
        return tuple(value for value in found if value is not INVALID)

    def mapping(self, key: Any, value: Any, *, node: Node, path: str) -> Any:
        if node.kind == "scalar" and node.value is None:
            return {}
        if node.kind != "map":
            return self.wrong(node, path, "expected names with values")
        found: dict[str, Any] = {}
        for name, line, item in node.entries:
            where = f"{path}.{name}".lstrip(".")
            self.report.positions[(self.file, where)] = line
            if self.bind(key, Node("scalar", line, name, name), where) is INVALID:
                continue
            bound = self.entry(value, name, item, path=where)
            if bound is not INVALID:
                found[name] = bound
        return found

    def entry(self, value: Any, name: str, node: Node, *, path: str) -> Any:
        """The value of a mapping entry; a dataclass with a key field gets the name, which is declared thereby."""
        if not is_dataclass(value) or not key_field(cast(type, value))[0]:
            return self.bind(value, node, path)
        field_name, kind = key_field(cast(type, value))
        self.declare(kind, name)
        return self.record(cast(type, value), node, path, given={field_name: name})

    def declare(self, kind: str, name: str) -> None:
        self.report.declared.setdefault(kind, {})[name] = self.file

    def keyed_list(self, value: Any, node: Node, path: str) -> Any:
        """A list whose items name themselves in the key field, as a mapping by that name."""
        if node.kind == "scalar" and node.value is None:
            return {}
        if node.kind != "list":
            return self.wrong(node, path, "expected a list")
        field_name, kind = key_field(value)
        found: dict[str, Any] = {}
        for number, item in enumerate(node.items):
            where = f"{path}.{number}".lstrip(".")
            name = next((entry.text for key, _, entry in item.entries if key == field_name and entry.kind == "scalar"), "")
            if not name:
                self.wrong(item, where, f"needs the key {field_name!r}")
                continue
            if name in self.report.declared.get(kind, {}):
                self.wrong(item, where, f"{field_name} {name!r} is given twice")
                continue
            self.declare(kind, name)
            self.report.positions[(self.file, f"{path}.{name}".lstrip("."))] = item.line
            rest = tuple(entry for entry in item.entries if entry[0] != field_name)
            bound = self.record(value, Node("map", item.line, entries=rest), f"{path}.{name}".lstrip("."), given={field_name: name})
            if bound is not INVALID:
                found[name] = bound
        return found

    def record(self, cls: type, node: Node, path: str, *, given: Mapping[str, Any] | None = None) -> Any:
        if node.kind != "map":
            return self.wrong(node, path, f"expected keys: {', '.join(shape(cls))}")
        known = shape(cls)
        values: dict[str, Any] = dict(given or {})
        complete = True
        for key, line, item in node.entries:
            where = f"{path}.{key}".lstrip(".")
            self.report.positions[(self.file, where)] = line
            if key not in known:
                self.report.problem(self.file, line, where, message=f"unknown key {key!r}", hint=nearest(key, known))
                continue
            name, hint, required = known[key]
            if not required and item.kind == "scalar" and item.value is None:
                continue
            bound = self.bind(hint, item, where)
            if bound is not INVALID:
                values[name] = bound
            elif required:
                complete = False
        present = {key for key, _, _ in node.entries}
        for key, (_, _, required) in known.items():
            if required and key not in present:
                self.wrong(node, path, f"the key {key!r} is missing")
                complete = False
        return cls(**values) if complete else INVALID

    def scalar(self, hint: Any, node: Node, path: str) -> Any:
        if node.kind != "scalar":
            return self.wrong(node, path, f"expected {_NAMES.get(hint, hint.__name__)}, found a {node.kind}")
        value = node.value
        match hint:
            case _ if hint is str and value is not None and not isinstance(value, date):
                return node.text
            case _ if hint is bool and isinstance(value, bool):
                return value
            case _ if hint is int and isinstance(value, int) and not isinstance(value, bool):
                return value
            case _ if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
                return float(value)
            case _ if hint in (date, datetime):
                return self.moment(hint, node, path)
        return self.wrong(node, path, f"expected {_NAMES.get(hint, hint.__name__)}, found {node.text!r}")

    def moment(self, hint: Any, node: Node, path: str) -> Any:
        """A date, or an instant in UTC (a bare date is its local midnight, a time without offset is local)."""
        try:
            if hint is date:
                return date.fromisoformat(node.text)
            stamp = datetime.fromisoformat(node.text) if len(node.text) > 10 else datetime.combine(date.fromisoformat(node.text), time())
        except ValueError:
            return self.wrong(node, path, f"expected {_NAMES[hint]}, found {node.text!r}")
        return (stamp if stamp.tzinfo else stamp.replace(tzinfo=self.zone)).astimezone(UTC)


_NAMES = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    date: "a date (2026-06-01)",
    datetime: "a date or time (2026-06-01 09:00)",
}


def _plain(node: Node) -> Any:
    match node.kind:
        case "map":
            return {key: _plain(item) for key, _, item in node.entries}
        case "list":
            return [_plain(item) for item in node.items]
        case _:
            return node.text if isinstance(node.value, date) else node.value


def _close(name: str, values: tuple[Any, ...]) -> str:
    hint = nearest(name, [str(value) for value in values if value != ""])
    return hint if hint.startswith("did") else ""
