"""The staff's routes that judge the documents: a question tried, labelled sets, what a change would touch, open questions and suggested entries."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from assistant.api.chat import failures
from assistant.api.deps import Bench, Here, Second
from assistant.api.shapes import Body
from assistant.errors import NotFound
from assistant.knowledge import feedback

router = APIRouter(prefix="/v1/knowledge", tags=["knowledge"])
Value = dict[str, Any]
Days = Annotated[int, Query(ge=1, le=3650, description="what was said in the last so many days")]
Setting = float | dict[str, Any]
THUMBS = {"up": 1, "down": -1, "": 0}


class Trial(Body):
    """A question to try; `settings` are other settings to be shown beside the present ones; with `save` it becomes a labelled case of that id.

    `second` says when a second encoder is asked: as the server does (where the first one wavers), always, or never.
    """

    query: str = Field(min_length=1, max_length=2000)
    k: int = Field(5, ge=1, le=50)
    settings: dict[str, Setting] | None = Field(None, examples=[{"weight": 0.5}])
    second: Second = "server"
    save: str = Field("", max_length=100)
    right: list[int] = Field([], max_length=50, description="the places of the passages that answer it; 1 by default")


class Evaluation(Body):
    """Which labelled questions: of one file by its name, of one split; all by default."""

    file: str = Field("", max_length=200)
    split: str = Field("", max_length=20)
    settings: dict[str, Setting] | None = None
    second: Second = "server"


class Change(Body):
    """A change of a document: its retirement or another text; its newest draft by default. `again` asks the touched questions with and without it."""

    document: str = Field(min_length=1, max_length=200)
    text: str = Field("", max_length=1_000_000)
    retire: bool = False
    again: bool = False
    days: int = Field(30, ge=1, le=3650)


class Decision(Body):
    """Who decides, and the entry in other words where it needs them."""

    by: str = Field(min_length=1, max_length=200, examples=["mia"])
    days: int = Field(90, ge=1, le=3650)
    question: str = Field("", max_length=2000)
    answer: str = Field("", max_length=20_000)


def _bench(here: Here) -> Bench:
    if here.bench is None:
        raise NotFound("this server has no test bench")
    return here.bench


At = Annotated[Bench, Depends(_bench)]


@router.post("/test", responses=failures(404, 409, 422), summary="What a question finds, with its places by meaning, by words and mixed, and why")
async def test(body: Trial, bench: At) -> Value:
    return await run_in_threadpool(lambda: bench.test(body.query, k=body.k, settings=body.settings, second=body.second, save=body.save, right=body.right))


@router.post("/eval", responses=failures(404, 422), summary="How well labelled questions find their passages, with intervals of 95 %")
async def evaluate(body: Evaluation, bench: At) -> Value:
    """It asks every question twice (in its own language and across), so a large set takes as long as `kb eval` does."""
    return await run_in_threadpool(lambda: bench.eval(file=body.file, split=body.split, settings=body.settings, second=body.second))


@router.post("/impact", responses=failures(404, 422), summary="What a change of a document would touch: answers that quoted it, labelled cases")
async def impact(body: Change, bench: At) -> Value:
    return await run_in_threadpool(lambda: bench.impact(body.document, text=body.text, retire=body.retire, again=body.again, days=body.days))


@router.get("/gaps", responses=failures(404, 422), summary="Questions that no document answered, grouped by meaning, the most asked first")
async def gaps(bench: At, most: Annotated[int, Query(ge=1, le=500)] = 20) -> Value:
    return await run_in_threadpool(lambda: bench.gaps(most=most))


@router.get("/suggestions", responses=failures(404, 422), summary="Entries that colleagues' answers suggest, without personal data")
async def suggestions(bench: At, days: Days = 90) -> Value:
    return await run_in_threadpool(lambda: bench.suggestions(days=days))


@router.post("/suggestions/{name}/{act}", responses=failures(404, 409, 422), summary="Publish a suggestion and prove it, or close its questions without it")
async def decide(name: Annotated[str, Path(max_length=100)], act: Literal["approve", "reject"], body: Decision, bench: At) -> Value:
    if act == "reject":
        return await run_in_threadpool(lambda: bench.reject(name, by=body.by, days=body.days))
    return await run_in_threadpool(lambda: bench.approve(name, by=body.by, days=body.days, question=body.question, answer=body.answer))


class Judgement(Body):
    """What a colleague thinks of a turn's answer; `right` is where the right one stands: document#section, or document."""

    by: str = Field(min_length=1, max_length=200)
    turn: str = Field(min_length=1, max_length=64)
    thumb: Literal["up", "down", ""] = ""
    right: str = Field("", max_length=401, examples=["returns#en/window"])
    text: str = Field("", max_length=feedback.LONGEST)


class Proposal(Body):
    """Who proposes; `settings` are taken as they are instead of being looked for."""

    by: str = Field(min_length=1, max_length=200)
    days: int = Field(90, ge=1, le=3650)
    settings: dict[str, Setting] | None = None


class By(Body):
    """Who decides."""

    by: str = Field(min_length=1, max_length=200)


@router.get("/feedback", responses=failures(404, 422), summary="Thumbs and corrections as labelled questions, and the changes of ranking proposed from them")
async def heard(bench: At, days: Days = 90) -> Value:
    return await run_in_threadpool(lambda: bench.feedback(days=days))


@router.post("/feedback", status_code=201, responses=failures(404, 422), summary="What a colleague thinks of an answer")
async def judge(body: Judgement, here: Here) -> Value:
    library = here.assistant.knowledge.library(body.by)
    given = await run_in_threadpool(lambda: feedback.give(library, body.turn, thumb=THUMBS[body.thumb], right=body.right, text=body.text))
    return {"turn": given.turn, "thumb": body.thumb, "right": body.right}


@router.post("/feedback/propose", status_code=201, responses=failures(404, 409, 422), summary="Look for settings that serve the feedback better without harm")
async def propose(body: Proposal, bench: At) -> Value:
    return await run_in_threadpool(lambda: bench.propose(by=body.by, days=body.days, settings=body.settings))


@router.post("/feedback/changes/{n}/{act}", responses=failures(404, 409, 422), summary="Apply, reject or revert a proposed change of ranking")
async def change(n: Annotated[int, Path(ge=1)], act: Literal["approve", "reject", "revert"], body: By, bench: At) -> Value:
    return await run_in_threadpool(lambda: bench.decide(n, act, by=body.by))
