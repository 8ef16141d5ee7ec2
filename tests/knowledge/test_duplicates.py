"""Documents that say what an earlier one says: told with their sections and share, whatever little was changed, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from assistant.knowledge.library import Library
from assistant.knowledge.overview import findings, overview, repeated
from assistant.store.engine import SqlStore
from tests.knowledge.garden import NOW
from tests.knowledge.shelf import Moving, put, shelf

PAGE = """# Winter storage

## Emptying
Before the first frost the tank is emptied, the fuel line is run dry and the plug is taken out for the winter.

## Battery
The battery is charged to half, taken out of the machine and kept in a dry room above five degrees until spring.
"""
ZH = "# 冬季存放\n\n## 放空\n首次霜冻之前必须放空油箱，让油路运行至干，并在冬季取下火花塞妥善保管。\n"


def at(library: Library, days: int) -> Library:
    return replace(library, clock=Moving(NOW + timedelta(days=days)))


def test_a_later_copy_is_told_with_what_to_do(store: SqlStore, tmp_path: Path) -> None:
    library = shelf(store, tmp_path)
    put(at(library, 0), tmp_path, "winter.md", PAGE)
    put(at(library, 1), tmp_path, "copy.md", PAGE.replace("Winter storage", "Storing machines").replace("for the winter", "in winter"))
    (found,) = repeated(library)
    assert (found.earlier, found.later, found.whole, len(found.sections)) == ("winter", "copy", True, 2)
    told = next(each for each in findings(library) if each["kind"] == "duplicate")
    assert "kb retire copy" in told["text"]
    rows = {row["document"]: row for row in overview(library)["documents"]}
    assert (rows["copy"]["same_as"], rows["winter"]["same_as"]) == (["winter"], [])
    assert rows["copy"]["remarks"] == "shares text with winter"


def test_one_section_taken_over_is_no_copy_of_the_whole(store: SqlStore, tmp_path: Path) -> None:
    library = shelf(store, tmp_path)
    put(at(library, 0), tmp_path, "winter.md", PAGE)
    own = "\n## Blade\nThe blade comes off, is ground to thirty degrees, oiled on both sides and hung on the wall out of reach of children.\n"
    put(at(library, 1), tmp_path, "spring.md", PAGE.partition("## Battery")[0].replace("# Winter storage", "# Spring") + own)
    (found,) = repeated(library)
    assert (found.later, found.whole, len(found.sections)) == ("spring", False, 1)


def test_translations_other_figures_and_short_phrases_are_none(store: SqlStore, tmp_path: Path) -> None:
    library = shelf(store, tmp_path)
    for name, text in {
        "winter.en.md": PAGE,
        "winter.zh.md": ZH,
        "note.md": "# Note\n\n## Emptying\nSee the manual.\n",
        "memo.md": "# Memo\n\n## Emptying\nSee the manual.\n",
    }.items():
        put(library, tmp_path, name, text)
    assert repeated(library) == ()
    put(at(library, 1), tmp_path, "storage.md", ZH.replace("冬季存放", "存放"))
    assert [(each.earlier, each.later, each.language) for each in repeated(library)] == [("winter", "storage", "zh")]
