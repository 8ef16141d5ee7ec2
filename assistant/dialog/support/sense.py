"""Meaning of words and sentences for the judge of sentences, by the packaged encoder's vectors; it holds them, weighs no sentence and loads nothing unasked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.dialog.support.words import Word
from assistant.errors import BackendUnavailable

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from assistant.ports import Encoder

_KEPT = 40_000
# cosines of single words: unrelated ones reach the first, the same idea in two languages the second
_LOW, _SPAN = 0.35, 0.45


class Sense:
    """Vectors of the texts seen last, one encoder behind them. Safe for concurrent threads."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept: OrderedDict[str, npt.NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def need(self, texts: Iterable[str]) -> dict[str, npt.NDArray[np.float32]]:
        """Unit vectors by text; those not held are encoded together. Raises BackendUnavailable."""
        wanted = dict.fromkeys(texts)
        with self._lock:
            found = {text: self._kept[text] for text in wanted if text in self._kept}
        missing = [text for text in wanted if text not in found]
        if missing:
            found.update(zip(missing, self._encoder.encode(missing), strict=True))
            with self._lock:
                for text in missing:
                    self._kept[text] = found[text]
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return found


def packaged_sense(cache: Path | None = None) -> Sense | None:
    """Over the packaged encoder, loaded at once (`cache` keeps its unpacked weights); None when there is none: the judge then goes by its rules alone."""
    from assistant.knowledge.encode import packaged_encoder

    try:
        made = Sense(packaged_encoder(cache))
        made.need(["order", "订单"])
    except BackendUnavailable:
        return None
    return made


class Near:
    """How near words and texts are to each other, over vectors that were fetched before."""

    def __init__(self, vectors: dict[str, npt.NDArray[np.float32]]) -> None:
        self._vectors = vectors
        self._known: dict[tuple[str, str], float] = {}

    def words(self, word: Word, others: Sequence[Word]) -> float:
        """0-1: how near a word is to the nearest of others; 0 when they are no nearer than any two words."""
        return max((self.pair(word.text, other.text) for other in others), default=0.0)

    def pair(self, one: str, other: str) -> float:
        """The same for two words."""
        key = (one, other)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = max(0.0, min(1.0, (self.texts(one, other) - _LOW) / _SPAN))
        return found

    def texts(self, one: str, other: str) -> float:
        """Cosine of two texts."""
        return float(self._vectors[one] @ self._vectors[other])
