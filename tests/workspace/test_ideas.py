"""The words of a trade: what is read, and that each mistake names its line."""

from __future__ import annotations

from assistant.workspace.ideas import read_ideas
from assistant.workspace.source import Report


def test_a_line_is_an_idea() -> None:
    report = Report()
    text = "# trade\n\n叶轮 轮子 | impeller, pump wheel\n | seat, ring\n水锤 水击 |\n"
    assert read_ideas(text, "corpus/concepts.txt", report) == (("叶轮", "轮子", "impeller", "pump wheel"), ("seat", "ring"), ("水锤", "水击"))
    assert not report.problems


def test_mistakes_name_their_line() -> None:
    report = Report()
    assert read_ideas("a b\n叶轮 |\n甲 | b | c\n", "corpus/concepts.txt", report) == ()
    assert [problem.line for problem in report.problems] == [1, 2, 3]
    assert all(problem.file == "corpus/concepts.txt" for problem in report.problems)
