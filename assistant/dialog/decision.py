"""What the core decided about one request, and what it asks the shell to do about it; no text is rendered here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.dialog.known import Lookup
from assistant.dialog.state import State
from assistant.types import Action, Answer, Json, Sentence, ToolCall


@dataclass(frozen=True, slots=True)
class Wish:
    """A hand-off the core asks for; an empty queue is left to routing. `text` says why, in the customer's language."""

    reason: str
    queue: str = ""
    text: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Write:
    """A call that changes something. With `confirmation` empty the tool needs none; `facts` are what its receipt text is rendered from."""

    call: ToolCall
    procedure: str
    confirmation: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """One request's outcome. `sentences` are what the customer reads; `miss` marks a turn that brought nothing; `values` are the rule's named values.

    `judged`: those of the sentences that a model worded; each has been judged already, or has even been read.
    """

    action: Action
    sentences: tuple[Sentence, ...] = ()
    intent: str = ""
    reason: str = ""
    confidence: float = 1.0
    procedure: str = ""
    rule: str = ""
    wish: Wish | None = None
    write: Write | None = None
    call: ToolCall | None = None
    answer: Answer | None = None
    events: tuple[tuple[str, Mapping[str, Json]], ...] = ()
    cards: tuple[Mapping[str, Json], ...] = ()
    miss: bool = False
    sources: tuple[Json, ...] = ()
    judged: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A state with its decisions, or the look-up that has to come first."""

    state: State
    decisions: tuple[Decision, ...] = ()
    lookup: Lookup | None = None
