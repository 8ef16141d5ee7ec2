"""Reads the kind of value an expression gives and finds names, functions and words in it that nothing declares; it evaluates nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistant.tools.expression import Part, is_macro
from assistant.tools.functions import Signature
from assistant.workspace.model import nearest
from assistant.workspace.vocabulary import ANY, BOOL, INT, NUMBER, SPAN, TEXT, Type, listed

_LABELS = {
    "text": "a text", "int": "a whole number", "number": "a number", "bool": "true or false", "date": "a date", "instant": "a time", "span": "a duration",
    "list": "a list", "map": "a record", "null": "null", "any": "anything",
}  # fmt: skip
_ALIKE = ({"int", "number"}, {"date", "instant"})
_OPERATORS = ("==", "!=", "<", "<=", ">", ">=")


@dataclass(slots=True)
class Scope:
    """The names and functions an expression may use; `complaints` gathers (what is wrong, advice)."""

    names: Mapping[str, Type]
    functions: Mapping[str, Signature]
    complaints: list[tuple[str, str]] = field(default_factory=list)

    def complain(self, message: str, hint: str = "") -> Type:
        if (message, hint) not in self.complaints:
            self.complaints.append((message, hint))
        return ANY


def infer(part: Part, scope: Scope) -> Type:
    """The type of `part`; what is wrong with it lands in `scope.complaints`."""
    match part.form:
        case "literal":
            return literal(part.value)
        case "name":
            return scope.names[part.name] if part.name in scope.names else scope.complain(f"unknown name {part.name!r}", nearest(part.name, scope.names))
        case "member":
            return _member(infer(part.parts[0], scope), part, scope)
        case "index":
            return _index(part, scope)
        case "call":
            return _macro(part, scope) if is_macro(part) else _call(part, scope)
        case "not":
            _must_be_true_or_false(part.parts[0], scope)
            return BOOL
        case "minus":
            return infer(part.parts[0], scope)
        case "binary":
            return _binary(part, scope)
        case "choice":
            _must_be_true_or_false(part.parts[0], scope)
            first, second = infer(part.parts[1], scope), infer(part.parts[2], scope)
            return first if first.kind == second.kind else ANY
        case "list":
            inner = [infer(item, scope) for item in part.parts]
            return listed(inner[0] if inner else ANY)
        case "map":
            for item in part.parts[1::2]:
                infer(item, scope)
            return Type("map")


def literal(value: object) -> Type:
    """The type of a constant."""
    match value:
        case None:
            return Type("null")
        case bool():
            return BOOL
        case int():
            return INT
        case float():
            return NUMBER
        case str():
            return TEXT
    return ANY


def _member(owner: Type, part: Part, scope: Scope) -> Type:
    if owner.kind == "any" or (owner.kind == "map" and not owner.fields):
        return ANY if owner.kind == "any" else _nothing_declared(part, scope)
    if owner.kind != "map":
        return scope.complain(f"{_shown(part.parts[0])} is {_LABELS[owner.kind]} and has no {part.name!r}")
    if part.name in owner.fields:
        return owner.fields[part.name]
    return scope.complain(f"{_shown(part.parts[0])} has no {part.name!r}", nearest(part.name, owner.fields))


def _nothing_declared(part: Part, scope: Scope) -> Type:
    """An empty `new`, `p` or `values` means that nothing of the kind is declared; an empty map made in the expression may hold anything."""
    owner = part.parts[0]
    if owner.form == "name" and owner.name in ("new", "p", "values"):
        return scope.complain(f"{owner.name} has no {part.name!r}: none is declared here")
    return ANY


def _index(part: Part, scope: Scope) -> Type:
    owner = infer(part.parts[0], scope)
    infer(part.parts[1], scope)
    key = part.parts[1].value
    if owner.kind == "list":
        return owner.item or ANY
    if owner.kind == "map" and isinstance(key, str):
        return _member(owner, replace(part, form="member", name=key), scope)
    return ANY


def _macro(part: Part, scope: Scope) -> Type:
    """all, exists, exists_one, filter, map: the second part names the variable that the rest may use."""
    source = infer(part.parts[0], scope)
    if source.kind not in ("list", "map", "any"):
        return scope.complain(f"{_shown(part.parts[0])} is {_LABELS[source.kind]}, not a list")
    inner = Scope({**scope.names, part.parts[1].name: source.item or ANY}, scope.functions, scope.complaints)
    found = [infer(item, inner) for item in part.parts[2:]]
    match part.name:
        case "map":
            return listed(found[-1])
        case "filter":
            return source
        case _:
            return BOOL


def _call(part: Part, scope: Scope) -> Type:
    for item in part.parts:
        infer(item, scope)
    signature = scope.functions.get(part.name)
    if signature is None:
        return scope.complain(f"unknown function {part.name!r}", nearest(part.name, scope.functions))
    if len(part.parts) != len(signature.parameters) and part.name != "getHours":
        wanted = f"{part.name}({', '.join(signature.parameters)})"
        return scope.complain(f"{part.name} takes {len(signature.parameters)} values, not {len(part.parts)}", wanted)
    return signature.result


def _must_be_true_or_false(part: Part, scope: Scope) -> None:
    kind = infer(part, scope).kind
    if kind not in ("bool", "any"):
        scope.complain(f"{_shown(part)} is {_LABELS[kind]}, not true or false")


def _binary(part: Part, scope: Scope) -> Type:
    left, right = part.parts
    if part.name in ("&&", "||"):
        _must_be_true_or_false(left, scope)
        _must_be_true_or_false(right, scope)
        return BOOL
    first, second = infer(left, scope), infer(right, scope)
    if part.name == "in":
        _words(first, right, scope)
        return BOOL
    if part.name in _OPERATORS:
        _words(first, right, scope)
        _words(second, left, scope)
        if not _comparable(first, second):
            scope.complain(f"{_shown(left)} is {_LABELS[first.kind]} and {_shown(right)} is {_LABELS[second.kind]}: they cannot be compared")
        return BOOL
    if "date" in (first.kind, second.kind) or "instant" in (first.kind, second.kind):
        return SPAN if first.kind in ("date", "instant") and second.kind in ("date", "instant") else first
    if first.kind == second.kind:
        return first
    return NUMBER if {first.kind, second.kind} <= {"int", "number"} else ANY


def _comparable(first: Type, second: Type) -> bool:
    kinds = {first.kind, second.kind}
    return len(kinds) == 1 or bool(kinds & {"any", "null"}) or any(kinds <= alike for alike in _ALIKE)


def _words(found: Type, other: Part, scope: Scope) -> None:
    """A text that can only be one of some words is compared with one of them."""
    if not found.values:
        return
    constants = other.parts if other.form == "list" else (other,)
    for constant in constants:
        if isinstance(constant.value, str) and constant.value and constant.value not in found.values:
            scope.complain(f"{constant.value!r} is no {found.enum}", nearest(constant.value, found.values))


def _shown(part: Part) -> str:
    """A short name of a sub-expression for a message."""
    match part.form:
        case "name":
            return part.name
        case "member":
            return f"{_shown(part.parts[0])}.{part.name}"
        case "literal":
            return "null" if part.value is None else repr(part.value)
        case "call":
            return f"{part.name}(…)"
        case _:
            return "this"
