"""What a turn is decided from: the company's fixed data (`World`) and the one message with all that is known about it (`Moment`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from assistant.dialog.known import Known
from assistant.dialog.state import Procedure, State
from assistant.dialog.wording import Wording
from assistant.text.calendar import BusinessCalendar
from assistant.text.script import to_simplified
from assistant.tools.facts import Facts
from assistant.tools.rules import Rules
from assistant.types import Attachment, Json, Language, Line, Order, Principal, Reading
from assistant.workspace.model import ProcedureSpec, Product, Workspace


@dataclass(frozen=True, slots=True)
class World:
    """One company, compiled. `serving` maps an intent to the procedure that claims it; `thresholds` to the confidence below which a person decides.

    `order_reads` are the tools that read one order, `own_reads` the workspace's own that read something.
    """

    workspace: Workspace
    rules: Rules
    wording: Wording
    calendar: BusinessCalendar
    serving: Mapping[str, str]
    thresholds: Mapping[str, float]
    order_reads: frozenset[str] = frozenset()
    own_reads: frozenset[str] = frozenset()

    def threshold(self, intent: str, language: Language) -> float:
        """The confidence below which a decision on `intent` goes to a person: the intent's in this language, else the language's, else the default."""
        short = "en" if language == "en" else "zh"
        return next((self.thresholds[name] for name in (f"{intent}.{short}", short, "default") if name in self.thresholds), 0.0)


@dataclass(frozen=True, slots=True)
class Moment:
    """One message to decide on. `opening` is the next time people are on duty; `queued` says that a hand-off already waits."""

    world: World
    principal: Principal
    reading: Reading
    state: State
    known: Known
    now: datetime
    message_id: str
    attachments: tuple[Attachment, ...] = ()
    opening: datetime | None = None
    on_duty: bool = True
    queued: bool = False

    @property
    def language(self) -> Language:
        return self.reading.language

    @property
    def today(self) -> date:
        return self.now.astimezone(self.world.workspace.zone).date()

    def spec(self, procedure: str) -> ProcedureSpec:
        return self.world.workspace.procedures[procedure]

    def says(self, group: str, words: str | None = None) -> bool:
        """Whether the message (or these words of it) holds a word of this group of the lexicon, in any language."""
        listed = self.world.workspace.lexicon.words.get(group, {})
        text = to_simplified(self.reading.text if words is None else words).lower().replace("’", "'")
        return any(_holds(text, word.lower()) for language in listed.values() for word in language)

    def product(self, sku: str) -> Product | None:
        return self.world.workspace.products.get(sku)


def _holds(text: str, word: str) -> bool:
    """Whether a word stands in a text: anywhere for Chinese, between other characters than letters otherwise."""
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None


def facts_of(moment: Moment, procedure: Procedure, order: Order | None, *, values: Mapping[str, Json] | None = None) -> Facts:
    """The rule vocabulary for a procedure as it stands. Stock and history are looked up only when the procedure's rule reads them."""
    line = line_of(procedure, order)
    reads = moment.world.rules.reads(moment.spec(procedure.name).rule)
    return Facts(
        order=order,
        line=line,
        product=moment.product(line.sku) if line else None,
        customer=moment.principal,
        stock=moment.known.stock(line.sku) if line and "stock" in reads else None,
        attachments=_attached(moment, procedure),
        history=tuple(moment.known.history(order.number).tickets) if order and "history" in reads else (),
        new={name: slot.value for name, slot in procedure.slots.items() if name not in {"order", "line"}},
        types={name: spec.type for name, spec in moment.spec(procedure.name).slots.items()},
        now=moment.now,
        opening=moment.opening,
        values=values or {},
        procedure=procedure.name,
    )


def _attached(moment: Moment, procedure: Procedure) -> tuple[Attachment, ...]:
    """Files of this message, and those a slot took from an earlier one."""
    held = [value for slot in procedure.slots.values() if isinstance(slot.value, list) for value in slot.value if isinstance(value, str)]
    now = {item.hash for item in moment.attachments}
    return (*moment.attachments, *(Attachment(value, "", "", 0) for value in held if value not in now))


def line_of(procedure: Procedure, order: Order | None) -> Line | None:
    """The order line a procedure is about: the one named, or the only one."""
    if order is None:
        return None
    chosen = procedure.slots.get("line")
    if chosen:
        return next((line for line in order.lines if line.sku == chosen.value), None)
    return order.lines[0] if len(order.lines) == 1 else None
