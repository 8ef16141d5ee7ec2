"""The customer's routes: open a conversation, write in it, read it, send files; the live road is `live.py`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Path, UploadFile
from starlette.responses import Response

from assistant.api.asking import ask
from assistant.api.deps import After, Here, Served
from assistant.api.shapes import Attached, Company, Failure, Log, NewConversation, NewMessage, Opened, Reply
from assistant.api.view import entries, localized
from assistant.errors import NotFound
from assistant.workspace.model import Workspace

router = APIRouter(prefix="/v1", tags=["conversations"])
Key = Annotated[str, Path(max_length=64, description="the conversation's id")]
INLINE = {"image/jpeg", "image/png", "image/webp", "image/gif"}


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The documented errors of a route."""
    words = {404: "Unknown, or not yours: the two are alike", 409: "The id came before with other words, or somebody else was faster"}
    words |= {
        413: "Too long or too large; the limit is named",
        415: "A kind of file that is not taken",
        422: "Cannot be read",
        429: "Too often with this key; the header Retry-After says in how many seconds it may again",
        503: "Busy or out of room; the answer says whether the message is kept",
    }
    return {status: {"model": Failure, "description": words[status]} for status in statuses}


@router.get("/company", tags=["company"], response_model=Company, summary="What a page needs to know of the company")
async def company(here: Here) -> dict[str, Any]:
    workspace = here.assistant.workspace
    identity = workspace.settings.workspace
    hours = workspace.routing.hours
    return {
        "id": identity.id,
        "name": localized(identity.name),
        "assistant": localized(identity.assistant),
        "languages": list(identity.languages),
        "timezone": identity.timezone,
        "currency": identity.currency,
        "now": here.assistant.clock.now().isoformat(),
        "hours": {"days": list(hours.days), "open": hours.open, "close": hours.close},
        "queues": {name: localized(queue.name) for name, queue in workspace.routing.queues.items()},
        "names": _names(workspace),
        "message_characters": workspace.settings.limits.message_characters,
        "demo": here.demo,
    }


def _names(workspace: Workspace) -> dict[str, dict[str, dict[str, str]]]:
    """The words for values that cards show."""
    slots = [slot for procedure in workspace.procedures.values() for slot in procedure.slots.values()]
    return {
        **{kind: {value: localized(words) for value, words in values.items()} for kind, values in workspace.texts.names.items()},
        "option": {key: localized(option.name) for slot in slots for key, option in slot.options.items()},
        "ticket": {name: localized(kind.name) for name, kind in workspace.tickets.items()},
    }


@router.post("/conversations", status_code=201, response_model=Opened, responses=failures(404, 422), summary="Open a conversation as a contact")
async def open_conversation(body: NewConversation, here: Here) -> dict[str, str]:
    """Until sign-in comes, the contact is named by label, and only the workspace's own contacts exist. The id that comes back is the bearer's
    access to the conversation: it cannot be guessed, and whoever holds it may read and write there."""
    principal = await here.assistant.principal(body.as_)
    return {"conversation": await here.assistant.open_conversation(principal, channel=body.channel)}


@router.post(
    "/conversations/{conversation}/messages", response_model=Reply, responses=failures(404, 409, 413, 422, 503), summary="Say something and get the reply"
)
async def say(conversation: Key, body: NewMessage, here: Here) -> dict[str, Any]:
    """A repeat of an `id` changes nothing and gives the reply it got the first time."""
    return await ask(here, conversation, body)


@router.get("/conversations/{conversation}/messages", response_model=Log, responses=failures(404, 422), summary="Read on after a number")
async def read(conversation: Key, here: Here, after: After = 0) -> dict[str, Any]:
    await here.assistant.conversation(conversation)
    events = await here.assistant.events(conversation, after=after)
    return {"entries": entries(events, here.assistant.workspace), "last": events[-1].seq if events else after}


@router.post(
    "/conversations/{conversation}/attachments",
    status_code=201,
    response_model=Attached,
    responses=failures(404, 413, 415, 422),
    summary="Upload a file, to be named by its hash in a message",
)
async def attach(conversation: Key, file: Annotated[UploadFile, File(description="an image or a PDF")], here: Here) -> dict[str, Any]:
    contact = (await here.assistant.conversation(conversation)).contact
    data = await file.read()
    name = (file.filename or "file")[:200]
    kept = await here.assistant.attach(data, name=name, media_type=file.content_type or "", by=contact)
    return {"hash": kept.hash, "name": kept.name, "media_type": kept.media_type, "size": kept.size}


@router.get(
    "/conversations/{conversation}/attachments/{digest}",
    response_class=Response,
    responses={200: {"description": "The file", "content": {"application/octet-stream": {}}}, **failures(404, 422)},
    summary="A file that was sent in this conversation",
)
async def attachment(conversation: Key, digest: str, here: Here) -> Response:
    await here.assistant.conversation(conversation)
    if not await _sent_here(here, conversation, digest):
        raise NotFound("no such attachment")
    data, media_type = await here.assistant.attachment(digest)
    kind = "inline" if media_type in INLINE else "attachment"
    return Response(data, media_type=media_type if media_type in INLINE else "application/octet-stream", headers={"Content-Disposition": kind})


async def _sent_here(here: Served, conversation: str, digest: str) -> bool:
    """Whether a message of this conversation carries the file: a hash alone opens nothing."""
    after = 0
    while events := await here.assistant.events(conversation, after=after):
        for event in events:
            files = event.data.get("attachments")
            if isinstance(files, list) and any(isinstance(each, dict) and each.get("hash") == digest for each in files):
                return True
        after = events[-1].seq
    return False
