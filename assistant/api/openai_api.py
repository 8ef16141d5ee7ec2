"""The assistant as a model behind OpenAI's chat API: who it is comes from the key, and only the last user message is said; deciding is the turn's business.

Messages that the client sends as system, developer, assistant or tool decide nothing. The conversation is the one named by `X-Conversation-Id`, or the
one whose stored exchanges are the messages sent before the last; anything else begins a new one.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response, StreamingResponse

from assistant.api.asking import ask
from assistant.api.chat import failures
from assistant.api.deps import Here, Served
from assistant.api.faults import CODE_OF_STATUS, bug, status_of, told
from assistant.api.guard import log_bug
from assistant.api.keys import Holder, bearer, holder_of
from assistant.api.openai_request import MODEL, Asked, Refused, chain_of, first_link, message_id, next_link, read_request
from assistant.api.rates import count
from assistant.api.shapes import NewMessage
from assistant.errors import AssistantError, InvalidInput, NotFound
from assistant.events import SENTENCE, Event
from assistant.llm.tokens import PER_MESSAGE, estimate
from assistant.store.columns import plain
from assistant.text.script import detect_language
from assistant.tools.authority import OPENAI, channel_of
from assistant.types import Json

router = APIRouter(prefix="/v1", tags=["openai"])
PATHS = ("/v1/chat/completions", "/v1/models")
# requests under a key whose first message may not be stored yet
MOST_BEGUN = 1000
CHANNEL = "api"
WAITING_SECONDS = 10.0
KINDS = {401: "authentication_error", 403: "permission_error", 404: "invalid_request_error", 429: "rate_limit_error"}
EXTENSION = "x_assistant"
BODY = {
    "type": "object",
    "required": ["model", "messages"],
    "properties": {
        "model": {"type": "string", "enum": [MODEL]},
        "messages": {"type": "array", "items": {"type": "object"}, "description": "the last of role user is said; the others only find the conversation"},
        "stream": {"type": "boolean"},
        "stream_options": {"type": "object", "properties": {"include_usage": {"type": "boolean"}}},
    },
}


@dataclass(slots=True)
class Talk:
    """One request under way: where its message goes and what came of it."""

    holder: Holder
    asked: Asked
    id: str
    created: int
    conversation: str = ""
    message: str = ""
    link: str = ""
    reply: Mapping[str, Any] | None = None
    error: Exception | None = None


@router.post(
    "/chat/completions",
    summary="Say the last user message, in OpenAI's form; streamed where asked",
    response_model=None,
    responses=failures(404, 409, 413, 429, 503),
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": BODY}}}},
)
async def complete(request: Request, here: Here) -> Response:
    """`Authorization: Bearer KEY`. Beside OpenAI's fields the answer carries `x_assistant`: conversation, action, citations, receipts, cards, hand-off."""
    return await _answered(request, here, lambda: _complete(request, here))


@router.get("/models", summary="The one model there is: the assistant", response_model=None)
async def models(request: Request, here: Here) -> Response:
    async def listed() -> Response:
        await _holder(request, here)
        return JSONResponse({"object": "list", "data": [_model(here)]})

    return await _answered(request, here, listed)


@router.get("/models/{name}", summary="One model", response_model=None, responses=failures(404, 422))
async def model(name: str, request: Request, here: Here) -> Response:
    async def one() -> Response:
        await _holder(request, here)
        if name != MODEL:
            raise Refused(f"The model `{name[:100]}` does not exist; there is `{MODEL}`", status=404, code="model_not_found", param="model")
        return JSONResponse(_model(here))

    return await _answered(request, here, one)


def _model(here: Served) -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": here.assistant.workspace.settings.workspace.id}


async def _answered(request: Request, here: Served, work: Callable[[], Awaitable[Response]]) -> Response:
    """What `work` gives, or its fault as an error of OpenAI's form."""
    try:
        return await work()
    except Refused as fault:
        return refusal(fault)
    except HTTPException as error:
        return refused(error)
    except Exception as error:
        return refusal(_as_refused(here, error, ""))


def _as_refused(here: Served, error: Exception, conversation: str) -> Refused:
    """An error of the tree with its own words where the caller can act on them; of a bug only its reference."""
    if isinstance(error, AssistantError):
        here.metrics.errors.labels(code=error.code).inc()
        status = status_of(error)
        status = 400 if status == 422 else status
        return Refused(told(error)["error"]["message"], status=status, code=error.code, kind="server_error" if status >= 500 else KINDS.get(status, ""))
    found = bug(log_bug(here, error, conversation))["error"]
    return Refused(f"{found['message']} ({found['reference']})", status=500, code="internal", kind="server_error")


def refusal(fault: Refused) -> JSONResponse:
    headers = {"WWW-Authenticate": "Bearer"} if fault.status == 401 else {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
    return JSONResponse(_error(fault), status_code=fault.status, headers=headers)


def refused(fault: HTTPException) -> JSONResponse:
    """The server's own refusals (too large, wrong method) in OpenAI's form."""
    return refusal(Refused(str(fault.detail), status=fault.status_code, code=CODE_OF_STATUS.get(fault.status_code, "refused")))


def _error(fault: Refused) -> dict[str, Any]:
    kind = fault.kind or "invalid_request_error"
    return {"error": {"message": fault.message, "type": kind, "param": fault.param or None, "code": fault.code or None}}


async def _holder(request: Request, here: Served) -> Holder:
    shown = bearer(request.headers.get("authorization", ""))
    holder = await holder_of(here.assistant, shown)
    if holder is None:
        words = "Incorrect API key provided" if shown else "You didn't provide an API key: send it as `Authorization: Bearer KEY`"
        raise Refused(words, status=401, code="invalid_api_key", kind="authentication_error")
    return holder


def _pace(here: Served, holder: Holder) -> None:
    """Counts a request of a key. Raises Refused when it has made too many."""
    refused = count(here.rates, holder.key, here.assistant.workspace.settings.limits)
    if refused:
        raise Refused(refused.message, status=429, code="rate_limit_exceeded", kind="requests", retry_after=refused.seconds)


async def _complete(request: Request, here: Served) -> Response:
    holder = await _holder(request, here)
    if holder.key.role == "agent":
        raise Refused("this key drafts for people; it does not talk as a customer", status=403, code="wrong_key", kind="permission_error")
    _pace(here, holder)
    asked = read_request(await request.body())
    if not asked.text.strip() and not asked.images:
        raise Refused("the last user message is empty", code="empty", param="messages")
    talk = Talk(holder, asked, here.ids.new("chatcmpl"), int(here.assistant.clock.now().timestamp()))
    work = await _consulted(request, here, talk) if not holder.contact else await _said(request, here, talk)
    headers = {"X-Conversation-Id": talk.conversation} if talk.conversation else {}
    if asked.stream:
        return StreamingResponse(_streamed(here, talk, work), media_type="text/event-stream", headers={**headers, "X-Accel-Buffering": "no"})
    await asyncio.shield(here.hub.keep(work))
    if talk.error is not None:
        raise talk.error
    return JSONResponse(await _completion(here, talk), headers=headers)


async def _consulted(request: Request, here: Served, talk: Talk) -> Any:
    """A key without a contact: the documents answer, and nothing is kept."""
    if request.headers.get("x-conversation-id"):
        raise NotFound("no such conversation")
    if len(talk.asked.text) > (limit := here.assistant.workspace.settings.limits.message_characters):
        raise InvalidInput(f"the message has {len(talk.asked.text)} characters; the limit is {limit}", code="too_long")

    async def consult() -> None:
        try:
            found = await here.assistant.outside.consult(talk.asked.text)
            citations = [plain(citation) for citation in found.citations]
            talk.reply = {"text": found.text, "language": found.language, "action": "reply" if found.found else "decline", "citations": citations}
        except Exception as error:
            talk.error = error

    return consult()


async def _said(request: Request, here: Served, talk: Talk) -> Any:
    """The turn to run: its conversation and the message's id are settled first, so that a stream begins only for what can be said."""
    await _place(request, here, talk)
    who = talk.holder.principal.id
    kept = [
        await here.assistant.attach(image.data, name=f"image.{image.media_type.partition('/')[2]}", media_type=image.media_type, by=who)
        for image in talk.asked.images
    ]
    body = NewMessage(id=talk.message, text=talk.asked.text, attachments=[each.hash for each in kept])

    async def say() -> None:
        try:
            channel = channel_of(OPENAI, talk.holder.key.name)
            reply = await ask(here, talk.conversation, body, talk.holder.principal, channel=channel)
            link = next_link(talk.link, talk.asked.text, str(reply["text"]))
            await here.assistant.outside.keep_chain(link, conversation=talk.conversation, turn=str(reply["turn"]))
            talk.reply = reply
        except Exception as error:
            talk.error = error

    return say()


async def _place(request: Request, here: Served, talk: Talk) -> None:
    """Which conversation the message belongs to, and the id that it has there, the same each time it is sent."""
    contact, outside, asked = talk.holder.principal.id, here.assistant.outside, talk.asked
    named = request.headers.get("x-conversation-id", "")
    key = request.headers.get("idempotency-key", "")[:200]
    again = bool(key) or request.headers.get("x-stainless-retry-count", "0") not in ("", "0")
    if named:
        if (await here.assistant.conversation(named)).contact != contact:
            raise NotFound("no such conversation")
        talk.conversation, talk.link = named, await outside.newest_chain(named) or first_link(contact)
        last = await outside.last_said(named)
        if again and not key and not asked.before and last is not None and last[1] == asked.text:
            talk.message = last[0]
        else:
            talk.message = message_id(named, asked.before or f"after {last[0] if last else ''}", asked, key=key)
        return
    talk.link = first_link(contact) if asked.pairs is None else chain_of(contact, asked.pairs)
    talk.conversation = await _by_chain(here, talk, key=key, again=again)
    if not talk.conversation:
        # words of a history that we did not store are nobody's: the chain begins with this message
        talk.link = first_link(contact)
        talk.conversation = await _opened(here, talk, key=key)
    talk.message = message_id(talk.conversation, talk.link, asked, key=key)


async def _opened(here: Served, talk: Talk, *, key: str) -> str:
    """A new conversation; where the same request under the same key opened one that holds no message yet, that one."""
    if not key:
        return await here.assistant.open_conversation(talk.holder.principal, channel=CHANNEL)
    begun, token = here.begun, message_id(talk.holder.principal.id, talk.link, talk.asked, key=key)
    if token not in begun:
        opened = await here.assistant.open_conversation(talk.holder.principal, channel=CHANNEL)
        begun.setdefault(token, opened)
        while len(begun) > MOST_BEGUN:
            del begun[next(iter(begun))]
    return begun.get(token) or await here.assistant.open_conversation(talk.holder.principal, channel=CHANNEL)


async def _by_chain(here: Served, talk: Talk, *, key: str, again: bool) -> str:
    """The conversation that the messages before the last stand for; "" for none.

    One that has gone on since counts only for a message that it holds already: in another branch of it a yes would be meant for another preview.
    """
    outside, asked = here.assistant.outside, talk.asked
    if asked.pairs is None:
        return ""
    if not asked.pairs:
        found = await outside.latest_conversation(talk.holder.principal) if again else ""
        return found if found and await outside.has_message(found, message_id(found, talk.link, asked, key=key)) else ""
    link = await outside.find_chain(talk.link)
    if link is None:
        return ""
    if link.newest or await outside.has_message(link.conversation, message_id(link.conversation, talk.link, asked, key=key)):
        return link.conversation
    return ""


async def _completion(here: Served, talk: Talk) -> dict[str, Any]:
    assert talk.reply is not None
    message = {"role": "assistant", "content": talk.reply["text"], "refusal": None}
    return {
        **_head(talk, "chat.completion"),
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "usage": await _usage(here, talk),
        EXTENSION: _extension(talk),
    }


def _head(talk: Talk, kind: str) -> dict[str, Any]:
    return {"id": talk.id, "object": kind, "created": talk.created, "model": MODEL, "system_fingerprint": None}


def _extension(talk: Talk) -> dict[str, Json]:
    """What OpenAI's form has no place for."""
    assert talk.reply is not None
    return {"conversation": talk.conversation or None, **{name: value for name, value in talk.reply.items() if name != "text"}}


async def _usage(here: Served, talk: Talk) -> dict[str, Any]:
    """Tokens of the language models that were asked in the turn; where none was, an estimate for what was sent and what came back."""
    assert talk.reply is not None
    calls: Any = (await here.assistant.trace(str(talk.reply["turn"]))).get("model_calls") if talk.reply.get("turn") else ()
    prompt = sum(int(call.get("prompt", 0)) for call in calls or ())
    completion = sum(int(call.get("completion", 0)) for call in calls or ())
    if not prompt:
        prompt, completion = talk.asked.tokens, estimate(str(talk.reply["text"])) + PER_MESSAGE
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


async def _streamed(here: Served, talk: Talk, work: Any) -> AsyncIterator[str]:
    """Verified sentences as they are released, then the rest of the stored reply; together they are its text. The turn outlives a client that goes."""
    outlet = here.hub.watch(talk.conversation)
    said = _Said()
    try:
        task = here.hub.keep(work)
        task.add_done_callback(lambda _: outlet.offer({}))
        yield _chunk(talk, {"role": "assistant", "content": ""})
        while not task.done():
            item = await outlet.take(WAITING_SECONDS)
            if item is None:
                yield ": waiting\n\n"
            elif isinstance(item, Event) and item.name == SENTENCE and item.data.get("message") == talk.message:
                yield _chunk(talk, {"content": said.grown(str(item.data.get("text", "")))})
        if talk.error is not None or talk.reply is None:
            yield _event(_error(_as_refused(here, talk.error or RuntimeError("no reply"), talk.conversation)))
            return
        rest = said.rest(str(talk.reply["text"]))
        if rest:
            yield _chunk(talk, {"content": rest})
        yield _event({**_payload(talk, {}, "stop"), EXTENSION: _extension(talk)})
        if talk.asked.tell_usage:
            yield _event({**_head(talk, "chat.completion.chunk"), "choices": [], "usage": await _usage(here, talk)})
        yield "data: [DONE]\n\n"
    finally:
        here.hub.unwatch(talk.conversation, outlet)


@dataclass(slots=True)
class _Said:
    """What a stream has sent of a reply so far."""

    text: str = ""

    def grown(self, sentence: str) -> str:
        """The next piece: a sentence, with what stands between two of them in its language."""
        gap = " " if self.text and detect_language(self.text + sentence, sticky="en") == "en" else ""
        self.text += gap + sentence
        return gap + sentence

    def rest(self, whole: str) -> str:
        """What of the stored reply is still to be sent. Where white space came out otherwise, the words still come once."""
        if whole.startswith(self.text):
            return whole[len(self.text) :]
        wanted, at = [char for char in self.text if not char.isspace()], 0
        for index, char in enumerate(whole):
            if at == len(wanted):
                return whole[index:]
            if not char.isspace():
                if char != wanted[at]:
                    return f"\n{whole}"
                at += 1
        return ""


def _payload(talk: Talk, delta: Mapping[str, Any], reason: str | None = None) -> dict[str, Any]:
    usage: dict[str, Any] = {"usage": None} if talk.asked.tell_usage else {}
    choice = {"index": 0, "delta": dict(delta), "logprobs": None, "finish_reason": reason}
    return {**_head(talk, "chat.completion.chunk"), "choices": [choice], **usage}


def _chunk(talk: Talk, delta: Mapping[str, Any]) -> str:
    return _event(_payload(talk, delta))


def _event(payload: Mapping[str, Any]) -> str:
    return f"data: {json.dumps(payload, ensure_ascii=False, separators=(',', ':'), default=str)}\n\n"
