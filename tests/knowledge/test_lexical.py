"""BM25 as a share of the most a question could score."""

from __future__ import annotations

import numpy as np

from assistant.knowledge.lexical import Lexical

SECTIONS = [["return", "window", "days"], ["return", "label"], ["torque", "bolt"]]


def test_the_section_that_says_more_scores_more() -> None:
    shares = Lexical(SECTIONS).shares([(["return", "window"], 1.0)])
    assert shares[0] > shares[1] > shares[2] == 0
    assert shares.max() < 1


def test_words_that_are_nowhere_lower_the_share() -> None:
    lexical = Lexical(SECTIONS)
    assert lexical.shares([(["window", "nowhere"], 1.0)])[0] < lexical.shares([(["window"], 1.0)])[0]
    assert lexical.rarity("nowhere") > lexical.rarity("window") > lexical.rarity("return")
    assert lexical.knows("label")
    assert not lexical.knows("nowhere")


def test_groups_weigh_as_told() -> None:
    lexical = Lexical(SECTIONS)
    mixed = lexical.shares([(["window"], 1.0), (["torque"], 0.0)])
    assert np.allclose(mixed, lexical.shares([(["window"], 1.0)]))


def test_an_empty_index_and_an_empty_question_score_nothing() -> None:
    assert Lexical([]).shares([(["a"], 1.0)]).shape == (0,)
    assert not Lexical(SECTIONS).shares([([], 1.0)]).any()


def test_a_score_is_the_formula_s() -> None:
    lexical = Lexical([["a", "b"], ["a"], []])
    # rarity ln(1 + (3 - 1 + 0.5) / (1 + 0.5)), said once in two words where one is the mean
    expected = np.log(1 + 2.5 / 1.5) / (1 + 1.5 * (0.25 + 0.75 * 2))
    assert np.allclose(lexical.scores(["b"]), [expected, 0, 0])
    assert np.allclose(lexical.scores(["b", "b"]), [2 * expected, 0, 0])
