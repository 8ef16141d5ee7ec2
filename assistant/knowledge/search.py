"""Finds sections for a question within a caller's scope: dense and lexical scores mixed as fitted; it composes no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import mul
from typing import TYPE_CHECKING, Protocol

from assistant.knowledge.concepts import Concepts
from assistant.knowledge.mentions import Names
from assistant.knowledge.query import FIGURE, Query, read_query
from assistant.knowledge.said import Memo, said, wanted
from assistant.knowledge.snapshot import Snapshot
from assistant.ports import Encoder
from assistant.store.knowledge import DocumentRow, SectionRow
from assistant.types import Language, Passage, Scope

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

CHUNKS_ASKED, LEXICAL_ASKED, CHECKED = 60, 40, 16
COPIED = 8
ORDERED = 24


@dataclass(frozen=True, slots=True)
class Mix:
    """How scores are mixed, as `calibrate.fit` finds it.

    `weight` is the dense share, of which `heading` goes to the headings and the rest to the best chunk; a lexical share below `floor` is not blown up to 1.
    Lexical terms count 1 as words, `ideas` as ideas, `names` as product names; `edge` is taken off catalogue edges, which repeat many names.
    The best are then put in order anew: `covered`, `titled` and `figured` are added for the share of the question that a section says, that its headings
    say, and of the question's figures that stand in it.
    """

    weight: float = 0.65
    heading: float = 0.3
    floor: float = 0.1
    ideas: float = 1.0
    names: float = 0.3
    edge: float = 0.1
    covered: float = 0.0
    titled: float = 0.0
    figured: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A section found, as number `number` of the snapshot. `cosine` is its dense score before scaling, `share` its lexical one; the rest as mixed (0-1)."""

    section: SectionRow
    document: DocumentRow
    number: int
    cosine: float
    share: float
    dense: float
    lexical: float
    fused: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search saw: the question, its vector (float32, (dimension,)), the snapshot searched and the sections found, best first."""

    query: Query
    vector: npt.NDArray[np.float32]
    snapshot: Snapshot
    hits: tuple[Hit, ...]


class Nearest(Protocol):
    """An index that names the chunks nearest to a vector; None while it cannot answer for this snapshot."""

    def nearest(self, vector: npt.NDArray[np.float32], snapshot: Snapshot, *, audience: str, k: int) -> Sequence[str] | None: ...


class Live(Protocol):
    """Where the newest snapshot comes from, and the SQL truth about a handful of documents."""

    @property
    def encoder(self) -> Encoder: ...

    @property
    def names(self) -> Names: ...

    @property
    def concepts(self) -> Concepts: ...

    @property
    def mix(self) -> Mix: ...

    @property
    def index(self) -> Nearest | None: ...

    def snapshot(self) -> Snapshot: ...

    def check(self, versions: Mapping[tuple[str, str], int], scope: Scope) -> set[tuple[str, str]]: ...


class HybridRetriever:
    """The Retriever seam over a live knowledge base. Safe for concurrent threads: everything it reads is immutable."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._memo = Memo()

    def search(self, query: str, *, language: Language, scope: Scope, k: int) -> tuple[Passage, ...]:
        """At most `k` sections, best first; empty for a query without words."""
        found = self.find(query, language=language, scope=scope, k=k)
        return tuple(passage(hit) for hit in found.hits) if found else ()

    def find(self, query: str, *, language: Language, scope: Scope, k: int) -> Found | None:
        """`search` with the raw scores that support is judged by; None for a query without words."""
        live, snapshot = self._live, self._live.snapshot()
        asked = read_query(query, names=live.names, concepts=live.concepts, lexical=snapshot.lexical)
        if asked.empty or not snapshot.sections:
            return None
        vector = live.encoder.encode([asked.text])[0]
        mask = snapshot.scopes.mask(scope, "en" if language == "en" else "zh", snapshot.document)
        shares = snapshot.lexical.shares(((asked.words, 1.0), (asked.ideas, live.mix.ideas), (asked.names, live.mix.names)))
        numbers = self._candidates(snapshot, vector, shares, mask=mask, audience=scope.audience, k=k)
        hits = rank(snapshot, numbers, vector, shares=shares, mix=live.mix, k=max(k, ORDERED)) if len(numbers) else []
        hits = self._ordered(asked, hits, snapshot)[: max(k, CHECKED)]
        shown = live.check({(hit.document.id, hit.document.language): hit.document.version for hit in hits}, scope)
        kept = [hit for hit in hits if (hit.document.id, hit.document.language) in shown]
        return Found(asked, vector, snapshot, tuple(kept[:k]))

    def _ordered(self, asked: Query, hits: list[Hit], snapshot: Snapshot) -> list[Hit]:
        """The hits by what they say of the question beside their scores."""
        mix = self._live.mix
        if not (mix.covered or mix.titled or mix.figured):
            return hits
        weights = (mix.covered, mix.titled, mix.figured)
        scored = [replace(hit, fused=hit.fused + sum(map(mul, weights, self.says(asked, hit, snapshot)))) for hit in hits]
        return sorted(scored, key=lambda hit: -hit.fused)

    def says(self, asked: Query, hit: Hit, snapshot: Snapshot) -> tuple[float, float, float]:
        """The share of a question that a section says, that its headings say, and of the question's figures that stand in it."""
        concepts, need, section = self._live.concepts, wanted(asked.items), hit.section
        about = f"{hit.document.title}\n{section.heading}"
        title = self._memo.get(about, lambda: said(about, concepts))
        whole = said("", concepts, snapshot.terms[hit.number])
        figured = 0.0
        if asked.numbers:
            there = self._memo.get((about, section.hash, section.text), lambda: frozenset(FIGURE.findall(section.text)) | {""})
            figured = sum(number in there for number in asked.numbers) / len(asked.numbers)
        return need.share(need.in_(whole)), need.share(need.in_(title)), figured

    def _candidates(
        self,
        snapshot: Snapshot,
        vector: npt.NDArray[np.float32],
        shares: npt.NDArray[np.float32],
        *,
        mask: npt.NDArray[np.bool_],
        audience: str,
        k: int,
    ) -> npt.NDArray[np.int64]:
        """The sections to score: all within the mask, or the nearest and the lexically best of them when an index answers."""
        import numpy as np

        index = self._live.index
        near = index.nearest(vector, snapshot, audience=audience, k=CHUNKS_ASKED) if index else None
        if near is not None:
            found = {number for digest in near for number in snapshot.holders.get(digest, ())}
            asked = min(LEXICAL_ASKED, len(shares))
            found.update(np.argpartition(np.where(mask, shares, np.float32(-1)), -asked)[-asked:].tolist())
            numbers = np.array(sorted(found), dtype=np.int64)
            numbers = numbers[mask[numbers]]
            if len(numbers) >= min(2 * k, int(mask.sum())):
                return numbers
        return np.flatnonzero(mask)


def cosines(snapshot: Snapshot, vector: npt.NDArray[np.float32], numbers: npt.NDArray[np.int64], *, heading: float) -> npt.NDArray[np.float32]:
    """float32 of shape (len(numbers),): each section's dense score, its headings' cosine weighed against its best chunk's.

    The first chunk of a section holds its headings. A section without other chunks is scored by them alone.
    """
    import numpy as np

    if not len(numbers):
        return np.zeros(0, dtype=np.float32)
    sizes = np.diff(snapshot.first, append=len(snapshot.matrix))[numbers]
    first = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    wanted = np.repeat(snapshot.first[numbers] - first, sizes) + np.arange(int(sizes.sum()))
    # copying most rows out of a large matrix costs more than multiplying all of them
    scores = (snapshot.matrix @ vector)[wanted] if COPIED * len(wanted) > len(snapshot.matrix) else snapshot.matrix[wanted] @ vector
    heads = scores[first]
    rest = scores.copy()
    rest[first] = -1.0
    best = np.maximum(np.maximum.reduceat(rest, first), heads / 2)
    mixed: npt.NDArray[np.float32] = (heading * heads + (1 - heading) * best).astype(np.float32)
    return mixed


def rank(
    snapshot: Snapshot,
    numbers: npt.NDArray[np.int64],
    vector: npt.NDArray[np.float32],
    *,
    shares: npt.NDArray[np.float32],
    mix: Mix,
    k: int,
) -> list[Hit]:
    """The `k` best of the sections `numbers` by the score mix: dense scaled so that the best is 1, lexical likewise with a floor."""
    import numpy as np

    raw, ours = cosines(snapshot, vector, numbers, heading=mix.heading), shares[numbers]
    dense = np.clip(raw / max(float(raw.max()), 1e-6), 0, 1)
    lexical = ours / max(float(ours.max()), mix.floor)
    fused = mix.weight * dense + (1 - mix.weight) * lexical - np.float32(mix.edge) * snapshot.edges[numbers]
    order = np.argsort(-fused, kind="stable")[:k]
    found = []
    for at in order.tolist():
        number = int(numbers[at])
        document = snapshot.documents[int(snapshot.document[number])]
        scores = (float(raw[at]), float(ours[at]), float(dense[at]), float(lexical[at]), float(max(fused[at], 0)))
        found.append(Hit(snapshot.sections[number], document, number, *scores))
    return found


def passage(hit: Hit) -> Passage:
    """A hit as the rest of the system knows it."""
    section, document = hit.section, hit.document
    return Passage(
        id=section.id, document=section.document, version=section.version, title=" > ".join(part for part in (document.title, section.heading) if part),
        text=section.text, language=section.language, level=document.level, audience=document.audience, products=section.products,
        dense=hit.dense, lexical=hit.lexical, fused=hit.fused, start=section.start,
    )  # fmt: skip
