"""Fitting on labelled questions, and the file it is kept in."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.knowledge.base import Knowledge
from assistant.knowledge.calibration import Retrieval, Support, as_json, retrieval_of
from assistant.knowledge.cases import Case, in_documents, read_cases, recall
from assistant.knowledge.fit import Bench, Judged, Trial, fit, judged
from assistant.knowledge.search import HybridRetriever, Mix
from assistant.knowledge.snapshot import only
from assistant.types import Scope

CASES = (
    Case("r-1", "how many days to return unused tools", "en", ("returns",), ("Return window",)),
    Case("r-2", "put the label on the box, order number", "en", ("returns",), ("How to return",)),
    Case("r-3", "sharpen the blade every hours", "en", ("care",), ("Sharpening",)),
    Case("r-4", "blade bolt torque", "en", ("care",), ("Torque",)),
    Case("r-5", "cutting width of the M-40", "en", ("catalog",), ("M-40",)),
    Case("u-1", "who is the director of the zoo", "en"),
    Case("u-2", "do you paint fences in winter", "en"),
    Case("u-3", "which insurance covers theft", "en"),
)


def bench(knowledge: Knowledge, mix: Mix | None = None) -> Bench:
    return Bench(knowledge.snapshot(), knowledge.encoder, knowledge.names, knowledge.concepts, mix or Mix())


@pytest.fixture
def trial(knowledge: Knowledge, scope: Scope) -> Trial:
    return Trial(bench(knowledge), CASES, scope, settled=lambda case: case.id == "r-5", absent=lambda _: False, rivals=lambda _: frozenset())


def test_a_fit_answers_the_answerable_and_keeps_the_rest_apart(trial: Trial, knowledge: Knowledge, scope: Scope) -> None:
    found = fit([trial], [trial], answered=1.0)
    assert 0 <= found.mix.weight <= 1
    assert recall(HybridRetriever(bench(knowledge, found.mix)), CASES[:5], scope).hit1 == 1.0
    assert found.own.floor > 0
    assert found.own.weights["coverage"] > 0


def test_the_floor_falls_when_fewer_may_be_left_unanswered(trial: Trial) -> None:
    assert fit([trial], [trial], answered=1.0).own.floor <= fit([trial], [trial], answered=0.6).own.floor


def test_a_calibration_survives_its_file() -> None:
    made = Retrieval(Mix(weight=0.7), {"fused": 1.25}, Support({"coverage": 2.5}, -1.0, 0.4), Support({}, 0.0, 0.9))
    assert retrieval_of(json.loads(json.dumps({"retrieval": as_json(made), "confidence": {}}))) == made


def test_without_a_file_the_packaged_values_hold() -> None:
    found = retrieval_of({})
    assert found.own.weights
    assert found.seconded is None or found.seconded.mix.second > 0
    assert 0 < Retrieval().own.of({"fused": 1.0, "coverage": 1.0, "cosine": 0.6}) < 1
    assert Support({"a": 1000.0}).of({"a": 1000.0}) <= 1.0


def test_cases_are_read_by_split(tmp_path: Path) -> None:
    lines = [
        {"id": "a-7", "split": "dev", "lang": "zh", "question": "q", "document": "d", "section": ["s", "t"], "answer": ["x"]},
        {"id": "b-8", "split": "test", "lang": "en", "question": "r"},
    ]
    (tmp_path / "cases.jsonl").write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    (dev,) = read_cases(tmp_path / "cases.jsonl", "dev")
    assert dev == Case("a-7", "q", "zh-Hans", ("d",), ("s", "t"), ("x",))
    assert dev.group == 7
    assert read_cases(tmp_path / "cases.jsonl", "test")[0].documents == ()


def test_recall_across_languages_leaves_the_askers_variant_out(knowledge: Knowledge, scope: Scope) -> None:
    chinese = Bench(only(knowledge.snapshot(), ("zh",)), knowledge.encoder, knowledge.names, knowledge.concepts)
    there = {row.id for row in chinese.held.documents}
    assert there == {"returns", "catalog"}
    cases = in_documents(CASES, there)
    assert {case.id for case in cases} == {"r-1", "r-2", "r-5"}
    found = HybridRetriever(chinese).search("return", language="en", scope=scope, k=50)
    assert {passage.language for passage in found} == {"zh"}


def test_the_floor_keeps_the_unanswerable_silent_before_it_answers_more() -> None:
    seen = Judged((0.9, 0.8, 0.6, 0.4), (0.7, 0.5, 0.2), settled=0, refused=1)
    assert seen.at(seen.floor(answered=0.75, silent=0.0)) == (0.75, 0.75)
    assert seen.at(seen.floor(answered=0.75, silent=1.0)) == (0.5, 1.0)
    assert seen.at(0.0) == (1.0, 0.25)


def test_what_facts_settle_and_names_refuse_meets_no_floor() -> None:
    assert Judged((0.1,), (0.9,), settled=3, refused=1).at(0.5) == (0.75, 0.5)


def test_judging_counts_the_trials_that_weigh_most(trial: Trial, knowledge: Knowledge) -> None:
    learnt = replace(trial, weigh=0.1)
    told = replace(trial, refused=lambda case: case.id == "u-3")
    seen = judged([learnt, told], Retrieval(mix=Mix()))
    assert (seen.settled, seen.refused) == (1, 1)
    assert len(seen.answerable) <= 4
    assert len(seen.unanswerable) <= 2
