"""Texts taken apart into what can be checked: dates, quantities with units, bare numbers, models and clauses; nothing is judged here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from assistant.text.fold import fold
from assistant.text.numbers import find_numbers
from assistant.text.units import Quantity, find_quantities
from assistant.types import Json

_MONTHS = {name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)(?:T[\d:.+\-Z]+)?")
CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)")
_ZH_DATE = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_EN_DATE = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(\d{{4}}))?\b", re.IGNORECASE)
_US_DATE = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(\d{{4}}))?", re.IGNORECASE)
TOKEN = re.compile(r"[A-Za-z]+[-/]?\d[A-Za-z0-9_-]*|\b[A-Z]{1,4}-[A-Za-z0-9_-]+")
# a Chinese character before a number is no part of it: 共12台
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])\d[\d,]*(?:\.\d+)?")
_LISTED = re.compile(r"(?:(?<=^)|(?<=[\s：:；;，,、]))\d{1,2}\)(?=\s)")
_CLAUSE = re.compile(r"[，,;；。！？!?\n|]|\.(?=\s|$)|\b(?:and|but|while|whereas)\b|而|但")
_SIGNS = re.compile(r"[\W_]+")
# records, rule values and wordings come again every turn; what is remembered of a text follows from its characters alone, so it never goes stale
_KEPT = 2048
Parts = tuple[int | None, int, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text states in figures: dates as (year or None, month, day), quantities with a unit, and the numbers that have none."""

    dates: tuple[Parts, ...]
    quantities: tuple[Quantity, ...]
    numbers: tuple[Decimal, ...]


@lru_cache(maxsize=_KEPT)
def figures_of(text: str) -> Figures:
    """The figures of a sentence. Model names ("P-100") are none, and the numbering of a list states nothing."""
    rest, dates = take_dates(_LISTED.sub(" ", fold(text)))
    rest = TOKEN.sub(lambda match: " " * len(match.group()), rest)
    quantities = tuple(each for each in find_quantities(rest) if any(char.isdigit() for char in each.text))
    for each in quantities:
        rest = rest[: each.start] + " " * (each.end - each.start) + rest[each.end :]
    return Figures(tuple(dates), quantities, tuple(numbers_in(rest)))


def take_dates(text: str) -> tuple[str, list[Parts]]:
    """The text without its dates, and the dates as (year or None, month, day)."""
    found: list[Parts] = []

    def numeric(match: re.Match[str]) -> str:
        found.append((int(match[1]) if match[1] else None, int(match[2]), int(match[3])))
        return " "

    def english(match: re.Match[str]) -> str:
        found.append((int(match[3]) if match[3] else None, _MONTHS[match[2][:3].lower()], int(match[1])))
        return " "

    def american(match: re.Match[str]) -> str:
        found.append((int(match[3]) if match[3] else None, _MONTHS[match[1][:3].lower()], int(match[2])))
        return " "

    rest = _ZH_DATE.sub(numeric, _ISO.sub(numeric, text))
    return _US_DATE.sub(american, _EN_DATE.sub(english, rest)), found


def numbers_in(text: str) -> list[Decimal]:
    """Numbers in digits, thousands separators taken out."""
    return [Decimal(match.group().replace(",", "").rstrip(".")) for match in _NUMBER.finditer(_LISTED.sub(" ", text))]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sources taken apart. `loose` are numbers of records and values, which have no unit and may stand for any; `text` is all words, to find names in."""

    numbers: frozenset[Decimal]
    loose: frozenset[Decimal]
    quantities: tuple[Quantity, ...]
    dates: frozenset[date]
    days: frozenset[tuple[int, int]]
    text: str

    def joined(self, other: Evidence) -> Evidence:
        return Evidence(
            self.numbers | other.numbers, self.loose | other.loose, self.quantities + other.quantities, self.dates | other.dates, self.days | other.days,
            f"{self.text}\n{other.text}",
        )  # fmt: skip

    def has_date(self, parts: Parts) -> bool:
        """A date without a year is there when its day and month are."""
        if parts[0] is None:
            return (parts[1], parts[2]) in self.days
        return full_date(parts) in self.dates


def evidence_in(texts: Iterable[str], values: Iterable[Json], days: Iterable[date] = ()) -> Evidence:
    """What texts and values state. An amount in minor units also stands for its major units."""
    words = list(texts)
    said = [_said(text) for text in words]
    lines: list[_Said] = []
    loose: set[Decimal] = set()
    for leaf in dict.fromkeys(leaf for value in values for leaf in leaves(value) if not isinstance(leaf, bool)):
        if isinstance(leaf, str):
            lines.append(_said(leaf))
            words.append(leaf)
        elif leaf is not None:
            loose |= _amounts(leaf)
    loose.update(*(line.numbers for line in lines), *(line.bounds for line in lines))
    every = (*said, *lines)
    dates = frozenset(days).union(*(each.dates for each in every))
    return Evidence(
        numbers=frozenset(loose).union(*(each.numbers for each in said)),
        loose=frozenset(loose),
        quantities=tuple(dict.fromkeys(quantity for each in every for quantity in each.quantities)),
        dates=dates,
        days=frozenset((day.month, day.day) for day in dates).union(*(each.days for each in every)),
        text="\n".join(words),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What one text states. `numbers` have no unit; `bounds` are the values of quantities, its dates read as quantities too."""

    numbers: frozenset[Decimal]
    bounds: frozenset[Decimal]
    quantities: tuple[Quantity, ...]
    dates: frozenset[date]
    days: frozenset[tuple[int, int]]


@lru_cache(maxsize=_KEPT)
def _said(text: str) -> _Said:
    folded = fold(text)
    rest, found = take_dates(folded)
    here = find_quantities(rest)
    for each in here:
        rest = rest[: each.start] + " " * (each.end - each.start) + rest[each.end :]
    numbers = {*numbers_in(rest), *(Decimal(part) for clock in CLOCK.findall(folded) for part in clock)}
    numbers.update(number for mention in find_numbers(rest) if (number := _plain(mention.value)) is not None)
    whole = find_quantities(folded) if found else here
    return _Said(
        frozenset(numbers),
        frozenset(number for each in whole for number in (each.value, each.high) if number is not None),
        here,
        frozenset(day for day in map(full_date, found) if day is not None),
        frozenset((month, day) for _, month, day in found),
    )


@lru_cache(maxsize=_KEPT)
def _amounts(value: int | float) -> frozenset[Decimal]:
    return frozenset((Decimal(str(value)), Decimal(str(value)) / 100))


def _plain(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def full_date(parts: Parts) -> date | None:
    """The day; None for one without a year and for one that no calendar has."""
    try:
        return date(parts[0] or 0, parts[1], parts[2])
    except ValueError:
        return None


def leaves(value: Json) -> Iterable[str | int | float | bool | None]:
    """The plain values of a JSON value."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def clauses(text: str, products: Sequence[str]) -> list[tuple[frozenset[str], Figures]]:
    """The clauses of a text with the products each speaks of (a clause that names none goes on about the last ones) and its figures."""
    found: list[tuple[frozenset[str], Figures]] = []
    about: frozenset[str] = frozenset()
    waiting = False
    # a thousands separator ends no clause
    kept = re.sub(r"(?<=\d),(?=\d{3})", "", fold(text))
    for part in _CLAUSE.split(kept):
        named = frozenset(token for token in TOKEN.findall(part) if token in products)
        figures = figures_of(part)
        if named:
            # "P-100, P-200: 24 months" speaks of both
            about = about | named if waiting else named
        waiting = bool(named or waiting) and not (figures.quantities or figures.numbers)
        found.append((about, figures))
    return found


def squeezed(text: str) -> str:
    """Letters and digits only, lower case: what is left when marks, blanks and table lines are taken away."""
    return _SIGNS.sub("", fold(text)).lower()
