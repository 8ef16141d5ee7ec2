"""Filling a generation of the index in another process: it holds the same, it ends when told to, and without one the index is filled here."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.knowledge import index as room
from assistant.knowledge.concepts import concepts_of
from assistant.knowledge.index import VectorIndex
from assistant.knowledge.ingest import SyncReport
from assistant.knowledge.snapshot import Snapshot, load
from assistant.store.engine import SqlStore
from tests.knowledge.garden import CATALOG, HashEncoder, documents


@pytest.fixture
def snapshot(put: Callable[..., SyncReport], store: SqlStore, encoder: HashEncoder) -> Snapshot:
    put(*documents())
    return load(store, encoder, tenant="garden", concepts=concepts_of(CATALOG))


def test_another_process_fills_it_and_leaves_nothing_behind(tmp_path: Path) -> None:
    vectors = np.eye(4, dtype=np.float32)
    filling = room.start_filling(tmp_path / "g1", "s", {"public": {"a": 0, "b": 2}, "internal": {"c": 3}}, vectors)
    assert filling.wait(240) == 0
    client = room.client_of(tmp_path / "g1")
    held = {name: sorted(client.get_collection(f"{name}-s", embedding_function=None).get(include=[])["ids"]) for name in room.AUDIENCES}
    near = client.get_collection("public-s", embedding_function=None).query(query_embeddings=[vectors[2]], n_results=1)
    client.close()
    assert held == {"public": ["a", "b"], "internal": ["c"]}
    assert near["ids"] == [["b"]]
    assert not list((tmp_path / "g1").glob("feed.*"))


def test_an_index_given_up_ends_its_process_and_holds_nothing(
    snapshot: Snapshot, tmp_path: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "SMALL", 0)
    index = VectorIndex(tmp_path / "vectors", encoder)
    index.give_up()
    assert not index.follow(snapshot)
    assert not index.ready
    index.close()


def test_without_another_process_it_is_filled_here(snapshot: Snapshot, tmp_path: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> subprocess.Popen[bytes]:
        raise OSError("no more processes")

    monkeypatch.setattr(room, "SMALL", 0)
    monkeypatch.setattr(room, "start_filling", refused)
    index = VectorIndex(tmp_path / "vectors", encoder)
    assert index.follow(snapshot)
    assert index.nearest(snapshot.matrix[0], snapshot, audience="internal", k=1) == [snapshot.hashes[0]]
    index.close()
