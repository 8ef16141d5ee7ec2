"""The changes themselves: each is one place, and nothing is left out."""

from __future__ import annotations

from tests.literals.mutants import of_expression


def changed(source: str, *groups: tuple[str, ...]) -> list[str]:
    return [text for _, text in of_expression(source, groups)]


def test_numbers_move_by_one_and_comparisons_turn() -> None:
    assert changed("a.b > 10") == ["a.b >= 10", "a.b <= 10", "a.b > 11", "a.b > 9"]
    assert changed("f(x) - 0") == ["f(x) + 0", "f(x) - 1", "f(x) - (-1)"]


def test_words_become_the_next_of_their_kind_and_one_nobody_has() -> None:
    assert changed("s == 'new'", ("new", "old")) == ["s != 'new'", "s == 'old'", "s == 'newx'"]
    assert changed("!(s in ['new'])", ("new", "old")) == ["(s in ['new'])", "!(s in ['old'])", "!(s in ['newx'])"]


def test_dates_move_by_a_day_and_truth_turns() -> None:
    assert changed("d < date('2026-02-28')")[2:] == ["d < date('2026-03-01')", "d < date('2026-02-27')"]
    assert changed("true && a") == ["true || a", "false && a"]


def test_an_operator_after_a_bracket_is_the_right_one() -> None:
    assert changed("(a < b) && c") == ["(a < b) || c", "(a <= b) && c", "(a >= b) && c"]
