"""BM25 over the terms of sections, as a share of the most a question could score; the only importer of bm25s."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

K1, B = 1.5, 0.75


class Lexical:
    """A BM25 index (Lucene's variant) over sections given as lists of terms; immutable once built."""

    def __init__(self, sections: Sequence[Sequence[str]]) -> None:
        self.size = len(sections)
        self._numbers: dict[str, int] = {}
        self._frequency: list[int] = []
        rows = [self._row(section) for section in sections]
        self._index: Any = None
        if self._numbers:
            import bm25s

            self._index = bm25s.BM25(method="lucene", k1=K1, b=B)
            self._index.index((rows, dict(self._numbers)), show_progress=False, create_empty_token=False)

    def _row(self, section: Sequence[str]) -> list[int]:
        row = [self._numbers.setdefault(term, len(self._numbers)) for term in section]
        self._frequency.extend([0] * (len(self._numbers) - len(self._frequency)))
        for number in set(row):
            self._frequency[number] += 1
        return row

    def knows(self, term: str) -> bool:
        """Whether any section says the term."""
        return term in self._numbers

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term (Lucene: ln(1 + (N - n + 0.5) / (n + 0.5))); the largest for a term that is nowhere."""
        number = self._numbers.get(term)
        count = 0 if number is None else self._frequency[number]
        return log(1 + (self.size - count + 0.5) / (count + 0.5))

    def mass(self, query: Sequence[str]) -> float:
        """What all terms of `query` together could score at most: the sum of their rarities."""
        return sum(self.rarity(term) for term in query)

    def scores(self, query: Sequence[str]) -> npt.NDArray[np.float32]:
        """float32 of shape (sections,): the BM25 score of each section, never above `mass(query)`."""
        import numpy as np

        known = [number for term in query if (number := self._numbers.get(term)) is not None]
        if self._index is None or not known:
            return np.zeros(self.size, dtype=np.float32)
        found: npt.NDArray[np.float32] = self._index.get_scores_from_ids(known)
        return found

    def shares(self, groups: Sequence[tuple[Sequence[str], float]]) -> npt.NDArray[np.float32]:
        """float32 of shape (sections,): the score of weighted groups of terms as a share of the most they could score."""
        import numpy as np

        total = np.zeros(self.size, dtype=np.float32)
        most = 0.0
        for query, weight in groups:
            most += weight * self.mass(query)
            total += np.float32(weight) * self.scores(query)
        return total / np.float32(most) if most else total
