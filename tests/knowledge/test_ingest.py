"""Documents into SQL: versions, nothing for nothing, all of a version at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BackendUnavailable
from assistant.knowledge.base import Knowledge
from assistant.knowledge.ingest import SyncReport, document_source, sources, sync
from assistant.knowledge.mentions import Names
from assistant.knowledge.vectors import VectorCache
from assistant.store import knowledge as kb
from assistant.store.engine import SqlStore, open_store
from tests.knowledge.garden import CATALOG, MANUAL, NOW, RETURNS_EN, ZONE, HashEncoder, Still, changed, document, documents, workspace

Put = Callable[..., SyncReport]
RETURNS = document("returns", RETURNS_EN)


def live(store: SqlStore) -> dict[tuple[str, str], kb.DocumentRow]:
    rows = store.read_now(lambda conn: kb.live_documents(conn, tenant="garden"))
    return {(row.id, row.language): row for row in rows}


def texts(store: SqlStore) -> list[str]:
    return [section.text for section in store.read_now(lambda conn: kb.live_sections(conn, tenant="garden"))]


def test_an_unchanged_corpus_writes_and_embeds_nothing(put: Put, store: SqlStore, encoder: HashEncoder) -> None:
    first = put(*documents())
    asked, head = len(encoder.texts), store.read_now(lambda conn: kb.last_change(conn, tenant="garden"))
    again = put(*documents())
    assert (first.added, first.writes > 0, first.embedded > 0) == (6, True, True)
    assert (again.unchanged, again.writes, again.embedded) == (6, 0, 0)
    assert len(encoder.texts) == asked
    assert store.read_now(lambda conn: kb.last_change(conn, tenant="garden")) == head


def test_a_changed_sentence_makes_a_version_and_embeds_only_its_chunk(put: Put, store: SqlStore, encoder: HashEncoder) -> None:
    put(RETURNS)
    encoder.texts.clear()
    report = put(changed(RETURNS, RETURNS_EN.replace("20 days", "25 days")))
    assert (report.changed, live(store)["returns", "en"].version) == (1, 2)
    assert len(encoder.texts) == report.embedded == 1
    assert any("25 days" in text for text in texts(store))
    assert not any("20 days" in text for text in texts(store))


def test_an_old_version_can_still_be_shown(put: Put, store: SqlStore) -> None:
    put(RETURNS)
    put(changed(RETURNS, RETURNS_EN.replace("20 days", "25 days")))
    (old,) = store.read_now(lambda conn: kb.section(conn, tenant="garden", document="returns", version=1, section="en/return-window"))
    assert "20 days" in old.text


def test_a_change_of_audience_alone_takes_effect(put: Put, store: SqlStore, encoder: HashEncoder) -> None:
    put(RETURNS)
    encoder.texts.clear()
    put(document("returns", RETURNS_EN, audience="internal"))
    assert live(store)["returns", "en"].audience == "internal"
    assert encoder.texts == []


def test_a_missing_document_is_retired_and_comes_back_as_a_new_version(put: Put, store: SqlStore) -> None:
    other = document("care", MANUAL)
    put(RETURNS, other)
    assert put(other).retired == 1
    assert set(live(store)) == {("care", "en")}
    assert put(RETURNS, other).changed == 1
    assert live(store)["returns", "en"].version == 2


def test_the_number_in_the_front_matter_is_the_first_version(put: Put, store: SqlStore) -> None:
    put(document("returns", RETURNS_EN, version=6))
    assert live(store)["returns", "en"].version == 6
    put(document("returns", RETURNS_EN + "\nMore.\n", version=6))
    assert live(store)["returns", "en"].version == 7


def test_a_failed_write_leaves_the_old_version_whole(put: Put, store: SqlStore, names: Names, encoder: HashEncoder) -> None:
    put(RETURNS)
    before = texts(store)

    class Full:
        read_now = store.read_now

        def write_now(self, function: Callable[..., Any], *args: object) -> Any:
            def fail(conn: Any) -> Any:
                function(conn, *args)
                raise BackendUnavailable("the disk is full", code="disk_full")

            return store.write_now(fail)

    source = document_source(changed(RETURNS, RETURNS_EN.replace("20", "25")), names=names, zone=ZONE, at=NOW)
    with pytest.raises(BackendUnavailable):
        sync(Full(), [source], encoder=encoder, tenant="garden", at=NOW)
    assert texts(store) == before
    assert live(store)["returns", "en"].version == 1


def test_a_section_keeps_its_place_in_the_file(put: Put, store: SqlStore) -> None:
    put(RETURNS)
    found = store.read_now(lambda conn: kb.live_sections(conn, tenant="garden"))
    for section in found:
        assert RETURNS_EN[section.start : section.start + len(section.text)] == section.text
        assert RETURNS_EN.split("\n")[section.line - 1] == section.text.split("\n")[0]


def test_validity_is_whole_days_of_the_company(put: Put, store: SqlStore) -> None:
    put(document("returns", RETURNS_EN, valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 30)))
    row = live(store)["returns", "en"]
    assert row.valid_from is not None
    assert row.valid_until is not None
    assert row.valid_from.astimezone(ZONE).isoformat() == "2026-01-01T00:00:00+08:00"
    assert row.valid_until.astimezone(ZONE).isoformat() == "2026-07-01T00:00:00+08:00"


def test_whom_a_section_is_about(put: Put, store: SqlStore) -> None:
    body = "# Care\n\n## General\n\na\n\n## Sharpening the M-40\n\nb\n\n## The B-52 blade\n\nc\n"
    put(document("care", body, products=("M-40", "M-52")), document("prices", "# Prices\n\n## How the B-40 is priced\n\nd\n"))
    found = {section.text: section.products for section in store.read_now(lambda conn: kb.live_sections(conn, tenant="garden"))}
    assert found == {"a": ("M-40", "M-52"), "b": ("M-40",), "c": ("M-40", "M-52", "B-52"), "d": ("B-40",)}


def test_windows_line_ends_change_nothing(put: Put, encoder: HashEncoder) -> None:
    put(RETURNS)
    assert put(changed(RETURNS, RETURNS_EN.replace("\n", "\r\n"))).unchanged == 1


def test_a_second_state_takes_its_vectors_from_the_cache(put: Put, names: Names, tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "cache", HashEncoder())
    put(RETURNS, cache=cache)
    fresh = HashEncoder()
    from assistant.store.engine import open_store

    with open_store(tmp_path / "second.db") as second:
        report = sync(second, [document_source(RETURNS, names=names, zone=ZONE, at=NOW)], encoder=fresh, tenant="garden", at=NOW, cache=cache)
    assert (report.added, report.embedded, fresh.texts) == (1, 0, [])


def test_progress_counts_documents(put: Put) -> None:
    told: list[tuple[int, int]] = []
    put(*documents(), progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (6, 6)


def test_the_catalogue_is_a_document_in_each_language(tmp_path: Path, store: SqlStore, encoder: HashEncoder) -> None:
    company = workspace(tmp_path, [])
    sync(store, sources(company, NOW), encoder=encoder, tenant="garden", at=NOW)
    found = {(s.language, s.id): s for s in store.read_now(lambda conn: kb.live_sections(conn, tenant="garden"))}
    assert found["en", "M-40"].text.split("\n") == [
        "M-40 mower", "Category: mower", "List price: US$499.00 / piece", "cutting width: 40 cm", "noise: 88 dB", "weight: 18 kg", "Warranty: 24 months",
    ]  # fmt: skip
    assert found["zh", "M-40.blade.B-40"].text == "M-40 适配的刀片：B-40（B-40 刀片）"
    assert found["en", "M-40.blade.B-40"].products == ("M-40", "B-40")
    assert "Made to order: yes, made to order" in found["en", "B-52"].text


def test_a_new_price_makes_a_new_version_of_the_catalogue_only(tmp_path: Path, store: SqlStore, encoder: HashEncoder) -> None:
    from dataclasses import replace

    dearer = replace(CATALOG, products={**CATALOG.products, "M-40": replace(CATALOG.products["M-40"], price=51900)})
    sync(store, sources(workspace(tmp_path), NOW), encoder=encoder, tenant="garden", at=NOW)
    knowledge = Knowledge(store, workspace(tmp_path, catalog=dearer), encoder, state=tmp_path, clock=Still())
    report = knowledge.sync()
    assert (report.changed, report.unchanged) == (2, 6)
    assert live(store)["catalog", "en"].version == 2


class Counted:
    """A store that counts its transactions; `before` happens once, ahead of the first."""

    def __init__(self, store: SqlStore, before: Callable[[], object] = lambda: None) -> None:
        self.read_now = store.read_now
        self.writes = 0
        self._store = store
        self._before: Callable[[], object] = before

    def write_now(self, function: Callable[..., Any], *args: object) -> Any:
        before, self._before = self._before, lambda: None
        before()
        self.writes += 1
        return self._store.write_now(function, *args)


def cached(names: Names, put: Put, encoder: HashEncoder, folder: Path) -> tuple[list[Any], VectorCache]:
    """The garden's documents as sources, and a cache that holds all their vectors."""
    cache = VectorCache(folder / "cache", encoder)
    put(*documents(), cache=cache)
    return [document_source(each, names=names, zone=ZONE, at=NOW) for each in documents()], cache


def test_documents_whose_vectors_are_at_hand_go_live_together(names: Names, put: Put, encoder: HashEncoder, tmp_path: Path) -> None:
    given, cache = cached(names, put, encoder, tmp_path)
    with open_store(tmp_path / "other" / "state.db") as other:
        counted = Counted(other)
        report = sync(counted, given, encoder=encoder, tenant="garden", at=NOW, cache=cache)
        assert (report.added, len(live(other)), counted.writes) == (6, 6, 1)


def test_when_somebody_was_faster_with_one_each_goes_live_by_itself(names: Names, put: Put, encoder: HashEncoder, tmp_path: Path) -> None:
    given, cache = cached(names, put, encoder, tmp_path)
    with open_store(tmp_path / "other" / "state.db") as other:
        counted = Counted(other, lambda: sync(other, given[2:3], encoder=encoder, tenant="garden", at=NOW, cache=cache))
        report = sync(counted, given, encoder=encoder, tenant="garden", at=NOW, cache=cache)
        assert (report.added, report.unchanged, len(live(other)), report.failed) == (5, 1, 6, ())
        assert {row.version for row in live(other).values()} == {1}
