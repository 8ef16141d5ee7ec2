"""BM25 as a share of the most a question could score."""

from __future__ import annotations

import random

import numpy as np
import pytest

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


@pytest.mark.parametrize("seed", range(5))
def test_an_edited_index_answers_to_the_bit_as_one_made_anew(seed: int) -> None:
    chance = random.Random(seed)
    words = [a + b for a in "acegkmz" for b in "abc"]

    def section() -> tuple[str, ...]:
        return tuple(chance.choice(words) for _ in range(chance.randrange(20)))

    sections = [section() for _ in range(chance.randrange(40))]
    held = Lexical(sections)
    for _ in range(10):
        placed = [(each, number) for number, each in enumerate(sections) if chance.random() > 0.15] + [(section(), -1) for _ in range(chance.randrange(4))]
        chance.shuffle(placed)
        before, sections = sections, [each for each, _ in placed]
        held = held.edited(sections, [number for _, number in placed], before)
        anew = Lexical(sections)
        assert [(held.knows(word), held.rarity(word)) for word in words] == [(anew.knows(word), anew.rarity(word)) for word in words]
        assert np.array_equal(held.scores(words[::2]), anew.scores(words[::2]))


def test_many_edits_are_worth_merging_and_a_merge_changes_no_answer() -> None:
    sections = [("return", f"w{number}") for number in range(200)]
    held = Lexical(sections)
    edited = [*sections[:100], *(("window", f"n{number}") for number in range(100))]
    assert not held.due
    changed = held.edited(edited, [*range(100), *[-1] * 100], sections)
    due, before = changed.due, changed.scores(["window", "return"])
    changed.merge(edited)
    assert (due, changed.due) == (True, False)
    assert np.array_equal(changed.scores(["window", "return"]), before)


def test_words_of_a_removed_section_are_known_no_more() -> None:
    held = Lexical(SECTIONS).edited(SECTIONS[:2], [0, 1], SECTIONS)
    assert not held.knows("torque")
    assert held.knows("return")
    held.merge(SECTIONS[:2])
    assert "torque" not in repr(vars(held))
