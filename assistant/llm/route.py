"""The way to a model for one task: back ends in order, each behind its breaker, within time, budget and a bound of calls at once; it reads no answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from time import perf_counter

from assistant.errors import ModelFailed
from assistant.llm.breaker import Breaker
from assistant.llm.budget import Account
from assistant.llm.tokens import Count, estimate, tokens_of
from assistant.llm.watch import Limits, watch
from assistant.model_types import CallDelta, Finished, ModelEvent, ModelRequest, ModelUse, Task, TextDelta, Usage
from assistant.ports import ChatModel

# a turn waits this long for its place among the calls at once, then goes without a model
PLACE_SECONDS = 0.5
# a token of any vocabulary is rarely longer than this: a server that sends more than it was asked for is not read to its end
CHARACTERS_PER_TOKEN = 16
# failures before anything was sent: they take nothing
NOT_SENT = frozenset({"busy", "unreachable"})


@dataclass(slots=True)
class Visit:
    """What one turn needs of the route: when its time is over (as `now` tells), its budget, and the list its calls are noted in."""

    ends: float
    account: Account
    uses: list[ModelUse] = field(default_factory=list)
    now: Callable[[], float] = perf_counter
    prompt_hash: str = ""

    def left(self) -> float:
        return self.ends - self.now()


@dataclass(slots=True)
class BackEnd:
    """`address` tells two of the same name apart: which server, file or set of options is behind it; it is never shown."""

    model: ChatModel
    breaker: Breaker = field(default_factory=Breaker)
    address: str = ""


class Route:
    """Streams a request from the first back end that serves it. After its first text a failing one is not replaced: what was said cannot be unsaid.

    The pieces of tool calls come together at the end, so that those of a back end that fails are not mixed with those of the next.
    """

    def __init__(self, back_ends: Mapping[Task, Sequence[BackEnd]], *, limits: Limits, parallel: int, count: Count = estimate) -> None:
        self._back_ends = {task: tuple(found) for task, found in back_ends.items()}
        self._limits = limits
        self._count = count
        self._places = asyncio.Semaphore(parallel)

    def serves(self, task: Task) -> bool:
        """Whether any back end is set for a task."""
        return bool(self._back_ends.get(task))

    def serving(self) -> dict[Task, tuple[BackEnd, ...]]:
        """The back ends of each task, in the order they are tried."""
        return dict(self._back_ends)

    def back_ends(self) -> tuple[BackEnd, ...]:
        """Every back end once."""
        return tuple({id(found): found for listed in self._back_ends.values() for found in listed}.values())

    async def stream(self, request: ModelRequest, visit: Visit) -> AsyncGenerator[ModelEvent, None]:
        """Events of one complete answer. Raises ModelFailed when no back end gave one; `started` when text had come already."""
        failure = ModelFailed(f"no model is set for the task {request.task}", code="unreachable")
        for back_end in self._back_ends.get(request.task, ()):
            started, calls = False, list[CallDelta]()
            try:
                async with aclosing(self._one(back_end, request, visit)) as events:
                    async for event in events:
                        if isinstance(event, CallDelta):
                            calls.append(event)
                            continue
                        if isinstance(event, Finished):
                            for piece in calls:
                                yield piece
                        started = started or isinstance(event, TextDelta)
                        yield event
                    return
            except ModelFailed as fault:
                failure = fault
                if started or fault.code == "budget" or visit.left() <= 0:
                    raise ModelFailed(fault.message, code=fault.code, retry_after=fault.retry_after, started=started) from fault
        raise failure

    async def _one(self, back_end: BackEnd, request: ModelRequest, visit: Visit) -> AsyncGenerator[ModelEvent, None]:
        """One call to one back end, noted in `visit` whatever comes of it."""
        if visit.left() <= 0:
            raise ModelFailed("the turn's time is over", code="total")
        if not back_end.breaker.allows():
            raise ModelFailed(f"{back_end.model.name} has failed too often, or asked to be left alone, and rests", code="open")
        prompt = tokens_of(request.messages, request.tools, count=self._count)
        try:
            held = visit.account.reserve(prompt, request.max_tokens)
        except ModelFailed as full:
            back_end.breaker.failed(full.code)
            raise
        began, tally, outcome = visit.now(), _Tally(prompt, CHARACTERS_PER_TOKEN * request.max_tokens), "cancelled"
        wait: float | None = None
        try:
            async with _place(self._places, visit):
                timed = replace(request, seconds=visit.left())
                bounded = watch(back_end.model.stream(timed), timed.seconds, self._limits)
                async with aclosing(bounded) as events:
                    async for raw in events:
                        event = whole(raw)
                        tally.take(event, visit.now() - began, self._count)
                        yield event
                        if isinstance(event, Finished):
                            outcome = "ok"
        except ModelFailed as fault:
            outcome, wait = fault.code, fault.retry_after
            raise
        finally:
            used_prompt, used_completion, estimated = tally.used() if outcome not in NOT_SENT or tally.first else (0, 0, True)
            cost = visit.account.settle(held, used_prompt, used_completion)
            visit.uses.append(
                ModelUse(
                    back_end.model.name, request.task, outcome, used_prompt, used_completion, cost,
                    round(tally.first * 1000, 1), round((visit.now() - began) * 1000, 1), estimated, visit.prompt_hash,
                )
            )  # fmt: skip
            if outcome == "ok":
                back_end.breaker.worked()
            else:
                back_end.breaker.failed(outcome, wait=wait)

    async def close(self) -> None:
        for back_end in self.back_ends():
            await back_end.model.close()


class _place:
    """One of the places for calls at once, waited for briefly."""

    def __init__(self, places: asyncio.Semaphore, visit: Visit) -> None:
        self._places = places
        self._visit = visit

    async def __aenter__(self) -> None:
        try:
            async with asyncio.timeout(min(PLACE_SECONDS, max(self._visit.left(), 0.0))):
                await self._places.acquire()
        except TimeoutError as full:
            raise ModelFailed("every place for a call is taken", code="busy") from full

    async def __aexit__(self, *_: object) -> None:
        self._places.release()


@dataclass(slots=True)
class _Tally:
    """Counts what came, for a server that does not say."""

    prompt: int
    room: int
    text: int = 0
    first: float = 0.0
    told: Usage | None = None

    def take(self, event: ModelEvent, at: float, count: Count) -> None:
        """Raises ModelFailed (`garbled`) for more than was asked for."""
        self.first = self.first or at
        match event:
            case TextDelta(text):
                self._add(text, count)
            case CallDelta():
                self._add(event.name + event.arguments, count)
            case Usage():
                self.told = event
            case _:
                pass

    def _add(self, text: str, count: Count) -> None:
        self.room -= len(text)
        if self.room < 0:
            raise ModelFailed("the model says more than it was asked for", code="garbled")
        self.text += count(text)

    def used(self) -> tuple[int, int, bool]:
        """Prompt and completion tokens, and whether they are estimated: a server's zero is not believed."""
        if self.told is None or self.told.prompt <= 0:
            return self.prompt, self.text, True
        return self.told.prompt, self.told.completion, self.told.estimated


def whole(event: ModelEvent) -> ModelEvent:
    """The event without half characters (lone surrogates), which nothing can store or send."""
    match event:
        case TextDelta(text) if not _storable(text):
            return TextDelta(_mended(text))
        case CallDelta() if not _storable(event.id + event.name + event.arguments):
            return replace(event, id=_mended(event.id), name=_mended(event.name), arguments=_mended(event.arguments))
        case _:
            return event


def _storable(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)


def _mended(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
