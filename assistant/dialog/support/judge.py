"""Judges sentences that a language model wrote against passages and tool results: what they do not state is not released; pure, by rule, no model.

Hard rules come first (figures, names, no and yes, bounds, must and may, order, who pays, conditions, words of completion); what keeps them all is weighed by
the share of its words that the grounds say. When in doubt a sentence is not released: the built-in answer is given instead.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from assistant.dialog.support.bounds import same_figure
from assistant.dialog.support.claims import acted, assured, completion, in_language, promised, states_nothing, verdict
from assistant.dialog.support.decide import Weighed, fitted_threshold, weigh
from assistant.dialog.support.links import disordered, rivalled, unlinked
from assistant.dialog.support.match import Match, grid_of, match, rivals, strength, windows
from assistant.dialog.support.rules import faults, names_fault
from assistant.dialog.support.score import THRESHOLD, score_of, signals
from assistant.dialog.support.sense import Sense
from assistant.dialog.support.soft import Place
from assistant.dialog.support.units import Clause, Unit, clause_of, codes_in, halves, record_units, statement, units_of
from assistant.errors import BackendUnavailable
from assistant.types import Citation, Json, Language

# how many units are weighed
_WEIGHED = 24
# how many units are looked at, and how many of their windows are judged
_UNITS = 8
_TRIED = 12
# what share of a sentence, and of each of its clauses, one place has to say to state it as a whole
_WHOLE = 0.8
_EACH = 0.6


@dataclass(frozen=True, slots=True)
class Ground:
    """One passage (with its place in a document) or one tool result (`record`) that may support a sentence; `products` are the SKUs it is about."""

    text: str
    title: str = ""
    products: tuple[str, ...] = ()
    citation: Citation | None = None
    record: Json = None


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a sentence may leave. `reason` is "" or number, unit, date, price, name, negation, comparator, modality, added, done, promise, language,
    foreign or unsupported; `score` is 0-1; `citations` quote what supports it, with offsets in the ground's text."""

    released: bool
    score: float
    reason: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    ground: int
    match: Match
    reasons: tuple[str, ...]


def judge(
    sentence: str,
    grounds: Sequence[Ground],
    *,
    language: Language,
    products: Collection[str],
    receipts: bool = False,
    now: datetime | None = None,
    sense: Sense | None = None,
) -> Judged:
    """Whether the grounds state what `sentence` says.

    `products` are the SKUs of the catalogue: a value of one is not the value of another. `receipts`: this turn has proof of what was done. `now` is business
    time, which a sentence may mention. `sense` is the second opinion, by the meaning of words; None for that of the rules alone.
    """
    known = _known(grounds)
    if reason := in_language(sentence, language, known):
        return Judged(False, 0.0, reason)
    if assured(sentence, known):
        return Judged(False, 0.0, "promise")
    if states_nothing(sentence):
        return Judged(True, 1.0)
    told, opening = verdict(sentence)
    if not receipts and acted(sentence):
        return Judged(False, 0.0, "done")
    clauses = _merged(statement(told))
    if not clauses or not _agrees(opening, clauses):
        return Judged(False, 0.0, "unsupported")
    sources = [_source(ground) for ground in grounds]
    ruled = _ruled(clauses, sources, grounds, sentence=sentence, products=products, receipts=receipts)
    # what the rules let out has to be found likely as well: each is mistaken in its own way, and a false sentence costs more than a plain one
    weighed = _weighed(clauses, sources, products, sense, sentence=sentence, opening=bool(opening)) if ruled.released and sense is not None else None
    if weighed is None:
        return ruled
    decided = _decided(weighed, sentence, grounds, receipts=receipts)
    return ruled if decided.released else decided


def _weighed(
    clauses: tuple[Clause, ...], sources: Sequence[_Source], products: Collection[str], sense: Sense, *, sentence: str, opening: bool
) -> Weighed | None:
    """The weighed decision, None when the encoder fails."""
    places = [Place(number, unit, source.units, source.owners, source.aside) for number, source in enumerate(sources) for unit in source.units]
    if len(places) > _WEIGHED:
        near = [id(unit) for clause in clauses for _, unit in _likely(clause, sources, most=_WEIGHED // len(clauses) + 1)]
        places = [place for place in places if id(place.unit) in near]
    try:
        return weigh(clauses, places, sense, sentence=sentence, known=_squeezed(frozenset(products)), opening=opening)
    except BackendUnavailable:
        return None


def _decided(weighed: Weighed, sentence: str, grounds: Sequence[Ground], *, receipts: bool) -> Judged:
    found = [_Found(each.place.ground, each.match, ()) for each in weighed.found]
    if reason := weighed.reason:
        return Judged(False, 0.0, _claimed(sentence, receipts) or reason)
    if reason := _claims(sentence, grounds, found, receipts=receipts):
        return Judged(False, 0.0, reason)
    released = weighed.score >= fitted_threshold()
    return Judged(released, weighed.score, "" if released else "unsupported", _citations(found, grounds) if released else ())


def _ruled(
    clauses: tuple[Clause, ...],
    sources: Sequence[_Source],
    grounds: Sequence[Ground],
    *,
    sentence: str,
    products: Collection[str],
    receipts: bool,
) -> Judged:
    """The decision by word lists alone: stricter, because a word that they do not know is not found."""
    known = _known(grounds)
    found = [_rivalled(clause, _best(clause, clauses, sources, products=products), sources) for clause in clauses]
    clauses, found = _parted(clauses, found, sources, products=products)
    if len(clauses) > 1 and _first_fault(found):
        clauses, found = _whole(clauses, found, sources, products=products)
    if reason := _first_fault(found):
        return Judged(False, 0.0, _claimed(sentence, receipts) or reason)
    if disordered(
        clauses, [each.match if each else None for each in found], [source.units for source in sources], [each.ground if each else -1 for each in found]
    ):
        return Judged(False, 0.0, "comparator")
    if unlinked([each.match for each in found if each is not None]):
        return Judged(False, 0.0, "number")
    if reason := _claims(sentence, grounds, found, receipts=receipts):
        return Judged(False, 0.0, reason)
    kept = [each for each in found if each is not None]
    value = score_of(signals(clauses, [each.match for each in kept], sentence, known))
    released = value >= THRESHOLD
    return Judged(released, value, "" if released else "unsupported", _citations(kept, grounds) if released else ())


def _known(grounds: Sequence[Ground]) -> str:
    return "\n".join(
        [*(ground.text for ground in grounds), *(ground.title for ground in grounds), *(str(ground.record) for ground in grounds if ground.record)]
    )


def _parted(
    clauses: tuple[Clause, ...], found: list[_Found | None], sources: Sequence[_Source], *, products: Collection[str]
) -> tuple[tuple[Clause, ...], list[_Found | None]]:
    """A clause that no place states whole is judged by its parts around an "and", which must stand in one ground under one heading."""
    said: list[Clause] = []
    judged: list[_Found | None] = []
    for clause, each in zip(clauses, found, strict=True):
        for one, other in halves(clause) if each is not None and each.reasons else ():
            both = [_rivalled(part, _best(part, clauses, sources, products=products), sources) for part in (one, other)]
            if _together(both):
                said += [one, other]
                judged += both
                break
        else:
            said.append(clause)
            judged.append(each)
    return tuple(said), judged


def _whole(
    clauses: tuple[Clause, ...], found: list[_Found | None], sources: Sequence[_Source], *, products: Collection[str]
) -> tuple[tuple[Clause, ...], list[_Found | None]]:
    """Clauses that are stated only together ("unopened goods, within 15 days"): one clause of the source has to say nearly all of them and much of each."""
    joined = clauses[0]
    for clause in clauses[1:]:
        joined = _join(joined, clause)
    each = _rivalled(joined, _best(joined, (joined,), sources, products=products), sources)
    if each is None or each.reasons or each.match.cover < _WHOLE or len(each.match.window) > 1:
        return clauses, found
    for clause in clauses:
        here = [strength(word, each.match.window) for word in clause.content]
        if here and sum(here) < _EACH * len(here):
            return clauses, found
    return (joined,), [each]


def _together(both: Sequence[_Found | None]) -> bool:
    one, other = both
    if one is None or other is None or one.reasons or other.reasons:
        return False
    if one.ground != other.ground:
        return all(any(theirs.kind == "code" for theirs, _ in each.match.pairs) for each in (one, other))
    return one.match.unit.kind == other.match.unit.kind and one.match.unit.heads[:1] == other.match.unit.heads[:1]


def _agrees(opening: str, clauses: Sequence[Clause]) -> bool:
    """Whether a yes or no that opens a sentence goes with what follows it."""
    first = clauses[0].marks
    if opening == "yes":
        return "NEG" not in first or bool(first & {"ONLY", "IF"})
    return opening != "no" or any(clause.marks & {"NEG", "ONLY", "MUST", "EXCEPT", "NEEDNOT", "FREE"} for clause in clauses)


def _claimed(sentence: str, receipts: bool) -> str:
    if promised(sentence):
        return "promise"
    return "done" if completion(sentence) and not receipts else ""


def _claims(sentence: str, grounds: Sequence[Ground], found: Sequence[_Found | None], *, receipts: bool) -> str:
    """A completion needs a record or receipt that states it; a promise needs words of the source that say it nearly whole."""
    if promised(sentence) and min((each.match.cover for each in found if each is not None), default=0.0) < 0.7:
        return "promise"
    if completion(sentence) and not receipts:
        recorded = all(each is not None and grounds[each.ground].record is not None for each in found)
        told = all(each is not None and completion(" ".join(clause.text for clause in each.match.unit.clauses)) for each in found)
        if not recorded and not told:
            return "done"
    return ""


def _merged(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Clauses of the sentence, those that say too little by themselves joined to the one before (a first one to the next)."""
    found: list[Clause] = []
    waiting: Clause | None = None
    for clause in clauses:
        thin = len(clause.content) < 2 and not clause.figures
        if (not clause.content and not clause.figures and not clause.marks) or states_nothing(clause.text):
            continue
        if waiting is not None:
            clause, waiting, thin = _join(waiting, clause), None, False
        if found and (thin or not clause.content):
            found[-1] = _join(found[-1], clause)
        elif thin:
            waiting = clause
        else:
            found.append(clause)
    return tuple([*found, waiting] if waiting is not None else found)


def _join(one: Clause, other: Clause) -> Clause:
    return clause_of(f"{one.text}，{other.text}", (*one.words, *other.words), (*one.figures, *other.figures))


@lru_cache(maxsize=512)
def _squeezed(products: frozenset[str]) -> frozenset[str]:
    return frozenset("".join(char for char in sku.lower() if char.isalnum()) for sku in products)


@dataclass(frozen=True, slots=True)
class _Source:
    """A ground taken apart: its units, for each the keys and ideas it can be found by, the SKUs it is about, and clauses that may name what they are about."""

    units: tuple[Unit, ...]
    reach: tuple[tuple[frozenset[str], frozenset[str], frozenset[str]], ...]
    owners: frozenset[str]
    aside: tuple[Clause, ...]


def _source(ground: Ground) -> _Source:
    if ground.record is not None:
        return _taken_apart(record_units(ground.record), ground.products)
    return _passage(ground.text, ground.title, tuple(ground.products))


@lru_cache(maxsize=512)
def _passage(text: str, title: str, products: tuple[str, ...]) -> _Source:
    return _taken_apart(units_of(text, title), products)


def _taken_apart(units: tuple[Unit, ...], products: tuple[str, ...]) -> _Source:
    reach = tuple(
        (
            frozenset(key for clause in unit.clauses for key in clause.keys),
            frozenset(idea for clause in unit.clauses for idea in clause.ideas),
            frozenset(char for clause in unit.clauses for char in clause.text if char >= "\u3400"),
        )
        for unit in units
    )
    aside = tuple(each for unit in units for each in unit.clauses) if len(units) <= 3 else ()
    return _Source(units, reach, _squeezed(frozenset(products)), aside)


def _best(clause: Clause, whole: Sequence[Clause], sources: Sequence[_Source], *, products: Collection[str]) -> _Found | None:
    """The window that states the clause best and breaks no rule; a better one that breaks a rule speaks against it."""
    known = _squeezed(frozenset(products))
    codes = codes_in((clause,)) or (codes_in(whole) if len(codes_in(whole)) == 1 else frozenset())
    tried: list[_Found] = []
    for number, unit in _likely(clause, sources):
        source = sources[number]
        grid = grid_of(clause, unit, source.aside)
        for span in windows(unit):
            fit = match(clause, grid, span)
            if source.owners & codes:
                fit.missing = tuple(figure for figure in fit.missing if str(figure.low) not in source.owners)
            if names_fault(codes, fit, known=known, owners=source.owners):
                fit.faults.append("name")
            tried.append(_Found(number, fit, ()))
    tried.sort(key=lambda each: -each.match.cover + 0.02 * len(each.match.window) + 0.3 * bool(each.match.missing))
    clean: _Found | None = None
    judged: list[_Found] = []
    for each in tried[:_TRIED]:
        if clean is not None and each.match.cover < clean.match.cover:
            continue
        tested = replace(each, reasons=(*each.match.faults, *faults(clause, whole, each.match)))
        judged.append(tested)
        if clean is None and not tested.reasons:
            clean = tested
    if clean is None:
        return judged[0] if judged else None
    for tested in judged:
        against = tested.reasons and "name" not in tested.reasons and tested.match.cover >= clean.match.cover
        if against and _contradicts(tested, clause):
            return tested
    return clean


def _likely(clause: Clause, sources: Sequence[_Source], *, most: int = _UNITS) -> list[tuple[int, Unit]]:
    """The units that share most with a clause: words, ideas, figures, characters."""
    content = clause.content
    ranked: list[tuple[float, int, int]] = []
    for number, source in enumerate(sources):
        for at, (keys, ideas, chars) in enumerate(source.reach):
            shared = sum(1.0 if word.text in keys or not word.ideas.isdisjoint(ideas) else 0.4 * (word.text[0] in chars) for word in content)
            if clause.figures:
                held = [figure for each in source.units[at].clauses for figure in each.figures]
                shared += sum(any(same_figure(figure, other) for other in held) for figure in clause.figures) + 0.3 * bool(held)
            if shared:
                ranked.append((-shared, number, at))
    ranked.sort()
    return [(number, sources[number].units[at]) for _, number, at in ranked[:most]]


def _rivalled(clause: Clause, found: _Found | None, sources: Sequence[_Source]) -> _Found | None:
    """The same, with the reason "number" when another place of its ground states other figures of what the clause is about."""
    if found is None or found.reasons:
        return found
    fault = rivalled(clause, found.match, sources[found.ground].units)
    return replace(found, reasons=(fault,)) if fault else found


def _contradicts(found: _Found, clause: Clause) -> bool:
    if found.match.missing:
        return any(rivals(figure, found.match.window) for figure in found.match.missing)
    return any(reason in ("negation", "comparator", "modality") for reason in found.reasons) and bool(clause.content)


def _first_fault(found: Sequence[_Found | None]) -> str:
    for each in found:
        if each is None:
            return "unsupported"
        if each.reasons:
            return each.reasons[0]
    return ""


def _citations(found: Sequence[_Found], grounds: Sequence[Ground]) -> tuple[Citation, ...]:
    made: dict[Citation, None] = {}
    for each in found:
        ground, unit = grounds[each.ground], each.match.unit
        if ground.citation is not None and unit.end > unit.start:
            made[replace(ground.citation, quote=ground.text[unit.start : unit.end], start=unit.start, end=unit.end)] = None
    return tuple(made)
