"""How a company acts, as its files say it: intents, procedures, rules, routing, texts, lexicon; what it has is in `company.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from assistant.types import Outcome
from assistant.workspace.marks import (
    DocumentRef,
    Expression,
    IntentRef,
    Localized,
    Plain,
    PriorityRef,
    ProcedureRef,
    QueueRef,
    ReasonRef,
    RuleRef,
    ServeKind,
    SkillRef,
    SlotType,
    Template,
    TicketRef,
    Words,
)  # fmt: skip

# intents.yaml, procedures.yaml


@dataclass(frozen=True, slots=True)
class Intent:
    """What a customer may want, with examples per language; `serve` says how it is answered and `target` with what (text key, reason, procedure)."""

    name: str
    examples: Words
    serve: ServeKind = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class TicketKind:
    id: Annotated[str, "key:ticket"]
    queue: QueueRef
    name: Localized
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    id: Annotated[str, "key:"]
    name: Localized
    words: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SlotSpec:
    """A value a procedure needs. `among` (CEL over order …) tells which own orders are offered, `base` (CEL) what relative values count from,
    `when` (CEL) whether it is needed; `words` gives the words of a bool slot per value (yes, no); `max_asks` 0 = the workspace's limit.
    `unit` makes a quantity a duration, counted in it. `label` is what cards call the value."""

    name: Annotated[str, "key:"]
    type: SlotType
    ask: Template = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)
    options: Mapping[str, Option] = field(default_factory=dict)
    among: Expression = ""
    base: Expression = ""
    when: Expression = ""
    role: str = ""
    default: Plain = None
    max_asks: int = 0
    unit: Literal["hour", "day", "week", "month", "year", ""] = ""
    label: Localized = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProcedureSpec:
    """What the assistant can do for a customer: the values it needs, the rule that decides, the tool it calls and the texts around it.

    `part` is the procedure that does for one line what this one does for the whole order; it is begun when only goods of some lines are named."""

    name: Annotated[str, "key:procedure"]
    title: Localized
    tool: str
    permission: str
    intents: tuple[IntentRef, ...] = ()
    rule: RuleRef = ""
    ticket: TicketRef = ""
    confirm: bool = True
    undo_minutes: int = 0
    without_order: Literal["knowledge", ""] = ""
    part: ProcedureRef = ""
    slots: Mapping[str, SlotSpec] = field(default_factory=dict)
    arguments: Mapping[str, Expression] = field(default_factory=dict)
    preview: Template = field(default_factory=dict)
    receipt: Template = field(default_factory=dict)
    answer: Template = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Procedures:
    procedures: Mapping[str, ProcedureSpec]
    tickets: Mapping[str, TicketKind] = field(default_factory=dict)
    statuses: tuple[str, ...] = ("confirmed", "in_production", "shipped", "delivered", "cancelled")


# policies.yaml


@dataclass(frozen=True, slots=True)
class FunctionSpec:
    """A function of the workspace's own; `rule` names the rule whose parameters `p` its expression reads."""

    name: Annotated[str, "key:function"]
    expression: Expression
    parameters: tuple[str, ...] = ()
    rule: RuleRef = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One case of a rule. `values` are named results (CEL), evaluated only when this clause decides; `message` is the text for the customer."""

    id: str
    when: Expression
    outcome: Outcome
    queue: QueueRef = ""
    reason: ReasonRef = ""
    offer: ProcedureRef = ""
    earlier_receipt: bool = False
    values: Mapping[str, Expression] = field(default_factory=dict)
    message: Template = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """What is allowed when: clauses in order, the first true one decides. `document` is the page that states it."""

    id: Annotated[str, "key:rule"]
    title: Localized
    document: DocumentRef
    clauses: tuple[Clause, ...]
    parameters: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Policies:
    rules: Mapping[str, RuleSpec]
    functions: Mapping[str, FunctionSpec] = field(default_factory=dict)


# routing.yaml, texts.yaml, lexicon.yaml


@dataclass(frozen=True, slots=True)
class QueueSpec:
    id: Annotated[str, "key:queue"]
    name: Localized
    skills: tuple[SkillRef, ...] = ()


@dataclass(frozen=True, slots=True)
class ReasonSpec:
    """What a hand-off reason fixes; what it leaves empty comes from intent, tier and default."""

    id: Annotated[str, "key:reason"]
    queue: QueueRef = ""
    priority: PriorityRef = ""
    skills: tuple[SkillRef, ...] = ()


@dataclass(frozen=True, slots=True)
class TierSpec:
    id: Annotated[str, "key:tier"]
    priority: PriorityRef = ""


@dataclass(frozen=True, slots=True)
class RouteDefault:
    queue: QueueRef
    priority: PriorityRef


@dataclass(frozen=True, slots=True)
class Hours:
    """When people are on duty: ISO weekdays, and local times HH:MM. Public holidays follow the calendar."""

    days: tuple[int, ...] = (1, 2, 3, 4, 5)
    open: str = "09:00"
    close: str = "18:00"


@dataclass(frozen=True, slots=True)
class RoutingSpec:
    queues: Mapping[str, QueueSpec]
    default: RouteDefault
    reasons: Mapping[str, ReasonSpec] = field(default_factory=dict)
    intents: Mapping[str, QueueRef] = field(default_factory=dict)
    tiers: Mapping[str, TierSpec] = field(default_factory=dict)
    priorities: tuple[str, ...] = ("P1", "P2", "P3")
    hours: Hours = Hours()


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything the assistant says that belongs to no procedure or rule; `names` gives the words for values ({status: {confirmed: {zh, en}}})."""

    texts: Mapping[str, Template] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, Localized]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words with a charge, per language. Weights are -1..1, degrees are factors, urgency maps the level "1".."3" to phrases, `injection` are regular
    expressions; `words` holds further groups by name."""

    sentiment: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    anger: Words = field(default_factory=dict)
    urgency: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    negations: Words = field(default_factory=dict)
    degrees: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    injection: Words = field(default_factory=dict)
    yes: Words = field(default_factory=dict)
    no: Words = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)
