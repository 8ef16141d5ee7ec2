"""Grounds and sentences taken apart into statements: clauses with their words, marks, figures and the products they are about; it judges nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.dialog.support.bounds import Figure
from assistant.dialog.support.figures import normal, read_figures
from assistant.dialog.support.words import Word, cuts, read_words
from assistant.text.fold import fold
from assistant.text.script import to_simplified
from assistant.text.words import sentences
from assistant.types import Json

_RULE = re.compile(r"\|?[\s:|-]*-{2,}[\s:|-]*")
_UNIT_IN_HEAD = re.compile(r"[（(]([^（）()\d]{1,16})[)）]|[,，/]\s*([A-Za-z°℃%³²/·]{1,10})$")
_BARE = re.compile(r"[\s\d.,–~至-]+(?:[（(][^）)]*[)）])?")
_ASKS = re.compile(
    r"[?？]\s*$|[吗呢]\s*$|^(?:can|could|do|does|did|is|are|will|may|should|what|which|who|when|where|why|how)\b|怎么|多久|多少|几[次天个号点]|什么"
    r"|是否|哪|能不能|可不可以|有没有|要不要|谁",
    re.IGNORECASE,
)
_DENIED = re.compile(r"(?:no|not|never|we do not)\b|[不没否]", re.IGNORECASE)
_KEPT = 4096
_HALVES = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its words, marks (class, position), figures, and all keys and ideas it can be found by."""

    text: str
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]
    keys: frozenset[str]
    ideas: frozenset[str]
    marks: frozenset[str]
    content: tuple[Word, ...] = ()

    def count(self, mark: str) -> int:
        return sum(mark in word.marks for word in self.words)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, row or record of a ground at `start:end` of its text. `heads` are the clauses that say what it is about (titles, a lead-in, the row's name),
    `before` the sentence in front of it; `names` the products and codes it says itself."""

    start: int
    end: int
    clauses: tuple[Clause, ...]
    heads: tuple[Clause, ...] = ()
    before: tuple[Clause, ...] = ()
    kind: str = "prose"

    @property
    def codes(self) -> frozenset[str]:
        return codes_in(self.clauses)


def codes_in(clauses: Collection[Clause]) -> frozenset[str]:
    return frozenset(str(figure.low) for clause in clauses for figure in clause.figures if figure.kind == "code")


@lru_cache(maxsize=_KEPT)
def statement(text: str) -> tuple[Clause, ...]:
    """The clauses of a text, folded, simplified, numbers in digits."""
    whole = normal(to_simplified(fold(text)))
    figures, rest = read_figures(whole)
    words = read_words(rest)
    found = []
    for start, end in cuts(_bridged(rest, figures)):
        here = tuple(word for word in words if start <= word.start < end)
        said = tuple(figure for figure in figures if start <= figure.start < end)
        if here or said:
            found.append(clause_of(whole[start:end].strip(), *_turned(here, said)))
    return tuple(_carried(found))


def _carried(clauses: Sequence[Clause]) -> Iterator[Clause]:
    """ "Do not repair, throw away or install": what is denied at the start of a list is denied to its end."""
    denied = False
    for at, clause in enumerate(clauses):
        if at and denied and "NEG" not in clause.marks and "OR" in clause.marks:
            place = next(place for place, word in enumerate(clause.words) if "OR" in word.marks)
            word = replace(clause.words[place], marks=clause.words[place].marks | {"NEG"})
            clause = clause_of(clause.text, (*clause.words[:place], word, *clause.words[place + 1 :]), clause.figures)
        denied = ("NEG" in clause.marks and any("NEG" in word.marks for word in clause.words[:3])) or (
            denied and "NEG" not in clause.marks and len(clause.content) < 3
        )
        yield clause


def _turned(words: tuple[Word, ...], figures: tuple[Figure, ...]) -> tuple[tuple[Word, ...], tuple[Figure, ...]]:
    """ "No piece may weigh more than 22 kg" is an upper bound: the denial before an open bound turns the bound and is used up by it."""
    for at, figure in enumerate(figures):
        denials = [place for place, word in enumerate(words) if "NEG" in word.marks and word.end <= figure.start]
        if figure.open and figure.bound in ("min", "max") and denials and figure.start - words[denials[-1]].end < 40:
            turned = replace(figure, bound="max" if figure.bound == "min" else "min", open=False)
            word = words[denials[-1]]
            plain = replace(word, marks=word.marks - {"NEG"})
            return (*words[: denials[-1]], plain, *words[denials[-1] + 1 :]), (*figures[:at], turned, *figures[at + 1 :])
    return words, figures


def _bridged(rest: str, figures: tuple[Figure, ...]) -> str:
    """The text to be cut into clauses: blanked figures stand as letters, so that a clause of a figure alone is one."""
    chars = list(rest)
    for figure in figures:
        chars[figure.start : figure.end] = "0" * (figure.end - figure.start)
    return "".join(chars)


def clause_of(text: str, words: tuple[Word, ...], figures: tuple[Figure, ...]) -> Clause:
    return Clause(
        text,
        words,
        figures,
        frozenset(key for word in words for key in word.keys),
        frozenset(idea for word in words for idea in word.ideas),
        frozenset(mark for word in words for mark in word.marks),
        tuple(word for word in words if not word.light),
    )


@lru_cache(maxsize=512)
def units_of(text: str, title: str = "") -> tuple[Unit, ...]:
    """The sentences, list items and table rows of a passage, each with the headings above it."""
    titles = [*statement(title)] if title else []
    heading: list[Clause] = []
    lead: list[Clause] = []
    header: list[str] = []
    before: tuple[Clause, ...] = ()
    found: list[Unit] = []
    at, asked = 0, False
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        bare = line.strip()
        if not bare:
            header, before = [], ()
            continue
        if bare.startswith("#"):
            level = len(bare) - len(bare.lstrip("#"))
            said = [*statement(bare.lstrip("# "))]
            titles, heading = (titles + said, []) if level == 1 else (titles, said)
            lead, header, before = [], [], ()
            asked = bool(_ASKS.search(bare.lstrip("# ")))
            # a heading states something itself: "Returns: 15 days"
            if level > 1 and not _ASKS.search(bare.lstrip("# ")) and _states(said):
                found.append(Unit(start, start + len(line), tuple(said), tuple(titles), (), "head"))
            continue
        heads = (*titles, *heading, *lead)
        if bare.startswith("|"):
            cells = [cell.strip() for cell in bare.strip("|").split("|")]
            if _RULE.fullmatch(bare):
                continue
            if not header:
                header = cells
                continue
            found.append(Unit(start, start + len(line), _row(header, cells), (*heads, *statement(cells[0])), (), "row"))
            continue
        header = []
        if heading and before == () and asked and _DENIED.match(bare):
            # the question of a section that is answered no states nothing of what follows
            heading = []
            heads = (*titles, *lead)
        asked = False
        listed = bool(re.match(r"(?:[-*•]|\d+[.)、])\s", bare))
        for first, last in sentences(line):
            said_here = statement(re.sub(r"^(?:[-*•]|\d{1,2}[.)])\s+", "", line[first:last]))
            # a question states nothing, it says what the next sentence is about
            if not _ASKS.search(line[first:last]) or line[last - 1 : last] not in "?？":
                found.append(Unit(start + first, start + last, said_here, heads, before, "item" if listed else "prose"))
            before = said_here
        if bare.endswith((":", "：")):
            lead = [*before]
        elif not listed:
            lead = []
    return tuple(unit for unit in found if unit.clauses)


def _states(said: Sequence[Clause]) -> bool:
    """Whether a heading says something by itself: a figure, a denial, a duty."""
    return any(clause.marks & {"NEG", "MUST", "ONLY"} or clause.figures for clause in said)


def _row(header: list[str], cells: list[str]) -> tuple[Clause, ...]:
    """One clause for each cell of a row: the row's name, the column's name, the cell; a unit in the column's name goes behind a bare number."""
    name, found = cells[0], []
    for column, cell in zip(header[1:], cells[1:], strict=False):
        unit = _UNIT_IN_HEAD.search(column) or _UNIT_IN_HEAD.search(name)
        value = f"{cell} {unit[1] or unit[2]}" if unit and _BARE.fullmatch(cell) else cell
        own = _UNIT_IN_HEAD.search(header[0])
        said = f"{name} {own[1] or own[2]}" if own and _BARE.fullmatch(name) else name
        parts = statement(f"{_plain(said)} {_plain(column)} {value}")
        found.append(_joined(parts))
    return tuple(found) or statement(name)


def _plain(text: str) -> str:
    return re.sub(r"[（(]([^（）()]{1,16})[)）]$", lambda match: f" {match[1]}" if re.search(r"\d", match[1]) else "", text).strip()


def _joined(parts: tuple[Clause, ...]) -> Clause:
    words = tuple(word for part in parts for word in part.words)
    figures = tuple(figure for part in parts for figure in part.figures)
    return clause_of(" ".join(part.text for part in parts), words, figures)


def record_units(record: Json) -> tuple[Unit, ...]:
    """One unit for each object of a record: a clause for each of its values."""
    return tuple(Unit(0, 0, clauses, (), (), "record") for clauses in _objects(record, "", ()) if clauses)


def _objects(value: Json, path: str, above: tuple[Clause, ...]) -> Iterator[tuple[Clause, ...]]:
    """The clauses of each object, with those of the objects it belongs to."""
    if isinstance(value, Mapping):
        own = [*above]
        inner = []
        for key, item in value.items():
            name = f"{path} {str(key).replace('_', ' ')}".strip()
            if isinstance(item, (Mapping, list, tuple)):
                inner.append((item, name))
            elif item is not None and not isinstance(item, bool):
                own.append(_joined(statement(f"{name} {str(item).replace('_', ' ')}")))
            elif isinstance(item, bool):
                own.append(_joined(statement(f"{'' if item else 'not '}{name}")))
        yield tuple(own)
        for item, name in inner:
            yield from _objects(item, name, tuple(own))
    elif isinstance(value, list | tuple):
        for item in value:
            if isinstance(item, (Mapping, list, tuple)):
                yield from _objects(item, path, above)
            elif item is not None:
                yield (*above, _joined(statement(f"{path} {item}")))


def halves(clause: Clause) -> list[tuple[Clause, Clause]]:
    """A clause parted at each "and" that has figures on both sides."""
    found = []
    for word in clause.words:
        if "AND" not in word.marks and word.text not in ("at", "with"):
            continue
        first = _cut(clause, 0, word.start)
        second = _cut(clause, word.end, 10**9)
        if first.figures and second.figures:
            found.append((first, second))
    return found[:_HALVES]


def _cut(clause: Clause, start: int, end: int) -> Clause:
    words = tuple(each for each in clause.words if start <= each.start < end)
    return clause_of(clause.text, words, tuple(each for each in clause.figures if start <= each.start < end))
