"""The vector index in Chroma: one collection an audience, filled from a snapshot and thrown away when in doubt; the truth is in SQL.

A folder of generations: `current.json` names the one in use; a new one is filled beside it, probed, and switched to. Small changes go into the one in use.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.knowledge.snapshot import Snapshot
from assistant.knowledge.vectors import stamp
from assistant.ports import Encoder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

AUDIENCES = ("public", "internal")
# below this many chunks exact search is as fast as any index
SMALL = 8_000
# a threshold that is never reached keeps every change in the log: a kill then loses and corrupts nothing, and replaying the few of one life costs little
LOGGED = 1_000_000
BATCH = 2000
FEED, VECTORS = "feed.json", "feed.npy"
_FILLER = "assistant.knowledge.index_build"
_REBUILD_SHARE = 0.3
_POINTER = "current.json"


class VectorIndex:
    """Answers `nearest` once it holds exactly the chunks of the snapshot asked about; until then, and whenever anything fails, it answers None.

    `follow` brings it towards a snapshot on the calling thread; a damaged or foreign folder is rebuilt.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.folder = folder
        self._stamp = stamp(encoder)
        self._guard = Lock()
        self._client: Any = None
        self._collections: dict[str, Any] = {}
        self._held: dict[str, frozenset[str]] = {}
        self._ready: Snapshot | None = None
        self._broken = False
        self._filling: subprocess.Popen[bytes] | None = None
        self._ended = False
        self._least = 0

    @property
    def ready(self) -> bool:
        """Whether it holds a snapshot completely."""
        return self._ready is not None

    def nearest(self, vector: npt.NDArray[np.float32], snapshot: Snapshot, *, audience: str, k: int) -> Sequence[str] | None:
        """The hashes of about `k` chunks an audience may see, nearest first; None when exact search has to answer."""
        if self._ready is not snapshot or len(snapshot.hashes) <= SMALL:
            return None
        return self.query(vector, audience=audience, k=k)

    def query(self, vector: npt.NDArray[np.float32], *, audience: str, k: int) -> Sequence[str] | None:
        """`nearest` whatever the size and the snapshot."""
        wanted = AUDIENCES if audience == "internal" else AUDIENCES[:1]
        found: list[tuple[float, str]] = []
        asked = self._ready
        try:
            for name in wanted:
                if self._held.get(name):
                    result = self._collections[name].query(query_embeddings=[vector], n_results=min(k, len(self._held[name])), include=["distances"])
                    found += zip(result["distances"][0], result["ids"][0], strict=True)
        except Exception:  # whatever a damaged index raises, exact search answers instead
            # one that is being changed may fail for whoever asks meanwhile, and is not damaged for that
            if asked is not None and self._ready is asked:
                self._broken, self._ready = True, None
            return None
        return [digest for _, digest in sorted(found)[:k]]

    def follow(self, snapshot: Snapshot) -> bool:
        """Holds exactly the chunks of `snapshot` afterwards; False when it could not (the next call tries again)."""
        if self._ready is snapshot:
            return True
        wanted = chunks_by_audience(snapshot)
        with self._guard:
            if self._late(snapshot):
                return False
            try:
                if not self._broken and (self._client is not None or self._open()):
                    self._update(wanted, snapshot)
                else:
                    self._rebuild(wanted, snapshot)
            except Exception:  # a folder that cannot be read or written: leave it, rebuild at the next call
                self._broken = True
                self._drop()
                return False
            self._broken, self._ready = False, snapshot
            return True

    def give_up(self) -> None:
        """Ends a rebuild under way, from another thread; the next start makes it again."""
        self._ended = True
        self._end_filling()

    def overtake(self, head: int) -> None:
        """Something was removed with change `head`: a rebuild from an older snapshot, which another thread may be at, ends, and none begins."""
        self._least = max(self._least, head)
        self._end_filling()

    def without(self, snapshot: Snapshot, *, anew: bool = False) -> None:
        """Nothing but chunks of `snapshot` is in the folder afterwards, and perhaps not all of these: `follow` brings them.

        It takes no longer than deleting does: what cannot be deleted from, or shall be written `anew` because deleted vectors stay in files, is thrown away.
        """
        wanted = chunks_by_audience(snapshot)
        with self._guard:
            self._ready = None
            if anew or not self._taken_out(wanted):
                self._drop()
                self._broken = True
                shutil.rmtree(self.folder, ignore_errors=True)

    def _taken_out(self, wanted: Mapping[str, Mapping[str, int]]) -> bool:
        """Whether the generation in use could be freed of every chunk that is not wanted, and the others removed."""
        try:
            if self._broken or (self._client is None and not self._open()):
                return False
            for name, chunks in wanted.items():
                gone = self._held[name] - chunks.keys()
                if gone:
                    self._collections[name].delete(ids=sorted(gone))
                self._held[name] -= gone
            self._alone(json.loads((self.folder / _POINTER).read_text(encoding="utf-8"))["generation"])
        except Exception:  # Chroma raises its own kinds for every damage
            return False
        return True

    def _end_filling(self) -> None:
        if (filling := self._filling) is not None:
            filling.terminate()

    def _late(self, snapshot: Snapshot) -> bool:
        """Whether going on with a snapshot is in vain."""
        return self._ended or snapshot.head < self._least

    def close(self) -> None:
        with self._guard:
            self._ready = None
            self._drop()

    def _open(self) -> bool:
        """Opens the generation in use; False when there is none of this encoder, or it does not answer."""
        try:
            pointer = json.loads((self.folder / _POINTER).read_text(encoding="utf-8"))
            if pointer["stamp"] != self._stamp or not (self.folder / pointer["generation"]).is_dir():
                return False
            self._attach(self.folder / pointer["generation"], make=False)
            self._held = {name: frozenset(collection.get(include=[])["ids"]) for name, collection in self._collections.items()}
        except Exception:  # Chroma raises its own kinds for every damage
            self._drop()
            return False
        return self._probe()

    def _probe(self) -> bool:
        """Whether each collection finds a vector it holds."""
        for name, collection in self._collections.items():
            if not self._held[name]:
                continue
            some = min(self._held[name])
            stored = collection.get(ids=[some], include=["embeddings"])["embeddings"]
            near = collection.query(query_embeddings=stored, n_results=1, include=["distances"])
            if not near["ids"][0] or near["distances"][0][0] > 1e-3 or collection.count() != len(self._held[name]):
                self._drop()
                return False
        return True

    def _attach(self, generation: Path, *, make: bool) -> None:
        self._drop()
        self._client = client_of(generation)
        if make:
            self._collections = make_collections(self._client, self._stamp)
        else:
            self._collections = {name: self._client.get_collection(f"{name}-{self._stamp}", embedding_function=None) for name in AUDIENCES}

    def _update(self, wanted: Mapping[str, Mapping[str, int]], snapshot: Snapshot) -> None:
        changed = sum(len(self._held[name].symmetric_difference(chunks)) for name, chunks in wanted.items())
        if changed > max(1000, _REBUILD_SHARE * len(snapshot.hashes)):
            self._rebuild(wanted, snapshot)
            return
        self._ready = None
        for name, chunks in wanted.items():
            gone = self._held[name] - chunks.keys()
            if gone:
                self._collections[name].delete(ids=sorted(gone))
            self._fill(name, {digest: row for digest, row in chunks.items() if digest not in self._held[name]}, snapshot)
            self._held[name] = frozenset(chunks)

    def _rebuild(self, wanted: Mapping[str, Mapping[str, int]], snapshot: Snapshot) -> None:
        """Fills a new generation, probes it, points to it, and removes the others."""
        self._ready = None
        self._drop()
        self.folder.mkdir(parents=True, exist_ok=True)
        numbers = [int(path.name[1:]) for path in self.folder.iterdir() if path.name[:1] == "g" and path.name[1:].isdigit()]
        generation = self.folder / f"g{max(numbers, default=0) + 1}"
        if len(snapshot.hashes) > SMALL and self._filled_apart(generation, wanted, snapshot):
            self._attach(generation, make=False)
        else:
            shutil.rmtree(generation, ignore_errors=True)
            self._attach(generation, make=True)
            for name, chunks in wanted.items():
                self._fill(name, chunks, snapshot)
                self._collections[name].modify(configuration={"hnsw": {"sync_threshold": LOGGED}})
        self._held = {name: frozenset(chunks) for name, chunks in wanted.items()}
        if not self._probe():
            raise OSError("the new index does not find its own vectors")
        partial = self.folder / f"{_POINTER}.new"
        partial.write_text(json.dumps({"generation": generation.name, "stamp": self._stamp}), encoding="utf-8")
        os.replace(partial, self.folder / _POINTER)
        self._alone(generation.name)

    def _alone(self, generation: str) -> None:
        """Removes every other generation."""
        _remove(path for path in self.folder.iterdir() if path.is_dir() and path.name != generation)

    def _fill(self, name: str, chunks: Mapping[str, int], snapshot: Snapshot) -> None:
        hashes, rows = list(chunks), list(chunks.values())
        for start in range(0, len(hashes), BATCH):
            self._go_on(snapshot)
            fill(self._collections[name], hashes[start : start + BATCH], snapshot.matrix, rows[start : start + BATCH])

    def _go_on(self, snapshot: Snapshot) -> None:
        """Raises InterruptedError when it is in vain."""
        if self._late(snapshot):
            raise InterruptedError("given up")

    def _filled_apart(self, generation: Path, wanted: Mapping[str, Mapping[str, int]], snapshot: Snapshot) -> bool:
        """Whether another process has filled the generation. Raises InterruptedError when it was given up."""
        try:
            self._filling = start_filling(generation, self._stamp, wanted, snapshot.matrix)
        except OSError:
            return False
        try:
            if self._late(snapshot):
                self._filling.terminate()
            filled = self._filling.wait() == 0
        finally:
            self._filling = None
        self._go_on(snapshot)
        return filled

    def _drop(self) -> None:
        client, self._client = self._client, None
        self._collections, self._held = {}, {}
        if client is not None:
            client.close()


def client_of(generation: Path) -> Any:
    """Chroma over one generation's folder."""
    import chromadb

    return chromadb.PersistentClient(path=str(generation), settings=_settings().model_copy())


@lru_cache(maxsize=1)
def _settings() -> Any:
    """Chroma's settings, which are read from the environment for ten times as long as they take to copy."""
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def make_collections(client: Any, stamp: str) -> dict[str, Any]:
    """New collections, one an audience."""
    space = {"hnsw": {"space": "ip"}}
    return {name: client.create_collection(f"{name}-{stamp}", embedding_function=None, configuration=space) for name in AUDIENCES}


def fill(collection: Any, hashes: Sequence[str], vectors: npt.NDArray[np.float32], rows: Sequence[int]) -> None:
    """Puts the rows of a matrix in under their hashes."""
    for start in range(0, len(hashes), BATCH):
        part = slice(start, start + BATCH)
        collection.upsert(ids=list(hashes[part]), embeddings=vectors[list(rows[part])])


def start_filling(generation: Path, stamp: str, wanted: Mapping[str, Mapping[str, int]], vectors: npt.NDArray[np.float32]) -> subprocess.Popen[bytes]:
    """A process that fills `generation` and ends with 0; it ends early when this one does. Raises OSError when it cannot be started."""
    import numpy as np

    generation.mkdir(parents=True, exist_ok=True)
    np.save(generation / VECTORS, vectors)
    feed = {"stamp": stamp, "wanted": {name: [list(chunks), list(chunks.values())] for name, chunks in wanted.items()}}
    (generation / FEED).write_text(json.dumps(feed), encoding="utf-8")
    words = [sys.executable, "-m", _FILLER, str(generation), str(os.getpid())]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def chunks_by_audience(snapshot: Snapshot) -> dict[str, dict[str, int]]:
    """Chunk hash -> row of the matrix, for each audience; what is public is not repeated among the internal."""
    public = [row.audience == "public" for row in snapshot.documents]
    found: dict[str, dict[str, int]] = {name: {} for name in AUDIENCES}
    documents = snapshot.document[snapshot.owner].tolist() if len(snapshot.owner) else []
    for row, (digest, document) in enumerate(zip(snapshot.hashes, documents, strict=True)):
        found["public" if public[document] else "internal"].setdefault(digest, row)
    for digest in found["public"]:
        found["internal"].pop(digest, None)
    return found


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)
