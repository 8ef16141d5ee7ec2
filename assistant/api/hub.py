"""Live delivery inside one process: hands the bus's events to the sockets that watch a conversation; the event log stays the truth."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from typing import Any

from assistant.events import Bus, Event

QUEUE = 256
Item = Event | dict[str, Any]


class Outlet:
    """What waits to be sent to one socket: at most `size` items. `overflowed` is set once something was dropped; the client then resumes from the log."""

    def __init__(self, size: int = QUEUE) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[Item] = asyncio.Queue(size)
        self.overflowed = asyncio.Event()

    def offer(self, item: Item) -> None:
        """Puts an item in from the socket's own loop; never waits."""
        try:
            self._queue.put_nowait(item)
        except asyncio.QueueFull:
            self.overflowed.set()

    def offer_from_anywhere(self, item: Item) -> None:
        """The same from any thread; from the socket's own loop at once, so that nothing overtakes."""
        try:
            here = asyncio.get_running_loop() is self._loop
        except RuntimeError:
            here = False
        if here:
            self.offer(item)
        else:
            self._loop.call_soon_threadsafe(self.offer, item)

    async def take(self, seconds: float) -> Item | None:
        """The next item, or None when nothing came for `seconds`."""
        if not self._queue.empty():
            return self._queue.get_nowait()
        try:
            return await asyncio.wait_for(self._queue.get(), seconds)
        except TimeoutError:
            return None


class Hub:
    """Who watches which conversation, and the turns that go on although their socket has gone."""

    def __init__(self, bus: Bus) -> None:
        self._outlets: defaultdict[str, list[Outlet]] = defaultdict(list)
        self._running: set[asyncio.Task[Any]] = set()
        self._leave = bus.listen(self._deliver)

    def _deliver(self, event: Event) -> None:
        for outlet in tuple(self._outlets.get(event.conversation, ())):
            outlet.offer_from_anywhere(event)

    def watch(self, conversation: str) -> Outlet:
        outlet = Outlet()
        self._outlets[conversation].append(outlet)
        return outlet

    def unwatch(self, conversation: str, outlet: Outlet) -> None:
        self._outlets[conversation].remove(outlet)
        if not self._outlets[conversation]:
            del self._outlets[conversation]

    def keep(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Runs a turn that its socket's end does not cancel."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def close(self, seconds: float = 10.0) -> None:
        """Waits for the turns under way; what is not done then is finished at the next start, because its message is stored."""
        self._leave()
        if self._running:
            await asyncio.wait(tuple(self._running), timeout=seconds)
