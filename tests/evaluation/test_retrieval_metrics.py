"""Figures of rankings, against values worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from assistant.evaluation.retrieval_metrics import Figure, Ranking, figure, gain, hit, ndcg, recall, reciprocal_rank, scores

RANKING = Ranking("q", ("a", "b", "c", "d"), {"b": 2, "d": 1, "z": 1})


def test_figures_of_one_ranking() -> None:
    assert (hit(RANKING, 1), hit(RANKING, 2)) == (0.0, 1.0)
    assert recall(RANKING, 3) == pytest.approx(1 / 3)
    assert recall(RANKING, 4) == pytest.approx(2 / 3)
    assert reciprocal_rank(RANKING, 10) == 0.5
    assert reciprocal_rank(RANKING, 1) == 0.0
    ideal = 2 + 1 / log2(3) + 1 / log2(4)
    assert ndcg(RANKING, 10) == pytest.approx((2 / log2(3) + 1 / log2(5)) / ideal)


def test_a_perfect_ranking_is_1_and_an_empty_one_0() -> None:
    assert ndcg(Ranking("q", ("b", "d"), {"b": 2, "d": 1}), 10) == pytest.approx(1.0)
    empty = Ranking("q", (), {"b": 1})
    assert (hit(empty, 1), recall(empty, 5), reciprocal_rank(empty, 10), ndcg(empty, 10)) == (0.0, 0.0, 0.0, 0.0)
    assert recall(Ranking("q", ("a",), {}), 5) == ndcg(Ranking("q", ("a",), {}), 5) == 0.0


def test_grades_that_are_not_positive_are_not_right() -> None:
    assert (hit(Ranking("q", ("a",), {"a": 0, "b": -1}), 1), recall(Ranking("q", ("b",), {"b": -1}), 1)) == (0.0, 0.0)


def test_intervals_hold_the_mean_are_repeatable_and_narrow_with_more_questions() -> None:
    few, many = figure([0.0, 1.0] * 10), figure([0.0, 1.0] * 1000)
    assert few == figure([0.0, 1.0] * 10)
    assert few.low < few.mean == 0.5 < few.high
    assert many.high - many.low < (few.high - few.low) / 5
    assert figure([]) == Figure(0.0, 0.0, 0.0)
    assert figure([1.0] * 5) == Figure(1.0, 1.0, 1.0)


def test_scores_gather_all_questions() -> None:
    found = scores([RANKING, Ranking("r", ("x",), {"x": 1})])
    assert found.count == 2
    assert found.hit1.mean == 0.5
    assert found.mrr10.mean == pytest.approx(0.75)


def test_a_gain_is_paired() -> None:
    better = gain([1.0, 1.0, 0.5, 1.0] * 20, [0.5, 1.0, 0.0, 0.5] * 20)
    assert better.low > 0
    assert gain([1.0, 0.0], [0.0, 1.0]).mean == 0.0
    with pytest.raises(ValueError):
        gain([1.0], [])
