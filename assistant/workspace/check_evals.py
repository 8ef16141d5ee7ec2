"""Mistakes in suites and scenarios: what is no suite or scenario, and names in them that this company does not have; nothing is played."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.workspace.bind import Binder
from assistant.workspace.model import CALIBRATION, Problem, Workspace, line_of, nearest
from assistant.workspace.scenario import Contact, Expect, Scenario, SuiteFile, scan_scenario
from assistant.workspace.source import Report, read_text, read_yaml

# what `must_call` and `must_not_call` may name beside tools
CALLS = ("handoff", "check_permission")
_OWN_PAGES = ("catalog", "reviews")
# kinds of names as the files declare them, and as they are called here
_DECLARED = {
    "procedure": "procedure",
    "sku": "product",
    "ticket": "ticket kind",
    "queue": "queue",
    "reason": "reason",
    "order": "order",
    "document": "document",
}
Fault = tuple[str, str, str]


@dataclass(slots=True)
class Evaluations:
    """The scenarios of a workspace by the file they stand in, and what was found wrong with their shape; its suites have been read."""

    scenarios: dict[str, Scenario] = field(default_factory=dict)
    report: Report = field(default_factory=Report)


def read_evaluations(root: Path) -> Evaluations:
    """Every scenario and suite below `root`. Scenarios stand in `evals/scenarios/`, suites in `evals/suites/`."""
    found = Evaluations()
    for path in sorted((root / "evals" / "scenarios").glob("**/*.yaml")):
        file = path.relative_to(root).as_posix()
        scenario = scan_scenario(path, file, found.report)
        if scenario is not None:
            found.scenarios[file] = scenario
    for path in sorted((root / "evals" / "suites").glob("*.yaml")):
        _suite(root, path, found)
    return found


def _suite(root: Path, path: Path, found: Evaluations) -> None:
    """A suite finds its scenarios, and each of them has a name of its own in it."""
    file, report = path.relative_to(root).as_posix(), found.report
    text = read_text(path, file, report)
    node = read_yaml(text, file, report) if text is not None else None
    suite = Binder(file, report).read(SuiteFile, node) if node is not None else None
    seen: dict[str, str] = {}
    members: list[str] = []
    for position, pattern in enumerate(suite.scenarios if suite else ()):
        key = f"scenarios.{position}"
        files = _fitting(root, path.parent, pattern)
        if not files:
            report.problem(file, line_of(report.positions, file, key), key, message=f"no file fits {pattern!r}")
        members += files
    for member in dict.fromkeys(members):
        scenario = found.scenarios.get(member)
        if scenario is None:
            continue
        other = seen.setdefault(scenario.id, member)
        if other != member:
            place = line_of(report.positions, member, "id")
            report.problem(member, place, "id", message=f"the id {scenario.id!r} is given twice in the suite {file}, also in {other}")
    for member in dict.fromkeys(members):
        scenario = found.scenarios.get(member)
        if scenario is not None and scenario.mirrors and scenario.mirrors not in seen:
            place = line_of(report.positions, member, "mirrors")
            report.problem(member, place, "mirrors", message=f"the suite {file} has no scenario {scenario.mirrors!r}", hint=nearest(scenario.mirrors, seen))


def _fitting(root: Path, folder: Path, pattern: str) -> list[str]:
    try:
        found = sorted(Path(os.path.normpath(path)) for path in folder.glob(pattern))
    except (ValueError, NotImplementedError):
        return []
    return [path.relative_to(root).as_posix() for path in found if path.is_relative_to(root)]


def tools_named(found: Evaluations) -> Iterator[tuple[str, Problem]]:
    """(tool, where) of every tool that a scenario names, each tool of a file once; which there are is the tool room's business."""
    for file, scenario in found.scenarios.items():
        for key in ("must_call", "must_not_call"):
            for name in getattr(scenario, key):
                if name not in CALLS:
                    yield name, Problem(file, line_of(found.report.positions, file, key), key, "")


def problems(
    workspace: Workspace, found: Evaluations, *, documents: Iterable[str], reasons: Iterable[str], declared: Mapping[str, Iterable[str]]
) -> Iterator[Problem]:
    """Names that lead nowhere. `documents` are the ids of all documents there are (none: they are not known), `reasons` those of hand-offs.

    `declared` are the names by kind that the files give, of entries with a mistake too: these are known, and what such entries hold is not looked for.
    """
    known = _known(workspace, documents, reasons)
    for kind, called in _DECLARED.items():
        known[called] = tuple(dict.fromkeys((*known[called], *declared.get(kind, ())))) if known[called] else ()
    if set(declared.get("rule", ())) - set(workspace.rules):
        known["clause"] = ()
    if set(declared.get("procedure", ())) - set(workspace.procedures):
        known["slot"] = ()
    for file, scenario in found.scenarios.items():
        for key, message, hint in _faults(scenario, workspace, known):
            yield Problem(file, line_of(found.report.positions, file, key), key, message, hint)
    yield from _calibration(workspace)


def _known(workspace: Workspace, documents: Iterable[str], reasons: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """{kind: the names there are}; a kind without any is not checked."""
    procedures = workspace.procedures.values()
    contacts = (Contact(company.id, contact.name).label for company in workspace.fixture.companies.values() for contact in company.contacts)
    return {
        "contact": tuple(contacts) if workspace.settings.orders.system == "builtin" else (),
        "order": tuple(workspace.fixture.orders) if workspace.settings.orders.system == "builtin" else (),
        "intent": tuple(workspace.intents),
        "procedure": tuple(workspace.procedures),
        "slot": tuple(dict.fromkeys(name for procedure in procedures for name in procedure.slots)),
        "clause": tuple(clause.id for rule in workspace.rules.values() for clause in rule.clauses),
        "document": (*pages, *_OWN_PAGES) if (pages := tuple(documents)) else (),
        "status": workspace.statuses,
        "product": tuple(workspace.products),
        "ticket kind": tuple(workspace.tickets),
        "queue": tuple(workspace.routing.queues),
        "priority": workspace.routing.priorities,
        "reason": tuple(reasons),
    }


def _faults(scenario: Scenario, workspace: Workspace, known: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    yield from _contact("as", scenario.as_, known)
    for number, turn in enumerate(scenario.turns):
        where = f"turns.{number}"
        if turn.as_ is not None:
            yield from _contact(f"{where}.as", turn.as_, known)
        yield from _expected(f"{where}.expect", turn.expect, workspace, known)
    end = scenario.end
    for order, fields in (end.orders or {}).items() if isinstance(end.orders, Mapping) else ():
        where = f"end.orders.{order}"
        yield from _name(where, "order", order, known)
        if isinstance(fields, Mapping):
            yield from _name(f"{where}.status", "status", fields.get("status"), known)
            yield from _items(f"{where}.items", fields.get("items"), known)
    for number, ticket in enumerate(end.tickets or ()) if isinstance(end.tickets, list) else ():
        if isinstance(ticket, Mapping):
            yield from _ticket(f"end.tickets.{number}", ticket, workspace, known)
    yield from _handed("end.handoff", end.handoff, known)


def _contact(where: str, who: Contact, known: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    yield from _name(where, "contact", who.label, known)


def _expected(where: str, expect: Expect, workspace: Workspace, known: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    yield from _name(f"{where}.intent", "intent", expect.intent, known)
    yield from _name(f"{where}.procedure", "procedure", expect.procedure, known)
    yield from _name(f"{where}.rule", "clause", expect.rule, known)
    for name in expect.requests:
        yield from _name(f"{where}.requests", "intent", name, known)
    own = workspace.procedures.get(expect.procedure)
    slots = {**known, "slot": tuple(own.slots)} if own is not None else known
    for name, value in expect.slot.items() if isinstance(expect.slot, Mapping) else ():
        yield from _name(f"{where}.slot.{name}", "slot", name, slots)
        yield from _items(f"{where}.slot.{name}", value, known)
    for cited in expect.citations:
        for document in cited.partition("#")[0].split("|"):
            yield from _name(f"{where}.citations", "document", document, known)
    yield from _handed(f"{where}.handoff", expect.handoff, known)


def _ticket(where: str, ticket: Mapping[str, Any], workspace: Workspace, known: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    yield from _name(f"{where}.kind", "ticket kind", ticket.get("kind"), known)
    yield from _name(f"{where}.queue", "queue", ticket.get("queue"), known)
    yield from _name(f"{where}.order", "order", ticket.get("order"), known)
    kind = workspace.tickets.get(str(ticket.get("kind")))
    fields = ticket.get("fields")
    for name, value in fields.items() if kind and isinstance(fields, Mapping) else ():
        if kind and name not in kind.fields:
            yield f"{where}.fields.{name}", f"the ticket kind {kind.id!r} has no field {name!r}", nearest(name, kind.fields)
        yield from _items(f"{where}.fields.{name}", value, known)


def _handed(where: str, handoff: Any, known: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    for key in ("reason", "queue", "priority") if isinstance(handoff, Mapping) else ():
        yield from _name(f"{where}.{key}", key, handoff.get(key), known)


def _items(where: str, items: Any, known: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    for item in items if isinstance(items, list) else ():
        if isinstance(item, Mapping):
            yield from _name(where, "product", item.get("sku"), known)


def _name(where: str, kind: str, name: Any, known: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    """A name that is not known; none, and a pattern between slashes, is no name."""
    names = known[kind]
    if not names or not isinstance(name, str) or not name or name in names or (name.startswith("/") and name.endswith("/")):
        return
    yield where, f"unknown {kind} {name!r}", nearest(name, names)


def _calibration(workspace: Workspace) -> Iterator[Problem]:
    """Thresholds are numbers from 0 to 1."""
    fitted = workspace.calibration.get("confidence", {})
    if not isinstance(fitted, Mapping):
        yield workspace.problem(CALIBRATION, "confidence", "expected names with numbers from 0 to 1")
        return
    for name, value in fitted.items():
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
            yield workspace.problem(CALIBRATION, "confidence", f"{name}: expected a number from 0 to 1, found {value!r}")
