"""The demonstration's routes: who to be, what the staff would see beside the chat, and a way to speak as a person; absent unless switched on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query

from assistant.api.chat import Key, failures
from assistant.api.deps import Here
from assistant.api.knowledge import public_document
from assistant.api.shapes import AgentActs, Contacts, Done, SourceText, Time
from assistant.api.view import localized
from assistant.errors import InvalidInput, NotFound
from assistant.knowledge.rows import DOCUMENT, TITLE, rows
from assistant.types import Json
from assistant.workspace.model import Document, Workspace

router = APIRouter(prefix="/demo", tags=["demo"])


@router.get("/contacts", response_model=Contacts, summary="The customers to be, the people to speak as, and sentences to try")
def contacts(here: Here) -> dict[str, Any]:
    workspace = here.assistant.workspace
    known = [dict(contact) for contact in here.assistant.contacts()]
    first = workspace.settings.demo.as_ or (known[0]["label"] if known else "")
    return {
        "contacts": known,
        "default": first,
        "agents": [agent.name for agent in workspace.fixture.agents.values()],
        "examples": [{"as": example.as_, "text": example.text} for example in here.examples],
        "titles": _titles(workspace),
    }


def _titles(workspace: Workspace) -> dict[str, dict[str, str]]:
    """What procedures are called, by their names and by the intents they serve: a trace speaks of both."""
    procedures = workspace.procedures.items()
    return {name: localized(spec.title) for every, spec in procedures for name in (every, *spec.intents)}


@router.get("/clock", response_model=Time, summary="The business time that the demonstration runs on")
async def clock(here: Here) -> dict[str, str]:
    return {"now": here.assistant.clock.now().isoformat(), "timezone": here.assistant.workspace.settings.workspace.timezone}


@router.get("/trace/{turn}", responses=failures(404, 422), summary="The stored record of a turn, as staff would see it")
async def trace(turn: str, here: Here) -> dict[str, Any]:
    """Reading, decisions, calls, passages with scores, what was held back, stamps and times in milliseconds."""
    record: Mapping[str, Json] = await here.assistant.trace(turn)
    return dict(record)


@router.post("/agent/{conversation}", response_model=Done, responses=failures(404, 409, 422), summary="Answer, or give the conversation back, as a person")
async def agent(conversation: Key, body: AgentActs, here: Here) -> dict[str, bool]:
    if (body.say is None) == (not body.close):
        raise InvalidInput("say something or close: exactly one of the two")
    if body.say is not None:
        if body.basis:
            await here.assistant.outside.refuse_stale(conversation, basis=body.basis)
        await here.assistant.agent_says(conversation, agent=body.name, text=body.say)
    else:
        await here.assistant.agent_closes(conversation, agent=body.name)
    return {"ok": True}


@router.get("/document/{document}", response_model=SourceText, responses=failures(404, 422), summary="A public document in the sections that citations name")
def source(
    document: str, here: Here, language: Annotated[str, Query(description="zh or en; the other one when there is no such variant")] = ""
) -> dict[str, Any]:
    knowledge = getattr(here.assistant, "knowledge", None)
    if knowledge is not None:
        return public_document(knowledge, document, language)
    workspace = here.assistant.workspace
    if document == DOCUMENT:
        return _catalog(workspace, language if language in workspace.languages else workspace.languages[0])
    variants = {found.language: found for found in workspace.variants(document) if found.audience == "public"}
    if not variants:
        raise NotFound("no such document")
    return _document(variants.get(language) or next(iter(variants.values())), list(variants))


def _document(found: Document, languages: list[str]) -> dict[str, Any]:
    from assistant.knowledge.sections import cut, section_ids

    body = found.body.replace("\r\n", "\n").replace("\r", "\n")
    pieces = cut(body)
    names = section_ids(pieces, found.language)
    sections = [{"id": name, "heading": list(piece.path), "text": body[piece.start : piece.end]} for name, piece in zip(names, pieces, strict=True)]
    head = {"id": found.id, "title": found.title, "language": found.language, "version": found.version, "level": found.level}
    return {**head, "languages": languages, "sections": sections}


def _catalog(workspace: Workspace, language: str) -> dict[str, Any]:
    made = rows(workspace.catalog, language, workspace.currency)
    sections = [{"id": row.id, "heading": [row.heading], "text": row.text} for row in made]
    head = {"id": DOCUMENT, "title": TITLE[language], "language": language, "version": 1, "level": "product"}
    return {**head, "languages": list(workspace.languages), "sections": sections}
