"""Finds which of many texts stand in bytes, in one pass however many they are; where the bytes come from is the caller's business."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# a text is known by eight of its bytes, the rarest among all texts, so that like beginnings do not make one long list
_WIDTH, _STRIDE = 8, 3
_BITS = 18
_SPREAD = 0x9E3779B97F4A7C15
_APART = b"\0\0"


class Finds(Protocol):
    """Whatever finds texts in bytes."""

    @property
    def longest(self) -> int: ...

    def places(self, data: bytes) -> Iterator[tuple[int, bytes]]: ...

    def within(self, data: bytes) -> bool: ...

    def holders(self, values: Sequence[bytes]) -> frozenset[int]: ...


class Sought:
    """Texts to look for. Every offset of the data is looked at: eight bytes there that begin none of the texts' keys rule them all out at once."""

    def __init__(self, forms: Iterable[bytes]) -> None:
        """`forms` are the texts as they would be written; empty ones are left out."""
        import numpy as np

        self.forms = tuple(dict.fromkeys(form for form in forms if form))
        self._short = tuple(form for form in self.forms if len(form) < _WIDTH)
        long = [form for form in self.forms if len(form) >= _WIDTH]
        seen = Counter(form[at : at + _WIDTH] for form in long for at in range(0, len(form) - _WIDTH + 1, _STRIDE))
        self._by_key: dict[bytes, list[tuple[int, bytes]]] = {}
        for form in long:
            at = min(range(0, len(form) - _WIDTH + 1, _STRIDE), key=lambda at: (seen[form[at : at + _WIDTH]], at))
            self._by_key.setdefault(form[at : at + _WIDTH], []).append((at, form))
        self._marks = np.zeros(1 << _BITS, dtype=bool)
        if self._by_key:
            self._marks[_hashed(np.frombuffer(b"".join(self._by_key), dtype="<u8"))] = True
        self._longest = max(map(len, self.forms), default=0)

    @property
    def longest(self) -> int:
        return self._longest

    def places(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """(offset, text) of every occurrence, in no order."""
        import numpy as np

        for form in self._short:
            at = data.find(form)
            while at >= 0:
                yield at, form
                at = data.find(form, at + 1)
        for shift in range(_WIDTH if self._by_key else 0):
            count = (len(data) - shift) // _WIDTH
            if count <= 0:
                continue
            view = np.frombuffer(data, dtype="<u8", count=count, offset=shift)
            for number in np.flatnonzero(self._marks[_hashed(view)]).tolist():
                at = shift + number * _WIDTH
                for lead, form in self._by_key.get(data[at : at + _WIDTH], ()):
                    if at >= lead and data.startswith(form, at - lead):
                        yield at - lead, form

    def within(self, data: bytes) -> bool:
        """Whether any of the texts stands in the data."""
        return next(self.places(data), None) is not None

    def present(self, data: bytes) -> frozenset[bytes]:
        """Those of the texts that stand in the data."""
        return frozenset(form for _, form in self.places(data))

    def holders(self, values: Sequence[bytes]) -> frozenset[int]:
        """The numbers of the values that hold any of the texts."""
        return holders(self.places, values)


def holders(places: Callable[[bytes], Iterable[tuple[int, bytes]]], values: Sequence[bytes]) -> frozenset[int]:
    """The numbers of the values in which `places` finds anything; they are gone through as one."""
    starts = [0, *accumulate(len(value) + len(_APART) for value in values)]
    ends = [start + len(value) for start, value in zip(starts, values, strict=False)]
    found = set()
    for at, form in places(_APART.join(values)):
        number = bisect_right(starts, at) - 1
        if at + len(form) <= ends[number]:
            found.add(number)
    return frozenset(found)


def _hashed(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    import numpy as np

    with np.errstate(over="ignore"):
        return (words * np.uint64(_SPREAD)) >> np.uint64(64 - _BITS)
