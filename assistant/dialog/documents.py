"""The documents as a turn uses them: answers, the place that states a rule, and the lifetime of the index behind them; it finds and composes nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.dialog.answer import answer as compose
from assistant.dialog.question import Question
from assistant.knowledge.ingest import Records, SyncReport, sources, sync
from assistant.knowledge.library import Library
from assistant.knowledge.vectors import VectorCache
from assistant.knowledge.vectors import stamp as stamped
from assistant.ports import Clock, Encoder
from assistant.text.words import words as cut
from assistant.types import Answer, Citation, Language, Scope
from assistant.workspace.model import Workspace

QUOTE_CHARACTERS = 160
Progress = Callable[[int, int], None]


class Documents:
    """One state's documents. `start` brings them in and keeps them fresh; everything else may be called from several threads."""

    def __init__(self, store: Records, workspace: Workspace, encoder: Encoder, *, state: Path, clock: Clock) -> None:
        tenant = workspace.settings.workspace.id
        self.library = Library(store, encoder, workspace.catalog, tenant=tenant)
        self._store = store
        self._workspace = workspace
        self._encoder = encoder
        self._state = state
        self._clock = clock
        self._tenant = tenant

    def sync(self, progress: Progress | None = None) -> SyncReport:
        """Stores what changed in the workspace's documents."""
        now = self._clock.now()
        cache = VectorCache(self._workspace.root / "var" / "cache", self._encoder)
        return sync(self._store, sources(self._workspace, now), encoder=self._encoder, tenant=self._tenant, at=now, progress=progress, cache=cache)

    def start(self, progress: Progress | None = None) -> None:
        self.sync(progress)
        self.library.refresh()
        self.library.start(self._state)

    def close(self) -> None:
        self.library.close()

    def answer(self, question: Question, scope: Scope) -> Answer | None:
        """The built-in engine's answer, or None when nothing above the floor supports one."""
        return compose(question, library=self.library, scope=scope, texts=self._workspace.texts.texts)

    def cite(self, document: str, language: Language, words: str) -> tuple[Citation, ...]:
        """The section of a live document that shares most words with `words`, in the asker's language where there is one."""
        snapshot = self.library.snapshot()
        short = "en" if language == "en" else "zh"
        candidates = [section for section in snapshot.sections if section.document == document]
        candidates = [section for section in candidates if section.language == short] or candidates
        wanted = set(cut(words))
        best = max(candidates, key=lambda section: len(wanted & set(cut(f"{section.heading} {section.text}"))), default=None)
        if best is None:
            return ()
        start = _nearest(best.text, wanted)
        quote = best.text[start : start + QUOTE_CHARACTERS].split("\n\n")[0]
        return (Citation(best.document, best.version, best.id, quote, start, start + len(quote), best.heading),)

    def stamp(self) -> str:
        """What the answers of now are made from: the change number of the documents and the encoder."""
        return f"{self.library.snapshot().head}@{stamped(self._encoder)}"

    def ping(self) -> str:
        snapshot = self.library.snapshot()
        return f"{len(snapshot.documents)} documents, {len(snapshot.sections)} sections, {stamped(self._encoder)}"


def _nearest(text: str, wanted: set[str]) -> int:
    """The start of the line that shares most words."""
    best, place, at = -1, 0, 0
    for line in text.splitlines(keepends=True):
        shared = len(wanted & set(cut(line)))
        if shared > best and line.strip():
            best, place = shared, at
        at += len(line)
    return place
