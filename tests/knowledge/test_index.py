"""The Chroma index against exact search as its oracle: filled, followed, reopened, damaged, rebuilt by itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from assistant.knowledge import index as room
from assistant.knowledge.concepts import Concepts, concepts_of
from assistant.knowledge.index import VectorIndex
from assistant.knowledge.ingest import SyncReport
from assistant.knowledge.snapshot import Snapshot, load
from assistant.store.engine import SqlStore
from tests.knowledge.garden import CATALOG, RETURNS_EN, HashEncoder, changed, document, documents

Put = Callable[..., SyncReport]


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    return concepts_of(CATALOG)


@pytest.fixture
def read(store: SqlStore, encoder: HashEncoder, concepts: Concepts) -> Callable[..., Snapshot]:
    def newest(earlier: Snapshot | None = None) -> Snapshot:
        return load(store, encoder, tenant="garden", concepts=concepts, earlier=earlier)

    return newest


@pytest.fixture
def index(tmp_path: Path, encoder: HashEncoder) -> Iterator[VectorIndex]:
    made = VectorIndex(tmp_path / "vectors", encoder)
    yield made
    made.close()


def exact(snapshot: Snapshot, vector: npt.NDArray[np.float32], audience: str, k: int) -> list[str]:
    chunks = room.chunks_by_audience(snapshot)
    rows = {**chunks["public"], **(chunks["internal"] if audience == "internal" else {})}
    return sorted(rows, key=lambda digest: -float(snapshot.matrix[rows[digest]] @ vector))[:k]


def query(encoder: HashEncoder, text: str) -> npt.NDArray[np.float32]:
    vector: npt.NDArray[np.float32] = encoder.encode([text])[0]
    return vector


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_it_finds_what_exact_search_finds(put: Put, read: Callable[..., Snapshot], index: VectorIndex, encoder: HashEncoder, audience: str) -> None:
    put(*documents())
    snapshot = read()
    assert index.follow(snapshot)
    for text in ("return unused tools", "blade bolt torque", "late returns at the desk"):
        vector = query(encoder, text)
        assert set(index.query(vector, audience=audience, k=3) or ()) == set(exact(snapshot, vector, audience, 3))


def test_it_answers_only_for_the_snapshot_it_holds(
    put: Put, read: Callable[..., Snapshot], index: VectorIndex, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "SMALL", 0)
    put(*documents())
    first = read()
    vector = query(encoder, "return unused tools")
    assert index.nearest(vector, first, audience="public", k=3) is None
    index.follow(first)
    assert index.nearest(vector, first, audience="public", k=3)
    put(*documents()[1:])
    second = read(first)
    assert index.nearest(vector, second, audience="public", k=3) is None
    index.follow(second)
    assert index.nearest(vector, second, audience="public", k=3) == exact(second, vector, "public", 3)


def test_an_edit_goes_into_the_generation_in_use(put: Put, read: Callable[..., Snapshot], index: VectorIndex, encoder: HashEncoder) -> None:
    returns = document("returns", RETURNS_EN)
    put(returns)
    first = read()
    index.follow(first)
    put(changed(returns, RETURNS_EN.replace("20 days", "25 days")))
    second = read(first)
    index.follow(second)
    assert [path.name for path in index.folder.iterdir() if path.is_dir()] == ["g1"]
    vector = query(encoder, "25 days")
    assert list(index.query(vector, audience="public", k=99) or ()) == exact(second, vector, "public", 99)


def test_what_becomes_internal_leaves_the_public_collection(put: Put, read: Callable[..., Snapshot], index: VectorIndex, encoder: HashEncoder) -> None:
    put(document("returns", RETURNS_EN))
    first = read()
    index.follow(first)
    put(document("returns", RETURNS_EN, audience="internal"))
    index.follow(read(first))
    vector = query(encoder, "return window")
    assert not index.query(vector, audience="public", k=9)
    assert index.query(vector, audience="internal", k=9)


def test_a_reopened_index_is_used_as_it_is(put: Put, read: Callable[..., Snapshot], index: VectorIndex, encoder: HashEncoder) -> None:
    put(*documents())
    snapshot = read()
    index.follow(snapshot)
    index.close()
    again = VectorIndex(index.folder, encoder)
    assert again.follow(snapshot)
    assert [path.name for path in index.folder.iterdir() if path.is_dir()] == ["g1"]
    vector = query(encoder, "blade")
    assert list(again.query(vector, audience="public", k=5) or ()) == exact(snapshot, vector, "public", 5)
    again.close()


def _empty_files(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "current.json":
            path.write_bytes(b"")


def _junk(folder: Path) -> None:
    for path in folder.rglob("*.sqlite3"):
        path.write_bytes(b"this is no database" * 100)


def _no_pointer(folder: Path) -> None:
    (folder / "current.json").write_text("{")


def _lost(folder: Path) -> None:
    pointer = json.loads((folder / "current.json").read_text())
    (folder / "current.json").write_text(json.dumps({**pointer, "generation": "g99"}))


@pytest.mark.parametrize("damage", [_empty_files, _junk, _no_pointer, _lost])
def test_a_damaged_folder_is_rebuilt_by_itself(
    put: Put, read: Callable[..., Snapshot], index: VectorIndex, encoder: HashEncoder, damage: Callable[[Path], None]
) -> None:
    put(*documents())
    snapshot = read()
    index.follow(snapshot)
    index.close()
    damage(index.folder)
    again = VectorIndex(index.folder, encoder)
    assert again.follow(snapshot)
    vector = query(encoder, "blade bolt torque")
    assert list(again.query(vector, audience="public", k=5) or ()) == exact(snapshot, vector, "public", 5)
    assert len([path for path in index.folder.iterdir() if path.is_dir()]) == 1
    again.close()


def test_another_encoder_gets_an_index_of_its_own(put: Put, read: Callable[..., Snapshot], index: VectorIndex) -> None:
    put(*documents())
    snapshot = read()
    index.follow(snapshot)
    index.close()
    newer = HashEncoder()
    newer.version = "2"
    other = VectorIndex(index.folder, newer)
    assert other.follow(snapshot)
    assert json.loads((index.folder / "current.json").read_text())["stamp"] == "hash-2-64"
    other.close()


def test_a_failing_index_lets_exact_search_answer_and_heals(put: Put, read: Callable[..., Snapshot], index: VectorIndex, encoder: HashEncoder) -> None:
    put(*documents())
    snapshot = read()
    index.follow(snapshot)
    vector = query(encoder, "blade")
    index._client.delete_collection(f"public-{'hash-1-64'}")
    assert index.query(vector, audience="public", k=3) is None
    assert not index.ready
    assert index.follow(snapshot)
    assert index.query(vector, audience="public", k=3)


def test_a_folder_that_cannot_be_written_is_reported_and_harmless(put: Put, read: Callable[..., Snapshot], tmp_path: Path, encoder: HashEncoder) -> None:
    put(*documents())
    (tmp_path / "file").write_text("no folder")
    blocked = VectorIndex(tmp_path / "file", encoder)
    assert not blocked.follow(read())
    assert not blocked.ready


def test_an_empty_corpus_is_held_too(read: Callable[..., Snapshot], index: VectorIndex, encoder: HashEncoder) -> None:
    assert index.follow(read())
    assert list(index.query(query(encoder, "blade"), audience="internal", k=3) or ()) == []


def test_the_same_words_in_two_sections_are_one_vector_for_both(put: Put, read: Callable[..., Snapshot], index: VectorIndex) -> None:
    put(document("a", "# A\n\nThe same words."), document("b", "# B\n\nThe same words."))
    snapshot: Any = read()
    index.follow(snapshot)
    shared = [digest for digest, holders in snapshot.sharers.items() if len(holders) == 2]
    assert len(shared) == 1


def test_a_rebuild_that_a_removal_overtook_ends_and_nothing_of_it_is_left(put: Put, read: Callable[..., Snapshot], index: VectorIndex) -> None:
    put(*documents())
    old = read()
    index.overtake(old.head + 1)
    assert not index.follow(old)
    put(*documents()[1:])
    new = read()
    index.without(new)
    assert not [path for path in index.folder.glob("**/*") if path.is_file()]
    assert index.follow(new)
    assert index.ready


def test_what_is_gone_is_taken_out_before_anything_new_comes_in(put: Put, read: Callable[..., Snapshot], index: VectorIndex) -> None:
    put(*documents())
    assert index.follow(read())
    (generation,) = [path.name for path in index.folder.iterdir() if path.is_dir()]
    put(*documents()[1:], document("more", "# More\n\n## Words\n\nNever seen before at all."))
    new = read()
    index.without(new)
    held = {digest for collection in index._collections.values() for digest in collection.get(include=[])["ids"]}
    assert held < set(new.hashes)
    assert [path.name for path in index.folder.iterdir() if path.is_dir()] == [generation]
    assert index.follow(new)
    assert {digest for collection in index._collections.values() for digest in collection.get(include=[])["ids"]} == set(new.hashes)
