"""Faults and departures in numbers: every one in time, and nothing left open by any of them."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import aclosing

import pytest

from assistant.errors import ModelFailed
from assistant.llm.calls import reply_of
from assistant.llm.hosted import HostedModel
from assistant.model_types import ModelMessage, ModelRequest
from tests.llm.faulty import MODES, Answer, Faulty
from tests.llm.test_hosted import CODES

TURNS, AT_ONCE = 50, 10


def ask(seconds: float = 1.0) -> ModelRequest:
    return ModelRequest((ModelMessage("user", "Where is it?"),), seconds=seconds)


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
async def test_each_fault_fifty_times_ten_at_once(mode: str) -> None:
    ends: list[str] = []
    async with Faulty() as server:
        model, places = HostedModel("test", base_url=server.url(mode)), asyncio.Semaphore(AT_ONCE)

        async def turn() -> float:
            async with places:
                began = time.monotonic()
                try:
                    await reply_of(model.stream(ask()))
                    ends.append("")
                except ModelFailed as failure:
                    ends.append(failure.code)
                return time.monotonic() - began

        took = await asyncio.gather(*(turn() for _ in range(TURNS)))
        await model.close()
        assert len(ends) == TURNS
        assert set(ends) <= CODES.get(mode, {""})
        assert max(took) < 2.0
        assert server.seen[mode] == (0 if mode in ("refuse", "slow_connect") else TURNS)


async def test_a_hundred_that_leave_leave_nothing_open() -> None:
    async with Faulty(reply=lambda _: Answer(("word ",) * 200, each=0.05)) as server:
        model = HostedModel("test", base_url=server.url())

        async def leave() -> None:
            async with aclosing(model.stream(ask(30.0))) as events:
                async for _ in events:
                    return

        await leave()
        before, tasks = len(os.listdir("/proc/self/fd")), len(asyncio.all_tasks())
        for _ in range(2):
            await asyncio.gather(*(leave() for _ in range(50)))
        left = time.monotonic()
        while (server.open or len(asyncio.all_tasks()) > tasks) and time.monotonic() - left < 3.0:
            await asyncio.sleep(0.02)
        assert server.open == 0
        assert len(server.gone) == 101
        assert len(asyncio.all_tasks()) <= tasks
        assert len(os.listdir("/proc/self/fd")) <= before + 2
        await model.close()
