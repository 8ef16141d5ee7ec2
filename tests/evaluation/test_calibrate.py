"""Confidence thresholds: where they are set, when they stay out, and that they are kept beside what else was fitted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import ConfigError
from assistant.evaluation.calibrate import ENOUGH, Point, fit, is_right, read_labelled, threshold, trade_off, write
from assistant.knowledge.cases import Case
from assistant.types import Answer, Sentence


def points(*pairs: tuple[float, bool], intent: str = "product.spec", language: str = "en") -> list[Point]:
    return [Point(intent, language, confidence, right) for confidence, right in pairs]


def test_it_stands_where_wrong_answers_end() -> None:
    seen = points((0.60, False), (0.62, False), (0.64, True), (0.66, False), (0.80, True), (0.90, True), (0.95, False), (0.99, True))
    assert threshold(seen) == pytest.approx(0.63)


def test_one_wrong_answer_more_is_chance() -> None:
    assert threshold(points((0.60, False), (0.80, True), (0.90, True))) == 0.0


def test_answers_of_the_same_confidence_stay_together() -> None:
    assert threshold(points((0.6, False), (0.6, False), (0.6, False), (0.6, True), (0.9, True))) == pytest.approx(0.75)
    assert threshold(points((0.6, False), (0.6, False), (0.6, False))) == 0.0


def test_an_intent_has_its_own_only_with_enough_answers() -> None:
    many = points(*[(0.5, False)] * ENOUGH, (0.9, True), intent="policy.question")
    few = points((0.3, True), (0.4, True), intent="product.spec")
    found = fit([*many, *few]).thresholds
    assert set(found) == {"default", "en", "policy.question.en"}
    assert found["default"] == 0.0
    assert found["policy.question.en"] == pytest.approx(0.7)


def test_the_curve_tells_what_is_given_up() -> None:
    rows = {step: (given, right) for step, given, right in trade_off(points((0.55, False), (0.7, True), (0.9, True), (0.9, False)))}
    assert rows[0.5] == (1.0, 0.5)
    assert rows[0.65] == (0.75, 0.667)
    assert rows[0.95] == (0.0, 0.0)


def test_no_answer_to_an_unanswerable_question_is_right() -> None:
    said = Answer("spec", (Sentence("P-100 head: 1,032 m."),), 0.9)
    assert is_right(said, Case("x", "?", "en", answers=("1032 m",)))
    assert not is_right(said, Case("x", "?", "en"))


def test_it_is_kept_beside_what_else_was_fitted(tmp_path: Path) -> None:
    (tmp_path / "evals").mkdir()
    (tmp_path / "evals" / "calibration.json").write_text('{"retrieval": {"floor": 0.5}}')
    held = json.loads(write(tmp_path, fit(points((0.5, True)))).read_text())
    assert held["retrieval"] == {"floor": 0.5}
    assert held["confidence"] == {"default": 0.0, "en": 0.0}
    assert len(held["confidence_curve"]["en"]) == 10


def test_without_labelled_questions_it_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"retrieval\.jsonl"):
        read_labelled(tmp_path, split="dev")
