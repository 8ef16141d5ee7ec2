"""The documents of one company over one state, and the ways in: files, folders, git folders and addresses added once and synced again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError, InvalidInput, NotFound
from assistant.knowledge import life as acts
from assistant.knowledge.corpus import Corpus, read_corpus
from assistant.knowledge.ingest import PART, Ledger, Problem, Source, SyncReport, bring, missing, read_ledger, sources, step_of
from assistant.knowledge.load.model import Limits
from assistant.knowledge.mentions import Names, names_of
from assistant.knowledge.publish import Records, Vectors, Writing
from assistant.knowledge.sources import File, Intake, Load, Note, Read, Reader, folder_files, git_files, intake_of, loader, read_bytes, read_files
from assistant.knowledge.vectors import VectorCache
from assistant.ports import Clock, Encoder
from assistant.store import knowledge_life as life
from assistant.store.knowledge import CATALOG, FILE, WORKSPACE
from assistant.store.knowledge_traces import Left, remembered
from assistant.types import Json

if TYPE_CHECKING:
    from assistant.workspace.model import Workspace

CACHE = Path("var") / "cache"
FOLDER, GIT, URL = "folder:", "git:", "url:"
Progress = Callable[[str, int, int], None]
Fetch = Callable[[str], tuple[bytes, str]]


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that acts on documents need. `who` is recorded with each act; `fetch` gets an address (None = switched off)."""

    store: Records
    workspace: Workspace
    encoder: Encoder
    state: Path
    clock: Clock
    who: str = "operator"
    load: Load | None = None
    fetch: Fetch | None = None

    @property
    def tenant(self) -> str:
        return self.workspace.settings.workspace.id

    @property
    def names(self) -> Names:
        return names_of(self.workspace.catalog)

    @property
    def limits(self) -> Limits:
        """What one file may cost, as the company has set it."""
        spec = getattr(self.workspace.settings, "knowledge", None)
        return spec.limits if spec is not None else Limits()

    @property
    def cache(self) -> Path:
        return self.workspace.root / CACHE

    def writing(self) -> Writing:
        """A run of changes that begins now."""
        return Writing(self.store, self.encoder, self.tenant, self.clock.now(), self.who, Vectors(VectorCache(self.cache, self.encoder)))


@dataclass(frozen=True, slots=True)
class Planned:
    """What a run would do with one document."""

    step: str
    id: str
    language: str
    path: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did, or (with `dry`) would do; `problems` are files and documents that were left out."""

    report: SyncReport = field(default_factory=SyncReport)
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
    plan: tuple[Planned, ...] = ()
    restored: tuple[str, ...] = ()
    dry: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """How a run goes: `draft` stores versions without publishing them, `dry` only plans."""

    draft: bool = False
    dry: bool = False
    progress: Progress | None = None

    def told(self, stage: str) -> Callable[[int, int], None] | None:
        progress = self.progress
        return None if progress is None else lambda done, of: progress(stage, done, of)


def add(library: Library, targets: Sequence[str], *, intake: Intake | None = None, run: Run | None = None) -> Outcome:
    """Brings in what is named: files, folders, `git+PATH`, addresses (these three are remembered for sync), or ids that were removed and shall come back.

    Raises InvalidInput for a target that is nothing of these.
    """
    intake, run = intake or Intake(), run or Run()
    outcome = Outcome(dry=run.dry)
    files: list[File] = []
    for target in targets:
        origin = origin_of(target)
        if origin:
            found = _add_source(library, origin, intake, run)
        elif Path(target).is_file() and not _of_workspace(library, Path(target)):
            files.append(File(Path(target).name, lambda target=target: read_bytes(Path(target), library.limits.file_bytes)))  # type: ignore[misc]
            continue
        elif Path(target).is_file():
            found = _add_own(library, Path(target), run)
        else:
            found = _restore(library, target, run)
        outcome = joined(outcome, found)
    return joined(outcome, add_files(library, files, intake, run)) if files else outcome


def registered(library: Library) -> dict[str, tuple[Mapping[str, Json], Any]]:
    """{origin: (options, last synced)} of the folders, git folders and addresses that sync reads."""
    return library.store.read_now(lambda conn: life.sources(conn, tenant=library.tenant))


def unregister(library: Library, target: str, *, retire: bool = False) -> tuple[str, tuple[str, ...]]:
    """Forgets a source, named by its origin or as it was given to `add`; gives its origin and the documents that came from it.

    They stay as they are, and sync leaves them alone from now on; with `retire` the live ones are taken out of every answer. Raises NotFound.
    """
    origin = _origin_among(target, registered(library))
    writing = library.writing()
    known = library.store.read_now(lambda conn: life.latest(conn, tenant=library.tenant))
    own = tuple(dict.fromkeys(id_ for (id_, _), each in known.items() if each.origin == origin and (each.live or not retire)))
    for document in own if retire else ():
        acts.retire(writing, document, reason="its source was taken away")
    library.store.write_now(lambda conn: _forget(conn, writing, origin, len(own)))
    return origin, own


def _forget(conn: Any, writing: Writing, origin: str, count: int) -> None:
    if not life.unregister(conn, origin, tenant=writing.tenant):
        raise NotFound(f"{origin} was taken away meanwhile")
    life.record_act(conn, life.Act(writing.who, "unregister", "", "", 0, writing.at, {"origin": origin, "documents": count}), tenant=writing.tenant)


def _origin_among(target: str, known: Mapping[str, Any]) -> str:
    """The registered origin that is meant, whether its folder is still there or not."""
    place = Path(target.removeprefix("git+").removeprefix("file://")).resolve()
    wanted = (target, f"{URL}{target}", f"{GIT}{place}", f"{FOLDER}{place}") if not target.startswith("git+") else (target, f"{GIT}{place}")
    found = next((each for each in wanted if each in known), None)
    if found is None:
        raise NotFound(f"{target} is no source; there are: {', '.join(known) or 'none'}", code="no_source")
    return found


def origin_of(target: str) -> str:
    """The origin that a target names as a source of many documents; "" for a file or an id."""
    if target.startswith(("http://", "https://")):
        return f"{URL}{target}"
    if target.startswith("git+"):
        return f"{GIT}{Path(target.removeprefix('git+').removeprefix('file://')).resolve()}"
    return f"{FOLDER}{Path(target).resolve()}" if Path(target).is_dir() else ""


def sync_all(library: Library, *, origins: Sequence[str] = (), run: Run | None = None) -> Outcome:
    """Makes SQL equal to the workspace and to every registered source (or to `origins` only). A source that is not there changes nothing."""
    run = run or Run()
    outcome = Outcome(dry=run.dry)
    if not origins or WORKSPACE in origins:
        outcome = joined(outcome, sync_workspace(library, run))
    known = library.store.read_now(lambda conn: life.sources(conn, tenant=library.tenant))
    for origin, (options, _) in known.items():
        if not origins or origin in origins:
            try:
                outcome = joined(outcome, _sync_source(library, origin, options, run))
            except AssistantError as error:
                outcome = replace(outcome, problems=(*outcome.problems, Problem(origin, error.message, error.code)))
    if not run.dry:
        acts.recut(library.writing(), library.names)
    return outcome


def sync_workspace(library: Library, run: Run) -> Outcome:
    """The corpus folder, whatever the formats of its files, and the catalogue. A file that did not change is not read again."""
    writing = replace(library.writing(), who="sync")
    own = _own(library, writing)
    read = Read((*sources(library.workspace, writing.at), *own.documents), own.notes, own.problems)
    outcome = _brought(writing, read, run=run, origins=(WORKSPACE, CATALOG), kept=own.paths)
    return outcome if run.dry else replace(outcome, report=replace(outcome.report, unchanged=outcome.report.unchanged + len(own.kept)))


def _own(library: Library, writing: Writing) -> Corpus:
    return read_corpus(library.workspace, lambda: (reader_of(library, writing, WORKSPACE), read_ledger(writing)))


def _own_sources(library: Library, writing: Writing) -> tuple[Source, ...]:
    """Every document that the workspace's files give."""
    found = read_corpus(library.workspace, lambda: (reader_of(library, writing, WORKSPACE), Ledger({}, {}, frozenset())))
    return (*sources(library.workspace, writing.at), *found.documents)


def joined(one: Outcome, other: Outcome) -> Outcome:
    """Two outcomes as one."""
    a, b = one.report, other.report
    numbers = {name: getattr(a, name) + getattr(b, name) for name in SyncReport.__slots__}
    return Outcome(SyncReport(**numbers), one.notes + other.notes, one.problems + other.problems, one.plan + other.plan, one.restored + other.restored, one.dry)


def _add_source(library: Library, origin: str, intake: Intake, run: Run) -> Outcome:
    if intake.id or intake.language:
        raise InvalidInput("an id or a language is for a single document", code="bad_target")
    outcome = _sync_source(library, origin, intake.options(), run)
    if not run.dry:
        at = library.clock.now()
        library.store.write_now(lambda conn: life.register(conn, origin, intake.options(), tenant=library.tenant, at=at))
        library.store.write_now(lambda conn: life.mark_synced(conn, origin, tenant=library.tenant, at=at))
    return outcome


def _sync_source(library: Library, origin: str, options: Mapping[str, Json], run: Run) -> Outcome:
    writing = library.writing()
    read = _read_origin(library, writing, origin, intake=intake_of(options), run=run)
    outcome = _brought(writing, read, run=run, origins=(origin,))
    if not run.dry and outcome.report.writes:
        library.store.write_now(lambda conn: life.mark_synced(conn, origin, tenant=library.tenant, at=writing.at))
    return outcome


def _read_origin(library: Library, writing: Writing, origin: str, *, intake: Intake, run: Run) -> Read:
    kind, _, place = origin.partition(":")
    match f"{kind}:":
        case "folder:":
            files, problems = folder_files(Path(place), most=library.limits.file_bytes)
        case "git:":
            files, problems = git_files(Path(place))
        case _:
            files, problems = (_fetched(library, place),), ()
    read = read_files(files, reader_of(library, writing, origin), intake=intake, progress=run.told("reading"))
    return replace(read, problems=problems + read.problems)


def _fetched(library: Library, url: str) -> File:
    fetch = library.fetch
    if fetch is None:
        raise InvalidInput("fetching addresses is switched off; set fetch = true in [knowledge] of assistant.toml", code="fetch_off")
    return File(url, lambda: fetch(url)[0])


def reader_of(library: Library, writing: Writing, origin: str) -> Reader:
    """How files of an origin become documents: those that came before keep their ids."""
    known = library.store.read_now(lambda conn: life.latest(conn, tenant=library.tenant))
    workspace = library.workspace
    return Reader(
        names=library.names,
        zone=workspace.zone,
        at=writing.at,
        load=library.load or loader(library.limits),
        most=library.limits.file_bytes,
        languages=workspace.languages,
        skus=frozenset(workspace.catalog.products),
        queues=frozenset(_queues(workspace)),
        origin=origin,
        known={each.path: id_ for (id_, _), each in known.items() if each.origin == origin and origin != FILE},
    )


def _queues(workspace: Any) -> Sequence[str]:
    routing = getattr(workspace, "routing", None)
    return tuple(routing.queues) if routing is not None else ()


def add_files(library: Library, files: Sequence[File], intake: Intake, run: Run) -> Outcome:
    """Documents from files at hand, such as uploads; one that was removed before comes back. Raises InvalidInput."""
    if (intake.id or intake.language) and len(files) > 1:
        raise InvalidInput("an id or a language is for a single document", code="bad_target")
    writing = library.writing()
    read = read_files(files, reader_of(library, writing, FILE), intake=intake, progress=run.told("reading"))
    return _brought(writing, read, run=run, origins=(), restore=not run.dry)


def _of_workspace(library: Library, path: Path) -> bool:
    return path.resolve().is_relative_to((library.workspace.root / "corpus").resolve())


def _add_own(library: Library, path: Path, run: Run) -> Outcome:
    """A file of the corpus folder: its document comes in as sync would bring it, back from a tombstone too."""
    own = path.resolve().relative_to(library.workspace.root.resolve()).as_posix()
    writing = library.writing()
    found = [source for source in _own_sources(library, writing) if source.row.path.partition(PART)[0] == own]
    if not found:
        raise InvalidInput(f"{path} is no document of the workspace", code="bad_target")
    return _brought(writing, Read(tuple(found)), run=run, origins=(), restore=not run.dry)


def _restore(library: Library, document: str, run: Run) -> Outcome:
    """A removed document from the place it came from. Raises NotFound; InvalidInput (`needs_file`) when nothing reads that: the tombstone stays then."""
    writing = library.writing()
    if document not in {stone.id for stone in acts.buried(writing)}:
        raise NotFound(f"{document} is no file, no folder, no address and no removed document", code="bad_target")
    left = library.store.read_now(lambda conn: remembered(conn, document, tenant=library.tenant))
    found = tuple(source for source in _own_sources(library, writing) if source.row.id == document)
    known = {} if found else registered(library)
    origins = [left.origin] if left.origin in known else [] if left.origin else [*known]
    if not found and not origins:
        raise InvalidInput(_where_it_was(document, left), code="needs_file")
    if run.dry:
        return Outcome(dry=True, restored=(document,))
    acts.restore(writing, document)
    if found:
        return replace(_brought(writing, Read(found), run=run, origins=()), restored=(document,))
    outcome = sync_all(library, origins=origins, run=run)
    if document in {id_ for id_, _, _ in outcome.report.documents}:
        return replace(outcome, restored=(document,))
    gone = Problem(document, f"its tombstone is taken away, but {', '.join(origins)} has no such document now: add its file", "needs_file")
    return replace(outcome, problems=(*outcome.problems, gone))


def _where_it_was(document: str, left: Left) -> str:
    if not left.origin or left.origin == FILE:
        return f"{document} came from a file{f' called {left.path}' if left.path else ''} that is read only when it is added: `assistant kb add PATH` with it"
    if left.origin == WORKSPACE:
        return f"{document} came from {left.path}, which is not in the workspace now: put the file back, then `assistant kb add {document}`"
    return f"{document} came from {left.origin}, which sync does not read any more: `assistant kb add` with that place or with its file"


def _brought(writing: Writing, read: Read, *, run: Run, origins: Sequence[str], restore: bool = False, kept: frozenset[str] = frozenset()) -> Outcome:
    """Plans or does it; with `restore` a tombstone on a document that is brought in is taken away first. `kept` are paths of what stays as it is."""
    spared = frozenset(problem.where.split(PART)[0] for problem in read.problems) | kept
    if run.dry:
        steps = plan(writing, read.documents, origins=origins, spared=spared)
        told = _notes(read, {(each.id, each.language) for each in steps if each.step in ("add", "change")})
        return Outcome(notes=told, problems=read.problems, plan=steps, dry=True)
    restored = []
    if restore:
        ids = {source.row.id for source in read.documents}
        restored = [stone.id for stone in acts.buried(writing) if stone.id in ids]
        for document in restored:
            acts.restore(writing, document)
    report = bring(writing, read.documents, origins=origins, spared=spared, draft=run.draft, progress=run.told("documents"))
    told = _notes(read, {(document, language) for document, language, _ in report.documents})
    return Outcome(report, told, read.problems + report.failed, restored=tuple(restored))


def _notes(read: Read, changed: Collection[tuple[str, str]]) -> tuple[Note, ...]:
    """What cleaning did to the files that gave something new; what it did to the others was told when they came."""
    same = {source.row.path.partition(PART)[0] for source in read.documents}
    same -= {source.row.path.partition(PART)[0] for source in read.documents if (source.row.id, source.row.language) in changed}
    return tuple(note for note in read.notes if note.path.partition(PART)[0] not in same)


def plan(writing: Writing, documents: Sequence[Source], *, origins: Sequence[str], spared: frozenset[str] = frozenset()) -> tuple[Planned, ...]:
    """What `bring` would do, document by document, and what it would retire."""
    ledger = read_ledger(writing)
    found = [Planned(step_of(source, ledger), source.row.id, source.row.language, source.row.path) for source in documents]
    gone = missing(documents, ledger, origins, spared=spared)
    return (*found, *(Planned("retire", id_, language, ledger.latest[id_, language].path) for id_, language in gone))
