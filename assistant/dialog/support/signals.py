"""What can be measured of a sentence against the places that say it best, as named numbers for a fitted decision; it decides nothing; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.dialog.support.bounds import Figure, comparable, same_figure
from assistant.dialog.support.links import crossed, disordered, per_what, rivalled, split_by_rival, unlinked
from assistant.dialog.support.match import opposed, strayed, strength, weight
from assistant.dialog.support.rules import RULES, dropped_by, names_fault, unbounded
from assistant.dialog.support.sense import Near
from assistant.dialog.support.soft import Place, Soft, content_of
from assistant.dialog.support.units import Clause, Unit, codes_in
from assistant.dialog.support.words import Word, is_everyday

_MARKS = "NEG FORBID MUST SHOULD CAN NEEDNOT ONLY ALL MOST IF EXCEPT BEFORE AFTER OR AND CUST SUPP FREE EACH BY FIRST THEN APPROX"
MARKS = tuple(_MARKS.split())
LEAST = frozenset({"cover", "lexcover", "min", "inwin", "recall", "margin", "alone"})
MEANS = ("cover", "inwin", "recall")
MOST = frozenset({"row", "rec", "head", "win2", "ncont", "npairs", "nfig"})
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"(?<![A-Za-z\d/·])(?<!\d )[A-Z](?![A-Za-z/·])")
_A_KIND = re.compile(r"A [类型级款]")
_FOUND, _LOST, _WEAK = 0.5, 0.35, 0.6


def signals_of(found: Sequence[Soft], places: Sequence[Place], near: Near, *, sentence: str, known: frozenset[str], opening: bool) -> dict[str, float]:
    """The named numbers of one sentence: of its clauses summed (the least or most of some), and of the whole."""
    clauses = [each.clause for each in found]
    parts = [dict(_clause_signals(each, clauses, places, near, known=known)) for each in found]
    said: dict[str, float] = {}
    for name in parts[0]:
        values = [part[name] for part in parts]
        said[name] = min(values) if name in LEAST else max(values) if name in MOST else sum(values)
    for name in MEANS:
        said[f"{name}_mean"] = sum(part[name] for part in parts) / len(parts)
    said.update(_joint(found, places))
    said["nclauses"], said["nunits"], said["opening"] = float(len(found)), float(len({id(each.place.unit) for each in found})), float(opening)
    there = any(_HAN.search(clause.text) for each in found for clause in each.match.window)
    said["zh"] = float(bool(_HAN.search(sentence)))
    said["across"] = float(bool(said["zh"]) != there)
    # in one language, a word of the sentence stands nowhere, and one of the source that is else repeated is missing
    said["replaced"] = float(said["across"] == 0 and said["nlost"] >= 1 and said["unsaid"] >= 1 and said["recall"] >= 0.55)
    return said


def _joint(found: Sequence[Soft], places: Sequence[Place]) -> Iterator[tuple[str, float]]:
    """Denials of all clauses that rest on one unit against the denials there, and what the clauses bring together."""
    units: dict[int, list[Soft]] = {}
    for each in found:
        units.setdefault(id(each.place.unit), []).append(each)
    odd = 0.0
    for group in units.values():
        used = {id(clause): clause for each in group for clause in each.match.used}
        odd += float(sum(each.clause.count("NEG") for each in group) % 2 != sum(clause.count("NEG") for clause in used.values()) % 2)
    yield "parity_u", odd
    by_ground = {place.ground: place.siblings for place in places}
    sources = [by_ground.get(number, ()) for number in range(max(by_ground, default=-1) + 1)]
    yield "disord", float(disordered([each.clause for each in found], [each.match for each in found], sources, [each.place.ground for each in found]))
    yield "unlinked", float(unlinked([each.match for each in found]))


def _clause_signals(each: Soft, whole: Sequence[Clause], places: Sequence[Place], near: Near, *, known: frozenset[str]) -> Iterator[tuple[str, float]]:
    yield from _cover(each, whole, places, near)
    yield from _marks(each)
    yield from _parties(each)
    yield from _rules(each, whole, known)
    yield from _figures(each, places, near)
    kind = each.place.unit.kind
    yield "row", float(kind == "row")
    yield "rec", float(kind == "record")
    yield "head", float(kind == "head")
    yield "win2", float(len(each.match.window) > 1)


def _cover(each: Soft, whole: Sequence[Clause], places: Sequence[Place], near: Near) -> Iterator[tuple[str, float]]:
    said, unit, window = each.said, each.place.unit, each.match.window
    heavy = [one for one in said if weight(one.word) == 1]
    total = sum(weight(one.word) for one in said)
    lost = [one for one in said if one.total < _LOST]
    yield "cover", each.cover
    yield "alone", each.alone
    yield "mixgain", each.cover - each.alone
    yield "lexcover", each.match.cover
    yield "min", min((one.total for one in heavy), default=1.0)
    yield "inwin", sum(weight(one.word) * one.inside for one in said) / total if total else 1.0
    yield "nlost", sum(weight(one.word) for one in lost)
    yield "nweak", sum(weight(one.word) for one in said if one.total < _WEAK)
    yield "properlost", float(sum(one.word.proper for one in lost))
    others = [clause for place in places for clause in place.unit.clauses if place.unit is not unit or clause not in window]
    loose = [one.word for one in said if one.lexical < _FOUND and strength(one.word, unit.heads) < _FOUND]
    yield "elsew", sum(weight(word) for word in loose if any(strength(word, (clause,)) >= 0.9 for clause in others))
    words = content_of(whole)
    back = [word for clause in each.match.used for word in clause.content if not is_everyday(word)]
    told = [_told(word, whole, words, near) for word in back]
    yield "recall", sum(told) / len(told) if told else 1.0
    yield "unsaid", float(sum(value < 0.4 for value in told))
    yield "strayed", strayed(each.clause, each.match)
    yield "ncont", float(len(each.clause.content))
    bound = [clause for clause in unit.clauses if clause.marks & {"IF", "EXCEPT", "ONLY"}]
    yield "cond", float(any(_mirrored(clause, whole, words, near) < _FOUND for clause in bound))


def _told(word: Word, whole: Sequence[Clause], words: Sequence[Word], near: Near) -> float:
    value = strength(word, whole)
    return value if value >= 0.9 else max(value, 0.9 * near.words(word, words))


def _mirrored(clause: Clause, whole: Sequence[Clause], words: Sequence[Word], near: Near) -> float:
    own = [word for word in clause.content if not is_everyday(word)]
    return sum(_told(word, whole, words, near) for word in own) / len(own) if own else 1.0


def _marks(each: Soft) -> Iterator[tuple[str, float]]:
    """Steering words that only the sentence has (+), only the clauses it rests on (-), and that not even the unit and its headings have (*)."""
    ours, unit = each.clause.marks, each.place.unit
    theirs = frozenset(mark for clause in each.match.used for mark in clause.marks)
    wide = frozenset(mark for clause in (*unit.clauses, *unit.heads) for mark in clause.marks)
    for mark in MARKS:
        yield f"+{mark}", float(mark in ours and mark not in theirs)
        yield f"-{mark}", float(mark in theirs and mark not in ours)
        yield f"*{mark}", float(mark in ours and mark not in wide)
    free_there = any("FREE" in clause.marks for clause in each.match.window)
    costless = any(figure.low == 0 for clause in each.match.window for figure in clause.figures)
    yield "everyadd", float("EACH" in ours and "EACH" not in wide and "ALL" not in wide and not each.clause.figures)
    yield "freeadd", float("FREE" in ours and not free_there and not costless)


def _parties(each: Soft) -> Iterator[tuple[str, float]]:
    """Who acts: the one party the sentence names must not be the other one of the clauses it rests on; single letters name kinds."""
    sides = {"CUST", "SUPP"}
    ours = each.clause.marks & sides
    theirs = frozenset(mark for clause in each.match.used for mark in clause.marks if mark in sides)
    yield "party", float(len(ours) == 1 and len(theirs) == 1 and ours != theirs)
    first = next((word for word in each.clause.words if not word.light or word.marks & sides), None)
    yield "psub", float(first is not None and bool(first.marks & sides) and not first.marks & sides & theirs)
    letters = {letter for letter in _LETTER.findall(each.clause.text) if letter not in "IA"} | ({"A"} if _A_KIND.search(each.clause.text) else set())
    there = set(_LETTER.findall(" ".join(clause.text for clause in (*each.match.window, *each.place.unit.heads))))
    yield "letter", float(bool(letters - there))
    yield "letrival", float(bool(letters) and bool(there - letters))


def _rules(each: Soft, whole: Sequence[Clause], known: frozenset[str]) -> Iterator[tuple[str, float]]:
    clause, found, unit = each.clause, each.match, each.place.unit
    for name, rule in RULES.items():
        yield name, float(any(True for _ in rule(clause, whole, found)))
    yield "rival", float(bool(rivalled(clause, found, each.place.siblings)))
    yield "crossed", float(any(True for _ in crossed(clause, found)))
    yield "per", float(any(True for _ in per_what(clause, found)))
    yield "floor", float(found.cover < _FOUND)
    yield (
        "opposed",
        float(
            any(opposed(word, found.window) for word in found.lost)
            or any(opposed(word, found.used) for word in clause.content if strength(word, found.window) < _FOUND)
        ),
    )
    yield "proper", float(any(word.proper for word in found.lost))
    yield "dropped", float(unit.kind != "row" and any(dropped_by(part, whole, used=part in found.used) for part in unit.clauses))
    yield "unbounded", float(unit.kind != "row" and any(unbounded(figure) for figure in found.left))
    codes = codes_in((clause,)) or (codes_in(whole) if len(codes_in(whole)) == 1 else frozenset())
    yield "named", float(names_fault(codes, found, known=known, owners=each.place.owners))


def _figures(each: Soft, places: Sequence[Place], near: Near) -> Iterator[tuple[str, float]]:
    found, unit = each.match, each.place.unit
    yield "missing", float(len(found.missing))
    yield "npairs", float(len(found.pairs))
    yield "nfig", float(len(each.clause.figures))
    yield "left", float(len(found.left))
    bounds = [{ours.bound, theirs.bound} for ours, theirs in found.pairs if ours.bound != theirs.bound]
    yield "bopp", float(sum(pair == {"max", "min"} for pair in bounds))
    yield "bdiff", float(sum(pair != {"max", "min"} for pair in bounds))
    places_of = [(at, figure.start, figure) for at, clause in enumerate(unit.clauses) for figure in clause.figures]
    theirs = [figure for ours, figure in found.pairs if ours.kind != "code"]
    yield "split", float(any(split_by_rival(places_of, one, other) for at, one in enumerate(theirs) for other in theirs[at + 1 :]))
    yield "margin", min((_margin(each, ours, figure, places, near) for ours, figure in found.pairs if ours.kind != "code"), default=1.0)


def _margin(each: Soft, ours: Figure, theirs: Figure, places: Sequence[Place], near: Near) -> float:
    """How much better the words around a figure fit its own place than any other figure of its kind, 1 when there is no other."""
    holder = next((clause for clause in (*each.place.unit.clauses, *each.place.unit.heads) if theirs in clause.figures), None)
    if holder is None:
        return 1.0
    words = sorted(each.clause.content, key=lambda word: min(abs(word.start - ours.end), abs(ours.start - word.end)))[:4]
    own = _around(words, holder, theirs, each.place.unit, near)
    least = 1.0
    for place in places:
        for clause in place.unit.clauses:
            for rival in clause.figures:
                if rival is not theirs and comparable(theirs, rival) and not same_figure(theirs, rival):
                    least = min(least, own - _around(words, clause, rival, place.unit, near))
    return least


def _around(words: Sequence[Word], clause: Clause, figure: Figure, unit: Unit, near: Near) -> float:
    """How well words are said in a clause, the better the nearer to a figure in it; the name of a row counts wherever it stands."""
    heads = content_of(unit.heads) if unit.kind != "prose" else []
    reach = 12 if _HAN.search(clause.text) else 24
    close = [(word, 0.4 + 0.6 / (1 + min(abs(word.start - figure.end), abs(figure.start - word.end)) / reach)) for word in clause.content]
    total = found = 0.0
    for at, word in enumerate(words):
        worth = weight(word) / (1 + 0.3 * at)
        total += worth
        best = max((_same(word, other, near) * nearness for other, nearness in close), default=0.0)
        found += worth * max(best, 0.8 * max((_same(word, other, near) for other in heads), default=0.0))
    return found / total if total else 1.0


def _same(one: Word, other: Word, near: Near) -> float:
    return 1.0 if one.text == other.text or one.ideas & other.ideas else 0.9 * near.pair(one.text, other.text)


def senses(sentence: str, found: Sequence[Soft], near: Near, *, matched: str, turned: Mapping[str, str]) -> dict[str, float]:
    """Cosines of the sentence with all that it rests on, of its clauses with their windows, and of both with their denials."""
    pairs = [(each.clause.text, window_text(each)) for each in found]
    plain = [near.texts(one, other) for one, other in pairs]
    return {
        "u_match": near.texts(sentence, matched),
        "u_cl": min(plain),
        "u_fs": min(value - near.texts(turned[one], other) for value, (one, other) in zip(plain, pairs, strict=True)),
        "u_fw": min(value - near.texts(one, turned[other]) for value, (one, other) in zip(plain, pairs, strict=True)),
        "u_ff": min(near.texts(turned[one], turned[other]) - value for value, (one, other) in zip(plain, pairs, strict=True)),
    }


def window_text(each: Soft) -> str:
    return " ".join(clause.text for clause in each.match.window)
