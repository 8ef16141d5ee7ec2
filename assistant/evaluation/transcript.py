"""What happened when a scenario was played, as plain data: all that graders and reports read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assistant.workspace.scenario import Scenario, Turn

State = Mapping[str, Any]
View = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message of a customer and the turn that answered it.

    `step` counts the scenario's turns from 1 (messages sent at once share it); `view` is the staff's view of the answer, `trace` the stored record, `before`
    and `after` the state around the step, `sections` the live text of each section cited, by (document, version, section), None for one that is not live.
    """

    step: int
    turn: Turn
    conversation: str
    company: str
    contact: str
    message: str
    text: str
    at: datetime
    language: str
    view: View
    before: State
    after: State
    trace: View = field(default_factory=dict)
    sections: Mapping[tuple[str, int, str], str | None] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def reply(self) -> str:
        return str(self.view.get("text") or "")

    @property
    def receipts(self) -> list[Mapping[str, Any]]:
        return list(self.view.get("receipts") or ())

    @property
    def tools(self) -> list[Mapping[str, Any]]:
        return list(self.view.get("tools") or ())

    @property
    def citations(self) -> list[Mapping[str, Any]]:
        return list(self.view.get("citations") or ())


@dataclass(frozen=True, slots=True)
class Bubble:
    """An entry of a conversation's log as a screen shows it: who spoke and which message or turn it is."""

    conversation: str
    seq: int
    role: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A played scenario. `skipped` are steps that need a part which is not there, `resumed` what a screen holds that lost its connection and came back."""

    scenario: Scenario
    start: State
    end: State
    spoken: tuple[Spoken, ...]
    skipped: tuple[str, ...] = ()
    resumed: tuple[Bubble, ...] | None = None

    def before(self, spoken: Spoken) -> tuple[Spoken, ...]:
        """Earlier messages of the same conversation, in order."""
        return tuple(one for one in self.spoken if one.conversation == spoken.conversation and one.step < spoken.step)


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that was not as it must be. `rule` names the rule of the contract, or `expect` for what the row itself wants; `step` 0 is the end."""

    rule: str
    step: int
    expected: str
    got: str

    def __str__(self) -> str:
        place = f"turn {self.step}" if self.step else "end"
        return f"{self.rule} · {place}: expected {self.expected}, got {self.got}"
