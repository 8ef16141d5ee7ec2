"""English date expressions, one rule each, over lower-case text; what stands around an expression is read elsewhere."""

from __future__ import annotations

import re
from datetime import timedelta

from assistant.understanding.dates.atoms import (
    RECENT,
    Atom,
    Rule,
    Scene,
    add_months,
    bare_day,
    clause,
    coming,
    full_year,
    is_past,
    last_off,
    make,
    monday,
    month_span,
    nearest,
    rule,
)
from assistant.understanding.dates.periods import FULL_DAY, MONTH, PART, STEPS, YEAR, edge, parted, year_of
from assistant.understanding.dates.table import (
    DONE,
    EN_HOLIDAYS,
    EN_HOLIDAYS_SAID,
    EN_MONTHS,
    EN_ORDINALS,
    EN_WEEKDAYS,
    FOLLOWS,
    MOVES,
    STREET,
    THINGS,
)

_FREE = r"(?<![\w/-])(?<!\d[.,:])"  # no part of a longer number or name
_SHORT = "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
_WORD = "(?P<w>" + "|".join(word.replace(" ", "[ -]") for word in sorted(EN_ORDINALS, key=len, reverse=True)) + r")\b"
_TH = r"(?:st|nd|rd|th)"
_SAFE_DAY = rf"(?P<d>\d{{1,2}})(?:{_TH}\b|(?=-?ish\b)|(?![\w:%]|[.,]\d|-?\s?(?:pcs?|pieces|units|sets|kits|pumps|boxes|am|pm|a\.m|p\.m|%)\b))"
_PIECES = r"(?!-?\s?(?:pcs?|pieces|units|sets|kits|pumps|boxes|am|pm|a\.m|p\.m|%)\b)"
# wed, sat and sun are words of their own: days only after on, by, next … or before a number, a month, please …
_DAY = (
    rf"(?P<wd>{FULL_DAY}|(?:(?<=on )|(?<=by )|(?<=this )|(?<=next )|(?<=last )|(?<=before )|(?<=after )|(?<=until )|(?<=coming )"
    r"|(?<=or )|(?<=between )|(?<=week )|(?<=from )|(?<=[a-z]-)|(?<=[a-z]/)|(?<=to ))(?:wed|sat|sun)|^(?:wed|sat|sun)(?=\s*(?:$|[,.!?;/)]))"
    rf"|(?:wed|sat|sun)(?=\.|,?\s+(?:the\s+)?\d{{1,2}}|,?\s+(?:{'|'.join(EN_MONTHS)})\b|\s*[-/]\s*(?:{FULL_DAY}|wed|sat|sun)\b"
    rf"|\s+(?:and|to|through|or)\s+(?:{FULL_DAY}|wed|sat|sun)\b"
    r"|\s+(?:pls|plz|please|next\s+week|this\s+week|morning|afternoon|evening|[ap]m|or|at\s+\d|thanks|thx|latest|instead|ok)\b))\b"
)  # fmt: skip


def _day_number(match: re.Match[str]) -> int:
    return int(match["d"]) if match["d"] else EN_ORDINALS[match["w"].replace("-", " ")]


def _named(match: re.Match[str], scene: Scene) -> Atom | None:
    if STREET.match(scene.text, match.end()):
        return None  # 15 June Street
    month, day = EN_MONTHS[match["m"]], _day_number(match)
    year = year_of(match, scene)
    found = make(year, month, day) if year else nearest(month, day, scene, past=is_past(scene, match))
    if found and not year and DONE.search(scene.text[max(0, match.start() - 16) : match.start()]):
        earlier = nearest(month, day, scene, past=True)  # "delivered 3 March" is the nearer one
        found = earlier if earlier and scene.today - earlier < found - scene.today else found
    return Atom(*match.span(), "date", found, found) if found else Atom(*match.span(), "impossible")


def _named_days(match: re.Match[str], scene: Scene) -> Atom | None:
    """June 10-15, 10th to 12th July, between 10 and 15 June."""
    month = EN_MONTHS[match["m"]]
    year = year_of(match, scene)
    first = make(year, month, int(match["d"])) if year else nearest(month, int(match["d"]), scene, past=is_past(scene, match))
    last = first and make(first.year, month, int(match["e"]))
    if first is None or last is None:
        return Atom(*match.span(), "impossible")
    return Atom(*match.span(), "range", first, last) if last > first else None


def _either(match: re.Match[str], scene: Scene) -> Atom | None:
    """June 15 or 16, June 15/16, the 15th, 16th or 17th of June: to be asked."""
    month, numbers = EN_MONTHS[match["m"]], [int(match[name]) for name in ("d", "f", "e") if match[name]]
    first = nearest(month, numbers[0], scene, past=is_past(scene, match))
    others = [first and make(first.year, month, number) for number in numbers[1:]]
    kept = tuple(day for day in others if day and day != first)
    return Atom(*match.span(), "choice", first, first, others=kept) if first and kept and len(kept) == len(numbers) - 1 else None


def _joined(match: re.Match[str], scene: Scene) -> Atom | None:
    """15JUN2026, 15jun, jun15."""
    month, day, year = EN_MONTHS[match["m"] or match["m2"]], int(match["d"] or match["d2"]), match["y"]
    found = make(full_year(int(year)), month, day) if year else nearest(month, day, scene, past=is_past(scene, match))
    return Atom(*match.span(), "date", found, found) if found else Atom(*match.span(), "impossible")


def _numbered_day(match: re.Match[str], scene: Scene) -> Atom | None:
    """Monday 15: when the nearest 15th is a Monday."""
    weekday = next(index for name, index in EN_WEEKDAYS.items() if match["wd"].startswith(name[:3]))
    day = bare_day(int(match["d"]), scene, past=is_past(scene, match)) if 0 < int(match["d"]) <= 31 else None
    return Atom(*match.span(), "date", day, day) if day and day.weekday() == weekday else None


def _counts_a_thing(match: re.Match[str], scene: Scene) -> bool:
    """Whether an ordinal numbers a thing (the 2nd pump, 42nd Street) and no day."""
    before, after = scene.text[max(0, match.start() - 8) : match.start()], match.end()
    if FOLLOWS.match(scene.text, after):
        return False
    return bool(THINGS.match(scene.text, after)) or not (_day_number(match) >= 10 or re.search(r"\b(?:on|by|until|till)\s+$", before))


def _bare(match: re.Match[str], scene: Scene) -> Atom | None:
    day = _day_number(match)
    if "loose" in match.groupdict() and _counts_a_thing(match, scene):
        return None
    if day > 31 or day == 0:
        return Atom(*match.span(), "impossible") if match["the"] and day < 50 else None
    step = match.groupdict().get("s") or match.groupdict().get("s2")
    if step:
        base = add_months(scene.today.replace(day=1), STEPS[step])
        found = make(base.year, base.month, day)
        return Atom(*match.span(), "date", found, found) if found else Atom(*match.span(), "impossible")
    found = bare_day(day, scene, past=is_past(scene, match))
    return Atom(*match.span(), "bare", found, found) if found else None


def _relative(match: re.Match[str], scene: Scene) -> Atom | None:
    text = match.group()
    if "tomorrow" in text or "yesterday" in text:
        step = (8 if "week" in text else 2 if "day" in text.replace("yesterday", "") else 1) * (-1 if "yesterday" in text else 1)
    else:
        step = 0
    day = scene.today + timedelta(days=step)
    return Atom(*match.span(), "relative", day, day)


def _or_next(match: re.Match[str], scene: Scene) -> Atom | None:
    """Tomorrow or the day after."""
    first = scene.today + timedelta(days=1)
    return Atom(*match.span(), "choice", first, first, others=(first + timedelta(days=1),))


def _this_or_next(match: re.Match[str], scene: Scene) -> Atom | None:
    """This Thursday or next, Thursday this week or next."""
    weekday = next(index for name, index in EN_WEEKDAYS.items() if (match["wd"] or match["wd2"]).startswith(name[:3]))
    first = monday(scene.today) + timedelta(days=weekday)
    return Atom(*match.span(), "choice", first, first, others=(first + timedelta(days=7),))


def _weekday(match: re.Match[str], scene: Scene) -> Atom | None:
    """Friday, this Friday, next Friday (with the coming one beside it), last Friday, Friday of next week, Friday week, the Friday after next."""
    weekday = next(index for name, index in EN_WEEKDAYS.items() if match["wd"].startswith(name[:3]))
    step, week = match["step"] or "", match["week"] or ""
    near = coming(weekday, scene, past=is_past(scene, match))
    of_week = monday(scene.today) + timedelta(days=weekday)
    if week.endswith("week after"):
        # after this one or after the next: nobody can tell
        first, other = (of_week + timedelta(days=days) for days in (7, 14))
        return Atom(*match.span(), "choice", first, first, others=(other,))
    if week.endswith("after next") or (step == "next" and week == "week"):
        day = of_week + timedelta(days=14)
    elif week in ("week", "fortnight"):
        day = near + timedelta(days=7 if week == "week" else 14)
    elif week:
        day = of_week + timedelta(days=7 * STEPS[week.split()[-2] if " " in week else week])
    elif step in ("next", "following"):
        day = of_week + timedelta(days=7)
        return Atom(*match.span(), "relative", day, day, others=(near,) if near != day else ())
    elif step in ("last", "past", "previous"):
        day = coming(weekday, scene, past=False) - timedelta(days=7)
        day = day - timedelta(days=7) if day == scene.today else day
    elif step == "this":
        day = of_week
    else:
        day = near
    return Atom(*match.span(), "relative" if step or week else "weekday", day, day)


def _week_day(match: re.Match[str], scene: Scene) -> Atom | None:
    """next week on Friday, next week Friday."""
    weekday = next(index for name, index in EN_WEEKDAYS.items() if match["wd"].startswith(name[:3]))
    day = monday(scene.today) + timedelta(days=7 * STEPS[match["step"]] + weekday)
    return Atom(*match.span(), "relative", day, day)


def _month(match: re.Match[str], scene: Scene) -> Atom | None:
    """in July, end of August, mid-June 2026, early next January."""
    month = EN_MONTHS[match["m"]]
    step, part = match["step"], match["part"]
    if match["lead"] == "to" and not re.search(r"\bfrom\b|" + MOVES, clause(scene.text, match.start(), match.end())):
        return None  # I spoke to June
    if not (part or match["lead"] or step or match["y"] or match["ry"]) or (step == "this" and month == 5 and re.match(r"\s+[a-z]", scene.text[match.end() :])):
        return None
    year = year_of(match, scene)
    if year is None:
        now = scene.today.month
        if step == "last":
            year = scene.today.year - (month >= now)
        elif is_past(scene, match):
            year = scene.today.year - (month > now)
        else:
            recent = month < now and scene.today - month_span(scene.today.year, month)[1] <= RECENT and step != "next"
            year = scene.today.year + ((month < now and not recent) or (step == "next" and month == now))
    if part:
        return parted(match, edge(part), month_span(year, month), scene)
    return Atom(match.start("span"), match.end(), "month", *month_span(year, month))


def _holiday(match: re.Match[str], scene: Scene) -> Atom | None:
    name = _HOLIDAY_NAMES[next(key for key, value in match.groupdict().items() if value and re.fullmatch(r"h\d+", key))]
    year = year_of(match, scene)
    past = is_past(scene, match)
    for candidate in [year] if year else [scene.today.year + offset for offset in ((0, -1) if past else (0, 1, 2))]:
        span, day = scene.calendar.holiday_span(name, candidate), scene.calendar.holiday_day(name, candidate)
        if span and day and (year or (day <= scene.today if past else span[1] >= scene.today)):
            return Atom(*match.span(), "holiday", span[0], last_off(span[1], day, scene), day=day)
    return None


def _country_day(match: re.Match[str], scene: Scene) -> Atom | None:
    """A day that only the company's country keeps (Australia Day, King's Birthday), by the longest of its names that the words end with."""
    words = match["own"].split()
    for start in range(len(words) - 1):
        name = "_".join(words[start:])
        begin = match.end("own") - len(match["own"]) + sum(len(word) + 1 for word in words[:start])
        days = [day for offset in (0, 1, 2) if (day := scene.calendar.holiday_day(name, scene.today.year + offset)) and day >= scene.today]
        if days:
            return Atom(begin, match.end(), "date", days[0], days[0])
    return None


def _the_break(match: re.Match[str], scene: Scene) -> Atom | None:
    span = scene.calendar.next_break(scene.today)
    return Atom(*match.span(), "holiday", span[0], last_off(span[1], span[0], scene), day=span[0]) if span else None


_HOLIDAY_NAMES = {f"h{index}": name for index, (_, name) in enumerate(EN_HOLIDAYS)}
_HOLIDAY = "|".join(f"(?P<h{index}>{pattern})" for index, (pattern, _) in enumerate(EN_HOLIDAYS))
_MONTHS_SAID = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_TO = r"\s*(?:-|–|—|to|through|thru|till|until)\s*(?:the\s+)?"
_DAYS = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:,\s*(?P<f>\d{1,2})(?:st|nd|rd|th)?)?\s*(?:/|,?\s*or(?:\s+(?:on\s+)?the)?\s)\s*(?P<e>\d{1,2})(?:st|nd|rd|th)?"
_MODAL = r"(?!(?<=\bmay)\s+(?:be|have|not|need|also|still|take|work|suit|do|go|i|we)\b)"

RULES: tuple[Rule, ...] = tuple(
    rule(needs, pattern, read)
    for needs, pattern, read in (
        (_MONTHS_SAID, rf"\b{MONTH}\.?\s*(?:the\s+)?(?P<d>\d{{1,2}}){_TH}?{_TO}(?P<e>\d{{1,2}}){_TH}?(?![\w:]|[.,]\d){YEAR}", _named_days),
        (_MONTHS_SAID, rf"\bbetween\s+{MONTH}\.?\s*(?P<d>\d{{1,2}}){_TH}?\s+and\s+(?:the\s+)?(?P<e>\d{{1,2}}){_TH}?(?![\w:]){YEAR}", _named_days),
        (
            _MONTHS_SAID,
            rf"{_FREE}(?:(?:from\s+|between\s+)?(?:the\s+)?(?P<d>\d{{1,2}}){_TH}?)(?:{_TO}"
            rf"|(?<=\w)\s+and\s+(?:the\s+)?)(?P<e>\d{{1,2}}){_TH}?\s*(?:of\s+)?{MONTH}{_MODAL}{YEAR}",
            _named_days,
        ),
        (_MONTHS_SAID, rf"\b{MONTH}\.?\s*(?:the\s+)?{_DAYS}(?![\w:/]|[.,]\d){_PIECES}", _either),
        (_MONTHS_SAID, rf"{_FREE}(?:the\s+)?{_DAYS}\s*(?:of\s+)?{MONTH}{_MODAL}", _either),
        (_MONTHS_SAID, rf"{_FREE}(?:(?P<d>\d{{1,2}})(?P<m>{_SHORT})|(?P<m2>{_SHORT}|june|july)(?P<d2>\d{{1,2}}))(?P<y>(?<=[a-z])20\d\d)?(?![\w-])", _joined),
        (
            "mon|tue|wed|thu|fri|sat|sun",
            rf"\b(?P<wd>{FULL_DAY}|wed|sat|sun)\.?,?\s+(?P<d>\d{{1,2}})(?=\s*(?:$|[,;!?)]|\.(?!\d)|(?:pls|please|at|or|and|if|works?|would|is)\b))",
            _numbered_day,
        ),
        (_MONTHS_SAID, rf"\b{MONTH}\.?,?[\s-]*(?:the\s+)?(?:{_SAFE_DAY}|{_WORD}){YEAR}", _named),
        (
            _MONTHS_SAID,
            rf"{_FREE}(?:the\s+)?(?:(?P<d>\d{{1,2}})\s?{_TH}?|{_WORD})(?:\s+day)?[\s-]*(?:of\s+)?{MONTH}\.?{_MODAL}(?:-(?=\d{{4}}\b"
            rf"|\d\d\b(?!\s*(?:of\s+)?(?:{'|'.join(EN_MONTHS)}|{_TH})\b)))?{YEAR}",
            _named,
        ),
        (_MONTHS_SAID, rf"\b(?P<ry>next|last|this)\s+year,?\s+(?:on\s+|in\s+)?{MONTH}\.?\s*(?:the\s+)?(?:{_SAFE_DAY}|{_WORD})(?P<y>(?!))?", _named),
        (
            "",
            rf"{_FREE}(?P<the>the\s+)?(?:(?P<d>\d{{1,2}}){_TH}(?=-?ish\b|\b))(?P<w>(?!))?(?P<loose>(?:\s+(?:of\s+)?(?P<s>this"
            r"|next|last)\s+month|\s+of\s+the\s+month)?)",
            _bare,
        ),
        ("month", rf"\b(?P<the>the\s+)?{_WORD}(?P<d>(?!))?\s+(?:of\s+)?(?P<s>this|next|last|the)\s+month\b", _bare),
        ("month", rf"\b(?P<s2>this|next|last)\s+month,?\s+(?:on\s+)?(?:the\s+)?(?P<d>\d{{1,2}})(?:{_TH}\b|(?!\w))(?P<w>(?!))?(?P<the>(?!))?", _bare),
        (
            "the",
            rf"(?:(?<=\bon )|(?<=\bby )|(?<=\bbefore )|(?<=\bafter )|(?<=\buntil ))(?P<the>the\s+)(?!first|second\b|third\b)"
            rf"{_WORD}(?P<d>(?!))?(?={FOLLOWS.pattern})",
            _bare,
        ),
        (
            "today|tomorrow|yesterday|tonight|this",
            r"\b(?:(?:the\s+)?day\s+after\s+tomorrow|(?:the\s+)?day\s+before\s+yesterday|tomorrow(?:\s+week(?!\s+day)\b)?"
            r"|yesterday|today(?!'s)|tonight|this\s+(?:morning|afternoon|evening))\b",
            _relative,
        ),
        (
            "or next",
            rf"\b(?:this\s+{_DAY}|{_DAY.replace('<wd>', '<wd2>')}\s+this\s+week),?\s+or\s+(?:the\s+)?next(?:\s+(?:week|one))?\b(?!\s+[a-z]+)",
            _this_or_next,
        ),
        ("tomorrow", r"\btomorrow\s+or\s+(?:the\s+)?(?:day\s+after|next\s+day)\b(?!\s+tomorrow)", _or_next),
        (
            "mon|tue|wed|thu|fri|sat|sun",
            rf"(?<!every )(?<!each )\b(?:the\s+)?(?:(?P<step>this\s+coming|coming|this|next|last|previous|past|following)\s+)?{_DAY}"
            r"(?!\.[a-z])(?:,?\s+(?:of\s+|in\s+)?(?P<week>next\s+week|this\s+week|last\s+week|the\s+following\s+week|week|fortnight"
            r"|(?:the\s+week\s+)?after\s+next"
            r"|the\s+week\s+after(?=\s*(?:$|[.,;!?]|please)))\b)?",
            _weekday,
        ),
        ("week", rf"\b(?P<step>next|this|last)\s+week(?:'?s)?,?\s+(?:on\s+)?{_DAY}", _week_day),
        (
            _MONTHS_SAID,
            rf"\b(?:(?P<part>{PART})|(?P<lead>in|during|for|by|before|after|until|till|since|from|through(?:out)?|of|to)\s+)?"
            rf"(?P<span>(?:(?P<step>this|next|last)\s+)?{MONTH}{YEAR})(?!\s*\d{{1,2}}\b)",
            _month,
        ),
        (EN_HOLIDAYS_SAID, rf"\b(?:{_HOLIDAY})(?:\s+(?:holidays?|break|week|festival))?\b{YEAR}", _holiday),
        ("day", r"\b(?P<own>(?:[a-z]+(?:'s?)? ){1,3}(?:birth)?day)\b(?<!today)", _country_day),
        (
            "holiday|weekend",
            r"(?:(?<=\bbefore )|(?<=\bafter )|(?<=\buntil )|(?<=\bonce )|(?<=\bwhen )|(?<=\bas soon as ))(?:the\s+)?(?:(?:public|coming|next"
            r"|upcoming)\s+)?(?:holidays?|long\s+weekend)\b",
            _the_break,
        ),
    )
)
