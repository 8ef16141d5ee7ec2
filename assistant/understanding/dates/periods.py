"""English periods and their parts: weeks, months, quarters and years, their ends, middles and beginnings (end of next month, EOM July, the third quarter)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.understanding.dates.atoms import (
    RECENT,
    Atom,
    Rule,
    Scene,
    add_months,
    full_year,
    is_past,
    iso_week,
    monday,
    month_end,
    month_span,
    part_of,
    rule,
)
from assistant.understanding.dates.table import BUSINESS_END, EN_MONTHS

MONTH = "(?P<m>" + "|".join(EN_MONTHS) + r")\b"
# a year is a year, however far ("December 31, 9999"); no time of day, no house
_FAR = r"(?:2[5-9]|[3-9]\d)\d\d(?=\s*(?:$|[.!?;)]|please|pls|thank|for\b|instead))"
YEAR = rf"(?:,?\s*(?P<y>(?:19|20)\d\d|{_FAR}|'\d\d)\b|(?<=-)(?P<y2>\d\d)\b|,?\s+(?:of\s+)?(?P<ry>next|last|this)\s+year\b)?"
FULL_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|weds|thur?s?|fri"
PART = r"(?:(?:the\s+)?(?:(?:last|final)\s+day|end|close|beginning|start|middle|early|mid|late)(?:\s+(?:of|in))?[\s-]+(?:the\s+month\s+of\s+)?|mid-?)"
STEPS = {"last": -1, "previous": -1, "past": -1, "this": 0, "the": 0, "current": 0, "": 0, "next": 1, "following": 1, "coming": 1}


def year_of(match: re.Match[str], scene: Scene) -> int | None:
    if year := match["y"] or match.groupdict().get("y2"):
        return full_year(int(year.lstrip("'")))
    return scene.today.year + STEPS[match["ry"]] if match["ry"] else None


def _whole(kind: str, step: int, today: date) -> tuple[date, date]:
    match kind[0]:
        case "w":
            first = monday(today) + timedelta(days=7 * step)
            return first, first + timedelta(days=6)
        case "m":
            first = add_months(today.replace(day=1), step)
            return first, month_end(first)
        case "q":
            first = add_months(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), 3 * step)
            return first, month_end(add_months(first, 2))
    return date(today.year + step, 1, 1), date(today.year + step, 12, 31)


def _period(match: re.Match[str], scene: Scene) -> Atom | None:
    """next week, this month, end of the month, early next quarter, the week after next, EOM."""
    kind, said = match["kind"], match["step"] or ""
    step = 2 if match["after"] else STEPS[said.split()[-1] if said else ""]
    part = match["part"] or ""
    counted = said == "the" and re.search(r"(?:day\s+(?:of|in)|within|during)\s+$", scene.text[: match.start()])  # first Friday of the month
    if not part and not match["after"] and not counted and (not said or (said == "the" and kind != "weekend")):
        return None
    if kind == "weekend":
        first = monday(scene.today) + timedelta(days=7 * step + 5)
        return Atom(*match.span(), "span", first, first + timedelta(days=1))
    first, last = _whole(kind, step, scene.today)
    if not part:
        return Atom(*match.span(), "week" if kind == "week" else "month" if kind == "month" else "span", first, last)
    return parted(match, edge(part), (first, last), scene)


def edge(part: str) -> str:
    for words, name in (("(?:last|final) day", "last day"), ("end|close|eo", "end"), ("mid", "mid"), ("late", "late")):
        if re.match(rf"(?:the )?(?:{words})", part):
            return name
    return "start"


def parted(match: re.Match[str], part: str, span: tuple[date, date], scene: Scene) -> Atom:
    first, last = span
    if part == "end" and (last - first).days == 6:
        last = max((day for day in (last - timedelta(days=n) for n in range(7)) if scene.calendar.is_workday(day)), default=last)
        return Atom(*match.span(), "end", last, last)  # a business week ends with its last working day
    begin, end, form = part_of(first, last, part)
    return Atom(*match.span(), form, begin, end)


def _short_end(match: re.Match[str], scene: Scene) -> Atom | None:
    """EOM, EOY 2027, EOM July, month-end next month, EOW, EOD, COB."""
    text = match["end"].replace("-", "").replace(" ", "")
    kind = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}.get(text, text.removesuffix("end"))
    if kind not in ("week", "month", "quarter", "year"):
        return Atom(*match.span(), "end", scene.today, scene.today)
    if match["m"] and kind == "month":
        return parted(match, "end", month_span(_year_for(EN_MONTHS[match["m"]], year_of(match, scene), scene), EN_MONTHS[match["m"]]), scene)
    if match["year"] and kind == "year":
        return parted(match, "end", (date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31)), scene)
    if match["again"] and match["again"] != kind:
        return None
    return parted(match, "end", _whole(kind, STEPS[match["step"] or ""], scene.today), scene)


def _year_for(month: int, year: int | None, scene: Scene) -> int:
    if year or month >= scene.today.month:
        return year or scene.today.year
    return scene.today.year + (scene.today - month_span(scene.today.year, month)[1] > RECENT)


def _month_end_of(match: re.Match[str], scene: Scene) -> Atom | None:
    """July EOM, July month-end, the July close."""
    month = EN_MONTHS[match["m"]]
    if match["m"] in ("may", "march") and not match.group().startswith("the") and "eom" not in match.group() and "month" not in match.group():
        return None  # we may close, march end to end
    return parted(match, "end", month_span(_year_for(month, year_of(match, scene), scene), month), scene)


def _numbered_week(match: re.Match[str], scene: Scene) -> Atom | None:
    """Calendar week 25, CW25, KW 25: the week of that ISO number, this year's or, when it is long past, next year's."""
    span = iso_week(int(match["n"] or match["n2"]), scene)
    return Atom(*match.span(), "week", *span) if span else None


def _quarter(match: re.Match[str], scene: Scene) -> Atom | None:
    quarter = int(match["q"]) if match["q"] else _QUARTERS[match["w"]]
    year = year_of(match, scene) or scene.today.year + (quarter < (scene.today.month + 2) // 3 and not is_past(scene, match))
    first = date(year, 3 * quarter - 2, 1)
    span = (first, month_end(add_months(first, 2)))
    if match["closing"]:
        return parted(match, "end", span, scene)
    return parted(match, edge(match["part"]), span, scene) if match["part"] else Atom(*match.span(), "span", *span)


_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


RULES: tuple[Rule, ...] = tuple(
    rule(needs, pattern, read)
    for needs, pattern, read in (
        (
            "week|month|quarter|year",
            rf"\b(?P<part>{PART})?(?P<step>(?:the\s+)?(?:this|next|last|previous|following|coming|current)"
            rf"|the)?\s*\b(?P<kind>weekend|week|month|quarter|year)\b(?P<after>\s+after\s+next\b)?",
            _period,
        ),
        (
            "eo|cob|cop|end|close",
            rf"\b(?P<end>eo[wmqy]|(?:month|quarter|year)[- ]?end|{BUSINESS_END}(?!\s+(?:on\s+)?(?:t|the|\d|next|this|{FULL_DAY})))\b"
            rf"(?:,?\s+(?:of\s+|in\s+|for\s+)?(?:{MONTH}{YEAR}(?!\s*\d{{1,2}}(?:st|nd|rd|th)?\b)|(?P<year>20\d\d)\b"
            r"|(?P<step>next|this|last)\s+(?P<again>week|month|quarter|year)\b(?!\s+on\b)))?",
            _short_end,
        ),
        ("eom|end|close", rf"(?<!\d )(?<!\d(?:st|nd|rd|th) )\b(?:the\s+)?{MONTH}{YEAR}[\s-]+(?:eom|month[- ]?end|end|close)\b(?!\s+of\b)", _month_end_of),
        ("week|cw|kw", r"\b(?:calendar\s+week|week\s+(?:no\.?|number)|cw|kw)\s?(?P<n>\d{1,2})\b|\bweek\s?(?P<n2>\d\d)\b", _numbered_week),
        (
            "q1|q2|q3|q4|quarter",
            rf"\b(?P<part>{PART})?(?:the\s+)?(?:q(?P<q>[1-4])|(?P<w>{'|'.join(_QUARTERS)})\s+quarter)\b(?!\s+(?:inch|of\s+(?!20\d\d|this\b|next\b|last\b|the\s+year)))"
            rf"{YEAR}(?P<closing>[\s-]+(?:end|close)\b)?",
            _quarter,
        ),
    )
)
