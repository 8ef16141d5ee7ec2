"""Picks from found sections the sentences, steps and table rows that answer a question, and measures how well they support it; it words nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from assistant.knowledge.concepts import Concepts
from assistant.knowledge.cues import STEPS, WANTS
from assistant.knowledge.markdown import plain, tables
from assistant.knowledge.mentions import Names
from assistant.knowledge.query import FIGURE
from assistant.knowledge.rows import FAMILY, LABELS
from assistant.knowledge.said import Memo, Said, Wanted, said, wanted
from assistant.knowledge.search import Found, Hit
from assistant.knowledge.subjects import NEW, SAME, About, Kin, Part, abouts
from assistant.store.knowledge import SectionRow
from assistant.text.words import sentences

SENTENCES, MOST = 4, 8
TOLD = 0.15
# cosines of the second encoder lie close together and high
LEAST, LIFTED = 0.8, 10.0
# signals that are judged apart for questions about a named product and for those about a rule
BY_KIND = ("missing_known", "missing_unknown", "unit", "cosine", "coverage", "heading", "peak_unit")
_NUMBERED = re.compile(r"^\s*\d{1,3}[.)、）]", re.MULTILINE)
# a character beside a figure was lost: nobody knows what the figure is
_MARRED = re.compile("[\\d²³/][^\\s\ufffd]{0,6} ?\ufffd|\ufffd[^\\s\ufffd]{0,3}\\d")
_ADDRESSED = re.compile(
    r"\s*(?:dear|hello|hi|good (?:morning|afternoon|day)|to whom it may concern)\b[^.!?\n]{0,50}[,:，：]\s*"
    r"|\s*(?:各位|尊敬的|敬爱的|亲爱的|敬啟者|敬启者|尊敬)[^。！？\n]{0,20}[,:，：]\s*"
    r"|\s*[-*] (?:from|to|cc|发件人|收件人|寄件者|收件者|發件人)[:：] [^\n]*@[^\n]*",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)、）])[ \t]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, list or table row of a section: characters `start:end` of its text, as plain words in `text`. `kind`: sentence, list, row.

    `about` are the products it speaks of (empty = none in particular); `leans`: it goes on from the unit before it and does not stand alone.
    """

    start: int
    end: int
    text: str
    kind: str
    about: frozenset[str] = frozenset()
    leans: bool = False


def units(section: SectionRow, products: Sequence[str], names: Names, *, rivals: frozenset[str], unrelated: frozenset[str] = frozenset()) -> tuple[Unit, ...]:
    """The sentences, lists and rows of a section. With `products`, without what is said of their `rivals` only, the other products of their families, and
    of the `unrelated`; a sentence that names no product is said of the one that the sentence before it speaks of."""
    found = [unit for unit in _all_units(section, names, products, rivals) if unit.text]
    if section.kind in ("row", "edge") or not found:
        wanted = set(products)
        return tuple(unit for unit in found if not wanted or not (named := set(names.products(unit.text))) & rivals or named & wanted)
    parts = [part for number, unit in enumerate(found) for part in _parts(section, found, number, split=bool(products))]
    kin = Kin(frozenset(products), rivals, unrelated)
    heading = frozenset(section.products) if not products or set(section.products) <= set(products) else frozenset()
    told = abouts([part for part, _ in parts], names, kin, heading=heading)
    return tuple(unit for unit in _told(section, found, parts, told, kin))


def _parts(section: SectionRow, found: Sequence[Unit], number: int, *, split: bool) -> Iterator[tuple[Part, tuple[int, int, int]]]:
    """The parts of a unit, each with the number of its unit and its characters: the lines of a list where it is to be `split`, else the unit."""
    unit = found[number]
    gap = section.text[found[number - 1].end : unit.start] if number else ""
    # a list belongs to the paragraph before it, whatever stands between them
    follows = NEW if re.search(r"\n[ \t]*\n", gap) and unit.kind != "list" else SAME
    if unit.kind == "row" and (not number or found[number - 1].kind != "row"):
        follows = NEW
    if unit.kind != "list" or not split:
        yield Part(unit.text, follows, unit.kind == "row", unit.about), (number, unit.start, unit.end)
        return
    at = unit.start
    for line in section.text[unit.start : unit.end].split("\n"):
        if line.strip():
            yield Part(plain(_ITEM.sub("", line.strip())), follows), (number, at, at + len(line))
            follows = SAME
        at += len(line) + 1


def _told(section: SectionRow, found: Sequence[Unit], parts: Sequence[tuple[Part, tuple[int, int, int]]], told: Sequence[About], kin: Kin) -> Iterator[Unit]:
    """The units whose parts may be told, each with what it is about; of a list the runs of items that may."""
    for number, unit in enumerate(found):
        mine = [(about, place) for (_, place), about in zip(parts, told, strict=True) if place[0] == number]
        kept = [kin.passes(about.products) for about, _ in mine]
        if all(kept):
            yield replace(unit, about=frozenset[str]().union(*(about.products for about, _ in mine)), leans=bool(mine) and mine[0][0].leans)
            continue
        for passed, run in groupby(zip(kept, mine, strict=True), key=lambda each: each[0]):
            if passed:
                some = [each for _, each in run]
                start, end = some[0][1][1], some[-1][1][2]
                about = frozenset[str]().union(*(each.products for each, _ in some))
                yield Unit(start, end, _steps(section.text[start:end]), unit.kind, about, some[0][0].leans)


def _all_units(section: SectionRow, names: Names, products: Sequence[str], rivals: frozenset[str]) -> Iterator[Unit]:
    rows = _rows(section, names, products, rivals)
    text, at = section.text, 0
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        if _ADDRESSED.fullmatch(line):
            # whom a letter greets, and who sent it to whom, answers nothing
            at += len(line) + 1
            number += 1
            continue
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
            # the product's name and category answer nothing
            if number and line.partition(": ")[0] not in LABELS[FAMILY].values():
                yield Unit(at, at + len(line), line, "row")
        else:
            for start, end in whole_sentences(line):
                if not _MARRED.search(line, start, end):
                    yield Unit(at + start, at + end, plain(line[start:end]), "sentence")
        at += len(line) + 1
        number += 1


def whole_sentences(line: str) -> Iterator[tuple[int, int]]:
    """Spans of sentences; clauses between semicolons stay together, because the second one seldom stands alone."""
    begin: int | None = None
    for start, end in sentences(line):
        first = start if begin is None else begin
        if line[end - 1] in ";；":
            begin = first
            continue
        yield first, end
        begin = None
    if begin is not None:
        yield begin, len(line.rstrip())


def _steps(block: str) -> str:
    lines = (line.strip() for line in block.split("\n"))
    return "\n".join(plain(line) for line in lines if line)


def _rows(section: SectionRow, names: Names, products: Sequence[str], rivals: frozenset[str]) -> dict[int, Unit | None]:
    """Table rows by where their line begins, spoken as "label: value", with the columns of rivals left out; header lines are None."""
    if "|" not in section.text:
        return {}
    shift = len(section.context) + 1 if section.context else 0
    whole = f"{section.context}\n{section.text}" if shift else section.text
    found: dict[int, Unit | None] = {}
    for table in tables(whole):
        columns = [set(names.products(cell.text)) for cell in table.header]
        about = [not named & rivals or bool(named & set(products)) for named in columns]
        head = whole.rfind("\n", 0, table.header[0].start) + 1 if table.header else 0
        found[head - shift] = None
        found[whole.find("\n", head) + 1 - shift] = None
        for row, (start, end) in zip(table.rows, table.lines, strict=True):
            cells = [cell for cell, kept in zip(row, about, strict=False) if kept and cell.text]
            heads = [table.header[n].text for n, kept in enumerate(about[: len(row)]) if kept and row[n].text]
            spoken = _spoken_row(heads, [cell.text for cell in cells])
            if start - shift >= 0:
                mine = frozenset[str]().union(*(named for named, kept in zip(columns, about, strict=True) if kept))
                found[start - shift] = Unit(start - shift, end - shift, spoken, "row", mine) if len(cells) > 1 or len(row) == 1 else None
    return found


def _spoken_row(heads: Sequence[str], cells: Sequence[str]) -> str:
    if len(cells) == 2:
        return f"{cells[0]}: {cells[1]}"
    return "; ".join(f"{head}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=True))


@dataclass(frozen=True, slots=True)
class Choice:
    """Units chosen from one section, in its order; `best` is the one they were chosen around, `signals` what the choice is judged by."""

    hit: Hit
    units: tuple[Unit, ...]
    best: Unit
    signals: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Chooser:
    """How units are chosen: the names and ideas of a catalogue, the products a question is about (none = any), and the weights sections are ordered by.

    `rivals` are the other products of their families, `unrelated` those of other families that no relation joins to them.
    `absent`: the question asks for attributes (`asked`) that the catalogue knows, but not of these products.
    """

    names: Names
    concepts: Concepts
    order: Mapping[str, float]
    products: tuple[str, ...] = ()
    absent: bool = False
    rivals: frozenset[str] = frozenset()
    memo: Memo = field(default_factory=Memo)
    asked: tuple[str, ...] = ()
    unrelated: frozenset[str] = frozenset()

    def said(self, text: str, words: Sequence[str] = ()) -> Said:
        """`said`, remembered."""
        return self.memo.get(text, lambda: said(text, self.concepts, words))

    def units(self, section: SectionRow) -> tuple[tuple[Unit, Said], ...]:
        """`units` of a section for these products with what each says, remembered."""
        key = (section.document, section.language, section.version, section.id, self.products)
        return self.memo.get(key, lambda: tuple((unit, said(unit.text, self.concepts)) for unit in self._cut(section)))

    def _cut(self, section: SectionRow) -> tuple[Unit, ...]:
        return units(section, self.products, self.names, rivals=self.rivals, unrelated=self.unrelated)


def choose(found: Found, chooser: Chooser, *, most: int = MOST) -> tuple[Choice, ...]:
    """The best units of each of the first `most` sections, the section that answers best first."""
    need = wanted(found.query.items)
    choices = [choice for hit in found.hits[:most] if (choice := _choice(found, hit, chooser, need=need))]
    return tuple(sorted(choices, key=lambda choice: -sum(weight * choice.signals.get(name, 0.0) for name, weight in chooser.order.items())))


def _choice(found: Found, hit: Hit, chooser: Chooser, *, need: Wanted) -> Choice | None:
    query, section = found.query, hit.section
    listed = chooser.units(section)
    if not listed:
        return None
    around = chooser.said(f"{hit.document.title}\n{section.heading}")
    start = int(found.snapshot.first[hit.number])
    near = (found.snapshot.matrix[start : start + len(section.chunks)] @ found.vector).tolist()
    framing = need.in_(around)
    asked = next(((ask, tells) for ask, tells in WANTS if ask.search(query.text)), None)
    scored: dict[Unit, tuple[float, float, float, float, float]] = {}
    owned = [need.in_(text) for _, text in listed]
    for (unit, _), own in zip(listed, owned, strict=True):
        match = sum(number in FIGURE.findall(unit.text) for number in query.numbers) / len(query.numbers) if query.numbers else 0.0
        cosine, framed = _cosine(unit, section, near), need.share(own | framing)
        told = (1.0 if asked[1].search(unit.text) else -1.0) if asked else 0.0
        scored[unit] = (0.6 * need.share(own) + 0.4 * framed + 0.5 * cosine + 0.5 * match + TOLD * told, framed, cosine, match, told)
    units_ = [unit for unit, _ in listed]
    best = max(units_, key=lambda unit: scored[unit][0])
    _, framed, cosine, match, told = scored[best]
    whole = need.in_(chooser.said(f"{section.hash}\n{section.text}", found.snapshot.terms[hit.number]))
    signals = _signals(found, hit, whole=whole, framing=framing, near=near, need=need)
    signals["named"] = float(bool(set(section.products) & set(chooser.products)))
    signals["foreign"] = float(bool(section.products) and not chooser.products)
    signals["told"] = max(score[4] for score in scored.values()) if asked else 0.0
    signals["unit_told"] = told
    own = next(own for unit, own in zip(units_, owned, strict=True) if unit is best)
    signals["peak"], signals["peak_unit"] = need.peak(whole), need.peak(own | framing)
    signals["mass"] = min(sum(item.weight for bit, item in enumerate(need.items) if (own | framing) >> bit & 1) / (2 * found.snapshot.lexical.rarity("")), 1.0)
    signals["steps"] = _steps_told(query.text, section)
    signals["absent"] = float(chooser.absent)
    signals["product"] = float(bool(chooser.products))
    signals |= {"unit": framed, "unit_cosine": cosine, "number": match, "row": float(best.kind == "row"), "list": float(best.kind == "list")}
    signals |= split_by_kind(signals)
    return Choice(hit, _kept(units_, {unit: scores[0] for unit, scores in scored.items()}, best, frozenset(chooser.products)), best, signals)


def split_by_kind(signals: Mapping[str, float]) -> dict[str, float]:
    """The signals that mean more for one kind of question than for the other, once for each kind; the other's is 0.

    A question about a named product wants what is asked of it said in so many words; one about a rule is often answered in other words.
    """
    named = signals["product"]
    return {f"{kind}.{name}": signals[name] * part for name in BY_KIND for kind, part in (("product", named), ("rule", 1.0 - named))}


def _steps_told(question: str, section: SectionRow) -> float:
    """1 when a question wants to be told how to do something and the section lists steps, -1 when it does not, 0 when nothing of the kind is asked."""
    if not STEPS.search(question):
        return 0.0
    return 1.0 if _NUMBERED.search(section.text) else -1.0


def _cosine(unit: Unit, section: SectionRow, near: Sequence[float]) -> float:
    """The best cosine of the chunks a unit lies in; the first chunk holds the headings."""
    return max((near[n] for n, chunk in enumerate(section.chunks) if n and chunk.start < unit.end and unit.start < chunk.end), default=near[0])


def _signals(found: Found, hit: Hit, *, whole: int, framing: int, near: Sequence[float], need: Wanted) -> dict[str, float]:
    """What a section is judged by, about 0 to 1 each: scores, what it leaves unsaid (and whether others say it).

    `whole` and `framing` are the items that it and its headings say.
    """
    total = need.whole or 1.0
    unsaid = [item for bit, item in enumerate(need.items) if not whole >> bit & 1]
    known = [item.weight for item in unsaid if item.known]
    unknown = [item.weight for item in unsaid if not item.known]
    rarest = found.snapshot.lexical.rarity("")
    return {
        "fused": hit.fused,
        "dense": hit.dense,
        "lexical": hit.lexical,
        "share": hit.share,
        "heading": near[0],
        "cosine": max(near[1:], default=near[0]),
        "second": LIFTED * (hit.opinion - LEAST) if found.seconded else 0.0,
        "second_gap": LIFTED * (hit.opinion - max(other.opinion for other in found.hits)) if found.seconded else 0.0,
        "coverage": need.share(whole) if need.items else 0.0,
        "title": need.share(framing) if need.items else 0.0,
        "missing_known": sum(known) / total,
        "missing_unknown": sum(unknown) / total,
        "worst_known": max(known, default=0.0) / rarest,
        "worst_unknown": max(unknown, default=0.0) / rarest,
        "edge": float(hit.section.kind == "edge"),
        "items": min(len(need.items), 6) / 6,
    }


def _kept(listed: Sequence[Unit], scores: Mapping[Unit, float], best: Unit, products: frozenset[str]) -> tuple[Unit, ...]:
    """The best unit with its neighbours: a short section whole, a row alone or with rows as good, at most SENTENCES.

    Beside a row of the `products` asked for stand only rows of these.
    """
    if best.kind == "row":
        rows = [unit for unit in listed if unit.kind == "row" and scores[unit] >= 0.85 * scores[best] and (not products & best.about or products & unit.about)]
        chosen = sorted(rows, key=lambda unit: -scores[unit])[:SENTENCES]
        return tuple(unit for unit in listed if unit in chosen)
    if len(listed) <= SENTENCES:
        return tuple(listed)
    spoken = [unit for unit in listed if unit.kind != "row"]
    if len(spoken) < len(listed):
        chosen = sorted(listed, key=lambda unit: -scores[unit])[:SENTENCES]
        return tuple(unit for unit in listed if unit in chosen)
    first = max(0, min(spoken.index(best) - 1, len(spoken) - SENTENCES))
    return tuple(spoken[_start(spoken, first, spoken.index(best)) :][:SENTENCES])


def _start(spoken: Sequence[Unit], first: int, best: int) -> int:
    """Where a quote begins so that its first sentence does not go on from one that is left out, the best one still in it."""
    start = first
    while start and spoken[start].leans and best - start < SENTENCES - 1:
        start -= 1
    return first if spoken[start].leans else start


def standing(choice: Choice) -> tuple[Unit, ...]:
    """The best unit of a choice with the one before it where it goes on from that one."""
    at = choice.units.index(choice.best) if choice.best in choice.units else 0
    return (choice.units[at - 1], choice.best) if at and choice.best.leans else (choice.best,)


__all__ = ["MOST", "SENTENCES", "Choice", "Chooser", "Memo", "Unit", "choose", "said", "standing", "units", "wanted", "whole_sentences"]
