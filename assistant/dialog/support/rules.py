"""What a clause must keep of the words that state it: no and yes, bounds, must and may, who pays, and and or, before and after, only, if; pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from assistant.dialog.support.bounds import Figure
from assistant.dialog.support.links import mixed
from assistant.dialog.support.match import MODAL, Match, opposed, recall, strength
from assistant.dialog.support.units import Clause, codes_in
from assistant.dialog.support.words import WIDE, Word, lexicon

_FOUND = 0.5
# under this share of its words a clause is stated by nothing
FLOOR = 0.5
# a word that tells one thing from so many others, and the share under which any telling word is too much
_MANY = 3
_SURE = 0.75
_SPANS = frozenset({"day", "week", "month", "year", "h", "min", "s", "workday"})
_DAYS = frozenset({"day", "date", "日", "之日", "当天", "那天", "当日", "日期", "moment", "time"})
_SOFTENED = frozenset(
    {
        "usually",
        "mostly",
        "most",
        "generally",
        "typically",
        "often",
        "sometimes",
        "normally",
        "通常",
        "一般",
        "大多数",
        "多数",
        "大部分",
        "有时",
        "往往",
        "多半",
        "usual",
        "mostli",
        "general",
        "typical",
        "normal",
    }
)


@lru_cache(maxsize=1)
def _known() -> dict[str, frozenset[str]]:
    entries = lexicon().entries

    def ideas(*words: str) -> frozenset[str]:
        return frozenset(idea for word in words for idea in entries[word].ideas)

    return {
        "pay": ideas("承担", "支付", "负责", "费用", "运费"),
        "bear": ideas("承担", "负责"),
        "most": ideas("最大"),
        "least": ideas("最小", "起订量"),
        "limit": ideas("限值"),
        "span": ideas("期限", "质保", "账期", "交期", "保质期"),
        "early": ideas("提前"),
    }


def faults(said: Clause, whole: Sequence[Clause], found: Match) -> Iterator[str]:
    """The rules that a clause of the sentence `whole` breaks towards the match, named by reason."""
    yield from _missing(found)
    if found.cover < FLOOR:
        yield "unsupported"
    yield from _polarity(said, found)
    yield from _bounds(said, found)
    yield from _modality(said, found)
    yield from _order(said, found)
    yield from _payer(said, found)
    yield from _coordination(said, found)
    yield from _limits(said, whole, found)
    yield from _scope(said, whole, found)
    if any(word.proper and not any(idea[0] != WIDE for idea in word.ideas) for word in found.lost):
        yield "name"
    yield from mixed(said, found)
    if any(opposed(word, found.window) for word in found.lost) or any(
        opposed(word, found.used) for word in said.content if strength(word, found.window) < _FOUND
    ):
        yield "negation"


def _missing(found: Match) -> Iterator[str]:
    for figure in found.missing:
        yield reason_of(figure, [other for clause in found.window for other in clause.figures])


def reason_of(figure: Figure, others: Collection[Figure]) -> str:
    """The reason to give for a figure that nothing states."""
    if figure.kind == "quantity" and any(other.low == figure.low for other in others):
        return "unit"
    return {"money": "price", "date": "date", "clock": "date", "code": "name"}.get(figure.kind, "number")


def _polarity(said: Clause, found: Match) -> Iterator[str]:
    ours = said.count("NEG")
    denied_there = any(clause.count("NEG") % 2 for clause in found.used)
    if bool(ours % 2) != denied_there and not (ours and denied_there and ours == sum(clause.count("NEG") for clause in found.used)):
        yield "negation"
        return
    denied = [
        word for word in said.content if word.denied and (word.text[0] >= "\u3400") == any(char >= "\u3400" for clause in found.used for char in clause.text)
    ]
    there = [word for clause in found.used for word in clause.content]
    for word in denied:
        same = [other for other in there if other.text == word.text or other.ideas & word.ideas]
        others = [other for other in there if other.denied]
        swapped = [other for other in others if any(not mine.denied and (mine.text == other.text or mine.ideas & other.ideas) for mine in said.content)]
        if same and not any(other.denied for other in same) and swapped:
            yield "negation"
    if "FREE" in said.marks and not any("FREE" in clause.marks for clause in (*found.used, *found.window)) and not _costless(found):
        yield "added"
    if "FREE" not in said.marks and any("FREE" in clause.marks for clause in found.used) and _known()["pay"] & said.ideas and not ours:
        yield "negation"


def _costless(found: Match) -> bool:
    return any(figure.low == 0 for clause in found.window for figure in clause.figures)


def _noun_bound(clause: Clause) -> str:
    known = _known()
    if clause.ideas & known["most"]:
        return "max"
    return "min" if clause.ideas & known["least"] else ""


def _bounds(said: Clause, found: Match) -> Iterator[str]:
    for ours, theirs in found.pairs:
        if ours.kind in ("code", "ordinal") or (theirs.high is not None and ours.high is None):
            continue
        owner = next((clause for clause in found.window if theirs in clause.figures), None)
        one = ours.bound or _noun_bound(said)
        other = theirs.bound or (_noun_bound(owner) if owner else "")
        if one == other:
            if ours.open != theirs.open and ours.bound and theirs.bound and ours.kind != "date":
                yield "comparator"
            continue
        if not _bound_agrees(ours, theirs, (one, other), said=said, owner=owner):
            yield "comparator"


def _bound_agrees(ours: Figure, theirs: Figure, bounds: tuple[str, str], *, said: Clause, owner: Clause | None) -> bool:
    one, other = bounds
    if ours.kind in ("date", "clock"):
        if ours.kind == "clock" and sum(figure.kind == "clock" for figure in said.figures) > 1 and {one, other} <= {"", "from", "until"}:
            return True
        return {one, other} <= {"", "from"} or {one, other} <= {"from", "after"} or (one == "" and ours.kind == "clock")
    if owner is not None and owner.ideas & _known()["limit"] and one == "max" and other == "":
        return True
    if ours.unit in _SPANS:
        # a period of 15 days is one within which something is done; "after 3 months" of use is "3 months"
        spanned = bool(_known()["span"] & (said.ideas | (owner.ideas if owner else frozenset())))
        if {one, other} == {"", "max"}:
            return spanned or "AFTER" in said.marks
        return {one, other} <= {"", "after"} and ("AFTER" in said.marks or one == "")
    # a bound of the noun that is repeated by none is no bound of this figure
    return bool({ours.bound, theirs.bound} == {""} and "" in (one, other) and one != "max" and one != "min")


def _modality(said: Clause, found: Match) -> Iterator[str]:
    ours = {mark for mark in ("MUST", "SHOULD", "CAN", "NEEDNOT") if mark in said.marks}
    theirs = {mark for clause in found.used for mark in clause.marks}
    if "NEEDNOT" in ours and "NEEDNOT" not in theirs and not ("NEG" in theirs and "MUST" in theirs) and not ("NEG" in theirs and not theirs & {"FORBID"}):
        yield "modality"
    if "MUST" in ours and not theirs & {"MUST", "FORBID", "ONLY"} and theirs & {"CAN", "SHOULD", "NEEDNOT"}:
        yield "modality"
    if "SHOULD" in ours and "SHOULD" not in theirs and theirs & {"MUST", "CAN", "FORBID"}:
        yield "modality"
    if "CAN" in ours and "MUST" not in ours and "NEG" not in said.marks and "CAN" not in theirs and theirs & {"MUST", "SHOULD"} and "NEG" not in theirs:
        yield "modality"
    if not ours and "NEG" not in said.marks and "NEEDNOT" in theirs and "FREE" not in said.marks:
        yield "modality"
    if "MUST" in ours and "CAN" in theirs and "MUST" not in theirs and "ONLY" not in theirs:
        yield "modality"
    # advice is no rule
    if not ours & {"SHOULD"} and "SHOULD" in theirs and ours & {"MUST"}:
        yield "modality"


def _limits(said: Clause, whole: Sequence[Clause], found: Match) -> Iterator[str]:
    """What the source limits is said with its limit; a leave that it does not give is given by nothing; a telling word (air, red, later) is never added."""
    bounded = any(clause.marks & {"ONLY", "NEG", "MUST", "EXCEPT"} for clause in whole) or any(figure.bound for figure in said.figures)
    if any("ONLY" in clause.marks for clause in found.used) and not bounded:
        yield "modality"
    modal = any(clause.marks & set(MODAL) for clause in found.used)
    if "CAN" in said.marks and not modal and "NEG" not in said.marks and not said.figures and recall(said, found) < FLOOR:
        yield "modality"
    contrasts = lexicon().contrasts
    around = (*found.unit.clauses, *found.unit.heads)
    for word in found.lost:
        others = max((len(contrasts.get(idea, ())) for idea in word.ideas), default=0)
        if others >= _MANY or (others and (opposed(word, around) or found.cover < _SURE)):
            yield "added"


def _anchors(clauses: Sequence[Clause]) -> Iterator[tuple[str, Word | None]]:
    """(before or after, the event it is said of) for each such word: Chinese puts it behind its event, English in front."""
    for clause in clauses:
        for at, word in enumerate(clause.words):
            for relation in ("BEFORE", "AFTER"):
                # "within 15 days of delivery" counts from delivery
                counted = (
                    relation == "AFTER" and word.text == "of" and any(0 <= word.start - figure.end < 3 and figure.unit in _SPANS for figure in clause.figures)
                )
                if relation not in word.marks and not counted:
                    continue
                chinese = word.text[0] >= "\u3400"
                near = reversed(clause.words[:at]) if chinese else iter(clause.words[at + 1 :])
                yield relation, next((each for each in near if not each.light and each.text not in _DAYS), None)


def _order(said: Clause, found: Match) -> Iterator[str]:
    ours = list(_anchors((said,)))
    theirs = list(_anchors(found.used))
    early = any(_known()["early"] & clause.ideas for clause in found.window)
    until = any(figure.bound == "until" for clause in found.window for figure in clause.figures)
    for relation, event in ours:
        if event is not None and strength(event, (*found.window, *found.unit.heads)) < _FOUND:
            yield "comparator"
            continue
        same = [other for kind, other in theirs if kind == relation]
        against = [other for kind, other in theirs if kind != relation]
        if same and (event is None or not against or any(other is not None and _alike(event, other) for other in same)):
            continue
        if (
            (against and not same)
            or (same and event is not None and any(other is not None and _alike(event, other) for other in against))
            or (relation == "BEFORE" and not same and not (early or until))
        ):
            yield "comparator"
    if not ours and theirs and any(kind == "BEFORE" for kind, _ in theirs) and any(figure.bound in ("after", "from") for figure in said.figures):
        yield "comparator"


def _alike(one: Word, other: Word) -> bool:
    return one.text == other.text or bool(one.ideas & other.ideas) or one.text in other.text or other.text in one.text


def _payer(said: Clause, found: Match) -> Iterator[str]:
    """Who pays or answers for something must be who the source says."""
    known = _known()
    if not said.ideas & known["pay"]:
        return
    ours = said.marks & {"CUST", "SUPP"}
    theirs = frozenset(mark for clause in found.used for mark in clause.marks if mark in ("CUST", "SUPP"))
    if not ours or ours & theirs == ours:
        return
    borne = any(clause.ideas & known["bear"] for clause in found.used)
    if borne or ((theirs or "SUPP" in ours) and not (ours == {"CUST", "SUPP"} and theirs)):
        yield "unsupported"


def _coordination(said: Clause, found: Match) -> Iterator[str]:
    """Two things joined by "or" in one text and by "and" in the other."""
    for at, word in enumerate(said.words):
        kind = "OR" if "OR" in word.marks else "AND" if "AND" in word.marks else ""
        if not kind:
            continue
        left = next((each for each in reversed(said.words[:at]) if not each.light), None)
        right = next((each for each in said.words[at + 1 :] if not each.light), None)
        if left is None or right is None:
            continue
        between = _between(left, right, found.window)
        if kind == "OR" and "AND" in between and "OR" not in between and "NEG" not in said.marks:
            yield "negation"
        if kind == "AND" and "OR" in between and "AND" not in between and "NEG" not in said.marks:
            yield "negation"


def _between(left: Word, right: Word, window: Sequence[Clause]) -> frozenset[str]:
    for clause in window:
        places = [at for at, word in enumerate(clause.words) if not word.light and (_same(left, word))]
        ends = [at for at, word in enumerate(clause.words) if not word.light and (_same(right, word))]
        for one in places:
            for other in ends:
                low, high = sorted((one, other))
                marks = frozenset(mark for word in clause.words[low + 1 : high] for mark in word.marks)
                if one != other and high - low <= 6 and marks & {"AND", "OR"}:
                    return marks
    return frozenset()


def _same(one: Word, other: Word) -> bool:
    return one.text == other.text or bool(one.ideas & other.ideas)


def _scope(said: Clause, whole: Sequence[Clause], found: Match) -> Iterator[str]:
    unit = found.unit.clauses
    there = frozenset(mark for clause in (*unit, *found.unit.heads) for mark in clause.marks)
    for mark in ("ALL", "ONLY"):
        if (
            mark in said.marks
            and mark not in there
            and not (mark == "ALL" and found.cover > 0.85 and _any_only(said))
            and not (mark == "ALL" and ("NEG" in said.marks or "IF" in said.marks))
            and not (mark == "ONLY" and "ALL" in there and "NEG" in there)
        ):
            yield "added"
    if "EXCEPT" in said.marks and "EXCEPT" not in there and "NEG" not in there:
        yield "added"
    softened = {word.text for clause in found.used for word in clause.words} & _SOFTENED
    if softened and not any("MOST" in clause.marks for clause in whole) and not any(figure.bound == "approx" for clause in whole for figure in clause.figures):
        yield "comparator"
    if "MOST" in said.marks and not any("MOST" in clause.marks for clause in unit):
        yield "comparator"
    if any(dropped_by(clause, whole, used=clause in found.used) for clause in unit if found.unit.kind != "row"):
        yield "unsupported"
    if found.unit.kind != "row" and any(unbounded(figure) for figure in found.left):
        yield "unsupported"


def _any_only(said: Clause) -> bool:
    return all(word.text in ("any", "任何") for word in said.words if "ALL" in word.marks)


def unbounded(figure: Figure) -> bool:
    """A bound of money, measure or count that the source sets and the sentence leaves out; a figure in its place would be missing by itself."""
    return figure.bound in ("min", "max") and figure.kind not in ("date", "clock")


def dropped_by(clause: Clause, whole: Sequence[Clause], *, used: bool) -> bool:
    """A condition or exception of the source that the sentence does not repeat: most of its words have to be there."""
    spans: list[Sequence[Word]] = []
    words = clause.words
    for at, word in enumerate(words):
        if word.marks & {"IF", "EXCEPT"} and "AFTER" not in word.marks:
            chinese = word.text[0] >= "\u3400"
            spans.append(words if chinese else words[at + 1 :])
        elif "ONLY" in word.marks and used:
            spans.append([each for each in words[at + 1 :] if not each.light][:1])
            if word.text in ("方可", "方能", "才能"):
                spans[-1] = [each for each in words[:at] if not each.light][-2:]
    for span in spans:
        stated = [word for word in span if not word.light]
        if stated and sum(strength(word, whole) >= _FOUND for word in stated) < 0.5 * len(stated):
            return True
    return False


def names_fault(codes: frozenset[str], found: Match, *, known: frozenset[str], owners: frozenset[str]) -> bool:
    """Whether a sentence that names models speaks of others than the clauses that hold its figures, the window, its sentence, headings or ground do.

    Models are the known products, and codes of one kind (AK-5 beside AK-9).
    """
    holders = [clause for _, theirs in found.pairs if theirs.kind != "code" for clause in found.window if theirs in clause.figures] or list(found.used)
    rings = (*((each,) for each in holders), found.window, found.unit.clauses, found.unit.heads)
    for code in codes:
        kin = known if code in known else frozenset()
        for ring in rings:
            here = codes_in(ring)
            if code in here:
                break
            if any((other in kin or _kind(other) == _kind(code)) and other not in codes for other in here):
                return True
        else:
            if owners and code in known and code not in owners:
                return True
    return False


def _kind(code: str) -> str:
    return code.rstrip("0123456789") or code


Rule = Callable[[Clause, Sequence[Clause], Match], Iterator[str]]
# the rules one by one: what each finds is a signal of the weighed decision
RULES: Mapping[str, Rule] = {
    "polarity": lambda said, whole, found: _polarity(said, found),
    "bounds": lambda said, whole, found: _bounds(said, found),
    "modality": lambda said, whole, found: _modality(said, found),
    "order": lambda said, whole, found: _order(said, found),
    "payer": lambda said, whole, found: _payer(said, found),
    "limits": _limits,
    "scope": _scope,
}
