"""Whatever a model's server does wrong, a customer gets one whole answer in time: the model's, the built-in one, or a person."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from assistant.app import Company
from assistant.dialog.model.sentences import cleaned, sentences_of
from assistant.events import SENTENCE, TURN_COMPLETED, WRITE_EXECUTED, Event
from assistant.llm.hosted import HostedModel
from assistant.workspace.company import ModelBudget, ModelSpec
from tests.llm.faulty import MODES, Answer, Faulty, FaultyProcess
from tests.puppets.hostile import shown, true_sentences
from tests.puppets.world import World

DEADLINE = 1.0
# what the machine may add to the turn's own time: reading, searching and storing, ten at once on two cores
SLACK = 3.0
ASKED = (
    ("C1/李伟", "我们的水里有点沙子，用哪款更耐用？为啥"),
    ("C2/Dana Cole", "Summarise your return policy for my boss please"),
    ("C2/Dana Cole", "How much dripping from the seal is normal, and what should we do beyond that?"),
    ("C2/Dana Cole", "and what about the other one then"),
)
SPEC = ModelSpec(
    turn_seconds=DEADLINE,
    first_token_seconds=0.8,
    idle_seconds=0.5,
    parallel=32,
    budget=ModelBudget(turn_tokens=0, conversation_tokens=0),
    retry_after_seconds=0.0,
)
# nothing reaches a server that refuses or whose queue is full: the failed call itself is the proof
UNSEEN = ("refuse", "slow_connect")


def truthful(body: dict[str, Any]) -> Answer:
    """The first two sentences of the material."""
    if body.get("response_format"):
        return Answer(('{"standalone": "", ', '"requests": []}'))
    return Answer(tuple(re.findall(r"\S+\s*", " ".join(true_sentences(shown(body))[:2]) or "NO_ANSWER")))


@dataclass
class Heard:
    """What was published of one conversation."""

    streamed: list[str] = field(default_factory=list)
    ended: int = 0
    writes: int = 0


@dataclass
class Turn:
    asked: str
    view: dict[str, Any]
    seconds: float
    heard: Heard
    calls: list[dict[str, Any]]


class Bench:
    """One assistant whose model can be made to fail in any way, and what it says of itself without a model."""

    def __init__(self, company: Company, prepared: Path, folder: Path) -> None:
        self.world = World(company, shutil.copytree(prepared, folder / "with"), reply=truthful, spec=SPEC)
        self.heard: dict[str, Heard] = {}
        self.world.assistant.bus.listen(self._hear)
        bare = World(company, shutil.copytree(prepared, folder / "without"), spec=ModelSpec(use=("none",)))
        views = {text: bare.talk(who, [text])[0].view for who, text in ASKED}
        bare.end()
        self.builtin = {text: str(view["text"]) for text, view in views.items()}
        # a question that the built-in engine answers from documents, which a model may word
        self.known = next(n for n, (_, text) in enumerate(ASKED) if views[text]["action"] == "reply" and views[text]["citations"])

    def _hear(self, event: Event) -> None:
        heard = self.heard.setdefault(event.conversation, Heard())
        heard.streamed += [str(event.data["text"])] if event.name == SENTENCE else []
        heard.ended += event.name == TURN_COMPLETED
        heard.writes += event.name == WRITE_EXECUTED

    def aim(self, url: str) -> None:
        """The model's server is at `url` from now on."""
        models = self.world.assistant.models
        assert models is not None
        for back_end in models.route.back_ends():
            self.world.run(back_end.model.close())
            back_end.model = HostedModel("puppet", base_url=url)

    async def turn(self, number: int) -> Turn:
        who, text = ASKED[number % len(ASKED)]
        assistant = self.world.assistant
        principal = await assistant.principal(who)
        conversation = await assistant.open_conversation(principal, channel="test")
        began = monotonic()
        view = dict(await assistant.say(principal, conversation, text=text))
        seconds = monotonic() - began
        record = await assistant.trace(str(view["turn"]))
        return Turn(text, view, seconds, self.heard[conversation], list(record["model_calls"]))  # type: ignore[arg-type]

    def turns(self, count: int, *, at_once: int) -> list[Turn]:
        async def batch(begin: int) -> list[Turn]:
            return list(await asyncio.gather(*(self.turn(number) for number in range(begin, min(begin + at_once, count)))))

        found: list[Turn] = []
        for begin in range(0, count, at_once):
            self.world.calm()
            found += self.world.run(batch(begin))
        return found

    def faults(self, turn: Turn) -> list[str]:
        """What is wrong with the end of a turn, whatever the model did."""
        found = []
        if turn.heard.ended != 1:
            found.append(f"{turn.heard.ended} ends")
        if turn.seconds > DEADLINE + SLACK:
            found.append(f"{turn.seconds:.2f} s")
        if turn.heard.writes or turn.view["receipts"]:
            found.append("something was written")
        text = str(turn.view["text"])
        if turn.view["action"] not in ("reply", "ask", "decline", "handoff") or not text.strip():
            found.append(f"no answer: {turn.view['action']} {text!r}")
        if not text.startswith("".join(turn.heard.streamed[:1])):
            found.append("what was streamed does not begin the reply")
        return found + [f"cut off: {sentence}" for sentence in sentences_of(text) if not self._whole(sentence, turn)]

    def _whole(self, sentence: str, turn: Turn) -> bool:
        """Whether a sentence is one of the built-in answer, of the workspace's texts or, whole, of the documents."""
        flat = _flat(sentence)
        texts = self.world.assistant.workspace.texts
        known = [self.builtin[turn.asked], repr(texts), *(row.text for row in self.world.assistant.knowledge.snapshot().sections)]
        if turn.view["action"] in ("ask", "handoff"):
            return True
        return any(flat in _flat(text) for text in known) and sentence.rstrip()[-1:] in ".。!！?？;；:："


def _flat(text: str) -> str:
    return "".join(char for char in cleaned(text).casefold() if char.isalnum())


@pytest.fixture(scope="module")
def bench(company: Company, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    made = Bench(company, prepared, tmp_path_factory.mktemp("faults"))
    yield made
    made.world.end()


def played(bench: Bench, mode: str, count: int, *, at_once: int) -> list[Turn]:
    """Turns against one fault, with the proof that it was met."""
    server: Faulty = bench.world.server
    bench.aim(server.url(mode))
    before = Counter(server.seen)
    turns = bench.turns(count, at_once=at_once)
    met = sum(1 for turn in turns if turn.calls)
    assert met >= count // 2
    assert mode in UNSEEN or server.seen[mode] - before[mode] >= met
    if mode in UNSEEN:
        assert all(call["outcome"] in ("unreachable", "total", "first_token") for turn in turns for call in turn.calls)
    return turns


@pytest.mark.parametrize("mode", MODES)
def test_each_fault_ends_in_one_whole_answer_in_time(bench: Bench, mode: str) -> None:
    for turn in played(bench, mode, 4, at_once=4):
        assert bench.faults(turn) == []


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("mode", [mode for mode in MODES if mode not in ("killed", "hung")])
def test_fifty_turns_of_each_fault_end_well(bench: Bench, mode: str) -> None:
    wrong = [(turn.asked, faults) for turn in played(bench, mode, 50, at_once=10) if (faults := bench.faults(turn))]
    assert wrong == []


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("mode", ["killed", "hung"])
def test_a_server_that_dies_or_stands_still_is_survived(bench: Bench, mode: str) -> None:
    async def one(process: FaultyProcess, number: int) -> Turn:
        await process.ensure()
        return await bench.turn(number)

    process = FaultyProcess()
    bench.world.run(process.__aenter__())
    try:
        bench.aim(process.url(mode))
        for number in range(50):
            bench.world.calm()
            turn = bench.world.run(one(process, number))
            assert bench.faults(turn) == []
        assert process.seen[mode] >= 30
    finally:
        bench.world.run(process.__aexit__())


def test_after_five_failures_the_built_in_answer_comes_without_asking(bench: Bench) -> None:
    server = bench.world.server
    bench.aim(server.url("server_error"))
    bench.world.calm()
    for _ in range(5):
        bench.world.run(bench.turn(bench.known))
    seen = server.seen["server_error"]
    for _ in range(2):
        turn = bench.world.run(bench.turn(bench.known))
        assert [call["outcome"] for call in turn.calls] == []
        assert turn.view["text"] == bench.builtin[turn.asked]
        assert turn.seconds < DEADLINE, "it is not even asked"
    assert server.seen["server_error"] == seen


def test_a_probe_lets_the_model_back_in(bench: Bench) -> None:
    models = bench.world.assistant.models
    assert models is not None
    (back_end,) = models.route.back_ends()
    bench.world.calm()
    for _ in range(5):
        back_end.breaker.failed("server")
    assert not back_end.breaker.allows()
    clock, back_end.breaker.now = back_end.breaker.now, lambda: monotonic() + 3600.0
    try:
        bench.aim(bench.world.server.url())
        turn = bench.world.run(bench.turn(bench.known))
    finally:
        back_end.breaker.now = clock
    assert turn.calls[0]["outcome"] == "ok"
    assert back_end.breaker.opened is None


def test_a_customer_who_goes_away_closes_the_request_within_a_second(bench: Bench) -> None:
    server = bench.world.server
    bench.aim(server.url("hung"))
    bench.world.calm()
    server.gone.clear()

    async def leave() -> float:
        seen = server.seen["hung"]
        work = asyncio.create_task(bench.turn(bench.known))
        async with asyncio.timeout(5):
            while server.seen["hung"] == seen:
                await asyncio.sleep(0.005)
        left = monotonic()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        async with asyncio.timeout(5):
            while not server.gone:
                await asyncio.sleep(0.005)
        return server.gone[-1][1] - left

    assert bench.world.run(leave()) < 1.0


def test_a_full_back_end_gives_the_built_in_answer(bench: Bench) -> None:
    models = bench.world.assistant.models
    assert models is not None
    bench.world.calm()
    bench.aim(bench.world.server.url())

    async def crowded() -> Turn:
        for _ in range(SPEC.parallel):
            await models.route._places.acquire()
        try:
            return await bench.turn(bench.known)
        finally:
            for _ in range(SPEC.parallel):
                models.route._places.release()

    turn = bench.world.run(crowded())
    assert [call["outcome"] for call in turn.calls] == ["busy"]
    assert turn.view["text"] == bench.builtin[turn.asked]
