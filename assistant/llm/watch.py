"""Deadlines around a stream of model events, and its orderly end; it knows no back end and repeats nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

from assistant.errors import ModelFailed
from assistant.model_types import CallDelta, Finished, ModelEvent, TextDelta

# a back end that does not close within this time is left behind
CLOSE_SECONDS = 0.8


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of monotonic time: until the first event, and between two events. Each only shortens the request's own time."""

    first: float = 8.0
    idle: float = 5.0


async def watch(events: AsyncIterator[ModelEvent], seconds: float, limits: Limits | None = None) -> AsyncGenerator[ModelEvent, None]:
    """`events`, each within its time, until Finished. Only the time spent waiting for the model counts as idle; `seconds` counts all of it.

    Raises ModelFailed: first_token, idle or total when a time ran out, cut when the events stop without Finished. The events are closed in any case.
    """
    allowed = limits or Limits()
    began = time.monotonic()
    total, first, started = began + seconds, True, False
    try:
        while True:
            now = time.monotonic()
            wait = allowed.first if first else allowed.idle
            until = min(total, now + wait)
            try:
                if now >= total:
                    raise TimeoutError
                async with asyncio.timeout(until - now) as timer:
                    event = await anext(events)
            except StopAsyncIteration:
                break
            except TimeoutError:
                if now < total and not timer.expired():
                    raise
                failure = _late(first, until >= total, seconds if until >= total else wait, started=started)
            else:
                first = False
                started = started or isinstance(event, TextDelta | CallDelta)
                yield event
                if isinstance(event, Finished):
                    return
                continue
            raise failure
        raise ModelFailed("the stream ended without saying that it was finished", code="cut", started=started)
    finally:
        await close(events)


async def close(events: AsyncIterator[ModelEvent]) -> None:
    """Closes an iterator that can be closed, waiting no longer than CLOSE_SECONDS."""
    if isinstance(events, AsyncGenerator):
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await events.aclose()


def _late(first: bool, total: bool, seconds: float, *, started: bool) -> ModelFailed:
    if total:
        return ModelFailed(f"no complete answer within {seconds:.1f} s", code="total" if not first else "first_token", started=started)
    if first:
        return ModelFailed(f"nothing came within {seconds:.1f} s", code="first_token")
    return ModelFailed(f"nothing more came for {seconds:.1f} s", code="idle", started=started)
