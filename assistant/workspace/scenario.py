"""Scenario files as frozen types: who says what, what each turn must bring and how things must stand at the end; it reads and checks, it plays nothing.

One YAML file is one scenario:

    id: R01                      a name used once per suite
    language: zh                 zh, zh-Hant or en: what the customer writes, unless a turn says otherwise
    as: {company: C1, contact: 李伟, channel: widget}
    clock: 2026-06-01T10:00:00+08:00      business time, standing still until a `clock` turn
    mirrors: R00                 the scenario that this one is in the other language
    requires: [model]            parts of the assistant without which it is not run (a turn may say so too)
    turns:
      - say: words of the customer            (or attach: [photo.png], from the file's folder; or both)
        paraphrases: [other words, ...]       the first trial says `say`, every further one another of these
        language: en                          when this turn is in another language
        expect: {...}                         see `Expect`
      - as: {company: C3, contact: 王芳}      another customer, a new conversation, the same state
      - clock: 2026-06-01T22:30:00+08:00
      - agent: {name: 小陈, say: 您好}         or close: true; draft, edit and send work on a draft
      - parallel: [确认, 确认]                 several messages at once
      - drop_socket: true                     the connection breaks; the log is resumed where it ended
      - kill_model: true
    end: {orders: {"1": {delivery_date: 2026-06-15}}, tickets: [{kind: rma}], handoff: none}
    must_call: [get_order]
    must_not_call: [cancel_order, handoff]
    max_turns: 3

`end` lists only what differs from the fixture; an absent key means no difference. Orders and tickets are partial: a number where the state holds a list is
its length, a text between slashes ("/Dallas,? TX/") a pattern that the value must hold. `handoff` is `none` or the keys it must have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from assistant.types import Action, Stage
from assistant.workspace.bind import Binder
from assistant.workspace.marks import Many, Plain
from assistant.workspace.model import Problem, line_of
from assistant.workspace.source import Report, read_text, read_yaml

Tongue = Literal["zh", "zh-Hant", "en"]
HANDOFF_KEYS = ("reason", "queue", "priority", "skills", "state", "assigned_to", "goal", "slots", "attachments")
ORDER_KEYS = ("status", "delivery_date", "items", "ship_to", "amount", "currency", "fee")
TICKET_KEYS = ("kind", "order", "queue", "fields")
KINDS = ("say", "attach", "as", "clock", "agent", "parallel", "drop_socket", "kill_model")


@dataclass(frozen=True, slots=True)
class Contact:
    """A customer as the fixture knows them."""

    company: str
    contact: str
    channel: str = "widget"

    @property
    def label(self) -> str:
        return f"{self.company}/{self.contact}"


@dataclass(frozen=True, slots=True)
class AgentDoes:
    """What a person does in the conversation: say something, close it, or work on a draft (`edit` maps old words to new ones)."""

    name: str
    say: str = ""
    close: bool = False
    draft: bool = False
    edit: Mapping[str, str] = field(default_factory=dict)
    send: bool = False


@dataclass(frozen=True, slots=True)
class Expect:
    """What a turn must bring; an absent key is not looked at.

    `state` is the stage of the open or just ended procedure ("none": no procedure); `slot` maps names to values; every pattern of `reply_matches` must be
    found and none of `reply_excludes`; `writes` counts new receipts, `receipt` wants (or forbids) one named in the reply; `citations` are documents, "a|b"
    one of two, "a#pattern" with words of its section or quote; `handoff` is "none" or the keys of the hand-off made in this turn; `requests` the intents
    served, in order; `same_as` an earlier turn (counted from 1) with the same figures and citations, `same_words_as` one with the same words but for order
    numbers; `sentences` the most there may be.
    """

    intent: str = ""
    action: Action | None = None
    reason: str = ""
    procedure: str = ""
    state: Stage | Literal["none"] | None = None
    slot: Plain = None
    requests: Many = ()
    reply_matches: Many = ()
    reply_excludes: Many = ()
    writes: int | None = None
    receipt: bool | None = None
    rule: str = ""
    handoff: Plain = None
    language: Tongue | None = None
    citations: Many = ()
    events: Many = ()
    same_as: int | None = None
    same_words_as: int | None = None
    sentences: int | None = None
    no_tools: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One step; `number` counts all steps of the scenario from 1."""

    say: str | None = None
    attach: Many = ()
    as_: Contact | None = None
    clock: datetime | None = None
    agent: AgentDoes | None = None
    parallel: tuple[str, ...] = ()
    drop_socket: bool = False
    kill_model: bool = False
    paraphrases: tuple[str, ...] = ()
    language: Tongue | None = None
    requires: Many = ()
    expect: Expect = field(default_factory=Expect)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of step this is: one, save that words may come with attachments."""
        given = (self.say is not None, self.attach, self.as_, self.clock, self.agent, self.parallel, self.drop_socket, self.kill_model)
        return tuple(name for name, value in zip(KINDS, given, strict=True) if value)

    @property
    def spoken(self) -> bool:
        """Whether the customer says something."""
        return self.say is not None or bool(self.attach) or bool(self.parallel)

    @property
    def messages(self) -> int:
        return len(self.parallel) or int(self.spoken)


@dataclass(frozen=True, slots=True)
class End:
    """How the state differs from the fixture when all is said. `unchanged` only says aloud that it does not."""

    orders: Plain = None
    tickets: Plain = None
    handoff: Plain = None
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Scenario:
    """One conversation with its outcome. `path` is the file, for attachments and reports."""

    id: str
    language: Tongue
    as_: Contact
    clock: datetime
    turns: tuple[Turn, ...]
    title: str = ""
    end: End = field(default_factory=End)
    must_call: Many = ()
    must_not_call: Many = ()
    max_turns: int | None = None
    requires: Many = ()
    mirrors: str = ""
    path: str = ""

    @property
    def budget(self) -> int:
        """The most messages the customer may need."""
        return self.max_turns if self.max_turns is not None else sum(turn.messages for turn in self.turns)


@dataclass(frozen=True, slots=True)
class SuiteFile:
    """A suite as it is written. `scenarios` are paths or patterns, relative to the suite's folder."""

    id: str
    scenarios: tuple[str, ...]
    title: str = ""
    trials: int = 1
    seed: int = 1


def read_scenario(path: Path) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """(the scenario, its problems with file and line); None when too much is wrong to make one."""
    report = Report()
    scenario = scan_scenario(path, str(path), report)
    return scenario, tuple(sorted(report.problems, key=lambda problem: (problem.line, problem.key)))


def scan_scenario(path: Path, file: str, report: Report) -> Scenario | None:
    """The scenario in `path`, which is called `file` in what is reported; None when too much is wrong to make one."""
    before = len(report.problems)
    text = read_text(path, file, report)
    node = read_yaml(text, file, report) if text is not None else None
    if node is None:
        if len(report.problems) == before:
            report.problem(file, 0, "", message="the file is empty")
        return None
    scenario = Binder(file, report).read(Scenario, node)
    if scenario is None:
        return None
    found = Scenario(**{name: getattr(scenario, name) for name in Scenario.__slots__ if name != "path"}, path=str(path))
    for key, message in _faults(found):
        report.problem(file, line_of(report.positions, file, key), key, message=message)
    return found


def _faults(scenario: Scenario) -> Iterable[tuple[str, str]]:
    """(key, message) of what the types alone do not see."""
    if not any(turn.spoken for turn in scenario.turns):
        yield "turns", "nobody says anything"
    for number, turn in enumerate(scenario.turns):
        yield from _turn_faults(f"turns.{number}", number, turn)
        yield from ((f"turns.{number}.attach", f"no file {name!r} beside the scenario") for name in turn.attach if not _beside(scenario, name).is_file())
    yield from _end_faults(scenario.end)


def _beside(scenario: Scenario, name: str) -> Path:
    return Path(scenario.path).parent / name


def _turn_faults(where: str, number: int, turn: Turn) -> Iterable[tuple[str, str]]:
    kinds = turn.kinds
    if len(kinds) != 1 and set(kinds) != {"say", "attach"}:
        yield where, f"a turn is one of {', '.join(KINDS)}" + (f"; this one is {' and '.join(kinds)}" if kinds else "")
    if turn.paraphrases and turn.say is None:
        yield f"{where}.paraphrases", "only what is said can be said in other words"
    if not turn.spoken and turn.expect != Expect():
        yield f"{where}.expect", "only a message of the customer is answered"
    expect = turn.expect
    for key in ("reply_matches", "reply_excludes"):
        yield from ((f"{where}.expect.{key}", f"{pattern!r} is no regular expression: {why}") for pattern in getattr(expect, key) if (why := _broken(pattern)))
    for key in ("same_as", "same_words_as"):
        target = getattr(expect, key)
        if target is not None and not 1 <= target <= number:
            yield f"{where}.expect.{key}", f"turn {target} is not an earlier turn"
    if expect.slot is not None and not isinstance(expect.slot, dict):
        yield f"{where}.expect.slot", "expected names with values"
    yield from _handoff_faults(f"{where}.expect.handoff", expect.handoff)


def _end_faults(end: End) -> Iterable[tuple[str, str]]:
    orders = end.orders or {}
    if not isinstance(orders, dict) or not all(isinstance(fields, dict) for fields in orders.values()):
        yield "end.orders", "expected order numbers with the fields that differ"
    else:
        yield from ((f"end.orders.{number}.{key}", f"orders have no {key!r}") for number, fields in orders.items() for key in fields if key not in ORDER_KEYS)
    tickets = end.tickets or []
    if not isinstance(tickets, list) or not all(isinstance(ticket, dict) for ticket in tickets):
        yield "end.tickets", "expected a list of tickets with the fields they must have"
    else:
        yield from ((f"end.tickets.{n}", f"tickets have no {key!r}") for n, ticket in enumerate(tickets) for key in ticket if key not in TICKET_KEYS)
    yield from _handoff_faults("end.handoff", end.handoff)
    if end.unchanged and (orders or tickets or end.handoff not in (None, "none")):
        yield "end.unchanged", "unchanged, and yet something changes"


def _handoff_faults(where: str, value: Any) -> Iterable[tuple[str, str]]:
    if value in (None, "none"):
        return
    if not isinstance(value, dict):
        yield where, "expected none or the keys of a hand-off"
        return
    yield from ((where, f"hand-offs have no {key!r}") for key in value if key not in HANDOFF_KEYS)


def _broken(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return ""
