"""What can be wrong with rules, functions and procedure expressions, found before a customer does; the engine itself is handed in by `rules.py`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from assistant.errors import InvalidInput
from assistant.text.template import paths_read
from assistant.tools.expression import Part, is_macro, parse, path_of, reads, walk
from assistant.tools.facts import Facts, expression_values
from assistant.tools.functions import ENGINE, SIGNATURES, Signature
from assistant.tools.infer import Scope, infer
from assistant.types import Attachment, Json, Line, Order, Principal, Ticket
from assistant.workspace.model import POLICIES, PROCEDURES, Problem, ProcedureSpec, RuleSpec, SlotSpec, Workspace, nearest
from assistant.workspace.vocabulary import ANY, INSTANT, Type, base_types, maybe, new_type, parameter_type, users

Names = Mapping[str, Type]
_PARAMETER = re.compile(r"\bp\.([A-Za-z_]\w*)")


@dataclass(frozen=True, slots=True)
class Place:
    """An expression of the workspace: where it stands, whose parameters it reads, the procedures whose slots are `new`, what it must give ("" = anything)."""

    file: str
    key: str
    text: str
    rule: str
    names: Names
    procedures: tuple[ProcedureSpec, ...]
    result: str = ""


def places(workspace: Workspace) -> Iterator[Place]:
    """Every expression of policies.yaml and procedures.yaml, functions aside."""
    for rule in workspace.rules.values():
        using = users(workspace, rule.id)
        known = {**base_types(workspace), "new": new_type(workspace, using) if using else ANY, "p": parameter_type(rule)}
        for number, clause in enumerate(rule.clauses):
            key = f"rules.{rule.id}.clauses.{number}"
            yield Place(POLICIES, f"{key}.when", clause.when, rule.id, known, using, "bool")
            for name, text in clause.values.items():
                yield Place(POLICIES, f"{key}.values.{name}", text, rule.id, known, using)
    for procedure in workspace.procedures.values():
        names = procedure_names(workspace, procedure)
        key = f"procedures.{procedure.name}"
        for slot in procedure.slots.values():
            for part, result in (("among", "bool"), ("base", ""), ("when", "bool")):
                if text := getattr(slot, part):
                    yield Place(PROCEDURES, f"{key}.slots.{slot.name}.{part}", text, procedure.rule, names, (procedure,), result)
        for name, text in procedure.arguments.items():
            yield Place(PROCEDURES, f"{key}.arguments.{name}", text, procedure.rule, names, (procedure,))


def names_read(spec: ProcedureSpec) -> frozenset[str]:
    """The names that a procedure's own expressions and texts read: order, stock, result …"""
    texts = (spec.preview, spec.receipt, spec.answer, *(slot.ask for slot in spec.slots.values()))
    said = {path[0] for template in texts for source in template.values() for _, path in paths_read(source)}
    expressions = (*spec.arguments.values(), *(text for slot in spec.slots.values() for text in (slot.among, slot.base, slot.when) if text))
    return frozenset(said | {path[0] for text in expressions for path in reads(parse(text))})


def procedure_names(workspace: Workspace, procedure: ProcedureSpec) -> dict[str, Type]:
    """What the expressions of a procedure may name: the vocabulary, its slots, its rule's parameters and the values of the rule's allowing clauses."""
    rule = workspace.rules.get(procedure.rule)
    values = {name: ANY for clause in rule.clauses if clause.outcome == "allow" for name in clause.values} if rule else {}
    return {
        **base_types(workspace), "new": new_type(workspace, [procedure]), "p": parameter_type(rule), "values": Type("map", values),
        "opening": maybe(INSTANT),
    }  # fmt: skip


def problems(workspace: Workspace, *, syntax: Callable[[str], str]) -> Iterator[Problem]:
    """Mistakes that can be seen without evaluating: syntax, names, functions, kinds of values, parameters, clauses. `syntax` is the engine's opinion."""
    signatures = {**ENGINE, **SIGNATURES}
    yield from _functions(workspace, signatures, syntax)
    for place in places(workspace):
        scope = Scope(place.names, signatures)
        for message, hint in _complaints(place, scope, syntax):
            yield workspace.problem(place.file, place.key, message, hint=hint)
    yield from _clauses(workspace)
    yield from _parameters(workspace)
    yield from _slots(workspace, syntax=syntax)


def _complaints(place: Place, scope: Scope, syntax: Callable[[str], str]) -> list[tuple[str, str]]:
    part = _parsed(place.text, syntax)
    if isinstance(part, str):
        return [(part, "")]
    kind = infer(part, scope).kind
    if place.result == "bool" and kind not in ("bool", "any"):
        scope.complain(f"a condition must be true or false, this is {kind}")
    return scope.complaints


def _parsed(text: str, syntax: Callable[[str], str]) -> Part | str:
    """The tree of an expression, or what is wrong with its syntax."""
    reason = syntax(text)
    if reason:
        return f"not a valid expression: {reason}"
    try:
        return parse(text)
    except InvalidInput as error:
        return f"not a valid expression: {error}"


def _functions(workspace: Workspace, signatures: dict[str, Signature], syntax: Callable[[str], str]) -> Iterator[Problem]:
    """Checks the workspace's functions and adds them to `signatures`; what they read are their parameters and `p` alone."""
    calls: dict[str, set[str]] = {}
    for spec in workspace.functions.values():
        if spec.name in signatures:
            yield workspace.problem(POLICIES, f"functions.{spec.name}", f"{spec.name!r} is already a function of the vocabulary")
    signatures.update({spec.name: Signature(spec.parameters, ANY) for spec in workspace.functions.values()})
    for spec in workspace.functions.values():
        key = f"functions.{spec.name}.expression"
        part = _parsed(spec.expression, syntax)
        if isinstance(part, str):
            yield workspace.problem(POLICIES, key, part)
            continue
        scope = Scope({**dict.fromkeys(spec.parameters, ANY), "p": parameter_type(workspace.rules.get(spec.rule))}, signatures)
        infer(part, scope)
        for message, hint in scope.complaints:
            yield workspace.problem(POLICIES, key, message, hint=hint)
        calls[spec.name] = {inner.name for inner in walk(part) if inner.form == "call" and inner.name in workspace.functions}
    for name in calls:
        if name in _reached(name, calls):
            yield workspace.problem(POLICIES, f"functions.{name}", f"{name} calls itself")


def _reached(name: str, calls: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    front = set(calls[name])
    while front:
        found |= front
        front = {inner for each in front for inner in calls.get(each, set())} - found
    return found


def _clauses(workspace: Workspace) -> Iterator[Problem]:
    """Clause ids are unique, every clause can be reached, and whoever is refused is told why."""
    seen: dict[str, str] = {}
    for rule in workspace.rules.values():
        last = False
        for number, clause in enumerate(rule.clauses):
            key = f"rules.{rule.id}.clauses.{number}"
            if clause.id in seen:
                yield workspace.problem(POLICIES, f"{key}.id", f"the clause id {clause.id!r} is given twice, first in rule {seen[clause.id]}")
            seen[clause.id] = rule.id
            if last:
                yield workspace.problem(POLICIES, key, f"clause {clause.id!r} is never reached: the one before it is always true")
            last = last or clause.when.strip() == "true"
            if clause.outcome in ("refuse", "ask") and not clause.message:
                yield workspace.problem(POLICIES, key, f"clause {clause.id!r} needs a message for the customer")
            if clause.queue and clause.outcome != "human":
                yield workspace.problem(POLICIES, f"{key}.queue", "only a clause with outcome human has a queue")
            if clause.offer and clause.outcome != "refuse":
                yield workspace.problem(POLICIES, f"{key}.offer", "only a clause with outcome refuse has an offer")
        if not rule.clauses:
            yield workspace.problem(POLICIES, f"rules.{rule.id}", "a rule needs at least one clause")


def _parameters(workspace: Workspace) -> Iterator[Problem]:
    """A parameter that nothing reads states nothing."""
    for rule in workspace.rules.values():
        used = set(_PARAMETER.findall(" ".join(_texts(workspace, rule))))
        for name in rule.parameters:
            if name not in used:
                yield workspace.problem(POLICIES, f"rules.{rule.id}.parameters.{name}", f"the parameter {name!r} is never used")


def _texts(workspace: Workspace, rule: RuleSpec) -> Iterator[str]:
    """Every expression and text that may read a rule's parameters."""
    for clause in rule.clauses:
        yield from (clause.when, *clause.values.values(), *clause.message.values())
    yield from (spec.expression for spec in workspace.functions.values() if spec.rule == rule.id)
    for procedure in users(workspace, rule.id):
        yield from procedure.arguments.values()
        for template in (procedure.preview, procedure.receipt, procedure.answer, *(slot.ask for slot in procedure.slots.values())):
            yield from template.values()
        yield from (text for slot in procedure.slots.values() for text in (slot.among, slot.base, slot.when))


def _slots(workspace: Workspace, *, syntax: Callable[[str], str]) -> Iterator[Problem]:
    """A rule can only ask for slots that each of its procedures has."""
    for place in places(workspace):
        if place.file != POLICIES or len(place.procedures) < 2 or isinstance(_parsed(place.text, syntax), str):
            continue
        for path in reads(parse(place.text)):
            for procedure in place.procedures:
                if path[0] == "new" and len(path) > 1 and path[1] not in procedure.slots:
                    message = f"procedure {procedure.name!r} uses this rule and has no slot {path[1]!r}"
                    yield workspace.problem(place.file, place.key, message, hint=nearest(path[1], procedure.slots))


def trials(workspace: Workspace, *, evaluate: Callable[..., Any], but: Collection[tuple[str, str]] = ()) -> Iterator[Problem]:
    """Evaluates every sub-expression on a case in which everything is known; the smallest one that fails is reported. `but` are known to be wrong."""
    for place in places(workspace):
        if (place.file, place.key) in but:
            continue
        types = {slot.name: slot.type for procedure in place.procedures for slot in procedure.slots.values()}
        values = expression_values(workspace, sample(workspace, place.procedures, place.names), types)
        values["values"] = _sample_values(place.names.get("values"))
        failed = _trial(place, parse(place.text), values, evaluate=evaluate)
        if failed:
            yield workspace.problem(place.file, place.key, failed)


def _trial(place: Place, part: Part, values: Mapping[str, Any], *, evaluate: Callable[..., Any]) -> str:
    """What is wrong with the smallest failing piece of `part`; "" when all of it works. Pieces inside a macro depend on its variable and are left out."""
    inner = part.parts[:1] if is_macro(part) else () if path_of(part) or part.name == "has" else part.parts
    for piece in inner:
        failed = _trial(place, piece, values, evaluate=evaluate)
        if failed:
            return failed
    shown = place.text[part.start : part.end]
    if any(path[0] == "values" for path in reads(part)) or part.form in ("literal", "name") or (path_of(part) and path_of(part)[0] == "p"):
        return ""
    try:
        found = evaluate(place.text, part, rule=place.rule, values=values)
    except (TypeError, OverflowError, ValueError, RuntimeError) as error:
        return f"{shown!r} does not work: {str(error).partition(': the operation')[0].partition('. CEL does')[0]}{_advice(part)}"
    except (KeyError, IndexError, ArithmeticError):
        return ""
    if found is None and part.form == "call":
        return f"{shown!r} cannot be computed from these values"
    return ""


def _advice(part: Part) -> str:
    return "; mix no whole numbers with fractions: write double(x) or use percent(amount, percent)" if part.name in ("*", "/", "+", "-") else ""


def _sample_values(found: Type | None) -> dict[str, Any]:
    return dict.fromkeys(found.fields, 0) if found else {}


def sample(workspace: Workspace, procedures: tuple[ProcedureSpec, ...], names: Names) -> Facts:
    """A case in which everything is known: a delivered and invoiced order of the first product, every slot given."""
    now = datetime(2026, 6, 1, 2, tzinfo=UTC)
    sku, product = next(iter(workspace.products.items()), ("X", None))
    line = Line(sku, 60, product.price if product else 100)
    order = Order(
        number="1", company="C", status=workspace.statuses[0] if workspace.statuses else "", lines=(line,), due=date(2026, 6, 10), placed=date(2026, 5, 1),
        ship_to="somewhere", amount=6000, currency=workspace.currency, version=1, delivered=now - timedelta(days=3), tracking="T", carrier="C",
        invoiced=date(2026, 5, 28),
    )  # fmt: skip
    slots = {name: slot for procedure in procedures for name, slot in procedure.slots.items()}
    customer = Principal("C/A", "customer", workspace.settings.workspace.id, "C", "A", next(iter(workspace.routing.tiers), "A"), "en")
    return Facts(
        now=now, order=order, line=line, product=product, customer=customer, stock=10, attachments=(Attachment("h", "a.jpg", "image/jpeg", 1),),
        history=(Ticket("T1", next(iter(workspace.tickets), "x"), "C", "A", "1", "", {}),), new={name: _value(slot, sku) for name, slot in slots.items()},
        types={name: slot.type for name, slot in slots.items()}, opening=now + timedelta(days=1),
    )  # fmt: skip


def _value(slot: SlotSpec, sku: str) -> Json:
    match slot.type:
        case "date":
            return "2026-06-17"
        case "quantity":
            return 55
        case "bool":
            return True
        case "product":
            return sku
        case "items":
            return [{"sku": sku, "quantity": 2}]
        case "attachments":
            return ["hash"]
        case "choice":
            return next(iter(slot.options), "")
        case _:
            return "something"
