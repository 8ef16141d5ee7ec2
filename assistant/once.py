"""What single commands need of a workspace and its state without serving anybody: problems, end state, turns, documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.app import fill, load_company
from assistant.clock import FrozenClock, SystemClock
from assistant.config import Config
from assistant.errors import ConfigError
from assistant.store import dump, engine, turns
from assistant.types import Json, Passage, Scope
from assistant.workspace.load import load_workspace
from assistant.workspace.model import Problem

if TYPE_CHECKING:
    from assistant.knowledge.ingest import SyncReport


def problems_of(directory: Path) -> tuple[object, ...]:
    """Everything that is wrong in a workspace, of every room."""
    from assistant.tools import rules

    try:
        workspace = load_workspace(directory)
    except ConfigError as error:
        return error.problems or (error.message,)
    found: tuple[Problem, ...] = rules.check(workspace)
    return found


def read_state(config: Config) -> dict[str, Json]:
    """The end state of a state folder; a new one is filled with the fixture first."""
    from assistant.tools.rules import compile_rules

    workspace = load_workspace(config.workspace)
    with engine.open_store(config.state / "assistant.db") as store:
        fill(store, workspace, compile_rules(workspace))
        tenant, zone = workspace.settings.workspace.id, workspace.settings.workspace.timezone
        return store.read_now(lambda conn: dump.dump_state(conn, tenant=tenant, zone=zone))


def read_turn(config: Config, turn: str) -> Mapping[str, Json]:
    """The record of a turn. Raises NotFound."""
    workspace = load_workspace(config.workspace)
    with engine.open_store(config.state / "assistant.db") as store:
        return store.read_now(lambda conn: turns.get_turn(conn, turn, tenant=workspace.settings.workspace.id)).record


def sync_documents(config: Config, progress: Callable[[int, int], None] | None = None) -> SyncReport:
    """Writes changed documents to SQL. Whoever owns the index follows the change log; it need not be this process."""
    from assistant.dialog.documents import Documents
    from assistant.knowledge.encode import packaged_encoder

    workspace = load_workspace(config.workspace)
    with engine.open_store(config.state / "assistant.db") as store:
        return Documents(store, workspace, packaged_encoder(), state=config.state, clock=SystemClock()).sync(progress)


def search_documents(config: Config, query: str, k: int) -> tuple[Passage, ...]:
    """The sections a customer's question finds."""
    from assistant.dialog.documents import Documents
    from assistant.knowledge.search import HybridRetriever
    from assistant.text.script import detect_language

    company = load_company(config)
    start = company.workspace.settings.clock.start
    clock = FrozenClock(start) if start else SystemClock()
    with engine.open_store(config.state / "assistant.db") as store:
        documents = Documents(store, company.workspace, company.encoder, state=config.state, clock=clock)
        documents.sync()
        documents.library.refresh()
        language = detect_language(query, sticky="zh-Hans")
        return HybridRetriever(documents.library).search(query, language=language, scope=Scope("public", clock.now()), k=k)
