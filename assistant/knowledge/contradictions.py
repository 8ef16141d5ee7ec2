"""Live documents that say different things of the same: facts of one product and attribute, and like sentences with other figures; nobody is judged right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.knowledge.concepts import concepts_of
from assistant.knowledge.facts import Fact, FactTable, fact_table
from assistant.knowledge.library import Library
from assistant.knowledge.markdown import plain
from assistant.knowledge.snapshot import Snapshot, load
from assistant.knowledge.terms import terms
from assistant.store.knowledge import DocumentRow, SectionRow
from assistant.text.fold import fold
from assistant.text.numbers import Number, find_numbers
from assistant.text.units import Quantity, find_quantities, same_value
from assistant.text.words import sentences

# how alike two sentences must be without their figures, as a share of the words of both
_ALIKE = 0.6
_FEWEST = 3  # words beside the figures
_COMMON = 60  # a word in more sentences than that leads nowhere
_FIGURE = re.compile(r"\d")
_COUNTED = re.compile(r"\s*([A-Za-z]{1,3}|[\u3400-\u9fff]{1,2})")
Figure = Quantity | Number
_NOT_A_WORD = re.compile(r"[\d.,:/%-]+")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`quotes` are (place, words) of the two sides."""

    text: str
    quotes: tuple[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A sentence with figures: its other words, and its figures by kind (a dimension, or what is counted)."""

    section: int
    quote: str
    words: frozenset[str]
    figures: Mapping[str, tuple[Figure, ...]]


def contradictions(library: Library) -> tuple[Contradiction, ...]:
    """Every pair found, facts first; only between documents that are or will be in force at the same time."""
    snapshot = load(library.store, library.encoder, tenant=library.tenant, concepts=concepts_of(library.workspace.catalog, library.workspace.ideas))
    at = library.clock.now()
    return (*_of_facts(snapshot, library, at), *_of_sentences(snapshot, at))


def _of_facts(snapshot: Snapshot, library: Library, at: datetime) -> Iterator[Contradiction]:
    table = fact_table(snapshot, library.workspace.catalog, library.names)
    for (subject, attribute), facts in table.facts.items():
        told: set[tuple[str, str]] = set()
        for number, fact in enumerate(facts):
            for other in facts[number + 1 :]:
                pair = (_document(snapshot, fact.section).id, _document(snapshot, other.section).id)
                if pair in told or not _differ(fact, other, snapshot) or not _together(snapshot, fact.section, other.section, at):
                    continue
                told.add(pair)
                yield Contradiction(f"{subject}, {attribute}: {fact.value} or {other.value}", (_side(table, fact), _side(table, other)))


def _differ(fact: Fact, other: Fact, snapshot: Snapshot) -> bool:
    """Whether two values cannot both be right. Words are compared within one language, figures across."""
    mine, theirs = fact.quantity, other.quantity
    if mine is not None and theirs is not None:
        return mine.dimension == theirs.dimension and not same_value(mine, theirs)
    a, b = fact.amount, other.amount
    if a is not None and b is not None:
        return a != b
    if snapshot.sections[fact.section].language != snapshot.sections[other.section].language:
        return False
    return _key(fact.value) != _key(other.value)


def _key(text: str) -> str:
    return re.sub(r"\W+", "", fold(text)).lower()


def _side(table: FactTable, fact: Fact) -> tuple[str, str]:
    citation = table.citation(fact.section, fact.start, fact.end)
    return f"{citation.document}@{citation.version} {citation.title}", citation.quote


def _of_sentences(snapshot: Snapshot, at: datetime) -> Iterator[Contradiction]:
    claims = [claim for number, section in enumerate(snapshot.sections) if section.kind not in ("row", "edge") for claim in _claims(number, section)]
    places: dict[tuple[str, str], list[int]] = {}
    for number, claim in enumerate(claims):
        for word in claim.words:
            places.setdefault((snapshot.sections[claim.section].language, word), []).append(number)
    told: set[tuple[int, int]] = set()
    for number, claim in enumerate(claims):
        language = snapshot.sections[claim.section].language
        near = {each for word in claim.words if len(found := places[language, word]) <= _COMMON for each in found if each > number}
        for other in sorted(near):
            if (number, other) not in told and _contradict(snapshot, claim, claims[other], at):
                told.add((number, other))
                yield Contradiction(_headline(claim, claims[other]), (_place(snapshot, claim), _place(snapshot, claims[other])))


def _claims(number: int, section: SectionRow) -> Iterator[_Claim]:
    if "|" in section.text:
        return
    for start, end in sentences(section.text):
        quote = section.text[start:end]
        if not _FIGURE.search(quote):
            continue
        said = fold(plain(quote))
        words = frozenset(word for word in terms(f"{section.heading} {said}") if not _NOT_A_WORD.fullmatch(word))
        figures: dict[str, tuple[Figure, ...]] = {}
        for kind, figure in _figures(said):
            figures[kind] = (*figures.get(kind, ()), figure)
        if len(words) >= _FEWEST and figures:
            yield _Claim(number, quote, words, figures)


def _figures(text: str) -> Iterator[tuple[str, Figure]]:
    taken = []
    for quantity in find_quantities(text):
        taken.append((quantity.start, quantity.end))
        yield quantity.dimension, quantity
    for number in find_numbers(text):
        if not any(start <= number.start < end for start, end in taken):
            counted = _COUNTED.match(text, number.end)
            yield f"{number.kind} {counted[1].lower() if counted else ''}".strip(), number.value


def _contradict(snapshot: Snapshot, claim: _Claim, other: _Claim, at: datetime) -> bool:
    one, two = _document(snapshot, claim.section), _document(snapshot, other.section)
    if one.id == two.id or not _together(snapshot, claim.section, other.section, at):
        return False
    mine, theirs = set(snapshot.sections[claim.section].products), set(snapshot.sections[other.section].products)
    if mine != theirs and not (mine & theirs):
        return False
    if len(claim.words & other.words) < _ALIKE * len(claim.words | other.words):
        return False
    return bool(_disputed(claim, other))


def _disputed(claim: _Claim, other: _Claim) -> list[str]:
    """The kinds of figures that both give and give differently."""
    common = sorted(claim.figures.keys() & other.figures.keys())
    return [kind for kind in common if not _alike(claim.figures[kind], other.figures[kind])]


def _alike(ours: Sequence[Figure], others: Sequence[Figure]) -> bool:
    return all(any(_equal(a, b) for b in others) for a in ours) and all(any(_equal(a, b) for a in ours) for b in others)


def _equal(a: Figure, b: Figure) -> bool:
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        return same_value(a, b)
    return not isinstance(a, Quantity) and not isinstance(b, Quantity) and a == b


def _headline(claim: _Claim, other: _Claim) -> str:
    return "; ".join(f"{_told(claim.figures[kind])} or {_told(other.figures[kind])} ({kind})" for kind in _disputed(claim, other))


def _told(figures: Sequence[Figure]) -> str:
    return " and ".join(dict.fromkeys(figure.text if isinstance(figure, Quantity) else str(figure) for figure in figures))


def _place(snapshot: Snapshot, claim: _Claim) -> tuple[str, str]:
    section, document = snapshot.sections[claim.section], _document(snapshot, claim.section)
    return f"{document.id}@{document.version} {document.title}{f' > {section.heading}' if section.heading else ''}", claim.quote


def _document(snapshot: Snapshot, section: int) -> DocumentRow:
    return snapshot.documents[int(snapshot.document[section])]


def _together(snapshot: Snapshot, one: int, two: int, at: datetime) -> bool:
    """Whether two sections are for the same readers and are in force together, now or later."""
    a, b = _document(snapshot, one), _document(snapshot, two)
    if a.audience != b.audience:
        return False
    begin = max(at, a.valid_from or at, b.valid_from or at)
    return begin < min(a.valid_until or _NEVER, b.valid_until or _NEVER)


_NEVER = datetime.max.replace(tzinfo=UTC)
