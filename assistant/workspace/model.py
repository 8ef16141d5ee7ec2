"""A workspace as one frozen value, with the names of its files and the shape of a problem found in them; no reading, no checking.

The parts are declared in `company.py` (what it has) and `conduct.py` (how it acts) and are all importable from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.workspace.company import (
    Attribute,
    CalendarSpec,
    Catalog,
    ClockSpec,
    Demo,
    Document,
    Family,
    Fixture,
    FixtureAgent,
    FixtureCompany,
    FixtureContact,
    FixtureLine,
    FixtureOrder,
    Identity,
    KeySpec,
    Limits,
    OrdersSpec,
    Product,
    Relation,
    Review,
    Settings,
)
from assistant.workspace.conduct import (
    Clause,
    FunctionSpec,
    Hours,
    Intent,
    Lexicon,
    Option,
    Policies,
    Procedures,
    ProcedureSpec,
    QueueSpec,
    ReasonSpec,
    RouteDefault,
    RoutingSpec,
    RuleSpec,
    SlotSpec,
    Texts,
    TicketKind,
    TierSpec,
)
from assistant.workspace.marks import SlotType
from assistant.workspace.toolspec import ApiTool, ToolsFile

__all__ = [
    "Attribute",
    "CalendarSpec",
    "Catalog",
    "Clause",
    "ClockSpec",
    "Demo",
    "Document",
    "Family",
    "Fixture",
    "FixtureAgent",
    "FixtureCompany",
    "FixtureContact",
    "FixtureLine",
    "FixtureOrder",
    "FunctionSpec",
    "Hours",
    "Identity",
    "Intent",
    "KeySpec",
    "Lexicon",
    "Limits",
    "Option",
    "OrdersSpec",
    "Policies",
    "Problem",
    "ProcedureSpec",
    "Procedures",
    "Product",
    "Prompt",
    "QueueSpec",
    "ReasonSpec",
    "Relation",
    "Review",
    "RouteDefault",
    "RoutingSpec",
    "RuleSpec",
    "Settings",
    "SlotSpec",
    "SlotType",
    "Texts",
    "TicketKind",
    "TierSpec",
    "ToolsFile",
    "Workspace",
]

SETTINGS = "assistant.toml"
# the folders of corpus/ that hold documents, and the level of what lies in them
LEVEL_FOLDERS = {"enterprise": "enterprise", "products": "product", "scenes": "scene"}
CATALOG = "corpus/catalog.yaml"
REVIEWS = "corpus/reviews.yaml"
INTENTS = "corpus/intents.yaml"
PROCEDURES = "corpus/procedures.yaml"
POLICIES = "corpus/policies.yaml"
ROUTING = "corpus/routing.yaml"
TEXTS = "corpus/texts.yaml"
LEXICON = "corpus/lexicon.yaml"
REGIONS = "corpus/regions.yaml"
CONCEPTS = "corpus/concepts.txt"
COMPANIES = "corpus/fixture/companies.yaml"
ORDERS = "corpus/fixture/orders.yaml"
STOCK = "corpus/fixture/stock.yaml"
AGENTS = "corpus/fixture/agents.yaml"
TOOLS = "corpus/tools.yaml"
CALIBRATION = "evals/calibration.json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a workspace: where it is, what is wrong and what would be right. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    key: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key + ': ' if self.key else ''}{self.message}{f' ({self.hint})' if self.hint else ''}"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A text for a model: `variables` it may use, `variant` of the same name and language ("" = the default)."""

    name: str
    language: str
    path: str
    text: str
    version: int = 1
    variables: tuple[str, ...] = ()
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One company. `hash` stamps the content of every file read; `positions` maps (file, dotted key) to its line.

    `tools` are its own, `openapi` the files of that kind that they name.
    `calibration` is what `evals/calibration.json` holds: {"confidence": {"default": …, "<intent>.<zh|en>": …}}, empty without the file.
    `ideas` are words of the company's trade that mean the same, a group each. `tools_named` are the tools that scenarios name, and where;
    `notes` tell what looks like a mistake and stops nobody.
    """

    root: Path
    settings: Settings
    catalog: Catalog
    documents: tuple[Document, ...]
    intents: Mapping[str, Intent]
    procedures: Mapping[str, ProcedureSpec]
    tickets: Mapping[str, TicketKind]
    statuses: tuple[str, ...]
    rules: Mapping[str, RuleSpec]
    functions: Mapping[str, FunctionSpec]
    routing: RoutingSpec
    texts: Texts
    lexicon: Lexicon
    regions: Mapping[str, tuple[str, ...]]
    fixture: Fixture
    prompts: tuple[Prompt, ...]
    calibration: Mapping[str, Any]
    hash: str
    positions: Mapping[tuple[str, str], int] = field(repr=False, compare=False)
    tools: Mapping[str, ApiTool] = field(default_factory=dict)
    openapi: Mapping[str, Any] = field(default_factory=dict)
    ideas: tuple[tuple[str, ...], ...] = ()
    reviews: Mapping[str, Review] = field(default_factory=dict)
    tools_named: tuple[tuple[str, Problem], ...] = field(default=(), repr=False, compare=False)
    notes: tuple[Problem, ...] = field(default=(), repr=False, compare=False)

    @property
    def languages(self) -> tuple[str, ...]:
        return self.settings.workspace.languages

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.workspace.timezone)

    @property
    def currency(self) -> str:
        return self.settings.workspace.currency

    @property
    def products(self) -> Mapping[str, Product]:
        return self.catalog.products

    def problem(self, file: str, key: str, message: str, *, hint: str = "") -> Problem:
        """A problem at `key` of `file` ("rules.DATE.clauses.0.when"), with the line of the key or of its nearest known parent."""
        return Problem(file, line_of(self.positions, file, key), key, message, hint)

    def variants(self, document: str) -> tuple[Document, ...]:
        """The language variants of a document."""
        return tuple(found for found in self.documents if found.id == document)


def line_of(positions: Mapping[tuple[str, str], int], file: str, key: str) -> int:
    """The line of a dotted key or of its nearest known parent; 0 when the file is not known."""
    while key and (file, key) not in positions:
        key = key.rpartition(".")[0]
    return positions.get((file, key), 0)


def nearest(name: str, names: Iterable[str]) -> str:
    """Advice on a misspelt name: the closest valid one, or all of them when they are few; "" when there is nothing to say."""
    from rapidfuzz import process

    known = sorted(set(names))
    best = process.extractOne(name, known, score_cutoff=60)
    if best:
        return f"did you mean {best[0]!r}?"
    return f"one of {', '.join(known)}" if 0 < len(known) <= 12 else ""
