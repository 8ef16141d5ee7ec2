"""What the routes are given: the assistant as a protocol, and what one server shares among its requests; no route is here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Protocol

from fastapi import Depends, Query
from starlette.requests import HTTPConnection

from assistant.api.hub import Hub
from assistant.api.metrics import Metrics
from assistant.api.rates import Rates
from assistant.dialog.outside import Outside
from assistant.events import Bus, Event
from assistant.files import Files
from assistant.knowledge.base import Knowledge
from assistant.ports import Clock, Ids
from assistant.store.conversations import Conversation
from assistant.types import Attachment, Json, Principal
from assistant.workspace.model import Workspace


class AssistantLike(Protocol):
    """The assistant of one company, as `app.py` puts it together.

    `say` gives the staff's view of a turn, `events` the stored log numbered by `seq`, `ready` a line per seam that starts with "ok" or tells the problem.
    NotFound is raised for whatever does not exist or is not the caller's, InvalidInput for what cannot be read.
    """

    @property
    def workspace(self) -> Workspace: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def bus(self) -> Bus: ...

    @property
    def knowledge(self) -> Knowledge: ...

    @property
    def outside(self) -> Outside: ...

    @property
    def files(self) -> Files: ...

    def contacts(self) -> Sequence[Mapping[str, str]]: ...

    async def principal(self, label: str) -> Principal: ...

    async def open_conversation(self, principal: Principal, *, channel: str) -> str: ...

    async def conversation(self, conversation_id: str) -> Conversation: ...

    async def principal_of(self, conversation_id: str) -> Principal: ...

    async def say(
        self,
        principal: Principal,
        conversation_id: str,
        *,
        text: str,
        attachments: Sequence[Attachment] = (),
        message_id: str = "",
        channel: str = "",
        early: bool = False,
    ) -> Mapping[str, Json]: ...

    async def attach(self, data: bytes, *, name: str, media_type: str, by: str = "") -> Attachment: ...

    async def attachment(self, digest: str) -> tuple[bytes, str]: ...

    async def agent_says(self, conversation_id: str, *, agent: str, text: str) -> None: ...

    async def agent_closes(self, conversation_id: str, *, agent: str) -> None: ...

    async def events(self, conversation_id: str, *, after: int = 0) -> tuple[Event, ...]: ...

    async def trace(self, turn_id: str) -> Mapping[str, Json]: ...

    async def ready(self) -> Mapping[str, str]: ...


Second = Literal["server", "always", "never"]


class Bench(Protocol):
    """The test bench of one state; each act gives what the command of that name prints with `--json`. It may be called from several threads."""

    def test(self, query: str, *, k: int, settings: Mapping[str, Any] | None, second: Second, save: str, right: Sequence[int]) -> dict[str, Any]: ...

    def eval(self, *, file: str, split: str, settings: Mapping[str, Any] | None, second: Second) -> dict[str, Any]: ...

    def impact(self, document: str, *, text: str, retire: bool, again: bool, days: int) -> dict[str, Any]: ...

    def gaps(self, *, most: int) -> dict[str, Any]: ...

    def suggestions(self, *, days: int) -> dict[str, Any]: ...

    def approve(self, name: str, *, by: str, days: int, question: str, answer: str) -> dict[str, Any]: ...

    def reject(self, name: str, *, by: str, days: int) -> dict[str, Any]: ...

    def feedback(self, *, days: int) -> dict[str, Any]: ...

    def propose(self, *, by: str, days: int, settings: Mapping[str, Any] | None) -> dict[str, Any]: ...

    def decide(self, n: int, act: str, *, by: str) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence to try, as a contact's label and words."""

    as_: str
    text: str


@dataclass(frozen=True, slots=True)
class Served:
    """What one server holds. `demo` is whether staff's routes are on; `examples` are offered by the page; `ping_seconds` is the longest silence of a socket.
    `bench` judges the documents, where the server offers it; `rates` is how often each key has asked; `begun` are conversations by the request that opened
    them."""

    assistant: AssistantLike
    hub: Hub
    metrics: Metrics
    ids: Ids
    demo: bool = False
    examples: tuple[Example, ...] = ()
    ping_seconds: float = 25.0
    bench: Bench | None = None
    rates: Rates = field(default_factory=Rates)
    begun: dict[str, str] = field(default_factory=dict)


def served(connection: HTTPConnection) -> Served:
    """The server's own, for routes and sockets."""
    found: Served = connection.app.state.served
    return found


Here = Annotated[Served, Depends(served)]
# the number of an entry in a conversation's log; no log is longer than what a database counts
After = Annotated[int, Query(ge=0, le=2**53)]
