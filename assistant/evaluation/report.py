"""A suite's result as a table for people, JSON for programs and JUnit XML for build servers; it computes nothing that the result does not hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as xml

from assistant.evaluation.result import Result, Row, Score, Trial

_MOST_SHOWN = 3


def table(result: Result) -> str:
    """The rows, what failed in each, and the scores of both languages with the gap between them."""
    lines = [f"{result.suite}: {len(result.rows)} scenarios, {result.trials} trial(s) each, seed {result.seed}", ""]
    for row in result.rows:
        count = f"{row.passes}/{len(row.trials)}"
        lines.append(f"  {row.outcome:<8} {count:>5}  {row.scenario.id:<8} {row.scenario.title or _first_words(row)}")
        lines += [f"{'':>17}needs {', '.join(sorted(parts))}; what could be played {_rest(row)}" for parts in [_missing(row)] if parts]
        lines += [f"{'':>17}{line}" for line in (*_failures(row), *_said(row))]
    lines += ["", *(_scored(name, result.score(key)) for name, key in (("all", ""), ("zh", "zh"), ("en", "en")) if result.of(key))]
    lines += [*_gap(result), *_pairs(result)]
    waiting = [row.scenario.id for row in result.rows if row.outcome == "not run"]
    if waiting:
        lines.append(f"not run: {', '.join(waiting)}")
    messages, seconds = _spent(result)
    lines.append(f"{messages} messages in {result.seconds:.1f} s, {seconds * 1000:.1f} ms each")
    return "\n".join(lines)


def _first_words(row: Row) -> str:
    return next((turn.say or " / ".join(turn.parallel) for turn in row.scenario.turns if turn.say or turn.parallel), "")[:60]


def _missing(row: Row) -> set[str]:
    return {part for trial in row.trials for part in trial.skipped}


def _rest(row: Row) -> str:
    if not any(trial.transcript for trial in row.trials):
        return "is nothing"
    return "failed" if row.outcome == "failed" else "passed"


def _failures(row: Row) -> list[str]:
    """The failures of a row, each once, with the trials it happened in."""
    seen: dict[str, list[int]] = {}
    for trial in row.trials:
        for failure in trial.failures:
            seen.setdefault(str(failure), []).append(trial.number + 1)
    every = len(row.trials)
    lines = [text if len(numbers) == every else f"{text} (trial {', '.join(map(str, numbers))})" for text, numbers in seen.items()]
    return lines if len(lines) <= _MOST_SHOWN else [*lines[:_MOST_SHOWN], f"… and {len(lines) - _MOST_SHOWN} more"]


def _said(row: Row) -> list[str]:
    """What was said in the failing trials that did not say it as it is written."""
    found = []
    for trial in row.trials:
        spoken = trial.transcript.spoken if trial.transcript and trial.failures else ()
        words = [one.text for one in spoken if one.turn.say is not None and one.text != one.turn.say]
        found += [f"trial {trial.number + 1} said {' · '.join(map(repr, words))}"] if words else []
    return found[:_MOST_SHOWN]


def _scored(name: str, score: Score) -> str:
    powers = "  ".join(f"pass^{k} {value:.1%}" for k, value in score.power.items())
    return f"{name:<4} {score.passed}/{score.rows} rows  {powers}"


def _gap(result: Result) -> Iterator[str]:
    zh, en = result.score("zh"), result.score("en")
    if zh.power and en.power:
        yield "gap  " + "  ".join(f"pass^{k} {(zh.power[k] - en.power[k]) * 100:+.1f} points (zh - en)" for k in zh.power)


def _pairs(result: Result) -> Iterator[str]:
    pairs = [(one, other) for one, other in result.pairs() if "not run" not in (one.outcome, other.outcome)]
    apart = [
        f"{one.scenario.id} {one.passes}/{len(one.trials)} · {other.scenario.id} {other.passes}/{len(other.trials)}"
        for one, other in pairs
        if one.passes != other.passes
    ]
    if pairs:
        yield f"pairs in two languages: {len(pairs) - len(apart)} of {len(pairs)} with the same outcome" + (f"; apart: {'; '.join(apart)}" if apart else "")


def _spent(result: Result) -> tuple[int, float]:
    spoken = [one for row in result.rows for trial in row.trials if trial.transcript for one in trial.transcript.spoken]
    return len(spoken), sum(one.seconds for one in spoken) / len(spoken) if spoken else 0.0


def as_json(result: Result) -> dict[str, Any]:
    """The result with every transcript: what was said, answered, cited and called, and the state hash's parts at the end."""
    return {
        "suite": result.suite,
        "trials": result.trials,
        "seed": result.seed,
        "seconds": round(result.seconds, 3),
        "scores": {name: _score(result.score(key)) for name, key in (("all", ""), ("zh", "zh"), ("en", "en"))},
        "pairs": [{"rows": [one.scenario.id, other.scenario.id], "passes": [one.passes, other.passes]} for one, other in result.pairs()],
        "rows": [_row(row) for row in result.rows],
    }


def _score(score: Score) -> dict[str, Any]:
    return {"rows": score.rows, "passed": score.passed, **{f"pass^{k}": round(value, 4) for k, value in score.power.items()}}


def _row(row: Row) -> dict[str, Any]:
    scenario = row.scenario
    about = {"id": scenario.id, "language": scenario.language, "file": scenario.path, "mirrors": scenario.mirrors or None}
    return {**about, "outcome": row.outcome, "passes": row.passes, "trials": [_trial(trial) for trial in row.trials]}


def _trial(trial: Trial) -> dict[str, Any]:
    failures = [{"rule": failure.rule, "turn": failure.step or None, "expected": failure.expected, "got": failure.got} for failure in trial.failures]
    found: dict[str, Any] = {"number": trial.number + 1, "outcome": trial.outcome, "missing": list(trial.skipped), "failures": failures}
    transcript = trial.transcript
    if transcript is None:
        return found
    turns = [
        {"turn": one.step, "as": f"{one.company}/{one.contact}", "text": one.text, "ms": round(one.seconds * 1000, 2), "answer": dict(one.view)}
        for one in transcript.spoken
    ]
    calls = [call for one in transcript.spoken for call in one.trace.get("model_calls") or ()]
    return {**found, "turns": turns, "model_calls": calls, "end": {"tickets": transcript.end.get("tickets"), "handoffs": transcript.end.get("handoffs")}}


def as_junit(result: Result) -> str:
    """JUnit XML: a test case per row, with its failures; a row that was not run is skipped."""
    failed = [row for row in result.rows if row.outcome == "failed"]
    waiting = [row for row in result.rows if row.outcome == "not run"]
    counts = {"tests": str(len(result.rows)), "failures": str(len(failed)), "skipped": str(len(waiting)), "errors": "0", "time": f"{result.seconds:.3f}"}
    suite = xml.Element("testsuite", {"name": result.suite, **counts})
    for row in result.rows:
        seconds = sum(trial.seconds for trial in row.trials)
        case = xml.SubElement(suite, "testcase", {"classname": f"{result.suite}.{row.scenario.language}", "name": row.scenario.id, "time": f"{seconds:.3f}"})
        if row.outcome == "failed":
            failure = xml.SubElement(case, "failure", {"message": _printable(_failures(row)[0])})
            failure.text = _printable("\n".join(str(one) for trial in row.trials for one in trial.failures))
        elif row.outcome == "not run":
            xml.SubElement(case, "skipped", {"message": f"needs {', '.join(sorted(_missing(row)))}"})
    return xml.tostring(suite, encoding="unicode", xml_declaration=True)


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(char for char in text if char in "\t\n" or ord(char) >= 32)


def write(result: Result, folder: Path) -> tuple[Path, Path]:
    """`<suite>.json` and `<suite>.xml` in a folder, which is made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    told, junit = folder / f"{result.suite}.json", folder / f"{result.suite}.xml"
    told.write_text(json.dumps(as_json(result), ensure_ascii=False, indent=1, default=str), encoding="utf-8")
    junit.write_text(as_junit(result), encoding="utf-8")
    return told, junit
