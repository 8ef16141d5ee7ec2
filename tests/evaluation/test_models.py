"""Open questions with and without a model, graded by patterns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ConfigError
from assistant.evaluation.models import Column, Outcome, apart, as_json, compare, failed_checks, read_cases, rehearsed, rows_of
from tests.conftest import ROOT

ROW = {
    "id": "a",
    "language": "en",
    "as": "C2/Dana Cole",
    "say": ["What is the flow of the P-100?"],
    "must": ["25"],
    "must_not": ["32"],
    "cite": ["p-100"],
    "action": "reply",
}
DULL = """
format: 1
rules:
  - {when: {schema: true}, json: {standalone: "", requests: []}}
  - {say: NO_ANSWER}
"""


def _file(folder: Path, *rows: Any) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def _view(text: str, *, action: str = "reply", cited: str = "p-100", receipts: int = 0) -> dict[str, Any]:
    return {"text": text, "action": action, "citations": [{"document": cited}] if cited else [], "receipts": [{}] * receipts}


def test_the_cases_of_the_demo_can_be_read() -> None:
    cases = read_cases(ROOT / "evals/data/open_wording.jsonl")
    assert len(cases) >= 100
    assert {case.language for case in cases} == {"zh", "en"}


def test_every_problem_of_a_file_is_told(tmp_path: Path) -> None:
    path = _file(tmp_path, ROW, ROW, "{", {**ROW, "id": "b", "must": ["("]}, {**ROW, "id": "c", "say": [""]}, {"id": "d"})
    with pytest.raises(ConfigError) as wrong:
        read_cases(path)
    assert len(wrong.value.problems) == 5
    with pytest.raises(ConfigError):
        read_cases(tmp_path / "absent.jsonl")


@pytest.mark.parametrize(
    ("view", "failed"),
    [
        (_view("It is 25 m³/h."), ()),
        (_view("It is much."), ("must",)),
        (_view("It is 25 or 32."), ("must_not",)),
        (_view("It is 25.", cited="faq"), ("cite",)),
        (_view("It is 25.", cited=""), ("cite",)),
        (_view("It is 25.", action="ask", cited=""), ("action",)),
        (_view("It is 25.", receipts=1), ("writes",)),
    ],
)
def test_each_check_by_itself(tmp_path: Path, view: dict[str, Any], failed: tuple[str, ...]) -> None:
    (case,) = read_cases(_file(tmp_path, ROW))
    assert failed_checks(case, [view]) == failed


def _outcome(case: str, *failed: str) -> Outcome:
    return Outcome(case, "en", failed, "reply", "x", 1, 1, 2, 300, 0.01)


def test_the_table_shows_columns_side_by_side_and_what_went_apart() -> None:
    columns = (Column("none", (_outcome("a"), _outcome("b", "must"))), Column("openai:x", (_outcome("a", "cite"), _outcome("b"))))
    rows = {row[0]: row[1:] for row in rows_of(columns)}
    assert rows["cases passed"] == ("1/2 (50%)", "1/2 (50%)")
    assert rows["model calls a turn"] == ("2.00", "2.00")
    assert apart(columns) == [("a", "openai:x", "worse: cite"), ("b", "openai:x", "better")]
    assert not rehearsed(columns)
    assert as_json(columns)["real_model"] is True
    assert rehearsed((Column("none"), Column("scripted:x.yaml,tape:replay:f:openai:x")))


def test_a_dull_model_answers_as_none_does(tmp_path: Path) -> None:
    script = tmp_path / "dull.yaml"
    script.write_text(DULL, encoding="utf-8")
    rows = [ROW, {**ROW, "id": "b", "say": ["What is the impeller diameter of the P-100?"], "must": [], "cite": [], "action": ["decline", "reply"]}]
    none, dull = compare(ROOT, read_cases(_file(tmp_path, *rows)), [f"scripted:{script}"])
    assert [(a.text, a.failed) for a in none.outcomes] == [(b.text, b.failed) for b in dull.outcomes]
    assert sum(outcome.calls for outcome in none.outcomes) == 0 < sum(outcome.calls for outcome in dull.outcomes)
    assert sum(outcome.worded for outcome in dull.outcomes) == 0


def test_a_back_end_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        compare(ROOT, read_cases(_file(tmp_path, ROW)), ["scripted:absent.yaml"])
