"""What single commands need of a workspace and its state without serving anybody: problems, end state, turns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.config import Config
from assistant.store import dump, engine, turns
from assistant.tools.fixture import fill
from assistant.types import Json
from assistant.workspace.load import load_workspace
from assistant.workspace.model import Problem


def problems_of(directory: Path) -> tuple[Problem, ...]:
    """Everything that is wrong in a workspace, of every room."""
    return seen_in(directory)[0]


def seen_in(directory: Path) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """(everything that is wrong in a workspace, what only looks like it and stops nobody)."""
    from assistant.tools.whole import notes_of, read_whole

    workspace, problems = read_whole(directory)
    return problems, notes_of(workspace) if workspace is not None else ()


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
