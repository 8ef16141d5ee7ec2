"""Dates written in digits with separators, in any language: ISO, year first, day or month first, 20260616, 15.06.; no words."""

from __future__ import annotations

import re

from assistant.understanding.dates_atoms import Atom, Rule, Scene, full_year, is_past, make, nearest, numeric

_NO_UNIT = r"(?!\s?(?:寸|英寸|吋|\"|″|''|%|inch|in\b|hp\b|kw\b|ma\b|mpa|bar|npt|bsp|g\d|of\b|cup|匹|分|开|刻|小时|天制|min\b|h\b|hrs?\b|sec|pcs|\d))"
_EDGE = r"(?<![\w.,/:#+-])"
_END = r"(?![\d/]|[-.:,]\d|[a-z_]|-[a-z])"


def _on(match: re.Match[str], year: int, month: int, *, day: int) -> Atom:
    found = make(year, month, day)
    return Atom(*match.span(), "numeric", found, found) if found else Atom(*match.span(), "impossible")


def _year_first(match: re.Match[str], scene: Scene) -> Atom | None:
    del scene
    return _on(match, int(match["y"]), int(match["m"]), day=int(match["d"]))


def _solid(match: re.Match[str], scene: Scene) -> Atom | None:
    """20260616, when it is a date near enough to be one and no order number."""
    found = make(int(match["y"]), int(match["m"]), int(match["d"]))
    return Atom(*match.span(), "numeric", found, found) if found and abs(found.year - scene.today.year) <= 3 else None


def _three(match: re.Match[str], scene: Scene) -> Atom | None:
    one, two, last = int(match["a"]), int(match["b"]), match["y"]
    if len(last) == 2 and match["s"] == "." and len(match["a"]) == 1:
        return None  # 3.6.21 is a version
    if len(last) == 2 and scene.month_first and one > 12 and make(full_year(one), two, int(last)):
        return _on(match, full_year(one), two, day=int(last))
    return numeric(match, (one, two, full_year(int(last))), scene)


def _two(match: re.Match[str], scene: Scene) -> Atom | None:
    one, two = int(match["a"]), int(match["b"])
    if not (1 <= one <= 31 and 1 <= two <= 31) or min(one, two) > 12 or match.group() in ("24/7", "7/24"):
        return None
    return numeric(match, (one, two, None), scene)


def _german(match: re.Match[str], scene: Scene) -> Atom | None:
    """15.06. with its closing dot; 10.5. is a number at the end of a sentence unless it is all that was said."""
    if scene.month_first or not ("0" in (match["a"][0], match["b"][0]) or match.group() == scene.text):
        return None
    return _two(match, scene)


def _dotted(match: re.Match[str], scene: Scene) -> Atom | None:
    """6.15 and 6-15 where the words around say that it is a date."""
    month, day = int(match["a"]), int(match["b"])
    if not scene.month_first or not 1 <= month <= 12:
        return None
    found = nearest(month, day, scene, past=is_past(scene, match))
    return Atom(match.start("a"), match.end(), "numeric", found, found) if found else Atom(match.start("a"), match.end(), "impossible")


def _range(match: re.Match[str], scene: Scene) -> Atom | None:
    """6/8-6/12 and 2026/6/10-2026/6/12; of two orders the one whose days lie in one month, else month first."""
    ends = [[int(part) for part in re.split(r"[/.]", match[name])] for name in ("a", "b")]
    for day_at in (1, 0):
        days = []
        for parts in ends:
            year, rest = (parts[0], parts[1:]) if len(parts) == 3 and parts[0] > 31 else (full_year(parts[2]), parts[:2]) if len(parts) == 3 else (0, parts)
            year_first = len(parts) == 3 and parts[0] > 31
            day, month = (rest[1], rest[0]) if day_at or year_first else (rest[0], rest[1])
            days.append((make(year, month, day) if year else nearest(month, day, scene, past=is_past(scene, match))) if month <= 12 else None)
        first, last = days
        if first and last and first < last and (day_at or first.month == last.month) and (first.month == last.month or scene.month_first or day_at):
            return Atom(*match.span(), "range", first, last)
    return None


def _dotted_range(match: re.Match[str], scene: Scene) -> Atom | None:
    return _range(match, scene) if scene.month_first else None


_SAID = r"(?:改|推|挪|调|提前|延|放|移|排|安排|定|约)(?:到|至|成|为|在)|交期|日期|时间|(?<![压力])到"
_DOTS = r"\d{1,2}\.\d\d"
_SLASHED = r"(?:20\d\d[/.]\d{1,2}[/.]\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{4}|/\d\d)?)"
RULES: tuple[Rule, ...] = (
    (re.compile(rf"{_EDGE}(?P<a>{_SLASHED})\s?[-–~—]\s?(?P<b>{_SLASHED}){_END}", re.ASCII), _range),
    (re.compile(rf"{_EDGE}(?P<a>{_DOTS})\s?(?:[-~–—到至])\s?(?P<b>{_DOTS})(?:[日号]|(?=$|[,，。之都送到交发可行吧])){_END}", re.ASCII), _dotted_range),
    (re.compile(rf"{_EDGE}(?P<y>(?:19|20|21)\d\d)(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?:t\d\d:\d\d\S*|[日号])?{_END}", re.ASCII), _year_first),
    (re.compile(rf"{_EDGE}(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d){_END}(?!\s?(?:号|单|台|个|pcs))", re.ASCII), _solid),
    (re.compile(rf"{_EDGE}(?P<a>\d{{1,2}})(?P<s>[-/.])(?P<b>\d{{1,2}})(?P=s)(?P<y>\d{{4}}|\d\d){_END}", re.ASCII), _three),
    (re.compile(rf"{_EDGE}(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})[日号]?{_NO_UNIT}{_END}", re.ASCII), _two),
    (re.compile(rf"{_EDGE}(?P<a>\d{{1,2}})\.(?P<b>\d{{1,2}})\.(?!\d)", re.ASCII), _german),
    (re.compile(rf"(?:{_SAID})[:为是]?\s?(?P<a>\d{{1,2}})[.-](?P<b>\d\d?)(?:[日号]|(?=$|[,，。!！?？吧能可行送前后之以到发交])){_END}", re.ASCII), _dotted),
    (re.compile(rf"^(?P<a>\d{{1,2}})[.-](?P<b>\d\d?)(?:[日号]|(?=吧|能到|可以|行吗|行不|送)){_END}", re.ASCII), _dotted),
)
