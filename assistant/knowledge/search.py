"""Finds sections for a question within a caller's scope: dense and lexical scores mixed as fitted; it composes no answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.knowledge.snapshot import Snapshot
from assistant.knowledge.terms import terms
from assistant.ports import Encoder
from assistant.store.knowledge import DocumentRow, SectionRow
from assistant.text.fold import fold
from assistant.text.script import to_simplified
from assistant.types import Language, Passage, Scope

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

CHUNKS_ASKED, LEXICAL_ASKED, CHECKED = 120, 40, 24


@dataclass(frozen=True, slots=True)
class Mix:
    """How scores are mixed: `weight` is the dense share; a lexical share below `floor` is not blown up to 1."""

    weight: float = 0.6
    floor: float = 0.1


@dataclass(frozen=True, slots=True)
class Hit:
    """A section found. `cosine` is its best chunk's with the question, `share` its lexical share; `dense`, `lexical` and `fused` are as mixed (0-1)."""

    section: SectionRow
    document: DocumentRow
    cosine: float
    share: float
    dense: float
    lexical: float
    fused: float
    number: int
    cosines: tuple[float, ...]


class Nearest(Protocol):
    """An index that names the chunks nearest to a vector; None while it cannot answer for this snapshot."""

    def nearest(self, vector: npt.NDArray[np.float32], snapshot: Snapshot, *, audience: str, k: int) -> tuple[str, ...] | None: ...


class Live(Protocol):
    """Where the newest snapshot comes from, and the SQL truth about a handful of documents."""

    encoder: Encoder
    mix: Mix
    index: Nearest | None

    def snapshot(self) -> Snapshot: ...

    def check(self, rows: Mapping[tuple[str, str], int], scope: Scope) -> set[tuple[str, str]]: ...


class HybridRetriever:
    """The Retriever seam over a live knowledge base. Safe for concurrent threads: everything it reads is immutable."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def search(self, query: str, *, language: Language, scope: Scope, k: int) -> tuple[Passage, ...]:
        """At most `k` sections, best first; empty for a query without words."""
        return tuple(passage(hit) for hit in self.hits(query, language=language, scope=scope, k=k))

    def hits(self, query: str, *, language: Language, scope: Scope, k: int) -> tuple[Hit, ...]:
        """`search` with the raw scores that support is judged by."""
        snapshot = self._live.snapshot()
        text = to_simplified(fold(query))
        words = terms(text)
        if not snapshot.sections or not words:
            return ()
        vector = self._live.encoder.encode([text])[0]
        asker = "en" if language == "en" else "zh"
        mask = snapshot.scopes.mask(scope, asker, snapshot.document)
        shares = snapshot.lexical.shares(words)
        numbers, cosines = self._candidates(snapshot, vector, shares, mask=mask, scope=scope, k=k)
        if not len(numbers):
            return ()
        hits = rank(snapshot, numbers, cosines, shares=shares, mix=self._live.mix, k=max(k, CHECKED))
        asked = {(hit.document.id, hit.document.language): hit.document.version for hit in hits}
        shown = self._live.check(asked, scope)
        kept = [hit for hit in hits if (hit.document.id, hit.document.language) in shown][:k]
        return tuple(kept)

    def _candidates(
        self,
        snapshot: Snapshot,
        vector: npt.NDArray[np.float32],
        shares: npt.NDArray[np.float32],
        *,
        mask: npt.NDArray[np.bool_],
        scope: Scope,
        k: int,
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Sections within the mask and their cosines: all of them by exact search, or the nearest and the lexically best when an index answers."""
        import numpy as np

        index = self._live.index
        found = index.nearest(vector, snapshot, audience=scope.audience, k=CHUNKS_ASKED) if index else None
        if found is not None:
            near = {number for digest in found for number in snapshot.holders.get(digest, ())}
            masked = np.where(mask, shares, np.float32(0))
            near.update(np.argpartition(masked, -min(LEXICAL_ASKED, len(masked)))[-LEXICAL_ASKED:].tolist())
            numbers = np.array(sorted(near), dtype=np.int64)
            numbers = numbers[mask[numbers]]
            if len(numbers) >= min(2 * k, int(mask.sum())):
                return numbers, section_cosines(snapshot, vector, numbers)
        numbers = np.flatnonzero(mask)
        return numbers, section_cosines(snapshot, vector, None)[numbers]


def section_cosines(snapshot: Snapshot, vector: npt.NDArray[np.float32], numbers: npt.NDArray[np.int64] | None) -> npt.NDArray[np.float32]:
    """float32: the cosine of each section's best chunk; of the sections `numbers`, or of all."""
    import numpy as np

    if numbers is None:
        best: npt.NDArray[np.float32] = np.maximum.reduceat(snapshot.matrix @ vector, snapshot.first)
        return best
    return np.array([chunk_cosines(snapshot, vector, number).max() for number in numbers.tolist()], dtype=np.float32)


def chunk_cosines(snapshot: Snapshot, vector: npt.NDArray[np.float32], number: int) -> npt.NDArray[np.float32]:
    start = int(snapshot.first[number])
    found: npt.NDArray[np.float32] = snapshot.matrix[start : start + len(snapshot.sections[number].chunks)] @ vector
    return found


def rank(
    snapshot: Snapshot,
    numbers: npt.NDArray[np.int64],
    cosines: npt.NDArray[np.float32],
    *,
    shares: npt.NDArray[np.float32],
    mix: Mix,
    k: int,
) -> list[Hit]:
    """The `k` best of the sections `numbers` by the score mix: dense scaled so that the best is 1, lexical likewise with a floor."""
    import numpy as np

    ours = shares[numbers]
    top = max(float(cosines.max()), 1e-6)
    most = max(float(ours.max()), mix.floor)
    dense, lexical = np.clip(cosines / top, 0, 1), ours / most
    fused = mix.weight * dense + (1 - mix.weight) * lexical
    order = np.argsort(-fused, kind="stable")[:k]
    found = []
    for at in order.tolist():
        number = int(numbers[at])
        document = snapshot.documents[int(snapshot.document[number])]
        section = snapshot.sections[number]
        scores = (float(cosines[at]), float(ours[at]), float(dense[at]), float(lexical[at]), float(fused[at]))
        found.append(Hit(section, document, *scores, number, ()))
    return found


def passage(hit: Hit) -> Passage:
    """A hit as the rest of the system knows it."""
    section, document = hit.section, hit.document
    return Passage(
        id=section.id, document=section.document, version=section.version, title=" > ".join(part for part in (document.title, section.heading) if part),
        text=section.text, language=section.language, level=document.level, audience=document.audience, products=section.products,
        dense=hit.dense, lexical=hit.lexical, fused=hit.fused, start=section.start,
    )  # fmt: skip
