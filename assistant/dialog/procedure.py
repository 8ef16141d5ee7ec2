"""How far a procedure gets with the values it holds: ask, refuse, hand over, preview or be ready; pure, and the only place that runs the stages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistant.dialog.moment import Moment, facts_of, line_of
from assistant.dialog.state import Procedure
from assistant.dialog.values.fill import order_of
from assistant.dialog.values.lines import PART, takes_line
from assistant.dialog.values.refer import newest, suits
from assistant.dialog.values.stands import stands_so, told_as
from assistant.dialog.values.trouble import Trouble
from assistant.tools.facts import text_variables
from assistant.types import Json, Order, RuleVerdict, Slot, ToolCall
from assistant.workspace.model import Clause, ProcedureSpec, SlotSpec

MOST_OPTIONS = 4


@dataclass(frozen=True, slots=True)
class Ask:
    """A value is missing: the question, what may be chosen, and what was wrong with the value just given (`before`)."""

    slot: str
    text: str
    options: tuple[str, ...] = ()
    before: str = ""
    rule: RuleVerdict | None = None
    told: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Refuse:
    """The rules do not allow it, and no other value would help."""

    text: str
    rule: RuleVerdict | None
    offer: str = ""
    told: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Human:
    """A person has to decide."""

    text: str
    reason: str
    rule: RuleVerdict | None = None
    queue: str = ""
    told: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """Every value is there and allowed. `variables` are what preview, receipt and answer texts are rendered from."""

    call: ToolCall
    rule: RuleVerdict | None
    variables: Mapping[str, object] = field(default_factory=dict)
    told: tuple[Json, ...] = ()


Progress = Ask | Refuse | Human | Ready


def advance(moment: Moment, procedure: Procedure, trouble: Mapping[str, Trouble]) -> tuple[Procedure, Progress]:
    """The procedure and what comes next. A value that the rules refuse is dropped from the procedure, so that it is asked again.

    What the progress `told` are the values its words may name: the rule's parameters and results, and the slots as they were.
    """
    moved, progress = _advance(moment, procedure, trouble)
    return moved, replace(progress, told=_told(moment, procedure, progress.rule, trouble))


def _told(moment: Moment, procedure: Procedure, verdict: RuleVerdict | None, trouble: Mapping[str, Trouble]) -> tuple[Json, ...]:
    rule = moment.world.workspace.rules.get(moment.spec(procedure.name).rule)
    options = [option for problem in trouble.values() for option in problem.options]
    slots: dict[str, Json] = {name: slot.value for name, slot in procedure.slots.items()}
    return (dict(rule.parameters) if rule else {}, dict(verdict.values) if verdict else {}, slots, list(options), procedure.rejected)


def _advance(moment: Moment, procedure: Procedure, trouble: Mapping[str, Trouble]) -> tuple[Procedure, Progress]:
    spec = moment.spec(procedure.name)
    order: Order | None = None
    if "order" in spec.slots:
        if "order" in trouble or "order" not in procedure.slots:
            return _ask(moment, procedure, "order", trouble, None)
        order = order_of(moment, procedure)
        if order is None:
            return _not_found(moment, procedure)
    procedure = _defaults(procedure, spec)
    verdict = moment.world.rules.evaluate(spec.rule, facts_of(moment, procedure, order)) if spec.rule else None
    if order is not None and verdict is not None and _needs_line(moment, spec, verdict) and line_of(procedure, order) is None:
        return _ask_line(moment, procedure, order)
    stop = _standing(moment, procedure, verdict, order) or _stopped(moment, procedure, verdict, trouble, order)
    if stop is not None:
        return stop
    for name, slot in spec.slots.items():
        if name in trouble or (name not in procedure.slots and _required(moment, procedure, slot, order)):
            return _ask(moment, procedure.without(name), name, trouble, order)
    if order is not None and line_of(procedure, order) is None and _mentions_line(spec):
        return _ask_line(moment, procedure, order)
    if order is not None and PART in procedure.slots:
        title, key = moment.world.wording.pick(spec.title, moment.language), "whole_line_only" if takes_line(spec) else "whole_only"
        return procedure, Ask(PART, moment.world.wording.say(key, moment.language, order=order, procedure=title))
    return procedure, _ready(moment, procedure, verdict, order)


def _standing(moment: Moment, procedure: Procedure, verdict: RuleVerdict | None, order: Order | None) -> tuple[Procedure, Progress] | None:
    """The order has what is asked for already: that is said, and nothing is left to do; a refusal is said in the rule's own words."""
    if order is None or (verdict is not None and verdict.outcome not in {"allow", "human"}):
        return None
    name, key = stands_so(moment.spec(procedure.name), procedure, order)
    if not name:
        return None
    return procedure.without(name), Refuse(moment.world.wording.say(key, moment.language, order=order, value=told_as(key, order, procedure)), None)


def _stopped(
    moment: Moment, procedure: Procedure, verdict: RuleVerdict | None, trouble: Mapping[str, Trouble], order: Order | None
) -> tuple[Procedure, Progress] | None:
    """What a verdict other than allow makes of the procedure."""
    if verdict is None or verdict.outcome == "allow":
        return None
    if verdict.missing:
        return _ask(moment, procedure, verdict.missing, trouble, order)
    text = rule_text(moment, procedure, verdict, order)
    if verdict.outcome == "human":
        return procedure, Human(text, clause_of(moment, verdict).reason or "policy_human_only", verdict, verdict.queue)
    if verdict.outcome == "ask":
        return procedure, Ask(verdict.reads_new[0] if verdict.reads_new else "", text, rule=verdict)
    retry = _retried(moment, procedure, verdict)
    if retry:
        day = moment.spec(procedure.name).slots[retry].type == "date"
        dropped = replace(procedure.without(retry), refused=procedure.slots[retry] if day else procedure.refused)
        question = ask_text(moment, dropped, retry, order)
        return dropped, Ask(retry, question, _suggested(moment.spec(procedure.name).slots[retry], verdict), text, verdict)
    return procedure, Refuse(text, verdict, clause_of(moment, verdict).offer)


def _suggested(slot: SlotSpec, verdict: RuleVerdict) -> tuple[str, ...]:
    """The dates that a refusal names as possible, so that they can be taken up ("then that one")."""
    if slot.type != "date":
        return ()
    return tuple(value for value in verdict.values.values() if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value))


def _retried(moment: Moment, procedure: Procedure, verdict: RuleVerdict) -> str:
    """The slot whose value a refusing clause read: it is asked again. A yes-or-no statement is no value to try again with."""
    spec = moment.spec(procedure.name)
    read = [name for name in verdict.reads_new if name in procedure.slots and spec.slots[name].type not in {"bool", "choice"}]
    return read[-1] if read else ""


NO_CLAUSE = Clause("", "", "human")


def clause_of(moment: Moment, verdict: RuleVerdict) -> Clause:
    """The clause that decided; an empty one when none did."""
    return next((clause for clause in moment.world.workspace.rules[verdict.rule].clauses if clause.id == verdict.clause), NO_CLAUSE)


def _defaults(procedure: Procedure, spec: ProcedureSpec) -> Procedure:
    for name, slot in spec.slots.items():
        if slot.default is not None and name not in procedure.slots:
            procedure = procedure.with_slot(Slot(name, slot.default, source="default"))
    return procedure


def _required(moment: Moment, procedure: Procedure, slot: SlotSpec, order: Order | None) -> bool:
    if not slot.when:
        return True
    return moment.world.rules.expression(slot.when, facts_of(moment, procedure, order)) is True


def _needs_line(moment: Moment, spec: ProcedureSpec, verdict: RuleVerdict) -> bool:
    return verdict.missing in {"line", "product"} or bool(verdict.clause == "" and {"line", "product"} & moment.world.rules.reads(spec.rule))


def _mentions_line(spec: ProcedureSpec) -> bool:
    """Whether the procedure's arguments or texts speak of one line of the order."""
    texts = [*spec.arguments.values(), *spec.preview.values(), *spec.receipt.values(), *spec.answer.values()]
    return any("line." in text or "product." in text.replace("new.product.", "") for text in texts)


def _ask(moment: Moment, procedure: Procedure, name: str, trouble: Mapping[str, Trouble], order: Order | None) -> tuple[Procedure, Progress]:
    slot = moment.spec(procedure.name).slots.get(name)
    problem = trouble.get(name)
    if slot is not None and slot.type == "order":
        return _ask_order(moment, procedure, name, problem)
    if name in {"line", "product"} and slot is None and order is not None:
        return _ask_line(moment, procedure, order)
    question = ask_text(moment, procedure, name, order)
    if problem is None:
        return procedure, Ask(name, question)
    before = moment.world.wording.say(problem.key, moment.language, order=order, **problem.variables)
    return procedure, Ask(name, "" if problem.options else question, problem.options, before)


def ask_text(moment: Moment, procedure: Procedure, name: str, order: Order | None) -> str:
    """The question for a slot, as the workspace words it."""
    slot = moment.spec(procedure.name).slots[name]
    return moment.world.wording.render(slot.ask, moment.language, variables_of(moment, procedure, None, order))


def _ask_order(moment: Moment, procedure: Procedure, name: str, problem: Trouble | None) -> tuple[Procedure, Progress]:
    """Asks for the order, offering at most four of the customer's own that suit."""
    slot = moment.spec(procedure.name).slots[name]
    question = moment.world.wording.render(slot.ask, moment.language, {})
    own = newest(moment.known.orders())
    if not own:
        return procedure, Refuse(moment.world.wording.say("no_orders", moment.language), None)
    chosen = list(problem.options) if problem else []
    offered = [order for order in own if order.number in chosen] if chosen else [order for order in own if suits(moment, procedure, slot, order)]
    if not offered:
        title = moment.world.wording.pick(moment.spec(procedure.name).title, moment.language)
        return procedure, Refuse(moment.world.wording.say("none_suitable", moment.language, procedure=title), None)
    offered = offered[:MOST_OPTIONS]
    text = moment.world.wording.say("choose_order", moment.language, question=question, orders=offered)
    return procedure, Ask(name, text, tuple(order.number for order in offered))


def _ask_line(moment: Moment, procedure: Procedure, order: Order) -> tuple[Procedure, Progress]:
    text = moment.world.wording.say("choose_line", moment.language, order=order)
    return procedure, Ask("line", text, tuple(line.sku for line in order.lines))


def _not_found(moment: Moment, procedure: Procedure) -> tuple[Procedure, Progress]:
    """The same words for a missing and for a foreign order."""
    number = str(procedure.slots["order"].value)
    own = [order.number for order in newest(moment.known.orders())]
    shown = tuple(own[:MOST_OPTIONS])
    text = moment.world.wording.say("not_found", moment.language, number=number, orders=shown)
    return replace(procedure.without("order"), rejected=number), Ask("order", "", shown, text)


def _ready(moment: Moment, procedure: Procedure, verdict: RuleVerdict | None, order: Order | None) -> Ready:
    spec = moment.spec(procedure.name)
    facts = facts_of(moment, procedure, order, values=verdict.values if verdict else {})
    arguments: dict[str, Json] = {}
    for name, expression in spec.arguments.items():
        value = moment.world.rules.expression(expression, facts)
        if value is not None:
            arguments[name] = value
    if not spec.arguments and order is not None:
        arguments["order"] = order.number
    if spec.ticket:
        arguments["kind"] = spec.ticket
    call = ToolCall("", spec.tool, arguments, tuple(procedure.slots.values()))
    return Ready(call, verdict, variables_of(moment, procedure, verdict, order))


def rule_text(moment: Moment, procedure: Procedure, verdict: RuleVerdict, order: Order | None) -> str:
    """The deciding clause's message, rendered."""
    return moment.world.wording.render(verdict.message, moment.language, variables_of(moment, procedure, verdict, order))


def variables_of(moment: Moment, procedure: Procedure, verdict: RuleVerdict | None, order: Order | None) -> dict[str, object]:
    """What a procedure's texts may name: the rule vocabulary in the customer's language, and the parameters of its rule."""
    facts = facts_of(moment, procedure, order, values=verdict.values if verdict else {})
    rule = moment.world.workspace.rules.get(moment.spec(procedure.name).rule)
    return {**text_variables(moment.world.workspace, facts, moment.language), "p": dict(rule.parameters) if rule else {}}


def preview_of(moment: Moment, procedure: Procedure, ready: Ready) -> str:
    """The preview text, with the other reading of a date named beside it."""
    spec = moment.spec(procedure.name)
    text = moment.world.wording.render(spec.preview, moment.language, ready.variables)
    for slot in procedure.slots.values():
        if slot.note == "also" and slot.candidates:
            other = moment.world.wording.say("date_other", moment.language, text=slot.text, date=slot.value, other=slot.candidates[0])
            text = moment.world.wording.join(text, other, language=moment.world.wording.spoken(moment.language))
    return text


def confirmed_stage(procedure: Procedure) -> Procedure:
    return replace(procedure, stage="confirm", waiting="", options=())
