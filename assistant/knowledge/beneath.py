"""The files below the stores, looked at and cleaned without asking their owners: the vector cache and a copy of the vector index; no SQL."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.knowledge.index_build import client_of
from assistant.knowledge.vectors import VectorCache

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


# how often a generation is copied until the copy is whole, and how long it is waited in between
_COPIES, _PAUSE = 20, 0.25


def forget(folder: Path, hashes: Collection[str]) -> int:
    """Takes the vectors of these chunks out of every cache file in `folder`, whatever their encoder; gives their number."""
    return sum(_drop(path, frozenset(hashes)) for path in cache_files(folder))


def cached_hits(folder: Path, hashes: Collection[str]) -> tuple[int, int]:
    """(chunks looked up, chunks found) over every cache file in `folder`."""
    files = cache_files(folder)
    return len(files) * len(hashes), sum(len(cache_at(path).load().keys() & set(hashes)) for path in files)


def _drop(path: Path, hashes: frozenset[str]) -> int:
    cache = cache_at(path)
    held = cache.load()
    gone = held.keys() & hashes
    if gone:
        # the old file goes first: what a crash leaves is a smaller cache, never one that still holds them
        path.unlink()
        cache.add({digest: data for digest, data in held.items() if digest not in gone})
    return len(gone)


@dataclass(slots=True)
class _Named:
    """As much of an encoder as names a cache file."""

    name: str
    version: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        raise NotImplementedError


def cache_at(path: Path) -> VectorCache:
    """The cache of a file by its name, whether its encoder is installed or not."""
    name, version, dimension = path.stem.removeprefix("vectors-").rsplit("-", 2)
    return VectorCache(path.parent, _Named(name, version, int(dimension)))


def cache_files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("vectors-*.bin"))) if folder.is_dir() else ()


def index_hits(folder: Path, *, hashes: Collection[str], vectors: Sequence[npt.NDArray[np.float32]], k: int) -> tuple[int, int]:
    """(questions asked, answers among `hashes`) of every collection of every generation of an index, asked by id and by nearness.

    A copy is asked, because a second opener of the folder would be shown an older state; what was written to the folder is in the copy.
    """
    probes = hits = 0
    for generation in sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else ():
        asked, found = _asked(generation, hashes, vectors, k=k)
        probes, hits = probes + asked, hits + found
    return probes, hits


def _asked(generation: Path, hashes: Collection[str], vectors: Sequence[npt.NDArray[np.float32]], *, k: int) -> tuple[int, int]:
    """`_ask` of a copy. One that is being written to may be copied torn, and is copied again; one that its owner throws away meanwhile holds nothing."""
    for left in reversed(range(_COPIES)):
        try:
            with tempfile.TemporaryDirectory(prefix="probe-") as temporary:
                copy = Path(temporary) / generation.name
                shutil.copytree(generation, copy)
                return _ask(copy, hashes, vectors, k=k)
        except Exception:  # Chroma raises its own kinds for every damage
            if not generation.exists():
                break
            if not left:
                raise
            time.sleep(_PAUSE)
    return 0, 0


def _ask(generation: Path, hashes: Collection[str], vectors: Sequence[npt.NDArray[np.float32]], *, k: int) -> tuple[int, int]:
    wanted, hits, probes = sorted(hashes), 0, 0
    client = client_of(generation)
    try:
        for collection in client.list_collections():
            size = collection.count()
            probes += max(len(wanted), 1)
            hits += len(collection.get(ids=wanted, include=[])["ids"]) if wanted else 0
            for vector in vectors if size else ():
                probes += 1
                near = collection.query(query_embeddings=[vector], n_results=min(k, size), include=["distances"])["ids"][0]
                hits += len(set(wanted) & set(near))
    finally:
        client.close()
    return probes, hits


def discard_index(folder: Path) -> None:
    """Throws an index away; whoever owns the state builds it again."""
    shutil.rmtree(folder, ignore_errors=True)
