"""Makes SQL equal to a source of documents, changed ones only, each version in one transaction; what is found in them is `search.py`'s business."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Literal

from assistant.errors import Conflict
from assistant.knowledge.mentions import Names, names_of
from assistant.knowledge.publish import CUT, Done, Places, Ready, Records, Vectors, Writing, document_sections, embedded_text, fill, keep, prepare, save
from assistant.knowledge.rows import DOCUMENT, REVIEWS, REVIEWS_TITLE, TITLE, Row, review_rows, rows
from assistant.knowledge.vectors import Progress, VectorCache, stamp
from assistant.ports import Encoder
from assistant.store import knowledge as kb
from assistant.store import knowledge_life as life
from assistant.store.knowledge import CATALOG, WORKSPACE, DocumentRow, SectionRow
from assistant.store.knowledge_life import DRAFT, LIVE, RETIRED, Act, Latest, Seen, Tombstone, VersionRow
from assistant.workspace.model import Document, Workspace

__all__ = ["CUT", "Problem", "Records", "Source", "SyncReport", "bring", "document_source", "embedded_text", "sources", "sync"]

# what a hash covers; part of every hash, so that a stored one stays comparable
_FORM = 1
_TRIES = 3
# sections that go live in one transaction: each waits for the disk, and whoever else writes waits for it
_TOGETHER = 1000
# between the path of a file and the name of an attachment or member of it
PART = "!/"
Key = tuple[str, str]
_LIVE_STEPS = ("add", "change", "recut")
Step = Literal["add", "change", "complete", "recut", "fill", "unchanged", "held", "buried", "foreign", "retire"]


@dataclass(frozen=True, slots=True)
class Source:
    """A document to be served: its row without version, its text and how to cut it. `hash` of the row covers its text and everything said about it."""

    row: DocumentRow
    first_version: int
    cut: Callable[[], tuple[SectionRow, ...]]
    body: str = ""
    line: int = 1
    places: Places = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A document or file that was left out, and why."""

    where: str
    reason: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did. `embedded` counts vectors computed, `writes` rows written; both are 0 for an unchanged corpus. `held` were left as people set
    them (a draft that waits, a version rolled back or retired by hand); `buried` are ids that a tombstone keeps out."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    unchanged: int = 0
    sections: int = 0
    chunks: int = 0
    embedded: int = 0
    writes: int = 0
    held: int = 0
    drafts: int = 0
    buried: tuple[str, ...] = ()
    failed: tuple[Problem, ...] = ()
    documents: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """What SQL knows when a sync begins."""

    latest: Mapping[Key, Latest]
    tombstones: Mapping[str, Tombstone]
    blank: frozenset[Key]


def sources(workspace: Workspace, at: datetime) -> tuple[Source, ...]:
    """The documents of a workspace and its catalogue, as the document `catalog` in each language."""
    names = names_of(workspace.catalog)
    found = [document_source(document, names=names, zone=workspace.zone, at=at) for document in workspace.documents]
    return (*found, *_catalog_sources(workspace, at), *_review_sources(workspace, at))


def document_source(document: Document, *, names: Names, zone: tzinfo, at: datetime, origin: str = WORKSPACE, places: Places = ()) -> Source:
    """A Markdown document. Dates of validity are whole days in `zone`, the last one inside."""
    body = document.body.replace("\r\n", "\n").replace("\r", "\n")
    row = DocumentRow(
        id=document.id, language=document.language, version=0, title=document.title, level=document.level, audience=document.audience,
        products=document.products, hash="", updated=at, valid_from=midnight(document.valid_from, zone),
        valid_until=midnight(document.valid_until and document.valid_until + timedelta(1), zone),
        owner=document.owner, route_to=document.route_to, path=document.path, origin=origin,
    )  # fmt: skip
    row = replace(row, hash=content_hash(row, document.version, body))

    def cut() -> tuple[SectionRow, ...]:
        return document_sections(row, body, line=document.body_line, places=places, names=names)

    return Source(row, document.version, cut, body, document.body_line, tuple(places))


def midnight(day: date | None, zone: tzinfo) -> datetime | None:
    return datetime.combine(day, time(), zone) if day else None


def content_hash(row: DocumentRow, version: int, body: object) -> str:
    """SHA-256 of a text and of what is said about it."""
    said = {name: getattr(row, name) for name in DocumentRow.__slots__ if name not in ("version", "hash", "updated", "origin", "approver")}
    said["state"] = LIVE
    return hashlib.sha256(json.dumps([_FORM, version, said, body], default=str, sort_keys=True).encode("utf-8", "replace")).hexdigest()


def _catalog_sources(workspace: Workspace, at: datetime) -> Iterable[Source]:
    for language in workspace.languages:
        made = rows(workspace.catalog, language, workspace.currency)
        yield _rows_source(made, DOCUMENT, language, title=TITLE[language], path="corpus/catalog.yaml", at=at)


def _review_sources(workspace: Workspace, at: datetime) -> Iterable[Source]:
    """What customers wrote, a variant for each language that any of them wrote in."""
    for language in workspace.languages:
        made = review_rows(workspace.reviews, language)
        if made:
            yield _rows_source(made, REVIEWS, language, title=REVIEWS_TITLE[language], path="corpus/reviews.yaml", at=at)


def _rows_source(made: Sequence[Row], document: str, language: str, *, title: str, path: str, at: datetime) -> Source:
    row = DocumentRow(
        id=document, language=language, version=0, title=title, level="product", audience="public", products=(), hash="", updated=at,
        path=path, origin=CATALOG,
    )  # fmt: skip
    row = replace(row, hash=content_hash(row, 1, [[each.id, each.heading, each.text] for each in made]))
    sections = tuple(
        SectionRow(row.id, language, 0, each.id, n, each.kind, each.heading, "", each.text, 0, 0, each.products, "") for n, each in enumerate(made)
    )
    return Source(row, 1, lambda: sections)


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
    """`bring` for a workspace: exactly `documents` are live of what came from it and from its catalogue."""
    writing = Writing(store, encoder, tenant, at, ready=Vectors(cache))
    return bring(writing, documents, origins=(WORKSPACE, CATALOG), progress=progress)


def bring(
    writing: Writing,
    documents: Sequence[Source],
    *,
    origins: Sequence[str],
    spared: frozenset[str] = frozenset(),
    draft: bool = False,
    progress: Progress | None = None,
) -> SyncReport:
    """Publishes what is new or changed in its source, as drafts when asked; variants of `origins` that are missing are retired, others never touched.

    `spared` are paths whose documents stay although they are missing, because they could not be read this time.

    An unchanged source changes nothing, whatever people did to the document since. `progress(done, all)` counts documents. Raises what the store raises;
    what went live before that, a few documents at a time, stays live.
    """
    ledger = read_ledger(writing)
    report = SyncReport()
    waiting: list[tuple[Source, VersionRow, Ready]] = []
    made = len(writing.ready.made)
    for number, source in enumerate(documents, start=1):
        if not draft and step_of(source, ledger) in _LIVE_STEPS:
            version = _next_version(source, ledger, at=writing.at)
            waiting.append((source, version, _ready(writing, source, version, ledger)))
        else:
            report = _take(writing, source, ledger, report=report, draft=draft)
        # vectors that had to be made are dear: nothing that holds them waits
        full = sum(ready.sections for _, _, ready in waiting) >= _TOGETHER or len(writing.ready.made) > made
        if full or number == len(documents):
            report, waiting, made = _all_live(writing, waiting, ledger, report=report), [], len(writing.ready.made)
        if progress is not None:
            progress(number, len(documents))
    gone = missing(documents, ledger, origins, spared=spared)
    if gone:
        writing.store.write_now(lambda conn: _retire(conn, writing, gone, ledger))
    keep(writing)
    return replace(report, retired=report.retired + len(gone), embedded=len(writing.ready.made), writes=report.writes + 2 * len(gone))


def read_ledger(writing: Writing) -> Ledger:
    tenant, name = writing.tenant, stamp(writing.encoder)

    def read(conn: Any) -> Ledger:
        stones = {each.id: each for each in life.list_tombstones(conn, tenant=tenant)}
        return Ledger(life.latest(conn, tenant=tenant), stones, frozenset(kb.without_vectors(conn, tenant=tenant, encoder=name)))

    return writing.store.read_now(read)


def missing(documents: Sequence[Source], ledger: Ledger, origins: Sequence[str], *, spared: frozenset[str] = frozenset()) -> list[Key]:
    """The live variants of these origins that are not among the documents, save those from `spared` paths."""
    given = {(source.row.id, source.row.language) for source in documents}
    gone = [key for key, known in ledger.latest.items() if known.live and known.origin in origins and key not in given]
    return [key for key in gone if ledger.latest[key].path.split(PART)[0] not in spared]


def step_of(source: Source, ledger: Ledger) -> Step:
    """What a sync would do with a document."""
    key = (source.row.id, source.row.language)
    stone, known = ledger.tombstones.get(source.row.id), ledger.latest.get(key)
    if stone is not None and stone.lifted is None:
        return "buried"
    if known is None:
        return "add"
    if known.origin != source.row.origin and known.state != RETIRED:
        return "foreign"
    if known.source != source.row.hash:
        return "change"
    if not known.whole:
        return "complete"
    if known.live and known.cut != CUT:
        return "recut"
    if known.live and key in ledger.blank:
        return "fill"
    return "unchanged" if known.live == known.version and known.hash == known.source else "held"


def _take(writing: Writing, source: Source, ledger: Ledger, *, report: SyncReport, draft: bool) -> SyncReport:
    """One document; when somebody else was faster, what to do is worked out again."""
    for _ in range(_TRIES):
        step = step_of(source, ledger)
        try:
            return _do(writing, source, ledger, step=step, report=report, draft=draft)
        except Conflict as conflict:
            if conflict.code not in ("stale", "removed", "exists"):
                raise
            reason = conflict.message
        ledger = read_ledger(writing)
    return replace(report, failed=(*report.failed, Problem(source.row.path or source.row.id, reason, "stale")))


def _do(writing: Writing, source: Source, ledger: Ledger, *, step: Step, report: SyncReport, draft: bool) -> SyncReport:
    row, known = source.row, ledger.latest.get((source.row.id, source.row.language))
    match step:
        case "buried":
            return replace(report, buried=tuple(dict.fromkeys((*report.buried, row.id))))
        case "foreign":
            origin = known.origin if known else ""
            return replace(report, failed=(*report.failed, Problem(row.path, f"the id {row.id!r} belongs to a document from {origin}", "taken")))
        case "add" | "change":
            return _new_version(writing, source, ledger, report=report, draft=draft)
        case _ if known is None:
            return report
        case "complete":
            version = replace(version_of(source, known.version, at=writing.at), published=writing.at if known.live else None)
            version = replace(version, row=replace(version.row, state=known.state))
            writing.store.write_now(lambda conn: life.complete_version(conn, version, tenant=writing.tenant))
            report = replace(report, writes=report.writes + 1)
            if (row.id, row.language) not in ledger.blank:
                return replace(report, unchanged=report.unchanged + 1)
            return replace(report, unchanged=report.unchanged + 1, writes=report.writes + _fill(writing, source, known))
        case "recut":
            return _new_version(writing, source, ledger, report=report, draft=False)
        case "fill":
            return replace(report, unchanged=report.unchanged + 1, writes=report.writes + _fill(writing, source, known))
        case "held":
            return replace(report, held=report.held + 1)
        case _:
            return replace(report, unchanged=report.unchanged + 1)


def _fill(writing: Writing, source: Source, known: Latest) -> int:
    return fill(writing, replace(source.row, version=known.version, updated=writing.at), source.cut())


def _new_version(writing: Writing, source: Source, ledger: Ledger, *, report: SyncReport, draft: bool) -> SyncReport:
    version = _next_version(source, ledger, at=writing.at)
    if draft:
        save(writing, replace(version, row=replace(version.row, state=DRAFT), published=None), seen=_seen(source, ledger), act="draft")
        named = (*report.documents, (version.row.id, version.row.language, version.row.version))
        return replace(report, drafts=report.drafts + 1, writes=report.writes + 2, documents=named)
    ready = _ready(writing, source, version, ledger)
    return _told(report, source, version, ledger, done=ready.done(writing.store.write_now(ready.write)))


def _next_version(source: Source, ledger: Ledger, *, at: datetime) -> VersionRow:
    """The version after all that was ever known of a document, going live now."""
    seen = _seen(source, ledger)
    stone = ledger.tombstones.get(source.row.id)
    last = max(seen.version, stone.version if stone else 0)
    number = max(source.first_version, last + 1) if last else source.first_version
    return replace(version_of(source, number, at=at), published=at)


def _seen(source: Source, ledger: Ledger) -> Seen:
    known, stone = ledger.latest.get((source.row.id, source.row.language)), ledger.tombstones.get(source.row.id)
    return Seen(known.version if known else 0, stone.n if stone else 0)


def _ready(writing: Writing, source: Source, version: VersionRow, ledger: Ledger) -> Ready:
    seen = _seen(source, ledger)
    return prepare(writing, version, source.cut(), seen=seen, act="change" if seen.version else "add")


def _told(report: SyncReport, source: Source, version: VersionRow, ledger: Ledger, *, done: Done) -> SyncReport:
    known = (source.row.id, source.row.language) in ledger.latest
    return replace(
        report,
        added=report.added + (not known),
        changed=report.changed + known,
        sections=report.sections + done.sections,
        chunks=report.chunks + done.chunks,
        writes=report.writes + done.writes,
        documents=(*report.documents, (version.row.id, version.row.language, version.row.version)),
    )


def _all_live(writing: Writing, waiting: Sequence[tuple[Source, VersionRow, Ready]], ledger: Ledger, *, report: SyncReport) -> SyncReport:
    """What waits goes live in one transaction; when somebody else was faster with any of it, each by itself."""
    if not waiting:
        return report
    try:
        counts = writing.store.write_now(lambda conn: [ready.write(conn) for _, _, ready in waiting])
    except Conflict:
        for source, _, _ in waiting:
            report = _take(writing, source, ledger, report=report, draft=False)
        return report
    for (source, version, ready), writes in zip(waiting, counts, strict=True):
        report = _told(report, source, version, ledger, done=ready.done(writes))
    return report


def version_of(source: Source, number: int, *, at: datetime) -> VersionRow:
    """The version a source makes."""
    row = replace(source.row, version=number, updated=at)
    return VersionRow(row, row.hash, CUT, at, body=source.body, line=source.line, places=tuple(source.places))


def _retire(conn: Any, writing: Writing, gone: Sequence[Key], ledger: Ledger) -> None:
    kb.retire(conn, gone, tenant=writing.tenant, at=writing.at)
    life.forget_source(conn, gone, tenant=writing.tenant)
    for document, language in gone:
        known = ledger.latest[document, language]
        act = Act(writing.who, "retire", document, language, known.live, writing.at, {"origin": known.origin, "reason": "its source is gone"})
        life.record_act(conn, act, tenant=writing.tenant)
