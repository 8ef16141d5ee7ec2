"""The bodies of requests and responses as the OpenAPI document describes them; what they mean is decided elsewhere."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the content, in hexadecimal")]
PHOTO = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class Body(BaseModel):
    """A request body: an unknown key is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Problem(BaseModel):
    code: str = Field(examples=["not_found"], description="stable and machine-readable")
    message: str = Field(examples=["no such conversation"])
    reference: str | None = Field(None, description="of a bug: what to quote when asking about it")


class Failure(BaseModel):
    """Every error has this shape."""

    error: Problem


class NewConversation(Body):
    as_: str = Field(alias="as", min_length=1, max_length=200, examples=["C1/李伟"], description="the contact as `company/name`")
    channel: str = Field("web", pattern=r"^[a-z][a-z0-9_-]{0,31}$", description="where the customer writes from")


class Opened(BaseModel):
    conversation: str = Field(examples=["cv-0197f0c2a9e4c1d2e3f4a5"], description="the id is also the key to the conversation: keep it as you would a password")


class NewMessage(Body):
    id: Identifier | None = Field(None, examples=["m-7f3a"], description="made by the client and unique in the conversation; one is made when it is missing")
    text: str = Field("", examples=["我需要修改订单#12345的交货日期。"], description="may be empty with attachments; the workspace sets the limit")
    attachments: list[Digest] = Field([], max_length=10, examples=[[PHOTO]])


class Attached(BaseModel):
    hash: Digest
    name: str = Field(examples=["photo.jpg"])
    media_type: str = Field(examples=["image/jpeg"])
    size: int = Field(examples=[48213], description="bytes")


class Cited(BaseModel):
    """The place that states a fact: characters `start:end` of a section."""

    document: str = Field(examples=["delivery-changes"])
    version: int = Field(examples=[5])
    section: str = Field(examples=["en/earliest-new-date"])
    quote: str
    start: int
    end: int
    title: str = ""


class Receipt(BaseModel):
    """Proof of a write: `changes` maps a field to [old or null, new]."""

    id: str = Field(examples=["rc-0197f0c2b1"])
    order: str | None = Field(examples=["12345"])
    ticket: str | None = None
    changes: dict[str, list[Any]] = Field(examples=[{"delivery_date": ["2026-06-10", "2026-06-15"]}])


class Card(BaseModel):
    """Something to look at or to press: kind confirm, receipt, choices or handoff, with the data it shows."""

    id: str
    kind: str = Field(examples=["confirm"])
    state: str = Field(examples=["open"])
    data: dict[str, Any]
    actions: list[str] = []


class Place(BaseModel):
    """Where a conversation waits for a person; `opens` is the next opening time when nobody is on duty."""

    place: int | None = None
    queue: str = ""
    opens: str | None = None
    state: str = Field("queued", examples=["queued", "assigned"])


class Reply(BaseModel):
    """The customer's part of a turn. With a person in charge `action` is wait and `text` is empty."""

    turn: str
    text: str
    language: Literal["zh-Hans", "zh-Hant", "en"]
    action: Literal["reply", "ask", "confirm", "execute", "decline", "handoff", "wait"]
    citations: list[Cited] = []
    receipts: list[Receipt] = []
    cards: list[Card] = []
    handoff: Place | None = None


class StoredMessage(BaseModel):
    type: Literal["message"]
    seq: int
    id: str
    role: str = Field(examples=["customer", "agent"])
    name: str = Field(description="of the person, when staff speaks")
    text: str
    attachments: list[Attached] = []
    sent_at: str


class StoredReply(Reply):
    type: Literal["reply"]
    seq: int


class StoredHandoff(BaseModel):
    """The conversation has changed hands: queued, assigned to a person, or closed (the assistant speaks again)."""

    type: Literal["handoff"]
    seq: int
    state: Literal["queued", "assigned", "closed"]
    queue: str = ""
    place: int | None = None
    agent: str = ""


Entry = Annotated[StoredMessage | StoredReply | StoredHandoff, Field(discriminator="type")]


class Log(BaseModel):
    """Part of a conversation in order. Numbers have gaps, because staff's events are counted too; ask again with `after=last` until `last` stays."""

    entries: list[Entry]
    last: int


class Company(BaseModel):
    """What a page needs to speak for the company. Names are by language; `names` holds the words for values (status, option, ticket)."""

    id: str
    name: dict[str, str]
    assistant: dict[str, str]
    languages: list[str]
    timezone: str
    currency: str
    now: str = Field(examples=["2026-06-01T02:00:00+00:00"], description="business time")
    hours: dict[str, Any] = Field(examples=[{"days": [1, 2, 3, 4, 5], "open": "09:00", "close": "18:00"}])
    queues: dict[str, dict[str, str]]
    names: dict[str, dict[str, dict[str, str]]]
    message_characters: int
    demo: bool


class Contact(BaseModel):
    label: str = Field(examples=["C1/李伟"])
    company: str
    company_name: str
    name: str
    language: str


class Try(BaseModel):
    as_: str = Field(alias="as", serialization_alias="as", examples=["C1/李伟"])
    text: str


class Contacts(BaseModel):
    """The demonstration's customers, the one it starts as, the people who can take over, sentences to try, and the titles of procedures and intents."""

    contacts: list[Contact]
    default: str
    agents: list[str]
    examples: list[Try]
    titles: dict[str, dict[str, str]] = {}


class AgentActs(Body):
    """A person answers (`say`) or gives the conversation back (`close`): exactly one of the two."""

    name: str = Field(min_length=1, max_length=100, examples=["小陈"])
    say: str | None = Field(None, min_length=1, max_length=8000)
    basis: str = Field("", max_length=200, description="the `basis` of the draft that is sent: refused once the customer has written again")
    close: bool = False


class Done(BaseModel):
    ok: bool = True


class Time(BaseModel):
    now: str = Field(description="business time, UTC")
    timezone: str


class Section(BaseModel):
    id: str
    heading: list[str]
    text: str
    page: int | None = Field(None, description="in the file it came from, from 1")
    line: int | None = None


class SourceText(BaseModel):
    """A document in its sections, as citations name them: `start:end` of a citation index the section's text."""

    id: str
    title: str
    language: str
    languages: list[str]
    version: int
    level: str
    sections: list[Section]


class Health(BaseModel):
    status: str = Field(examples=["ok"])
    checks: dict[str, str] = Field({}, examples=[{"store": "ok: sqlite"}])
