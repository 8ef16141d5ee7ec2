"""The live knowledge base: edits of others arrive, one owner a state, citations by words."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from assistant.errors import BackendUnavailable
from assistant.knowledge.base import Knowledge
from assistant.knowledge.index import VectorIndex
from assistant.knowledge.library import Library
from assistant.knowledge.purge import remove
from assistant.knowledge.snapshot import Snapshot
from assistant.store import knowledge_life as life
from assistant.store.engine import SqlStore
from assistant.store.knowledge_life import INDEX_READER
from assistant.types import Scope
from assistant.workspace.company import Review
from tests.knowledge.garden import NOW, RETURNS_EN, HashEncoder, Still, changed, document, documents, workspace


def wait_for(condition: Callable[[], Any], seconds: float = 20.0) -> bool:
    """Whether a condition comes true in time; looked at every few milliseconds."""
    ended = threading.Event()
    until = time.perf_counter() + seconds
    while not condition():
        if time.perf_counter() > until:
            return False
        ended.wait(0.02)
    return True


def another(store: SqlStore, tmp_path: Path, found: Any = None, encoder: HashEncoder | None = None) -> Knowledge:
    return Knowledge(store, workspace(tmp_path, found), encoder or HashEncoder(), state=tmp_path / "state", clock=Still())


def test_an_edit_by_another_process_reaches_a_running_one(knowledge: Knowledge, store: SqlStore, tmp_path: Path, scope: Scope) -> None:
    knowledge.start()
    edited = [changed(each, RETURNS_EN.replace("20 days", "25 days")) if each.language == "en" and each.id == "returns" else each for each in documents()]
    other = another(store, tmp_path, edited)
    other.sync()
    assert wait_for(lambda: "25 days" in knowledge.search("return window unused tools", language="en", scope=scope)[0].text)
    found = knowledge.search("return window unused tools", language="en", scope=scope, k=50)
    assert not any("20 days" in passage.text for passage in found if passage.language == "en")


@pytest.mark.parametrize("askers", [1, 2])
def test_edits_arrive_while_others_search_without_a_pause(store: SqlStore, tmp_path: Path, scope: Scope, askers: int) -> None:
    live = another(store, tmp_path)
    live.start()
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            live.search("sharpen the blade", language="en", scope=scope)

    threads = [threading.Thread(target=ask) for _ in range(askers)]
    for each in threads:
        each.start()
    try:
        for days in range(31, 36):
            wanted = f"within {days} days"
            edited = [
                changed(each, RETURNS_EN.replace("within 20 days", wanted)) if each.language == "en" and each.id == "returns" else each for each in documents()
            ]
            another(store, tmp_path, edited).sync()
            assert wait_for(lambda wanted=wanted: wanted in live.search("return window unused tools", language="en", scope=scope)[0].text, 10)  # type: ignore[misc]
    finally:
        ended.set()
        for each in threads:
            each.join()
        live.close()


def test_edits_arrive_while_the_index_is_filled(store: SqlStore, tmp_path: Path, scope: Scope) -> None:
    filled, begun = threading.Event(), threading.Event()

    class Slow(VectorIndex):
        def follow(self, snapshot: Snapshot) -> bool:
            begun.set()
            return filled.wait(20)

    live = another(store, tmp_path)
    live._index = Slow(tmp_path / "slow", live.encoder)
    live.follow()
    try:
        assert begun.wait(10)
        another(store, tmp_path, [*documents(), document("new", "# New\n\n## Rental\nWe rent out mowers by the day.")]).sync()
        assert wait_for(lambda: live.search("rent mowers by the day", language="en", scope=scope)[0].document == "new", 10)
    finally:
        filled.set()
        live.close()


def test_a_running_process_holds_no_word_of_a_removed_document_once_it_has_said_so(store: SqlStore, tmp_path: Path, scope: Scope) -> None:
    live = another(store, tmp_path, [*documents(), document("new", "# New\n\n## Rental\nThe quixotic mower is rented by the day.")])
    live.start()
    try:
        assert live.search("quixotic mower", language="en", scope=scope)[0].document == "new"
        remove(Library(store, live.workspace, live.encoder, tmp_path / "state", Still(), "tester"), "new")
        current = live.snapshot()
        assert current.head == store.read_now(lambda conn: life.acknowledged(conn, INDEX_READER, tenant=live.tenant))
        assert not any("quixotic" in part.segment.numbers for part in current.lexical._parts)
    finally:
        live.close()


def test_a_word_that_one_section_says_finds_it_among_many_nearer_vectors(store: SqlStore, tmp_path: Path, scope: Scope) -> None:
    class Blind(HashEncoder):
        """Every text but the one with the part number lies where the question does."""

        def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
            for number, text in enumerate(texts):
                rows[number, int("drum" in text)] = 1.0
            return rows

    crowd = [document(f"page-{n}", f"# Page {n}\n\n## Part {n}\nThe spring is painted.") for n in range(60)]
    live = another(store, tmp_path, [*crowd, document("rare", "# Rare\n\n## Note\nThe drum has the number QX77123.")], encoder=Blind())
    live.sync()
    assert live.search("QX77123", language="en", scope=scope)[0].document == "rare"


def test_only_one_process_owns_the_index_and_the_other_still_answers(knowledge: Knowledge, store: SqlStore, tmp_path: Path, scope: Scope) -> None:
    knowledge.start()
    second = another(store, tmp_path)
    second.start()
    assert wait_for(lambda: "vector index" in knowledge.ping())
    assert second.index is None
    assert "exact search" in second.ping()
    assert second.search("sharpen the blade", language="en", scope=scope)[0].document == "care"
    knowledge.close()
    third = another(store, tmp_path)
    third.start()
    assert third.index is not None
    third.close()
    second.close()


def test_the_first_answer_does_not_wait_for_the_index(store: SqlStore, tmp_path: Path, scope: Scope) -> None:
    fresh = another(store, tmp_path)
    fresh.sync()
    assert fresh.index is None
    assert fresh.search("sharpen the blade", language="en", scope=scope)
    fresh.close()


def test_a_store_that_is_busy_for_a_while_stops_nothing(knowledge: Knowledge, store: SqlStore, tmp_path: Path, scope: Scope) -> None:
    class Moody:
        failing = False
        write_now = store.write_now

        def read_now(self, function: Callable[..., Any], *args: object) -> Any:
            if self.failing:
                raise BackendUnavailable("busy", code="busy")
            return store.read_now(function, *args)

    moody = Moody()
    live = Knowledge(moody, workspace(tmp_path), HashEncoder(), state=tmp_path / "other", clock=Still())
    live.start()
    moody.failing = True
    knowledge._store.write_now(lambda conn: None)
    another(store, tmp_path, [*documents(), document("new", "# New\n\n## Rental\nWe rent out mowers by the day.")]).sync()
    moody.failing = False
    assert wait_for(lambda: any(passage.document == "new" for passage in live.search("rent mowers by the day", language="en", scope=scope)))
    live.close()


def test_a_rule_is_cited_where_its_figure_stands(knowledge: Knowledge) -> None:
    (found,) = knowledge.cite("returns", "en", "return rule 20")
    assert found.quote == "Unused tools can be returned within 20 days of delivery."
    assert (found.document, found.section, found.title) == ("returns", "en/return-window", "Returns > Return window")
    section = knowledge.snapshot().sections[knowledge.snapshot().section("returns", "en/return-window", "en")]
    assert section.text[found.start : found.end] == found.quote


def test_a_product_is_cited_by_its_row_and_a_variant_in_the_askers_language(knowledge: Knowledge) -> None:
    assert knowledge.cite("catalog", "en", "M-52")[0].section == "M-52"
    assert knowledge.cite("returns", "zh-Hant", "期限 20")[0].section == "zh/退货期限"
    assert knowledge.cite("care", "zh-Hans", "M-40 25")[0].quote.startswith("Sharpen the blade of the M-40")
    assert knowledge.cite("nowhere", "en", "anything") == ()


def test_the_stamp_changes_with_the_documents(knowledge: Knowledge, store: SqlStore, tmp_path: Path) -> None:
    before = knowledge.stamp()
    another(store, tmp_path, documents()[:2]).sync()
    knowledge.refresh()
    assert knowledge.stamp() != before
    assert knowledge.stamp().startswith("hash-1-64@")


def test_vectors_of_another_encoder_never_mix_in_and_are_made_by_a_sync(store: SqlStore, tmp_path: Path, scope: Scope) -> None:
    another(store, tmp_path).sync()
    newer = HashEncoder()
    newer.version = "2"
    live = another(store, tmp_path, encoder=newer)
    # the words still find it while there are no vectors
    assert live.search("sharpen the blade", language="en", scope=scope)[0].document == "care"
    assert not live.snapshot().matrix.any()
    report = live.sync()
    assert (report.changed, report.added) == (0, 0)
    assert report.embedded == len(set(live.snapshot().hashes)) > 0
    assert live.snapshot().matrix.any(axis=1).all()
    assert live.sync().writes == 0


def test_a_scope_may_be_asked_for_products_nobody_has(knowledge: Knowledge, scope: Scope) -> None:
    found = knowledge.search("noise", language="en", scope=replace(scope, products=("X-1",)), k=50)
    assert all(passage.products == () for passage in found)


def test_what_customers_wrote_is_cited_and_never_found(tmp_path: Path, store: SqlStore, encoder: HashEncoder) -> None:
    company = workspace(tmp_path)
    company.reviews = {"r-1": Review("r-1", "M-40", 5, date(2026, 1, 20), "en", "The zebra of all mowers,\n\n| a | b |\nand so quiet.", "a gardener")}
    knowledge = Knowledge(store, company, encoder, state=tmp_path, clock=Still())
    knowledge.sync()
    (cited,) = knowledge.cite("reviews", "zh-Hans", "r-1")
    assert (cited.document, cited.section, cited.quote) == ("reviews", "r-1", "The zebra of all mowers, | a | b | and so quiet.")
    found = knowledge.search("zebra of all mowers", language="en", scope=Scope("internal", NOW), k=20)
    assert "reviews" not in {passage.document for passage in found}
    company.reviews = {}
    knowledge.sync()
    assert knowledge.cite("reviews", "en", "r-1") == ()
