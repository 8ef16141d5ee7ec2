"""Blocks, cells and plain words of Markdown."""

from __future__ import annotations

from assistant.knowledge.markdown import blocks, plain, tables

TABLE = "Intro\n\n| Part | M-40 | M-52 |\n|---|:--:|---|\n| bolt | 35 N·m | **50 N·m** |\n| nut | 20 N·m |\n\nAfter"


def test_blocks_know_their_lines_and_parts() -> None:
    found = blocks("# One\n\ntext\n\n1. a\n2. b\n   - c\n3. d\n\n```\ncode\n```\n> quote\n")
    assert [(block.kind, block.first) for block in found] == [("heading", 0), ("paragraph", 2), ("list", 4), ("code", 9), ("quote", 12)]
    assert found[2].parts == ((4, 5), (5, 7), (7, 9))


def test_a_setext_heading_is_a_heading() -> None:
    assert [(block.kind, block.level) for block in blocks("Title\n=====\n\nSub\n---\n")] == [("heading", 1), ("heading", 2)]


def test_cells_are_where_they_stand() -> None:
    table = tables(TABLE)[0]
    assert [cell.text for cell in table.header] == ["Part", "M-40", "M-52"]
    assert [[cell.text for cell in row] for row in table.rows] == [["bolt", "35 N·m", "50 N·m"], ["nut", "20 N·m"]]
    cell = table.rows[0][2]
    assert TABLE[cell.start : cell.end] == "**50 N·m**"
    assert TABLE[slice(*table.lines[0])] == "| bolt | 35 N·m | **50 N·m** |"


def test_text_with_pipes_is_no_table() -> None:
    assert tables("a | b\nc | d") == ()


def test_plain_takes_the_marks_off_and_leaves_the_words() -> None:
    assert plain("- see **the [manual](https://x.example/m)** and `C01`, 3 * 4 * 5 <br>") == "see the manual and C01, 3 * 4 * 5"
    assert plain("2. Do *this*") == "2. Do this"
    assert plain("snake_case_name stays") == "snake_case_name stays"
