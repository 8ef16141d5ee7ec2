"""A document's life in rows: its versions with their text, tombstones, the acts done to it, registered sources; what goes live is `knowledge.py`'s."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.errors import Conflict, NotFound
from assistant.store import knowledge as live
from assistant.store.knowledge import DocumentRow, SectionRow
from assistant.store.knowledge_tables import acts, applied, changes, documents, registered, sections, tombstones, versions
from assistant.types import Json

DRAFT, REVIEW, LIVE, RETIRED = "draft", "review", "live", "retired"
# how the owner of the vector index signs
INDEX_READER = "index"
_META = (
    "id", "language", "version", "state", "title", "level", "audience", "valid_from", "valid_until", "owner", "route_to", "path", "hash", "origin", "approver",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a language variant with its whole text. `source` is the hash of the source file it answers to: for a version made of an old one it
    stays the newest file's, so that sync leaves it alone. `line` is the line of the file that the text begins on; `places` are [start, page, line, sheet].
    `cut` numbers the way its sections were cut; a version of the catalogue has no text.
    """

    row: DocumentRow
    source: str
    cut: int
    created: datetime
    body: str = ""
    line: int = 1
    places: tuple[tuple[int, int, int, str], ...] = ()
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest version of a variant, as far as sync needs it; `live` is the version that is served (0 = none). `whole`: its text is stored."""

    version: int
    state: str
    hash: str
    source: str
    origin: str
    path: str
    cut: int
    live: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A removed document: sync does not bring it back until it is `lifted`. `version` is the last number it used."""

    n: int
    id: str
    version: int
    at: datetime
    by: str
    reason: str
    lifted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what to which document, when. `detail` never quotes a document."""

    who: str
    act: str
    document: str
    language: str
    version: int
    at: datetime
    detail: Mapping[str, Json]
    n: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a change was worked out from: the newest version of the variant (0 = none) and the newest tombstone of the document (0 = none)."""

    version: int = 0
    tombstone: int = 0


def latest(conn: Connection, *, tenant: str) -> dict[tuple[str, str], Latest]:
    """Every known variant (id, language) with its newest version. One from before versions were kept answers to its own hash."""
    v = versions.c
    found: dict[tuple[str, str], Latest] = {}
    for row in conn.execute(sa.select(documents).where(documents.c.tenant == tenant)):
        serving = row.version if row.state == LIVE else 0
        source = row.hash if row.state == LIVE else ""
        found[row.id, row.language] = Latest(row.version, row.state, row.hash, source, row.origin, row.path, cut=1, live=serving, whole=False)
    columns = (v.id, v.language, v.version, v.state, v.hash, v.source, v.origin, v.path, v.cut)
    for row in conn.execute(sa.select(*columns).where(v.tenant == tenant).order_by(v.version)):
        head = found.get((row.id, row.language))
        serving = head.live if head else 0
        found[row.id, row.language] = Latest(row.version, row.state, row.hash, row.source, row.origin, row.path, row.cut, serving)
    return found


def save_version(conn: Connection, version: VersionRow, *, tenant: str, seen: Seen) -> None:
    """Stores a new version. Raises Conflict when the variant moved on from what was `seen`: `stale` for another version, `removed` for a tombstone."""
    check_seen(conn, version.row.id, version.row.language, tenant=tenant, seen=seen)
    _insert(conn, version, tenant)


def check_seen(conn: Connection, document: str, language: str, *, tenant: str, seen: Seen) -> None:
    """Raises Conflict unless the newest version and the newest tombstone are still those that were seen."""
    v = versions.c
    newest = conn.execute(sa.select(sa.func.max(v.version)).where(v.tenant == tenant, v.id == document, v.language == language)).scalar()
    if newest is None:
        d = documents.c
        newest = conn.execute(sa.select(d.version).where(d.tenant == tenant, d.id == document, d.language == language)).scalar()
    t = tombstones.c
    grave = conn.execute(sa.select(sa.func.max(t.n)).where(t.tenant == tenant, t.id == document)).scalar()
    if (grave or 0) != seen.tombstone:
        raise Conflict(f"{document} was removed meanwhile", code="removed")
    if (newest or 0) != seen.version:
        raise Conflict(f"{document} ({language}) was changed meanwhile", code="stale")


def complete_version(conn: Connection, version: VersionRow, *, tenant: str) -> None:
    """Stores the text of a version that went live before texts were kept."""
    _insert(conn, version, tenant)


def _insert(conn: Connection, version: VersionRow, tenant: str) -> None:
    values = {name: getattr(version.row, name) for name in _META}
    rest = {name: getattr(version, name) for name in ("source", "cut", "body", "line", "created", "published")}
    places = [list(place) for place in version.places]
    conn.execute(versions.insert(), {**values, **rest, "tenant": tenant, "products": list(version.row.products), "places": places})


def publish_version(conn: Connection, version: VersionRow, *, tenant: str, pieces: Sequence[SectionRow], vectors: Mapping[str, bytes], encoder: str) -> int:
    """Makes a stored version the live one, in the caller's transaction; returns the number of rows written.

    A version of before that was live is retired; one that waited as a draft or for review is left behind too.
    """
    row, v = version.row, versions.c
    mine = sa.and_(v.tenant == tenant, v.id == row.id, v.language == row.language)
    conn.execute(versions.update().where(mine, v.version < row.version, v.state != RETIRED).values(state=RETIRED))
    conn.execute(versions.update().where(mine, v.version > row.version, v.state == LIVE).values(state=RETIRED))
    conn.execute(
        versions.update().where(mine, v.version == row.version).values(state=LIVE, published=row.updated, approver=row.approver, cut=version.cut, hash=row.hash)
    )
    return live.publish(conn, replace(row, state=LIVE), tenant=tenant, pieces=pieces, new_vectors=vectors, encoder=encoder) + 1


def set_state(conn: Connection, document: str, language: str, *, version: int, state: str, tenant: str) -> None:
    """Raises NotFound."""
    v = versions.c
    mine = (v.tenant == tenant, v.id == document, v.language == language, v.version == version)
    if conn.execute(versions.update().where(*mine).values(state=state)).rowcount == 0:
        raise NotFound(f"no version {version} of {document} ({language})")


def forget_source(conn: Connection, keys: Sequence[tuple[str, str]], *, tenant: str) -> None:
    """The source of these variants is gone: when it comes back, even unchanged, it makes a new version."""
    v = versions.c
    for document, language in keys:
        conn.execute(versions.update().where(v.tenant == tenant, v.id == document, v.language == language).values(source=""))


def list_versions(conn: Connection, *, tenant: str, document: str = "", language: str = "") -> tuple[VersionRow, ...]:
    """Versions without their texts, by id, language and number; of one document or variant only when named."""
    query = sa.select(*[column for column in versions.c if column.name not in ("body", "places")]).where(versions.c.tenant == tenant)
    if document:
        query = query.where(versions.c.id == document)
    if language:
        query = query.where(versions.c.language == language)
    return tuple(_version(row._mapping) for row in conn.execute(query.order_by(versions.c.id, versions.c.language, versions.c.version)))


def get_version(conn: Connection, document: str, language: str, *, version: int, tenant: str) -> VersionRow:
    """Raises NotFound."""
    v = versions.c
    row = conn.execute(sa.select(versions).where(v.tenant == tenant, v.id == document, v.language == language, v.version == version)).one_or_none()
    if row is None:
        raise NotFound(f"no version {version} of {document} ({language})")
    return _version(row._mapping)


def _version(value: Mapping[Any, Any]) -> VersionRow:
    meta = {name: value[name] for name in _META}
    row = DocumentRow(**meta, products=tuple(value["products"]), updated=value["published"] or value["created"])
    places = tuple((int(s), int(p), int(n), str(sheet)) for s, p, n, sheet in value.get("places") or ())
    return VersionRow(row, value["source"], value["cut"], value["created"], value.get("body") or "", value["line"], places, value["published"])


def list_tombstones(conn: Connection, *, tenant: str) -> tuple[Tombstone, ...]:
    """All of them, lifted ones included, oldest first."""
    t = tombstones.c
    rows = conn.execute(sa.select(tombstones).where(t.tenant == tenant).order_by(t.n))
    return tuple(Tombstone(row.n, row.id, row.version, row.at, row.by, row.reason, row.lifted) for row in rows)


def bury(conn: Connection, stone: Tombstone, *, tenant: str) -> None:
    """Writes a tombstone; its number is given here."""
    values = {name: getattr(stone, name) for name in ("id", "version", "at", "by", "reason")}
    conn.execute(tombstones.insert(), {**values, "tenant": tenant})


def lift(conn: Connection, document: str, *, tenant: str, at: datetime) -> bool:
    """Takes the tombstones of a document away; False when there was none."""
    t = tombstones.c
    return conn.execute(tombstones.update().where(t.tenant == tenant, t.id == document, t.lifted.is_(None)).values(lifted=at)).rowcount > 0


def record_act(conn: Connection, act: Act, *, tenant: str) -> None:
    values = {name: getattr(act, name) for name in ("who", "act", "document", "language", "version", "at")}
    conn.execute(acts.insert(), {**values, "detail": dict(act.detail), "tenant": tenant})


def list_acts(conn: Connection, *, tenant: str, document: str = "", limit: int = 200) -> tuple[Act, ...]:
    """The newest acts, newest first; on one document only when named."""
    query = sa.select(acts).where(acts.c.tenant == tenant).order_by(acts.c.n.desc()).limit(limit)
    rows = conn.execute(query.where(acts.c.document == document) if document else query)
    return tuple(Act(row.who, row.act, row.document, row.language, row.version, row.at, row.detail, row.n) for row in rows)


def same_sections(conn: Connection, *, tenant: str, least: int = 80) -> tuple[tuple[str, str, str], ...]:
    """(document, language, earlier document) of live variants that hold a section of another live document word for word, of at least so many characters;
    the earlier of two is the one that went live first."""
    s, d = sections, documents
    there = sa.and_(s.c.tenant == d.c.tenant, s.c.document == d.c.id, s.c.language == d.c.language, s.c.version == d.c.version, d.c.state == LIVE)
    held = sa.select(s.c.document, s.c.language, s.c.hash, d.c.updated).join(d, there)
    held = held.where(s.c.tenant == tenant, s.c.kind.not_in(("row", "edge")), sa.func.length(s.c.text) >= least)
    one, other = held.subquery(), held.subquery()
    after = sa.or_(one.c.updated > other.c.updated, sa.and_(one.c.updated == other.c.updated, one.c.document > other.c.document))
    query = sa.select(one.c.document, one.c.language, other.c.document).distinct()
    query = query.join(other, sa.and_(one.c.hash == other.c.hash, one.c.document != other.c.document, one.c.language == other.c.language, after))
    return tuple((a, language, b) for a, language, b in conn.execute(query.order_by(one.c.document, one.c.language, other.c.document)))


def register(conn: Connection, origin: str, options: Mapping[str, Json], *, tenant: str, at: datetime) -> None:
    """Remembers a folder, git folder or URL that sync reads again; a second time replaces its options."""
    r = registered.c
    if conn.execute(registered.update().where(r.tenant == tenant, r.origin == origin).values(options=dict(options))).rowcount == 0:
        conn.execute(registered.insert(), {"tenant": tenant, "origin": origin, "options": dict(options), "added": at})


def sources(conn: Connection, *, tenant: str) -> dict[str, tuple[Mapping[str, Json], datetime | None]]:
    """{origin: (options, last synced)} of every registered source."""
    r = registered.c
    return {row.origin: (row.options, row.synced) for row in conn.execute(sa.select(registered).where(r.tenant == tenant).order_by(r.origin))}


def mark_synced(conn: Connection, origin: str, *, tenant: str, at: datetime) -> None:
    r = registered.c
    conn.execute(registered.update().where(r.tenant == tenant, r.origin == origin).values(synced=at))


def unregister(conn: Connection, origin: str, *, tenant: str) -> bool:
    """Forgets a source; False when it was not registered."""
    r = registered.c
    return conn.execute(registered.delete().where(r.tenant == tenant, r.origin == origin)).rowcount > 0


def acknowledge(conn: Connection, reader: str, n: int, *, tenant: str, at: datetime) -> None:
    """A reader of the change log says that nothing older than change `n` is left in it."""
    a = applied.c
    if conn.execute(applied.update().where(a.tenant == tenant, a.reader == reader).values(n=n, at=at)).rowcount == 0:
        conn.execute(applied.insert(), {"tenant": tenant, "reader": reader, "n": n, "at": at})


def acknowledged(conn: Connection, reader: str, *, tenant: str) -> int:
    """The newest change a reader has said it applied; 0 when it never did."""
    a = applied.c
    return int(conn.execute(sa.select(a.n).where(a.tenant == tenant, a.reader == reader)).scalar() or 0)


def kinds_since(conn: Connection, n: int, *, tenant: str) -> frozenset[str]:
    """The kinds of change after change `n`."""
    c = changes.c
    return frozenset(conn.execute(sa.select(c.kind).where(c.tenant == tenant, c.n > n).distinct()).scalars())
