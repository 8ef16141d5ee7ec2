"""Figures of a statement with their units and bounds, and when two are the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.dialog.support.bounds import Figure, same_figure
from assistant.dialog.support.figures import normal, read_figures


def read(text: str) -> list[tuple[str, str, str, str]]:
    return [(figure.kind, str(figure.low), figure.unit, figure.bound) for figure in read_figures(normal(text))[0]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at most 5 kg", [("quantity", "5", "kg", "max")]),
        ("no less than 50 %", [("quantity", "50", "%", "min")]),
        ("不少于50%", [("quantity", "50", "%", "min")]),
        ("15 天内", [("quantity", "15", "day", "max")]),
        ("满5000元", [("money", "5000", "CNY", "min")]),
        ("CNY 4,800", [("money", "4800", "CNY", "")]),
        ("twenty-four months", [("quantity", "24", "month", "")]),
        ("百分之十一点二", [("quantity", "11.2", "%", "")]),
        ("by March 5", [("date", "(0, 3, 5)", "", "until")]),
        ("3月5日前", [("date", "(0, 3, 5)", "", "until")]),
        ("5 p.m.", [("clock", "(17, 0)", "", "")]),
        ("下午5点半", [("clock", "(17, 30)", "", "")]),
        ("the IP55 motor", [("code", "ip55", "", "")]),
        ("10 袋", [("number", "10", "bag", "")]),
        ("more than 3 boxes", [("number", "3", "box", "min")]),
    ],
)
def test_figures_are_read_with_their_bounds(text: str, found: list[tuple[str, str, str, str]]) -> None:
    assert read(text) == found


def test_an_exact_conversion_is_the_same_and_a_rounded_one_is_not() -> None:
    def pressure(value: str, unit: str) -> Figure:
        return Figure("quantity", Decimal(value), unit, 0, 0)

    assert same_figure(pressure("16", "bar"), pressure("1.6", "MPa"))
    assert not same_figure(pressure("1.6", "bar"), pressure("1.6", "MPa"))
    assert not same_figure(pressure("232", "psi"), pressure("1.6", "MPa"))


def test_bags_are_no_boxes() -> None:
    one, other = Figure("number", Decimal(10), "bag", 0, 0), Figure("number", Decimal(10), "box", 0, 0)
    assert not same_figure(one, other)
    assert same_figure(one, Figure("number", Decimal(10), "", 0, 0))
