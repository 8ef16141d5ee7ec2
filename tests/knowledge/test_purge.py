"""A removed document is in no store, the probe finds whatever survives, and nothing that happens meanwhile brings it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
import sqlalchemy as sa

from assistant.errors import BackendUnavailable, Conflict, InvalidInput, NotFound
from assistant.knowledge import index as index_room
from assistant.knowledge import probe as probing
from assistant.knowledge.base import Knowledge
from assistant.knowledge.beneath import cache_files, discard_index
from assistant.knowledge.evidence import Evidence, evidence_left, evidence_of
from assistant.knowledge.index import VectorIndex
from assistant.knowledge.library import Library, add, sync_all
from assistant.knowledge.overview import reindex
from assistant.knowledge.purge import left_bytes, remove
from assistant.knowledge.snapshot import load
from assistant.knowledge.vectors import VectorCache
from assistant.store import knowledge as kb
from assistant.store import knowledge_life as life
from assistant.store import knowledge_purge as rows
from assistant.store.engine import SqlStore
from assistant.store.knowledge_tables import sections, vectors
from assistant.store.knowledge_traces import remembered
from assistant.store.locks import process_holder
from assistant.types import Scope
from tests.knowledge.garden import NOW, documents
from tests.knowledge.shelf import SECRET, live, put, shelf, texts, write
from tests.knowledge.test_base import wait_for


@pytest.fixture
def library(store: SqlStore, tmp_path: Path) -> Library:
    """The garden's documents and the press manual, with an index on disk."""
    made = shelf(store, tmp_path, documents())
    sync_all(made)
    put(made, tmp_path)
    index_of(made)
    return made


def index_of(library: Library) -> None:
    from assistant.knowledge.concepts import concepts_of

    index = VectorIndex(library.state / "vectors", library.encoder)
    assert index.follow(load(library.store, library.encoder, tenant="garden", concepts=concepts_of(library.workspace.catalog)))
    index.close()


def hits(probes: tuple[probing.Probed, ...]) -> dict[str, int]:
    return {each.store: each.hits for each in probes}


CLEAN = {"rows": 0, "texts": 0, "vector index": 0, "lexical index": 0, "caches": 0}


def test_a_removed_document_is_nowhere(library: Library) -> None:
    found = remove(library, "press", prove_it=True, reason="recalled")
    assert (hits(found.probes), found.hits) == (CLEAN, 0)
    assert sum(each.probes for each in found.probes) > 60
    assert (found.rows["documents"], found.rows["document_versions"], found.cached > 0, found.rows["vectors"] > 0) == (1, 1, True, True)
    assert "press" not in {key[0] for key in live(library)}
    assert "20 days" in texts(library)
    with pytest.raises(NotFound):
        remove(library, "pressed")
    with pytest.raises(Conflict, match="catalogue"):
        remove(library, "catalog")


def test_words_that_another_document_says_too_are_no_survivors(library: Library, tmp_path: Path) -> None:
    put(library, tmp_path, "copy.md", SECRET.replace("gold", "silver"))
    found = remove(library, "press", prove_it=True)
    assert found.hits == 0
    assert "夜班操作压机" in texts(library)


def in_rows(library: Library, evidence: Evidence, held: rows.Holding) -> None:
    piece = replace(held.sections[0], version=9)
    library.store.write_now(lambda conn: insert(conn, piece))


def insert(conn: Any, piece: kb.SectionRow, document: str = "") -> None:
    values = {name: getattr(piece, name) for name in kb.SectionRow.__slots__ if name not in ("chunks", "products")}
    conn.execute(sections.insert(), {**values, "tenant": "garden", "products": [], "document": document or piece.document})


def under_another_name(library: Library, evidence: Evidence, held: rows.Holding) -> None:
    library.store.write_now(lambda conn: insert(conn, replace(held.sections[0], version=9), "somebody"))


def in_vectors(library: Library, evidence: Evidence, held: rows.Holding) -> None:
    row = {"tenant": "garden", "encoder": "hash-1-64", "hash": next(iter(evidence.hashes)), "data": b"0" * 256}
    library.store.write_now(lambda conn: conn.execute(vectors.insert(), row) and None)


def in_the_gaps(library: Library, evidence: Evidence, held: rows.Holding) -> None:
    library.store.write_now(lambda conn: plant_gap(conn, evidence.fragments[0]))


def plant_gap(conn: Any, words: str) -> None:
    conn.execute(sa.text(
        "INSERT INTO conversations (id, tenant, contact, company, channel, owner, owner_epoch, episode, status, seq, state, fence, created, updated)"
        " VALUES ('cv', 'garden', 'x', 'x', 'web', 'assistant', 0, 1, 'open', 0, '{}', 0, '2026', '2026')"
    ))  # fmt: skip
    row = {"words": words}
    conn.execute(sa.text(
        "INSERT INTO gaps (id, tenant, conversation, turn, text, language, data, at) VALUES ('g', 'garden', 'cv', 't', :words, 'en', '{}', '2026')"
    ), row)  # fmt: skip


def in_the_index(library: Library, evidence: Evidence, held: rows.Holding) -> None:
    from assistant.knowledge.index_build import client_of

    (generation,) = [path for path in (library.state / "vectors").iterdir() if path.is_dir()]
    client = client_of(generation)
    digest, text = next(iter(evidence.texts.items()))
    client.list_collections()[0].upsert(ids=[digest], embeddings=library.encoder.encode([text]))
    client.close()


def in_a_cache(library: Library, evidence: Evidence, held: rows.Holding) -> None:
    VectorCache(library.cache, library.encoder).add({next(iter(evidence.hashes)): b"0" * 256})


PLANTED: dict[str, tuple[Callable[..., None], set[str]]] = {
    "rows": (in_rows, {"rows", "texts", "lexical index"}),
    "another name": (under_another_name, {"texts", "lexical index"}),
    "vectors": (in_vectors, {"rows"}),
    "gaps": (in_the_gaps, {"texts"}),
    "index": (in_the_index, {"vector index"}),
    "cache": (in_a_cache, {"caches"}),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_survivor_planted_in_a_store_is_found(library: Library, name: str) -> None:
    held = library.store.read_now(lambda conn: rows.holding(conn, "press", tenant="garden"))
    evidence = evidence_of(library, "press", held)
    remove(library, "press")
    assert hits(probing.prove(library, evidence, transcripts=False)) == CLEAN
    plant, where = PLANTED[name]
    plant(library, evidence, held)
    assert {store for store, count in hits(probing.prove(library, evidence, transcripts=False)).items() if count} == where


def test_sync_obeys_a_tombstone_until_the_id_is_added(library: Library) -> None:
    remove(library, "returns", reason="wrong")
    assert sync_all(library).report.buried == ("returns",)
    assert "returns" not in {key[0] for key in live(library)}
    outcome = add(library, ["returns"])
    assert (outcome.restored, live(library)["returns", "en"].version) == (("returns",), 2)
    assert sync_all(library).report.buried == ()


def test_a_file_added_again_is_back_under_a_new_number(library: Library, tmp_path: Path) -> None:
    remove(library, "press")
    assert put(library, tmp_path).restored == ("press",)
    assert live(library)["press", "en"].version == 2


class During:
    """An encoder in the middle of whose work something happens."""

    def __init__(self, inner: Any, act: Callable[[], Any]) -> None:
        self.name, self.version, self.dimension = inner.name, inner.version, inner.dimension
        self._inner, self._act = inner, act

    def encode(self, texts: Any) -> Any:
        act, self._act = self._act, lambda: None
        act()
        return self._inner.encode(texts)


def test_a_document_removed_while_it_is_read_stays_removed(library: Library, tmp_path: Path) -> None:
    busy = replace(library, encoder=During(library.encoder, lambda: remove(library, "press")))
    outcome = put(busy, tmp_path, text=SECRET.replace("431", "555"))
    assert outcome.report.buried == ("press",)
    assert ("press", "en") not in live(library)
    assert library.store.read_now(lambda conn: life.list_versions(conn, tenant="garden", document="press")) == ()


def test_a_document_removed_while_vectors_are_made_anew_stays_removed(library: Library) -> None:
    held = library.store.read_now(lambda conn: rows.holding(conn, "press", tenant="garden"))
    evidence = evidence_of(library, "press", held)
    library.store.write_now(lambda conn: conn.execute(vectors.delete()) and None)
    for path in cache_files(library.cache):
        path.unlink()
    reindex(replace(library, encoder=During(library.encoder, lambda: remove(library, "press"))))
    assert hits(probing.prove(library, evidence, transcripts=False)) == CLEAN


def test_a_running_server_follows_and_says_so(library: Library) -> None:
    knowledge = Knowledge(library.store, library.workspace, library.encoder, state=library.state, clock=library.clock)
    knowledge.start()
    scope = Scope("public", NOW)
    try:
        assert knowledge.search("gold press torque", language="en", scope=scope)[0].document == "press"
        found = remove(library, "press", prove_it=True)
        assert (found.index, found.hits) == ("followed by the running server", 0)
        assert not any(section.document == "press" for section in knowledge.snapshot().sections)
        assert "press" not in {passage.document for passage in knowledge.search("gold press torque", language="en", scope=scope)}
    finally:
        knowledge.close()


def test_shredding_leaves_no_byte(library: Library, tmp_path: Path) -> None:
    library.store.write_now(lambda conn: plant_gap(conn, "I read: The gold press is tightened to 431 N·m with the long spanner, and never by hand."))
    held = library.store.read_now(lambda conn: rows.holding(conn, "press", tenant="garden"))
    evidence = evidence_of(library, "press", held)
    assert left_bytes(library, evidence) != ()
    found = remove(library, "press", prove_it=True, shred=True)
    assert (found.left_bytes, found.hits, found.redacted) == ((), 0, 1)
    stored = library.store.read_now(lambda conn: conn.exec_driver_sql("SELECT text FROM gaps").scalar())
    assert stored.startswith("I read: [removed sha256:")
    needles = [word.encode() for word in ("431 N", "红色护目镜", "gold press")]
    for path in [*library.state.rglob("*"), *library.cache.rglob("*")]:
        assert not path.is_file() or not any(needle in path.read_bytes() for needle in needles), path


def test_plain_removal_keeps_what_customers_were_told(library: Library, tmp_path: Path) -> None:
    found = remove(library, "press")
    assert found.redacted is None
    assert "press" in {stone.id for stone in library.store.read_now(lambda conn: life.list_tombstones(conn, tenant="garden"))}


def test_internal_documents_are_never_cited_or_found_for_a_customer(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "in", {"inner.md": "---\naudience: internal\n---\n# Margins\n\n## Floor\n\nThe lowest rebate is 37 percent for friends."})
    add(library, [str(tmp_path / "in" / "inner.md")])
    knowledge = Knowledge(library.store, library.workspace, library.encoder, state=library.state, clock=library.clock)
    public = knowledge.search("lowest rebate for friends", language="en", scope=Scope("public", NOW), k=20)
    assert "inner" not in {passage.document for passage in public}
    assert "inner" in {passage.document for passage in knowledge.search("lowest rebate for friends", language="en", scope=Scope("internal", NOW))}
    assert knowledge.cite("inner", "en", "lowest rebate") == ()
    assert knowledge.cite("old-returns", "en", "Return window") == ()
    assert knowledge.cite("coming", "en", "Return window") == ()
    assert knowledge.cite("returns", "en", "Return window") != ()


def test_a_turn_that_was_running_is_waited_for_and_blacked_out(library: Library) -> None:
    words = "The gold press is tightened to 431 N·m with the long spanner, and never by hand."

    def begin(conn: Any) -> None:
        plant_gap(conn, "nothing yet")
        conn.execute(sa.text("UPDATE conversations SET turn_holder = :holder, fence = 5"), {"holder": process_holder()})

    def finish(conn: Any) -> None:
        conn.execute(sa.text("UPDATE gaps SET text = :words"), {"words": f"Answer: {words}"})
        conn.execute(sa.text("UPDATE conversations SET turn_holder = NULL"))

    library.store.write_now(begin)
    turn = Timer(0.3, lambda: library.store.write_now(finish))
    turn.start()
    found = remove(library, "press", shred=True, prove_it=True)
    turn.join()
    assert (found.hits, found.redacted) == (0, 1)


def test_what_a_turn_found_before_is_refused_after_the_removal(library: Library) -> None:
    knowledge = Knowledge(library.store, library.workspace, library.encoder, state=library.state, clock=library.clock)
    scope = Scope("public", NOW)
    found = knowledge.retriever.find("gold press torque", language="en", scope=scope, k=3)
    assert found is not None
    versions = {(hit.document.id, hit.document.language): hit.document.version for hit in found.hits}
    assert ("press", "en") in knowledge.check(versions, scope)
    remove(library, "press")
    assert ("press", "en") not in knowledge.check(versions, scope)
    assert "press" not in {passage.document for passage in knowledge.search("gold press torque", language="en", scope=scope)}


@pytest.mark.parametrize(
    "quoted",
    [
        "You said: The gold press is tightened to 431 N·m with the long spanner! Really?",
        "See Press manual > Torque of the press, en/torque-of-the-press",
        "听说并佩戴红色护目镜方可开机，对吗",
    ],
)
def test_shredding_blacks_out_half_a_sentence_and_what_is_called_after_it(library: Library, quoted: str) -> None:
    library.store.write_now(lambda conn: plant_gap(conn, quoted))
    assert remove(library, "press", prove_it=True, shred=True).hits == 0
    stored = library.store.read_now(lambda conn: conn.exec_driver_sql("SELECT text FROM gaps").scalar())
    assert "[removed sha256:" in stored
    assert not any(each in stored for each in ("Press manual", "orque of the press", "orque-of-the-press", "红色护目镜"))


def test_shredding_leaves_what_other_documents_are_called(library: Library, tmp_path: Path) -> None:
    put(library, tmp_path, "other.md", "# Lathe\n\n## Torque of the press\nNothing is said of it here.")
    library.store.write_now(lambda conn: plant_gap(conn, "other > Torque of the press en/torque-of-the-press"))
    remove(library, "press", shred=True)
    stored = library.store.read_now(lambda conn: conn.exec_driver_sql("SELECT text FROM gaps").scalar())
    assert stored == "other > Torque of the press en/torque-of-the-press"


def index_files(library: Library) -> list[str]:
    folder = library.state / "vectors"
    return [path.name for path in folder.rglob("*")] if folder.is_dir() else []


def test_a_tombstone_is_proved_and_shredded_as_often_as_asked(library: Library) -> None:
    quoted = "You said: The gold press is tightened to 431 N·m with the long spanner, and never by hand. 夜班操作压机必须两人在场！ See Press manual."
    remove(library, "press")
    library.store.write_now(lambda conn: plant_gap(conn, quoted))
    assert remove(library, "press", prove_it=True, shred=True).hits == 0
    stored = library.store.read_now(lambda conn: conn.exec_driver_sql("SELECT text FROM gaps").scalar())
    assert not any(each in stored for each in ("431", "夜班操作", "Press manual"))
    again = remove(library, "press", prove_it=True, shred=True)
    assert (again.hits, again.again, again.purged, again.redacted) == (0, True, 0, 0)
    assert sum(each.probes for each in again.probes) > 60
    assert len([stone for stone in library.store.read_now(lambda conn: life.list_tombstones(conn, tenant="garden")) if stone.id == "press"]) == 1


@pytest.mark.parametrize("name", [each for each in PLANTED if each != "gaps"])
def test_what_survived_a_removal_is_found_when_it_is_proved_later(library: Library, name: str) -> None:
    held = library.store.read_now(lambda conn: rows.holding(conn, "press", tenant="garden"))
    evidence = evidence_of(library, "press", held)
    remove(library, "press")
    left = library.store.read_now(lambda conn: remembered(conn, "press", tenant="garden"))
    later = evidence_left(library, "press", left)
    assert hits(probing.prove(library, later, transcripts=False)) == CLEAN
    plant, where = PLANTED[name]
    plant(library, evidence, held)
    assert {store for store, count in hits(probing.prove(library, later, transcripts=False)).items() if count} == where


def test_what_another_document_says_by_now_is_no_survivor(library: Library, tmp_path: Path) -> None:
    remove(library, "press")
    put(library, tmp_path, "successor.md", SECRET.replace("Press manual", "Successor of it"))
    index_of(library)
    assert remove(library, "press", prove_it=True).hits == 0
    assert "431 N·m" in texts(library)


def test_the_traces_of_a_document_hold_none_of_its_words(library: Library) -> None:
    remove(library, "press", shred=True)
    left = library.store.read_now(lambda conn: remembered(conn, "press", tenant="garden"))
    assert len(left.said) > 100
    assert not any(word.encode() in left.said + left.named for word in ("gold", "Press", "夜班"))


def test_a_document_that_was_brought_back_is_removed_as_ever(library: Library, tmp_path: Path) -> None:
    remove(library, "press")
    put(library, tmp_path, text=SECRET.replace("431", "777"))
    library.store.write_now(lambda conn: plant_gap(conn, "tightened to 431 N·m with the long spanner. tightened to 777 N·m with the long spanner"))
    assert remove(library, "press", prove_it=True).hits == 0
    found = remove(library, "press", shred=True, prove_it=True)
    assert (found.hits, found.again) == (0, True)


def test_a_server_that_does_not_follow_is_waited_for_aloud(library: Library) -> None:
    from assistant.knowledge.lock import acquire

    owner = acquire(library.state)
    assert owner is not None
    heard: list[float] = []
    with pytest.raises(BackendUnavailable, match="run the command again"):
        remove(library, "press", told=heard.append, patience=2.3)
    assert len(heard) == 1
    owner.release()
    assert remove(library, "press", prove_it=True, shred=True).hits == 0


def test_a_server_that_fills_its_index_follows_a_removal_at_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    discard_index(library.state / "vectors")
    monkeypatch.setattr(index_room, "SMALL", 1)
    monkeypatch.setattr(index_room, "_FILLER", "tests.knowledge.slow_filler")
    knowledge = Knowledge(library.store, library.workspace, library.encoder, state=library.state, clock=library.clock)
    knowledge.start()
    try:
        assert wait_for(lambda: index_room.VECTORS in index_files(library))
        found = remove(library, "press", prove_it=True, shred=True)
        assert (found.index, found.hits) == ("followed by the running server", 0)
        assert not getattr(knowledge._index, "ready", True)
    finally:
        knowledge.close()


def test_an_id_comes_back_from_the_folder_it_was_added_with(library: Library, tmp_path: Path) -> None:
    folder = write(tmp_path / "shelf", {"hygiene.md": "# Hygiene\n\nTowels are washed at 60 °C before they are delivered."})
    add(library, [str(folder)])
    remove(library, "hygiene")
    outcome = add(library, ["hygiene"])
    assert (outcome.restored, outcome.report.added, ("hygiene", "en") in live(library)) == (("hygiene",), 1, True)


def test_an_id_whose_file_nothing_reads_says_what_to_do_and_stays_removed(library: Library) -> None:
    remove(library, "press")
    with pytest.raises(InvalidInput, match=r"press\.md") as error:
        add(library, ["press"])
    assert error.value.code == "needs_file"
    assert sync_all(library).report.buried == ()
    assert "press" in {stone.id for stone in library.store.read_now(lambda conn: life.list_tombstones(conn, tenant="garden")) if stone.lifted is None}
