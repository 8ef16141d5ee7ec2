"""Differences by section, with the words marked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.knowledge.diff import compare, compare_words
from assistant.store.knowledge import SectionRow


def section(name: str, text: str) -> SectionRow:
    return SectionRow("d", "en", 1, f"en/{name}", 0, "prose", name, "", text, 0, 1, (), "")


def changes(old: list[SectionRow], new: list[SectionRow]) -> list[tuple[str, str]]:
    return [(each.heading, each.change) for each in compare(old, new)]


A, B, C = section("a", "Sharpen the blade every 25 hours."), section("b", "Hang the mower up."), section("c", "冬天把油放掉。")


def test_sections_are_matched_by_text_id_and_likeness() -> None:
    assert changes([A, B, C], [A, B, C]) == [("a", "same"), ("b", "same"), ("c", "same")]
    assert changes([A, B, C], [A, C]) == [("a", "same"), ("b", "removed"), ("c", "same")]
    assert changes([A, C], [A, B, C]) == [("a", "same"), ("b", "added"), ("c", "same")]
    assert changes([A, B], [B, A]) == [("b", "same"), ("a", "same")]
    assert changes([A], [replace(A, text="Sharpen the blade every 40 hours.")]) == [("a", "changed")]
    renamed = replace(A, id="en/x", heading="x", text="Sharpen the blade every 40 hours.")
    assert changes([A, B], [renamed, B]) == [("x", "changed"), ("b", "same")]
    assert changes([A], []) == [("a", "removed")]
    assert changes([A, B], [C]) == [("c", "added"), ("a", "removed"), ("b", "removed")]


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("within 20 days", "within 25 days", [("removed", "20"), ("added", "25")]),
        ("送达后 20 天内", "送达后 25 天内", [("removed", "20"), ("added", "25")]),
        ("1,600 mm", "1,650 mm", [("removed", "1,600"), ("added", "1,650")]),
        ("may be opened", "may not be opened", [("added", " not")]),
        ("可以退货", "不可以退货", [("added", "不")]),
        ("P-100", "P-200", [("removed", "P-100"), ("added", "P-200")]),
    ],
)
def test_only_the_words_that_changed_are_marked(old: str, new: str, marked: list[tuple[str, str]]) -> None:
    found = compare_words(old, new)
    assert [each for each in found if each[0] != "same"] == marked
    assert "".join(text for mark, text in found if mark != "removed") == new
    assert "".join(text for mark, text in found if mark != "added") == old
