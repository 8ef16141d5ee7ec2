"""What one server process carries: 1,000 WebSockets, messages that arrive on their own schedule whether or not earlier ones are answered, latency, memory.

Run `python -m benchmarks.sockets [--sections 10000] [--sockets 1000] [--rates 50,100,150,200] [--seconds 15]`. Server and generator share the machine's cores.
A latency counts from the instant at which the message was due, so that a late generator or a full queue is not hidden.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import median

import httpx
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.ground import CLOCK, SECTIONS, Child, company, machine, percentile
from benchmarks.turns import varied

DRAIN_SECONDS = 8.0
OPENING = 20
WISHES = {"C1/李伟": ("12345改交货日期", "6月15日", "不用了"), "C2/Dana Cole": ("Change the delivery date of 12360", "June 22", "no")}
LANGUAGE = {"C1/李伟": "zh", "C2/Dana Cole": "en"}


@dataclass(slots=True)
class Book:
    """When each message was due, and how long its answer took; `errors` are answers that are none."""

    due: dict[str, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    errors: int = 0


@dataclass(slots=True)
class Seat:
    """One customer's socket and what is said there: wish, value, question, no, question, and again: three procedure turns to two questions."""

    socket: ClientConnection
    words: Iterator[str]


def words(who: str, questions: Iterator[str]) -> Iterator[str]:
    wish, value, no = WISHES[who]
    for part in cycle((wish, value, "", no, "")):
        yield part or next(questions)


async def seats(child: Child, count: int) -> list[Seat]:
    """Open conversations and a socket for each."""
    pools = {language: cycle([text for own, text in varied() if own == language]) for language in ("zh", "en")}
    gate = asyncio.Semaphore(OPENING)
    people = list(WISHES)

    async with httpx.AsyncClient(base_url=child.address, timeout=60) as client:

        async def opened(number: int) -> Seat:
            who = people[number % len(people)]
            async with gate:
                made = (await client.post("/v1/conversations", json={"as": who})).json()["conversation"]
                address = child.address.replace("http", "ws", 1)
                socket = await connect(f"{address}/v1/conversations/{made}/live", compression=None, max_queue=None, ping_interval=None, open_timeout=60)
            said = words(who, pools[LANGUAGE[who]])
            for _ in range(number // len(people) % 5):
                next(said)
            return Seat(socket, said)

        return list(await asyncio.gather(*(opened(number) for number in range(count))))


async def listen(seat: Seat, book: Book) -> None:
    """Notes the answers of one socket until it closes."""
    async for frame in seat.socket:
        kind = "answered" if '"type":"answered"' in str(frame)[:40] else "error" if '"type":"error"' in str(frame)[:40] else ""
        if not kind:
            continue
        due = book.due.pop(str(json.loads(frame)["id"]), None)
        if due is None:
            continue
        if kind == "error":
            book.errors += 1
        else:
            book.took.append(1000 * (time.perf_counter() - due))


async def burst(child: Child, places: Sequence[Seat], book: Book, *, rate: float, seconds: float) -> str:
    """One rate for some seconds; the row of the table."""
    book.due.clear()
    book.took.clear()
    book.errors = 0
    count = int(rate * seconds)
    cpu, own, began = child.cpu(), time.process_time(), time.perf_counter()
    sending: set[asyncio.Task[None]] = set()
    for number in range(count):
        due = began + number / rate
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        seat, name = places[number % len(places)], f"m{rate:.0f}-{number}"
        book.due[name] = due
        task = asyncio.create_task(seat.socket.send(json.dumps({"id": name, "text": next(seat.words)}, ensure_ascii=False)))
        sending.add(task)
        task.add_done_callback(sending.discard)
    within = len(book.took)
    end = time.perf_counter() + DRAIN_SECONDS
    while book.due and time.perf_counter() < end:
        await asyncio.sleep(0.01)
    spent = time.perf_counter() - began
    took, answered = book.took, max(len(book.took), 1)
    used = 1000 * (child.cpu() - cpu) / answered
    middle = median(took) if took else float("nan")
    return (
        f"{rate:7.0f} {within / seconds:10.0f} {len(took) / spent:9.0f} {middle:9.1f} {percentile(took, 0.95):9.1f} {percentile(took, 0.99):9.1f}"
        f" {book.errors:7d} {len(book.due):7d} {used:10.2f} {100 * (time.process_time() - own) / spent:9.0f} {child.memory()[0]:8.0f}"
    )


async def measured(child: Child, *, sockets: int, rates: Sequence[float], seconds: float) -> None:
    began, before = time.perf_counter(), child.memory()[0]
    places = await seats(child, sockets)
    print(f"{sockets} sockets open in {time.perf_counter() - began:.1f} s; resident memory {before:.0f} MB before, {child.memory()[0]:.0f} MB with them")
    book = Book()
    listeners = [asyncio.create_task(listen(seat, book)) for seat in places]
    await burst(child, places, book, rate=20, seconds=3)
    print("due/s     in time/s      all/s    p50 ms    p95 ms    p99 ms  errors  unanswered  CPU ms  generator %    RSS MB")
    for rate in rates:
        print(await burst(child, places, book, rate=rate, seconds=seconds), flush=True)
        if book.due:
            print("  the queue did not empty: higher rates would say nothing more")
            break
    now, peak = child.memory()
    print(f"resident memory {now:.0f} MB, at most {peak:.0f} MB (goal <= 700 MB)")
    print("goals: >= 200 turns/s at saturation, p95 at 100 turns/s <= 50 ms; CPU ms is the server's per turn, its share of one core is 1000 / CPU ms turns/s")
    for task in listeners:
        task.cancel()
    await asyncio.gather(*(seat.socket.close() for seat in places), return_exceptions=True)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=SECTIONS)
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--rates", default="50,100,150,200")
    parser.add_argument("--seconds", type=float, default=15.0)
    options = parser.parse_args()
    print(machine())
    with company(options.sections) as root, tempfile.TemporaryDirectory() as state:
        child = Child(root, Path(state), "--clock", CLOCK)
        try:
            print(f"ready after {child.until_ready():.1f} s; {options.sections} invented sections beside the demo's")
            rates = [float(rate) for rate in options.rates.split(",")]
            asyncio.run(measured(child, sockets=options.sockets, rates=rates, seconds=options.seconds))
        finally:
            child.stop()
        print(machine())


if __name__ == "__main__":
    main()
