"""Whether a model can do what each task asks of it: a dozen small calls within two minutes, and a mark per task; it measures skill for the job, not quality."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from assistant.errors import ModelFailed
from assistant.llm.calls import assembled, json_of
from assistant.llm.watch import watch
from assistant.model_types import ModelEvent, ModelMessage, ModelReply, ModelRequest, ModelTool, Task, TextDelta
from assistant.ports import ChatModel
from assistant.types import Json

ALL_SECONDS, ONE_SECONDS, CLOSE_SECONDS = 120.0, 25.0, 1.0
# what a task cannot do without; tokens per second are of one stream, and a reader of eight tokens a second is still a person
NEEDS: Mapping[Task, tuple[str, ...]] = {
    "read": ("json", "chinese"),
    "answer": ("streaming", "chinese", "long_prompt", "cancellation", "speed"),
    "draft": ("streaming", "chinese", "long_prompt"),
    "judge": ("json", "chinese"),
}
LEAST_SPEED = 8.0
_TOOL = ModelTool(
    "get_order",
    "Looks up one order by its number.",
    {"type": "object", "properties": {"order": {"type": "string", "description": "the order's number"}}, "required": ["order"], "additionalProperties": False},
)
_SCHEMA: Mapping[str, Json] = {
    "type": "object",
    "properties": {"intent": {"type": "string", "enum": ["return", "delivery", "invoice"]}, "order": {"type": "string"}},
    "required": ["intent", "order"],
    "additionalProperties": False,
}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z]+|[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing that was tried: whether it went well, how long it took, and what came instead."""

    name: str
    ok: bool
    seconds: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`first_ms` until the first sign of life of a short question; `tokens_per_second` after it."""

    model: str
    probes: tuple[Probe, ...]
    first_ms: float
    tokens_per_second: float

    @property
    def marks(self) -> dict[Task, bool]:
        """Which tasks the model is fit for."""
        good = {probe.name for probe in self.probes if probe.ok}
        return {task: set(needed) <= good for task, needed in NEEDS.items()}

    def lacks(self, task: Task) -> tuple[Probe, ...]:
        """Why it is not fit for a task."""
        return tuple(probe for probe in self.probes if probe.name in NEEDS[task] and not probe.ok)

    def as_json(self) -> dict[str, Any]:
        """What is stored: `refusals` reads it back."""
        return {
            "model": self.model,
            "marks": self.marks,
            "first_ms": round(self.first_ms, 1),
            "tokens_per_second": round(self.tokens_per_second, 1),
            "probes": [{"name": each.name, "ok": each.ok, "seconds": round(each.seconds, 2), "detail": each.detail} for each in self.probes],
        }


def refusals(stored: Mapping[str, Any], tasks: Sequence[Task]) -> dict[Task, str]:
    """The tasks among `tasks` whose stored mark failed, and why, in words; a task that was never marked is not among them."""
    marks = stored.get("marks")
    failed = [task for task in tasks if isinstance(marks, Mapping) and marks.get(task) is False]
    bad = {str(each.get("name")): str(each.get("detail", "")) for each in stored.get("probes", ()) if not each.get("ok")}
    return {task: "; ".join(f"{name}: {bad[name]}" for name in NEEDS[task] if name in bad) for task in failed}


async def check(model: ChatModel, *, seconds: float = ALL_SECONDS, now: Callable[[], float] = time.monotonic) -> CheckReport:
    """Tries everything, one call after another; what fails is told and stops nothing. Never raises ModelFailed."""
    trial = _Trial(model, now, now() + seconds)
    steps: tuple[tuple[str, Callable[[_Trial], Awaitable[str]]], ...] = (
        ("streaming", _streaming),
        ("speed", _speed),
        ("tools", _tools),
        ("tool_result", _tool_result),
        ("json", _json),
        ("chinese", _chinese),
        ("long_prompt", _long_prompt),
        ("cancellation", _cancellation),
    )
    probes = []
    for name, step in steps:
        began = now()
        try:
            detail = await step(trial)
        except ModelFailed as failure:
            detail = f"{failure.code}: {failure.message}"
        probes.append(Probe(name, not detail, now() - began, detail))
    return CheckReport(model.name, tuple(probes), trial.first * 1000, trial.speed)


class _Trial:
    """The calls to one model, and what of them is measured."""

    def __init__(self, model: ChatModel, now: Callable[[], float], ends: float) -> None:
        self.model = model
        self.now = now
        self.first = 0.0
        self.speed = 0.0
        self._ends = ends

    async def events(self, request: ModelRequest) -> AsyncIterator[ModelEvent]:
        left = min(ONE_SECONDS, self._ends - self.now())
        if left <= 0:
            raise ModelFailed("the time for the whole check is over", code="total")
        async with aclosing(watch(self.model.stream(replace(request, seconds=left)), left)) as events:
            async for event in events:
                yield event

    async def reply(self, request: ModelRequest) -> ModelReply:
        return assembled([event async for event in self.events(request)])


def _ask(text: str, **more: Any) -> ModelRequest:
    system = "You are the customer service of a wholesaler. Answer briefly and only what was asked."
    return ModelRequest((ModelMessage("system", system), ModelMessage("user", text)), **{"max_tokens": 200, **more})


async def _streaming(trial: _Trial) -> str:
    began, pieces = trial.now(), 0
    events: list[ModelEvent] = []
    async for event in trial.events(_ask("Write the numbers from one to thirty as words, separated by commas.")):
        if not events:
            trial.first = trial.now() - began
        pieces += isinstance(event, TextDelta)
        events.append(event)
    reply, took = assembled(events), trial.now() - began - trial.first
    trial.speed = reply.usage.completion / took if took > 0 else 0.0
    if not reply.text.strip():
        return "the answer was empty"
    if "</" in reply.text and "think" in reply.text.lower():
        return "reasoning is shown in the answer: set `thinks`"
    return "" if pieces >= 3 else f"the answer came in {pieces} piece(s): the server does not stream"


async def _speed(trial: _Trial) -> str:
    return "" if trial.speed >= LEAST_SPEED else f"{trial.speed:.1f} tokens/s, needed are {LEAST_SPEED:.0f}"


async def _tools(trial: _Trial) -> str:
    reply = await trial.reply(_ask("Where is my order 12345?", tools=(_TOOL,)))
    if not reply.calls:
        return f"no tool was called; it said {reply.text[:80]!r}"
    call = reply.calls[0]
    arguments = json_of(call.arguments)
    if call.name != _TOOL.name:
        return f"it called {call.name!r}, which was not offered"
    return "" if isinstance(arguments, Mapping) and "12345" in str(arguments.get("order")) else f"with the arguments {call.arguments[:80]!r}"


async def _tool_result(trial: _Trial) -> str:
    request = _ask("Where is my order 12345?", tools=(_TOOL,))
    reply = await trial.reply(request)
    if not reply.calls:
        return "no tool was called"
    results = tuple(ModelMessage("tool", '{"order": "12345", "status": "shipped", "arrives": "2031-07-23"}', call_id=call.id) for call in reply.calls)
    after = await trial.reply(replace(request, messages=(*request.messages, ModelMessage("assistant", reply.text, reply.calls), *results)))
    return "" if "23" in after.text else f"the result is not in the answer {after.text[:80]!r}"


async def _json(trial: _Trial) -> str:
    reply = await trial.reply(_ask("What does this customer want? 'I want to send back what came with order 12345.'", schema=_SCHEMA))
    found = json_of(reply.text)
    if not isinstance(found, Mapping) or set(found) != {"intent", "order"}:
        return f"no JSON of the schema: {reply.text[:80]!r}"
    return "" if found["intent"] == "return" and "12345" in str(found["order"]) else f"read as {reply.text[:80]!r}"


async def _chinese(trial: _Trial) -> str:
    reply = await trial.reply(_ask("请用一句话说明:我们周一到周五几点上班?(我们的营业时间是上午九点到下午六点。)"))
    words = _WORD.findall(reply.text)
    share = len(_HAN.findall(reply.text)) / max(len(words), 1)
    if share < 0.6:
        return f"not in Chinese: {reply.text[:80]!r}"
    return "" if re.search(r"九|9", reply.text) and re.search(r"六|6|18", reply.text) else f"the hours are not in {reply.text[:80]!r}"


async def _long_prompt(trial: _Trial) -> str:
    lines = [
        f"Article {number}: a box of {number % 17 + 3} bolts, shelf {number % 29}, checked by the warehouse in week {number % 50 + 1}." for number in range(160)
    ]
    lines.insert(70, "Article 7000: the heron lamp, shelf 4411.")
    reply = await trial.reply(_ask("\n".join([*lines, "", "On which shelf is the heron lamp?"])))
    return "" if "4411" in reply.text else f"it did not find what stands in 160 lines: {reply.text[:80]!r}"


async def _cancellation(trial: _Trial) -> str:
    async with aclosing(trial.events(_ask("Tell a long story about a warehouse.", max_tokens=2000))) as events:  # type: ignore[type-var]
        async for _ in events:
            break
        left = trial.now()
    took = trial.now() - left
    if took > CLOSE_SECONDS:
        return f"leaving took {took:.1f} s"
    began = trial.now()
    await trial.reply(_ask("Say yes.", max_tokens=20))
    took = trial.now() - began
    return "" if took < 2 * max(trial.first, 1.0) + 5 else f"the next call waited {took:.1f} s: the server goes on with an answer that nobody reads"
