"""The way to the models: order, breakers, time, places, budgets, and what is noted of each call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from time import perf_counter
from typing import Any

import pytest

from assistant.errors import ModelFailed
from assistant.llm.breaker import Breaker
from assistant.llm.budget import Account, Ledger
from assistant.llm.hosted import HostedModel
from assistant.llm.route import BackEnd, Route, Visit, whole
from assistant.llm.watch import Limits
from assistant.model_types import CallDelta, Finished, ModelEvent, ModelMessage, ModelRequest, TextDelta, Usage
from assistant.workspace.company import ModelBudget, ModelPrice
from tests.llm.faulty import Faulty

REQUEST = ModelRequest((ModelMessage("user", "What is the flow of the P-100?"),), max_tokens=50)
GOOD = (TextDelta("25 m³/h."), Usage(40, 6), Finished("stop"))


class Told:
    """Says its events, then fails with `fault` if it has one; counts its calls and notes when it was closed early."""

    def __init__(self, *events: ModelEvent, fault: str = "", name: str = "told", hang: bool = False) -> None:
        self.name = name
        self.events = events
        self.fault = fault
        self.hang = hang
        self.calls = 0
        self.left = 0
        self.seconds: list[float] = []

    async def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        self.calls += 1
        self.seconds.append(request.seconds)
        try:
            for event in self.events:
                yield event
            if self.hang:
                await asyncio.Event().wait()
            if self.fault:
                raise ModelFailed(self.fault, code=self.fault)
        except (GeneratorExit, asyncio.CancelledError):
            self.left += 1
            raise

    async def ping(self) -> str:
        return "ok"

    async def close(self) -> None:
        pass


def _route(*models: Told, parallel: int = 4, limits: Limits | None = None) -> Route:
    return Route({"answer": [BackEnd(model) for model in models]}, limits=limits or Limits(), parallel=parallel)


def _visit(seconds: float = 5.0, **budget: int) -> Visit:
    return Visit(perf_counter() + seconds, Account(ModelBudget(**budget), ModelPrice(1.0, 2.0), Ledger(), known=True))


async def _heard(route: Route, visit: Visit, request: ModelRequest = REQUEST) -> list[ModelEvent]:
    return [event async for event in route.stream(request, visit)]


def _codes(visit: Visit) -> list[tuple[str, str]]:
    return [(use.back_end, use.outcome) for use in visit.uses]


async def test_the_first_back_end_that_serves_answers_and_the_call_is_noted() -> None:
    visit = _visit()
    assert await _heard(_route(Told(*GOOD, name="a"), Told(*GOOD, name="b")), visit) == list(GOOD)
    (use,) = visit.uses
    assert (use.back_end, use.outcome, use.prompt, use.completion, use.cost, use.estimated) == ("a", "ok", 40, 6, 52, False)


async def test_a_failing_back_end_gives_way_to_the_next() -> None:
    visit = _visit()
    assert await _heard(_route(Told(fault="server", name="a"), Told(*GOOD, name="b")), visit) == list(GOOD)
    assert _codes(visit) == [("a", "server"), ("b", "ok")]


async def test_after_text_nobody_takes_over() -> None:
    second = Told(*GOOD, name="b")
    heard: list[ModelEvent] = []

    async def listen() -> None:
        async for event in _route(Told(TextDelta("25"), fault="server", name="a"), second).stream(REQUEST, _visit()):
            heard.append(event)

    with pytest.raises(ModelFailed) as failed:
        await listen()
    assert heard == [TextDelta("25")]
    assert failed.value.started
    assert second.calls == 0


async def test_calls_of_a_failed_back_end_are_not_mixed_with_those_of_the_next() -> None:
    cut = Told(CallDelta(0, "c1", "get_order", '{"ord'), fault="cut", name="a")
    good = (CallDelta(0, "c2", "get_order", '{"order": "1"}'), Finished("tool_calls"))
    assert await _heard(_route(cut, Told(*good, name="b")), _visit()) == list(good)


async def test_a_stream_that_merely_stops_is_cut() -> None:
    with pytest.raises(ModelFailed) as failed:
        await _heard(_route(Told(TextDelta("25 m³"))), _visit())
    assert failed.value.code == "cut"


async def test_no_back_end_for_a_task_is_a_failure_and_known_beforehand() -> None:
    route = _route(Told(*GOOD))
    assert route.serves("answer")
    assert not route.serves("read")
    with pytest.raises(ModelFailed) as failed:
        await _heard(route, _visit(), ModelRequest(REQUEST.messages, "read"))
    assert failed.value.code == "unreachable"


async def test_what_is_left_of_the_turn_is_all_a_back_end_gets() -> None:
    model = Told(*GOOD)
    await _heard(_route(model), _visit(2.0))
    assert 1.5 < model.seconds[0] <= 2.0


async def test_a_turn_that_is_over_makes_no_call() -> None:
    model = Told(*GOOD)
    visit = _visit(-0.1)
    with pytest.raises(ModelFailed) as failed:
        await _heard(_route(model), visit)
    assert failed.value.code == "total"
    assert model.calls == 0
    assert visit.uses == []


async def test_a_model_that_hangs_is_left_at_the_end_of_the_turn_and_closed() -> None:
    model = Told(TextDelta("25"), hang=True)
    began = perf_counter()
    with pytest.raises(ModelFailed) as failed:
        await _heard(_route(model), _visit(0.2))
    assert failed.value.code == "total"
    assert perf_counter() - began < 1.0
    assert model.left == 1


async def test_five_failures_open_the_breaker_and_no_more_calls_are_made() -> None:
    model = Told(fault="server")
    route = _route(model)
    codes = []
    for _ in range(7):
        with pytest.raises(ModelFailed) as failed:
            await _heard(route, _visit())
        codes.append(failed.value.code)
    assert codes == ["server"] * 5 + ["open"] * 2
    assert model.calls == 5


async def test_every_place_taken_is_busy_soon_costs_nothing_and_is_no_fault_of_the_back_end() -> None:
    model = Told(TextDelta("25"), hang=True)
    route = _route(model, parallel=1)
    held = asyncio.create_task(_heard(route, _visit(5)))
    while not model.calls:
        await asyncio.sleep(0)
    visit = _visit(0.1)
    with pytest.raises(ModelFailed) as failed:
        await _heard(route, visit)
    held.cancel()
    await asyncio.gather(held, return_exceptions=True)
    assert failed.value.code == "busy"
    assert model.calls == 1
    assert model.left == 1
    assert (visit.uses[0].prompt, visit.uses[0].cost, visit.account.turn.tokens) == (0, 0, 0)
    assert route.back_ends()[0].breaker.failures == 0


async def test_a_budget_that_is_used_up_makes_no_call_and_asks_nobody_else() -> None:
    first, second = Told(*GOOD, name="a"), Told(*GOOD, name="b")
    route, visit = _route(first, second), _visit(turn_tokens=30)
    await _heard(route, visit)
    with pytest.raises(ModelFailed) as failed:
        await _heard(route, visit)
    assert failed.value.code == "budget"
    assert (first.calls, second.calls) == (1, 0)
    assert visit.account.turn.tokens == 46


async def test_missing_or_zero_usage_is_estimated_and_never_zero() -> None:
    for events in ((TextDelta("25 m³/h."), Finished("stop")), (TextDelta("25 m³/h."), Usage(0, 0), Finished("stop"))):
        visit = _visit()
        await _heard(_route(Told(*events)), visit)  # type: ignore[arg-type]
        assert visit.uses[0].estimated
        assert visit.uses[0].prompt > 5
        assert visit.uses[0].completion > 2


async def test_more_than_was_asked_for_is_not_read_to_its_end() -> None:
    endless: Sequence[Any] = [TextDelta("word " * 40)] * 50
    with pytest.raises(ModelFailed) as failed:
        await _heard(_route(Told(*endless, *GOOD)), _visit())
    assert failed.value.code == "garbled"


async def test_an_iterator_left_early_closes_the_call_and_gives_its_place_back() -> None:
    model = Told(TextDelta("25"), TextDelta(" m³/h"), hang=True)
    route = _route(model, parallel=1)
    visit = _visit()
    events = route.stream(REQUEST, visit)
    await anext(events)
    await events.aclose()
    assert model.left == 1
    assert _codes(visit) == [("told", "cancelled")]
    assert route.back_ends()[0].breaker.failures == 0
    model.hang, model.events = False, GOOD
    assert await _heard(route, _visit()) == list(GOOD)


async def test_one_back_end_of_several_tasks_is_listed_once() -> None:
    back_end = BackEnd(Told(*GOOD))
    route = Route({"answer": [back_end], "read": [back_end]}, limits=Limits(), parallel=1)
    assert route.back_ends() == (back_end,)


def test_half_characters_are_mended() -> None:
    assert whole(TextDelta("a\ud83db")) == TextDelta("a\ufffdb")
    assert whole(TextDelta("\ud83d\ude00")) == TextDelta("😀")
    assert whole(CallDelta(0, arguments='{"a": "\udc00"}')) == CallDelta(0, arguments='{"a": "\ufffd"}')
    event = TextDelta("流量 25 m³/h 😀")
    assert whole(event) is event


class _Time:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


async def test_a_server_that_says_when_to_come_back_is_not_asked_before() -> None:
    """Against real servers: the first is full and asks for 7 seconds, of which the setting grants 5; meanwhile the second one answers."""
    time = _Time()
    async with Faulty(mode="rate_limited") as full, Faulty(mode="ok") as other:
        models = [HostedModel("m", base_url=server.url(), key="k", name=name) for server, name in ((full, "full"), (other, "other"))]
        route = Route({"answer": [BackEnd(model, Breaker(now=time, most_wait=5.0)) for model in models]}, limits=Limits(), parallel=4)
        asked = []
        for seconds in (0.0, 0.1, 4.8, 0.2, 4.9):
            time.at += seconds
            visit = _visit()
            assert any(isinstance(event, TextDelta) for event in await _heard(route, visit))
            asked.append((full.seen.total(), _codes(visit)))
        full.mode = "ok"
        time.at += 0.2
        visit = _visit()
        await _heard(route, visit)
        asked.append((full.seen.total(), _codes(visit)))
        await route.close()
    refused, passed_by = [("full", "rate_limited"), ("other", "ok")], [("other", "ok")]
    assert asked == [(1, refused), (1, passed_by), (1, passed_by), (2, refused), (2, passed_by), (3, [("full", "ok")])]


async def test_with_nobody_else_to_ask_a_full_server_costs_no_time() -> None:
    async with Faulty(mode="rate_limited") as full:
        route = Route({"answer": [BackEnd(HostedModel("m", base_url=full.url(), key="k"))]}, limits=Limits(), parallel=4)
        with pytest.raises(ModelFailed) as first:
            await _heard(route, _visit())
        visit = _visit()
        with pytest.raises(ModelFailed) as second:
            await _heard(route, visit)
        await route.close()
    assert (first.value.code, second.value.code, full.seen.total(), visit.uses) == ("rate_limited", "open", 1, [])
