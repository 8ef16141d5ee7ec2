"""BM25 over the terms of sections, as a share of the most a question could score; it cuts no text and knows no scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    _Part = tuple["_Segment", npt.NDArray[np.int32], Mapping[str, int]]

K1, B = 1.5, 0.75
# a delta of more than this share of all sections, and of more than so many, is worth merging
MERGED_SHARE, MERGED_LEAST = 0.05, 64


@dataclass(frozen=True, slots=True)
class _Segment:
    """Postings of sections that were cut together: those of term t are `counts[starts[t]:starts[t + 1]]`, in the sections `where[…]`; `lengths` in terms."""

    numbers: Mapping[str, int]
    starts: Sequence[int]
    where: npt.NDArray[np.int32]
    counts: npt.NDArray[np.float32]
    lengths: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A segment in an index: where its sections stand there (-1 = gone), how many of them each term lost, and what each posting scores beside its rarity."""

    segment: _Segment
    places: npt.NDArray[np.int32]
    gone: Mapping[str, int]
    where: npt.NDArray[np.int32]
    shares: npt.NDArray[np.float32]

    def frequency(self, term: str) -> int:
        number = self.segment.numbers.get(term)
        if number is None:
            return 0
        return self.segment.starts[number + 1] - self.segment.starts[number] - self.gone.get(term, 0)


class Lexical:
    """A BM25 index (Lucene's variant) over sections given as lists of terms.

    It is a base and, after `edited`, a small delta beside it; sections of the base that are gone keep their postings, which score nowhere. What it answers
    never changes and is to the bit what an index made anew answers. `merge` only makes one segment of it, and may be called while others ask.
    """

    def __init__(self, sections: Sequence[Sequence[str]]) -> None:
        self._set([(_segment(sections), _numbered(len(sections)), {})], len(sections))

    def edited(self, sections: Sequence[Sequence[str]], origin: Sequence[int], before: Sequence[Sequence[str]]) -> Lexical:
        """The index of `sections`, of which section n was number `origin[n]` of this one (-1 = new) with the same terms; `before` are this one's sections."""
        import numpy as np

        kept, base, delta = np.asarray(origin, dtype=np.int64), self._parts[0], self._parts[1:]
        old = np.flatnonzero(kept >= 0)
        # one place more than there are sections, for what is gone already (-1)
        moved = np.full(self.size + 1, -1, dtype=np.int32)
        moved[kept[old]] = old
        places = moved[base.places]
        gone = Counter(chain.from_iterable(set(before[number]) for number in base.places[(base.places >= 0) & (places < 0)].tolist()))
        gone.update(base.gone)
        parts: list[_Part] = [(base.segment, places, gone)]
        # the delta is small: it is cut anew from all its sections, so that there are never more than two segments
        beside = [moved[part.places] for part in delta]
        new = np.sort(np.concatenate([np.flatnonzero(kept < 0), *(each[each >= 0] for each in beside)])).astype(np.int32)
        if len(new):
            parts.append((_segment([sections[number] for number in new.tolist()]), new, {}))
        made: Lexical = object.__new__(type(self))
        made._set(parts, len(sections))
        return made

    @property
    def due(self) -> bool:
        """Whether `merge` would pay."""
        base, *delta = self._parts
        beside = sum(len(part.places) for part in delta) + int((base.places < 0).sum())
        return beside > max(MERGED_LEAST, MERGED_SHARE * self.size)

    def merge(self, sections: Sequence[Sequence[str]]) -> None:
        """Makes one segment of all, given its sections."""
        self._set([(_segment(sections), _numbered(len(sections)), {})], len(sections))

    def _set(self, held: Sequence[_Part], size: int) -> None:
        import numpy as np

        alive = sum(int(segment.lengths[places >= 0].sum()) for segment, places, _ in held)
        mean = alive / size if alive else 1.0
        placed = []
        for segment, places, gone in held:
            length = (K1 * (1 - B + B * segment.lengths / mean)).astype(np.float32)
            shares = segment.counts / (length[segment.where] + segment.counts)
            placed.append(_Placed(segment, places, gone, places[segment.where], shares))
        self.size = size
        self._parts = tuple(placed)

    def knows(self, term: str) -> bool:
        """Whether any section says the term."""
        return any(term in part.segment.numbers and (not part.gone or part.frequency(term)) for part in self._parts)

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term (Lucene: ln(1 + (N - n + 0.5) / (n + 0.5))); the largest for a term that is nowhere."""
        count = sum(part.frequency(term) for part in self._parts)
        return log(1 + (self.size - count + 0.5) / (count + 0.5))

    def mass(self, query: Sequence[str]) -> float:
        """What all terms of `query` together could score at most: the sum of their rarities."""
        return sum(self.rarity(term) for term in query)

    def scores(self, query: Sequence[str]) -> npt.NDArray[np.float32]:
        """float32 of shape (sections,): the BM25 score of each section, never above `mass(query)`."""
        import numpy as np

        parts = self._parts
        # one place more than there are sections: the last takes what those score that are gone
        found = np.zeros(self.size + 1, dtype=np.float32)
        for term in query:
            rarity = np.float32(self.rarity(term))
            for part in parts:
                number = part.segment.numbers.get(term)
                if number is not None:
                    at = slice(part.segment.starts[number], part.segment.starts[number + 1])
                    found[part.where[at]] += rarity * part.shares[at]
        return found[:-1]

    def shares(self, groups: Sequence[tuple[Sequence[str], float]]) -> npt.NDArray[np.float32]:
        """float32 of shape (sections,): the score of weighted groups of terms as a share of the most they could score."""
        import numpy as np

        total = np.zeros(self.size, dtype=np.float32)
        most = 0.0
        for query, weight in groups:
            if query:
                most += weight * self.mass(query)
                total += np.float32(weight) * self.scores(query)
        return total / np.float32(most) if most else total


def _numbered(size: int) -> npt.NDArray[np.int32]:
    import numpy as np

    return np.arange(size, dtype=np.int32)


def _segment(sections: Sequence[Sequence[str]]) -> _Segment:
    import numpy as np

    size = len(sections)
    numbers = {term: number for number, term in enumerate(dict.fromkeys(chain.from_iterable(sections)))}
    said = np.fromiter(map(numbers.__getitem__, chain.from_iterable(sections)), dtype=np.int64)
    lengths = np.fromiter(map(len, sections), dtype=np.int64, count=size)
    pairs, counts = np.unique(said * size + np.repeat(np.arange(size), lengths), return_counts=True)
    terms, where = np.divmod(pairs, max(size, 1))
    starts = [0, *np.cumsum(np.bincount(terms, minlength=len(numbers))).tolist()]
    return _Segment(numbers, starts, where.astype(np.int32), counts.astype(np.float32), lengths)
