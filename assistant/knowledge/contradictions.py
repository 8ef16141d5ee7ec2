"""Live documents that say different things of the same: facts of one product and attribute, and like sentences with other figures; nobody is judged right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.knowledge.claims import Claim, Figure, apart, claims, disputed, opposed, shared
from assistant.knowledge.concepts import Concepts, concepts_of
from assistant.knowledge.facts import Fact, FactTable, fact_table
from assistant.knowledge.library import Library
from assistant.knowledge.snapshot import Snapshot, load
from assistant.store.knowledge import DocumentRow
from assistant.text.fold import fold
from assistant.text.units import same_value

_COMMON = 60  # a word in more sentences than that leads nowhere


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`quotes` are (place, words) of the two sides."""

    text: str
    quotes: tuple[tuple[str, str], tuple[str, str]]


def contradictions(library: Library) -> tuple[Contradiction, ...]:
    """Every pair found, facts first; only between documents that are or will be in force at the same time."""
    snapshot = load(library.store, library.encoder, tenant=library.tenant, concepts=_concepts(library))
    at = library.clock.now()
    return (*_of_facts(snapshot, library, at), *_of_sentences(snapshot, library, at))


def _concepts(library: Library) -> Concepts:
    return concepts_of(library.workspace.catalog, library.workspace.ideas)


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


def _of_sentences(snapshot: Snapshot, library: Library, at: datetime) -> Iterator[Contradiction]:
    concepts, names = _concepts(library), library.names
    found: list[Claim] = []
    for number, section in enumerate(snapshot.sections):
        if section.kind not in ("row", "edge"):
            found += claims(number, section, _document(snapshot, number).title, names=names, concepts=concepts)
    places: dict[tuple[str, str], list[int]] = {}
    for number, claim in enumerate(found):
        for word in dict.fromkeys(word for item in claim.said for word in item):
            places.setdefault((snapshot.sections[claim.section].language, word), []).append(number)
    for number, claim in enumerate(found):
        language = snapshot.sections[claim.section].language
        words = {word for item in claim.said for word in item}
        near = {each for word in words if len(held := places[language, word]) <= _COMMON for each in held if each > number}
        for other in sorted(near):
            if _contradict(snapshot, claim, found[other], at):
                yield Contradiction(_headline(claim, found[other]), (_place(snapshot, claim), _place(snapshot, found[other])))


def _contradict(snapshot: Snapshot, claim: Claim, other: Claim, at: datetime) -> bool:
    """Whether both speak of the same thing in the same case, and one figure cannot be right."""
    if _document(snapshot, claim.section).id == _document(snapshot, other.section).id or not _together(snapshot, claim.section, other.section, at):
        return False
    if claim.products != other.products and not (claim.products & other.products):
        return False
    if not disputed(claim, other) or (claim.start and other.start and claim.start != other.start):
        return False
    if not shared(claim, other) or opposed(claim, other):
        return False
    return not apart(claim, other)


def _headline(claim: Claim, other: Claim) -> str:
    kind = disputed(claim, other)
    return f"{_told(claim.figures[kind])} or {_told(other.figures[kind])} ({kind})"


def _told(figures: Sequence[Figure]) -> str:
    return " and ".join(dict.fromkeys(figure.text for figure in figures))


def _place(snapshot: Snapshot, claim: Claim) -> tuple[str, str]:
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
