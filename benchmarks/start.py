"""How long it takes until something answers: the command's help, the first and later chats, the first and second start of the server, a start after kill -9.

Run `python -m benchmarks.start [--sections 10000]`. Every figure is a process of its own, from its start to its answer, with the seconds of processor it took.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from assistant.knowledge.base import Knowledge
from assistant.knowledge.encode import packaged_encoder
from assistant.store.engine import open_store
from assistant.workspace.load import load_workspace
from benchmarks.ground import CLOCK, SECTIONS, Child, command, company, machine

QUESTION = "P-100的扬程是多少?"
SAMPLE = 1_000
HELPS, STARTS = 7, 3


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2026, 6, 1, 2, tzinfo=UTC)


def told(name: str, seconds: float, *, goal: float | None = None, note: str = "") -> None:
    verdict = "" if goal is None else f"  goal <= {goal:g} s: {'met' if seconds <= goal else 'NOT met'}"
    print(f"{name:58}{seconds:8.2f} s{verdict}{'  ' + note if note else ''}", flush=True)


def children() -> float:
    """Seconds of processor of the ended child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def told_of(name: str, found: Sequence[tuple[float, float]], *, goal: float | None = None) -> None:
    """The median of several starts, each with its seconds of clock and of processor."""
    clocks, cpus = [clock for clock, _ in found], [cpu for _, cpu in found]
    told(name, median(clocks), goal=goal, note=f"min {min(clocks):.2f} of {len(found)}; processor {median(cpus):.2f}, min {min(cpus):.2f}")


def help_seconds() -> None:
    found = []
    for _ in range(HELPS):
        began, used = time.perf_counter(), children()
        subprocess.run(command("--help"), check=True, capture_output=True)
        found.append((time.perf_counter() - began, children() - used))
    told_of("assistant --help", found, goal=0.3)


def chat(root: Path, state: Path) -> tuple[float, float]:
    """Seconds of the clock from the start of `assistant chat --json` to its first answer, and of the processor to its end."""
    words = command("chat", "--workspace", str(root), "--state", str(state), "--as", "C1/李伟", "--clock", CLOCK, "--json")
    began, used = time.perf_counter(), children()
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{QUESTION}\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        seconds = time.perf_counter() - began
        process.stdin.close()
    assert "text" in answer, answer
    return seconds, children() - used


def chats() -> None:
    with company(cached=False) as root, tempfile.TemporaryDirectory() as folder:
        told_of("chat, nothing computed before", [chat(root, Path(folder) / "first")])
        fresh = [chat(root, Path(folder) / f"fresh{n}") for n in range(STARTS)]
        told_of("chat, fresh state", fresh, goal=3)
        again = [chat(root, Path(folder) / "first") for _ in range(STARTS)]
        told_of("chat, the same state again", again)


def started(root: Path, state: Path) -> tuple[tuple[float, float], Child]:
    """Seconds of clock and processor until a server is ready, and the server."""
    child = Child(root, state, "--clock", CLOCK)
    return (child.until_ready(), child.cpu()), child


def serves() -> None:
    with company(cached=False) as root, tempfile.TemporaryDirectory() as folder:
        seconds, child = started(root, Path(folder))
        child.stop()
        told_of("serve to /ready, first start", [seconds], goal=60)
        found = []
        for _ in range(STARTS):
            seconds, child = started(root, Path(folder))
            child.stop()
            found.append(seconds)
        told_of("serve to /ready, second start", found, goal=5)


def killed(sections: int) -> None:
    """A server killed between two answers; the first answer of the one that is started next on the same state."""
    with company(sections) as root, tempfile.TemporaryDirectory() as folder:
        seconds, child = started(root, Path(folder))
        name = f"{sections} invented sections"
        told_of(f"serve to /ready, fresh state, {name}", [seconds])
        found = []
        try:
            for _ in range(STARTS):
                child.ask(QUESTION)
                child.kill()
                _, child = started(root, Path(folder))
                child.ask(QUESTION)
                found.append((time.perf_counter() - child.started, child.cpu()))
        finally:
            child.kill()
        told_of(f"first answer after kill -9, {name}", found, goal=5)


def indexing() -> None:
    """Documents brought in with every vector made anew."""
    with company(SAMPLE, cached=False) as root, tempfile.TemporaryDirectory() as folder:
        workspace = load_workspace(root)
        store = open_store(Path(folder) / "state.db")
        knowledge = Knowledge(store, workspace, packaged_encoder(), state=Path(folder), clock=Noon())
        knowledge.encoder.encode(["warm"])
        began, used = time.perf_counter(), time.process_time()
        report = knowledge.sync()
        seconds, cpu = time.perf_counter() - began, time.process_time() - used
        again = time.perf_counter()
        unchanged = knowledge.sync()
        last = time.perf_counter() - again
        knowledge.close()
        store.close()
    rate = f"{report.sections / seconds:.0f} sections/s, {report.embedded / seconds:.0f} vectors/s"
    print(f"indexing without cache: {report.sections} sections, {report.embedded} vectors in {seconds:.1f} s ({cpu:.1f} s of processor) = {rate}")
    told("the same again, unchanged", last, note=f"{unchanged.writes} writes, {unchanged.embedded} vectors made")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=SECTIONS)
    options = parser.parse_args()
    print(machine())
    help_seconds()
    chats()
    serves()
    killed(0)
    killed(options.sections)
    indexing()
    print(machine())


if __name__ == "__main__":
    main()
