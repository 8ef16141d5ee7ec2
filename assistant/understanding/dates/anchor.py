"""Days counted from another day: the first working day after, two weeks from, the last Friday of, 后三天, the week of; no limits and no ranges."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from assistant.text.numbers import parse_number
from assistant.understanding.dates.atoms import Atom, Scene, monday, shifted, span_of
from assistant.understanding.dates.counts import EN_COUNT, EN_UNIT, ZH_COUNT, ZH_UNIT
from assistant.understanding.dates.table import EN_ORDINALS, EN_WEEKDAYS, ZH_WEEKDAYS

_ZH_WORKDAY = re.compile(
    r"(?:节|小?长?假期?|放假|黄金周)?(?:结束|放完假?|过完|休完假?)?(?:之|以|过)?(?P<r>后|前)的?(?P<back>(?:(?:正式|恢复)?(?:上班|开工|复工|开业)的?))?(?:(?:第(?P<n>[\d一二两三四五六七八九十]{1,2})个?)"
    r"|(?P<first>首个?|头一个?)|(?P<last>最后一?个?)|(?P<k>[\d一二两三四五六七八九十]{1,2})个)(?:(?:工作|上班)[日天]|(?P<plain>天|日)"
    r"|(?:周|星期|礼拜)(?P<d>[一二三四五六日天]))|(?:节|假期|放假|长假|假|结束)?(?:之|以|过)?(?P<then>后|前(?=的|那))的?(?:那个|那?周的?)?(?:周|星期|礼拜)(?P<e>[一二三四五六日天])"
)
_ZH_BACK = re.compile(
    r"(?:节|小?长?假期?|放假|黄金周)?(?:结束|放完假?|过完|休完假?|回来)?(?:之?后|以后|过后)?的?(?:收假|(?:恢复|正式)?(?:开工|复工|上班|开业))(?:之?后|以后)?的?(?:第一天|头一天|首日|当天|那天)"
)
_ZH_NTH = re.compile(
    r"的?(?:第(?P<n>[\d一二两三四五])个?|(?P<last>最后一?个?)|(?P<first>首个|头一个))(?:(?P<work>(?:工作|上班)[日天])"
    r"|(?P<plain>天|日)|(?:周|星期|礼拜)(?P<d>[一二三四五六日天]))"
)
_ZH_LAST = re.compile(r"的?(?:那个)?最后一?个?(?:工作|上班)[日天]")
_ZH_OFFSET = re.compile(rf"的?(?:之|以|过)?(?P<r>后|前)的?(?P<n>{ZH_COUNT})(?P<u>{ZH_UNIT})(?P<within>之?内|以内)?")
_ZH_NEXT = re.compile(r"的?(?:第二天|次日|隔天)")
_ZH_SINCE = re.compile(
    rf"(?:当天)?(?:(?:开始|起)(?:往后)?(?:算|数|计算?)?起?|(?:往后)?(?:算|数)起?|往后(?:算|数)?),?(?:的?第)?\s?(?P<n>{ZH_COUNT})\s?(?P<u>{ZH_UNIT})(?P<within>之?内|以内)?(?:后|之后)?"
)
_ZH_THAT_WEEK = re.compile(r"(?:那|当|那一|所在的?|这)(?:一?周|个?星期)")
_ORDINAL = r"(?P<n>first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|next|last|final|very first)"
_BREAK = re.compile(r"(?:holidays?|break|week|假期?|节)$")
_EN_WORKDAY = re.compile(
    rf"\b(?:the\s+)?{_ORDINAL}\s+(?P<work>(?:working|business|work)[\s-]?)?day\s+(?:back\s+)?(?P<r>of|in|after|before|following|prior to|once|when"
    rf"|as soon as)\s+(?:the\s+)?$"
)
_EN_NTH = re.compile(
    rf"\b(?:the\s+)?(?:{_ORDINAL}\s+)?(?P<d>monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    rf"|mon|tue|wed|thu|fri|sat|sun)\s+(?P<r>of|in|after|before|following)\s+(?:the\s+)?$"
)
_EN_OFFSET = re.compile(
    rf"(?<!not a single )(?<!not one single )\b(?!(?:(?<=not )|(?<=never )|(?<=not even ))(?:an?|one)\b)(?:(?P<n>{EN_COUNT}|the)\s+(?P<u>{EN_UNIT})"
    r"|(?<!any )(?<!every )(?<!each )(?<!not a )(?<!not one )(?<!single )(?P<day>day(?!\s+(?:from|on)\b)|(?:week|fortnight)(?=\s+from\b)))\s+"
    r"(?P<r>from|after|before|on|following|prior to|ahead of)\s+(?:the\s+)?$"
)
_DENIED = re.compile(r"(?:\bnot|n't|\bnever|\bcannot)(?:\s+(?!you\b|we\b)[a-z]+){0,2}\s+(?:even\s+)?$")
_EN_WEEK_OF = re.compile(r"\b(?:the\s+)?(?:week\s+(?:of|commencing|beginning|starting|ending)|w/c|w/e)\s+(?:the\s+|on\s+)?$")
_EN_SLICE = re.compile(rf"\b(?:the\s+)?{_ORDINAL}\s+(?P<what>week|half)\s+(?:of|in)\s+(?:the\s+)?$")
_ZH_SLICE = re.compile(r"的?(?:第(?P<n>[\d一二三四五])个?|(?P<last>最后一?个?)|(?P<first>首))(?:周|星期|礼拜)(?![一二三四五六日天1-7])")
_NUMBERS = {**EN_ORDINALS, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "next": 1, "very first": 1}


def anchor(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """Days counted from another: first working day after, two weeks from, last Friday of, 后三天, 前最后一个工作日, the week of."""
    done: list[Atom] = []
    for atom in atoms:
        new = (_anchored_zh(atom, scene) or _anchored_en(atom, scene)) if atom.dated and not atom.limit else None
        if new is None:
            done.append(atom)
            continue
        while done and done[-1].end > new.start:
            done.pop()
        done.append(new)
    return [
        atom for index, atom in enumerate(done) if not any(other.start <= atom.start and atom.end <= other.end and other is not atom for other in done[:index])
    ]


def _anchored_zh(atom: Atom, scene: Scene) -> Atom | None:
    text, first, last = scene.text, atom.first or atom.at, atom.last or atom.at
    day: date | None = None
    if match := _ZH_WORKDAY.match(text, atom.end):
        count = int(parse_number(match["n"] or match["k"] or "1") or 1)
        if weekday := match["d"] or match["e"]:
            day = _weekdays_off((first, last), ZH_WEEKDAYS[weekday], -count if "前" in (match["r"], match["then"]) else count)
            return Atom(atom.start, match.end(), "date", day, day)
        unit = "days" if match["plain"] and not match["back"] else "workdays"
        start = _back(last, scene) if unit == "days" and atom.form == "holiday" else last
        day = shifted(start, unit, count, scene.calendar) if match["r"] == "后" else shifted(first, unit, -count, scene.calendar)
    elif atom.form == "holiday" and (match := _ZH_BACK.match(text, atom.end)):
        day = shifted(last, "workdays", 1, scene.calendar)
    elif first == last and atom.form == "date" and (match := _ZH_LAST.match(text, atom.end)):
        day = last if scene.calendar.is_workday(last) else scene.calendar.add_workdays(last, -1)
    elif atom.form == "month" and (match := _ZH_SLICE.match(text, atom.end)):
        return _slice(atom, -1 if match["last"] else int(parse_number(match["n"] or "1") or 1), (atom.start, match.end()))
    elif first != last and (match := _ZH_NTH.match(text, atom.end)):
        count = -1 if match["last"] else 1 if match["first"] else int(parse_number(match["n"]) or 1)
        day = _nth((first, last), count, scene, kind="work" if match["work"] else "day" if match["plain"] else ZH_WEEKDAYS[match["d"]])
    elif match := _ZH_OFFSET.match(text, atom.end):
        moved = span_of(match["n"], match["u"])
        if moved is None:
            return None
        after = match["r"] == "后"
        day = shifted(last, *moved, scene.calendar) if after else shifted(first, moved[0], -moved[1], scene.calendar)
        if day and match["within"]:
            near = last + timedelta(days=1) if after else first - timedelta(days=1)
            return Atom(atom.start, match.end(), "range", min(near, day), max(near, day))
    elif match := _ZH_NEXT.match(text, atom.end):
        day = (atom.at if atom.form == "holiday" else last) + timedelta(days=1)
    elif first == last and (match := _ZH_SINCE.match(text, atom.end)):
        moved = span_of(match["n"], match["u"])
        day = moved and shifted(last, *moved, scene.calendar)
        if day and match["within"]:
            return Atom(atom.start, match.end(), "within", day, day, limit="before", inclusive=True)
    elif match := _ZH_THAT_WEEK.match(text, atom.end):
        return Atom(atom.start, match.end(), "week", monday(atom.at), monday(atom.at) + timedelta(days=6))
    return Atom(atom.start, match.end(), "date", day, day) if match and day else None


def _anchored_en(atom: Atom, scene: Scene) -> Atom | None:
    before, first, last = scene.text[max(0, atom.start - 60) : atom.start], atom.first or atom.at, atom.last or atom.at
    offset = max(0, atom.start - 60)
    day: date | None = None
    if atom.form == "month" and (match := _EN_SLICE.search(before)):
        return _slice(atom, _NUMBERS.get(match["n"], -1), (offset + match.start(), atom.end), half=match["what"] == "half")
    if match := _EN_WORKDAY.search(before):
        count = _NUMBERS.get(match["n"], -1)
        if match["r"] in ("of", "in"):
            day = _nth((first, last), count, scene, kind="work" if match["work"] else "day")
        else:
            unit = "workdays" if match["work"] else "days"
            day = (
                shifted(last, unit, abs(count), scene.calendar)
                if match["r"] not in ("before", "prior to")
                else shifted(first, unit, -abs(count), scene.calendar)
            )
    elif match := _EN_NTH.search(before):
        day = _nth_weekday(match, atom, scene)
    elif (match := _EN_OFFSET.search(before)) and (match["r"] != "on" or re.search("week|night", match["u"] or "")):
        the = match["n"] in ("the", None)
        if _DENIED.search(scene.text[max(0, offset + match.start() - 24) : offset + match.start()]) and match["r"] in ("before", "prior to", "ahead of"):
            return None  # can't unload a day before the 22nd
        moved = span_of("a" if the else match["n"], match["u"] or match["day"])
        if moved is None or (the and moved[0] == "months"):
            return None
        if match["n"] == "the" and moved[1] == 7:
            start = monday(last if match["r"] == "after" else first) + timedelta(days=7 if match["r"] == "after" else -7)
            return Atom(offset + match.start(), atom.end, "week", start, start + timedelta(days=6))
        back = match["r"] in ("before", "prior to", "ahead of")
        start = _back(last, scene) if the and atom.form == "holiday" and _BREAK.search(scene.text, atom.start, atom.end) else last
        day = shifted(first, moved[0], -moved[1], scene.calendar) if back else shifted(start, *moved, scene.calendar)
    elif first == last and (match := _EN_WEEK_OF.search(before)):
        return Atom(offset + match.start(), atom.end, "week", monday(atom.at), monday(atom.at) + timedelta(days=6))
    return Atom(offset + match.start(), atom.end, "date", day, day) if match and day else None


def _back(last: date, scene: Scene) -> date:
    """The last day of a break with the weekend that joins it: the day after it is the first day back."""
    following = shifted(last, "workdays", 1, scene.calendar)
    return following - timedelta(days=1) if following else last


def _slice(month: Atom, count: int, place: tuple[int, int], *, half: bool = False) -> Atom | None:
    """The n-th seven days (the last seven for a negative n) or the first or second half of a month."""
    first, last = month.at, month.last or month.at
    if half:
        middle = first.replace(day=15)
        return Atom(*place, "span", first, middle) if count == 1 else Atom(*place, "span", middle + timedelta(days=1), last)
    begin = first + timedelta(days=7 * (count - 1)) if count > 0 else last - timedelta(days=6)
    return Atom(*place, "span", begin, min(begin + timedelta(days=6), last)) if begin <= last else None


def _nth_weekday(match: re.Match[str], atom: Atom, scene: Scene) -> date | None:
    weekday = EN_WEEKDAYS[match["d"]]
    first, last = atom.first or atom.at, atom.last or atom.at
    if match["r"] in ("of", "in"):
        return _nth((first, last), _NUMBERS.get(match["n"], -1), scene, kind=weekday) if match["n"] and first != last else None
    return _weekdays_off((first, last), weekday, -1 if match["r"] == "before" else 1)


def _weekdays_off(span: tuple[date, date], weekday: int, count: int) -> date:
    """The n-th such weekday after a span, or before it for a negative n."""
    first, last = span
    if count < 0:
        return first - timedelta(days=(first.weekday() - weekday - 1) % 7 + 1 + 7 * (-count - 1))
    return last + timedelta(days=(weekday - last.weekday() - 1) % 7 + 1 + 7 * (count - 1))


def _nth(span: tuple[date, date], count: int, scene: Scene, *, kind: int | Literal["work", "day"]) -> date | None:
    """The n-th (negative: from the end) working day, day or weekday (0 = Monday) inside a span."""
    first, last = span
    if (last - first).days > 400:
        return None
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if kind != "day":
        days = [day for day in days if (scene.calendar.is_workday(day) if kind == "work" else day.weekday() == kind)]
    index = count if count < 0 else count - 1
    return days[index] if -len(days) <= index < len(days) else None
