"""One-place changes of a company's rules: every number one more and one less, every word another one, every comparison turned; it plays nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from assistant.tools.expression import Part, parse, walk
from assistant.workspace.model import Clause, RuleSpec, Workspace

_TURNED = {
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
    "==": ("!=",),
    "!=": ("==",),
    "&&": ("||",),
    "||": ("&&",),
    "+": ("-",),
    "-": ("+",),
}
_OUTCOMES = {"allow": ("refuse", "human"), "refuse": ("allow", "human"), "human": ("refuse", "allow"), "ask": ("refuse", "allow")}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change by its place ("DATE.notice.when", "RETURN.p.window_days", "discount()"), what it was and became; `rule` "" concerns a function of them all."""

    rule: str
    place: str
    change: str
    rules: Mapping[str, RuleSpec]
    functions: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.place}: {self.change}"

    @property
    def beyond_verdicts(self) -> bool:
        """Whether the change shows elsewhere than in verdicts: parameters and functions stand in texts and arguments too, offers are made after a verdict."""
        return not self.rule or ".p." in self.place or self.place.rpartition(".")[2] in ("offer", "reason", "earlier_receipt")


def mutants(workspace: Workspace) -> Iterator[Mutant]:
    """Every one-place change of a workspace's policies; texts for customers, titles and names of documents are no literals of a rule."""
    groups = word_groups(workspace)
    for rule in workspace.rules.values():
        for place, change, changed in _of_rule(rule, workspace, groups):
            yield Mutant(rule.id, place, change, {**workspace.rules, rule.id: changed}, workspace.functions)
    for function in workspace.functions.values():
        for change, text in of_expression(function.expression, groups):
            yield Mutant("", f"{function.name}()", change, workspace.rules, {**workspace.functions, function.name: replace(function, expression=text)})


def word_groups(workspace: Workspace) -> tuple[tuple[str, ...], ...]:
    """Words that may stand for each other: statuses, families, tiers, kinds of tickets, regions, the options of each slot."""
    options = {tuple(slot.options) for procedure in workspace.procedures.values() for slot in procedure.slots.values() if slot.options}
    groups = [workspace.statuses, tuple(workspace.catalog.families), tuple(workspace.routing.tiers), tuple(workspace.tickets), tuple(workspace.regions)]
    return tuple(group for group in (*groups, *sorted(options)) if len(group) > 1)


def _of_rule(rule: RuleSpec, workspace: Workspace, groups: Sequence[Sequence[str]]) -> Iterator[tuple[str, str, RuleSpec]]:
    for name, value in rule.parameters.items():
        for other in _others(value, groups):
            yield f"{rule.id}.p.{name}", f"{value!r} -> {other!r}", replace(rule, parameters={**rule.parameters, name: other})
    for position, clause in enumerate(rule.clauses):
        for place, change, changed in _of_clause(clause, workspace, groups):
            yield f"{clause.id}.{place}", change, replace(rule, clauses=(*rule.clauses[:position], changed, *rule.clauses[position + 1 :]))


def _of_clause(clause: Clause, workspace: Workspace, groups: Sequence[Sequence[str]]) -> Iterator[tuple[str, str, Clause]]:
    for change, text in of_expression(clause.when, groups):
        yield "when", change, replace(clause, when=text)
    for name, expression in clause.values.items():
        for change, text in of_expression(expression, groups):
            yield f"values.{name}", change, replace(clause, values={**clause.values, name: text})
    for outcome in _OUTCOMES[clause.outcome]:
        yield "outcome", f"{clause.outcome} -> {outcome}", replace(clause, outcome=outcome)  # type: ignore[arg-type]
    if clause.queue:
        other = next(queue for queue in workspace.routing.queues if queue != clause.queue)
        yield "queue", f"{clause.queue} -> {other}", replace(clause, queue=other)
    if clause.reason:
        other = next(reason for reason in workspace.routing.reasons if reason != clause.reason)
        yield "reason", f"{clause.reason} -> {other}", replace(clause, reason=other)
    if clause.offer:
        yield "offer", f"{clause.offer} -> none", replace(clause, offer="")
    if clause.earlier_receipt:
        yield "earlier_receipt", "true -> false", replace(clause, earlier_receipt=False)


def of_expression(source: str, groups: Sequence[Sequence[str]] = ()) -> Iterator[tuple[str, str]]:
    """(what changed, the changed source) for every literal and operator of an expression."""
    for part in walk(parse(source)):
        for start, end, text in _of_part(source, part, groups):
            yield f"{source[:start]}«{source[start:end]} -> {text}»{source[end:]}", source[:start] + text + source[end:]


def _of_part(source: str, part: Part, groups: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str]]:
    if part.form == "literal" and part.value is not None:
        start, end = part.start, part.end
        while source[start] == "(":
            start, end = start + 1, end - 1
        for other in _others(part.value, groups):
            text = f"'{other}'" if isinstance(other, str) else str(other).lower()
            # a negative number in the middle of an expression must not meet an operator
            yield start, end, f"({text})" if text.startswith("-") else text
    elif part.form == "not":
        at = source.index("!", part.start)
        yield at, at + 1, ""
    elif part.form == "binary" and part.name in _TURNED:
        at = source.index(part.name, part.parts[0].end)
        for other in _TURNED[part.name]:
            yield at, at + len(part.name), other


def _others(value: object, groups: Sequence[Sequence[str]]) -> tuple[Any, ...]:
    """What a literal may become: a day before and after, one more and one less, the next word of its kind and a word nobody has."""
    match value:
        case bool():
            return (not value,)
        case int() | float():
            return (value + 1, value - 1)
        case date():
            return (value + timedelta(1), value - timedelta(1))
        case str():
            if day := _day(value):
                return tuple((day + timedelta(step)).isoformat() for step in (1, -1))
            near = [group[(list(group).index(value) + 1) % len(group)] for group in groups if value in group]
            return tuple(dict.fromkeys([*near, f"{value}x"]))
        case _:
            return ()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
