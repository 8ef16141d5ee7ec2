"""The seams: what the core asks of the outside world, as Protocols; implementations live in their rooms and are chosen in `app.py`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from assistant.model_types import ModelEvent, ModelRequest
from assistant.types import Json, Language, Order, Passage, Receipt, Scope

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

T = TypeVar("T")


class Clock(Protocol):
    """Business time; confirmation expiry, undo, opening hours and SLA are read from here, never from the system."""

    def now(self) -> datetime: ...


class Ids(Protocol):
    """Identifiers; `new("rc")` gives one that sorts by creation within a process and carries the prefix."""

    def new(self, prefix: str) -> str: ...


class Encoder(Protocol):
    """Sentences to unit vectors, float32 of shape (n, dimension). Name and version are stamped on every index built from it."""

    name: str
    version: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]: ...


class Retriever(Protocol):
    """Sections for a query, best first, within what the caller may see."""

    def search(self, query: str, *, language: Language, scope: Scope, k: int) -> tuple[Passage, ...]: ...


class ChatModel(Protocol):
    """A language model. `name` is its setting ("openai:qwen3"); `stream` yields events as they come and ends with a `Finished`.

    Raises ModelFailed; a stream that ends without a `Finished` raises it too (`cut`). Closing the iterator closes the request to the model.
    """

    name: str

    def stream(self, request: ModelRequest) -> AsyncIterator[ModelEvent]: ...

    async def ping(self) -> str: ...

    async def close(self) -> None: ...


class OrderSystem(Protocol):
    """The system of record for orders and tickets. Every method raises NotFound, Conflict (version or key), ToolFailed or BackendUnavailable.

    A write carries an idempotency `key` (the same key and body give the first result again; another body is a Conflict) and, for an order, the
    `version` it was previewed against. `outcome(key)` reads back what came of a key: its receipt, or None when nothing happened.
    """

    async def get(self, number: str) -> Order: ...

    async def find(self, company: str) -> tuple[Order, ...]: ...

    async def stock(self, sku: str) -> int | None: ...

    async def change(self, number: str, changes: Mapping[str, Json], *, version: int, key: str, tool: str) -> Receipt: ...

    async def open_ticket(self, ticket: Mapping[str, Json], *, key: str, tool: str) -> Receipt: ...

    async def outcome(self, key: str) -> Receipt | None: ...

    async def ping(self) -> str: ...


class Store(Protocol):
    """The relational truth. `function` gets a SQLAlchemy connection inside one transaction; reads see committed data only.

    Writes are serialised and may be grouped into one commit; each is durable when the call returns. Raises BackendUnavailable.
    """

    async def read(self, function: Callable[..., T], *args: object) -> T: ...

    async def write(self, function: Callable[..., T], *args: object) -> T: ...

    async def ping(self) -> str: ...
