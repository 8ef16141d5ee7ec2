"""The customer's thumb on an answer; what becomes of it is the staff's business."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from assistant.api.chat import Key, failures
from assistant.api.deps import Here
from assistant.api.shapes import Body, Done
from assistant.knowledge.feedback import CUSTOMER, LONGEST, give

router = APIRouter(prefix="/v1", tags=["conversations"])


class Thumb(Body):
    """A thumb on the answer of a turn, and why; a later one takes the place of an earlier one."""

    turn: str = Field(min_length=1, max_length=64)
    thumb: Literal["up", "down"]
    text: str = Field("", max_length=LONGEST)


@router.post(
    "/conversations/{conversation}/feedback", status_code=201, response_model=Done, responses=failures(404, 422), summary="Say whether an answer was any good"
)
async def thumb(conversation: Key, body: Thumb, here: Here) -> dict[str, bool]:
    """It changes no answer by itself."""
    await here.assistant.conversation(conversation)
    library = here.assistant.knowledge.library(CUSTOMER)
    value = 1 if body.thumb == "up" else -1
    await run_in_threadpool(lambda: give(library, body.turn, thumb=value, text=body.text, conversation=conversation))
    return {"ok": True}
