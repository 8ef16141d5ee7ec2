"""Open questions put to the assistant without a model and with others, side by side, graded by patterns alone; it ranks no model and asks none itself."""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from assistant.config import Config
from assistant.errors import AssistantError, ConfigError

if TYPE_CHECKING:
    from assistant.app import Assistant, Company

NONE = "none"
CHECKS = ("must", "must_not", "cite", "action", "writes")
# back ends that repeat what a file says: what they reach says nothing of any model
REHEARSED = ("scripted", "tape", NONE)
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation. `must` and `must_not` are patterns for all replies together, `cite` documents of which one is to be cited (none = any or no citation),
    `actions` what the last reply may be, `writes` how many receipts there are in the end."""

    id: str
    language: str
    as_: str
    say: tuple[str, ...]
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    writes: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one case went. `failed` names the checks that did not hold; `worded` is how many replies hold a model's words; tokens and calls of all its turns."""

    case: str
    language: str
    failed: tuple[str, ...]
    action: str
    text: str
    worded: int
    turns: int
    calls: int
    prompt: int
    seconds: float
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """All cases with one back end."""

    name: str
    outcomes: tuple[Outcome, ...] = field(default=())

    def passed(self, language: str = "") -> tuple[int, int]:
        rows = [outcome for outcome in self.outcomes if language in ("", outcome.language)]
        return sum(not outcome.failed for outcome in rows), len(rows)


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a JSONL file. Raises ConfigError with every problem in it."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from error
    cases: list[Case] = []
    problems: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                cases.append(_case(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError, re.error) as error:
                problems.append(f"{path}:{number}: {type(error).__name__}: {error}")
    if len({case.id for case in cases}) != len(cases):
        problems.append(f"{path}: an id stands twice")
    if problems or not cases:
        raise ConfigError(f"{path}: {len(problems)} problem(s), {len(cases)} case(s)", problems=problems)
    return tuple(cases)


def _case(row: Mapping[str, Any]) -> Case:
    for pattern in (*row.get("must", ()), *row.get("must_not", ())):
        re.compile(pattern)
    action = row.get("action", ())
    actions = (action,) if isinstance(action, str) else tuple(action)
    said = tuple(row["say"])
    if not said or not all(isinstance(text, str) and text.strip() for text in said):
        raise ValueError("nobody says anything")
    return Case(
        str(row["id"]), str(row["language"]), str(row["as"]), said, tuple(row.get("must", ())), tuple(row.get("must_not", ())), tuple(row.get("cite", ())),
        actions, int(row.get("writes", 0)),
    )  # fmt: skip


def failed_checks(case: Case, views: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The checks that the views of a case's turns do not pass."""
    text = "\n".join(str(view["text"]) for view in views)
    cited = {citation["document"] for view in views for citation in view["citations"]}
    held = {
        "must": all(re.search(pattern, text, re.IGNORECASE) for pattern in case.must),
        "must_not": not any(re.search(pattern, text, re.IGNORECASE) for pattern in case.must_not),
        "cite": not case.cite or bool(cited & set(case.cite)) or views[-1]["action"] != "reply",
        "action": not case.actions or views[-1]["action"] in case.actions,
        "writes": sum(len(view["receipts"]) for view in views) == case.writes,
    }
    return tuple(name for name in CHECKS if not held[name])


def compare(workspace: Path, cases: Sequence[Case], names: Iterable[str], *, progress: Progress | None = None) -> tuple[Column, ...]:
    """Every case with each back end of `names`, "none" first. Raises ConfigError for a back end that cannot be made."""
    return asyncio.run(_compared(workspace, cases, (NONE, *(name for name in names if name != NONE)), progress=progress))


async def _compared(workspace: Path, cases: Sequence[Case], names: Sequence[str], *, progress: Progress | None) -> tuple[Column, ...]:
    from assistant.app import load_company

    columns: list[Column] = []
    with tempfile.TemporaryDirectory(prefix="assistant-models-") as folder:
        company = await asyncio.to_thread(load_company, Config(workspace, Path(folder) / "company"))
        for number, name in enumerate(names):
            columns.append(await _column(company, Path(folder) / str(number), name, cases, progress=progress))
    return tuple(columns)


async def _column(company: Company, state: Path, name: str, cases: Sequence[Case], *, progress: Progress | None) -> Column:
    from assistant.app import build

    start = company.workspace.settings.clock.start
    assistant = await asyncio.to_thread(lambda: build(Config(company.workspace.root, state, model=name, clock=start), company=company))
    try:
        await assistant.start_briefly()
        outcomes = []
        for done, case in enumerate(cases, 1):
            outcomes.append(await _played(assistant, case))
            if progress is not None:
                progress(name, done, len(cases))
        return Column(name, tuple(outcomes))
    finally:
        await assistant.close()


async def _played(assistant: Assistant, case: Case) -> Outcome:
    """A new conversation; orders are not set back, since no case of this file may write."""
    principal = await assistant.principal(case.as_)
    conversation = await assistant.open_conversation(principal, channel="evaluation")
    views: list[Mapping[str, Any]] = []
    uses: list[Mapping[str, Any]] = []
    worded, started = 0, perf_counter()
    for text in case.say:
        try:
            view = await assistant.say(principal, conversation, text=text)
        except AssistantError as error:
            return Outcome(case.id, case.language, CHECKS, error.code, "", worded, len(case.say), len(uses), 0, perf_counter() - started, (error.code,))
        views.append(view)
        record = await assistant.trace(str(view["turn"]))
        calls = record.get("model_calls")
        uses += [use for use in calls if isinstance(use, dict)] if isinstance(calls, list) else []
        worded += _worded(record)
    took = perf_counter() - started
    prompt = sum(int(use["prompt"]) for use in uses)
    faults = tuple(str(use["outcome"]) for use in uses if use["outcome"] != "ok")
    last = views[-1]
    return Outcome(
        case.id, case.language, failed_checks(case, views), str(last["action"]), str(last["text"]), worded, len(views), len(uses), prompt, took, faults
    )  # fmt: skip


def _worded(record: Mapping[str, Any]) -> int:
    """Whether a turn's reply holds a model's words."""
    decisions = record.get("decisions")
    return int(any(isinstance(each, dict) and each.get("composed") for each in decisions)) if isinstance(decisions, list) else 0


def rows_of(columns: Sequence[Column]) -> list[tuple[str, ...]]:
    """The lines of the table: what is measured, then a cell for each back end."""
    found = [("cases passed", *(_share(column.passed()) for column in columns))]
    for language in sorted({outcome.language for column in columns for outcome in column.outcomes}):
        found.append((f"  {language}", *(_share(column.passed(language)) for column in columns)))
    for check in CHECKS:
        found.append((f"failed: {check}", *(str(sum(check in outcome.failed for outcome in column.outcomes)) for column in columns)))
    found.append(("replies in a model's words", *(_share((sum(o.worded for o in c.outcomes), sum(o.turns for o in c.outcomes))) for c in columns)))
    found.append(("model calls a turn", *(f"{_mean(column, 'calls'):.2f}" for column in columns)))
    found.append(("prompt tokens a turn", *(f"{_mean(column, 'prompt'):.0f}" for column in columns)))
    found.append(("failed model calls", *(str(sum(len(outcome.faults) for outcome in column.outcomes)) for column in columns)))
    found.append(("median ms a case", *(f"{median(outcome.seconds for outcome in column.outcomes) * 1000:.0f}" for column in columns)))
    return found


def apart(columns: Sequence[Column]) -> list[tuple[str, str, str]]:
    """(case, back end, "better" or "worse: checks") of every case that went otherwise than without a model."""
    found = []
    for column in columns[1:]:
        for bare, other in zip(columns[0].outcomes, column.outcomes, strict=True):
            if bool(bare.failed) != bool(other.failed):
                found.append((other.case, column.name, "better" if bare.failed else f"worse: {', '.join(other.failed)}"))
    return found


def rehearsed(columns: Sequence[Column]) -> bool:
    """Whether no real model was among the back ends."""
    return all(name.partition(":")[0] in REHEARSED for column in columns for name in column.name.split(","))


def as_json(columns: Sequence[Column]) -> dict[str, Any]:
    return {"columns": [asdict(column) for column in columns], "real_model": not rehearsed(columns)}


def _share(part: tuple[int, int]) -> str:
    done, all_ = part
    return f"{done}/{all_} ({done / all_:.0%})" if all_ else "-"


def _mean(column: Column, name: str) -> float:
    turns = sum(outcome.turns for outcome in column.outcomes)
    return sum(int(getattr(outcome, name)) for outcome in column.outcomes) / turns if turns else 0.0
