"""What a customer may do: compiles a workspace's rules once and evaluates them on the facts of a case; it fetches nothing and writes nothing.

Clauses are tried in order and the first true one decides. A clause that cannot be decided because something is not known yet stops the evaluation with
outcome `ask` and says what is missing; `false && missing` is false and `true || missing` is true, so nothing is asked that does not matter. When no clause
is true, or one fails on the facts, the outcome is `human`: what the rules do not foresee is not the assistant's to allow.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from assistant.errors import ConfigError, InvalidInput
from assistant.text.regions import Regions
from assistant.tools import rulecheck
from assistant.tools.expression import Part, parse, reads, rewritten
from assistant.tools.facts import Facts, expression_values
from assistant.tools.functions import ENGINE, SIGNATURES, Function, Signature, functions
from assistant.tools.infer import Scope, infer
from assistant.tools.rules_engine import cel
from assistant.types import Json, RuleVerdict
from assistant.workspace.calendar import company_calendar
from assistant.workspace.model import Clause, FunctionSpec, Problem, RuleSpec, Workspace
from assistant.workspace.places import regions_of
from assistant.workspace.vocabulary import ANY, Type, base_types, new_type, parameter_type, users

__all__ = ["Facts", "Rules", "check", "compile_rules"]
_log = logging.getLogger("assistant.rules")
_OWN_NAMES = {"size": "length"}  # the engine counts the bytes of a text
_NEEDED = ("order", "line", "product", "invoice")


@dataclass(frozen=True, slots=True)
class _Missing:
    name: str


_BROKEN = object()


@dataclass(frozen=True, slots=True)
class _Expression:
    """A compiled expression; `reads` are its outside paths in source order, `type` what it gives, `parts` the operands of a condition made of conditions."""

    program: cel.Program
    reads: tuple[tuple[str, ...], ...]
    type: Type
    form: str = "leaf"
    parts: tuple[_Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class _Clause:
    spec: Clause
    when: _Expression
    values: Mapping[str, _Expression]
    reads_new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    spec: RuleSpec
    clauses: tuple[_Clause, ...]
    types: Mapping[str, str]
    reads: frozenset[str]


@dataclass(slots=True)
class _Case:
    """The facts of one evaluation as the engine sees them."""

    context: cel.Context
    values: Mapping[str, Any]


@dataclass(slots=True)
class Rules:
    """The compiled rules of one workspace. Evaluation is pure; the last case is kept because a turn asks several things of the same facts."""

    workspace: Workspace
    rules: Mapping[str, _Rule]
    expressions: Mapping[tuple[str, str], _Expression]
    functions: Mapping[str, Function]
    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _last: tuple[Facts, str, _Case] | None = field(default=None)

    def evaluate(self, rule: str, facts: Facts) -> RuleVerdict:
        """The verdict of a rule. `clause` names the one that decided or could not be decided, "" when none was true. Raises KeyError for an unknown rule."""
        compiled = self.rules[rule]
        case = self._case(facts, rule, compiled.types)
        if case is None:
            return RuleVerdict(rule, "", "human", {}, compiled.spec.document)
        for clause in compiled.clauses:
            found = _decide(clause.when, case)
            if found is False:
                continue
            if found is True:
                return self._verdict(compiled.spec, clause, case)
            if isinstance(found, _Missing):
                return self._asks(compiled.spec, clause, found.name)
            _log.warning("clause %s of rule %s cannot be decided", clause.spec.id, rule)
            return RuleVerdict(rule, clause.spec.id, "human", {}, compiled.spec.document, queue=clause.spec.queue)
        return RuleVerdict(rule, "", "human", {}, compiled.spec.document)

    def expression(self, text: str, facts: Facts) -> Json:
        """The value of an expression of `procedures.yaml`; None when something it needs is not known yet, or it fails on the facts."""
        spec = self.workspace.procedures.get(facts.procedure)
        compiled = self.expressions.get((spec.rule if spec else "", text)) or self.expressions.get(("", text))
        if compiled is None:
            raise KeyError(text)
        case = self._case(facts, "", {})
        return _plain(_run(compiled, case), compiled.type, self.workspace.zone) if case else None

    def reads(self, rule: str) -> frozenset[str]:
        """The names a rule reads anywhere: order, stock, history, new … Empty for the rule ""."""
        return self.rules[rule].reads if rule in self.rules else frozenset()

    def needs(self, procedure: str) -> frozenset[str]:
        """The names that a procedure reads: in its rule, its own expressions and its texts. Empty for a name that no procedure has."""
        return self.named.get(procedure, frozenset())

    def _case(self, facts: Facts, rule: str, types: Mapping[str, str]) -> _Case | None:
        last = self._last  # read once: another thread may put its own case there
        if last is not None and last[0] is facts and (last[1] == rule or not rule):
            return last[2]
        try:
            values = expression_values(self.workspace, facts, types)
            case = _Case(cel.Context(values, dict(self.functions)), values)
        except (ValueError, OverflowError, UnicodeError):
            _log.exception("the facts of a case cannot be given to the rules")
            return None
        self._last = (facts, rule, case)
        return case

    def _asks(self, rule: RuleSpec, clause: _Clause, missing: str) -> RuleVerdict:
        return RuleVerdict(rule.id, clause.spec.id, "ask", {}, rule.document, missing=missing, reads_new=clause.reads_new)

    def _verdict(self, rule: RuleSpec, clause: _Clause, case: _Case) -> RuleVerdict:
        """The deciding clause's verdict; an `allow` whose values need something not known yet asks for it."""
        spec = clause.spec
        values: dict[str, Json] = {}
        for name, expression in clause.values.items():
            found = _run(expression, case)
            if isinstance(found, _Missing) and spec.outcome == "allow":
                return self._asks(rule, clause, found.name)
            if found is _BROKEN and spec.outcome == "allow":
                _log.warning("value %s of clause %s cannot be computed", name, spec.id)
                return RuleVerdict(rule.id, spec.id, "human", {}, rule.document, queue=spec.queue)
            values[name] = _plain(found, expression.type, self.workspace.zone)
        return RuleVerdict(
            rule.id, spec.id, spec.outcome, values, rule.document, dict(spec.message), spec.queue, reads_new=clause.reads_new
        )  # fmt: skip


def compile_rules(workspace: Workspace, *, regions: Regions | None = None) -> Rules:
    """Compiles every rule, function and procedure expression. Raises ConfigError for one that the engine does not take (`check` tells more)."""
    table = regions or Regions(regions_of(workspace))
    compiler = _Compiler(workspace, functions(company_calendar(workspace), workspace.zone, region=table.region))
    compiler.own_functions()
    rules = {rule.id: compiler.rule(rule) for rule in workspace.rules.values()}
    named = {spec.name: (rules[spec.rule].reads if spec.rule in rules else frozenset()) | rulecheck.names_read(spec) for spec in workspace.procedures.values()}
    return Rules(workspace, rules, compiler.procedures(), compiler.functions, named)


def check(workspace: Workspace) -> tuple[Problem, ...]:
    """Everything wrong with the rules, functions and procedure expressions of a workspace."""
    stub = functions(company_calendar(workspace), workspace.zone, region=lambda address: "somewhere" if address else "")
    compiler = _Compiler(workspace, stub)
    found = list(rulecheck.problems(workspace, syntax=_syntax))
    wrong = {(problem.file, problem.key) for problem in found}
    if any(key.startswith("functions.") for _, key in wrong):
        return tuple(found)
    compiler.own_functions()
    return (*found, *rulecheck.trials(workspace, evaluate=compiler.trial, but=wrong))


@dataclass(slots=True)
class _Compiler:
    workspace: Workspace
    functions: dict[str, Function]
    signatures: dict[str, Signature] = field(default_factory=lambda: {**ENGINE, **SIGNATURES})

    def program(self, source: str, part: Part, rule: str) -> cel.Program:
        """The engine's program of `part`, with the rule's parameters written into it."""
        parameters = self.workspace.rules[rule].parameters if rule in self.workspace.rules else {}
        constants: dict[tuple[str, ...], str] = {("p", name): _constant(value) for name, value in parameters.items()}
        text = rewritten(source, part, functions=_OWN_NAMES, constants=constants)
        try:
            return cel.compile(text)
        except ValueError as error:
            raise ConfigError(f"not a valid expression: {source!r}: {_reason(error)}") from error

    def expression(self, source: str, rule: str, names: Mapping[str, Type]) -> _Expression:
        try:
            part = parse(source)
        except InvalidInput as error:
            raise ConfigError(f"not a valid expression: {source!r}: {error}") from error
        return self._tree(source, part, rule, names=names)

    def _tree(self, source: str, part: Part, rule: str, *, names: Mapping[str, Type]) -> _Expression:
        text = source[part.start : part.end]
        whole = parse(text)
        parts: tuple[Part, ...] = ()
        form = "leaf"
        if whole.form == "binary" and whole.name in ("&&", "||"):
            form, parts = whole.name, whole.parts
        elif whole.form == "not":
            form, parts = "not", whole.parts
        inner = tuple(self._tree(text, item, rule, names=names) for item in parts)
        return _Expression(self.program(text, whole, rule), reads(whole), infer(whole, Scope(names, self.signatures)), form, inner)

    def own_functions(self) -> None:
        """Compiles the workspace's functions; one may call another."""
        for spec in self.workspace.functions.values():
            self.signatures[spec.name] = Signature(spec.parameters, ANY)
            self.functions[spec.name] = self._function(spec)

    def _function(self, spec: FunctionSpec) -> Function:
        program = self.program(spec.expression, parse(spec.expression), spec.rule)

        def call(*arguments: Any) -> Any:
            if len(arguments) != len(spec.parameters) or any(argument is None for argument in arguments):
                return None
            try:
                return program.execute(cel.Context(dict(zip(spec.parameters, arguments, strict=True)), self.functions))
            except (KeyError, TypeError, ValueError, RuntimeError, ArithmeticError, IndexError):
                return None

        return call

    def rule(self, spec: RuleSpec) -> _Rule:
        using = users(self.workspace, spec.id)
        names = {**base_types(self.workspace), "new": new_type(self.workspace, using), "p": parameter_type(spec)}
        clauses: list[_Clause] = []
        roots: set[str] = set()
        for clause in spec.clauses:
            when = self.expression(clause.when, spec.id, names)
            values = {name: self.expression(text, spec.id, names) for name, text in clause.values.items()}
            read = dict.fromkeys(path[1] for path in when.reads if path[0] == "new" and len(path) > 1)
            clauses.append(_Clause(clause, when, values, tuple(read)))
            roots |= {path[0] for expression in (when, *values.values()) for path in expression.reads}
        types = {name: slot.type for procedure in using for name, slot in procedure.slots.items()}
        return _Rule(spec, tuple(clauses), types, frozenset(roots))

    def procedures(self) -> dict[tuple[str, str], _Expression]:
        """The expressions of all procedures by (rule whose parameters they read, text)."""
        found: dict[tuple[str, str], _Expression] = {}
        for procedure in self.workspace.procedures.values():
            names = rulecheck.procedure_names(self.workspace, procedure)
            texts = [text for slot in procedure.slots.values() for text in (slot.among, slot.base, slot.when) if text]
            for text in (*texts, *procedure.arguments.values()):
                compiled = self.expression(text, procedure.rule, names)
                found[procedure.rule, text] = compiled
                found.setdefault(("", text), compiled)
        return found

    def trial(self, source: str, part: Part, *, rule: str, values: Mapping[str, Any]) -> Any:
        """The value of one sub-expression on sample values. Raises what the engine raises."""
        return self.program(source[part.start : part.end], parse(source[part.start : part.end]), rule).execute(cel.Context(dict(values), self.functions))


def _decide(expression: _Expression, case: _Case) -> bool | _Missing | object:
    """True, False, _Missing or _BROKEN; the parts are looked at one by one only when the whole cannot be decided."""
    found = _run(expression, case)
    if isinstance(found, bool):
        return found
    if expression.form == "leaf":
        return found if isinstance(found, _Missing) else _BROKEN
    inner = [_decide(part, case) for part in expression.parts]
    if expression.form == "not":
        return inner[0]
    settles = expression.form == "||"
    if any(value is settles for value in inner):
        return settles
    return next((value for value in inner if isinstance(value, _Missing)), _BROKEN)


def _run(expression: _Expression, case: _Case) -> Any:
    """The value; _Missing with the first path that is not known yet, _BROKEN when it fails on known facts."""
    try:
        return expression.program.execute(case.context)
    except (KeyError, TypeError, ValueError, RuntimeError, ArithmeticError, IndexError):
        for path in expression.reads:
            if path[0] in _NEEDED and path[0] not in case.values:
                return _Missing("order" if path[0] == "invoice" else path[0])
            if path[0] == "new" and len(path) > 1 and path[1] not in case.values["new"]:
                return _Missing(path[1])
        return _BROKEN


def _plain(value: Any, found: Type, zone: ZoneInfo) -> Json:
    """A result as JSON: a date (or an instant at local midnight) as an ISO date, other instants with their offset, whole numbers as integers."""
    match value:
        case datetime():
            local = value.astimezone(zone)
            is_day = found.kind == "date" or (found.kind != "instant" and local.timetz().replace(tzinfo=None) == time())
            return local.date().isoformat() if is_day else local.isoformat()
        case timedelta():
            return _plain(value.total_seconds(), found, zone)
        case bool() | int() | str() | None:
            return value
        case float():
            return int(value) if value.is_integer() else value
        case list():
            return [_plain(item, ANY, zone) for item in value]
        case dict():
            return {str(key): _plain(item, ANY, zone) for key, item in value.items()}
        case _:
            return None


def _constant(value: object) -> str:
    """A parameter as it stands in an expression."""
    return f"({value})" if isinstance(value, int | float) and not isinstance(value, bool) else json.dumps(value, ensure_ascii=False)


def _syntax(source: str) -> str:
    """What the engine says against an expression; "" when it takes it."""
    try:
        cel.compile(source)
    except ValueError as error:
        return _reason(error)
    return ""


def _reason(error: Exception) -> str:
    """The first line of the engine's message with line and column in words."""
    text = str(error).partition("<input>:")[2].splitlines()
    if not text:
        return str(error)
    line, column, message = text[0].split(":", 2)
    place = f"column {column}" if line == "1" else f"line {line}, column {column}"
    return f"{place}:{message.partition(' expecting ')[0].replace('Syntax error: ', '')}"
