"""Picks from found sections the sentences, steps and table rows that answer a question, and measures how well they support it; it words nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.knowledge.concepts import Concepts
from assistant.knowledge.markdown import plain, tables
from assistant.knowledge.mentions import Names
from assistant.knowledge.query import Item
from assistant.knowledge.search import Found, Hit
from assistant.knowledge.terms import terms
from assistant.store.knowledge import SectionRow
from assistant.text.words import sentences

SENTENCES = 4
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)、）])[ \t]+", re.MULTILINE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, list or table row of a section: characters `start:end` of its text, as plain words in `text`. `kind`: sentence, list, row."""

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Said:
    """The terms and ideas of a text, to look items up in."""

    terms: frozenset[str]
    ideas: frozenset[str]

    def covers(self, item: Item) -> bool:
        return bool(self.ideas.intersection(item.ideas)) or all(term in self.terms for term in item.terms)


def said(words: Iterable[str], concepts: Concepts) -> Said:
    listed = list(words)
    return Said(frozenset(listed), frozenset(concepts.of(listed)))


def coverage(items: Sequence[Item], *texts: Said) -> float:
    """The weight of the items said in any of the texts, as a share of all; 1 for a question that says nothing."""
    whole = sum(item.weight for item in items)
    if not whole:
        return 1.0
    return sum(item.weight for item in items if any(text.covers(item) for text in texts)) / whole


def units(section: SectionRow, products: Sequence[str], names: Names) -> tuple[Unit, ...]:
    """The sentences, lists and rows of a section, without what is about other products than `products` (empty = all)."""
    found = [unit for unit in _all_units(section, products, names) if unit.text]
    if not products or (section.products and set(section.products) <= set(products)):
        return tuple(found)
    wanted = set(products)
    return tuple(unit for unit in found if not (named := set(names.products(unit.text))) or named & wanted)


def _all_units(section: SectionRow, products: Sequence[str], names: Names) -> Iterator[Unit]:
    rows = _rows(section, products, names)
    text, at = section.text, 0
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        if at in rows:
            if rows[at] is not None:
                yield rows[at]  # type: ignore[misc]
        elif _ITEM.match(line) and section.kind != "row":
            last = number + 1
            while last < len(lines) and (_ITEM.match(lines[last]) or (lines[last].startswith((" ", "\t")) and lines[last].strip())):
                last += 1
            block = "\n".join(lines[number:last])
            yield Unit(at, at + len(block), _steps(block), "list")
            at += len(block) + 1
            number = last
            continue
        elif section.kind == "row":
            yield Unit(at, at + len(line), line, "row")
        else:
            for start, end in sentences(line):
                yield Unit(at + start, at + end, plain(line[start:end]), "sentence")
        at += len(line) + 1
        number += 1


def _steps(block: str) -> str:
    lines = (line.strip() for line in block.split("\n"))
    return "\n".join(plain(line) for line in lines if line)


def _rows(section: SectionRow, products: Sequence[str], names: Names) -> dict[int, Unit | None]:
    """Table rows by where their line begins, spoken as "label: value", with the columns of other products left out; header lines are None."""
    if "|" not in section.text:
        return {}
    shift = len(section.context) + 1 if section.context else 0
    whole = f"{section.context}\n{section.text}" if shift else section.text
    found: dict[int, Unit | None] = {}
    for table in tables(whole):
        columns = [set(names.products(cell.text)) for cell in table.header]
        about = [not products or not named or bool(named & set(products)) for named in columns]
        head = whole.rfind("\n", 0, table.header[0].start) + 1 if table.header else 0
        found[head - shift] = None
        found[whole.find("\n", head) + 1 - shift] = None
        for row, (start, end) in zip(table.rows, table.lines, strict=True):
            cells = [cell for cell, kept in zip(row, about, strict=False) if kept and cell.text]
            heads = [table.header[n].text for n, kept in enumerate(about[: len(row)]) if kept and row[n].text]
            spoken = _spoken_row(heads, [cell.text for cell in cells])
            if start - shift >= 0:
                found[start - shift] = Unit(start - shift, end - shift, spoken, "row") if len(cells) > 1 or len(row) == 1 else None
    return found


def _spoken_row(heads: Sequence[str], cells: Sequence[str]) -> str:
    if len(cells) == 2:
        return f"{cells[0]}: {cells[1]}"
    return "; ".join(f"{head}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=True))


@dataclass(frozen=True, slots=True)
class Choice:
    """Units chosen from one section, in its order, with what they were chosen by."""

    hit: Hit
    units: tuple[Unit, ...]
    coverage: float
    section_coverage: float
    cosine: float
    best: Unit


def choose(found: Found, *, products: Sequence[str], names: Names, concepts: Concepts, most: int = 6) -> tuple[Choice, ...]:
    """The best units of each of the first sections, sections best first by mixed score and coverage."""
    items, numbers = found.query.items, set(found.query.numbers)
    choices = [choice for hit in found.hits[:most] if (choice := _choice(found, hit, items, products=products, names=names, concepts=concepts, numbers=numbers))]
    return tuple(sorted(choices, key=_merit, reverse=True))


def _merit(choice: Choice) -> float:
    return choice.hit.fused + 0.5 * choice.section_coverage + 0.3 * choice.coverage


def _choice(
    found: Found, hit: Hit, items: Sequence[Item], *, products: Sequence[str], names: Names, concepts: Concepts, numbers: set[str]
) -> Choice | None:
    section = hit.section
    listed = units(section, products, names)
    if not listed:
        return None
    around = said(terms(f"{hit.document.title}\n{section.heading}"), concepts)
    whole = said(found.snapshot.terms[hit.number], concepts)
    scored = []
    cosine_of = _unit_cosines(found, hit)
    for unit in listed:
        text = said(terms(unit.text), concepts)
        own, with_heading = coverage(items, text), coverage(items, text, around)
        near = cosine_of(unit)
        match = sum(number in _NUMBER.findall(unit.text) for number in numbers) / len(numbers) if numbers else 0.0
        scored.append((0.6 * own + 0.4 * with_heading + 0.5 * near + 0.3 * match, unit, with_heading, near))
    best = max(scored, key=lambda entry: entry[0])
    kept = _kept(listed, {id(unit): score for score, unit, _, _ in scored}, best[1])
    return Choice(hit, kept, best[2], coverage(items, whole), best[3], best[1])


def _unit_cosines(found: Found, hit: Hit):  # type: ignore[no-untyped-def]
    start = int(found.snapshot.first[hit.number])
    rows = found.snapshot.matrix[start : start + len(hit.section.chunks)] @ found.vector

    def of(unit: Unit) -> float:
        near = [float(rows[n]) for n, chunk in enumerate(hit.section.chunks) if n and chunk.start < unit.end and unit.start < chunk.end]
        return max(near, default=float(rows[0]))

    return of


def _kept(listed: Sequence[Unit], scores: dict[int, float], best: Unit) -> tuple[Unit, ...]:
    """The best unit with its neighbours: a short section whole, a row alone or with rows as good, at most SENTENCES."""
    if best.kind == "row":
        rows = [unit for unit in listed if unit.kind == "row" and scores[id(unit)] >= 0.85 * scores[id(best)]]
        chosen = sorted(rows, key=lambda unit: -scores[id(unit)])[:SENTENCES]
        return tuple(unit for unit in listed if unit in chosen)
    spoken = [unit for unit in listed if unit.kind != "row"]
    if len(spoken) <= SENTENCES:
        return tuple(spoken)
    at = spoken.index(best)
    first = max(0, min(at - 1, len(spoken) - SENTENCES))
    return tuple(spoken[first : first + SENTENCES])

