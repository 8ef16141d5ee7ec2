"""Finds the words of a removed document again without holding them: each is known by its length and two hashes; it decides nothing."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.store.knowledge_seek import holders
from assistant.store.knowledge_tables import chunks, traces

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# the first eight bytes of a text decide whether it is worth hashing there; of their hash so few bits are kept that they name no text
_WIDTH, _BITS = 8, 24
_SPREAD = 0x9E3779B97F4A7C15
_DIGEST = 8
_ENTRY = struct.Struct(f"<II{_DIGEST}s")


class Traces:
    """Texts that are looked for without being known. Those shorter than eight bytes are left out."""

    def __init__(self, packed: bytes = b"", *, without: Collection[bytes] = ()) -> None:
        """`packed` is what `pack` made; `without` are texts that are not to be found."""
        import numpy as np

        spared = {(len(text), _digest(text)) for text in without}
        self._by_mark: dict[int, dict[int, set[bytes]]] = {}
        self.count = self._longest = 0
        for mark, length, digest in _ENTRY.iter_unpack(packed):
            if (length, digest) not in spared:
                self._by_mark.setdefault(mark, {}).setdefault(length, set()).add(digest)
                self.count, self._longest = self.count + 1, max(self._longest, length)
        self._marks = np.zeros(1 << _BITS if self._by_mark else 1, dtype=bool)
        self._marks[list(self._by_mark)] = True

    @property
    def longest(self) -> int:
        return self._longest

    def places(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """(offset, text) of every occurrence, in no order."""
        import numpy as np

        for shift in range(_WIDTH if self._by_mark else 0):
            count = (len(data) - shift) // _WIDTH
            if count <= 0:
                continue
            marks = _hashed(np.frombuffer(data, dtype="<u8", count=count, offset=shift))
            for number in np.flatnonzero(self._marks[marks]).tolist():
                at = shift + number * _WIDTH
                for length, digests in self._by_mark[int(marks[number])].items():
                    text = data[at : at + length]
                    if len(text) == length and _digest(text) in digests:
                        yield at, text

    def within(self, data: bytes) -> bool:
        """Whether any of the texts stands in the data."""
        return next(self.places(data), None) is not None

    def holders(self, values: Sequence[bytes]) -> frozenset[int]:
        """The numbers of the values that hold any of the texts."""
        return holders(self.places, values)


def pack(texts: Iterable[bytes]) -> bytes:
    """What `Traces` needs to find these texts again; none of them can be read from it."""
    import numpy as np

    long = [text for text in dict.fromkeys(texts) if len(text) >= _WIDTH]
    marks = _hashed(np.frombuffer(b"".join(text[:_WIDTH] for text in long), dtype="<u8")).tolist()
    return b"".join(_ENTRY.pack(mark, len(text), _digest(text)) for mark, text in zip(marks, long, strict=True))


def _digest(text: bytes) -> bytes:
    return blake2b(text, digest_size=_DIGEST).digest()


def _hashed(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    import numpy as np

    with np.errstate(over="ignore"):
        return (words * np.uint64(_SPREAD)) >> np.uint64(64 - _BITS)


@dataclass(frozen=True, slots=True)
class Left:
    """What is remembered of a removed document: what it said and what only it was called (packed), its chunks, its last versions by language, its source."""

    said: bytes = b""
    named: bytes = b""
    chunks: frozenset[str] = frozenset()
    languages: Mapping[str, int] | None = None
    origin: str = ""
    path: str = ""


def remember(conn: Connection, document: str, left: Left, *, tenant: str) -> None:
    """Adds to what is remembered of a document: it may have been removed before with other words."""
    known = remembered(conn, document, tenant=tenant)
    values = {
        "said": _joined(known.said, left.said),
        "named": _joined(known.named, left.named),
        "chunks": sorted(known.chunks | left.chunks),
        "languages": {**(known.languages or {}), **(left.languages or {})},
        "origin": left.origin,
        "path": left.path,
    }
    conn.execute(traces.delete().where(traces.c.tenant == tenant, traces.c.document == document))
    conn.execute(traces.insert(), {**values, "tenant": tenant, "document": document})


def remembered(conn: Connection, document: str, *, tenant: str) -> Left:
    """Nothing for a document that was removed before traces were kept."""
    row = conn.execute(sa.select(traces).where(traces.c.tenant == tenant, traces.c.document == document)).one_or_none()
    if row is None:
        return Left()
    return Left(row.said, row.named, frozenset(row.chunks), row.languages, row.origin, row.path)


def used_by_others(conn: Connection, document: str, hashes: Collection[str], *, tenant: str) -> frozenset[str]:
    """Those of the chunks that another document has as well."""
    c = chunks.c
    return frozenset(each for each in conn.execute(sa.select(c.hash).where(c.tenant == tenant, c.document != document).distinct()).scalars() if each in hashes)


def _joined(one: bytes, other: bytes) -> bytes:
    return b"".join(dict.fromkeys(part[at : at + _ENTRY.size] for part in (one, other) for at in range(0, len(part), _ENTRY.size)))
