"""Makes one version of a document live: its sections cut, what has no vector yet embedded, and everything switched in one transaction; it plans nothing."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from assistant.knowledge.mentions import Names
from assistant.knowledge.sections import Piece, chunk, cut, section_ids
from assistant.knowledge.vectors import VectorCache, chunk_hash, embed, stamp
from assistant.ports import Encoder
from assistant.store import knowledge as kb
from assistant.store import knowledge_life as life
from assistant.store.knowledge import ChunkRow, DocumentRow, SectionRow
from assistant.store.knowledge_life import Act, Seen, VersionRow
from assistant.text.script import to_simplified
from assistant.types import Json

T = TypeVar("T")
# raised when sections are cut or embedded differently, so that every live version is cut anew from its stored text
CUT = 1
Places = Sequence[tuple[int, int, int, str]]


class Records(Protocol):
    """What this room needs of the store, for code without an event loop."""

    def read_now(self, function: Callable[..., T], *args: object) -> T: ...

    def write_now(self, function: Callable[..., T], *args: object) -> T: ...


class Vectors:
    """Vectors at hand during one run: those of a cache file, read when the first is asked for, and those made since."""

    def __init__(self, cache: VectorCache | None = None) -> None:
        self._cache = cache
        self._cached: Mapping[str, bytes] | None = None
        self.made: dict[str, bytes] = {}

    def of(self, hashes: Iterable[str]) -> dict[str, bytes]:
        """Those of `hashes` that are at hand."""
        if self._cached is None:
            self._cached = self._cache.load() if self._cache else {}
        cached = self._cached
        return {each: data for each in hashes if (data := self.made.get(each) or cached.get(each)) is not None}

    def keep(self, names: Collection[str]) -> None:
        """Adds what was made under these names to the cache file."""
        if self._cache is not None:
            self._cache.add({name: data for name, data in self.made.items() if name in names})


@dataclass(frozen=True, slots=True)
class Writing:
    """What every change of the documents needs: where it is written, under which encoder, for whom, by whom and when."""

    store: Records
    encoder: Encoder
    tenant: str
    at: datetime
    who: str = "sync"
    ready: Vectors = field(default_factory=Vectors)


def keep(writing: Writing) -> None:
    """Adds to the cache file what a run made and what is stored still: vectors of a document that was removed meanwhile are not."""
    name, made = stamp(writing.encoder), list(writing.ready.made)
    if made:
        writing.ready.keep(writing.store.read_now(lambda conn: kb.known_vectors(conn, tenant=writing.tenant, encoder=name, hashes=made)))


@dataclass(frozen=True, slots=True)
class Done:
    """What publishing a version did."""

    sections: int = 0
    chunks: int = 0
    writes: int = 0


def document_sections(row: DocumentRow, body: str, *, line: int, places: Places = (), names: Names) -> tuple[SectionRow, ...]:
    """The sections of a Markdown text that begins on line `line` of its file; `places` tell page and line where the file was no Markdown."""
    pieces = cut(body)
    found = []
    for position, (piece, name) in enumerate(zip(pieces, section_ids(pieces, row.language), strict=True)):
        page, at = _place(body, piece, line, places)
        path = [title for title in piece.path if title != row.title]
        section = SectionRow(
            document=row.id, language=row.language, version=row.version, id=name, position=position, kind=piece.kind, heading=" > ".join(path),
            context=piece.context.strip(), text=body[piece.start : piece.end], start=piece.start, line=at, products=_products(row, piece, names), hash="",
            page=page,
        )  # fmt: skip
        found.append(section)
    return tuple(found)


def _place(body: str, piece: Piece, line: int, places: Places) -> tuple[int, int]:
    """(page, line) of a section in its file."""
    number = bisect_right(places, piece.start, key=lambda place: place[0])
    if not number:
        return 0, line + piece.line
    start, page, at, _ = places[number - 1]
    return page, at + body.count("\n", start, piece.start) if at else 0


def _products(row: DocumentRow, piece: Piece, names: Names) -> tuple[str, ...]:
    """Whom a section is about: its document's products, narrowed or widened by the products its headings name."""
    named = tuple(dict.fromkeys(sku for title in piece.path if title != row.title for sku in names.products(title)))
    if not named or set(named) & set(row.products):
        return named or row.products
    return (*row.products, *named)


def stored_sections(version: VersionRow, names: Names) -> tuple[SectionRow, ...]:
    """The sections of a stored version, cut from its text."""
    return document_sections(version.row, version.body, line=version.line, places=version.places, names=names)


def embedded_text(section: SectionRow, title: str) -> list[tuple[ChunkRow, str]]:
    """The chunks of a section and the text embedded for each: its words in simplified characters, the last heading before the first."""
    heading = section.heading.rpartition(" > ")[2] or title
    about = to_simplified(f"{title}: {heading}" if heading != title else title)
    found = [(ChunkRow(0, len(section.text), chunk_hash(about)), about)]
    for piece in chunk(section.text, context=section.context):
        text = to_simplified(piece.text)
        found.append((ChunkRow(piece.start, piece.end, chunk_hash(text)), text))
    return found


def section_hash(section: SectionRow) -> str:
    return hashlib.sha256("\x1f".join((section.heading, section.context, section.text)).encode("utf-8", "replace")).hexdigest()


def save(writing: Writing, version: VersionRow, *, seen: Seen, act: str, detail: Mapping[str, Json] | None = None) -> None:
    """Stores a version that does not go live yet. Raises Conflict: `stale`, `removed`."""
    entry = _act(writing, version, act, detail)

    def write(conn: Any) -> None:
        life.save_version(conn, version, tenant=writing.tenant, seen=seen)
        life.record_act(conn, entry, tenant=writing.tenant)

    writing.store.write_now(write)


@dataclass(frozen=True, slots=True)
class Ready:
    """A version that only waits to be written: `write` switches to it in the caller's transaction and gives the number of rows."""

    write: Callable[[Any], int]
    sections: int
    chunks: int

    def done(self, writes: int) -> Done:
        return Done(self.sections, self.chunks, writes + 2)


def go_live(writing: Writing, version: VersionRow, sections: Sequence[SectionRow], *, seen: Seen, act: str, detail: Mapping[str, Json] | None = None) -> Done:
    """Embeds what has no vector yet and switches to the version in one transaction. A version that is newer than what was seen is stored with it.

    Raises Conflict with nothing changed: `stale` when another version came meanwhile, `removed` when the document was removed.
    """
    ready = prepare(writing, version, sections, seen=seen, act=act, detail=detail)
    return ready.done(writing.store.write_now(ready.write))


def prepare(writing: Writing, version: VersionRow, sections: Sequence[SectionRow], *, seen: Seen, act: str, detail: Mapping[str, Json] | None = None) -> Ready:
    """All of `go_live` but the transaction."""
    name, row = stamp(writing.encoder), version.row
    pieces, texts = _prepared(sections, row)
    vectors = _vectors(writing, texts)
    entry = _act(writing, version, act, detail)

    def write(conn: Any) -> int:
        if row.version > seen.version:
            life.save_version(conn, version, tenant=writing.tenant, seen=seen)
        else:
            life.check_seen(conn, row.id, row.language, tenant=writing.tenant, seen=seen)
        life.record_act(conn, entry, tenant=writing.tenant)
        return life.publish_version(conn, version, tenant=writing.tenant, pieces=pieces, vectors=vectors, encoder=name)

    return Ready(write, len(pieces), sum(len(piece.chunks) for piece in pieces))


def _vectors(writing: Writing, texts: Mapping[str, str]) -> dict[str, bytes]:
    """The vectors of texts by hash that SQL does not hold: those at hand, the others embedded now."""
    name = stamp(writing.encoder)
    there = writing.store.read_now(lambda conn: kb.known_vectors(conn, tenant=writing.tenant, encoder=name, hashes=texts))
    held = writing.ready.of(digest for digest in texts if digest not in there)
    new = embed(writing.encoder, {digest: text for digest, text in texts.items() if digest not in there and digest not in held})
    writing.ready.made.update(new)
    return {**held, **new}


def _prepared(sections: Sequence[SectionRow], row: DocumentRow) -> tuple[list[SectionRow], dict[str, str]]:
    """The sections with their chunks, and the text of each chunk by hash."""
    pieces: list[SectionRow] = []
    texts: dict[str, str] = {}
    for section in sections:
        made = embedded_text(section, row.title)
        texts.update((each.hash, text) for each, text in made)
        pieces.append(replace(section, version=row.version, hash=section_hash(section), chunks=tuple(each for each, _ in made)))
    return pieces, texts


def fill(writing: Writing, row: DocumentRow, sections: Sequence[SectionRow]) -> int:
    """Vectors of an encoder that a live document was never embedded with; its version stays. Returns the number of rows written."""
    name = stamp(writing.encoder)
    _, texts = _prepared(sections, row)
    vectors = _vectors(writing, texts)
    key = (row.id, row.language, row.version)
    return writing.store.write_now(lambda conn: kb.fill_vectors(conn, key, vectors, tenant=writing.tenant, encoder=name, at=writing.at))


def _act(writing: Writing, version: VersionRow, act: str, detail: Mapping[str, Json] | None) -> Act:
    row = version.row
    return Act(writing.who, act, row.id, row.language, row.version, writing.at, {"origin": row.origin, **(detail or {})})
