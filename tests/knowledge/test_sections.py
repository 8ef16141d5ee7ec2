"""Sections cut by a document's own structure, their ids, and the chunks in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.knowledge.sections import MOST, chunk, cut, section_ids, tokens

LONG_TABLE = "## Parts\n\nAll parts:\n\n| No | Name |\n|---|---|\n" + "".join(f"| {n} | part number {n} of the machine |\n" for n in range(200))


def test_each_heading_is_a_section_with_its_path() -> None:
    text = "lead\n\n# Doc\n\nintro\n\n## A\n\na1\n\n### B\n\nb1\n\n## C\n\nc1\n"
    assert [(text[piece.start : piece.end], piece.path) for piece in cut(text)] == [
        ("lead", ()),
        ("intro", ("Doc",)),
        ("a1", ("Doc", "A")),
        ("b1", ("Doc", "A", "B")),
        ("c1", ("Doc", "C")),
    ]


def test_a_long_table_is_split_by_rows_and_keeps_its_header() -> None:
    pieces = cut(LONG_TABLE)
    assert len(pieces) > 2
    assert all(piece.kind == "table" and piece.context.endswith("| No | Name |\n|---|---|") for piece in pieces)
    assert all(tokens(LONG_TABLE[piece.start : piece.end]) <= MOST for piece in pieces)
    rows = "\n".join(LONG_TABLE[piece.start : piece.end] for piece in pieces).split("\n")
    assert rows == LONG_TABLE.strip().split("\n")[6:]


def test_a_list_stays_with_its_lead_in() -> None:
    text = "## Steps\n\nDo this:\n\n1. one\n2. two\n\n" + "More text. " * 400
    assert text[cut(text)[0].start :].startswith("Do this:\n\n1. one\n2. two")


def test_questions_and_answers_are_a_section_each() -> None:
    text = "# FAQ\n\n**Q1: May I?**\nYes.\n\n**Q2: Must I?**\nNo.\n\n**问：可以吗？**\n可以。\n"
    assert [text[piece.start : piece.end] for piece in cut(text)] == ["**Q1: May I?**\nYes.", "**Q2: Must I?**\nNo.", "**问：可以吗？**\n可以。"]


def test_a_heading_that_asks_marks_its_section() -> None:
    assert [piece.kind for piece in cut("## Can I return it?\n\nYes.\n\n## Window\n\nTwo days.\n")] == ["qa", "prose"]


def test_ids_are_readable_unique_and_stable() -> None:
    text = "# D\n\n## Return window: 20 days\n\na\n\n## 退货期限\n\nb\n\n## 退货期限\n\nc\n"
    pieces = cut(text)
    assert section_ids(pieces, "en") == ("en/return-window-20-days", "en/退货期限", "en/退货期限-2")
    longer = cut(text.replace("a\n", "a and more\n"))
    assert section_ids(longer, "en") == section_ids(pieces, "en")


@given(st.text(alphabet="# \n|-*1.aB中文。:", max_size=300))
def test_sections_never_overlap_and_lines_are_right(text: str) -> None:
    end = 0
    for piece in cut(text):
        assert end <= piece.start < piece.end <= len(text)
        assert text.count("\n", 0, piece.start) == piece.line
        end = piece.end


def test_chunks_are_short_and_rows_stand_alone() -> None:
    prose = "第一句话讲的是送货。第二句话讲的是退货的期限和条件。第三句话讲的是怎么联系我们的客服同事。第四句话讲的是发票怎么开。"
    text = f"{prose}\n\n| 项目 | 数值 |\n|---|---|\n| 扬程 | 32 m |\n| 流量 | 25 m³/h |"
    found = chunk(text)
    assert [each.text for each in found[-2:]] == ["扬程 数值 32 m", "流量 数值 25 m³/h"]
    assert all(len(each.text) <= 62 for each in found)
    assert text[found[-2].start : found[-2].end] == "| 扬程 | 32 m |"


def test_rows_of_a_split_table_speak_with_the_header_of_their_context() -> None:
    assert [each.text for each in chunk("| bolt | 35 N·m |", context="| Part | M-40 |\n|---|---|")] == ["bolt M-40 35 N·m"]
