"""Dates written in digits with separators, in any language: ISO, year first, day or month first, 20260616, 15.06.; no words."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.dates.atoms import Atom, Rule, Scene, full_year, is_past, make, nearest, numeric, rule

_NO_UNIT = (
    r"(?!\s?(?:寸|英寸|吋|\"|″|''|%|inch|in\b|hp\b|kw\b|ma\b|mpa|bar|npt|bsp|g\d|of\b|cup|,?\s*net\b|turn|price|off\b|hose|pipe|valve|fitting"
    r"|coupling|adapter|bolt|thread|nipple|elbow|的?(?:接头|管|阀|软管|螺)|匹|分|开|刻|小时|天制|min\b|h\b|hrs?\b|sec|pcs|\d))"
)
_EDGE = r"(?<![\w/#+-])(?<!\d[.,:])"
_END = r"(?![\d/]|[-.:,]\d|[a-z_]|-[a-z])"


def _on(match: re.Match[str], year: int, month: int, *, day: int) -> Atom:
    found = make(year, month, day)
    return Atom(*match.span(), "numeric", found, found) if found else Atom(*match.span(), "impossible")


def _year_first(match: re.Match[str], scene: Scene) -> Atom | None:
    del scene
    return _on(match, int(match["y"]), int(match["m"]), day=int(match["d"]))


def _solid(match: re.Match[str], scene: Scene) -> Atom | None:
    """20260616, when it is a date near enough to be one and is not called a number of something."""
    if _NUMBER_OF.search(scene.text[max(0, match.start() - 16) : match.start()]):
        return None
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
    if _PLACE_OF.search(scene.text[max(0, match.start() - 10) : match.start()]):
        return None
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


def _alone(match: re.Match[str], scene: Scene) -> Atom | None:
    """6.15 or 6-15 as the whole message; 6-15 is a range of days outside Chinese."""
    if match["s"] == "-" and not scene.month_first:
        return None
    found = _dotted(match, scene) if scene.month_first else _two(match, scene)
    return found and replace(found, start=match.start("a"))


def _dotted_en(match: re.Match[str], scene: Scene) -> Atom | None:
    """deliver 15.06."""
    found = _two(match, scene)
    return found and replace(found, start=match.start("a"))


def _four(match: re.Match[str], scene: Scene) -> Atom | None:
    """改到0615."""
    found = nearest(int(match["a"]), int(match["b"]), scene, past=is_past(scene, match)) if scene.month_first and 1 <= int(match["a"]) <= 12 else None
    return Atom(match.start("a"), match.end(), "numeric", found, found) if found else None


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


_SAID = (
    r"(?:改|推|挪|调|提前|延|放|移|排|安排|定|约)(?:到|至|成|为|在)|改|推|挪|(?<!强)调|延|交期|日期|(?:交货|到货|发货|送货)(?:期|日|时间)?|时间|(?<![压力])到"
)
_PLACE_OF = re.compile(
    r"\b(?:unit|suite|ste|apt|room|rm|bldg|building|block|plot|dock|gate|rev|ver|version|size|ratio|class|grade|no|model|type|items?|parts?|pos|position|line|page|fig|step|phase)\b\.?\s*$"
)
_NUMBER_OF = re.compile(
    r"(?:订单|单|编|票|合同|批|型|料|件|证|账|税|箱|码)号?\s?[:#是为]?\s?$|\b(?:po|order|invoice|no|ref|part|serial|batch|lot|tracking|quote|id|sn)\b\s*[.:#]*\s*$"
)
# what follows a day and no measure
_THEN = r"(?=$|[,，。!！?？]|吧|吗|能|可|行|送|前|后|之|以|到|发|交|左右|给|收)"
_DOTS = r"\d{1,2}\.\d\d"
_SLASHED = r"(?:20\d\d[/.]\d{1,2}[/.]\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{4}|/\d\d)?)"
RULES: tuple[Rule, ...] = tuple(
    rule(needs, pattern, read)
    for needs, pattern, read in (
        ("/|.", rf"{_EDGE}(?P<a>{_SLASHED})\s?[-–~—]\s?(?P<b>{_SLASHED}){_END}", _range),
        (".", rf"{_EDGE}(?P<a>{_DOTS})\s?(?:[-~–—到至])\s?(?P<b>{_DOTS})(?:[日号]|(?=$|[,，。之都送到交发可行吧])){_END}", _dotted_range),
        ("-|/|.", rf"{_EDGE}(?P<y>(?:19|20|21)\d\d)(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?:t\d\d:\d\d\S*|[日号])?{_END}", _year_first),
        ("", rf"{_EDGE}(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d){_END}(?!\s?(?:号|单|台|个|pcs))", _solid),
        ("-|/|.", rf"{_EDGE}(?P<a>\d{{1,2}})(?P<s>[-/.])(?P<b>\d{{1,2}})(?P=s)(?P<y>\d{{4}}|\d\d){_END}", _three),
        ("/", rf"{_EDGE}(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})[日号]?{_NO_UNIT}{_END}", _two),
        (".", rf"{_EDGE}(?P<a>\d{{1,2}})\.(?P<b>\d{{1,2}})\.(?!\d)", _german),
        ("改|推|挪|调|延|期|间|到|放|移|排|定|约", rf"(?:{_SAID})[:为是选定]?\s?(?P<a>\d{{1,2}})[.-](?P<b>\d\d?)(?:[日号]|{_THEN}){_END}", _dotted),
        (".|-", rf"^\s*(?P<a>\d{{1,2}})[.-](?P<b>\d\d?)(?:[日号]|(?=吧|能到|可以|行吗|行不|送|[之以]?[前后]|左右|到货|交|发)){_END}", _dotted),
        (".", rf"{_EDGE}(?P<a>\d{{1,2}})\.(?P<b>\d\d)(?=[之以]前|[之以]后|前(?!后)|左右|送到|到货|交货|发货|发出)", _dotted),
        (
            ".",
            r"\b(?:on|by|until|till|before|after|deliver(?:y|ed)?|ship|date:?|eta:?)\s+(?P<a>\d\d)\.(?P<b>\d\d)(?=\s*(?:$|[,;!?]|\.(?!\d)|pls|please|if\b|at\b))",
            _dotted_en,
        ),
        (".|-", r"^\s*(?:#?\d{4,}\s?[,，:：]?\s?)?(?<!\d)(?P<a>\d{1,2})(?P<s>[.-])(?P<b>\d\d?)(?=\s*[,。.!！?？]?\s*$)", _alone),
        ("改|推|挪|调|延|期|间|到|放|移|排|定|约", rf"(?:{_SAID})[:为是选定]?\s?(?P<a>[01]\d)(?P<b>[0-3]\d){_THEN}{_END}", _four),
    )
)
