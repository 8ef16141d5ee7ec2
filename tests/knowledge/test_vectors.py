"""Vectors by hash and the cache file they share."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assistant.knowledge.vectors import VectorCache, chunk_hash, embed, matrix, stamp
from tests.knowledge.garden import HashEncoder


def test_a_cache_gives_back_what_was_added(tmp_path: Path, encoder: HashEncoder) -> None:
    made = embed(encoder, {chunk_hash(text): text for text in ("a b", "c d")})
    VectorCache(tmp_path / "deep", encoder).add(made)
    VectorCache(tmp_path / "deep", encoder).add({chunk_hash("e"): made[chunk_hash("a b")]})
    assert VectorCache(tmp_path / "deep", encoder).load() == {**made, chunk_hash("e"): made[chunk_hash("a b")]}


def test_a_damaged_cache_counts_as_empty(tmp_path: Path, encoder: HashEncoder) -> None:
    cache = VectorCache(tmp_path, encoder)
    cache.add(embed(encoder, {chunk_hash("a"): "a"}))
    data = cache.path.read_bytes()
    for broken in (data[:-3], data[:40] + b"x" + data[41:], b"", b"junk"):
        cache.path.write_bytes(broken)
        assert cache.load() == {}
    cache.add(embed(encoder, {chunk_hash("b"): "b"}))
    assert set(cache.load()) == {chunk_hash("b")}


def test_a_cache_that_cannot_be_written_is_left_alone(tmp_path: Path, encoder: HashEncoder) -> None:
    (tmp_path / "file").write_text("no folder")
    VectorCache(tmp_path / "file", encoder).add(embed(encoder, {chunk_hash("a"): "a"}))
    assert VectorCache(tmp_path / "file", encoder).load() == {}


def test_the_stamp_tells_encoders_apart(encoder: HashEncoder) -> None:
    other = HashEncoder()
    other.version = "2"
    assert stamp(encoder) == "hash-1-64"
    assert stamp(other) != stamp(encoder)


def test_a_missing_vector_is_a_row_of_zeros(encoder: HashEncoder) -> None:
    made = embed(encoder, {"h1": "one"})
    rows = matrix(["h1", "h2", "h1"], [*made.items(), ("h2", b"short"), ("h3", made["h1"])], 64)
    assert rows.shape == (3, 64)
    assert np.isclose(np.linalg.norm(rows[0]), 1)
    assert np.array_equal(rows[0], rows[2])
    assert not rows[1].any()


def test_progress_counts_texts(encoder: HashEncoder) -> None:
    told: list[tuple[int, int]] = []
    embed(encoder, {str(n): f"text {n}" for n in range(70)}, progress=lambda done, of: told.append((done, of)))
    assert told == [(64, 70), (70, 70)]
