"""What people do to a document after it came in: review, publish, roll back, retire, and the state of all of them; removing is `purge.py`'s business."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from assistant.errors import Conflict, NotFound
from assistant.knowledge.mentions import Names
from assistant.knowledge.publish import CUT, Writing, go_live, save, stored_sections
from assistant.store import knowledge as kb
from assistant.store import knowledge_life as life
from assistant.store.knowledge import CATALOG, DocumentRow
from assistant.store.knowledge_life import DRAFT, LIVE, RETIRED, REVIEW, Act, Latest, Seen, Tombstone, VersionRow
from assistant.workspace.model import nearest

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Standing:
    """One language variant as it stands. `version` is the newest, `live` the one that is served (0 = none).

    `stale`: a twin in another language changed after this one did. `validity`: "", coming, soon (ends within SOON) or expired.
    """

    row: DocumentRow
    version: int
    state: str
    live: int
    versions: int
    stale: bool = False
    validity: str = ""


def publish(writing: Writing, document: str, names: Names, *, language: str = "", version: int = 0) -> tuple[VersionRow, ...]:
    """Makes the newest version of each variant (or of `language`; or version number `version`) live. `writing.who` is recorded as its approver.

    Raises NotFound; Conflict (`live`) when there is nothing to publish, (`stale`, `removed`) when somebody else was faster.
    """
    done = []
    for key, known, seen in _variants(writing, document, language):
        number = version or known.version
        if known.live == number:
            continue
        stored = _stored(writing, *key, version=number)
        ready = replace(stored, cut=CUT, row=replace(stored.row, state=LIVE, updated=writing.at, approver=writing.who))
        sections = _sections(writing, stored, names)
        go_live(writing, ready, sections, seen=seen, act="publish", detail={"approver": writing.who, "from": stored.row.state})
        done.append(ready)
    if not done:
        raise Conflict(f"{document} is live already", code="live")
    return tuple(done)


def submit(writing: Writing, document: str, *, language: str = "") -> tuple[Latest, ...]:
    """Marks the newest drafts as waiting for review. Raises NotFound, Conflict (`state`) when there is no draft."""
    found = [(key, known, seen) for key, known, seen in _variants(writing, document, language) if known.state == DRAFT]
    if not found:
        raise Conflict(f"{document} has no draft", code="state")

    def write(conn: Any) -> None:
        for (name, tongue), known, seen in found:
            life.check_seen(conn, name, tongue, tenant=writing.tenant, seen=seen)
            life.set_state(conn, name, tongue, version=known.version, state=REVIEW, tenant=writing.tenant)
            life.record_act(conn, Act(writing.who, "review", name, tongue, known.version, writing.at, {}), tenant=writing.tenant)

    writing.store.write_now(write)
    return tuple(known for _, known, _ in found)


def retire(writing: Writing, document: str, *, language: str = "", reason: str = "") -> tuple[str, ...]:
    """Takes the live variants out of every answer; they stay stored, and sync leaves them retired until their source changes. Gives their languages.

    Raises NotFound, Conflict (`state`) when none is live.
    """
    found = [(key, known, seen) for key, known, seen in _variants(writing, document, language) if known.live]
    if not found:
        raise Conflict(f"{document} is not live", code="state")

    def write(conn: Any) -> None:
        for (name, tongue), known, seen in found:
            life.check_seen(conn, name, tongue, tenant=writing.tenant, seen=seen)
            kb.retire(conn, [(name, tongue)], tenant=writing.tenant, at=writing.at)
            life.record_act(conn, Act(writing.who, "retire", name, tongue, known.live, writing.at, {"reason": reason}), tenant=writing.tenant)

    writing.store.write_now(write)
    return tuple(tongue for (_, tongue), _, _ in found)


def rollback(writing: Writing, document: str, names: Names, *, language: str = "", version: int = 0) -> tuple[VersionRow, ...]:
    """A new live version with the text of an old one: of `version`, or of the last one that was live before. Sync leaves it until the source changes.

    Raises NotFound, Conflict (`state`) when there is no earlier version, (`catalog`) for the catalogue, whose text is its file.
    """
    done = []
    for (name, tongue), known, seen in _variants(writing, document, language):
        if known.origin == CATALOG:
            raise Conflict("the catalogue and the reviews are rolled back in their files", code="catalog")
        number = version or _before(writing, name, tongue, live=known.live or known.version)
        old = _stored(writing, name, tongue, version=number)
        row = replace(old.row, version=known.version + 1, state=LIVE, updated=writing.at, approver=writing.who)
        made = replace(old, row=row, source=known.source, cut=CUT, created=writing.at, published=writing.at)
        go_live(writing, made, stored_sections(made, names), seen=seen, act="rollback", detail={"to": number})
        done.append(made)
    return tuple(done)


def recut(writing: Writing, names: Names) -> int:
    """Cuts every live version anew whose sections were cut in an older way, as a new version; gives their number."""
    known = writing.store.read_now(lambda conn: life.latest(conn, tenant=writing.tenant))
    old = [key for key, each in known.items() if each.live and each.cut != CUT and each.whole and each.origin != CATALOG]
    for name, tongue in old:
        for _, each, seen in _variants(writing, name, tongue):
            stored = _stored(writing, name, tongue, version=each.live)
            row = replace(stored.row, version=each.version + 1, updated=writing.at)
            made = replace(stored, row=row, source=each.source, cut=CUT, created=writing.at, published=writing.at)
            go_live(writing, made, stored_sections(made, names), seen=seen, act="recut")
    return len(old)


def edit(writing: Writing, document: str, body: str, *, language: str, seen_version: int) -> VersionRow:
    """A draft with another text on the newest version's head. Raises NotFound, Conflict (`stale`) when the newest is no longer `seen_version`."""
    ((_, known, seen),) = _variants(writing, document, language)
    if known.version != seen_version:
        raise Conflict(f"{document} ({language}) was changed meanwhile: its newest version is {known.version}", code="stale")
    from assistant.knowledge.ingest import content_hash

    newest = _stored(writing, document, language, version=known.version)
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    row = replace(newest.row, version=known.version + 1, state=DRAFT, updated=writing.at, hash=content_hash(newest.row, 1, text))
    made = replace(newest, row=row, body=text, places=(), source=known.source, cut=CUT, created=writing.at, published=None)
    save(writing, made, seen=seen, act="draft")
    return made


def restore(writing: Writing, document: str) -> None:
    """Takes a tombstone away: the next sync or add brings the document back. Raises NotFound when there is none."""

    def write(conn: Any) -> None:
        if not life.lift(conn, document, tenant=writing.tenant, at=writing.at):
            raise NotFound(f"{document} was not removed")
        life.record_act(conn, Act(writing.who, "restore", document, "", 0, writing.at, {}), tenant=writing.tenant)

    writing.store.write_now(write)


def buried(writing: Writing) -> tuple[Tombstone, ...]:
    """The tombstones that stand."""
    stones = writing.store.read_now(lambda conn: life.list_tombstones(conn, tenant=writing.tenant))
    return tuple(stone for stone in stones if stone.lifted is None)


def standings(writing: Writing) -> tuple[Standing, ...]:
    """Every variant, by id and language."""
    rows = writing.store.read_now(lambda conn: life.list_versions(conn, tenant=writing.tenant))
    served = {(row.id, row.language): row for row in writing.store.read_now(lambda conn: kb.live_documents(conn, tenant=writing.tenant))}
    grouped: dict[tuple[str, str], list[VersionRow]] = {}
    for version in rows:
        grouped.setdefault((version.row.id, version.row.language), []).append(version)
    late = set(stale(served.values()))
    found = []
    for key in sorted(grouped.keys() | served.keys()):
        versions = grouped.get(key, [])
        live = served.get(key)
        newest = versions[-1].row if versions else live
        assert newest is not None
        row = live or newest
        found.append(Standing(row, newest.version, newest.state, live.version if live else 0, max(len(versions), 1), key in late, _validity(row, writing.at)))
    return tuple(found)


def _validity(row: DocumentRow, at: datetime) -> str:
    if row.valid_from is not None and at < row.valid_from:
        return "coming"
    if row.valid_until is None:
        return ""
    return "expired" if row.valid_until <= at else "soon" if row.valid_until - at <= SOON else ""


def stale(rows: Any) -> Iterator[tuple[str, str]]:
    """The live variants whose twin in another language went live later: their translation may say what is no longer so."""
    newest: dict[str, datetime] = {}
    listed: Sequence[DocumentRow] = [row for row in rows if row.origin != CATALOG]
    for row in listed:
        newest[row.id] = max(newest.get(row.id, row.updated), row.updated)
    for row in listed:
        if row.updated < newest[row.id]:
            yield row.id, row.language


def _variants(writing: Writing, document: str, language: str) -> list[tuple[tuple[str, str], Latest, Seen]]:
    """The variants of a document with what a change must have seen. Raises NotFound."""

    def read(conn: Any) -> tuple[dict[tuple[str, str], Latest], int]:
        stones = [stone.n for stone in life.list_tombstones(conn, tenant=writing.tenant) if stone.id == document]
        return life.latest(conn, tenant=writing.tenant), max(stones, default=0)

    known, stone = writing.store.read_now(read)
    found = [(key, each, Seen(each.version, stone)) for key, each in sorted(known.items()) if key[0] == document and language in ("", key[1])]
    if not found:
        raise unknown(document, [name for name, _ in known], language=language)
    return found


def unknown(document: str, known: Iterable[str], *, language: str = "") -> NotFound:
    """The error for a document that is not among the `known` ids, with the nearest one."""
    ids = set(known)
    advice = f"there is none in {language}" if document in ids else nearest(document, ids) or "`assistant kb status` lists them"
    return NotFound(f"no document {document!r}; {advice}")


def _stored(writing: Writing, document: str, language: str, *, version: int) -> VersionRow:
    return writing.store.read_now(lambda conn: life.get_version(conn, document, language, version=version, tenant=writing.tenant))


def _sections(writing: Writing, version: VersionRow, names: Names) -> tuple[kb.SectionRow, ...]:
    """The sections of a version: as stored where it has no text (the catalogue), else cut."""
    row = version.row
    if version.body:
        return stored_sections(version, names)
    return writing.store.read_now(lambda conn: kb.sections_of(conn, row.id, row.language, version=row.version, tenant=writing.tenant))


def _before(writing: Writing, document: str, language: str, *, live: int) -> int:
    versions = writing.store.read_now(lambda conn: life.list_versions(conn, tenant=writing.tenant, document=document, language=language))
    earlier = [each.row.version for each in versions if each.published is not None and each.row.version < live and each.row.state == RETIRED]
    if not earlier:
        raise Conflict(f"{document} ({language}) has no earlier version that was live", code="state")
    return earlier[-1]
