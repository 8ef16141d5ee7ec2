"""Vectors by chunk hash: bytes and arrays, the name stamped on them, and a cache file that all states of a workspace share; no SQL."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.ports import Encoder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

BATCH = 64
_MAGIC = b"vectors1"
_NAME = 32
_DIGEST = 16
# stored vectors that are copied at once
_READ = 1024

Progress = Callable[[int, int], None]


def stamp(encoder: Encoder) -> str:
    """The name under which an encoder's vectors are kept: name, version and dimension."""
    return f"{encoder.name}-{encoder.version}-{encoder.dimension}"


def chunk_hash(text: str) -> str:
    """32 hexadecimal characters that name an embedded text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_NAME]


def embed(encoder: Encoder, texts: Mapping[str, str], *, progress: Progress | None = None) -> dict[str, bytes]:
    """Vectors (little-endian float32) of texts by hash; `progress(done, all)` is called after each batch."""
    found: dict[str, bytes] = {}
    hashes = list(texts)
    # some encoders read what is searched in another way than what is asked
    encode = getattr(encoder, "encode_passages", encoder.encode)
    for start in range(0, len(hashes), BATCH):
        batch = hashes[start : start + BATCH]
        vectors = encode([texts[each] for each in batch]).astype("<f4", copy=False)
        found.update((name, vector.tobytes()) for name, vector in zip(batch, vectors, strict=True))
        if progress is not None:
            progress(len(found), len(hashes))
    return found


def matrix(hashes: Sequence[str], stored: Iterable[tuple[str, bytes]], dimension: int) -> npt.NDArray[np.float32]:
    """float32 of shape (len(hashes), dimension); a missing or misshapen vector is a row of zeros, which no search finds.

    `stored` is gone through once, so that it need not lie in memory beside the matrix.
    """
    import numpy as np

    places: dict[str, int] = {}
    again: list[tuple[int, int]] = []
    for row, name in enumerate(hashes):
        first = places.setdefault(name, row)
        if first != row:
            again.append((row, first))
    made = np.zeros((len(hashes), dimension), dtype=np.float32)
    rest = iter(stored)
    while batch := list(islice(rest, _READ)):
        part = [(place, data) for name, data in batch if len(data) == 4 * dimension and (place := places.get(name)) is not None]
        if part:
            made[[place for place, _ in part]] = np.frombuffer(b"".join(data for _, data in part), dtype="<f4").reshape(len(part), dimension)
    if again:
        made[[row for row, _ in again]] = made[[first for _, first in again]]
    return made


@lru_cache(maxsize=1)
def calm_threads() -> object:
    """Makes matrix products of this process run on one thread, once and for all.

    A product of a question with a corpus takes a millisecond; handed to several threads on a busy machine it waits 20 ms for the last of them.
    """
    import numpy  # noqa: F401 - only a library that is loaded can be limited
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    return threadpool_limits(limits=1, user_api="blas")


class VectorCache:
    """A file of vectors by hash for one encoder. A damaged file counts as empty; writing replaces the file in one step."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.path = folder / f"vectors-{stamp(encoder)}.bin"
        self._size = 4 * encoder.dimension

    def load(self) -> dict[str, bytes]:
        """Every vector of the file."""
        try:
            data = self.path.read_bytes()
        except OSError:
            return {}
        head = len(_MAGIC) + _DIGEST
        body = memoryview(data)[head:]
        record = _NAME + self._size
        if data[: len(_MAGIC)] != _MAGIC or len(body) % record or data[len(_MAGIC) : head] != _digest(body):
            return {}
        return {bytes(body[at : at + _NAME]).decode("ascii", "replace"): bytes(body[at + _NAME : at + record]) for at in range(0, len(body), record)}

    def add(self, new: Mapping[str, bytes]) -> None:
        """Adds vectors to the file; a folder that cannot be written is left alone, because this is only a cache."""
        if not new:
            return
        merged = {**self.load(), **new}
        body = b"".join(_records(merged.items(), self._size))
        partial = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(_MAGIC + _digest(body) + body)
            os.replace(partial, self.path)
        except OSError:
            with suppress(OSError):
                partial.unlink(missing_ok=True)


def _records(items: Iterable[tuple[str, bytes]], size: int) -> Iterable[bytes]:
    return (name.encode("ascii") + data for name, data in items if len(name) == _NAME and len(data) == size)


def _digest(body: bytes | memoryview) -> bytes:
    return hashlib.blake2b(body, digest_size=_DIGEST).digest()
