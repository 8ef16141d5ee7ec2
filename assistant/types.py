"""The vocabulary every room shares: frozen values without logic.

Not here: the types of a workspace's files (`workspace/model.py`) and anything that reads, writes or decides.
All values are plain JSON at heart (dates as ISO strings, money as integer minor units), so that a turn can be stored and replayed as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NewType

ConversationId = NewType("ConversationId", str)
MessageId = NewType("MessageId", str)
TurnId = NewType("TurnId", str)

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Language = Literal["zh-Hans", "zh-Hant", "en"]
Action = Literal["reply", "ask", "confirm", "execute", "decline", "handoff", "wait"]
Outcome = Literal["allow", "ask", "refuse", "human"]
Stage = Literal["collect", "verify", "confirm", "execute", "done", "cancelled"]
Verdict = Literal["yes", "no", "yes_plus", "other"]
ToolOutcome = Literal["ok", "refused", "needs_confirmation", "failed"]

EMPTY: Mapping[str, Json] = {}


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks. `company` is the buyer whose orders may be seen; empty for staff."""

    id: str
    role: Literal["customer", "agent", "supervisor", "admin", "evaluator", "service"]
    tenant: str
    company: str = ""
    name: str = ""
    tier: str = ""
    language: str = ""
    permissions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file a customer sent; `hash` is the SHA-256 of its content and its name in the state folder."""

    hash: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Message:
    """One thing somebody said. `id` is made by the client and unique: a repeat is recognised by it."""

    id: MessageId
    conversation_id: ConversationId
    channel: str
    sender: str
    text: str
    sent_at: datetime
    attachments: tuple[Attachment, ...] = ()
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A value read from somebody's words, with the words it came from.

    `name` is the kind of mention when it leaves the reader (order, order_ref, date, shift, quantity, address, tax_id, phone, email,
    product, option, title, attribute, bool) and the slot's name once a procedure holds it. `start:end` index the folded text of message `source`
    (or the record `source`, when a value was taken from a record). `candidates` are the other readings: more than one reading is asked, never guessed.
    `note` qualifies: "" | ambiguous | impossible | range | before | after | also.
    """

    name: str
    value: Json
    text: str = ""
    start: int = 0
    end: int = 0
    source: str = ""
    candidates: tuple[Json, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One thing the customer wants: a stretch of the message with its intent. `confidence` and `runner_up_confidence` are calibrated probabilities 0-1.

    `weighed` is the intent of the change that a question asks the price or the consequence of ("if I cancel …, do I have to pay?"), "" for any other.
    """

    intent: str
    confidence: float
    text: str
    start: int
    end: int
    runner_up: str = ""
    runner_up_confidence: float = 0.0
    slots: tuple[Slot, ...] = ()
    accepted: bool = True
    weighed: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of one message. `text` is the folded text that all spans index; `standalone` is the rewrite that needs no context.

    `verdict` reads the whole message as an answer to a preview; `sentiment` is -1..1; `urgency` 0-3 (3 = line stopped, injury, leak).
    """

    language: Language
    text: str
    standalone: str
    requests: tuple[Request, ...]
    slots: tuple[Slot, ...]
    verdict: Verdict
    sentiment: float = 0.0
    anger: bool = False
    urgency: int = 0
    injection: bool = False
    contentless: bool = False
    personal: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What the reader may know of the conversation; it never sees a store. `expecting` is the slot type last asked for ("" = none).

    While a preview waits for a yes, `shown` are its values by kind of mention and `act` says what it would do (the procedure's title).
    `among` are the products shown side by side last, in their order.
    """

    language: Language
    now: datetime
    message_id: str = ""
    expecting: str = ""
    options: int = 0
    products: tuple[str, ...] = ()
    previous: str = ""
    shown: Mapping[str, tuple[Json, ...]] = field(default_factory=dict)
    act: str = ""
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """The place that states a fact: live section `section` of `document`, characters `start:end` of the section's text."""

    document: str
    version: int
    section: str
    quote: str
    start: int
    end: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a caller may be answered from: audience, the instant of validity and, when set, the products it must concern."""

    audience: Literal["public", "internal"]
    at: datetime
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A live section found by retrieval, with its scores (dense and lexical 0-1 as mixed, fused as ranked, support 0-1 as calibrated).

    `also` are the places of other documents that say the same, as "document@version#section".
    """

    id: str
    document: str
    version: int
    title: str
    text: str
    language: str
    level: str
    audience: str
    products: tuple[str, ...] = ()
    dense: float = 0.0
    lexical: float = 0.0
    fused: float = 0.0
    start: int = 0
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a reply and the places that support it."""

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the built-in engine found. `kind`: spec, compatibility, comparison, selection, price, passage, list; `support` is calibrated 0-1."""

    kind: str
    sentences: tuple[Sentence, ...]
    support: float
    products: tuple[str, ...] = ()
    attribute: str = ""
    passages: tuple[Passage, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of one executed write: `changes` maps a field to (old or None, new)."""

    id: str
    tool: str
    order: str | None
    ticket: str | None
    changes: Mapping[str, tuple[Json, Json]]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A proposal to call a tool. `slots` prove where the values come from; `key` is the idempotency key of a write."""

    id: str
    name: str
    arguments: Mapping[str, Json]
    slots: tuple[Slot, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What came of a call. `error`: not_found, denied, bad_arguments, unknown_tool, stale, conflict, provenance, unavailable, unknown_outcome,
    person (somebody has to do it), or empty."""

    call_id: str
    name: str
    outcome: ToolOutcome
    data: Json = None
    receipt: Receipt | None = None
    error: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The preview a yes belongs to: single use, bound to who, tool, order version and exact arguments. The instant is business time."""

    id: str
    customer: str
    tool: str
    order: str
    order_version: int
    arguments: Mapping[str, Json]
    expires: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order. `price` is the list price in minor units at the time of the order."""

    sku: str
    quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class Order:
    """An order as an order system tells it. `due` is the promised date or ETA; `delivered` the instant of delivery, if any; money in minor units."""

    number: str
    company: str
    status: str
    lines: tuple[Line, ...]
    due: date
    placed: date
    ship_to: str
    amount: int
    currency: str
    version: int
    delivered: datetime | None = None
    tracking: str = ""
    carrier: str = ""
    note: str = ""
    invoiced: date | None = None
    fee: int = 0


@dataclass(frozen=True, slots=True)
class Ticket:
    """Work recorded for people: kind and fields are the workspace's."""

    id: str
    kind: str
    company: str
    contact: str
    order: str | None
    queue: str
    fields: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Agent:
    """A person who can take a conversation. `load` counts the conversations held, of at most `capacity`."""

    id: str
    name: str
    skills: tuple[str, ...]
    queues: tuple[str, ...]
    languages: tuple[str, ...]
    capacity: int
    load: int = 0
    present: bool = True


@dataclass(frozen=True, slots=True)
class Routing:
    """Where a hand-off goes. `place` is its place in the queue (1 = next); `opens` the next opening when nobody is on duty."""

    queue: str
    priority: str
    skills: tuple[str, ...]
    place: int
    assigned_to: str = ""
    on_duty: bool = True
    opens: datetime | None = None


@dataclass(frozen=True, slots=True)
class Handoff:
    """A conversation given to people, with all they need to answer without asking again."""

    id: str
    conversation_id: ConversationId
    reason: str
    routing: Routing
    summary: Mapping[str, Json]
    created_at: datetime
    state: Literal["queued", "assigned", "closed"] = "queued"


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """The first clause of a rule that applies. `missing` names the value the evaluation stopped at, when it did (outcome ask)."""

    rule: str
    clause: str
    outcome: Outcome
    values: Mapping[str, Json]
    document: str
    message: Mapping[str, str] = field(default_factory=dict)
    queue: str = ""
    missing: str = ""
    reads_new: tuple[str, ...] = ()
