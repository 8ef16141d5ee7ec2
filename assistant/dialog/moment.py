"""What a turn is decided from: the company's fixed data (`World`) and the one message with all that is known about it (`Moment`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

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
    """One message to decide on. `opening` is the next time people are on duty; `queued` says that a hand-off already waits.

    `unseen`: the message was sent before the last reply could be read, so that it agrees to nothing in it.
    """

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
    unseen: bool = False

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
        spoken, written = _words_of(tuple(listed.values()))
        return any(word in text for word in spoken) or (written is not None and written.search(text) is not None)

    def product(self, sku: str) -> Product | None:
        return self.world.workspace.products.get(sku)


@lru_cache(maxsize=256)
def _words_of(listed: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], re.Pattern[str] | None]:
    """The words of a group: Chinese ones, which may stand anywhere in a text, and what finds the others, which stand between other characters than letters."""
    words = [word.lower() for language in listed for word in language]
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    return tuple(word for word in words if not word.isascii()), re.compile(rf"(?<![a-z])(?:{latin})(?![a-z])") if latin else None


def facts_of(moment: Moment, procedure: Procedure, order: Order | None, *, values: Mapping[str, Json] | None = None) -> Facts:
    """The rule vocabulary for a procedure as it stands. Stock and history are looked up only when the procedure or its rule reads them.

    Where there is no order, the product and its stock are those of the product asked for.
    """
    line = line_of(procedure, order)
    reads = moment.world.rules.needs(procedure.name)
    sku = line.sku if line else _asked_for(moment, procedure)
    return Facts(
        order=order,
        line=line,
        product=moment.product(sku) if sku else None,
        customer=moment.principal,
        stock=moment.known.stock(sku) if sku and "stock" in reads else None,
        attachments=_attached(moment, procedure),
        history=tuple(moment.known.history(order.number).tickets) if order and "history" in reads else (),
        new={name: slot.value for name, slot in procedure.slots.items() if name not in {"order", "line"}},
        types={name: spec.type for name, spec in moment.spec(procedure.name).slots.items()},
        now=moment.now,
        opening=moment.opening,
        values=values or {},
        procedure=procedure.name,
    )


def _asked_for(moment: Moment, procedure: Procedure) -> str:
    """The SKU of the product that a procedure without an order is about; "" when there is none."""
    slots = moment.spec(procedure.name).slots
    if any(slot.type == "order" for slot in slots.values()):
        return ""
    held = (procedure.slots.get(name) for name, slot in slots.items() if slot.type == "product")
    return next((str(slot.value) for slot in held if slot is not None), "")


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
