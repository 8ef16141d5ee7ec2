"""The knowledge base's rows: documents in versions, their sections and chunks, vectors by chunk hash, and the log of changes; no text is read here.

A version's sections stay when a newer version goes live, so that a stored citation can still be shown; `documents.version` names the live one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.store.columns import dump_json
from assistant.store.knowledge_tables import changes, chunks, documents, sections, vectors, versions
from assistant.store.quick import change, rows, stream

_BATCH = 500
WORKSPACE, CATALOG, FILE = "workspace", "catalog", "file"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One language variant in its live version. `valid_from` is the first valid instant, `valid_until` the first invalid one; None = open."""

    id: str
    language: str
    version: int
    title: str
    level: str
    audience: str
    products: tuple[str, ...]
    hash: str
    updated: datetime
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    owner: str = ""
    route_to: str = ""
    path: str = ""
    state: str = "live"
    origin: str = WORKSPACE
    approver: str = ""


@dataclass(frozen=True, slots=True)
class ChunkRow:
    """Characters `start:end` of its section's text; `hash` names the embedded text and so its vector."""

    start: int
    end: int
    hash: str


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A stretch of a document. `text` begins at character `start` of the body and on line `line` of the file; `context` is what stands above it.

    `page` is 0 where the source has no pages.
    """

    document: str
    language: str
    version: int
    id: str
    position: int
    kind: str
    heading: str
    context: str
    text: str
    start: int
    line: int
    products: tuple[str, ...]
    hash: str
    chunks: tuple[ChunkRow, ...] = ()
    page: int = 0


_last_change = sa.select(sa.func.max(changes.c.n)).where(changes.c.tenant == sa.bindparam("tenant"))
_live = sa.select(documents).where(documents.c.tenant == sa.bindparam("tenant"), documents.c.state == "live")
# a list handed over as one JSON text: the statement is the same however long the list is
_checked = _live.where(documents.c.id.in_(sa.select(sa.column("value")).select_from(sa.func.json_each(sa.bindparam("ids")))))
_vectors = sa.select(vectors.c.hash, vectors.c.data).where(vectors.c.tenant == sa.bindparam("tenant"), vectors.c.encoder == sa.bindparam("encoder"))
_known = _vectors.where(vectors.c.hash.in_(sa.select(sa.column("value")).select_from(sa.func.json_each(sa.bindparam("hashes")))))
_of_section = tuple(sections.c[name] for name in (
    "document", "language", "version", "id", "position", "kind", "heading", "context", "text", "start", "line", "products", "hash", "page",
))  # fmt: skip


def _of_live(query: sa.Select[Any], table: sa.Table) -> sa.Select[Any]:
    """The rows of a table of sections that belong to live versions."""
    c, d = table.c, documents.c
    same = sa.and_(c.tenant == d.tenant, c.document == d.id, c.language == d.language, c.version == d.version)
    return query.join(documents, same).where(d.tenant == sa.bindparam("tenant"), d.state == "live")


_chunk = tuple(chunks.c[name] for name in ("document", "language", "section", "start", "end", "hash"))
_live_chunks = _of_live(sa.select(*_chunk), chunks).order_by(chunks.c.section, chunks.c.n)
_live_sections = _of_live(sa.select(*_of_section), sections).order_by(sections.c.document, sections.c.language, sections.c.position)
_version = tuple(
    table.delete().where(*(table.c[name] == sa.bindparam(f"of_{name}") for name in ("tenant", "document", "language", "version")))
    for table in (sections, chunks)
)
_former = documents.delete().where(*(documents.c[name] == sa.bindparam(f"of_{name}") for name in ("tenant", "id", "language")))
_insert_document = documents.insert()
_insert_vector = vectors.insert()
_insert_section = sections.insert()
_insert_chunk = chunks.insert()
_insert_change = changes.insert()


def last_change(conn: Connection, *, tenant: str) -> int:
    """The number of the newest change; 0 when there is none."""
    return int(rows(conn, _last_change, {"tenant": tenant}).scalar() or 0)


def live_documents(conn: Connection, *, tenant: str, ids: Sequence[str] | None = None) -> tuple[DocumentRow, ...]:
    """Live variants, of the documents `ids` only when given."""
    result = rows(conn, _live, {"tenant": tenant}) if ids is None else rows(conn, _checked, {"tenant": tenant, "ids": dump_json(list(ids))})
    return tuple(_document(row) for row in result)


def _document(row: sa.Row[tuple[object, ...]]) -> DocumentRow:
    value = row._mapping
    return DocumentRow(
        id=value["id"], language=value["language"], version=value["version"], title=value["title"], level=value["level"], audience=value["audience"],
        products=tuple(value["products"]), hash=value["hash"], updated=value["updated"], valid_from=value["valid_from"], valid_until=value["valid_until"],
        owner=value["owner"], route_to=value["route_to"], path=value["path"], state=value["state"],
        origin=value["origin"], approver=value["approver"],
    )  # fmt: skip


def live_sections(conn: Connection, *, tenant: str, keys: Sequence[tuple[str, str]] | None = None) -> tuple[SectionRow, ...]:
    """The sections of all live versions with their chunks, in document order; of the variants (id, language) `keys` only when given."""
    if keys is None:
        return tuple(_read_sections(rows(conn, _live_chunks, {"tenant": tenant}), rows(conn, _live_sections, {"tenant": tenant})))
    found: list[SectionRow] = []
    for i in range(0, len(keys), _BATCH):
        part = sa.tuple_(documents.c.id, documents.c.language).in_(keys[i : i + _BATCH])
        found += _read_sections(*(conn.execute(query.where(part), {"tenant": tenant}) for query in (_live_chunks, _live_sections)))
    return tuple(found)


def _read_sections(chunked: Iterable[Any], cut: Iterable[Any]) -> list[SectionRow]:
    pieces: dict[tuple[str, str, str], list[ChunkRow]] = {}
    for document, language, section, start, end, digest in chunked:
        pieces.setdefault((document, language, section), []).append(ChunkRow(start, end, digest))
    return [_section(row, tuple(pieces.get((row.document, row.language, row.id), ()))) for row in cut]


def _section(row: Any, chunks: tuple[ChunkRow, ...] = ()) -> SectionRow:
    return SectionRow(
        row.document, row.language, row.version, row.id, row.position, row.kind, row.heading, row.context, row.text, row.start, row.line,
        tuple(row.products), row.hash, chunks, row.page,
    )  # fmt: skip


def section(conn: Connection, *, tenant: str, document: str, version: int, section: str) -> tuple[SectionRow, ...]:
    """The section of that id in each language variant of that version, live or not; empty when there is none."""
    t = sections.c
    query = sa.select(*_of_section).where(t.tenant == tenant, t.document == document, t.version == version, t.id == section).order_by(t.language)
    return tuple(_section(row) for row in conn.execute(query))


def sections_of(conn: Connection, document: str, language: str, *, version: int, tenant: str) -> tuple[SectionRow, ...]:
    """Every section of a version, live or not, in order."""
    t = sections.c
    query = sa.select(sections).where(t.tenant == tenant, t.document == document, t.language == language, t.version == version).order_by(t.position)
    return tuple(_section(row) for row in conn.execute(query))


def raw_sections(conn: Connection, *, tenant: str) -> tuple[tuple[str, str, str], ...]:
    """(document, heading, text) of every stored section, whatever its version and the state of its document."""
    t = sections.c
    return tuple((row.document, row.heading, row.text) for row in conn.execute(sa.select(t.document, t.heading, t.text).where(t.tenant == tenant)))


def known_vectors(conn: Connection, *, tenant: str, encoder: str, hashes: Iterable[str]) -> dict[str, bytes]:
    """The stored vectors of these hashes: little-endian float32."""
    found = rows(conn, _known, {"tenant": tenant, "encoder": encoder, "hashes": dump_json(list(hashes))})
    return {row.hash: row.data for row in found}


def each_vector(conn: Connection, *, tenant: str, encoder: str) -> Iterator[tuple[str, bytes]]:
    """Every stored vector with its hash, one after the other."""
    return stream(conn, _vectors, {"tenant": tenant, "encoder": encoder})


def publish(conn: Connection, document: DocumentRow, *, tenant: str, pieces: Sequence[SectionRow], new_vectors: Mapping[str, bytes], encoder: str) -> int:
    """Makes a version live with all its sections and vectors, in the caller's transaction; returns the number of rows written."""
    add_vectors(conn, new_vectors, tenant=tenant, encoder=encoder)
    key = {"of_tenant": tenant, "of_language": document.language}
    for statement in _version:
        # a version that goes live again gets its sections anew
        change(conn, statement, {**key, "of_document": document.id, "of_version": document.version})
    section_rows = [_section_values(piece, tenant) for piece in pieces]
    chunk_rows = [value for piece in pieces for value in _chunk_values(piece, tenant)]
    if section_rows:
        change(conn, _insert_section, section_rows)
    if chunk_rows:
        change(conn, _insert_chunk, chunk_rows)
    change(conn, _former, {**key, "of_id": document.id})
    values = {name: getattr(document, name) for name in DocumentRow.__slots__}
    change(conn, _insert_document, {**values, "tenant": tenant, "products": list(document.products)})
    log_change(conn, tenant, key=(document.id, document.language, document.version), kind="live", at=document.updated)
    return len(section_rows) + len(chunk_rows) + len(new_vectors) + 2


def _section_values(piece: SectionRow, tenant: str) -> dict[str, object]:
    return {
        "tenant": tenant, "document": piece.document, "language": piece.language, "version": piece.version, "id": piece.id, "position": piece.position,
        "kind": piece.kind, "heading": piece.heading, "context": piece.context, "text": piece.text, "start": piece.start, "line": piece.line,
        "products": list(piece.products), "hash": piece.hash, "page": piece.page,
    }  # fmt: skip


def _chunk_values(piece: SectionRow, tenant: str) -> list[dict[str, object]]:
    shared = {"tenant": tenant, "document": piece.document, "language": piece.language, "version": piece.version, "section": piece.id}
    return [{**shared, "n": n, "start": chunk.start, "end": chunk.end, "hash": chunk.hash} for n, chunk in enumerate(piece.chunks)]


def without_vectors(conn: Connection, *, tenant: str, encoder: str) -> set[tuple[str, str]]:
    """The live variants (id, language) that have a chunk without a vector of this encoder."""
    there = sa.exists().where(vectors.c.tenant == tenant, vectors.c.encoder == encoder, vectors.c.hash == chunks.c.hash)
    same = sa.and_(chunks.c.tenant == documents.c.tenant, chunks.c.document == documents.c.id, chunks.c.language == documents.c.language)
    query = sa.select(chunks.c.document, chunks.c.language).join(documents, sa.and_(same, chunks.c.version == documents.c.version))
    query = query.where(documents.c.tenant == tenant, documents.c.state == "live", ~there).distinct()
    return {(document, language) for document, language in conn.execute(query)}


def fill_vectors(conn: Connection, key: tuple[str, str, int], new: Mapping[str, bytes], *, tenant: str, encoder: str, at: datetime) -> int:
    """Stores vectors of a live variant (id, language, version) that has none of this encoder yet, and logs it; returns the number of rows written."""
    add_vectors(conn, new, tenant=tenant, encoder=encoder)
    log_change(conn, tenant, key=key, kind="vectors", at=at)
    return len(new) + 1


def add_vectors(conn: Connection, new: Mapping[str, bytes], *, tenant: str, encoder: str) -> None:
    """Stores vectors that are not there yet."""
    if not new:
        return
    there = known_vectors(conn, tenant=tenant, encoder=encoder, hashes=new)
    fresh = [{"tenant": tenant, "encoder": encoder, "hash": digest, "data": data} for digest, data in new.items() if digest not in there]
    if fresh:
        change(conn, _insert_vector, fresh)


def retire(conn: Connection, keys: Sequence[tuple[str, str]], *, tenant: str, at: datetime) -> int:
    """Takes variants (id, language) out of every answer; returns how many were live."""
    count = 0
    for document, language in keys:
        key = (documents.c.tenant == tenant, documents.c.id == document, documents.c.language == language, documents.c.state == "live")
        version = conn.execute(sa.select(documents.c.version).where(*key)).scalar()
        if version is None:
            continue
        conn.execute(documents.update().where(*key).values(state="retired", updated=at))
        own = (versions.c.tenant == tenant, versions.c.id == document, versions.c.language == language, versions.c.version == version)
        conn.execute(versions.update().where(*own).values(state="retired"))
        log_change(conn, tenant, key=(document, language, version), kind="retired", at=at)
        count += 1
    return count


def log_change(conn: Connection, tenant: str, *, key: tuple[str, str, int], kind: str, at: datetime) -> None:
    """Tells every process that follows the log that a variant (id, language, version) changed."""
    document, language, version = key
    change(conn, _insert_change, {"tenant": tenant, "document": document, "language": language, "version": version, "kind": kind, "at": at})


def changed_since(conn: Connection, n: int, *, tenant: str) -> tuple[tuple[str, str], ...]:
    """The variants (id, language) touched after change `n`, each once."""
    query = sa.select(changes.c.document, changes.c.language).where(changes.c.tenant == tenant, changes.c.n > n).distinct()
    return tuple((document, language) for document, language in conn.execute(query))
