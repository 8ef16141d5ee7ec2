"""How long a turn takes inside the process, and how much processor time: procedure turns that the slot parser settles, and questions, split by step.

Run `python -m benchmarks.turns [--sections 10000] [--profile]`. The company is the demo's, grown by invented sections; nothing of it is kept but their vectors.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import json
import pstats
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median

from assistant.app import Assistant, build, load_company
from assistant.config import Config
from benchmarks.ground import CLOCK, ROOT, SECTIONS, company, machine, percentile, spread

INDEX_SECONDS = 60.0
SECONDS = 20.0
SCRIPTS = (
    ("C1/李伟", "12345改交货日期", ("6月15日", "改成6月16日", "6月12日吧", "不用了")),
    ("C1/李伟", "12346要改数量", ("150个", "改成180", "不用了")),
    ("C2/Dana Cole", "Change the delivery date of 12360", ("June 22", "no, June 23", "the 24th", "no")),
    ("C2/Dana Cole", "Change the quantity of 12360", ("8 pieces", "make it 7", "no")),
)
GOALS = {"procedure": (3.0, 8.0, 20.0), "question": (6.0, 8.0, 20.0)}


@dataclass(frozen=True, slots=True)
class Taken:
    """One turn: its kind and action, milliseconds of the clock and of the processor, the clock's by step, the processor's by thread."""

    kind: str
    action: str
    wall: float
    cpu: float
    steps: dict[str, float]
    threads: dict[str, float]


def questions() -> list[tuple[str, str]]:
    """Language and text of questions that the demo's documents answer."""
    lines = [json.loads(line) for line in (ROOT / "evals" / "data" / "retrieval.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(line["lang"], line["question"]) for line in lines if line["split"] == "dev"]


def varied() -> Iterator[tuple[str, str]]:
    """The questions again and again, each time in other words around them, so that no text comes twice and no vector is remembered."""
    before = {
        "zh": ("", "请问", "你好，", "想问一下，", "麻烦问下，", "请教一下，"),
        "en": ("", "Hi, ", "Hello, ", "One question: ", "Quick one: ", "Please tell me: "),
    }
    after = {"zh": ("", "谢谢", "请尽快告知", "多谢了"), "en": ("", " Thanks", " Thank you", " Cheers")}
    table = questions()
    for n in range(24):
        for language, text in table:
            yield language, f"{before[language][n % 6]}{text}{after[language][n // 6]}"


def by_thread() -> dict[str, float]:
    """Milliseconds of processor time so far: of the loop, the pool that reads and searches, the store's writer, and the follower of documents."""
    found: defaultdict[str, float] = defaultdict(float)
    for thread in threading.enumerate():
        if thread.ident is not None:
            name = thread.name.split("_")[0].removesuffix("Thread") if thread is not threading.main_thread() else "loop"
            found[name] += 1000 * time.clock_gettime(time.pthread_getcpuclockid(thread.ident))
    return dict(found)


async def take(assistant: Assistant, who: str, conversation: str, *, text: str) -> Taken:
    principal = await assistant.principal(who)
    before = by_thread()
    wall, cpu = time.perf_counter(), time.process_time()
    view = await assistant.say(principal, conversation, text=text)
    spent, used = 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)
    after = by_thread()
    record = await assistant.trace(str(view["turn"]))
    timings = record["timings_ms"]
    reading = record["reading"]
    assert isinstance(timings, dict)
    assert isinstance(reading, dict)
    steps = {name: float(str(value)) for name, value in timings.items()}
    kind = "procedure" if not reading["requests"] and not record["passages"] else "question" if record["passages"] else "other"
    return Taken(
        kind,
        str(view["action"]),
        spent,
        used,
        {**steps, "lock, build, commit": spent - sum(steps.values())},
        {name: after[name] - before.get(name, 0.0) for name in after},
    )


async def procedures(assistant: Assistant, seconds: float) -> list[Taken]:
    """Conversations from the first wish over values and corrections to a no, as many as the time allows."""
    found, end, turn = [], time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        who, wish, answers = SCRIPTS[turn % len(SCRIPTS)]
        turn += 1
        conversation = await assistant.open_conversation(await assistant.principal(who), channel="bench")
        for text in (wish, *answers):
            found.append(await take(assistant, who, conversation, text=text))
    return found


async def asked(assistant: Assistant, seconds: float) -> list[Taken]:
    """Questions, four a conversation."""
    found, end, conversation = [], time.perf_counter() + seconds, ""
    for number, (language, text) in enumerate(varied()):
        who = "C1/李伟" if language == "zh" else "C2/Dana Cole"
        if time.perf_counter() > end:
            break
        conversation = await assistant.open_conversation(await assistant.principal(who), channel="bench")
        taken = await take(assistant, who, conversation, text=text)
        if number >= 5:
            found.append(taken)
    return found


def report(name: str, turns: list[Taken]) -> None:
    mine = [turn for turn in turns if turn.kind == name]
    cpu_goal, p50_goal, p95_goal = GOALS[name]
    actions = ", ".join(f"{action} {count}" for action, count in Counter(turn.action for turn in mine).most_common())
    print(f"{name} turns: {len(mine)} ({actions}); other turns of the same conversations: {len(turns) - len(mine)}")
    if not mine:
        return
    walls, cpus = [turn.wall for turn in mine], [turn.cpu for turn in mine]
    print(f"  processor  {spread(cpus)}   goal p50 <= {cpu_goal:.0f}: {'met' if median(cpus) <= cpu_goal else 'NOT met'}")
    met = median(walls) <= p50_goal and percentile(walls, 0.95) <= p95_goal
    for thread in ("loop", "turn", "store-writer", "knowledge"):
        print(f"    {thread:20} {spread([turn.threads.get(thread, 0.0) for turn in mine])}")
    print(f"  clock      {spread(walls)}   goal p50 <= {p50_goal:.0f}, p95 <= {p95_goal:.0f}: {'met' if met else 'NOT met'}")
    for step in mine[0].steps:
        print(f"    {step:20} {spread([turn.steps[step] for turn in mine])}")


async def indexed(assistant: Assistant) -> float:
    """Seconds waited until the vector index holds everything."""
    started = time.perf_counter()
    while "vector index" not in assistant.knowledge.ping() and time.perf_counter() - started < INDEX_SECONDS:
        await asyncio.sleep(0.2)
    return time.perf_counter() - started


async def measured(root: Path, *, seconds: float, profile: bool) -> None:
    with tempfile.TemporaryDirectory() as state:
        config = Config(root, Path(state), clock=datetime.fromisoformat(CLOCK))
        assistant = build(config, company=load_company(config))
        started = time.perf_counter()
        await assistant.start()
        print(f"documents brought in: {time.perf_counter() - started:.1f} s; vector index: {await indexed(assistant):.1f} s; {assistant.knowledge.ping()}")
        try:
            for name, play in (("procedure", procedures), ("question", asked)):
                profiler = cProfile.Profile(time.thread_time) if profile else None
                await play(assistant, 1.0)
                if profiler is not None:
                    profiler.enable()
                found = await play(assistant, seconds)
                if profiler is not None:
                    profiler.disable()
                    pstats.Stats(profiler).sort_stats("tottime").print_stats(25).sort_stats("cumulative").print_stats(70)
                report(name, found)
        finally:
            await assistant.close()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=SECTIONS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for each of the two kinds")
    parser.add_argument("--profile", action="store_true", help="print where the time of the loop's thread goes")
    options = parser.parse_args()
    print(machine())
    with company(options.sections) as root:
        asyncio.run(measured(root, seconds=options.seconds, profile=options.profile))


if __name__ == "__main__":
    main()
