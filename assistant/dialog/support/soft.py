"""Where the grounds say a clause best when words may be said in other words: by word lists first, by nearness of meaning where these are silent; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dialog.support.match import Match, grid_of, match, opposed, paired, strength, weight, windows
from assistant.dialog.support.sense import Near
from assistant.dialog.support.units import Clause, Unit, codes_in
from assistant.dialog.support.words import Word

_FOUND = 0.5
# what nearness of meaning is worth beside the word itself, and a heading beside the clause
_BY_SENSE, _IN_HEAD, _HEAD_SENSE = 0.9, 0.75, 0.8


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the ground `ground`, with all units and the SKUs of the ground, and clauses of it that may name what the unit is about."""

    ground: int
    unit: Unit
    siblings: tuple[Unit, ...]
    owners: frozenset[str]
    aside: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """How one content word is found: `lexical` and `inside` in the window itself (by lists, by sense too), `total` with the headings."""

    word: Word
    lexical: float
    inside: float
    total: float


@dataclass(frozen=True, slots=True)
class Soft:
    """A clause at the place that says it best. `cover` 0-1 is the weighed share of its words said there, `alone` by the best single clause."""

    clause: Clause
    place: Place
    said: tuple[Said, ...]
    cover: float
    alone: float
    match: Match


def content_of(clauses: Sequence[Clause]) -> list[Word]:
    return [word for clause in clauses for word in clause.content]


def soft_match(clause: Clause, whole: Sequence[Clause], places: Sequence[Place], near: Near) -> Soft | None:
    """The best place for a clause of the sentence `whole`, None when there is none."""
    best: tuple[float, Place, tuple[int, int], tuple[Said, ...], _Grid] | None = None
    for place in places:
        grid = _grid(clause, place.unit, near)
        for span in windows(place.unit):
            said = grid.said(clause, span)
            missing = len(paired(clause.figures, place.unit.clauses[span[0] : span[1]], place.unit)[1]) if clause.figures else 0
            score = share(said) - 0.03 * (span[1] - span[0]) - 0.35 * missing / max(1, len(clause.figures))
            if best is None or score > best[0]:
                best = (score, place, span, said, grid)
    if best is None:
        return None
    _, place, span, said, grid = best
    found = match(clause, grid_of(clause, place.unit, place.aside), span)
    codes = codes_in((clause,)) or (codes_in(whole) if len(codes_in(whole)) == 1 else frozenset())
    if place.owners & codes:
        found.missing = tuple(figure for figure in found.missing if str(figure.low) not in place.owners)
    alone = max((share(grid.said(clause, (at, at + 1))) for at in range(len(place.unit.clauses))), default=0.0)
    return Soft(clause, place, said, share(said), alone, found)


def share(said: Sequence[Said]) -> float:
    """The weighed share of words said; 1 when there are none."""
    total = sum(weight(each.word) for each in said)
    return sum(weight(each.word) * each.total for each in said) / total if total else 1.0


@dataclass(frozen=True, slots=True)
class _Grid:
    """For each content word of a clause: how each clause of a unit says it by lists and by sense, and how the headings do."""

    unit: Unit
    lexical: tuple[tuple[float, ...], ...]
    sense: tuple[tuple[float, ...], ...]
    heads: tuple[float, ...]

    def said(self, clause: Clause, span: tuple[int, int]) -> tuple[Said, ...]:
        window = self.unit.clauses[span[0] : span[1]]
        found = []
        for word, lexical, sense, head in zip(clause.content, self.lexical, self.sense, self.heads, strict=True):
            value = inside = max(lexical[span[0] : span[1]])
            if value < _FOUND:
                meant = 0.0 if opposed(word, window) else max(sense[span[0] : span[1]])
                inside = max(0.6 * value, _BY_SENSE * meant)
            found.append(Said(word, value, inside, max(inside, _IN_HEAD * head)))
        return tuple(found)


def _grid(clause: Clause, unit: Unit, near: Near) -> _Grid:
    around = (*unit.heads, *unit.before)
    aside = content_of(around)
    lexical = tuple(tuple(strength(word, (each,)) for each in unit.clauses) for word in clause.content)
    sense = tuple(
        tuple(near.words(word, each.content) if value < _FOUND else 0.0 for each, value in zip(unit.clauses, row, strict=True))
        for word, row in zip(clause.content, lexical, strict=True)
    )
    heads = []
    for word, row in zip(clause.content, lexical, strict=True):
        value = strength(word, around)
        useful = value < _FOUND and min(row, default=0.0) < 1.0
        heads.append(max(value, _HEAD_SENSE * near.words(word, aside)) if useful else value)
    return _Grid(unit, lexical, sense, tuple(heads))
