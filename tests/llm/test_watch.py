"""Deadlines and closing, with sources that come late, never, or do not want to go."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import pytest

from assistant.errors import ModelFailed
from assistant.llm.watch import CLOSE_SECONDS, Limits, watch
from assistant.model_types import Finished, ModelEvent, TextDelta, Thinking

Step = ModelEvent | float | Exception


async def source(*steps: Step, closed: list[str] | None = None) -> AsyncGenerator[ModelEvent, None]:
    """Events, waits in seconds, and errors, in order."""
    try:
        for step in steps:
            if isinstance(step, float):
                await asyncio.sleep(step)
            elif isinstance(step, Exception):
                raise step
            else:
                yield step
    finally:
        if closed is not None:
            closed.append("closed")


async def code(events: AsyncIterator[ModelEvent], seconds: float = 5.0, limits: Limits | None = None) -> tuple[str, bool]:
    with pytest.raises(ModelFailed) as failed:
        _ = [event async for event in watch(events, seconds, limits)]
    return failed.value.code, failed.value.started


TEXT = TextDelta("a")


@pytest.mark.parametrize(
    ("steps", "seconds", "limits", "expected"),
    [
        ((9.0, TEXT), 5.0, Limits(first=0.05), ("first_token", False)),
        ((9.0, TEXT), 0.05, Limits(), ("first_token", False)),
        ((TEXT, 9.0), 5.0, Limits(idle=0.05), ("idle", True)),
        ((Thinking(), 9.0), 5.0, Limits(idle=0.05), ("idle", False)),
        ((TEXT, 9.0), 0.05, Limits(), ("total", True)),
        ((TEXT, 0.03, TEXT, 0.03, TEXT, 0.03, TEXT, 0.03, TEXT), 0.08, Limits(), ("total", True)),
        ((TEXT,), 5.0, None, ("cut", True)),
        ((), 5.0, None, ("cut", False)),
        ((TEXT, ModelFailed("x", code="server")), 5.0, None, ("server", False)),
    ],
)
async def test_each_time_that_runs_out_has_its_name(steps: tuple[Step, ...], seconds: float, limits: Limits, expected: tuple[str, bool]) -> None:
    closed: list[str] = []
    assert await code(source(*steps, closed=closed), seconds, limits) == expected
    assert closed == ["closed"]


async def test_reasoning_is_a_first_sign_of_life() -> None:
    events = source(0.02, Thinking(), 0.1, TEXT, Finished("stop"))
    assert len([event async for event in watch(events, 5.0, Limits(first=0.08, idle=1.0))]) == 3


async def test_a_slow_reader_is_not_a_slow_model_but_the_whole_time_counts() -> None:
    got = []
    async for event in watch(source(TEXT, TEXT, Finished("stop")), 5.0, Limits(first=0.05, idle=0.05)):
        got.append(event)
        await asyncio.sleep(0.08)
    assert got[-1] == Finished("stop")
    stream = watch(source(TEXT, TEXT, Finished("stop")), 0.05)
    await anext(stream)
    await asyncio.sleep(0.08)
    with pytest.raises(ModelFailed) as failed:
        await anext(stream)
    assert failed.value.code == "total"


async def test_what_comes_after_the_end_is_not_waited_for() -> None:
    closed: list[str] = []
    began = time.monotonic()
    assert len([event async for event in watch(source(TEXT, Finished("stop"), 9.0, closed=closed), 20.0)]) == 2
    assert time.monotonic() - began < 1.0
    assert closed == ["closed"]


@pytest.mark.parametrize("cancelled", [False, True])
async def test_leaving_closes_the_source(cancelled: bool) -> None:
    closed: list[str] = []

    async def read() -> None:
        async with aclosing(watch(source(TEXT, 9.0, closed=closed), 20.0)) as events:
            async for _ in events:
                if not cancelled:
                    return

    task = asyncio.create_task(read())
    await asyncio.sleep(0.02)
    if cancelled:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    else:
        await task
    assert closed == ["closed"]


async def test_a_source_that_does_not_close_is_left_behind() -> None:
    async def stubborn() -> AsyncGenerator[ModelEvent, None]:
        try:
            yield TEXT
        finally:
            await asyncio.sleep(60)

    stream = watch(stubborn(), 20.0)
    await anext(stream)
    began = time.monotonic()
    await stream.aclose()
    assert time.monotonic() - began < CLOSE_SECONDS + 0.2 < 1.1
