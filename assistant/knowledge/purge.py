"""Removes a document from every store there is: rows, vectors, index, caches and, when shredded, from stored conversations; `probe.py` proves it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.errors import BackendUnavailable, Conflict
from assistant.knowledge.beneath import discard_index, forget
from assistant.knowledge.evidence import Evidence, evidence_left, evidence_of
from assistant.knowledge.library import Library
from assistant.knowledge.life import unknown
from assistant.knowledge.lock import acquire, owner
from assistant.knowledge.probe import Probed, prove
from assistant.store import knowledge_life as life
from assistant.store import knowledge_purge as store
from assistant.store.knowledge import CATALOG
from assistant.store.knowledge_life import INDEX_READER
from assistant.store.knowledge_purge import PURGED, SHREDDED, Holding
from assistant.store.knowledge_seek import Finds
from assistant.store.knowledge_traces import Left, remember, remembered
from assistant.types import Json

WAIT_SECONDS = 10.0
_POLL = 0.05
TELL_SECONDS = 2.0
Told = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing a document did. `purged` counts rows, vectors in the index and cached vectors; `index` tells who took it out of the index.

    `redacted` counts the stored rows whose quotes were blacked out (None = transcripts were kept); `left_bytes` are files that still hold its words.
    `again`: it had been removed before.
    """

    document: str
    purged: int
    rows: Mapping[str, int]
    index: str
    cached: int
    redacted: int | None = None
    left_bytes: tuple[str, ...] = ()
    again: bool = False
    probes: tuple[Probed, ...] = field(default=())

    @property
    def hits(self) -> int:
        return sum(probe.hits for probe in self.probes) + len(self.left_bytes)


def remove(
    library: Library, document: str, *, reason: str = "", prove_it: bool = False, shred: bool = False, told: Told | None = None, patience: float = WAIT_SECONDS
) -> Removal:
    """Removes a document in all versions and languages and keeps sync from bringing it back; `prove_it` probes every store afterwards.

    With `shred` its words are also blacked out in stored conversations and the files are rewritten, so that no byte of it is left in the state folder.
    One that is removed already is proved or shredded again: traces of its words were kept. `told(seconds)` hears how long a running server is waited for.
    Raises NotFound; Conflict (`catalog`) for the catalogue; BackendUnavailable when a running server did not follow in time (the rows are gone by then).
    """
    writing = library.writing()
    held = library.store.read_now(lambda conn: store.holding(conn, document, tenant=library.tenant))
    known = library.store.read_now(lambda conn: life.latest(conn, tenant=library.tenant))
    own = [each for (id_, _), each in known.items() if id_ == document]
    if any(each.origin == CATALOG for each in own):
        raise Conflict("the catalogue and the reviews are changed in their files", code="catalog")
    stones = [each for each in library.store.read_now(lambda conn: life.list_tombstones(conn, tenant=library.tenant)) if each.id == document]
    if not held.languages and not stones:
        raise unknown(document, [name for name, _ in known])
    running = library.store.read_now(lambda conn: store.running_turns(conn, tenant=library.tenant)) if shred else {}
    kind = SHREDDED if shred else PURGED
    if held.languages:
        evidence = evidence_of(library, document, held)
        stone = store.stone(document, held, at=writing.at, by=library.who, reason=reason)
        left = evidence.left(held, origin=next((each.origin for each in own), ""), path=next((each.path for each in own), ""))
        done = library.store.write_now(lambda conn: _purge(conn, stone, held, left, tenant=library.tenant, kind=kind))
    else:
        left = library.store.read_now(lambda conn: remembered(conn, document, tenant=library.tenant))
        evidence = evidence_left(library, document, left)
        stone = replace(stones[-1], at=writing.at, by=library.who, reason=reason or stones[-1].reason)
        done = library.store.write_now(lambda conn: store.purge_again(conn, stone, left.languages or {}, tenant=library.tenant, kind=kind))
    cached = forget(library.cache, evidence.cached)
    index = settle(library, done.change, shred=shred, told=told, patience=patience)
    removal = Removal(document, sum(done.rows.values()) + cached, done.rows, index, cached, again=not held.languages)
    if shred:
        removal = _shred(library, removal, evidence, running)
    else:
        black = _blackout(evidence)
        library.store.write_now(lambda conn: [store.redact(conn, name, black) for name in ("gaps", "feedback")])
    return replace(removal, probes=prove(library, evidence, transcripts=shred)) if prove_it else removal


def _purge(conn: Any, stone: life.Tombstone, held: Holding, left: Left, *, tenant: str, kind: str) -> store.Purged:
    detail: dict[str, Json] = {"languages": [*sorted(held.languages)], "shredded": kind == SHREDDED}
    remember(conn, stone.id, left, tenant=tenant)
    return store.purge(conn, stone, held, tenant=tenant, kind=kind, detail=detail)


def settle(library: Library, change: int, *, shred: bool, told: Told | None = None, patience: float = WAIT_SECONDS) -> str:
    """Takes what is gone out of the vector index, or waits until the process that owns it has; tells which.

    Raises BackendUnavailable after `patience` seconds.
    """
    begun = time.perf_counter()
    heard = 0.0
    while (waited := time.perf_counter() - begun) < patience:
        if library.store.read_now(lambda conn: life.acknowledged(conn, INDEX_READER, tenant=library.tenant)) >= change:
            return "followed by the running server"
        mine = acquire(library.state)
        if mine is not None:
            try:
                return _own_index(library, shred=shred)
            finally:
                mine.release()
        if told is not None and waited - heard >= TELL_SECONDS:
            heard = waited
            told(waited)
        time.sleep(_POLL)
    raise BackendUnavailable(
        f"the running server (process {owner(library.state)}) has not followed within {patience:g} s; its rows are gone, run the command again to prove it",
        code="not_followed",
    )


def _own_index(library: Library, *, shred: bool) -> str:
    """Brings the index of a state that no process serves to what SQL holds now."""
    folder = library.state / "vectors"
    if not folder.exists():
        return "there is no index"
    if shred or not _followed(library, folder):
        discard_index(folder)
        return "thrown away, to be built again at the next start"
    return "taken out"


def _followed(library: Library, folder: Path) -> bool:
    from assistant.knowledge.concepts import concepts_of
    from assistant.knowledge.index import VectorIndex
    from assistant.knowledge.snapshot import load

    current = load(library.store, library.encoder, tenant=library.tenant, concepts=concepts_of(library.workspace.catalog, library.workspace.ideas))
    index = VectorIndex(folder, library.encoder)
    try:
        return index.follow(current)
    finally:
        index.close()


def _shred(library: Library, removal: Removal, evidence: Evidence, running: Mapping[str, int]) -> Removal:
    """Blacks out quotes once the turns that were under way have ended, then rewrites the file."""
    _await_turns(library, running)

    def redact(conn: Any) -> int:
        told: list[str] = []
        for _, record in store.quoting_turns(conn, removal.document, tenant=library.tenant):
            told += _cited_sentences(record, removal.document)
        change = _blackout(evidence, told)
        return sum(store.redact(conn, name, change) for name in store.tables_to_search(transcripts=True) if name not in _UNTOUCHED)

    count = library.store.write_now(redact)
    store.scrub(library.state / "assistant.db")
    return replace(removal, redacted=count, left_bytes=left_bytes(library, evidence))


# the record of the removal itself, and tables whose texts are ids and settings
_UNTOUCHED = frozenset(
    {"tombstones", "knowledge_audit", "knowledge_sources", "knowledge_traces", "documents", "document_versions", "sections", "chunks", "vectors"}
)


def _await_turns(library: Library, running: Mapping[str, int]) -> None:
    """Waits until the turns that were under way when the rows went have ended: they may still quote what they read before."""
    until = time.perf_counter() + WAIT_SECONDS
    while running and time.perf_counter() < until:
        now = library.store.read_now(lambda conn: store.running_turns(conn, tenant=library.tenant))
        running = {conversation: fence for conversation, fence in running.items() if now.get(conversation) == fence}
        if running:
            time.sleep(_POLL)


def _cited_sentences(record: Mapping[str, Any], document: str) -> Iterator[str]:
    """The sentences of a stored turn that rest on a document, and its quotes."""
    for decision in record.get("decisions") or ():
        for sentence in decision.get("sentences") or ():
            if any(str(place).startswith(f"{document}@") for place in sentence.get("citations") or ()):
                yield str(sentence.get("text", ""))
    for citation in (record.get("view") or {}).get("citations") or ():
        if citation.get("document") == document:
            yield str(citation.get("quote", ""))


def _blackout(evidence: Evidence, told: Sequence[str] = ()) -> Callable[[str], str]:
    """Replaces what the document said, what it was called and what was told from it, longest first, by a mark that keeps the hash."""
    known = sorted({each for each in (*evidence.fragments, *evidence.names, *told) if each.strip()}, key=len, reverse=True)
    traced = [each for each in (evidence.traces, evidence.called) if each is not None and each.count]

    def change(text: str) -> str:
        data = text.encode("utf-8", "replace") if traced else b""
        found = {form.decode("utf-8", "replace") for each in traced for _, form in each.places(data)}
        for fragment in sorted({*found, *known}, key=len, reverse=True) if found else known:
            if fragment in text:
                text = text.replace(fragment, f"[removed sha256:{hashlib.sha256(fragment.encode('utf-8', 'replace')).hexdigest()[:16]}]")
        return text

    return change


def left_bytes(library: Library, evidence: Evidence) -> tuple[str, ...]:
    """The files of the state folder and the cache that hold one of the fragments, as UTF-8, UTF-16 or inside JSON."""
    sought = evidence.finds("utf-8", "utf-16-le")
    found = []
    for folder in dict.fromkeys((library.state.resolve(), library.cache.resolve())):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and not path.is_symlink() and _holds(path, sought):
                found.append(path.relative_to(folder).as_posix())
    return tuple(found)


def _holds(path: Path, sought: Finds) -> bool:
    rest = b""
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            data = rest + block
            if sought.within(data):
                return True
            rest = data[-sought.longest :] if sought.longest else b""
    return False


__all__ = ["Removal", "evidence_of", "left_bytes", "remove", "settle"]
