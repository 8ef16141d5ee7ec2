"""What a text says of what a question asks: its terms and ideas as sets, and how much of a question's items they cover; it searches nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from assistant.knowledge.concepts import Concepts
from assistant.knowledge.query import Item
from assistant.knowledge.terms import terms
from assistant.text.fold import fold
from assistant.text.units import find_quantities

T = TypeVar("T")
_FIGURED = re.compile(r"\d|[一二两三四五六七八九十百半]|\b(?:one|two|three|four|five|six|eight|ten|twelve|half|an?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """The terms and ideas of a text, to look items up in."""

    terms: frozenset[str]
    ideas: frozenset[str]

    def covers(self, item: Item) -> bool:
        return not self.ideas.isdisjoint(item.ideas) or self.terms.issuperset(item.terms)


def said(text: str, concepts: Concepts, words: Sequence[str] = (), *, figures: bool = True) -> Said:
    """What a text says, by its words (or by `words`, terms and ideas, where they are known already) and, with `figures`, by the dimensions of its figures."""
    listed = words or terms(text)
    quantities = find_quantities(fold(text)) if figures and concepts.measured and _FIGURED.search(text) else ()
    measured = [idea for quantity in quantities for idea in concepts.measured.get(quantity.dimension, ())]
    # the terms of a section hold its ideas already
    held = frozenset((*listed, *measured)) if words else frozenset(listed)
    return Said(held, held if words else frozenset((*concepts.of(listed), *measured)))


class Memo:
    """What was worked out of texts that do not change, up to SIZE things; safe for concurrent threads, because a lost entry is only worked out again."""

    SIZE = 8192

    def __init__(self) -> None:
        self._held: dict[Hashable, Any] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is held under `key`; made and kept when there is nothing."""
        found: T | None = self._held.get(key)
        if found is not None:
            return found
        if len(self._held) >= self.SIZE:
            self._held = {}
        made = self._held[key] = make()
        return made


@dataclass(frozen=True, slots=True)
class Wanted:
    """The items of one question, with what their weights come to for each set of them that a text says; a set is a number, one bit an item."""

    items: tuple[Item, ...]
    whole: float
    known: dict[int, float] = field(default_factory=dict)

    def measured(self, concepts: Concepts) -> bool:
        """Whether an item asks for an idea that a figure says by its dimension."""
        ideas = {idea for item in self.items for idea in item.ideas}
        return any(idea in ideas for each in concepts.measured.values() for idea in each)

    def in_(self, text: Said) -> int:
        """Which items a text says."""
        found = 0
        for bit, item in enumerate(self.items):
            if text.covers(item):
                found |= 1 << bit
        return found

    def share(self, found: int) -> float:
        """The weight of a set of items as a share of all; 1 for a question that says nothing."""
        if not self.whole:
            return 1.0
        if found not in self.known:
            self.known[found] = sum(item.weight for bit, item in enumerate(self.items) if found >> bit & 1) / self.whole
        return self.known[found]

    def peak(self, found: int) -> float:
        """1 when a set holds the item that weighs most, else 0; 1 for a question that says nothing."""
        if not self.items:
            return 1.0
        bit = max(range(len(self.items)), key=lambda each: self.items[each].weight)
        return float(found >> bit & 1)


def wanted(items: Sequence[Item]) -> Wanted:
    return Wanted(tuple(items), sum(item.weight for item in items))
