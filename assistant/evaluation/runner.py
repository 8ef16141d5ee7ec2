"""Plays scenarios against a subject, trial after trial, and hands the outcome to the reports; it judges nothing itself."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from assistant.config import Config
from assistant.errors import AssistantError, ConfigError, Conflict
from assistant.evaluation import report
from assistant.evaluation.graders import grade
from assistant.evaluation.result import Result, Row, Trial
from assistant.evaluation.subject import Subject, in_process
from assistant.evaluation.suite import Suite, load_suite
from assistant.evaluation.transcript import Bubble, Failure, Spoken, Transcript
from assistant.workspace.scenario import AgentDoes, Scenario, Turn

NONE = "none"  # a suite is played on the built-in engine alone, unless a model is named
PATIENCE = 60.0
PASSED, FAILED, SET_UP = 0, 1, 2
Progress = Callable[[str, int, int], None]
Start = Callable[[Path, Path], Awaitable[Subject]]


def run_suite(
    path: Path | str,
    *,
    config: Config | None = None,
    trials: int | None = None,
    seed: int | None = None,
    out: Path | None = None,
    progress: Progress | None = None,
    start: Start | None = None,
) -> int:
    """Plays the suite in a file and prints its table: 0 when every row that ran passed, 1 when one failed, 2 when it could not be played at all.

    The suite is about the workspace it lies in, or that of `config` when it lies in none. `trials` and `seed` default to the suite's own; `out` is a folder
    for `<suite>.json` and `<suite>.xml`; `start(workspace, state)` makes the subject: by default the assistant
    of this process, with the models that `config` names.
    """
    start = start or partial(in_process, model=(config.model if config else "") or NONE)
    try:
        suite = load_suite(Path(path), workspace=config.workspace if config else None)
        result = asyncio.run(_played(suite, start, trials=trials or suite.trials, seed=suite.seed if seed is None else seed, progress=progress))
    except ConfigError as error:
        print("\n".join([error.message, *(f"  {problem}" for problem in error.problems)]))
        return SET_UP
    except (AssistantError, OSError) as error:
        print(f"the suite could not be played: {error}")
        return SET_UP
    print(report.table(result))
    if out is not None:
        print("written: " + ", ".join(str(file) for file in report.write(result, out)))
    return FAILED if any(row.outcome == "failed" for row in result.rows) else PASSED


async def _played(suite: Suite, start: Start, *, trials: int, seed: int, progress: Progress | None) -> Result:
    with tempfile.TemporaryDirectory(prefix="assistant-eval-") as folder:
        subject = await start(suite.workspace, Path(folder))
        try:
            return await play_suite(subject, suite.scenarios, suite=suite.id, trials=trials, seed=seed, progress=progress)
        finally:
            await subject.close()


async def play_suite(
    subject: Subject, scenarios: Sequence[Scenario], *, suite: str = "", trials: int = 1, seed: int = 1, progress: Progress | None = None
) -> Result:
    """Every scenario `trials` times, each time from the fixture. A scenario's paraphrases are drawn by `seed`."""
    started = perf_counter()
    rows = []
    for position, scenario in enumerate(scenarios, 1):
        played = tuple([await play_trial(subject, scenario, number=number, seed=seed) for number in range(trials)])
        rows.append(Row(scenario, played))
        if progress:
            progress(suite, position, len(scenarios))
    return Result(suite, tuple(rows), trials, seed, perf_counter() - started)


async def play_trial(subject: Subject, scenario: Scenario, *, number: int, seed: int) -> Trial:
    """One play, graded. What the subject raises is a failure of the scenario."""
    missing = tuple(part for part in scenario.requires if part not in subject.parts)
    if missing:
        return Trial(number, skipped=missing)
    started = perf_counter()
    stage = _Stage(subject, scenario, number, seed)
    try:
        transcript = await stage.play()
    except Exception as error:  # a bug of the product is this row's failure, not the end of the suite
        return Trial(number, (Failure("crash", stage.step, "an answer", f"{type(error).__name__}: {error}"),), seconds=perf_counter() - started)
    return Trial(number, grade(transcript, subject.ground), transcript.skipped, transcript, perf_counter() - started)


def wording(scenario: Scenario, step: int, *, trial: int, seed: int) -> str:
    """What is said in a step of a trial: as written in the first one, then its paraphrases in an order drawn by the seed."""
    turn = scenario.turns[step - 1]
    if trial == 0 or not turn.paraphrases:
        return turn.say or ""
    order = sorted(turn.paraphrases, key=lambda words: hashlib.sha256(f"{seed}:{scenario.id}:{step}:{words}".encode()).hexdigest())
    return order[(trial - 1) % len(order)]


class _Stage:
    """One play of a scenario in progress."""

    def __init__(self, subject: Subject, scenario: Scenario, trial: int, seed: int) -> None:
        self.subject = subject
        self.scenario = scenario
        self.trial = trial
        self.seed = seed
        self.step = 0
        self.at = scenario.clock
        self.contact = scenario.as_
        self.conversation = ""
        self.spoken: list[Spoken] = []
        self.skipped: list[str] = []
        self.screen: list[Bubble] | None = None
        self.drafts: list[Mapping[str, Any]] = []

    async def play(self) -> Transcript:
        await self.subject.reset(self.scenario.clock)
        start = await self.subject.state()
        self.conversation = await self.subject.open(self.contact)
        for step, turn in enumerate(self.scenario.turns, 1):
            self.step = step
            missing = [part for part in turn.requires if part not in self.subject.parts]
            if missing:
                self.skipped += missing
            else:
                await self._do(turn)
        if self.screen is not None:
            last = max((bubble.seq for bubble in self.screen), default=0)
            self.screen += await self.subject.log(self.conversation, after=last)
        resumed = tuple(self.screen) if self.screen is not None else None
        return Transcript(self.scenario, start, await self.subject.state(), tuple(self.spoken), tuple(self.skipped), resumed)

    async def _do(self, turn: Turn) -> None:
        if turn.spoken:
            await self._say(turn)
        elif turn.as_ is not None:
            self.contact = turn.as_
            self.conversation = await self.subject.open(turn.as_)
        elif turn.clock is not None:
            self.at = turn.clock
            self.subject.set_clock(turn.clock)
        elif turn.agent is not None and turn.agent.close:
            await self.subject.agent_closes(self.conversation, agent=turn.agent.name)
        elif turn.agent is not None and turn.agent.draft:
            self.drafts.append(await self.subject.draft(self.conversation))
        elif turn.agent is not None and turn.agent.send:
            await self._send(turn.agent)
        elif turn.agent is not None and turn.agent.say:
            await self.subject.agent_says(self.conversation, agent=turn.agent.name, text=turn.agent.say)
        elif turn.drop_socket:
            self.screen = list(await self.subject.log(self.conversation))
        elif turn.kill_model:
            await self.subject.kill_model()

    async def _send(self, does: AgentDoes) -> None:
        """The newest draft as edited. Every older one that the customer wrote after must be refused, and an edit must find its words."""
        for old in self.drafts[:-1]:
            if old["basis"] == self.drafts[-1]["basis"]:
                continue
            try:
                await self.subject.agent_sends(self.conversation, agent=does.name, text=str(old["text"]), basis=str(old["basis"]))
            except Conflict:
                continue
            raise AssertionError("a draft that the customer had written after was sent")
        text, basis = str(self.drafts[-1]["text"]), str(self.drafts[-1]["basis"])
        for before, after in does.edit.items():
            assert before in text, f"no {before!r} in the draft {text!r}"
            text = text.replace(before, after)
        await self.subject.agent_sends(self.conversation, agent=does.name, text=text, basis=basis)

    async def _say(self, turn: Turn) -> None:
        """One message, or several at once: they are sent together and each is answered."""
        texts = turn.parallel or (wording(self.scenario, self.step, trial=self.trial, seed=self.seed),)
        before = await self.subject.state()
        messages = [f"{self.scenario.id}-{self.trial}-{self.step}-{number}" for number in range(len(texts))]
        files = [Path(self.scenario.path).parent / name for name in turn.attach]
        started = perf_counter()
        async with asyncio.timeout(PATIENCE):
            sent = zip(texts, messages, strict=True)
            views = await asyncio.gather(*(self.subject.say(self.conversation, text, message=message, files=files) for text, message in sent))
        seconds = (perf_counter() - started) / len(texts)
        after = await self.subject.state()
        for text, message, view in zip(texts, messages, views, strict=True):
            said = Spoken(
                step=self.step,
                turn=turn,
                conversation=self.conversation,
                company=self.contact.company,
                contact=self.contact.contact,
                message=message,
                text=text,
                at=self.at,
                language=turn.expect.language or turn.language or self.scenario.language,
                view=view,
                before=before,
                after=after,
                seconds=seconds,
            )
            self.spoken.append(await self._looked_into(said))

    async def _looked_into(self, said: Spoken) -> Spoken:
        """With the stored record and the sections cited."""
        keys = {(str(c.get("document")), int(c.get("version") or 0), str(c.get("section"))) for c in said.citations}
        sections = {key: await self.subject.section(*key) for key in sorted(keys)}
        turn = str(said.view.get("turn") or "")
        return replace(said, sections=sections, trace=await self.subject.trace(turn) if turn else {})
