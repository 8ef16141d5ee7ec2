"""The live knowledge base of one process: documents brought into SQL, the newest snapshot of it, and the index beside it; it words no answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from difflib import SequenceMatcher
from functools import lru_cache, partial
from math import log
from pathlib import Path
from threading import Event, Lock, Thread

from assistant.errors import BackendUnavailable
from assistant.knowledge import snapshot as snapshots
from assistant.knowledge.beneath import forget
from assistant.knowledge.beside import Beside, Paired, left_behind
from assistant.knowledge.calibration import Retrieval, retrieval_of
from assistant.knowledge.concepts import Concepts, concepts_of
from assistant.knowledge.extract import Memo
from assistant.knowledge.facts import FactTable, fact_table
from assistant.knowledge.fetch import fetch
from assistant.knowledge.index import VectorIndex
from assistant.knowledge.ingest import Records, SyncReport
from assistant.knowledge.library import CACHE, Library, Run, sync_workspace
from assistant.knowledge.lock import Ownership, acquire
from assistant.knowledge.mentions import Same, names_of
from assistant.knowledge.search import SURE, HybridRetriever, Mix, Nearest
from assistant.knowledge.snapshot import Snapshot
from assistant.knowledge.terms import is_content, terms
from assistant.knowledge.twins import joined, with_twins
from assistant.knowledge.vectors import calm_threads, stamp
from assistant.ports import Clock, Encoder
from assistant.store import knowledge as kb
from assistant.store import knowledge_life as life
from assistant.store.knowledge import DocumentRow
from assistant.store.knowledge_feedback import applied_mix
from assistant.store.knowledge_life import INDEX_READER
from assistant.store.knowledge_purge import PURGED, SHREDDED
from assistant.text.words import sentences
from assistant.types import Answer, Citation, Language, Passage, Scope
from assistant.workspace.model import Catalog, Workspace

POLL_SECONDS = 0.25
# rules cite the same few dozen places again and again; what is remembered goes with the snapshot it was found in
CITED = 512
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_STATEMENT = 3  # so many words in a row say the same
Progress = Callable[[str, int, int], None]
Cited = tuple[Snapshot, dict[str, list[DocumentRow]], dict[tuple[str, Language, str, tuple[str, ...]], tuple[Citation, ...]]]


class Knowledge:
    """What a process knows. Once started, `snapshot` is never older than POLL_SECONDS; before, it is as old as the last `refresh`.

    Reads are safe from many threads at once: a snapshot never changes, and the one in use is switched as a whole.
    """

    def __init__(self, store: Records, workspace: Workspace, encoder: Encoder, *, state: Path, clock: Clock) -> None:
        self.encoder = encoder
        self.workspace = workspace
        self.catalog = workspace.catalog
        self.names = names_of(workspace.catalog)
        self.concepts = _concepts_of(Same(workspace.catalog), Same(workspace.ideas))
        self.calibration: Retrieval = retrieval_of(workspace.calibration)
        self.retriever = HybridRetriever(self)
        self.memo = Memo()
        self.tenant = workspace.settings.workspace.id
        self._store = store
        self._state = state
        self._clock = clock
        self.second = Beside(encoder.second, workspace.root / CACHE) if isinstance(encoder, Paired) else None
        self.sure = SURE
        spec = getattr(workspace.settings, "knowledge", None)
        self.once = spec is None or spec.show_once
        self._snapshot: Snapshot | None = None
        self._facts: tuple[Snapshot, FactTable] | None = None
        self._cited: Cited | None = None
        self._tuned: Mix | None = None
        self._applied: Mapping[str, float] = {}
        self._guard = Lock()
        self._index: VectorIndex | None = None
        self._owner: Ownership | None = None
        self._seen = self._settled = 0
        self._current: Snapshot | None = None
        self._stop = Event()
        self._threads: tuple[Thread, ...] = ()

    @property
    def mix(self) -> Mix:
        return self._tuned or self.calibration.mix

    @property
    def mix_seconded(self) -> Mix:
        """The mix where a second encoder has a say; what somebody applied counts there too."""
        return replace(self.calibration.given(True).mix, **self._applied)

    @property
    def index(self) -> Nearest | None:
        return self._index

    def start(self, progress: Progress | None = None) -> None:
        """Brings the documents in, reads them, and follows the change log; owns the state's vector index when no other process does."""
        self._owner = acquire(self._state)
        if self._owner is not None:
            self._index = VectorIndex(self._state / "vectors", self.encoder)
        self.follow(progress)

    def follow(self, progress: Progress | None = None) -> None:
        """Like `start` without an index of its own: exact search, for a process that does not live long enough to be worth building one."""
        self._bring(progress)
        self.watch()

    def watch(self) -> None:
        """`follow` where the documents are in SQL already: reads them there and follows the change log."""
        self._take_up()
        self._seen = self._settled = self._store.read_now(lambda conn: life.acknowledged(conn, INDEX_READER, tenant=self.tenant))
        # an index that is filled anew keeps its thread for minutes: documents are followed on another
        works = (self._follow,) if self._index is None else (self._follow, self._follow_with_index)
        self._current = self.snapshot()
        self._threads = tuple(Thread(target=work, name="knowledge", daemon=True) for work in works)
        for each in self._threads:
            each.start()
        if self.second is not None:
            self.second.follow(self.snapshot)

    def sync(self, progress: Progress | None = None) -> SyncReport:
        """Makes SQL hold exactly the workspace's documents and catalogue; nothing is written for what did not change."""
        report = self._bring(progress)
        self._take_up()
        return report

    def _bring(self, progress: Progress | None) -> SyncReport:
        library = Library(self._store, self.workspace, self.encoder, self._state, self._clock, "sync")
        outcome = sync_workspace(library, Run(progress=progress))
        return replace(outcome.report, failed=outcome.problems)

    def _take_up(self) -> None:
        self.tune()
        self.refresh()

    def tune(self) -> None:
        """Takes up the change of ranking that somebody applied, or lets go of one that was reverted."""
        held = self._store.read_now(lambda conn: applied_mix(conn, tenant=self.tenant))
        # a setting of another version of this program is left as it was fitted
        named = {each.name: float(str(held[each.name])) for each in fields(Mix) if each.name in held}
        self._applied = named
        self._tuned = replace(self.calibration.mix, **named) if named else None

    def library(self, who: str) -> Library:
        """The same documents for whoever acts on them."""
        spec = self.workspace.settings.knowledge
        fetched = partial(fetch, limits=spec.fetch_limits) if spec.fetch else None
        return Library(self._store, self.workspace, self.encoder, self._state, self._clock, who, fetch=fetched)

    def snapshot(self) -> Snapshot:
        """The current snapshot; the first call builds it."""
        return self._snapshot or self.refresh()

    def refresh(self) -> Snapshot:
        """Reads what changed in SQL since the last snapshot and switches to it at once."""
        calm_threads()
        with self._guard:
            self._snapshot = snapshots.load(self._store, self.encoder, tenant=self.tenant, concepts=self.concepts, earlier=self._snapshot)
            return self._snapshot

    def facts(self) -> FactTable:
        """The facts of the current snapshot."""
        current, held = self.snapshot(), self._facts
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
        rows = self._store.read_now(lambda conn: kb.live_documents(conn, tenant=self.tenant, ids=ids))
        return {(row.id, row.language) for row in rows if versions.get((row.id, row.language)) == row.version and snapshots.allowed(row, scope)}

    def search(self, query: str, *, language: Language, scope: Scope, k: int = 5) -> tuple[Passage, ...]:
        """The Retriever seam."""
        if not self.once:
            return self.retriever.search(query, language=language, scope=scope, k=k)
        return joined(self.retriever.search(query, language=language, scope=scope, k=2 * k), self.snapshot())[:k]

    def everywhere(self, answer: Answer | None, scope: Scope) -> Answer | None:
        """An answer with all places that say its sentences, where sections are shown once."""
        if answer is None or not self.once:
            return answer
        return with_twins(answer, self.snapshot(), scope, lambda versions: self.check(versions, replace(scope, products=())), self.memo)

    def cite(self, document: str, language: Language, words: str) -> tuple[Citation, ...]:
        """The section of a live document that says most of `words` and their figures, or the one of that id; empty when there is no such document."""
        current, held = self.snapshot(), self._cited
        if held is None or held[0] is not current:
            held = self._cited = (current, _by_id(current), {})
        # what a rule rests on is shown to customers, so a page that is internal or not in force is no citation
        scope = Scope("public", self._clock.now())
        shown = tuple(row.language for row in held[1].get(document, ()) if snapshots.allowed(row, scope))
        key = (document, language, words, shown)
        found = held[2].get(key)
        if found is None:
            found = _citation(current, document, shown, wanted="en" if language == "en" else "zh", words=words)
            if len(held[2]) < CITED:
                held[2][key] = found
        return found

    def stamp(self) -> str:
        """What an answer was made under: encoder and change number."""
        return f"{stamp(self.encoder)}@{self._snapshot.head if self._snapshot else 0}"

    def ping(self) -> str:
        """One line for people."""
        current = self.snapshot()
        held = "vector index" if self._index is not None and self._index.ready else "exact search"
        return f"{len(current.documents)} documents, {len(current.sections)} sections, {len(current.hashes)} vectors, {held}"

    def close(self) -> None:
        """Stops following, closes the index and gives the folder back; a second call does nothing."""
        self._stop.set()
        if self.second is not None:
            self.second.close()
        if self._index is not None:
            self._index.give_up()
        for each in self._threads:
            each.join()
        if self._index is not None:
            self._index.close()
        if self._owner is not None:
            self._owner.release()
        self._threads, self._index, self._owner = (), None, None

    def _follow(self) -> None:
        while not self._stop.is_set():
            # a store that is busy or closing now may answer at the next look
            with suppress(BackendUnavailable):
                current = self.refresh()
                # removals go before everything else that a change brings with it
                self._forget(current)
                self._current = current
                self.tune()
                self.facts()
                if current.lexical.due:
                    current.lexical.merge(current.terms)
            self._stop.wait(POLL_SECONDS)

    def _follow_with_index(self) -> None:
        while not self._stop.is_set():
            with suppress(BackendUnavailable):
                if (current := self._current) is not None:
                    self._settle(current)
            self._stop.wait(POLL_SECONDS)

    def _kinds(self, seen: int) -> frozenset[str]:
        """The kinds of change since a change number."""
        return self._store.read_now(lambda conn: life.kinds_since(conn, seen, tenant=self.tenant))

    def _forget(self, current: Snapshot) -> None:
        """Drops what this process may still remember of a document that was removed since the last look."""
        if current.head == self._seen:
            return
        if self._kinds(self._seen) & {PURGED, SHREDDED}:
            if self._index is not None:
                self._index.overtake(current.head)
            self.memo, self._cited, self._facts = Memo(), None, None
            # vectors that were being made of it when it went may have been cached since
            names = left_behind(self._current, current) if self._current is not None else frozenset()
            if self.second is not None:
                self.second.forget(names, current.head)
            forget(self.workspace.root / CACHE, names)
            self.retriever.forget()
            self.names.found.clear()
            # what is gone keeps its words in the base of the index until they are merged
            current.lexical.merge(current.terms)
        self._seen = current.head

    def _settle(self, current: Snapshot) -> None:
        """Brings the index to a snapshot whose removals this process has forgotten, and tells whoever removed a document that nothing here holds it."""
        if self._index is None:
            return
        if current.head != self._settled:
            gone = self._kinds(self._settled) & {PURGED, SHREDDED}
            if gone:
                # Chroma keeps deleted vectors in its files: a new folder holds none
                self._index.without(current, anew=SHREDDED in gone)
                at = self._clock.now()
                self._store.write_now(lambda conn: life.acknowledge(conn, INDEX_READER, current.head, tenant=self.tenant, at=at))
            self._settled = current.head
        self._index.follow(current)


@lru_cache(maxsize=4)
def _concepts_of(catalog: Same[Catalog], own: Same[Sequence[tuple[str, ...]]]) -> Concepts:
    """The ideas of a workspace, which every state of it shares, whatever its settings."""
    return concepts_of(catalog.it, own.it)


def _by_id(current: Snapshot) -> dict[str, list[DocumentRow]]:
    found: dict[str, list[DocumentRow]] = {}
    for row in current.documents:
        found.setdefault(row.id, []).append(row)
    return found


def _citation(current: Snapshot, document: str, shown: tuple[str, ...], *, wanted: str, words: str) -> tuple[Citation, ...]:
    for language in shown:
        apart = current.apart.get((document, words, language))
        if apart is not None:
            return (Citation(document, apart.version, apart.id, apart.text, 0, len(apart.text), f"{_titles(current)[document, language]} > {apart.heading}"),)
    numbers = [n for n, section in enumerate(current.sections) if section.document == document and section.language in shown]
    own = [n for n in numbers if current.sections[n].language == wanted] or numbers
    if not own:
        return ()
    named = [n for n in own if current.sections[n].id == words]
    asked = tuple(term for term in dict.fromkeys(terms(words)) if is_content(term)) or tuple(dict.fromkeys(terms(words)))
    # a word that most sections of the document hold tells little about which of them states it
    rare = {term: log(1 + len(own) / (1 + sum(term in current.terms[n] for n in own))) for term in asked}
    best = (
        named[0]
        if named
        else max(own, key=lambda n: _stated(current, n, rare) + _figures(current.sections[n].text, words) + _run(words, current.sections[n].text))
    )
    section, row = current.sections[best], current.documents[int(current.document[best])]
    spans = sentences(section.text) or [(0, len(section.text))]
    start, end = max(spans, key=lambda span: _match(" ".join(terms(section.text[slice(*span)])), section.text[slice(*span)], words))
    title = f"{row.title} > {section.heading}" if section.heading else row.title
    return (Citation(document, section.version, section.id, section.text[start:end], start, end, title),)


def _titles(current: Snapshot) -> dict[tuple[str, str], str]:
    return {(row.id, row.language): row.title for row in current.documents}


def _stated(current: Snapshot, number: int, rare: Mapping[str, float]) -> float:
    """How much of some words a section says, each by its rarity; what the heading says counts again."""
    heading = set(terms(current.sections[number].heading))
    there = set(terms(current.sections[number].text)) | heading
    return sum(weight * ((term in there) + (term in heading)) for term, weight in rare.items())


def _run(words: str, text: str) -> float:
    """How many words a text says one after another as they stand; fewer than three are no statement of them."""
    said, held = terms(words), terms(text)
    longest = SequenceMatcher(None, said, held, autojunk=False).find_longest_match(0, len(said), 0, len(held)).size
    return float(longest) if longest >= _STATEMENT else 0.0


def _figures(text: str, words: str) -> float:
    """A figure of the words that a text holds counts for several words."""
    return 3.0 * sum(number in _NUMBER.findall(text) for number in dict.fromkeys(_NUMBER.findall(words)))


def _match(said: str, text: str, words: str) -> float:
    """How much of `words` a text says; a figure of theirs counts for several words."""
    there = set(said.split())
    return sum(term in there for term in dict.fromkeys(terms(words))) + _figures(text, words)
