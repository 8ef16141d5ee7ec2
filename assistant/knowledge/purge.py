"""Removes a document from every store there is: rows, vectors, index, caches and, when shredded, from stored conversations; `probe.py` proves it."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.errors import BackendUnavailable, Conflict
from assistant.knowledge.beneath import discard_index, forget
from assistant.knowledge.beside import section_keys
from assistant.knowledge.extract import units
from assistant.knowledge.library import Library
from assistant.knowledge.life import unknown
from assistant.knowledge.lock import acquire, owner
from assistant.knowledge.markdown import plain
from assistant.knowledge.probe import Evidence, Probed, prove
from assistant.knowledge.publish import embedded_text
from assistant.store import knowledge as kb
from assistant.store import knowledge_life as life
from assistant.store import knowledge_purge as store
from assistant.store.knowledge import CATALOG
from assistant.store.knowledge_life import INDEX_READER
from assistant.store.knowledge_purge import PURGED, SHREDDED, Holding
from assistant.store.knowledge_seek import Sought
from assistant.text.script import to_simplified, to_traditional
from assistant.text.words import sentences
from assistant.types import Json

WAIT_SECONDS = 10.0
_POLL = 0.05
# shorter stretches are words of everybody: a Chinese character counts three letters
_LEAST = 18
# what a document and its headings are called is blacked out from this length on, where nothing else is called so
_NAMED = 10
_CLAUSE = re.compile(r"[，。；：、！？,;:!?()（）]+\s*|\s+[–—-]\s+")


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing a document did. `purged` counts rows, vectors in the index and cached vectors; `index` tells who took it out of the index.

    `redacted` counts the stored rows whose quotes were blacked out (None = transcripts were kept); `left_bytes` are files that still hold its words.
    """

    document: str
    purged: int
    rows: Mapping[str, int]
    index: str
    cached: int
    redacted: int | None = None
    left_bytes: tuple[str, ...] = ()
    probes: tuple[Probed, ...] = field(default=())

    @property
    def hits(self) -> int:
        return sum(probe.hits for probe in self.probes) + len(self.left_bytes)


def remove(library: Library, document: str, *, reason: str = "", prove_it: bool = False, shred: bool = False) -> Removal:
    """Removes a document in all versions and languages and keeps sync from bringing it back; `prove_it` probes every store afterwards.

    With `shred` its words are also blacked out in stored conversations and the files are rewritten, so that no byte of it is left in the state folder.
    Raises NotFound; Conflict (`catalog`) for the catalogue; BackendUnavailable when a running server did not follow in time (the rows are gone by then).
    """
    writing = library.writing()
    held = library.store.read_now(lambda conn: store.holding(conn, document, tenant=library.tenant))
    if not held.languages:
        raise unknown(document, [name for name, _ in library.store.read_now(lambda conn: life.latest(conn, tenant=library.tenant))])
    if any(origin == CATALOG for origin in _origins(library, document)):
        raise Conflict("the catalogue and the reviews are changed in their files", code="catalog")
    evidence = evidence_of(library, document, held)
    names = _names(library, document, held) if shred else ()
    running = library.store.read_now(lambda conn: store.running_turns(conn, tenant=library.tenant)) if shred else {}
    stone = store.stone(document, held, at=writing.at, by=library.who, reason=reason)
    kind = SHREDDED if shred else PURGED
    detail: dict[str, Json] = {"languages": [*sorted(held.languages)], "shredded": shred}
    done = library.store.write_now(lambda conn: store.purge(conn, stone, held, tenant=library.tenant, kind=kind, detail=detail))
    cached = forget(library.cache, held.hashes | section_keys(held.sections, [title for title, _, _ in held.bodies]))
    index = settle(library, done.change, shred=shred)
    removal = Removal(document, sum(done.rows.values()) + cached, done.rows, index, cached)
    if shred:
        removal = _shred(library, removal, evidence, running, names=names)
    else:
        black = _blackout(evidence.fragments)
        library.store.write_now(lambda conn: [store.redact(conn, name, black) for name in ("gaps", "feedback")])
    return replace(removal, probes=prove(library, evidence, transcripts=shred)) if prove_it else removal


def _origins(library: Library, document: str) -> set[str]:
    known = library.store.read_now(lambda conn: life.latest(conn, tenant=library.tenant))
    return {each.origin for (id_, _), each in known.items() if id_ == document}


def evidence_of(library: Library, document: str, held: Holding) -> Evidence:
    """What the document says and nobody else does, gathered before it goes."""
    said = {form: _squeezed(form).encode("utf-8", "replace") for form in _said(library, held) if _weight(form) >= _LEAST}
    sought = Sought(said.values())

    def elsewhere(conn: Any) -> frozenset[bytes]:
        texts = store.others_text(conn, document, tenant=library.tenant)
        return sought.present("\0\0".join(map(_squeezed, texts)).encode("utf-8", "replace"))

    common = library.store.read_now(elsewhere)
    fragments = tuple(form for form, squeezed in said.items() if squeezed not in common)
    texts: dict[str, str] = {}
    titles = [title for title, _, _ in held.bodies] or [""]
    for section in held.sections:
        texts |= {chunk.hash: text for chunk, text in embedded_text(section, titles[-1]) if chunk.hash in held.hashes}
    return Evidence(document, fragments, held.hashes, texts)


def _said(library: Library, held: Holding) -> Iterator[str]:
    """Every sentence as it stands, as it is quoted and as it is spoken, in both scripts."""
    names = library.names
    for section in held.sections:
        told = [section.text[start:end] for start, end in sentences(section.text)]
        for unit in units(section, (), names, rivals=frozenset()):
            told += [unit.text, section.text[unit.start : unit.end]]
        # half a sentence is quoted too
        told += [part.strip(" .。…\"'“”‘’") for text in told for part in _CLAUSE.split(text)]
        yield from (form for text in told for form in _forms(text))
    for title, _, body in held.bodies:
        yield from _forms(title)
        for line in body.split("\n"):
            yield from (form for start, end in sentences(line) for form in _forms(line[start:end]))


def _names(library: Library, document: str, held: Holding) -> tuple[str, ...]:
    """What nothing but this document, its headings and its sections is called: citations name them."""
    titles = [title for title, _, _ in held.bodies]
    said = {form for name in (*titles, *(section.heading for section in held.sections)) for part in name.split(" > ") for form in _forms(part)}
    ids = {section.id for section in held.sections}
    sections = library.store.read_now(lambda conn: kb.live_sections(conn, tenant=library.tenant))
    others = {section.id for section in sections if section.document != document}
    sought = Sought(_squeezed(form).encode("utf-8", "replace") for form in said if form)
    texts = library.store.read_now(lambda conn: list(store.others_text(conn, document, tenant=library.tenant)))
    common = sought.present("\0\0".join(map(_squeezed, texts)).encode("utf-8", "replace"))
    called = [form for form in said if _squeezed(form).encode("utf-8", "replace") not in common]
    return tuple(form for form in (*called, *(ids - others)) if _weight(form) >= _NAMED)


def _forms(text: str) -> Iterator[str]:
    for form in dict.fromkeys((text.strip(), " ".join(plain(text).split()))):
        yield form
        yield to_traditional(form)
        yield to_simplified(form)


def _weight(text: str) -> int:
    return sum(3 if char >= "\u2e80" else 1 for char in text if char.isalnum())


def _squeezed(text: str) -> str:
    return "".join(to_simplified(text).split()).lower()


def settle(library: Library, change: int, *, shred: bool) -> str:
    """Takes what is gone out of the vector index, or waits until the process that owns it has; tells which.

    Raises BackendUnavailable after WAIT_SECONDS.
    """
    until = time.perf_counter() + WAIT_SECONDS
    while time.perf_counter() < until:
        if library.store.read_now(lambda conn: life.acknowledged(conn, INDEX_READER, tenant=library.tenant)) >= change:
            return "followed by the running server"
        mine = acquire(library.state)
        if mine is not None:
            try:
                return _own_index(library, shred=shred)
            finally:
                mine.release()
        time.sleep(_POLL)
    raise BackendUnavailable(
        f"the running server (process {owner(library.state)}) has not followed within {WAIT_SECONDS:g} s; its rows are gone, run the command again to prove it",
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


def _shred(library: Library, removal: Removal, evidence: Evidence, running: Mapping[str, int], *, names: Sequence[str]) -> Removal:
    """Blacks out quotes once the turns that were under way have ended, then rewrites the file."""
    _await_turns(library, running)

    def redact(conn: Any) -> int:
        told = [*evidence.fragments, *names]
        for _, record in store.quoting_turns(conn, removal.document, tenant=library.tenant):
            told += _cited_sentences(record, removal.document)
        change = _blackout(told)
        return sum(store.redact(conn, name, change) for name in store.tables_to_search(transcripts=True) if name not in _UNTOUCHED)

    count = library.store.write_now(redact)
    store.scrub(library.state / "assistant.db")
    return replace(removal, redacted=count, left_bytes=left_bytes(library, evidence.fragments))


# the record of the removal itself, and tables whose texts are ids and settings
_UNTOUCHED = frozenset({"tombstones", "knowledge_audit", "knowledge_sources", "documents", "document_versions", "sections", "chunks", "vectors"})


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


def _blackout(fragments: Sequence[str]) -> Callable[[str], str]:
    """Replaces fragments, longest first, by a mark that keeps their hash."""
    ordered = sorted({each for each in fragments if each.strip()}, key=len, reverse=True)

    def change(text: str) -> str:
        for fragment in ordered:
            if fragment in text:
                text = text.replace(fragment, f"[removed sha256:{hashlib.sha256(fragment.encode('utf-8', 'replace')).hexdigest()[:16]}]")
        return text

    return change


def left_bytes(library: Library, fragments: Sequence[str]) -> tuple[str, ...]:
    """The files of the state folder and the cache that hold one of the fragments, as UTF-8, UTF-16 or inside JSON."""
    sought = store.sought_of(fragments, "utf-8", "utf-16-le")
    found = []
    for folder in dict.fromkeys((library.state.resolve(), library.cache.resolve())):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and not path.is_symlink() and _holds(path, sought):
                found.append(path.relative_to(folder).as_posix())
    return tuple(found)


def _holds(path: Path, sought: Sought) -> bool:
    rest = b""
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            data = rest + block
            if sought.within(data):
                return True
            rest = data[-sought.longest :] if sought.longest else b""
    return False


__all__ = ["Removal", "evidence_of", "left_bytes", "remove", "settle"]
