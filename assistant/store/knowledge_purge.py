"""Takes every row of a document away and looks beneath all checks for what is left of it; which words are its own is decided by the caller."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.store import knowledge as live
from assistant.store import knowledge_life as life
from assistant.store.knowledge_seek import Finds, Sought
from assistant.store.knowledge_tables import ROOM, chunks, documents, sections, tombstones, vectors, versions
from assistant.store.tables import conversations, gaps, metadata
from assistant.types import Json

PURGED, SHREDDED = "purged", "shredded"
_BATCH = 400
# one row and column a statement, so that a large state is not held in memory
_FETCHED = 500


@dataclass(frozen=True, slots=True)
class Holding:
    """What is stored of a document, every version and language. `hashes` are those of its chunks that no other document uses."""

    languages: Mapping[str, int]
    sections: tuple[live.SectionRow, ...]
    bodies: tuple[tuple[str, str, str], ...]
    hashes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Purged:
    """`rows` by table; `change` is the number of the last change that tells readers of it."""

    rows: Mapping[str, int]
    change: int


def holding(conn: Connection, document: str, *, tenant: str) -> Holding:
    """`languages` maps each language to its newest version; `bodies` are (title, path, text) of every version."""
    v, d, s, c = versions.c, documents.c, sections.c, chunks.c
    newest: dict[str, int] = {}
    rows = conn.execute(sa.select(v.language, v.version, v.title, v.path, v.body).where(v.tenant == tenant, v.id == document).order_by(v.version)).all()
    heads = conn.execute(sa.select(d.language, d.version, d.title, d.path).where(d.tenant == tenant, d.id == document)).all()
    for row in (*heads, *rows):
        newest[row.language] = max(newest.get(row.language, 0), row.version)
    for row in conn.execute(
        sa.select(s.language, sa.func.max(s.version).label("version")).where(s.tenant == tenant, s.document == document).group_by(s.language)
    ):
        newest[row.language] = max(newest.get(row.language, 0), row.version)
    bodies = (*((row.title, row.path, row.body) for row in rows), *((row.title, row.path, "") for row in heads))
    found: list[live.SectionRow] = []
    for row in conn.execute(sa.select(s.language, s.version).where(s.tenant == tenant, s.document == document).distinct()):
        found += live.sections_of(conn, document, row.language, version=row.version, tenant=tenant)
    mine = sa.select(c.hash).where(c.tenant == tenant, c.document == document)
    others = sa.select(c.hash).where(c.tenant == tenant, c.document != document)
    hashes = frozenset(conn.execute(mine.where(c.hash.not_in(others)).distinct()).scalars())
    return Holding(newest, tuple(found), tuple(bodies), hashes)


def others_text(conn: Connection, document: str, *, tenant: str) -> Iterator[str]:
    """The texts of all other documents, live or not: what is said there too is not this document's own."""
    v, s, d = versions.c, sections.c, documents.c
    for query in (
        sa.select(v.body).where(v.tenant == tenant, v.id != document, v.state != "retired"),
        sa.select(s.text).where(s.tenant == tenant, s.document != document),
        sa.select(s.heading).where(s.tenant == tenant, s.document != document).distinct(),
        sa.select(d.title).where(d.tenant == tenant, d.id != document),
    ):
        yield from conn.execute(query).scalars()


def purge(conn: Connection, stone: life.Tombstone, held: Holding, *, tenant: str, kind: str, detail: Mapping[str, Json]) -> Purged:
    """Writes the tombstone and takes away every row of the document, with the vectors only it used; in the caller's transaction."""
    document, rows = stone.id, {}
    for table, column in ((chunks, chunks.c.document), (sections, sections.c.document), (versions, versions.c.id), (documents, documents.c.id)):
        rows[table.name] = conn.execute(table.delete().where(table.c.tenant == tenant, column == document)).rowcount
    own = sorted(held.hashes)
    rows[vectors.name] = 0
    for start in range(0, len(own), _BATCH):
        part = own[start : start + _BATCH]
        still = set(conn.execute(sa.select(chunks.c.hash).where(chunks.c.tenant == tenant, chunks.c.hash.in_(part))).scalars())
        gone = [digest for digest in part if digest not in still]
        rows[vectors.name] += conn.execute(vectors.delete().where(vectors.c.tenant == tenant, vectors.c.hash.in_(gone))).rowcount
    life.bury(conn, stone, tenant=tenant)
    for language, version in held.languages.items():
        live.log_change(conn, tenant, key=(document, language, version), kind=kind, at=stone.at)
    act = life.Act(stone.by, "remove", document, "", stone.version, stone.at, {**detail, "reason": stone.reason})
    life.record_act(conn, act, tenant=tenant)
    return Purged(rows, live.last_change(conn, tenant=tenant))


def purge_again(conn: Connection, stone: life.Tombstone, languages: Mapping[str, int], *, tenant: str, kind: str) -> Purged:
    """Tells the readers of the change log once more that a document is gone, and buries it anew when its tombstone was lifted."""
    if stone.lifted is not None:
        life.bury(conn, stone, tenant=tenant)
    for language, version in (languages or {"": stone.version}).items():
        live.log_change(conn, tenant, key=(stone.id, language, version), kind=kind, at=stone.at)
    act = life.Act(stone.by, "remove", stone.id, "", stone.version, stone.at, {"again": True, "shredded": kind == SHREDDED, "reason": stone.reason})
    life.record_act(conn, act, tenant=tenant)
    return Purged({}, live.last_change(conn, tenant=tenant))


def survivors(conn: Connection, document: str, hashes: Iterable[str], *, tenant: str) -> dict[str, int]:
    """Rows that still belong to a document, by table; looked up by its id and its chunk hashes whatever their state."""
    found = {}
    for table, column in ((documents, "id"), (versions, "id"), (sections, "document"), (chunks, "document")):
        found[table.name] = conn.execute(
            sa.select(sa.func.count()).select_from(table).where(table.c.tenant == tenant, table.c[column] == document)
        ).scalar_one()
    wanted, used = sorted(set(hashes)), 0
    for start in range(0, len(wanted), _BATCH):
        part = wanted[start : start + _BATCH]
        orphan = ~sa.exists().where(chunks.c.tenant == tenant, chunks.c.hash == vectors.c.hash)
        query = sa.select(sa.func.count()).select_from(vectors).where(vectors.c.tenant == tenant, vectors.c.hash.in_(part), orphan)
        used += conn.execute(query).scalar_one()
    return found | {vectors.name: used}


def tables_to_search(*, transcripts: bool) -> tuple[str, ...]:
    """The tables whose text is searched: the knowledge room's and the gaps; with `transcripts` every table there is."""
    return tuple(table.name for table in metadata.sorted_tables if transcripts or table.name in ROOM or table is gaps)


def text_hits(conn: Connection, table: str, sought: Finds) -> int:
    """How many stored values of a table hold one of the texts; tombstones and acts are their own record."""
    if table == tombstones.name:
        return 0
    values, hits = _texts(conn, table), 0
    while part := [value.encode("utf-8", "replace") for value in islice(values, _FETCHED)]:
        hits += len(sought.holders(part))
    return hits


def sought_of(fragments: Iterable[str], *codecs: str) -> Sought:
    """Fragments as they are and as JSON writes them, in these encodings (UTF-8 by default)."""
    return Sought(form.encode(codec, "replace") for fragment in fragments for form in written(fragment) for codec in codecs or ("utf-8",))


def written(fragment: str) -> tuple[str, ...]:
    """A text as it stands in a file: itself, and inside JSON with and without escapes of other scripts."""
    return tuple(dict.fromkeys((fragment, json.dumps(fragment, ensure_ascii=False)[1:-1], json.dumps(fragment)[1:-1])))


def _texts(conn: Connection, name: str) -> Iterator[str]:
    table = metadata.tables[name]
    for column in table.c:
        if not isinstance(column.type, sa.JSON | sa.Text | sa.String):
            continue
        result = conn.execution_options(yield_per=_FETCHED).execute(sa.select(sa.type_coerce(column, sa.Text)).where(column.is_not(None)))
        yield from (str(value) for value in result.scalars())


def redact(conn: Connection, table: str, change: Callable[[str], str]) -> int:
    """Rewrites the texts of a table by `change`, inside JSON string by string; gives the number of rows rewritten. Keys and ids stay."""
    found = metadata.tables[table]
    texts = [c for c in found.c if not c.primary_key and not c.foreign_keys and isinstance(c.type, sa.JSON | sa.Text | sa.String)]
    keys = list(found.primary_key.columns)
    count = 0
    for row in conn.execute(sa.select(*keys, *texts)).all():
        values = row._mapping
        new = {c.name: _walked(values[c.name], change) for c in texts}
        differing = {name: value for name, value in new.items() if value != values[name]}
        if differing:
            conn.execute(found.update().where(*(key == values[key.name] for key in keys)).values(**differing))
            count += 1
    return count


def _walked(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case str():
            return change(value)
        case list():
            return [_walked(each, change) for each in value]
        case dict():
            return {key: _walked(each, change) for key, each in value.items()}
        case _:
            return value


def quoting_turns(conn: Connection, document: str, *, tenant: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(turn, its record) of the stored turns that cite a document."""
    turns = metadata.tables["turns"]
    marker = sa.type_coerce(turns.c.record, sa.Text).contains(document, autoescape=True)
    for row in conn.execute(sa.select(turns.c.id, turns.c.record).where(turns.c.tenant == tenant, marker)):
        yield row.id, row.record


def running_turns(conn: Connection, *, tenant: str) -> dict[str, int]:
    """{conversation: fence} of the turns under way."""
    c = conversations.c
    rows = conn.execute(sa.select(c.id, c.fence, c.turn_holder).where(c.tenant == tenant, c.turn_holder.is_not(None)))
    return {row.id: row.fence for row in rows if live_holder(row.turn_holder)}


def live_holder(holder: str) -> bool:
    from assistant.store.locks import holder_alive

    return holder_alive(holder)


def scrub(path: Path, *, seconds: float = 10.0) -> bool:
    """Rewrites a SQLite file without what was deleted and empties its log; False when readers kept the log from being emptied in time."""
    with closing(sqlite3.connect(path, timeout=seconds, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("VACUUM")
        until = time.perf_counter() + seconds
        while True:
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy or time.perf_counter() > until:
                return not busy
            time.sleep(0.05)


def stone(document: str, held: Holding, *, at: datetime, by: str, reason: str) -> life.Tombstone:
    """The tombstone of what is held; the next version of a document of that id is numbered above it."""
    return life.Tombstone(0, document, max(held.languages.values(), default=0), at, by, reason)
