"""Brings the documents of a workspace into SQL, changed ones only, each version in one transaction; what is found in them is `search.py`'s business."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Protocol, TypeVar

from assistant.knowledge.mentions import Names, names_of
from assistant.knowledge.rows import DOCUMENT, TITLE, rows
from assistant.knowledge.sections import Piece, chunk, cut, section_ids
from assistant.knowledge.vectors import Progress, VectorCache, chunk_hash, embed, stamp
from assistant.ports import Encoder
from assistant.store import knowledge as kb
from assistant.store.knowledge import ChunkRow, DocumentRow, SectionRow
from assistant.text.script import to_simplified
from assistant.workspace.model import Document, Workspace

T = TypeVar("T")
# raised when sections are cut or embedded differently, so that every document is read anew
CUT = 1


class Records(Protocol):
    """What this room needs of the store, for code without an event loop."""

    def read_now(self, function: Callable[..., T], *args: object) -> T: ...

    def write_now(self, function: Callable[..., T], *args: object) -> T: ...


@dataclass(frozen=True, slots=True)
class Source:
    """A document to be served: its row without version, and how to cut it into sections. `hash` covers its text and everything said about it."""

    row: DocumentRow
    first_version: int
    cut: Callable[[], tuple[SectionRow, ...]]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did. `embedded` counts vectors computed, `writes` rows written; both are 0 for an unchanged corpus."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    unchanged: int = 0
    sections: int = 0
    chunks: int = 0
    embedded: int = 0
    writes: int = 0


def sources(workspace: Workspace, at: datetime) -> tuple[Source, ...]:
    """The documents of a workspace and its catalogue, as the document `catalog` in each language."""
    names = names_of(workspace.catalog)
    found = [document_source(document, names=names, zone=workspace.zone, at=at) for document in workspace.documents]
    return (*found, *_catalog_sources(workspace, at))


def document_source(document: Document, *, names: Names, zone: tzinfo, at: datetime) -> Source:
    """A Markdown document. Dates of validity are whole days in `zone`, the last one inside."""
    body = document.body.replace("\r\n", "\n").replace("\r", "\n")
    row = DocumentRow(
        id=document.id, language=document.language, version=0, title=document.title, level=document.level, audience=document.audience,
        products=document.products, hash="", updated=at, valid_from=_midnight(document.valid_from, zone),
        valid_until=_midnight(document.valid_until and document.valid_until + timedelta(1), zone),
        owner=document.owner, route_to=document.route_to, path=document.path,
    )  # fmt: skip
    row = replace(row, hash=_hash(row, document.version, body))
    return Source(row, document.version, lambda: _document_sections(row, body, document.body_line, names=names))


def _midnight(day: date | None, zone: tzinfo) -> datetime | None:
    return datetime.combine(day, time(), zone) if day else None


def _hash(row: DocumentRow, version: int, body: object) -> str:
    said = {name: getattr(row, name) for name in DocumentRow.__slots__ if name not in ("version", "hash", "updated")}
    return hashlib.sha256(json.dumps([CUT, version, said, body], default=str, sort_keys=True).encode("utf-8", "replace")).hexdigest()


def _document_sections(row: DocumentRow, body: str, body_line: int, *, names: Names) -> tuple[SectionRow, ...]:
    pieces = cut(body)
    found = []
    for position, (piece, name) in enumerate(zip(pieces, section_ids(pieces, row.language), strict=True)):
        text = body[piece.start : piece.end]
        path = [title for title in piece.path if title != row.title]
        section = SectionRow(
            document=row.id, language=row.language, version=row.version, id=name, position=position, kind=piece.kind, heading=" > ".join(path),
            context=piece.context.strip(), text=text, start=piece.start, line=body_line + piece.line, products=_products(row, piece, names), hash="",
        )  # fmt: skip
        found.append(section)
    return tuple(found)


def _products(row: DocumentRow, piece: Piece, names: Names) -> tuple[str, ...]:
    """Whom a section is about: its document's products, narrowed or widened by the products its headings name."""
    named = tuple(dict.fromkeys(sku for title in piece.path if title != row.title for sku in names.products(title)))
    if not named or set(named) & set(row.products):
        return named or row.products
    return (*row.products, *named)


def _catalog_sources(workspace: Workspace, at: datetime) -> Iterable[Source]:
    for language in workspace.languages:
        made = rows(workspace.catalog, language, workspace.currency)
        row = DocumentRow(
            id=DOCUMENT, language=language, version=0, title=TITLE[language], level="product", audience="public", products=(), hash="", updated=at,
            path="corpus/catalog.yaml",
        )  # fmt: skip
        row = replace(row, hash=_hash(row, 1, [[each.id, each.heading, each.text] for each in made]))
        sections = tuple(
            SectionRow(row.id, language, 0, each.id, n, each.kind, each.heading, "", each.text, 0, 0, each.products, "") for n, each in enumerate(made)
        )
        yield Source(row, 1, lambda sections=sections: sections)  # type: ignore[misc]


def embedded_text(section: SectionRow, title: str) -> list[tuple[ChunkRow, str]]:
    """The chunks of a section and the text embedded for each: its words in simplified characters, the last heading before the first."""
    heading = section.heading.rpartition(" > ")[2] or title
    about = to_simplified(f"{title}: {heading}" if heading != title else title)
    found = [(ChunkRow(0, len(section.text), chunk_hash(about)), about)]
    for piece in chunk(section.text, context=section.context):
        text = to_simplified(piece.text)
        found.append((ChunkRow(piece.start, piece.end, chunk_hash(text)), text))
    return found


def sync(
    store: Records,
    documents: Sequence[Source],
    *,
    encoder: Encoder,
    tenant: str,
    at: datetime,
    progress: Progress | None = None,
    cache: VectorCache | None = None,
) -> SyncReport:
    """Makes exactly `documents` live: changed ones in a new version, missing ones retired, unchanged ones untouched (0 writes, 0 embeddings).

    `progress(done, all)` counts documents. Raises what the store raises; a document that went live before that stays live.
    """
    known = store.read_now(lambda conn: kb.heads(conn, tenant=tenant))
    blank = store.read_now(lambda conn: kb.without_vectors(conn, tenant=tenant, encoder=stamp(encoder)))
    cached: dict[str, bytes] | None = None
    fresh: dict[str, bytes] = {}
    report = SyncReport()
    for number, source in enumerate(documents, start=1):
        row = source.row
        head = known.get((row.id, row.language))
        unchanged = head is not None and head.hash == row.hash and head.state == "live"
        if unchanged and (row.id, row.language) not in blank:
            report = replace(report, unchanged=report.unchanged + 1)
        elif unchanged and head is not None:
            new = _fill(store, replace(row, version=head.version, updated=at), source.cut(), encoder=encoder, tenant=tenant)
            fresh |= new
            report = replace(report, unchanged=report.unchanged + 1, writes=report.writes + len(new) + 1)
        else:
            if cached is None:
                cached = cache.load() if cache else {}
            version = source.first_version if head is None else max(source.first_version, head.version + 1)
            done, new = _publish(store, replace(row, version=version, updated=at), source.cut(), encoder=encoder, tenant=tenant, cached={**cached, **fresh})
            fresh |= new
            report = _added(report, done, is_new=head is None)
        if progress is not None:
            progress(number, len(documents))
    if cache is not None:
        cache.add(fresh)
    given = {(source.row.id, source.row.language) for source in documents}
    gone = [key for key, head in known.items() if key not in given and head.state == "live"]
    if gone:
        store.write_now(lambda conn: kb.retire(conn, gone, tenant=tenant, at=at))
    return replace(report, retired=len(gone), embedded=len(fresh), writes=report.writes + 2 * len(gone))


def _added(report: SyncReport, done: SyncReport, *, is_new: bool) -> SyncReport:
    return replace(
        report,
        added=report.added + is_new,
        changed=report.changed + (not is_new),
        sections=report.sections + done.sections,
        chunks=report.chunks + done.chunks,
        writes=report.writes + done.writes,
    )


def _fill(store: Records, row: DocumentRow, sections: Sequence[SectionRow], *, encoder: Encoder, tenant: str) -> dict[str, bytes]:
    """Vectors of an encoder that a document was never embedded with; its version stays."""
    name = stamp(encoder)
    texts = {each.hash: text for section in sections for each, text in embedded_text(section, row.title)}
    there = store.read_now(lambda conn: kb.known_vectors(conn, tenant=tenant, encoder=name, hashes=texts))
    new = embed(encoder, {digest: text for digest, text in texts.items() if digest not in there})
    key = (row.id, row.language, row.version)
    store.write_now(lambda conn: kb.fill_vectors(conn, key, new, tenant=tenant, encoder=name, at=row.updated))
    return new


def _publish(
    store: Records, row: DocumentRow, sections: Sequence[SectionRow], *, encoder: Encoder, tenant: str, cached: Mapping[str, bytes]
) -> tuple[SyncReport, dict[str, bytes]]:
    """Cuts, embeds what has no vector yet, and switches to the new version in one transaction."""
    name = stamp(encoder)
    pieces: list[SectionRow] = []
    texts: dict[str, str] = {}
    for section in sections:
        made = embedded_text(section, row.title)
        texts.update((each.hash, text) for each, text in made)
        digest = hashlib.sha256("\x1f".join((section.heading, section.context, section.text)).encode("utf-8", "replace")).hexdigest()
        pieces.append(replace(section, version=row.version, hash=digest, chunks=tuple(each for each, _ in made)))
    there = store.read_now(lambda conn: kb.known_vectors(conn, tenant=tenant, encoder=name, hashes=texts))
    held = {digest: cached[digest] for digest in texts if digest not in there and digest in cached}
    new = embed(encoder, {digest: text for digest, text in texts.items() if digest not in there and digest not in held})
    writes = store.write_now(lambda conn: kb.publish(conn, row, tenant=tenant, pieces=pieces, new_vectors={**held, **new}, encoder=name))
    return SyncReport(sections=len(pieces), chunks=sum(len(piece.chunks) for piece in pieces), writes=writes), new
