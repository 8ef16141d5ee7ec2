"""Many answers streamed at once through the whole assistant: what stalls, and how long a sentence waits after its last word came.

`python -m benchmarks.model streams` runs it after the same streams at the bare port. The model is `benchmarks.local_models` in a process of its own; every
turn asks the documents something, and its answer is worded, judged sentence by sentence and stored.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from assistant.app import Assistant, build, load_company
from assistant.config import Config
from assistant.events import SENTENCE, Event
from assistant.model_types import ModelEvent, ModelRequest, TextDelta
from assistant.ports import ChatModel
from assistant.workspace.company import ModelBudget, ModelSpec
from benchmarks.ground import percentile
from benchmarks.questions import AS, CLOCK, ROOT, rows_of
from benchmarks.with_model import local_models, with_model

TICK = 0.005
STALL_MS = 200.0


@dataclass
class Seen:
    """Milliseconds: between two pieces of one answer as they reach the port's reader, from a sentence's last piece to its release, and that the loop stood."""

    gaps: list[float] = field(default_factory=list)
    released: list[float] = field(default_factory=list)
    stood: list[float] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)
    last: dict[str, float] = field(default_factory=dict)
    streamed: int = 0


class Watched:
    """A model whose pieces are timed as they pass."""

    def __init__(self, model: ChatModel, seen: Seen) -> None:
        self.name = model.name
        self._model = model
        self._seen = seen

    async def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        before = 0.0
        events: AsyncIterator[ModelEvent] = self._model.stream(request)
        async for event in events:
            if isinstance(event, TextDelta):
                now = time.perf_counter()
                if before:
                    self._seen.gaps.append(1000 * (now - before))
                before = self._seen.last[request.turn] = now
            yield event

    async def ping(self) -> str:
        return await self._model.ping()

    async def close(self) -> None:
        await self._model.close()


async def tick(seen: Seen) -> None:
    """How late the loop comes back to somebody who sleeps for TICK."""
    while True:
        due = time.perf_counter() + TICK
        await asyncio.sleep(TICK)
        seen.stood.append(1000 * max(time.perf_counter() - due, 0.0))


async def turns(assistant: Assistant, rows: list[dict[str, Any]], seen: Seen, *, streams: int, spread: float) -> None:
    async def one(number: int) -> None:
        row = rows[number % len(rows)]
        who = await assistant.principal(AS[row["language"]])
        conversation = await assistant.open_conversation(who, channel="benchmark")
        await asyncio.sleep(spread * number / streams)
        began = time.perf_counter()
        await assistant.say(who, conversation, text=row["question"])
        seen.turns.append(1000 * (time.perf_counter() - began))

    def heard(event: Event) -> None:
        if event.name == SENTENCE and event.data["message"] in seen.last:
            seen.streamed += 1
            seen.released.append(1000 * (time.perf_counter() - seen.last[str(event.data["message"])]))

    assistant.bus.listen(heard)
    ticking = asyncio.create_task(tick(seen))
    try:
        await asyncio.gather(*(one(number) for number in range(streams)))
    finally:
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking


async def whole(streams: int, rate: float, *, spread: float) -> None:
    """All streams twice, each time begun within `spread` seconds."""
    company = await asyncio.to_thread(load_company, Config(ROOT, Path(tempfile.gettempdir())))
    with tempfile.TemporaryDirectory() as folder, local_models() as url:
        spec = ModelSpec(
            use=("openai:helpful",), url=f"{url}/{rate:.0f}/v1", turn_seconds=60.0, parallel=streams, budget=ModelBudget(turn_tokens=0, conversation_tokens=0)
        )
        config = Config(ROOT, Path(folder) / "state", clock=CLOCK, fresh=True, force_model=True)
        assistant = await asyncio.to_thread(lambda: build(config, company=with_model(company, spec)))
        await assistant.start()
        try:
            rows = [row for row in rows_of("open_with_model") if row["answers"]]
            # once for what is loaded at the first turn
            await turns(assistant, rows, Seen(), streams=2, spread=0.0)
            assert assistant.models is not None
            print(f"the whole assistant, {streams} turns begun within {spread:.0f} s, {rate:.0f} tokens/s each")
            bare = [back_end.model for back_end in assistant.models.route.back_ends()]
            for name in ("passages that nobody asked for before", "the same questions again"):
                seen = Seen()
                for back_end, model in zip(assistant.models.route.back_ends(), bare, strict=True):
                    back_end.model = Watched(model, seen)
                began, clock = time.process_time(), time.perf_counter()
                await turns(assistant, rows, seen, streams=streams, spread=spread)
                told(name, seen, used=time.process_time() - began, took=time.perf_counter() - clock)
        finally:
            await assistant.close()


def told(name: str, seen: Seen, *, used: float, took: float) -> None:
    print(f"  {name}: {100 * used / took:.0f} % of a core for {took:.1f} s, {seen.streamed} sentences streamed")
    print(f"    a sentence after its last word    {line(seen.released)}")
    print(f"    the loop came late                {line(seen.stood)}")
    print(f"    between two pieces at the port    {line(seen.gaps)}")
    print(f"    a turn                            p50 {median(seen.turns):6.0f}  max {max(seen.turns):6.0f} ms")


def line(values: list[float]) -> str:
    over = f"over {STALL_MS:.0f} ms: {sum(value > STALL_MS for value in values)} of {len(values)}"
    return f"p50 {percentile(values, 0.5):6.1f}  p99 {percentile(values, 0.99):6.1f}  max {max(values, default=0):6.1f} ms  {over}"
