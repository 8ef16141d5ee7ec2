"""Fits the confidence below which a person answers, per intent and language, from a workspace's labelled questions; it fits no retrieval."""

from __future__ import annotations

import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt
from pathlib import Path

from assistant.config import Config
from assistant.dialog.parts import Parts
from assistant.dialog.question import NEAR, Question
from assistant.errors import ConfigError
from assistant.knowledge.cases import Case, read_cases
from assistant.types import Answer, Hints, Reading, Scope
from assistant.workspace.model import CALIBRATION

SETS = ("retrieval", "unanswerable", "catalog_questions")
# fewer answers of one intent in one language say too little of their own; the language's threshold serves them
ENOUGH = 30
# handing over must spare at least this many wrong answers more than it costs right ones, or the threshold would follow chance
LEAST_GAIN = 2
STEPS = tuple(step / 20 for step in range(10, 20))


@dataclass(frozen=True, slots=True)
class Point:
    """One answer that was given: what was asked for, in which language ("zh" or "en"), how sure it was (0–1), and whether it was right."""

    intent: str
    language: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Calibrated:
    """`thresholds` by "<intent>.<language>", language, and "default"; `curve` by language: [threshold, share still answered, share of those right]."""

    thresholds: Mapping[str, float]
    curve: Mapping[str, Sequence[tuple[float, float, float]]]
    points: int


def fit(points: Iterable[Point]) -> Calibrated:
    """The thresholds that make the fewest mistakes, where a wrong answer given and a right one handed over count the same."""
    groups: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        groups[point.language].append(point)
        groups[f"{point.intent}.{point.language}"].append(point)
    languages = [name for name in groups if "." not in name]
    thresholds = {name: threshold(held) for name, held in sorted(groups.items()) if name in languages or len(held) >= ENOUGH}
    curve = {name: trade_off(groups[name]) for name in sorted(languages)}
    return Calibrated({"default": 0.0, **thresholds}, curve, sum(len(groups[name]) for name in languages))


def threshold(points: Sequence[Point]) -> float:
    """The confidence below which an answer is more often wrong than right, halfway between two that were seen; 0 when there is none to gain from.

    What is spared is lessened by half its standard error under chance, the root of the number handed over: a long run of even odds is no gain.
    """
    ordered = sorted(points, key=lambda point: point.confidence)
    best, gain, at = 0.0, 0, 0.0
    for count, (point, after) in enumerate(pairwise(ordered), 1):
        gain += -1 if point.right else 1
        worth = gain - sqrt(count) / 2
        if gain >= LEAST_GAIN and worth > best and after.confidence > point.confidence:
            best, at = worth, (point.confidence + after.confidence) / 2
    return round(at, 4)


def trade_off(points: Sequence[Point]) -> tuple[tuple[float, float, float], ...]:
    """What each threshold would leave to the assistant: the share of answers still given, and how many of those are right."""
    found = []
    for step in STEPS:
        given = [point for point in points if point.confidence >= step]
        right = sum(point.right for point in given)
        found.append((step, round(len(given) / max(len(points), 1), 3), round(right / max(len(given), 1), 3)))
    return tuple(found)


def is_right(answer: Answer, case: Case) -> bool:
    """Whether an answer holds one of the strings that are right; of an unanswerable question no answer is."""
    text = _squeezed(" ".join(sentence.text for sentence in answer.sentences))
    return any(_squeezed(string) in text for string in case.answers)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s,]", "", text).lower()


def read_labelled(workspace: Path, *, split: str) -> tuple[Case, ...]:
    """A workspace's labelled questions. Raises ConfigError when there are none."""
    folder = workspace / "evals" / "data"
    found = [case for name in SETS if (folder / f"{name}.jsonl").is_file() for case in read_cases(folder / f"{name}.jsonl", split)]
    if not found:
        files = ", ".join(f"{name}.jsonl" for name in SETS)
        raise ConfigError(f'{folder} holds no labelled questions of split "{split}"; write some ({files}) as docs/knowledge.md shows')
    return tuple(found)


def collect(config: Config, cases: Sequence[Case], *, progress: Callable[[int, int], None] | None = None) -> tuple[Point, ...]:
    """Asks every question of the built-in engine, each on its own, and keeps what was answered with the intent it was read as. Raises ConfigError."""
    from assistant.app import build, load_company

    company = load_company(config)
    found = []
    with tempfile.TemporaryDirectory() as state:
        assistant = build(replace(config, state=Path(state), fresh=False), company=company)
        try:
            assistant.knowledge.sync()
            for number, case in enumerate(cases, start=1):
                point = _point(assistant.parts, case)
                found += [point] if point is not None else []
                if progress is not None:
                    progress(number, len(cases))
        finally:
            assistant.store.close()
    return tuple(found)


def _point(parts: Parts, case: Case) -> Point | None:
    now = parts.clock.now()
    reading: Reading = parts.reader.read(case.question, Hints(case.language, now))
    found = parts.answers(Question(case.question, reading.standalone, case.language), Scope("public", now))
    answer = None if found is not None and found.kind == NEAR else found
    if answer is None:
        return None
    intent = reading.requests[0].intent if reading.requests else ""
    return Point(intent, "en" if case.language == "en" else "zh", answer.support, is_right(answer, case))


def write(workspace: Path, calibrated: Calibrated) -> Path:
    """Keeps the thresholds and their curve beside what else was fitted."""
    path = workspace / CALIBRATION
    held = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    held["confidence"] = dict(calibrated.thresholds)
    held["confidence_curve"] = {name: [list(row) for row in rows] for name, rows in calibrated.curve.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(held, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
