"""How far a clause of a sentence is stated by a unit of a ground: coverage of its words, its figures, and what steers both; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.dialog.support.bounds import Figure, comparable, same_figure
from assistant.dialog.support.units import Clause, Unit
from assistant.dialog.support.words import WIDE, Word, is_everyday, lexicon

MODAL = ("MUST", "SHOULD", "CAN", "NEEDNOT", "FORBID")
_NEAR = 0.5


@dataclass(slots=True)
class Match:
    """A clause against a window of a unit's clauses. `cover` 0-1 is the share of its words found, weighted; `lost` are the words not found at all;
    `faults` are the rules it breaks; `pairs` its figures with those that state them."""

    unit: Unit
    window: tuple[Clause, ...]
    cover: float
    lost: tuple[Word, ...]
    near: int
    figures_found: bool
    missing: tuple[Figure, ...]
    pairs: tuple[tuple[Figure, Figure], ...]
    used: tuple[Clause, ...]
    left: tuple[Figure, ...] = ()
    faults: list[str] = field(default_factory=list)


def weight(word: Word) -> float:
    """How much a word counts: names and words that nobody knows most, everyday verbs least."""
    if is_everyday(word):
        return 0.35
    return 1.0


def strength(word: Word, clauses: Sequence[Clause]) -> float:
    """How well a word is found in clauses: 1 by itself or its idea, less by a part of it."""
    best = 0.0
    narrow = _against(word.ideas)[1]
    for clause in clauses:
        if word.text in clause.keys or not narrow.isdisjoint(clause.ideas):
            return 1.0
        if best >= 0.9 or opposed(word, (clause,)):
            continue
        best = max(best, 0.9 if not word.ideas.isdisjoint(clause.ideas) else _partly(word, clause))
    return best


def _partly(word: Word, clause: Clause) -> float:
    text = word.text
    if text[0] >= "\u3400":
        if len(text) > 1 and text in clause.text:
            return 1.0
        return _shared(text, clause.text)
    if len(text) >= 5 and " " not in text:
        return max((0.9 for key in clause.keys if key[:1] == text[0] and _kin(text, key)), default=0.0)
    return 0.0


@lru_cache(maxsize=65536)
def _kin(one: str, other: str) -> bool:
    """Whether two English stems are of one root: the shorter is most of the longer and begins it."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and len(long) - len(short) <= 3 and long.startswith(short)


@lru_cache(maxsize=65536)
def _shared(word: str, text: str) -> float:
    """The share of a Chinese word's characters that stand together in a text."""
    if len(word) < 2:
        return 0.7 if word in text else 0.0
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    found = sum(pair in text for pair in pairs)
    if found:
        return 0.7 + 0.3 * found / len(pairs)
    return 0.5 if all(char in text for char in word) else 0.0


def windows(unit: Unit) -> list[tuple[int, int]]:
    """The stretches of a unit's clauses that a clause may be stated by: each, each two neighbours, all."""
    count = len(unit.clauses)
    if unit.kind == "record":
        return [(0, count)]
    found = [(at, at + 1) for at in range(count)]
    if unit.kind != "row":
        found += [(at, at + 2) for at in range(count - 1)]
    if count > 2 or (unit.kind == "row" and count > 1):
        found.append((0, count))
    return found


@dataclass(frozen=True, slots=True)
class Grid:
    """How well each content word of a clause is found in each clause of a unit, and around the unit."""

    unit: Unit
    inside: tuple[tuple[float, ...], ...]
    around: tuple[float, ...]


def grid_of(clause: Clause, unit: Unit, aside: Sequence[Clause] = ()) -> Grid:
    """`aside` are clauses of the same ground that may name what the unit is about."""
    inside = tuple(tuple(strength(word, (each,)) for each in unit.clauses) for word in clause.content)
    around = tuple(
        max(strength(word, unit.heads), 0.6 * strength(word, unit.before), 0.55 * strength(word, aside)) if min(row, default=0.0) < _NEAR else 0.0
        for word, row in zip(clause.content, inside, strict=True)
    )
    return Grid(unit, inside, around)


def match(clause: Clause, grid: Grid, span: tuple[int, int]) -> Match:
    """The clause against a stretch of the unit's clauses."""
    unit, (start, stop) = grid.unit, span
    window = unit.clauses[start:stop]
    total = found = 0.0
    lost: list[Word] = []
    used: dict[int, Clause] = {}
    near = 0
    for word, inside, around in zip(clause.content, grid.inside, grid.around, strict=True):
        row = inside[start:stop]
        here = max(row)
        worth = weight(word)
        total += worth
        if here >= _NEAR:
            found += worth * here
            holders = [at for at, value in enumerate(row) if value >= _NEAR]
            if len(holders) == 1:
                used[holders[0]] = window[holders[0]]
        elif around >= _NEAR:
            found += worth * 0.8 * around
            near += 1
        else:
            lost.append(word)
    pairs, missing = paired(clause.figures, window, unit)
    for _, source_figure in pairs:
        at = next((at for at, each in enumerate(window) if source_figure in each.figures), None)
        if at is not None:
            used[at] = window[at]
    chosen = tuple(used[at] for at in sorted(used)) or window
    result = Match(unit, window, found / total if total else 1.0, tuple(lost), near, not missing, missing, pairs, chosen)
    taken = {id(source) for _, source in pairs}
    result.left = tuple(figure for each in chosen for figure in each.figures if id(figure) not in taken and figure.kind not in ("code", "ordinal"))
    return result


def paired(figures: Sequence[Figure], window: Sequence[Clause], unit: Unit) -> tuple[tuple[tuple[Figure, Figure], ...], tuple[Figure, ...]]:
    """Each figure with the figure of the window (codes and figures of headings too) that states it, and those that nothing states."""
    pairs: list[tuple[Figure, Figure]] = []
    missing: list[Figure] = []
    here = [figure for clause in window for figure in clause.figures]
    heads = [figure for clause in unit.heads for figure in clause.figures]
    heads += [figure for clause in unit.before for figure in clause.figures if figure.kind == "code"]
    for figure in figures:
        options = [other for other in here if stated(figure, other, loose=unit.kind == "record")]
        if not options:
            options = [other for other in heads if stated(figure, other, loose=False)] if figure.kind in ("code", "number", "quantity") else []
        same_bound = [other for other in options if other.bound == figure.bound]
        if options:
            pairs.append((figure, (same_bound or options)[0]))
        elif not _recurring(figure, window):
            missing.append(figure)
    return tuple(pairs), tuple(missing)


_RECURRING = {"day": "每天", "week": "每周", "month": "每月", "year": "每年"}


def _recurring(figure: Figure, window: Sequence[Clause]) -> bool:
    """Whether "a month" is said as "monthly"."""
    word = _RECURRING.get(figure.unit)
    entry = lexicon().entries.get(word) if word and figure.low == 1 and figure.high is None and not figure.bound else None
    return entry is not None and any(entry.ideas & clause.ideas for clause in window)


def stated(figure: Figure, other: Figure, *, loose: bool) -> bool:
    """Whether `other` states `figure`. One end of a range is stated when it is said as that bound; a number of a record has no unit of its own (`loose`)."""
    if same_figure(figure, other):
        return True
    if loose and other.kind in ("number", "quantity", "money") and figure.kind in ("number", "money", "quantity"):
        plain = not other.unit or not figure.unit
        return (
            plain
            and figure.high is None
            and figure.low in (other.low, *((other.low / 100,) if figure.kind == "money" and not isinstance(other.low, (tuple, str)) else ()))
        )
    if other.high is not None and figure.high is None and figure.kind == other.kind and figure.unit == other.unit:
        return (figure.bound == "max" and figure.low == other.high) or (figure.bound == "min" and figure.low == other.low)
    return False


@lru_cache(maxsize=16384)
def _against(ideas: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """(what excludes these ideas, the narrow ones among them)."""
    contrasts = lexicon().contrasts
    return frozenset(other for idea in ideas for other in contrasts.get(idea, ())), frozenset(idea for idea in ideas if idea[0] != WIDE)


def opposed(word: Word, clauses: Sequence[Clause]) -> bool:
    """Whether clauses say what excludes a word (air and sea, open and closed) and not the word itself."""
    against, said = _against(word.ideas)
    if not against:
        return False
    return any(not against.isdisjoint(clause.ideas) for clause in clauses) and not any(not said.isdisjoint(clause.ideas) for clause in clauses)


def strayed(clause: Clause, found: Match) -> float:
    """How many words may have been put in the place of others: words that the window lacks, as far as it has words that the sentence lacks."""
    unsaid = sum(strength(word, (clause,)) < _NEAR for each in found.used for word in each.content if not is_everyday(word))
    return float(min(found.near + sum(weight(word) for word in found.lost), unsaid))


def recall(clause: Clause, found: Match) -> float:
    """The share of the words of the clauses used that the sentence repeats."""
    stated = [word for each in found.used for word in each.content if not is_everyday(word)]
    return sum(strength(word, (clause,)) >= _NEAR for word in stated) / len(stated) if stated else 1.0


def rivals(figure: Figure, window: Sequence[Clause]) -> bool:
    """Whether a window holds another figure of the same kind than the one asked for."""
    return any(comparable(figure, other) and not same_figure(figure, other) for clause in window for other in clause.figures)
