"""The tool loop: asks a model, runs the tools it calls through the function it is given, and asks again; what may be done or said is decided elsewhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from assistant.llm.calls import reply_of
from assistant.llm.prompts import defused
from assistant.llm.route import Route, Visit
from assistant.model_types import ModelCall, ModelMessage, ModelReply, ModelRequest, TextDelta
from assistant.types import Json

MOST_TOOL_CALLS = 6
# what one tool result may bring into the prompt
RESULT_CHARACTERS = 6_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model wants the server to start: a procedure with the customer's words for its slots. Nothing is done by it."""

    name: str
    slots: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Looked:
    """One tool call with what it gave; `problem` when it gave nothing."""

    call: ModelCall
    arguments: Mapping[str, Json]
    data: Json = None
    problem: str = ""


Call = Callable[[str, Mapping[str, Json]], Awaitable[tuple[Json, str]]]


@dataclass(frozen=True, slots=True)
class Talk:
    """What came of asking: the answer's text, or a proposal; and the look-ups made for it."""

    text: str = ""
    proposal: Proposal | None = None
    looked: tuple[Looked, ...] = ()


async def ask(route: Route, request: ModelRequest, visit: Visit) -> ModelReply:
    """One complete answer. Raises ModelFailed."""
    async with aclosing(route.stream(request, visit)) as events:
        return await reply_of(events)


async def converse(route: Route, request: ModelRequest, visit: Visit, *, call: Call) -> Talk:
    """At most two calls: one with the tools, and one without them that has to answer from what they brought. Text before a tool call is dropped.

    Raises ModelFailed.
    """
    reply = await ask(route, request, visit)
    if not reply.calls:
        return Talk(reply.text)
    looked, proposal = await _looked(reply.calls, call)
    if proposal is not None:
        return Talk(proposal=proposal, looked=looked)
    said = ModelMessage("assistant", "", tuple(each.call for each in looked))
    results = tuple(ModelMessage("tool", _told(each), call_id=each.call.id) for each in looked)
    again = await ask(route, replace(request, messages=(*request.messages, said, *results), tools=()), visit)
    return Talk(again.text, looked=looked)


async def _looked(calls: Sequence[ModelCall], call: Call) -> tuple[tuple[Looked, ...], Proposal | None]:
    """The results of the first calls, run beside each other; one made twice is run once. A proposal ends the loop."""
    kept: list[Looked] = []
    for made in calls[:MOST_TOOL_CALLS]:
        arguments = arguments_of(made.arguments)
        if arguments is None:
            kept.append(Looked(made, {}, problem="the arguments are not one JSON object"))
        elif made.name == "start_procedure":
            proposal = proposal_of(arguments)
            if proposal is not None:
                return tuple(kept), proposal
            kept.append(Looked(made, arguments, problem="name and slots are needed"))
        elif any((made.name, arguments) == (other.call.name, other.arguments) for other in kept):
            kept.append(Looked(made, arguments, problem="the same call was made already"))
        else:
            kept.append(Looked(made, arguments))
    return tuple(await asyncio.gather(*(_run(each, call) for each in kept))), None


async def _run(looked: Looked, call: Call) -> Looked:
    if looked.problem:
        return looked
    data, problem = await call(looked.call.name, looked.arguments)
    return replace(looked, data=data, problem=problem)


def arguments_of(text: str) -> Mapping[str, Json] | None:
    """A call's arguments; None when they are no JSON object, or hold half characters, which nothing can store. No arguments at all are an empty one."""
    try:
        found = json.loads(text) if text.strip() else {}
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def proposal_of(arguments: Mapping[str, Json]) -> Proposal | None:
    name, slots = arguments.get("name"), arguments.get("slots", {})
    if not isinstance(name, str) or not isinstance(slots, dict):
        return None
    return Proposal(name, {key: value for key, value in slots.items() if isinstance(value, str)})


def _told(looked: Looked) -> str:
    """A result as the model reads it: data, never instructions. Of a list too long the last entries are left out, whole."""
    if looked.problem:
        return json.dumps({"error": looked.problem}, ensure_ascii=False)
    data = looked.data
    while len(told := json.dumps(data, ensure_ascii=False, default=str)) > RESULT_CHARACTERS and isinstance(data, list) and len(data) > 1:
        data = data[:-1]
    return defused(told[:RESULT_CHARACTERS])


async def pieces_of(route: Route, request: ModelRequest, visit: Visit) -> AsyncGenerator[str, None]:
    """The text of one complete answer as it comes. Raises ModelFailed, also after some of it."""
    async with aclosing(route.stream(request, visit)) as events:
        async for event in events:
            if isinstance(event, TextDelta):
                yield event.text
