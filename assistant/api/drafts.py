"""Drafts for people: what the assistant would say, with a gloss in the agent's language; for keys of the role agent and for the demonstration."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from assistant.api.chat import Key, failures
from assistant.api.deps import Here, Served
from assistant.api.faults import refusal
from assistant.api.keys import Holder, bearer, holder_of
from assistant.api.live import same_origin
from assistant.api.rates import count
from assistant.api.shapes import Body, Cited
from assistant.errors import PermissionDenied
from assistant.store.columns import plain
from assistant.types import Language

router = APIRouter(prefix="/v1", tags=["drafts"])
SPOKEN: dict[str, Language] = {"zh": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"}


class WantedDraft(Body):
    language: Literal["zh", "zh-Hant", "en"] = Field("zh", description="the agent's language, for the gloss and the reading of the customer's words")


class SaidWords(BaseModel):
    """What the customer said, as it was said, and what was understood of it: a reading, not a translation."""

    message: str
    text: str
    language: str
    reading: str


class DraftShown(BaseModel):
    """`basis` is the customer's last message that the draft answers: send it along, and the draft is refused once the customer has written again."""

    conversation: str
    basis: str
    text: str
    language: str
    citations: list[Cited]
    gloss: str = Field(description="the same in the agent's language; empty when that is the conversation's")
    gloss_language: str
    source: Literal["template", "model"]
    gloss_source: Literal["template", "model", "same"]
    action: str = Field(description="what the assistant would do: reply, ask, confirm, decline, handoff, execute; nothing of it is done")
    reason: str
    said: list[SaidWords]
    unanswered: list[str] = Field(description="words of the customer that no document or record answers")
    held_back: list[tuple[str, str]] = Field(description="a model's sentences that nothing supports, with the reason")


@router.post(
    "/conversations/{conversation}/draft", response_model=DraftShown, responses=failures(404, 422, 429, 503), summary="Draft an answer for a person to send"
)
async def make_draft(
    conversation: Key, body: WantedDraft, request: Request, here: Here, authorization: Annotated[str, Header(max_length=400)] = ""
) -> dict[str, Any] | Response:
    """Changes nothing and sends nothing."""
    holder = await _staff(request, here, authorization)
    refused = count(here.rates, holder.key, here.assistant.workspace.settings.limits) if holder else None
    if refused:
        answer = refusal(429, "rate_limited", refused.message)
        answer.headers["Retry-After"] = str(refused.seconds)
        return answer
    principal = await here.assistant.principal_of(conversation)
    made = plain(await here.assistant.outside.draft(principal, conversation, language=SPOKEN[body.language]))
    assert isinstance(made, dict)
    return made


async def _staff(request: Request, here: Served, authorization: str) -> Holder | None:
    """The holder of the key; None on the demonstration's own pages. Raises PermissionDenied for anybody but staff."""
    if here.demo and not authorization and same_origin(request):
        return None
    holder = await holder_of(here.assistant, bearer(authorization))
    if holder is None or "drafts.read" not in holder.principal.permissions:
        raise PermissionDenied("drafts are for staff: send a key of the role agent")
    return holder
