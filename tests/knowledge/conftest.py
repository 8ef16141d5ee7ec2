"""A knowledge base of the garden company over a fresh state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.knowledge.base import Knowledge
from assistant.knowledge.ingest import document_source, sync
from assistant.knowledge.mentions import Names, names_of
from assistant.store.engine import SqlStore, open_store
from assistant.types import Scope
from assistant.workspace.company import Document
from tests.knowledge.garden import CATALOG, NOW, ZONE, HashEncoder, Still, workspace


@pytest.fixture(scope="session")
def names() -> Names:
    return names_of(CATALOG)


@pytest.fixture
def encoder() -> HashEncoder:
    return HashEncoder()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(tmp_path / "state" / "assistant.db") as opened:
        yield opened


@pytest.fixture
def scope() -> Scope:
    return Scope("public", NOW)


@pytest.fixture
def knowledge(store: SqlStore, encoder: HashEncoder, tmp_path: Path) -> Iterator[Knowledge]:
    """The garden company's knowledge base, documents in, nothing in the background."""
    made = Knowledge(store, workspace(tmp_path), encoder, state=tmp_path / "state", clock=Still())
    made.sync()
    yield made
    made.close()


@pytest.fixture
def put(store: SqlStore, encoder: HashEncoder, names: Names) -> Callable[..., Any]:
    """`put(document, …)` makes exactly these documents live."""

    def bring(*found: Document, at: datetime = NOW, progress: Any = None, cache: Any = None) -> Any:
        sources = [document_source(each, names=names, zone=ZONE, at=at) for each in found]
        return sync(store, sources, encoder=encoder, tenant="garden", at=at, progress=progress, cache=cache)

    return bring
