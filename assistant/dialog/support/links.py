"""Whether what a clause brings together also stands together in its source: a value with its subject, an act with its order; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.dialog.support.bounds import Figure, comparable, same_figure
from assistant.dialog.support.match import Match, strength, weight
from assistant.dialog.support.units import Clause, Unit, codes_in
from assistant.dialog.support.words import Word, lexicon

_FOUND = 0.5
_REACH = 2


def mixed(said: Clause, found: Match) -> Iterator[str]:
    """Parallel clauses of the source of which the sentence takes the subject of one and what is said of the other; "per" what; by whom."""
    yield from crossed(said, found)
    yield from per_what(said, found)


def _own(word: Word, clause: Clause) -> bool:
    return strength(word, (clause,)) >= _FOUND


def crossed(said: Clause, found: Match) -> Iterator[str]:
    """Parallel clauses of which the sentence takes the subject of one and what is said of the other."""
    used = found.used
    for at, one in enumerate(used):
        for other in used[at + 1 :]:
            if not _parallel(one, other):
                continue
            first = [word for word in said.content if _own(word, one) and not _own(word, other)]
            second = [word for word in said.content if _own(word, other) and not _own(word, one)]
            # all that tells the two apart is repeated: both are told
            if first and second and not (_told(one, other, said) and _told(other, one, said)):
                yield "unsupported"
    for other in found.unit.clauses:
        if other in found.window or found.unit.kind != "prose" or not any(_parallel(one, other) for one in used):
            continue
        if any(strength(word, (other,)) > max(_FOUND, strength(word, found.window) + 0.05) for word in said.content if weight(word) == 1):
            yield "unsupported"


def _parallel(one: Clause, other: Clause) -> bool:
    contrasts = lexicon().contrasts
    shared = {word.text for word in one.content} & {word.text for word in other.content}
    against = any(idea in other.ideas for mine in one.ideas for idea in contrasts.get(mine, ()))
    return bool(shared) or against or bool(one.ideas & other.ideas)


def _told(one: Clause, other: Clause, said: Clause) -> bool:
    alone = [word for word in one.content if not _own(word, other)]
    return sum(_own(word, said) for word in alone) >= 0.7 * len(alone)


def per_what(said: Clause, found: Match) -> Iterator[str]:
    """What a figure is counted by, and by whom something is done."""
    for at, word in enumerate(said.words):
        if not word.marks & {"EACH", "BY"}:
            continue
        what = next((each for each in said.words[at + 1 : at + 4] if not each.light), None)
        rows = found.unit.heads if found.unit.kind in ("row", "record") else ()
        if what is None:
            continue
        if strength(what, (*found.window, *rows)) < _FOUND:
            yield "name" if "BY" in word.marks else "unit"
        theirs = [each for clause in found.used for each in _each(clause)]
        if "EACH" in word.marks and said.figures and theirs and not any(_alike([what], [each]) for each in theirs):
            yield "unit"


def _places(words: Sequence[Word], places: Sequence[Word]) -> list[int]:
    found = []
    for word in words:
        here = [at for at, other in enumerate(places) if not word.light and (other.text == word.text or other.ideas & word.ideas)]
        if len(here) == 1:
            found.append(here[0])
    return found


def _each(clause: Clause) -> Iterator[Word]:
    for at, word in enumerate(clause.words):
        if "EACH" in word.marks:
            yield from [each for each in clause.words[at + 1 : at + 4] if not each.light][:1]


def disordered(clauses: Sequence[Clause], found: Sequence[Match | None], units: Sequence[Sequence[Unit]], grounds: Sequence[int]) -> bool:
    """Whether "first … then" turns round what the source puts in the other order."""
    words = [word for clause in clauses for word in clause.words]
    then = next((at for at, word in enumerate(words) if "THEN" in word.marks), None)
    if then is None:
        first_at = next((at for at, word in enumerate(words) if "FIRST" in word.marks), len(words))
        then = next((at for at, word in enumerate(words) if at > first_at and "AND" in word.marks), None)
    if then is None or not found or any(each is None for each in found):
        return False
    if len(set(grounds)) > 1:
        return True
    told = {id(each.unit) for each in found if each is not None}
    places = [word for unit in units[grounds[0]] if id(unit) in told for clause in unit.clauses for word in clause.words if not word.light]
    first, second = [_places(part, places) for part in (words[:then], words[then + 1 :])]
    # an order that cannot be told is none
    return not first or not second or max(first) > min(second)


def unlinked(found: Sequence[Match]) -> bool:
    """Whether figures of neighbouring clauses come from different steps of one list: "from 100 pieces, 5%" where the source has 5% for 50 and 8% for 100."""
    for one, other in pairwise(found):
        if one.unit is not other.unit or not one.pairs or not other.pairs:
            continue
        places = [(at, figure.start, figure) for at, clause in enumerate(one.unit.clauses) for figure in clause.figures]
        for _, first in one.pairs:
            for _, second in other.pairs:
                if split_by_rival(places, first, second):
                    return True
    return False


def split_by_rival(places: Sequence[tuple[int, int, Figure]], first: Figure, second: Figure) -> bool:
    """Whether between two figures stands another that may be mistaken for one of them; `places` are (clause, offset, figure) in order."""
    at = [place for place, (_, _, figure) in enumerate(places) if figure is first]
    to = [place for place, (_, _, figure) in enumerate(places) if figure is second]
    if not at or not to or first is second or comparable(first, second):
        return False
    low, high = sorted((at[0], to[0]))
    return any(comparable(figure, wanted) and not same_figure(figure, wanted) for _, _, figure in places[low + 1 : high] for wanted in (first, second))


def rivalled(said: Clause, found: Match, units: Sequence[Unit]) -> str:
    """The reason when a figure is said of what the source says another figure of: its words are found beside the other figure, not beside its own."""
    if _misassigned(said, found):
        return "name"
    for ours, theirs in found.pairs:
        if ours.kind == "code":
            continue
        holder = next((clause for clause in found.unit.clauses if theirs in clause.figures), None)
        if holder is None:
            continue
        if _beside_rival(said, ours, (holder, theirs)):
            return "number"
        if _beside_model(said, (holder, theirs)):
            return "name"
        for unit in units:
            for clause in unit.clauses:
                if clause is holder or not any(comparable(theirs, other) and not same_figure(theirs, other) for other in clause.figures):
                    continue
                mine: tuple[Clause, ...]
                other: tuple[Clause, ...]
                if unit is found.unit:
                    mine, other = (holder,), (clause,)
                else:
                    mine, other = (*found.unit.clauses, *found.unit.heads), (*unit.clauses, *unit.heads)
                if _favours(_meant(said, ours, found.unit), mine, other):
                    return "number"
    return ""


def _misassigned(said: Clause, found: Match) -> bool:
    """Where a clause names several models, whether each figure stands in the source with the model it is said of (the nearest before it, or in turn)."""
    codes = [figure for figure in said.figures if figure.kind == "code"]
    pairs = [(ours, theirs) for ours, theirs in found.pairs if ours.kind not in ("code", "ordinal")]
    if len(codes) < 2 or not pairs:
        return False
    named = {str(code.low) for code in codes}
    in_turn = len(codes) == len(pairs) and codes[-1].start < pairs[0][0].start
    for at, (ours, theirs) in enumerate(pairs):
        before = [code for code in codes if code.start < ours.start]
        mine = str((codes[at] if in_turn else before[-1] if before else codes[0]).low)
        holder = next((clause for clause in found.unit.clauses if theirs in clause.figures), None)
        if holder is None:
            return True
        there = codes_in((holder,))
        if mine not in there and (there & named or mine not in codes_in(found.unit.clauses)):
            return True
    return False


def _meant(said: Clause, figure: Figure, unit: Unit) -> Sequence[Word]:
    """The words that say what a figure is: those in front of it where a record gives many, else all of the clause."""
    if unit.kind != "record":
        return said.content
    start = max((other.end for other in said.figures if other.end <= figure.start), default=0)
    return [word for word in said.content if start <= word.start < figure.start][-_REACH:]


def _favours(said: Sequence[Word], mine: Sequence[Clause], other: Sequence[Clause]) -> bool:
    """Whether words of the sentence stand in the other place only, and none in its own only."""
    theirs = sum(weight(word) for word in said if strength(word, other) >= 0.9 and strength(word, mine) < _FOUND)
    ours = sum(weight(word) for word in said if strength(word, mine) >= _FOUND and strength(word, other) < _FOUND)
    return theirs > ours


def _beside_rival(said: Clause, ours: Figure, source: tuple[Clause, Figure]) -> bool:
    """In one clause with several figures of a kind: whether the words next to the figure are the neighbours of another one in the source."""
    clause, theirs = source
    rivals = [other for other in clause.figures if comparable(theirs, other) and not same_figure(theirs, other)]
    if not rivals or len([figure for figure in said.figures if comparable(ours, figure)]) == 0:
        return False
    near = _neighbours(said, ours)
    if not near:
        return False
    own = _alike(near, _neighbours(clause, theirs))
    return any(_alike(near, _neighbours(clause, other)) > own for other in rivals)


def _beside_model(said: Clause, source: tuple[Clause, Figure]) -> bool:
    """In one clause with several models and several figures of a kind: whether the figure stands by another model than the sentence names."""
    clause, theirs = source
    rivals = [other for other in clause.figures if comparable(theirs, other) and not same_figure(theirs, other)]
    codes = [figure for figure in clause.figures if figure.kind == "code"]
    named = codes_in((said,)) & {str(code.low) for code in codes}
    if not rivals or len(codes) < 2 or len(named) != 1:
        return False
    before = [code for code in codes if code.start < theirs.start]
    return str((before[-1] if before else codes[0]).low) not in named


def _neighbours(clause: Clause, figure: Figure) -> list[Word]:
    """The content words next to a figure, up to the next figure on either side."""
    marks = sorted(other.start for other in clause.figures)
    before = max((place for place in marks if place < figure.start), default=-1)
    after = min((place for place in marks if place > figure.start), default=10**9)
    left = [word for word in clause.words if not word.light and before < word.start < figure.start][-_REACH:]
    right = [word for word in clause.words if not word.light and figure.start < word.start < after][:_REACH]
    return [*left, *right]


def _alike(near: Sequence[Word], others: Sequence[Word]) -> int:
    return sum(any(word.text == other.text or word.ideas & other.ideas for other in others) for word in near)
