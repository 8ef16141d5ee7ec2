"""Draft, review, live, retired; versions back and forth; what sync leaves alone; who saw what when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import Conflict, NotFound
from assistant.knowledge import life as acts
from assistant.knowledge import publish as publishing
from assistant.knowledge.base import Knowledge
from assistant.knowledge.export import export
from assistant.knowledge.library import Library, Run, add, sync_all
from assistant.knowledge.overview import differences, findings, one, overview
from assistant.store import knowledge_life as life
from assistant.store.engine import SqlStore
from assistant.types import Scope
from tests.knowledge.garden import NOW, RETURNS_EN, document, documents
from tests.knowledge.shelf import SECRET, Moving, live, put, shelf, texts, write

V1, V2 = "# Press\n\n## Torque\n\nTighten to 40 N·m.\n", "# Press\n\n## Torque\n\nTighten to 55 N·m.\n"


def done(library: Library, document: str) -> list[tuple[str, str, int]]:
    found = library.store.read_now(lambda conn: life.list_acts(conn, tenant="garden", document=document))
    return [(act.who, act.act, act.version) for act in reversed(found)]


def test_a_draft_is_served_only_once_it_is_published(store: SqlStore, tmp_path: Path) -> None:
    library = shelf(store, tmp_path, who="mia")
    put(library, tmp_path, text=V1, run=Run(draft=True))
    assert live(library) == {}
    acts.submit(library.writing(), "press")
    assert overview(library)["documents"][-1]["state"] == "review"
    acts.publish(library.writing(), "press", library.names)
    assert live(library)["press", "en"].approver == "mia"
    assert done(library, "press") == [("mia", "draft", 1), ("mia", "review", 1), ("mia", "publish", 1)]
    with pytest.raises(Conflict, match="live already"):
        acts.publish(library.writing(), "press", library.names)


def test_a_draft_waits_beside_the_live_version_and_sync_does_not_publish_it(store: SqlStore, tmp_path: Path) -> None:
    library = shelf(store, tmp_path)
    folder = write(tmp_path / "docs", {"press.md": V1})
    add(library, [str(folder)])
    sync_all(library)
    write(folder, {"press.md": V2})
    sync_all(library, run=Run(draft=True))
    assert sync_all(library).report.held == 1
    assert "40 N·m" in texts(library)
    acts.publish(library.writing(), "press", library.names)
    assert "55 N·m" in texts(library)
    assert "40 N·m" not in texts(library)


def test_rolling_back_makes_a_version_that_sync_leaves_until_the_file_changes(store: SqlStore, tmp_path: Path) -> None:
    library = shelf(store, tmp_path)
    folder = write(tmp_path / "docs", {"press.md": V1})
    add(library, [str(folder)])
    write(folder, {"press.md": V2})
    sync_all(library)
    (made,) = acts.rollback(library.writing(), "press", library.names)
    assert (made.row.version, live(library)["press", "en"].version, "40 N·m" in texts(library)) == (3, 3, True)
    assert (sync_all(library).report.held, live(library)["press", "en"].version) == (1, 3)
    write(folder, {"press.md": V2 + "\nNew.\n"})
    sync_all(library)
    assert (live(library)["press", "en"].version, "New." in texts(library)) == (4, True)


def test_a_document_retired_by_hand_stays_retired_and_can_be_published_again(store: SqlStore, tmp_path: Path) -> None:
    library = shelf(store, tmp_path, documents())
    sync_all(library)
    assert acts.retire(library.writing(), "returns", language="en", reason="wrong") == ("en",)
    sync_all(library)
    assert ("returns", "en") not in live(library)
    assert ("returns", "zh") in live(library)
    acts.publish(library.writing(), "returns", library.names, language="en")
    assert live(library)["returns", "en"].version == 1


def test_there_must_be_something_to_act_on(store: SqlStore, tmp_path: Path) -> None:
    library = shelf(store, tmp_path, documents())
    sync_all(library)
    for act in (acts.retire, acts.submit):
        with pytest.raises(NotFound):
            act(library.writing(), "nothing")
    with pytest.raises(Conflict):
        acts.submit(library.writing(), "returns")
    with pytest.raises(Conflict, match="no earlier version"):
        acts.rollback(library.writing(), "returns", library.names, language="en")
    with pytest.raises(Conflict, match="catalogue"):
        acts.rollback(library.writing(), "catalog", library.names)


def test_who_was_slower_is_told(store: SqlStore, tmp_path: Path) -> None:
    library = shelf(store, tmp_path)
    put(library, tmp_path, text=V1)
    made = acts.edit(library.writing(), "press", V2, language="en", seen_version=1)
    with pytest.raises(Conflict, match="newest version is 2"):
        acts.edit(library.writing(), "press", V2, language="en", seen_version=1)
    assert (made.row.state, "55 N·m" in texts(library)) == ("draft", False)


class Between:
    """A store in which something happens just before the first write."""

    def __init__(self, store: SqlStore, act: Callable[[], Any]) -> None:
        self.read_now, self._store, self._act = store.read_now, store, act
        self.path = store.path

    def write_now(self, function: Callable[..., Any], *args: object) -> Any:
        act, self._act = self._act, lambda: None
        act()
        return self._store.write_now(function, *args)


def test_two_writers_never_mix(store: SqlStore, tmp_path: Path) -> None:
    other = shelf(store, tmp_path)
    library = shelf(Between(store, lambda: put(other, tmp_path / "b", "press.md", V2)), tmp_path)  # type: ignore[arg-type]
    outcome = put(library, tmp_path / "a", "press.md", V1)
    versions = store.read_now(lambda conn: life.list_versions(conn, tenant="garden", document="press"))
    assert [(each.row.version, each.row.state) for each in versions] == [(1, "retired"), (2, "live")]
    assert (outcome.problems, texts(library).count("N·m")) == ((), 1)


def test_an_expired_document_stops_at_that_minute(store: SqlStore, tmp_path: Path) -> None:
    clock = Moving()
    library = shelf(store, tmp_path, [document("old", "# Sale\n\n## Rebate\n\nThe rebate is 12 percent.", valid_until=NOW.date())], clock=clock)
    knowledge = Knowledge(store, library.workspace, library.encoder, state=library.state, clock=clock)
    knowledge.sync()
    midnight = NOW.replace(hour=16, minute=0)  # of the company's zone

    def found() -> bool:
        return any(p.document == "old" for p in knowledge.search("rebate percent", language="en", scope=Scope("public", clock.now())))

    clock.at = midnight - timedelta(seconds=1)
    assert found()
    clock.at = midnight
    assert not found()
    assert [each["kind"] for each in findings(library) if "old" in each["text"]] == ["expired"]


def test_a_translation_whose_twin_changed_later_is_stale(store: SqlStore, tmp_path: Path) -> None:
    clock = Moving()
    library = shelf(store, tmp_path, clock=clock)
    folder = write(tmp_path / "docs", {"press.en.md": V1, "press.zh.md": "# 压机\n\n拧到 40 N·m。"})
    add(library, [str(folder)])
    assert [each for each in findings(library) if each["kind"] == "stale translation"] == []
    clock.at = NOW + timedelta(days=1)
    write(folder, {"press.en.md": V2})
    sync_all(library)
    assert [each["text"][:10] for each in findings(library) if each["kind"] == "stale translation"] == ["press (zh)"]


def test_sections_cut_in_an_older_way_are_cut_anew_from_the_stored_text(store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = shelf(store, tmp_path)
    put(library, tmp_path, text=V1)
    monkeypatch.setattr(acts, "CUT", publishing.CUT + 1)
    assert acts.recut(library.writing(), library.names) == 1
    assert live(library)["press", "en"].version == 2
    assert acts.recut(library.writing(), library.names) == 0


def test_what_is_exported_comes_back_as_it_was(store: SqlStore, tmp_path: Path) -> None:
    library = shelf(store, tmp_path, documents())
    sync_all(library)
    put(library, tmp_path, text=SECRET)
    files = export(library, tmp_path / "out")
    assert len(files) == 7
    from assistant.store.engine import open_store

    with open_store(tmp_path / "second.db") as second:
        again = shelf(second, tmp_path / "second")
        outcome = add(again, [str(tmp_path / "out")])
        assert (outcome.problems, outcome.report.added) == ((), 7)
        assert texts(again) == "\n".join(texts(library).split("M-40 mower")[0].split("\n")) or sorted(live(again)) == sorted(live(library))
        for key, row in live(library).items():
            other = live(again)[key]
            kept = ("title", "level", "audience", "products", "valid_from", "valid_until", "owner", "route_to", "version")
            assert [getattr(other, name) for name in kept] == [getattr(row, name) for name in kept]
            bodies = [one(each, key[0], language=key[1])["texts"][0]["text"] for each in (library, again)]
            assert bodies[0] == bodies[1]
    with pytest.raises(Conflict, match="empty folder"):
        export(library, tmp_path / "out")


def test_a_state_from_before_versions_keeps_its_numbers_and_gets_its_texts(store: SqlStore, tmp_path: Path) -> None:
    library = shelf(store, tmp_path, [document("returns", RETURNS_EN, version=6)])
    sync_all(library)
    store.write_now(lambda conn: conn.exec_driver_sql("DELETE FROM document_versions"))
    report = sync_all(library).report
    assert (report.unchanged, report.changed, live(library)["returns", "en"].version) == (3, 0, 6)
    assert one(library, "returns")["texts"][0]["text"] == RETURNS_EN
    assert sync_all(library).report.writes == 0


def test_the_last_two_versions_are_compared(store: SqlStore, tmp_path: Path) -> None:
    library = shelf(store, tmp_path)
    put(library, tmp_path, text=V1)
    with pytest.raises(Conflict):
        differences(library, "press")
    put(library, tmp_path, text=V2)
    (variant,) = differences(library, "press")["variants"]
    changed = [word for section in variant["sections"] for word in section["words"] if word["mark"] != "same"]
    assert (variant["from"], variant["to"], changed) == (1, 2, [{"mark": "removed", "text": "40"}, {"mark": "added", "text": "55"}])
