"""Files as people really have them: each fact is there digit for digit, on one line with what it is about, and its page or line is the right one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.knowledge.library import add
from assistant.knowledge.load.layout import running
from assistant.knowledge.load.model import Loaded, place_at
from assistant.knowledge.load.open import load
from assistant.knowledge.load.pipes import headed
from assistant.knowledge.sources import loader
from assistant.store import knowledge as kb
from assistant.store.engine import SqlStore
from tests.knowledge.load.ugly import UGLY, Ugly
from tests.knowledge.shelf import shelf


def every(loaded: Loaded) -> Iterator[Loaded]:
    yield loaded
    for part in loaded.parts:
        yield from every(part)


def place_of(loaded: Loaded, words: tuple[str, ...]) -> tuple[int, int] | None:
    """(page, line) of the line that holds all words."""
    for each in every(loaded):
        at = 0
        for line in each.text.split("\n"):
            if all(word in line for word in words):
                found = place_at(each.places, at)
                return found.page, found.line
            at += len(line) + 1
    return None


@pytest.mark.parametrize("ugly", UGLY, ids=lambda ugly: ugly.name)
def test_every_fact_stands_on_a_line_with_what_it_is_about(ugly: Ugly) -> None:
    loaded = load(ugly.data(), name=ugly.name)
    for words, page, line in ugly.facts:
        found = place_of(loaded, words)
        assert found is not None, words
        assert page in (0, found[0]), words
        assert line in (0, found[1]), words
    assert not [each for each in ugly.absent if any(each in part.text for part in every(loaded))]


@pytest.mark.parametrize("ugly", UGLY, ids=lambda ugly: ugly.name)
def test_every_fact_is_found_in_the_section_that_a_citation_opens(ugly: Ugly, store: SqlStore, tmp_path: Path) -> None:
    path = tmp_path / ugly.name
    path.write_bytes(ugly.data())
    library = replace(shelf(store, tmp_path), load=loader())
    assert add(library, [str(path)]).problems == ()
    sections = store.read_now(lambda conn: kb.live_sections(conn, tenant=library.tenant))
    for words, page, _ in ugly.facts:
        held = [each for each in sections if any(all(word in line for word in words) for line in each.text.split("\n"))]
        assert held, words
        assert not page or any(each.page <= page for each in held), words


def test_tables_side_by_side_are_two_and_spaced_columns_are_one() -> None:
    (several,) = [each for each in UGLY if each.name == "several.xlsx"]
    assert not any("Filter" in line and "Xiamen" in line for line in load(several.data(), name="several.xlsx").text.split("\n"))
    from tests.knowledge.load import files as make

    def fill(book: object) -> None:
        for row in (["Model", None, "Head", "Flow"], ["T-1", None, 12.5, 30], ["T-2", None, 19.8, 44]):
            book.active.append(row)  # type: ignore[attr-defined]

    assert "| T-2 | 19.8 | 44 |" in load(make.xlsx(fill), name="spaced.xlsx").text


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ([["Model", "Flow", "Flow"], ["Model", "min", "max"], ["A", "1", "2"]], ["Model", "Flow min", "Flow max"]),
        ([["Model", "Flow", "Flow"], ["A", "1", "2"], ["B", "3", "4"]], ["Model", "Flow", "Flow"]),
        ([["Model", "Flow", "Head"], ["A", "min", "max"], ["B", "3", "4"]], ["Model", "Flow", "Head"]),
        ([["Part", "Yes", "Yes"], ["Seal", "No", "Yes"], ["Hose", "Yes", "No"]], ["Part", "Yes", "Yes"]),
    ],
)
def test_a_header_of_two_lines_is_joined_where_cells_span(rows: list[list[str]], first: list[str]) -> None:
    assert headed(rows)[0] == first


def test_what_a_page_is_about_is_no_running_header() -> None:
    sheets = [
        [f"KV-{number}00 pump", "Data sheet 2026", "The head is shown below.", "text", "text", "more text", f"Page {at}"]
        for at, number in enumerate((1, 2, 4), 1)
    ]
    assert [0 in gone for gone in running(sheets)] == [False, False, False]
    counted = [[f"Manual, sheet {number}", "a text that differs " + "x" * number, "more", "more", "more", "more"] for number in range(7, 12)]
    assert all(0 in gone for gone in running(counted))
