"""The live knowledge base of one process: the newest snapshot, kept fresh from the SQL change log, and the index beside it; it decides nothing about answers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread

from assistant.errors import BackendUnavailable
from assistant.knowledge import snapshot as snapshots
from assistant.knowledge.concepts import Concepts, concepts_of
from assistant.knowledge.facts import FactTable, fact_table
from assistant.knowledge.index import VectorIndex
from assistant.knowledge.ingest import Records
from assistant.knowledge.lock import Ownership, acquire
from assistant.knowledge.mentions import Names, names_of
from assistant.knowledge.search import Mix, Nearest
from assistant.knowledge.snapshot import Snapshot
from assistant.ports import Encoder
from assistant.store import knowledge as kb
from assistant.types import Scope
from assistant.workspace.model import Catalog

POLL_SECONDS = 0.5


class Library:
    """What a process knows. `snapshot()` is never older than POLL_SECONDS once started; without `start` it is as old as the last `refresh`."""

    def __init__(self, store: Records, encoder: Encoder, catalog: Catalog, *, tenant: str, mix: Mix | None = None) -> None:
        self.encoder = encoder
        self.catalog = catalog
        self.mix = mix or Mix()
        self.names: Names = names_of(catalog)
        self.concepts: Concepts = concepts_of(catalog)
        self._store = store
        self._tenant = tenant
        self._snapshot: Snapshot | None = None
        self._facts: tuple[Snapshot, FactTable] | None = None
        self._guard = Lock()
        self._index: VectorIndex | None = None
        self._owner: Ownership | None = None
        self._stop = Event()
        self._thread: Thread | None = None

    @property
    def index(self) -> Nearest | None:
        return self._index

    def snapshot(self) -> Snapshot:
        """The current snapshot; the first call builds it."""
        return self._snapshot or self.refresh()

    def refresh(self) -> Snapshot:
        """Reads what changed in SQL since the last snapshot and switches to it at once."""
        with self._guard:
            self._snapshot = snapshots.load(self._store, self.encoder, tenant=self._tenant, concepts=self.concepts, earlier=self._snapshot)
            return self._snapshot

    def facts(self) -> FactTable:
        """The facts of the current snapshot."""
        current = self.snapshot()
        held = self._facts
        if held is not None and held[0] is current:
            return held[1]
        table = fact_table(current, self.catalog, self.names)
        self._facts = (current, table)
        return table

    def check(self, versions: Mapping[tuple[str, str], int], scope: Scope) -> set[tuple[str, str]]:
        """Which of these variants (id, language) in these versions SQL holds live, and `scope` may see, at this moment."""
        if not versions:
            return set()
        ids = sorted({document for document, _ in versions})
        rows = self._store.read_now(lambda conn: kb.live_documents(conn, tenant=self._tenant, ids=ids))
        return {(row.id, row.language) for row in rows if versions.get((row.id, row.language)) == row.version and snapshots.allowed(row, scope)}

    def start(self, folder: Path) -> bool:
        """Keeps the snapshot fresh in the background. With the state `folder` to itself also owns its vector index; returns whether it does."""
        self._owner = acquire(folder)
        if self._owner is not None:
            self._index = VectorIndex(folder / "vectors", self.encoder)
        self._thread = Thread(target=self._follow, name="knowledge", daemon=True)
        self._thread.start()
        return self._owner is not None

    def close(self) -> None:
        """Stops following, closes the index and gives the folder back; a second call does nothing."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        if self._index is not None:
            self._index.close()
        if self._owner is not None:
            self._owner.release()
        self._thread = self._index = self._owner = None

    def _follow(self) -> None:
        while not self._stop.is_set():
            # a store that is busy or closing now may answer at the next look
            with suppress(BackendUnavailable):
                current = self.refresh()
                self.facts()
                if self._index is not None:
                    self._index.follow(current)
            self._stop.wait(POLL_SECONDS)
