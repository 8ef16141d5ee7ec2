"""What a conversation remembers between turns, as frozen values that go to JSON and back; no decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from assistant.types import Confirmation, Json, Language, Receipt, Slot, Stage


@dataclass(frozen=True, slots=True)
class Procedure:
    """A running procedure. `asked` counts the questions per slot, `waiting` is the slot asked for now, `rejected` the order number last not found,
    `refused` the day last refused.

    `options` are what the last question offered (order numbers, line or product SKUs), so that "the second one" can be read.
    """

    name: str
    intent: str
    stage: Stage = "collect"
    slots: Mapping[str, Slot] = field(default_factory=dict)
    asked: Mapping[str, int] = field(default_factory=dict)
    waiting: str = ""
    options: tuple[str, ...] = ()
    rejected: str = ""
    refused: Slot | None = None
    confirmation: Confirmation | None = None
    goal: str = ""

    def with_slot(self, slot: Slot) -> Procedure:
        """The same procedure with one value set or replaced."""
        return replace(self, slots={**self.slots, slot.name: slot})

    def without(self, name: str) -> Procedure:
        return replace(self, slots={key: slot for key, slot in self.slots.items() if key != name})


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits its turn in the agenda: its intent, its words (of message `source`) and what was read in them.

    `weighed` is what a question about the terms of a change was taken for ("if I cancel …, do I pay?"); `intent` is that change, which is not asked for.
    `during` is the procedure that was open when it was asked, `rival` the intent of another change that its words may mean just as well.
    """

    intent: str
    text: str
    confidence: float
    slots: tuple[Slot, ...] = ()
    source: str = ""
    weighed: str = ""
    during: str = ""
    rival: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What was asked of orders last: `request` as it was made, of `orders`; `sought` where a few words asked for something else of them (a sum, a day)."""

    sought: str
    request: Waiting
    orders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Executed:
    """The last write that went through, so that a repeated yes gets its receipt again and an undo knows what to reverse."""

    receipt: str
    text: str
    procedure: str
    tool: str
    order: str
    ticket: str
    at: datetime
    changes: Mapping[str, Json] = field(default_factory=dict)


def receipt_of(executed: Executed) -> Receipt:
    """The receipt as it was given."""
    pairs = {name: change for name, change in executed.changes.items() if isinstance(change, list)}
    return Receipt(executed.receipt, executed.tool, executed.order or None, executed.ticket or None, {name: (pair[0], pair[1]) for name, pair in pairs.items()})


@dataclass(frozen=True, slots=True)
class State:
    """Everything the next turn needs.

    `misses` count in a row, `anger` until a content message; `offer` is what the last reply offered ("person" or a procedure),
    `intent` the request served last, `weighed` the question about the terms of a change, or about an order, that the last reply answered.
    `look` is the question about orders that the last reply answered, `spoken` the orders talked of, the last one last.
    `shown` are products shown side by side, in their order, `listed` orders: whichever came last. `page` is the document that was told from last, `ruled` the
    procedure, clause and words of a rule that refused last, `between` two changes of which the last reply asked which one is meant.
    """

    language: Language = "zh-Hans"
    procedure: Procedure | None = None
    agenda: tuple[Waiting, ...] = ()
    misses: int = 0
    anger: int = 0
    offer: str = ""
    focus: str = ""
    products: tuple[str, ...] = ()
    question: str = ""
    listed: tuple[str, ...] = ()
    executed: Executed | None = None
    tried: tuple[str, ...] = ()
    goal: str = ""
    intent: str = ""
    weighed: Waiting | None = None
    look: Look | None = None
    spoken: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    page: str = ""
    ruled: tuple[str, ...] = ()
    between: tuple[Waiting, ...] = ()


def to_json(state: State) -> dict[str, Json]:
    """The state as plain JSON; instants become ISO strings."""
    return cast(dict[str, Json], _plain(asdict(state)))


def from_json(data: Mapping[str, Any] | None) -> State:
    """The state that `to_json` wrote; None or {} gives a new one."""
    if not data:
        return State()
    return State(
        **{
            **data,
            "procedure": _procedure(data["procedure"]) if data["procedure"] else None,
            "agenda": tuple(_waiting(row) for row in data["agenda"]),
            "weighed": _waiting(data["weighed"]) if data.get("weighed") else None,
            "products": tuple(data["products"]),
            "listed": tuple(data["listed"]),
            "executed": Executed(**{**data["executed"], "at": datetime.fromisoformat(data["executed"]["at"])}) if data["executed"] else None,
            "tried": tuple(data["tried"]),
            "shown": tuple(data.get("shown", ())),
            "between": tuple(_waiting(row) for row in data.get("between", ())),
            "look": _look(data["look"]) if data.get("look") else None,
            "spoken": tuple(data.get("spoken", ())),
            "ruled": tuple(data.get("ruled", ())),
        }
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _procedure(data: Mapping[str, Any]) -> Procedure:
    confirmation = data["confirmation"]
    return Procedure(
        **{
            **data,
            "slots": {name: _slot(row) for name, row in data["slots"].items()},
            "options": tuple(data["options"]),
            "refused": _slot(data["refused"]) if data.get("refused") else None,
            "confirmation": Confirmation(**{**confirmation, "expires": datetime.fromisoformat(confirmation["expires"])}) if confirmation else None,
        }
    )


def _look(row: Mapping[str, Any]) -> Look:
    return Look(str(row["sought"]), _waiting(row["request"]), tuple(row["orders"]))


def _slot(row: Mapping[str, Any]) -> Slot:
    return Slot(**{**row, "candidates": tuple(row["candidates"])})


def _waiting(row: Mapping[str, Any]) -> Waiting:
    return Waiting(**{**row, "slots": _slots(row["slots"])})


def _slots(rows: list[Mapping[str, Any]]) -> tuple[Slot, ...]:
    return tuple(_slot(row) for row in rows)
