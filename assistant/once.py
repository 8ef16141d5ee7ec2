"""What single commands need of a workspace and its state without serving anybody: problems, end state, turns, documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.app import all_tools, fill
from assistant.clock import FrozenClock, SystemClock
from assistant.config import Config
from assistant.errors import ConfigError
from assistant.ports import Clock
from assistant.store import dump, engine, turns
from assistant.types import Json, Passage, Scope
from assistant.workspace.load import load_workspace
from assistant.workspace.model import Problem, Workspace

if TYPE_CHECKING:
    from assistant.knowledge.ingest import SyncReport


def problems_of(directory: Path) -> tuple[object, ...]:
    """Everything that is wrong in a workspace, of every room."""
    from assistant.tools import rules, toolcheck

    try:
        workspace = load_workspace(directory)
    except ConfigError as error:
        return error.problems or (error.message,)
    found: tuple[Problem, ...] = (*rules.check(workspace), *toolcheck.problems(workspace, all_tools()))
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


def sync_documents(config: Config, progress: Callable[[str, int, int], None] | None = None) -> SyncReport:
    """Writes changed documents to SQL. Whoever owns the index follows the change log; it need not be this process."""
    from assistant.knowledge.base import Knowledge
    from assistant.knowledge.encode import packaged_encoder

    workspace = load_workspace(config.workspace)
    with engine.open_store(config.state / "assistant.db") as store:
        return Knowledge(store, workspace, packaged_encoder(), state=config.state, clock=_clock(workspace)).sync(progress)


def search_documents(config: Config, query: str, k: int) -> tuple[Passage, ...]:
    """The sections a customer's question finds."""
    from assistant.knowledge.base import Knowledge
    from assistant.knowledge.encode import packaged_encoder
    from assistant.text.script import detect_language

    workspace = load_workspace(config.workspace)
    clock = _clock(workspace)
    with engine.open_store(config.state / "assistant.db") as store:
        knowledge = Knowledge(store, workspace, packaged_encoder(), state=config.state, clock=clock)
        knowledge.sync()
        return knowledge.search(query, language=detect_language(query, sticky="zh-Hans"), scope=Scope("public", clock.now()), k=k)


def _clock(workspace: Workspace) -> Clock:
    """The time documents are valid at: the demonstration's start, or now."""
    start = workspace.settings.clock.start
    return FrozenClock(start) if start else SystemClock()
