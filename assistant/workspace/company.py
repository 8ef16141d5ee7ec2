"""What a company is and has, as its files say it: settings, catalogue, documents, fixture; how it acts is in `conduct.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Literal

from assistant.workspace.marks import (
    AttributeRef,
    CompanyRef,
    DocumentRef,
    FamilyRef,
    Localized,
    QueueRef,
    RelationRef,
    SkillRef,
    SkuRef,
    StatusRef,
    Words,
)

# assistant.toml


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the company is. `assistant` is the name the assistant goes by; `timezone` is the zone of every date and time in the workspace."""

    id: str
    name: Localized
    assistant: Localized
    languages: tuple[Literal["zh", "en"], ...]
    timezone: str
    currency: str


@dataclass(frozen=True, slots=True)
class ClockSpec:
    """`start`: where a fresh state's business clock starts; None = the system's time."""

    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """`country` as in ISO 3166 ("CN", "US-TX"; "" = no public holidays); `weekend` are ISO weekdays; the two lists are the company's exceptions."""

    country: str = ""
    weekend: tuple[int, ...] = (6, 7)
    days_off: tuple[date, ...] = ()
    working_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class OrdersSpec:
    """Where orders live. `token_env` names the environment variable that holds the REST system's token; `number_pattern` is a regular expression of an
    order number, needed only when the fixture's numbers do not show its shape."""

    system: Literal["builtin", "rest"] = "builtin"
    url: str = ""
    token_env: str = ""
    number_pattern: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """`key_per_minute`: requests that a key for programs may make each minute, unless it has a number of its own; 0 = no bound."""

    message_characters: int = 8000
    confirmation_minutes: int = 30
    max_asks: int = 3
    key_per_minute: int = 600


@dataclass(frozen=True, slots=True)
class Example:
    """Something to try: who says it (`as_`), and what."""

    as_: str
    text: str


@dataclass(frozen=True, slots=True)
class Demo:
    """`as_` ("C1/李伟") is the contact the demo page starts as; `examples` are shown as things to try."""

    as_: str = ""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What one file of documents may cost, its attachments and members together; beyond one of them nothing of the file is taken."""

    file_bytes: int = 50_000_000  # as it comes
    unpacked_bytes: int = 200_000_000  # all members of all archives in it
    ratio: int = 100  # unpacked to packed, looked at from 10 MB unpacked on
    members: int = 1_000  # files of an archive, attachments of a mail, nested ones included
    depth: int = 3  # archives and mails within each other
    pages: int = 2_000
    page_bytes: int = 20_000_000  # drawing instructions of one page, unpacked
    table_rows: int = 50_000  # rows with content, all sheets together
    cell_chars: int = 32_767
    text_chars: int = 20_000_000
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What getting one address may cost; `bytes` counts the body, `seconds` all redirects together."""

    bytes: int = 20_000_000
    seconds: float = 30.0
    redirects: int = 3


@dataclass(frozen=True, slots=True)
class KnowledgeSpec:
    """`fetch`: whether documents may be added by address; only public addresses are ever asked. `show_once`: whether a section that repeats one of another
    document is shown once, with both places. `encoder`: see docs/embedding.md; `encoder_url` (without it
    OPENAI_BASE_URL counts) and the variable `encoder_key_env` are for a server's."""

    fetch: bool = False
    limits: FileLimits = FileLimits()
    fetch_limits: FetchLimits = FetchLimits()
    show_once: bool = True
    encoder: str = ""
    encoder_url: str = ""
    encoder_key_env: str = "OPENAI_API_KEY"


@dataclass(frozen=True, slots=True)
class ModelPrice:
    """What a million tokens cost, in minor units of the workspace's currency; 0 = nothing, or not known."""

    prompt: float = 0.0
    completion: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelBudget:
    """Most tokens a turn, a conversation and a day of the whole workspace may take, and most money a day (minor units of the currency); 0 = no bound."""

    turn_tokens: int = 20_000
    conversation_tokens: int = 200_000
    day_tokens: int = 0
    day_money: int = 0


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """Which language models serve. `use` lists back ends in the order they are tried ("openai:qwen3", "llama:model.gguf"); empty = the built-in engine.

    `read`, `answer` … replace `use` for one task. `url` and the key (of environment variable `key_env`, or in file `key_file` of mode 600) are for
    OpenAI-compatible back ends; without `url` OPENAI_BASE_URL counts. `options` go to a LangChain class. Times in seconds.
    """

    use: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    draft: tuple[str, ...] = ()
    judge: tuple[str, ...] = ()
    url: str = ""
    key_env: str = "OPENAI_API_KEY"
    key_file: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    turn_seconds: float = 10.0
    first_token_seconds: float = 6.0
    idle_seconds: float = 4.0
    retry_after_seconds: float = 60.0
    parallel: int = 16
    context_tokens: int = 8_000
    price: ModelPrice = ModelPrice()
    budget: ModelBudget = ModelBudget()


@dataclass(frozen=True, slots=True)
class KeySpec:
    """A key for programs: `hash` is the SHA-256 of it in hexadecimal digits; the key itself is kept nowhere.

    It stands for the contact `as_`, or for a `role`: knowledge looks things up in public documents, agent drafts for people. `permissions` narrow what a
    contact's key may do; empty = whatever the contact may. `per_minute`: requests it may make each minute; 0 = as [limits] says.
    """

    name: str
    hash: str
    as_: str = ""
    role: Literal["knowledge", "agent", ""] = ""
    permissions: tuple[str, ...] = ()
    per_minute: int = 0


@dataclass(frozen=True, slots=True)
class ToolsSpec:
    """`allow_code`: whether the Python files in tools/ are run. They may do whatever this program may."""

    allow_code: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    workspace: Identity
    clock: ClockSpec = ClockSpec()
    calendar: CalendarSpec = CalendarSpec()
    orders: OrdersSpec = OrdersSpec()
    limits: Limits = Limits()
    demo: Demo = Demo()
    knowledge: KnowledgeSpec = KnowledgeSpec()
    model: ModelSpec = ModelSpec()
    keys: tuple[KeySpec, ...] = ()
    tools: ToolsSpec = ToolsSpec()


# catalog.yaml


@dataclass(frozen=True, slots=True)
class Family:
    id: Annotated[str, "key:family"]
    name: Localized
    words: Words = field(default_factory=dict)
    skills: tuple[SkillRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribute:
    """A measured or stated property; `words` is how people ask for it, `better` which way a comparison leans."""

    id: Annotated[str, "key:attribute"]
    name: Localized
    words: Words = field(default_factory=dict)
    unit: str = ""
    better: Literal["higher", "lower", ""] = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of edge from a product to its accessories."""

    id: Annotated[str, "key:relation"]
    name: Localized
    words: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Product:
    """A catalogue row. `price` in minor units; `relations` maps a relation to the SKUs it leads to; `document` is its page."""

    sku: Annotated[str, "key:sku"]
    name: Localized
    family: FamilyRef
    price: int
    unit: Localized = field(default_factory=dict)
    words: tuple[str, ...] = ()
    custom: bool = False
    warranty_months: int = 0
    specs: Mapping[AttributeRef, str] = field(default_factory=dict)
    relations: Mapping[RelationRef, tuple[SkuRef, ...]] = field(default_factory=dict)
    document: DocumentRef = ""


@dataclass(frozen=True, slots=True)
class Catalog:
    families: Mapping[str, Family]
    products: Annotated[Mapping[str, Product], "list"]
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One language variant of a document. `body` is the Markdown below the front matter and starts on line `body_line` of `path` (relative to the root)."""

    id: str
    title: str
    level: Literal["enterprise", "product", "scene"]
    language: str
    path: str
    body: str
    body_line: int
    products: tuple[str, ...] = ()
    audience: Literal["public", "internal"] = "public"
    valid_from: date | None = None
    valid_until: date | None = None
    owner: str = ""
    route_to: str = ""
    version: int = 1


# reviews.yaml


@dataclass(frozen=True, slots=True)
class Review:
    """What a customer wrote about a product: `stars` 1–5, the day it was `written`, its words in their own `language`; `by` is who may be named."""

    id: Annotated[str, "key:review"]
    product: SkuRef
    stars: int
    written: date
    language: Literal["zh", "en"]
    text: str
    by: str = ""


# fixture


@dataclass(frozen=True, slots=True)
class FixtureContact:
    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class FixtureCompany:
    id: Annotated[str, "key:company"]
    name: str
    tier: str = ""
    language: Literal["zh", "en", "zh-Hans", "zh-Hant", ""] = ""
    contacts: tuple[FixtureContact, ...] = ()


@dataclass(frozen=True, slots=True)
class FixtureLine:
    sku: SkuRef
    quantity: int


@dataclass(frozen=True, slots=True)
class FixtureOrder:
    """An order of the built-in system; `delivered` is an instant (UTC), written as local date or time."""

    number: Annotated[str, "key:order"]
    company: CompanyRef
    status: StatusRef
    lines: tuple[FixtureLine, ...]
    due: date
    placed: date
    ship_to: str
    delivered: datetime | None = None
    tracking: str = ""
    carrier: str = ""
    note: str = ""
    invoiced: date | None = None


@dataclass(frozen=True, slots=True)
class FixtureAgent:
    id: Annotated[str, "key:agent"]
    name: str
    skills: tuple[str, ...] = ()
    queues: tuple[QueueRef, ...] = ()
    languages: tuple[Literal["zh", "en"], ...] = ()
    capacity: int = 3


@dataclass(frozen=True, slots=True)
class Fixture:
    """What a fresh state of the built-in order system holds; a stock of None means that nothing is known of it."""

    companies: Mapping[str, FixtureCompany] = field(default_factory=dict)
    orders: Mapping[str, FixtureOrder] = field(default_factory=dict)
    stock: Mapping[str, int | None] = field(default_factory=dict)
    agents: Mapping[str, FixtureAgent] = field(default_factory=dict)
