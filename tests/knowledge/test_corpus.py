"""Files of other formats in the corpus folders: brought in with what is said beside them, read again only when changed, after Markdown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.knowledge.library import Library, Run, add, sync_all
from assistant.knowledge.load.model import Loaded
from assistant.knowledge.purge import remove
from assistant.store.engine import SqlStore
from tests.knowledge.garden import document
from tests.knowledge.shelf import SECRET, live, read_markdown, shelf, write


class Counting:
    """The tests' loader, with the names of what it read."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, data: bytes, name: str) -> Loaded:
        self.names.append(name)
        return read_markdown(data, name)


@pytest.fixture
def reads() -> Counting:
    return Counting()


@pytest.fixture
def library(store: SqlStore, tmp_path: Path, reads: Counting) -> Library:
    return replace(shelf(store, tmp_path, [document("returns", "# Returns\n\nWithin 20 days.")]), load=reads)


def corpus(library: Library, files: dict[str, str]) -> Path:
    return write(library.workspace.root / "corpus", files)


def test_what_is_said_beside_a_file_goes_for_it(library: Library) -> None:
    beside = "id: press\ntitle: The press\nproduct: [M-40]\naudience: internal\nvalid_until: 2026-12-31\n"
    corpus(library, {"products/Press v2.pdf": SECRET, "products/Press v2.pdf.yaml": beside, "scenes/night.txt": "---\nowner: mia\n---\n" + SECRET,
                     "scenes/_defaults.yaml": "owner: noa\nroute_to: after_sales\n"})  # fmt: skip
    report = sync_all(library).report
    press, night = live(library)["press", "en"], live(library)["night", "en"]
    assert (press.title, press.level, press.audience, press.products, press.origin) == ("The press", "product", "internal", ("M-40",), "workspace")
    assert (night.level, night.owner, night.route_to, night.path) == ("scene", "mia", "after_sales", "corpus/scenes/night.txt")
    assert report.failed == ()


def test_an_unchanged_file_is_not_read_again(library: Library, reads: Counting) -> None:
    folder = corpus(library, {"enterprise/press.html": SECRET})
    sync_all(library)
    again = sync_all(library).report
    assert (reads.names, again.writes, again.retired) == (["press.html"], 0, 0)
    (folder / "enterprise" / "press.html").write_text(SECRET.replace("431", "440"), encoding="utf-8")
    assert sync_all(library).report.changed == 1
    write(folder, {"enterprise/press.html.yaml": "audience: internal\n"})
    assert sync_all(library).report.changed == 1
    assert (live(library)["press", "en"].version, live(library)["press", "en"].audience, len(reads.names)) == (3, "internal", 3)
    (folder / "enterprise" / "press.html").unlink()
    assert sync_all(library).report.retired == 1
    assert ("press", "en") not in live(library)


def test_a_broken_file_stops_nothing_and_keeps_what_it_was(library: Library) -> None:
    folder = corpus(library, {"enterprise/press.csv": SECRET, "enterprise/other.csv": SECRET.replace("Press", "Valve")})
    sync_all(library)
    (folder / "enterprise" / "press.csv").write_bytes(b"\0")
    write(
        folder, {"enterprise/other.csv.yaml": "colour: red\n", "enterprise/more/x.txt": "x", "scenes/y.txt": "# Y\n\nYes.", "scenes/_defaults.yaml": "- no\n"}
    )
    outcome = sync_all(library)
    assert {problem.code for problem in outcome.problems} == {"unsupported", "front_matter", "stray"}
    assert {("press", "en"), ("other", "en"), ("returns", "en")} <= live(library).keys()
    assert "y" not in {id_ for id_, _ in live(library)}


def test_markdown_comes_first_where_ids_meet(library: Library) -> None:
    corpus(
        library, {"enterprise/x.txt": SECRET, "enterprise/x.txt.yaml": "id: returns\nlanguage: en\n", "enterprise/returns.docx": "# 退货\n\n二十天内可以退货。"}
    )
    outcome = sync_all(library)
    assert [problem.code for problem in outcome.problems] == ["taken"]
    assert live(library)["returns", "en"].path == "corpus/returns.en.md"
    assert [id_ for id_, language in live(library) if language == "zh"] == ["enterprise-returns"] or ("returns", "zh") in live(library)


def test_a_removed_one_stays_away_until_it_is_named(library: Library) -> None:
    folder = corpus(library, {"enterprise/press.pdf": SECRET})
    sync_all(library)
    remove(library, "press")
    assert sync_all(library).report.buried == ("press",)
    assert sync_all(library, run=Run(dry=True)).plan
    add(library, [str(folder / "enterprise" / "press.pdf")])
    assert ("press", "en") in live(library)
    remove(library, "press")
    assert add(library, ["press"]).restored == ("press",)
    assert ("press", "en") in live(library)
