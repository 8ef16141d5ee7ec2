"""A library of the garden company for tests: Markdown only, word-hash encoder, a clock that can be moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.knowledge.library import Library, Run, add, sync_all
from assistant.knowledge.load.model import Finding, Loaded, UnreadableDocument
from assistant.store import knowledge as kb
from assistant.store.engine import SqlStore
from tests.knowledge.garden import NOW, HashEncoder, workspace

SECRET = """# Press manual

## Torque of the press
The gold press is tightened to 431 N·m with the long spanner, and never by hand.

| Part | Torque |
|---|---|
| ram bolt | 431 N·m |

## 夜班规定
夜班操作压机必须两人在场，并佩戴红色护目镜方可开机。
"""


class Moving:
    """A clock that is set by the test."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def read_markdown(data: bytes, name: str) -> Loaded:
    """A loader for tests: UTF-8 Markdown as it is; anything else cannot be read."""
    if b"\x00" in data:
        raise UnreadableDocument("no text in it", code="unsupported")
    text = data.decode("utf-8")
    held = tuple(Finding("instruction", line) for line in text.split("\n") if line.startswith("Ignore all"))
    return Loaded(name, "markdown", "", "\n".join(line for line in text.split("\n") if not line.startswith("Ignore all")), quarantined=held)


def shelf(store: SqlStore, root: Path, documents: Any = None, **given: Any) -> Library:
    """The library over `root/state`; `documents` are the workspace's (none by default)."""
    found = workspace(root, documents or [])
    found.routing = SimpleNamespace(queues={"after_sales": None})
    clock = given.pop("clock", None) or Moving()
    return Library(store, found, given.pop("encoder", None) or HashEncoder(), root / "state", clock, load=read_markdown, **given)


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def live(library: Library) -> dict[tuple[str, str], kb.DocumentRow]:
    rows = library.store.read_now(lambda conn: kb.live_documents(conn, tenant=library.tenant))
    return {(row.id, row.language): row for row in rows if row.id != "catalog"}


def texts(library: Library) -> str:
    return "\n".join(section.text for section in library.store.read_now(lambda conn: kb.live_sections(conn, tenant=library.tenant)))


def put(library: Library, root: Path, name: str = "press.md", text: str = SECRET, run: Run | None = None) -> Any:
    """A file added by path."""
    return add(library, [str(write(root / "in", {name: text}) / name)], run=run)


Sync = Callable[[Library], Any]
sync_everything: Sync = sync_all
