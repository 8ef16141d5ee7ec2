"""Figures, what bounds them (at most, at least, until, from), and when two are the same; they are read from texts elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from assistant.text.units import canonical_unit, convert, dimension


@dataclass(frozen=True, slots=True)
class Figure:
    """`low` (to `high`) of `unit` at `start:end`. `kind`: money, date, clock, quantity, number, ordinal, code. `bound`: "", max, min, after, until, from,
    approx; `open` when the bound itself is shut out (over, under). A date is (year, month, day) with 0 for what is not said, a code its letters and digits."""

    kind: str
    low: Decimal | tuple[int, ...] | str
    unit: str
    start: int
    end: int
    high: Decimal | None = None
    bound: str = ""
    open: bool = False


_FILL = r"(?:[\s:：]|of|is|are|be|the|a|to|为|是|在|于|有|total|about|约|ing|one|exactly|提前|advance|in)*"
_LEFT = [
    ("max", False, 
        r"no later than|not later than|no more than|not more than|at most|up to|not exceed(?:ing)?|not above|no longer than|no higher than|maximum"
        r"|max\.?|within|capped at"
     r"|not to exceed|never exceeds?|no (?!less|few|low|short)[a-z]+er than|limited? (?:of|to)|as (?:much|many|long) as|inside|does not exceed"
     r"|do not exceed|cannot exceed"
     r"|不得超过|不能超过|不可超过|不应超过|不超过|不得高于|不高于|不大于|不多于|不长于|不晚于|未超过|最多|至多|最大|最高|最长|上限|限|以内|≤|<=|不得晚于"),
    ("max", True, r"less than|fewer than|under|below|lower than|shorter than|低于|小于|少于|不足|不满|未满|短于|轻于|<"),
    ("min", False, 
        r"at least|no less than|not less than|no fewer than|not fewer than|minimum|min\.?|not below|no shorter than|no lower than|from|starting (?:at"
        r"|from)|starts (?:at|from)|or more than or equal to"
     r"|不得少于|不能少于|不应少于|不少于|不得低于|不能低于|不低于|不小于|不短于|不早于|至少|最少|最低|最小|最短|满|达到|达|起码|下限|≥|>="),
    ("min", True, r"more than|over|above|exceed(?:s|ing)?|greater than|higher than|longer than|beyond|upwards of|超过|超出|高于|大于|多于|逾|长于|早于|>"),
    ("after", False, r"after|following|经过"),
    ("approx", False, r"about|approximately|around|roughly|nearly|almost|approx\.?|circa|约|大约|大概|将近|接近|约为"),
]  # fmt: skip
_RIGHT = [
    (
        "max",
        False,
        r"(?:以内|之内|内|及以下|或以下|及以内|或以内|封顶|(?:or|and) (?:less|fewer|below|under|lower|shorter|colder|cooler|earlier|smaller|lighter)"
        r"|and (?:below|under)|at (?:the )?most|at the latest|maximum|max\b|cap\b|limit\b)",
    ),
    ("max", True, r"以下"),
    (
        "min",
        False,
        r"(?:及以上|或以上|以上|起(?!来)|以上含|(?:or|and) (?:more|above|over|longer|higher|greater|later)|and (?:above|over|up)|at least|minimum"
        r"|\+(?!\s?\d)|or (?:warmer|hotter|better|greater|heavier|larger|bigger))",
    ),
    ("after", False, r"(?:之后|以后|后|later)"),
    ("approx", False, r"(?:左右|上下|or so)"),
]
_DATE_LEFT = [
    ("until", r"by|before|until|till|up to|through|to|no later than|not later than|截至|截止到?|最迟|最晚|至|到|不晚于|prior to"),
    ("from", r"from|since|starting|as of|effective|beginning|自|从|on or after"),
    ("after", r"after|following"),
]
_DATE_RIGHT = [("until", r"(?:为止|止|之前|以前|前|at the latest)"), ("from", r"(?:起|以来|开始|onwards?)"), ("after", r"(?:之后|以后|后)")]
_SIDES = {
    "left": [(bound, shut, re.compile(rf"(?:(?<![A-Za-z])(?:{words})){_FILL}$", re.IGNORECASE)) for bound, shut, words in _LEFT],
    "right": [(bound, shut, re.compile(rf"\s*(?:的|time|{'元'})?\s*{words}", re.IGNORECASE)) for bound, shut, words in _RIGHT],
    "date_left": [(bound, False, re.compile(rf"(?:(?<![A-Za-z])(?:{words}))\s*(?:the|on)?\s*$", re.IGNORECASE)) for bound, words in _DATE_LEFT],
    "date_right": [(bound, False, re.compile(rf"\s*(?:日|号|当日|当天)?\s*{words}", re.IGNORECASE)) for bound, words in _DATE_RIGHT],
}
# a count of pieces or people stands between a number and what bounds it
_COUNTED = re.compile(
    r"\s*(?:个|件|台|套|只|人|次|份|包|袋|箱|瓶|桶|卷|米|条|块|张|位|名|用户|units?|pieces?|pcs|items?|people|persons?|users?|seats?|sets?|bags?"
    r"|boxes|cartons?|bottles?|rolls?|orders?|times)?"
)


def _side(figure: Figure, text: str) -> tuple[str, bool, int, int]:
    """(bound, whether open, start and end of the words that say so): the words in front win over those behind."""
    dated = figure.kind in ("date", "clock")
    before = text[max(0, figure.start - 28) : figure.start]
    matches = [(match.start(), bound, shut) for bound, shut, pattern in _SIDES["date_left" if dated else "left"] if (match := pattern.search(before))]
    if matches:
        # the longest words: no less than before less than
        at, bound, shut = min(matches)
        return bound, shut, figure.start - len(before) + at, figure.start
    gap = _COUNTED.match(text, figure.end)
    end = gap.end() if gap and not dated else figure.end
    noun = re.match(r"\s[a-z]+(?= (?:or|and) (?:more|less|fewer))", text[figure.end :])
    beyond = () if dated else (*_loose(text, figure.end), *((figure.end + noun.end(),) if noun else ()))
    for at in dict.fromkeys((figure.end, end, *beyond)):
        for bound, shut, pattern in _SIDES["date_right" if dated else "right"]:
            match = pattern.match(text, at)
            if match:
                return bound, shut, match.start(), match.end()
    return "", False, 0, 0


def _loose(text: str, end: int) -> tuple[int, ...]:
    """Where a bound may begin behind a measure word that no list has: 5 片以内."""
    return tuple(
        end + gap
        for gap in (1, 2)
        if re.match(r"\s?[\u4e00-\u9fff]{1,2}?(?:以内|以上|以下|之内|及以|封顶)", text[end : end + 6]) and text[end + gap : end + gap + 1] in "以之及封"
    )


def bounded(figure: Figure, text: str) -> Figure:
    if figure.kind in ("code", "ordinal"):
        return figure
    bound, shut, _, _ = _side(figure, text)
    return replace(figure, bound=bound, open=shut) if bound and (figure.high is None or bound == "approx") else figure


def without_bound(figure: Figure, text: str, rest: str) -> str:
    if figure.kind in ("code", "ordinal"):
        return rest
    bound, _, start, end = _side(figure, text)
    # before and after an event are told apart by the words themselves
    if bound in ("", "after", "from", "until"):
        return rest
    return rest[:start] + " " * (end - start) + rest[end:]


def same_figure(one: Figure, other: Figure) -> bool:
    """Whether two figures have the same value: in the same unit, or exactly converted; a sentence may leave out the year."""
    if one.kind == "date" or other.kind == "date":
        return one.kind == other.kind and _same_date(one.low, other.low)
    if {one.kind, other.kind} == {"number", "ordinal"} and (one.unit or other.unit):
        # the third time is not three times
        return False
    if {one.kind, other.kind} <= {"number", "ordinal"}:
        return one.low == other.low and one.high == other.high and (one.unit == other.unit or not {one.unit, other.unit}.isdisjoint({"", "pc"}))
    if {(one.kind, one.unit), (other.kind, other.unit)} == {("quantity", "lb"), ("money", "GBP")}:
        # pounds in words: money where the other side says £
        return one.low == other.low and one.high == other.high
    if one.kind != other.kind:
        return False
    if (one.high is None) != (other.high is None):
        return False
    return _equal((one.low, one.unit), (other.low, other.unit)) and (one.high is None or _equal((one.high, one.unit), (other.high, other.unit)))


def _same_date(one: object, other: object) -> bool:
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return False
    # the sentence may leave out the year that the source tells, never the reverse
    return one[1:] == other[1:] and (one[0] == other[0] or not one[0])


@lru_cache(maxsize=8192)
def _equal(one: tuple[object, str], other: tuple[object, str]) -> bool:
    if one[1] == other[1]:
        return one[0] == other[0]
    if not isinstance(one[0], Decimal) or not isinstance(other[0], Decimal) or not canonical_unit(one[1]) or not canonical_unit(other[1]):
        return False
    return dimension(one[1]) == dimension(other[1]) and convert(one[0], one[1], other[1]) == other[0]


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures measure the same kind of thing, so that one may be mistaken for the other."""
    if one.kind != other.kind:
        return False
    if one.kind == "quantity":
        first, second = canonical_unit(one.unit), canonical_unit(other.unit)
        return one.unit == other.unit or bool(first and second and dimension(first) == dimension(second))
    return True
