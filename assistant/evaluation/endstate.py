"""Compares how things stand at the end with how they must: the fixture with the declared differences, nothing more and nothing less; pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from assistant.evaluation.transcript import State
from assistant.workspace.scenario import End

Difference = tuple[str, str, str]
GRADED = ("orders", "tickets", "handoffs")


def state_hash(state: State) -> str:
    """SHA-256 over orders, tickets without their ids and hand-offs, sixteen characters of it."""
    tickets = [{key: value for key, value in ticket.items() if key != "id"} for ticket in state.get("tickets") or ()]
    graded = {**{name: state.get(name) for name in GRADED}, "tickets": tickets}
    return hashlib.sha256(json.dumps(graded, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()[:16]


def differences(start: State, end: State, declared: End) -> tuple[Difference, ...]:
    """(where, expected, got) for everything that is not as declared."""
    return (*_orders(start, end, declared.orders or {}), *_tickets(start, end, declared.tickets or []), *_handoffs(end, declared.handoff))


def _orders(start: State, end: State, declared: Mapping[str, Any]) -> Iterator[Difference]:
    before, after = start.get("orders") or {}, end.get("orders") or {}
    for number in sorted({*before, *after, *declared}):
        wanted = {**before.get(number, {}), **declared.get(number, {})}
        got = after.get(number, {})
        for key in sorted({*wanted, *got}):
            if not matches(wanted.get(key), got.get(key)):
                yield f"order {number} {key}", shown(wanted.get(key)), shown(got.get(key))


def _tickets(start: State, end: State, declared: Sequence[Mapping[str, Any]]) -> Iterator[Difference]:
    old = {ticket.get("id") for ticket in start.get("tickets") or ()}
    new = [ticket for ticket in end.get("tickets") or () if ticket.get("id") not in old]
    left = list(new)
    for wanted in declared:
        found = next((ticket for ticket in left if matches(wanted, ticket)), None)
        if found is None:
            near = next((ticket for ticket in left if ticket.get("kind") == wanted.get("kind")), None)
            yield "tickets", shown(wanted), shown(near) if near else "none"
        else:
            left.remove(found)
    for ticket in left:
        if not any(wanted.get("kind") == ticket.get("kind") for wanted in declared) or len(new) > len(declared):
            yield "tickets", "no other ticket", shown(ticket)


def _handoffs(end: State, declared: Any) -> Iterator[Difference]:
    rows = list(end.get("handoffs") or ())
    if declared in (None, "none"):
        if rows:
            yield "handoff", "none", shown(rows)
        return
    if len(rows) != 1:
        yield "handoff", "exactly one", shown(rows) if rows else "none"
        return
    row = rows[0]
    for key, wanted in declared.items():
        if key in row and not matches(wanted, row[key]):
            yield f"handoff {key}", shown(wanted), shown(row[key])


def matches(wanted: Any, got: Any) -> bool:
    """Whether a value is the one wanted: maps in part, lists in full, a number for a list's length, "/…/" as a pattern, instants as instants."""
    if wanted == got and isinstance(wanted, bool) == isinstance(got, bool):
        return True
    match wanted, got:
        case Mapping(), Mapping():
            return all(matches(value, got.get(key)) for key, value in wanted.items())
        case list(), list() | tuple():
            return len(wanted) == len(got) and all(matches(a, b) for a, b in zip(_sorted(wanted), _sorted(got), strict=True))
        case int(), list() | tuple() if not isinstance(wanted, bool):
            return len(got) == wanted
        case str(), str() | list() | Mapping() if len(wanted) > 2 and wanted[0] == wanted[-1] == "/":
            return re.search(wanted[1:-1], shown(got)) is not None
        case str(), str():
            return _same_instant(wanted, got)
        case str(), int() | float() if not isinstance(got, bool):
            return wanted == str(got)
    return False


def _sorted(values: Sequence[Any]) -> list[Any]:
    return (
        sorted(values, key=lambda value: json.dumps(value, sort_keys=True, ensure_ascii=False, default=str))
        if all(isinstance(v, str | int) for v in values)
        else list(values)
    )


def _same_instant(wanted: str, got: str) -> bool:
    if len(wanted) < 16 or len(got) < 16:
        return False
    try:
        a, b = datetime.fromisoformat(wanted), datetime.fromisoformat(got)
    except ValueError:
        return False
    return bool(a.tzinfo) == bool(b.tzinfo) and a == b


def shown(value: Any) -> str:
    """A value in a report."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
