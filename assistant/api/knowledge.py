"""The staff's routes on documents: bring in, search, compare, publish, roll back, retire, remove; what an act means is the knowledge room's business."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, File, Form, Path, Query, UploadFile
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from assistant.api.chat import failures
from assistant.api.deps import Here, Served
from assistant.api.live import same_origin
from assistant.api.shapes import Body
from assistant.errors import InvalidInput, NotFound, PermissionDenied
from assistant.knowledge import library as room
from assistant.knowledge import life, overview
from assistant.knowledge.base import Knowledge
from assistant.knowledge.library import Library, Outcome
from assistant.knowledge.snapshot import allowed
from assistant.knowledge.sources import File as Incoming
from assistant.knowledge.sources import Intake
from assistant.text.script import detect_language
from assistant.types import Scope
from assistant.workspace.load import load_workspace

router = APIRouter(prefix="/v1/knowledge", tags=["knowledge"])
T = TypeVar("T")
Name = Annotated[str, Path(max_length=200, description="the document's id")]
Tongue = Annotated[Literal["", "zh", "en"], Query(description="one language variant only")]


class Act(Body):
    """Who does it, and to which variant and version; 0 and "" stand for the newest and all."""

    by: str = Field(min_length=1, max_length=200, examples=["mia"])
    language: Literal["", "zh", "en"] = ""
    version: int = Field(0, ge=0)
    reason: str = Field("", max_length=1000)


class Edit(Body):
    """Another text for a document, as a draft; `seen` is the version it was written against."""

    by: str = Field(min_length=1, max_length=200)
    text: str = Field(max_length=2_000_000)
    seen: int = Field(ge=1)


def own_pages(request: Request) -> None:
    """Keeps pages of other hosts from acting for whoever has the server open. Raises PermissionDenied."""
    if not same_origin(request):
        raise PermissionDenied("a page of another host may not act here")


def _library(here: Served, by: str) -> Library:
    return here.assistant.knowledge.library(by)


async def _do(work: Callable[[], T]) -> T:
    """Work on documents takes as long as it takes; the loop goes on meanwhile."""
    return await run_in_threadpool(work)


@router.get("", summary="How the documents stand")
async def status(here: Here) -> dict[str, Any]:
    return await _do(lambda: overview.overview(_library(here, "api")))


@router.get("/findings", summary="Contradictions, stale translations, expired documents, drafts that wait")
async def findings(here: Here) -> dict[str, Any]:
    return {"findings": await _do(lambda: overview.findings(_library(here, "api")))}


@router.get("/search", responses=failures(422), summary="The sections found for a question, with their scores")
async def search(
    here: Here,
    q: Annotated[str, Query(min_length=1, max_length=2000)],
    k: Annotated[int, Query(ge=1, le=50)] = 5,
    audience: Literal["public", "internal"] = "public",
) -> dict[str, Any]:
    knowledge = here.assistant.knowledge
    scope = Scope(audience, here.assistant.clock.now())
    passages = await _do(lambda: knowledge.search(q, language=detect_language(q, sticky="zh-Hans"), scope=scope, k=k))
    return {"passages": [{**asdict(p), "section": p.id, "score": round(p.fused, 4)} for p in passages]}


@router.get("/sources", summary="The folders, git folders and addresses that sync reads")
async def listed(here: Here) -> dict[str, Any]:
    found = await _do(lambda: room.registered(_library(here, "api")))
    return {"sources": [{"origin": origin, "synced": synced, "options": dict(options)} for origin, (options, synced) in found.items()]}


@router.delete("/sources", responses=failures(404, 422), summary="Let sync forget a source; its documents stay unless they are to be retired")
async def unregister(
    here: Here, origin: Annotated[str, Query(min_length=1, max_length=700)], by: Annotated[str, Query(min_length=1, max_length=200)], retire: bool = False
) -> dict[str, Any]:
    named, documents = await _do(lambda: room.unregister(_library(here, by), origin, retire=retire))
    return {"origin": named, "documents": list(documents), "retired": retire}


@router.get("/cited", responses=failures(404, 422), summary="Where a citation stands: file, page, line and its words in that version")
async def cited(
    here: Here,
    at: Annotated[str, Query(max_length=600, examples=["returns@2#en/window"])],
    language: Tongue = "",
    start: Annotated[int, Query(ge=0, description="where the quote begins in the section")] = 0,
) -> dict[str, Any]:
    return await _do(lambda: overview.cited(_library(here, "api"), at, language=language, start=start))


@router.post("/sync", responses=failures(422), summary="Read the workspace and every added source again")
async def sync(here: Here, by: str = "api") -> dict[str, Any]:
    library = _library(here, by)

    def work() -> Outcome:
        from dataclasses import replace

        return room.sync_all(replace(library, workspace=load_workspace(library.workspace.root)))

    return _told(await _do(work))


@router.post("", status_code=201, responses=failures(413, 422), summary="Bring a file in")
async def add(
    here: Here,
    file: Annotated[UploadFile, File(description="Markdown, HTML, DOCX, PDF, XLSX, CSV, EML, text, or a ZIP of these")],
    by: Annotated[str, Form(min_length=1, max_length=200)],
    level: Annotated[Literal["enterprise", "product", "scene"], Form()] = "enterprise",
    audience: Annotated[Literal["public", "internal"], Form()] = "public",
    id: Annotated[str, Form(max_length=200)] = "",
    draft: Annotated[bool, Form()] = False,
) -> dict[str, Any]:
    data = await file.read()
    name = (file.filename or "document").rpartition("/")[2][:120]
    library = _library(here, by)
    intake = Intake(level=level, audience=audience, id=id)
    outcome = await _do(lambda: room.add_files(library, [Incoming(name, lambda: data)], intake, room.Run(draft=draft)))
    if outcome.problems and not outcome.report.documents:
        raise InvalidInput(f"{outcome.problems[0].where}: {outcome.problems[0].reason}", code=outcome.problems[0].code or "unreadable")
    return _told(outcome)


def _told(outcome: Outcome) -> dict[str, Any]:
    report = outcome.report
    numbers = {name: getattr(report, name) for name in ("added", "changed", "retired", "unchanged", "held", "drafts", "sections", "chunks", "embedded")}
    documents = [{"document": id_, "language": language, "version": version} for id_, language, version in report.documents]
    cleaning = [{"path": note.path, "format": note.format, "repairs": dict(note.repairs), "quarantined": list(note.quarantined)} for note in outcome.notes]
    return {**numbers, "documents": documents, "buried": list(report.buried), "failed": [asdict(each) for each in outcome.problems], "cleaning": cleaning}


@router.get("/{document}", responses=failures(404, 422), summary="A document's versions, acts and text")
async def show(document: Name, here: Here, language: Tongue = "", version: Annotated[int, Query(ge=0)] = 0) -> dict[str, Any]:
    return await _do(lambda: overview.one(_library(here, "api"), document, language=language, version=version))


@router.get("/{document}/diff", responses=failures(404, 409, 422), summary="What changed between two versions, section by section")
async def diff(document: Name, here: Here, language: Tongue = "", old: Annotated[int, Query(ge=0)] = 0, new: Annotated[int, Query(ge=0)] = 0) -> dict[str, Any]:
    return await _do(lambda: overview.differences(_library(here, "api"), document, language=language, numbers=(old, new)))


@router.put("/{document}/{language}", status_code=201, responses=failures(404, 409, 422), summary="Another text, as a draft")
async def edit(document: Name, language: Literal["zh", "en"], body: Edit, here: Here) -> dict[str, Any]:
    writing = _library(here, body.by).writing()
    made = await _do(lambda: life.edit(writing, document, body.text, language=language, seen_version=body.seen))
    return {"document": document, "language": language, "version": made.row.version, "state": made.row.state}


@router.post("/{document}/{act}", responses=failures(404, 409, 422), summary="Review, publish, roll back, retire or restore")
async def act(document: Name, act: Literal["review", "publish", "rollback", "retire", "restore"], body: Act, here: Here) -> dict[str, Any]:
    library = _library(here, body.by)

    def work() -> list[Any]:
        writing, language = library.writing(), body.language
        match act:
            case "review":
                return [each.version for each in life.submit(writing, document, language=language)]
            case "publish":
                return [each.row.version for each in life.publish(writing, document, library.names, language=language, version=body.version)]
            case "rollback":
                return [each.row.version for each in life.rollback(writing, document, library.names, language=language, version=body.version)]
            case "retire":
                return list(life.retire(writing, document, language=language, reason=body.reason))
            case "restore":
                life.restore(writing, document)
                return []

    return {"document": document, "act": act, "done": await _do(work)}


@router.delete("/{document}", responses=failures(404, 409, 422, 503), summary="Remove a document from every store, and prove it")
async def remove(
    document: Name, here: Here, by: Annotated[str, Query(min_length=1, max_length=200)], reason: str = "", prove: bool = True, shred: bool = False
) -> dict[str, Any]:
    from assistant.knowledge.purge import remove as run

    found = await _do(lambda: run(_library(here, by), document, reason=reason, prove_it=prove, shred=shred))
    probes = {each.store: {"probes": each.probes, "hits": each.hits} for each in found.probes}
    numbers = {"purged": found.purged, "probes": sum(each.probes for each in found.probes), "hits": found.hits}
    return {"document": document, **numbers, "stores": probes, "transcripts": "kept" if found.redacted is None else f"{found.redacted} rows blacked out"}


def public_document(knowledge: Knowledge, document: str, language: str) -> dict[str, Any]:
    """A live public document in its sections, as citations name them; what SQL holds now, so that a removed one is gone at once. Raises NotFound."""
    library, current = knowledge.library("page"), knowledge.refresh()
    scope = Scope("public", library.clock.now())
    variants = {row.language: row for row in current.documents if row.id == document and allowed(row, scope)}
    if not variants:
        raise NotFound("no such document")
    row = variants.get(language) or next(iter(variants.values()))
    sections = [section for section in current.sections if section.document == document and section.language == row.language]
    shown = [
        {"id": each.id, "heading": each.heading.split(" > ") if each.heading else [row.title], "text": each.text}
        | {"page": each.page or None, "line": each.line or None}
        for each in sections
    ]
    head = {"id": row.id, "title": row.title, "language": row.language, "version": row.version, "level": row.level}
    return {**head, "languages": sorted(variants), "sections": shown}
