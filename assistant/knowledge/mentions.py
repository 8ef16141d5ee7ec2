"""Finds a catalogue's names in a text: products, families, attributes and relations, in every language they have; no typos, no guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Generic, TypeVar

from assistant.knowledge.terms import terms
from assistant.text.script import to_simplified
from assistant.workspace.model import Catalog

T = TypeVar("T")
PRODUCT, FAMILY, ATTRIBUTE, RELATION = "product", "family", "attribute", "relation"

KEPT, SHORT = 512, 400
_UNIT = re.compile(r"\d+(?:\.\d+)?|[\u3007\u3400-\u9fff\uf900-\ufaff]|[^\W\d_\u3007\u3400-\u9fff\uf900-\ufaff]+")
_GAP = re.compile(r"[\s\-_/.‐‑–]{0,2}|的")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters `start:end` name something; `readings` are (kind, id), more than one when the same words mean several things."""

    start: int
    end: int
    readings: tuple[tuple[str, str], ...]

    def ids(self, kind: str) -> tuple[str, ...]:
        return tuple(name for what, name in self.readings if what == kind)


@dataclass(frozen=True, slots=True)
class _Unit:
    text: str
    start: int
    end: int


def _level(text: str) -> str:
    """Lower case, simplified, half width, in place: every character keeps its position."""
    text = to_simplified(text).translate(_WIDE)
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _units(levelled: str) -> list[_Unit]:
    """Words, figures and Chinese characters; 的 is none, because 轴的直径 is a 轴直径."""
    return [_Unit(_singular(match.group()), *match.span()) for match in _UNIT.finditer(levelled) if match.group() != "的"]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word.isascii() else word


@dataclass(frozen=True, slots=True)
class Names:
    """Phrases by their units. Built once for a catalogue; a search costs a few dictionary look-ups a word.

    `numbered` are the words of product names that have a number behind them; `spoken` the term sequences in which each attribute is named; `found` is what
    the last texts named.
    """

    phrases: Mapping[tuple[str, ...], tuple[tuple[str, str], ...]]
    longest: Mapping[str, int] = field(default_factory=dict)
    numbered: frozenset[str] = frozenset()
    spoken: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    found: dict[str, tuple[Mention, ...]] = field(default_factory=dict, compare=False, repr=False)

    def find(self, text: str) -> tuple[Mention, ...]:
        """All names in `text`, in order, the longest at each place, without overlap. "P-100A" and "XP-100" are not P-100."""
        # one question is looked through up to ten times while it is answered; only such short texts are kept, and not for long
        held = self.found.get(text)
        if held is None:
            held = self._find(text)
            if len(self.found) >= KEPT:
                self.found.clear()
            if len(text) <= SHORT:
                self.found[text] = held
        return held

    def _find(self, text: str) -> tuple[Mention, ...]:
        text = _level(text)
        units = _units(text)
        found: list[Mention] = []
        at = 0
        while at < len(units):
            mention, used = self._at(text, units, at)
            if mention is None:
                at += 1
                continue
            found.append(mention)
            at += used
        return tuple(found)

    def _at(self, text: str, units: Sequence[_Unit], at: int) -> tuple[Mention | None, int]:
        most = min(self.longest.get(units[at].text, 0), len(units) - at)
        for length in range(most, 0, -1):
            window = units[at : at + length]
            readings = self.phrases.get(tuple(unit.text for unit in window))
            if readings and _adjoining(text, window) and _bounded(text, window):
                return Mention(window[0].start, window[-1].end, readings), length
        return None, 1

    def unknown(self, text: str) -> tuple[str, ...]:
        """What is named like a product but is none: the word of a name with another number behind it ("P-300" beside P-100 and P-200)."""
        levelled = _level(text)
        units = _units(levelled)
        mentions = self.find(text)
        taken = {at for mention in mentions for at in range(mention.start, mention.end)}
        # a maker's word that names the only product of its kind names no other number of it: VFD-9 beside VFD-7
        bare = {mention.end for mention in mentions if mention.ids(PRODUCT)}
        found = []
        for word, number in pairwise(units):
            gap = levelled[word.end : number.start]
            near = gap in ("", "-") or (gap == " " and len(word.text) > 1)
            if (
                near
                and number.text[0].isdigit()
                and word.text in self.numbered
                and (word.start not in taken or (gap != " " and word.end in bare and number.start not in taken))
                and not _latin(_plural(levelled, number.end)[:1])
            ):
                found.append(text[word.start : number.end])
        return tuple(found)

    def products(self, text: str) -> tuple[str, ...]:
        """The SKUs named in `text`, each once, in order; words that could mean several products are left out."""
        return products_of(self.find(text))


def products_of(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The SKUs among mentions. Words that also mean a family or a relation ("water filter") name a product only where nothing else does."""
    named = [mention for mention in mentions if len(mention.ids(PRODUCT)) == 1]
    plain = [mention for mention in named if len(mention.readings) == 1]
    return tuple(dict.fromkeys(mention.ids(PRODUCT)[0] for mention in plain or named))


def _adjoining(text: str, window: Sequence[_Unit]) -> bool:
    return all(_GAP.fullmatch(text, left.end, right.start) for left, right in pairwise(window))


def _bounded(text: str, window: Sequence[_Unit]) -> bool:
    """Whether a name with digits stands by itself and is no part of a longer model, number or order number."""
    if not any(unit.text[0].isdigit() for unit in window):
        return True
    start, end = window[0].start, window[-1].end
    before, after = text[max(0, start - 2) : start], _plural(text, end)
    if window[0].start and (_latin(before[-1:]) or before[-1:] == "#" or (before[-1:] in "-." and _latin(before[:1]))):
        return False
    return not (_latin(after[:1]) or (after[:1] in "-." and _latin(after[1:])))


def _plural(text: str, end: int) -> str:
    """The two characters behind a name, an English plural's s passed over ("two P-100s")."""
    after = text[end : end + 3]
    return after[1:] if after[:1] == "s" and not _latin(after[1:2]) else after[:2]


def _latin(char: str) -> bool:
    return bool(char) and char.isascii() and char.isalnum()


class Same(Generic[T]):
    """A value that is equal to itself only, to remember by it what is worked out of something that never changes."""

    __slots__ = ("it",)

    def __init__(self, it: T) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.it is self.it


def names_of(catalog: Catalog) -> Names:
    """The names of everything in a catalogue: SKUs, aliases and names of products; names and words of families, attributes and relations."""
    return _names_of(Same(catalog))


@lru_cache(maxsize=4)
def _names_of(same: Same[Catalog]) -> Names:
    # a start, every sync and every command on documents ask for the same names again
    catalog = same.it
    phrases: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for kind, name, spoken in _spoken(catalog):
        key = tuple(unit.text for unit in _units(_level(spoken)))
        readings = phrases.setdefault(key, []) if key else []
        if (kind, name) not in readings:
            readings.append((kind, name))
    longest: dict[str, int] = {}
    for key in phrases:
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    found = {key: tuple(readings) for key, readings in phrases.items()}
    products = [key for key, readings in found.items() if any(kind == PRODUCT for kind, _ in readings)]
    numbered = frozenset(word for key in products for word, number in pairwise(key) if number[0].isdigit() and not word[0].isdigit() and word[0] < "\u3400")
    return Names(found, longest, numbered, _attribute_terms(found))


def _attribute_terms(phrases: Mapping[tuple[str, ...], tuple[tuple[str, str], ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for key, readings in phrases.items():
        said = tuple(terms("".join(key) if key[0] >= "\u3400" else " ".join(key)))
        for kind, name in readings:
            if kind == ATTRIBUTE:
                found.setdefault(name, []).extend((key, said))
    return {name: tuple(dict.fromkeys(listed)) for name, listed in found.items()}


def _spoken(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    for product in catalog.products.values():
        for word in (product.sku, *product.words, *product.name.values()):
            yield PRODUCT, product.sku, word
    for kind, entries in ((FAMILY, catalog.families), (ATTRIBUTE, catalog.attributes), (RELATION, catalog.relations)):
        for name, entry in entries.items():
            for word in _words(entry.name, entry.words):
                yield kind, name, word


def _words(name: Mapping[str, str], words: Mapping[str, Iterable[str]]) -> Iterator[str]:
    yield from name.values()
    for listed in words.values():
        yield from listed
