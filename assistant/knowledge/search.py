"""Finds sections for a question within a caller's scope: dense and lexical scores mixed as fitted; it composes no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from assistant.knowledge.concepts import Concepts
from assistant.knowledge.mentions import Names
from assistant.knowledge.query import FIGURE, Query, read_query
from assistant.knowledge.said import Memo, Wanted, said, wanted
from assistant.knowledge.snapshot import Snapshot
from assistant.ports import Encoder
from assistant.store.knowledge import DocumentRow, SectionRow
from assistant.types import Language, Passage, Scope

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

CHUNKS_ASKED, LEXICAL_ASKED, CHECKED = 60, 40, 16
COPIED = 8
# those that are put in order anew: so many by the mix, and so many of the best by words alone, because a vector says nothing of a part number
ORDERED, WORDED = 40, 8
# how far ahead, as mixed, a section must be to be taken without a second opinion: on the labelled half "dev" such a lead (two questions of five) changes no
# first place
SURE = 0.25


@dataclass(frozen=True, slots=True)
class Mix:
    """How scores are mixed, as `calibrate.fit` finds it.

    `weight` is the dense share, of which `heading` goes to the headings and the rest to the best chunk; a lexical share below `floor` is not blown up to 1.
    Lexical terms count 1 as words, `ideas` as ideas, `names` as product names; `edge` is taken off catalogue edges, which repeat many names.
    The best are then put in order anew: `covered`, `titled` and `figured` are added for the share of the question that a section says, that its headings
    say, and of the question's figures that stand in it; where there is a second opinion, `second` times its cosine, the best of them counting nothing.
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
    second: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A section found, as number `number` of the snapshot. `cosine` is its dense score before scaling, `share` its lexical one; the rest as mixed (0-1).

    `opinion` is the cosine of the second encoder, 0 without one.
    """

    section: SectionRow
    document: DocumentRow
    number: int
    cosine: float
    share: float
    dense: float
    lexical: float
    fused: float
    opinion: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """What a search saw: the question, its vector (float32, (dimension,)), the snapshot searched and the sections found, best first.

    `seconded`: whether a second encoder had a say.
    """

    query: Query
    vector: npt.NDArray[np.float32]
    snapshot: Snapshot
    hits: tuple[Hit, ...]
    seconded: bool = False


@dataclass(frozen=True, slots=True)
class _Looked:
    """One question as it is looked for: read, its vector, where, for whom, in whose language ("zh" or "en"), the chunks that an index names nearest (None
    without one that answers), how many sections are wanted, and of which document alone ("" = of any)."""

    asked: Query
    vector: npt.NDArray[np.float32]
    snapshot: Snapshot
    scope: Scope
    language: str
    near: Sequence[str] | None
    k: int
    page: str = ""


class Nearest(Protocol):
    """An index that names the chunks nearest to a vector; None while it cannot answer for this snapshot."""

    def nearest(self, vector: npt.NDArray[np.float32], snapshot: Snapshot, *, audience: str, k: int) -> Sequence[str] | None: ...


class Opinion(Protocol):
    """A second encoder's cosines for sections of a snapshot by their numbers; None while it has none."""

    def scores(self, text: str, snapshot: Snapshot, numbers: Sequence[int]) -> npt.NDArray[np.float32] | None: ...


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
    def mix_seconded(self) -> Mix:
        """The mix where there is a second opinion."""
        ...

    @property
    def second(self) -> Opinion | None: ...

    @property
    def sure(self) -> float:
        """How far ahead of the next the best section must be without a second opinion, so that none is asked for; infinite: always asked for."""
        ...

    @property
    def index(self) -> Nearest | None: ...

    def snapshot(self) -> Snapshot: ...

    def check(self, versions: Mapping[tuple[str, str], int], scope: Scope) -> set[tuple[str, str]]: ...


class HybridRetriever:
    """The Retriever seam over a live knowledge base. Safe for concurrent threads: everything it reads is immutable."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._memo = Memo()

    def forget(self) -> None:
        """Drops what is remembered of texts."""
        self._memo = Memo()

    def search(self, query: str, *, language: Language, scope: Scope, k: int) -> tuple[Passage, ...]:
        """At most `k` sections, best first; empty for a query without words."""
        found = self.find(query, language=language, scope=scope, k=k)
        return tuple(passage(hit) for hit in found.hits) if found else ()

    def find(self, query: str, *, language: Language, scope: Scope, k: int, page: str = "") -> Found | None:
        """`search` with the raw scores that support is judged by; None for a query without words. `page` is the one document to look in, "" for all."""
        live, snapshot = self._live, self._live.snapshot()
        asked = read_query(query, names=live.names, concepts=live.concepts, lexical=snapshot.lexical)
        if asked.empty or not snapshot.sections:
            return None
        vector = live.encoder.encode([asked.text])[0]
        index = live.index
        near = index.nearest(vector, snapshot, audience=scope.audience, k=CHUNKS_ASKED) if index and not page else None
        looked = _Looked(asked, vector, snapshot, scope, "en" if language == "en" else "zh", near, k, page)
        hits, told = self._best(looked, live.mix), False
        # a second encoder takes several times as long as everything else: it is asked where the first one wavers
        if live.second is not None and not (len(hits) > 1 and hits[0].fused - hits[1].fused >= live.sure):
            seconded = self._seconded(looked, live.second)
            hits, told = seconded or hits, bool(seconded)
        shown = live.check({(hit.document.id, hit.document.language): hit.document.version for hit in hits}, scope)
        kept = [hit for hit in hits if (hit.document.id, hit.document.language) in shown]
        return Found(asked, vector, snapshot, tuple(kept[:k]), told)

    def _seconded(self, looked: _Looked, second: Opinion) -> list[Hit]:
        """The best sections where a second encoder has a say; empty while it has none."""
        mix, snapshot = self._live.mix_seconded, looked.snapshot
        hits = self._ranked(looked, mix)
        told = second.scores(looked.asked.text, snapshot, [hit.number for hit in hits]) if hits else None
        return [] if told is None else self._ordered(looked.asked, hits, snapshot=snapshot, mix=mix, told=told, k=max(looked.k, CHECKED))

    def _best(self, looked: _Looked, mix: Mix) -> list[Hit]:
        return self._ordered(looked.asked, self._ranked(looked, mix), snapshot=looked.snapshot, mix=mix, told=None, k=max(looked.k, CHECKED))

    def _ranked(self, looked: _Looked, mix: Mix) -> list[Hit]:
        """The sections in scope that may answer, by the mix of their scores."""
        import numpy as np

        asked, snapshot = looked.asked, looked.snapshot
        mask = snapshot.scopes.mask(looked.scope, looked.language, snapshot.document)
        if looked.page:
            mask = mask & np.array([section.document == looked.page for section in snapshot.sections], dtype=bool)
        shares = snapshot.lexical.shares(((asked.words, 1.0), (asked.ideas, mix.ideas), (asked.names, mix.names)))
        numbers = _candidates(looked, shares, mask)
        return rank(snapshot, numbers, looked.vector, shares=shares, mix=mix, k=max(looked.k, ORDERED)) if len(numbers) else []

    def _ordered(self, asked: Query, hits: list[Hit], *, snapshot: Snapshot, mix: Mix, told: npt.NDArray[np.float32] | None, k: int) -> list[Hit]:
        """The `k` best of the hits by what they say of the question beside their scores, and by the second encoder's cosines where there are any."""
        need = wanted(asked.items)
        opinions = [0.0] * len(hits) if told is None else told.tolist()
        best = max(opinions, default=0.0)
        scored = []
        for hit, opinion in zip(hits, opinions, strict=True):
            fused = hit.fused + mix.second * (opinion - best)
            if mix.covered or mix.figured:
                fused += mix.covered * self._covered(need, hit, snapshot) + mix.figured * figured(asked, hit.section)
            scored.append((fused, opinion, hit))
        if mix.titled > 0 and len(scored) > k:
            # headings are the dearest to read: not those of a hit that would stay behind the best `k` with all they can add
            least = sorted((fused for fused, _, _ in scored), reverse=True)[k - 1] - mix.titled
            scored = [each for each in scored if each[0] >= least]
        if mix.titled:
            scored = [(fused + mix.titled * self._titled(need, hit), opinion, hit) for fused, opinion, hit in scored]
        scored.sort(key=lambda each: -each[0])
        return [replace(hit, opinion=opinion, fused=fused) for fused, opinion, hit in scored[:k]]

    def says(self, asked: Query, hit: Hit, snapshot: Snapshot) -> tuple[float, float, float]:
        """The share of a question that a section says, that its headings say, and of the question's figures that stand in it."""
        need = wanted(asked.items)
        return self._covered(need, hit, snapshot), self._titled(need, hit), figured(asked, hit.section)

    def _covered(self, need: Wanted, hit: Hit, snapshot: Snapshot) -> float:
        return need.share(need.in_(said("", self._live.concepts, snapshot.terms[hit.number])))

    def _titled(self, need: Wanted, hit: Hit) -> float:
        concepts, about = self._live.concepts, f"{hit.document.title}\n{hit.section.heading}"
        figures = need.measured(concepts)
        return need.share(need.in_(self._memo.get((about, figures), lambda: said(about, concepts, figures=figures))))


def _candidates(looked: _Looked, shares: npt.NDArray[np.float32], mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The sections to score: all within the mask, or the nearest and the lexically best of them when an index has answered."""
    import numpy as np

    snapshot, near = looked.snapshot, looked.near
    if near is not None:
        found = {snapshot.holders[digest] for digest in near if digest in snapshot.holders}
        found.update(number for digest in near for number in snapshot.sharers.get(digest, ()))
        asked = min(LEXICAL_ASKED, len(shares))
        found.update(np.argpartition(np.where(mask, shares, np.float32(-1)), -asked)[-asked:].tolist())
        numbers = np.array(sorted(found), dtype=np.int64)
        numbers = numbers[mask[numbers]]
        if len(numbers) >= min(2 * looked.k, int(mask.sum())):
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
    """The `k` best of the sections `numbers` by the score mix, and the best by words beside them: dense scaled so that the best is 1, lexical with a floor."""
    import numpy as np

    raw, ours = cosines(snapshot, vector, numbers, heading=mix.heading), shares[numbers]
    dense = np.clip(raw / max(float(raw.max()), 1e-6), 0, 1)
    lexical = ours / max(float(ours.max()), mix.floor)
    fused = mix.weight * dense + (1 - mix.weight) * lexical - np.float32(mix.edge) * snapshot.edges[numbers]
    order = _largest(fused, k)
    worded = _largest(ours, WORDED)
    order += [at for at in worded if ours[at] > 0 and at not in order]
    found = []
    for at in order:
        number = int(numbers[at])
        document = snapshot.documents[int(snapshot.document[number])]
        scores = (float(raw[at]), float(ours[at]), float(dense[at]), float(lexical[at]), float(max(fused[at], 0)))
        found.append(Hit(snapshot.sections[number], document, number, *scores))
    return found


def figured(asked: Query, section: SectionRow) -> float:
    """The share of a question's figures that stand in a section."""
    return sum(_stands(number, section.text) for number in asked.numbers) / len(asked.numbers) if asked.numbers else 0.0


def _stands(number: str, text: str) -> bool:
    """Whether a figure stands in a text as one: not as a part of another, which most texts settle without a pattern."""
    at = text.find(number)
    while at >= 0:
        found = FIGURE.match(text, at)
        if found is not None and found.group() == number:
            return True
        at = text.find(number, at + 1)
    return False


def _largest(scores: npt.NDArray[np.float32], k: int) -> list[int]:
    """The places of the `k` largest, largest first and the earlier first of equal ones."""
    import numpy as np

    least = np.partition(scores, len(scores) - k)[len(scores) - k] if k < len(scores) else -np.inf
    places = np.flatnonzero(scores >= least)
    found: list[int] = places[np.argsort(-scores[places], kind="stable")[:k]].tolist()
    return found


def passage(hit: Hit) -> Passage:
    """A hit as the rest of the system knows it."""
    section, document = hit.section, hit.document
    return Passage(
        id=section.id, document=section.document, version=section.version, title=" > ".join(part for part in (document.title, section.heading) if part),
        text=section.text, language=section.language, level=document.level, audience=document.audience, products=section.products,
        dense=hit.dense, lexical=hit.lexical, fused=max(hit.fused, 0.0), start=section.start,
    )  # fmt: skip
