"""The shape of a CEL expression: a parser for checking it at load and for asking in what order values are missing; it evaluates nothing.

The engine that evaluates (package `cel`) shows no syntax tree. This parser reads the same grammar (https://github.com/google/cel-spec, langdef) for
expressions the engine has already accepted; message construction is not supported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assistant.errors import InvalidInput

Form = Literal["literal", "name", "member", "index", "call", "list", "map", "not", "minus", "binary", "choice"]
MACROS = ("all", "exists", "exists_one", "map", "filter")
_TOKEN = re.compile(
    r"""\s*(?://[^\n]*\n\s*)*(?:(?P<text>[rRbB]{0,2}(?:\"\"\"(?:.|\n)*?\"\"\"|'''(?:.|\n)*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))"""
    r"""|(?P<number>0[xX][0-9a-fA-F]+[uU]?|[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?[uU]?|\.[0-9]+)"""
    r"""|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<mark>\|\||&&|<=|>=|==|!=|[-+*/%<>!?:.,()\[\]{}]))"""
)
_BINARY: tuple[tuple[str, ...], ...] = (("||",), ("&&",), ("<", "<=", ">=", ">", "==", "!=", "in"), ("+", "-"), ("*", "/", "%"))
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-expression: `start:end` in the source, `name` the identifier, field, function or operator, `value` of a literal, `called` where a function's
    name stands; a `method` has its target first."""

    form: Form
    start: int
    end: int
    name: str = ""
    value: object = None
    parts: tuple[Part, ...] = ()
    method: bool = False
    called: int = 0


@dataclass(slots=True)
class _Parser:
    source: str
    tokens: list[tuple[str, str, int, int]]
    at: int = 0

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) and self.tokens[self.at][0] != "text" else ""

    def take(self, expected: str = "") -> tuple[str, str, int, int]:
        if self.at >= len(self.tokens) or (expected and self.peek() != expected):
            found = self.tokens[self.at][1] if self.at < len(self.tokens) else "the end"
            raise InvalidInput(f"expected {expected or 'a value'}, found {found}", code="expression")
        self.at += 1
        return self.tokens[self.at - 1]

    def choice(self) -> Part:
        condition = self.binary(0)
        if self.peek() != "?":
            return condition
        self.take()
        first = self.binary(0)
        self.take(":")
        second = self.choice()
        return Part("choice", condition.start, second.end, parts=(condition, first, second))

    def binary(self, level: int) -> Part:
        if level == len(_BINARY):
            return self.unary()
        left = self.binary(level + 1)
        while self.peek() in _BINARY[level]:
            operator = self.take()[1]
            right = self.binary(level + 1)
            left = Part("binary", left.start, right.end, operator, parts=(left, right))
        return left

    def unary(self) -> Part:
        if self.peek() not in ("!", "-"):
            return self.member()
        _, mark, start, _ = self.take()
        inner = self.unary()
        return Part("not" if mark == "!" else "minus", start, inner.end, parts=(inner,))

    def member(self) -> Part:
        found = self.primary()
        while self.peek() in (".", "["):
            if self.take()[1] == "[":
                inner = self.choice()
                end = self.take("]")[3]
                found = Part("index", found.start, end, parts=(found, inner))
                continue
            _, name, start, end = self.take()
            if self.peek() == "(":
                arguments, end = self.arguments("(", ")")
                found = Part("call", found.start, end, name, parts=(found, *arguments), method=True, called=start)
            else:
                found = Part("member", found.start, end, name, parts=(found,))
        return found

    def primary(self) -> Part:
        kind, text, start, end = self.take()
        if kind == "text":
            return Part("literal", start, end, value=_text(text))
        if kind == "number":
            return Part("literal", start, end, value=_number(text))
        if text == "(":
            inner = self.choice()
            return replace(inner, start=start, end=self.take(")")[3])
        if text in ("[", "{"):
            self.at -= 1
            items, end = self.arguments(text, "]" if text == "[" else "}")
            return Part("list" if text == "[" else "map", start, end, parts=tuple(items))
        if text == ".":
            return self.primary()
        if text in ("true", "false", "null"):
            return Part("literal", start, end, value={"true": True, "false": False, "null": None}[text])
        if self.peek() == "(":
            arguments, end = self.arguments("(", ")")
            return Part("call", start, end, text, parts=tuple(arguments), called=start)
        return Part("name", start, end, text)

    def arguments(self, opening: str, closing: str) -> tuple[list[Part], int]:
        self.take(opening)
        found: list[Part] = []
        while self.peek() != closing:
            found.append(self.choice())
            if self.peek() in (",", ":") and self.peek() != closing:
                self.take()
        return found, self.take(closing)[3]


def parse(source: str) -> Part:
    """The tree of an expression. Raises InvalidInput for what CEL would not accept either."""
    tokens: list[tuple[str, str, int, int]] = []
    position = 0
    while position < len(source.rstrip()):
        match = _TOKEN.match(source, position)
        if not match:
            raise InvalidInput(f"unexpected {source[position:].strip()[:10]!r}", code="expression")
        kind = match.lastgroup or ""
        tokens.append((kind, match.group(kind), match.start(kind), match.end(kind)))
        position = match.end()
    parser = _Parser(source, tokens)
    found = parser.choice()
    if parser.at < len(tokens):
        raise InvalidInput(f"unexpected {tokens[parser.at][1]!r}", code="expression")
    return found


def walk(part: Part) -> Iterator[Part]:
    """The part and everything below it, in source order of their beginnings."""
    yield part
    for inner in part.parts:
        yield from walk(inner)


def reads(part: Part, bound: frozenset[str] = frozenset()) -> tuple[tuple[str, ...], ...]:
    """Paths of outside names in source order, without repeats: ("order", "status"), ("new", "date"), ("today",). `has(new.x)` reads nothing."""
    found: list[tuple[str, ...]] = []
    _reads(part, bound, found)
    return tuple(dict.fromkeys(found))


def _reads(part: Part, bound: frozenset[str], found: list[tuple[str, ...]]) -> None:
    path = path_of(part)
    if path:
        if path[0] not in bound:
            found.append(path)
        return
    if part.form == "call" and part.name == "has" and not part.method:
        return
    if is_macro(part):
        _reads(part.parts[0], bound, found)
        for inner in part.parts[2:]:
            _reads(inner, bound | {part.parts[1].name}, found)
        return
    for inner in part.parts:
        _reads(inner, bound, found)


def path_of(part: Part) -> tuple[str, ...]:
    """order.lines -> ("order", "lines"), new["date"] alike; () for anything else."""
    if part.form == "name":
        return (part.name,)
    if part.form == "member":
        inner = path_of(part.parts[0])
        return (*inner, part.name) if inner else ()
    if part.form == "index" and isinstance(part.parts[1].value, str):
        inner = path_of(part.parts[0])
        return (*inner, part.parts[1].value) if inner else ()
    return ()


def is_macro(part: Part) -> bool:
    """Whether a call binds a variable: order.lines.exists(l, …)."""
    return part.form == "call" and part.method and part.name in MACROS and len(part.parts) >= 3 and part.parts[1].form == "name"


def rewritten(source: str, part: Part, *, functions: Mapping[str, str], constants: Mapping[tuple[str, ...], str]) -> str:
    """The source of `part` with functions under other names and paths replaced by constants: ("p", "days") -> 15."""
    changes: list[tuple[int, int, str]] = []
    _changes(part, frozenset(), functions, constants, changes=changes)
    for start, end, text in sorted(changes, reverse=True):
        source = source[:start] + text + source[end:]
    return source


def _changes(
    part: Part, bound: frozenset[str], functions: Mapping[str, str], constants: Mapping[tuple[str, ...], str], *, changes: list[tuple[int, int, str]]
) -> None:
    path = path_of(part)
    if path in constants and path[0] not in bound:
        changes.append((part.start, part.end, constants[path]))
        return
    if part.form == "call" and part.name in functions:
        start = part.called
        changes.append((start, start + len(part.name), functions[part.name]))
    inner = bound | {part.parts[1].name} if is_macro(part) else bound
    for child in part.parts:
        _changes(child, inner, functions, constants, changes=changes)


def _text(token: str) -> str:
    raw = token.lower().startswith(("r", "br", "rb"))
    body = token.lstrip("rRbB")
    quote = body[:3] if body[:3] in ('"""', "'''") else body[:1]
    inner = body[len(quote) : -len(quote)]
    return inner if raw else _ESCAPE.sub(r"\1", inner)


def _number(token: str) -> int | float:
    digits = token.rstrip("uU")
    if digits[:2].lower() == "0x":
        return int(digits, 16)
    return float(digits) if any(char in digits for char in ".eE") else int(digits)
