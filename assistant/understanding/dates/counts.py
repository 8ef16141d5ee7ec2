"""Days counted from today (in 3-5 days, 两三周后, the next working day) and shifts of an agreed day (推迟一周, a week later); no day that has a name."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.text.numbers import parse_number
from assistant.understanding.dates.atoms import Atom, Rule, Scene, clause, is_past, monday, rule, shifted, span_of
from assistant.understanding.dates.table import EN_WEEKDAYS, ZH_WEEKDAYS

ZH_COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十百零俩]{1,5}|半)"
# a month counted is 个月: 三月后 is "after March"
ZH_UNIT = r"(?:个?工作[日天]|天|个?星期|个?礼拜|周|个半月|个月|(?<=半)月|年)"
EN_COUNT = (
    r"(?:\d{1,3}|an?other|one more|half an?|(?:a )?couple(?: of)?|an?|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|(?:twenty|thirty|forty|fifty|sixty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
)
EN_UNIT = r"(?:(?:working|business|work|bus\.?|calendar)[ -]?days?|days?|weeks?|wks?|fortnights?|months?|mos\b|years?|yrs?)\b"
_WEEKDAY = "(?P<wd>monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|weds?|thur?s?|fri|sat|sun)"
_DIGITS = "一二两三四五六七八九"
_ZH_OWED = re.compile(r"(?:付款|账期|结算|回款|质保|保修)\S{0,2}$")
_ZH_TERM = re.compile(r"\S{0,4}?(?:无理由|无条件|退|换货|包换|保修|质保|(?<!交)付|结清|回款|索赔|开票)")
_EN_TERM = re.compile(r"\s+(?:of|from|after)\s+(?:the\s+)?(?:delivery|receipt|receiving|purchase|invoice|arrival|order|shipment|installation|\w+ing)\b")
_EN_OWED = re.compile(r"\b(?:returns?|returned|returnable|refund\w*|pay|payable|paid|payment|warrant\w+|guarantee\w*|expires?|mtbf)\b")
_NO_MORE = re.compile(r"(?:n't|\bnot|\bcannot|\bnever|\bnor)(?:\s+(?!you\b|we\b)\w+){0,3}\s+(?:even\s+)?$")
_ASKED = re.compile(r"\b(?:can|could|need|want|would|may|please|pls|request\w*|ask\w*|give|grant|permit|allow|get|like|require)\b")


def _ends(one: str, other: str | None) -> tuple[str, str] | None:
    """The two counts of "3到5", "两三" and "三五"; None for a single count."""
    if other:
        return one, other
    if len(one) == 2 and all(char in _DIGITS for char in one):
        low, high = (int(parse_number(char) or 0) for char in one)
        return (one[0], one[1]) if high == low + 1 or (low, high) == (3, 5) else None
    return None


def _between(place: tuple[int, int], counts: tuple[str, str], unit: str, *, scene: Scene, back: bool = False, within: bool = False) -> Atom | None:
    """From the lesser to the greater count of units from today; within them, up to the greater."""
    days: list[date] = []
    for count in counts:
        moved = span_of(count, unit)
        day = moved and shifted(scene.today, moved[0], -moved[1] if back else moved[1], scene.calendar)
        if not day:
            return None
        days.append(day)
    first, last = sorted(days)
    if within:
        return Atom(*place, "within", last, last, limit="before", inclusive=True)
    return Atom(*place, "range", first, last) if first < last else None


def _counted_zh(match: re.Match[str], scene: Scene) -> Atom | None:
    """三天后, 5个工作日内, 两周前, 两三天后, 两周后的周三; a term (15天内可退货) is no date."""
    reach = match["r"] or ""
    back, within = "前" in reach, "内" in reach or "里" in reach
    if scene.text[max(0, match.start() - 1) : match.start()] in ("后", "满", "前", "第", "起") or (
        within and (_ZH_TERM.match(scene.text, match.end()) or _ZH_OWED.search(scene.text[max(0, match.start() - 6) : match.start()]))
    ):
        return None
    said = match.groupdict()
    if counts := _ends(match["n"], said.get("n2")):
        return _between(match.span(), counts, match["u"], scene=scene, back=back, within=within)
    moved = span_of(match["n"], match["u"], half=bool(match["half"]))
    if moved is None:
        return None
    unit, count = moved
    day = shifted(scene.today, unit, -count if back else count, scene.calendar)
    if day is None:
        return None
    if within:
        return Atom(*match.span(), "within", day, day, limit="before", inclusive=True)
    if match["wd"]:
        day = monday(day) + timedelta(days=ZH_WEEKDAYS[match["wd"]])
    return Atom(*match.span(), "relative", day, day)


def _passing(match: re.Match[str], scene: Scene) -> Atom | None:
    """过三天; 过两天 is a manner of speaking and no date."""
    moved = span_of(match["n"], match["u"])
    if moved is None or (match["n"] in ("两", "2", "几") and moved == ("days", 2)):
        return None
    day = shifted(scene.today, *moved, scene.calendar)
    return Atom(*match.span(), "relative", day, day) if day else None


def _at_most(match: re.Match[str], scene: Scene) -> Atom | None:
    """最多等10天, 不超过一周 from today; a term (质保不超过一年) is no date."""
    if _ZH_OWED.search(scene.text[max(0, match.start() - 6) : match.start()]) or _ZH_TERM.match(scene.text, match.end()):
        return None
    moved = span_of(match["n"], match["u"])
    day = moved and shifted(scene.today, *moved, scene.calendar)
    return Atom(*match.span(), "within", day, day, limit="before", inclusive=True) if day else None


def _from_today(match: re.Match[str], scene: Scene) -> Atom | None:
    """即日起3天内, 从现在起第10天: the days after today."""
    moved = span_of(match["n"], match["u"])
    day = moved and shifted(scene.today, *moved, scene.calendar)
    if not day:
        return None
    return Atom(*match.span(), "within", day, day, limit="before", inclusive=True) if match["within"] else Atom(*match.span(), "relative", day, day)


def _workday_zh(match: re.Match[str], scene: Scene) -> Atom | None:
    """下一个工作日, 第三个工作日 from today; after something else (付款后第三个工作日) it is another's to count."""
    if re.search(r"(?:[前后的]|每\S{0,2})$", scene.text[max(0, match.start() - 3) : match.start()]):
        return None
    day = shifted(scene.today, "workdays", int(parse_number(match["n"] or "1") or 1), scene.calendar)
    return Atom(*match.span(), "relative", day, day) if day else None


def _shift_zh(match: re.Match[str], scene: Scene) -> Atom | None:
    moved = span_of(match["n"], match["u"], half=bool(match["half"]))
    if moved is None:
        return None
    unit, count = moved
    onward = "再" in scene.text[max(0, match.start() - 1) : match.start() + 1]
    return Atom(*match.span(), "shift", unit=unit, count=-count if match["earlier"] else count, onward=onward)


def _counted_en(match: re.Match[str], scene: Scene) -> Atom | None:
    """in two weeks, in 3-5 days, within 5 working days, 3 days from now, three days ago; a term (within 15 days of delivery) is no date."""
    lead, tail = match["lead"] or "", match["tail"] or ""
    if not lead and not tail:
        return None
    within = lead.startswith(("within", "in the next", "over the next", "no more than", "inside"))
    if (lead and _EN_TERM.match(scene.text, match.end())) or (lead and _EN_OWED.search(clause(scene.text, match.start(), match.end()))):
        return None
    if match["n2"]:
        return _between(match.span(), (match["n"], match["n2"]), match["u"], scene=scene, back=tail == "ago", within=within)
    moved = span_of(match["n"], match["u"])
    if moved is None or (lead == "after" and moved[0] == "months"):
        return None
    unit, count = moved
    start = scene.today + timedelta(days=1) if "tomorrow" in tail else scene.today
    day = shifted(start, unit, -count if tail in ("ago", "back", "earlier") and "in" not in lead else count, scene.calendar)
    if day is None:
        return None
    if within:
        return Atom(*match.span(), "within", day, day, limit="before", inclusive=True)
    return Atom(*match.span(), "relative", day, day)


def _one_or_two(match: re.Match[str], scene: Scene) -> Atom | None:
    """in a day or two, within a week or two."""
    return _between(match.span(), ("a", match["n"]), match["u"], scene=scene, within=match["lead"] == "within")


def _weekday_in(match: re.Match[str], scene: Scene) -> Atom | None:
    """Wednesday in two weeks, in two weeks on Wednesday: the weekday of that week."""
    moved = span_of(match["n"], match["u"])
    day = moved and shifted(scene.today, *moved, scene.calendar)
    if not moved or not day or moved[0] != "days":
        return None
    weekday = next(index for name, index in EN_WEEKDAYS.items() if match["wd"].startswith(name[:3]))
    day = monday(day) + timedelta(days=weekday)
    return Atom(*match.span(), "relative", day, day)


def _workday_en(match: re.Match[str], scene: Scene) -> Atom | None:
    """The next working day; before or after something else it is counted from that."""
    day = shifted(scene.today, "workdays", 1, scene.calendar)
    return Atom(*match.span(), "relative", day, day) if day else None


def _shift_en(match: re.Match[str], scene: Scene) -> Atom | None:
    """push it by 3 days, pull it in a week, 3 days sooner, two more weeks."""
    moved = span_of(match["n"], match["u"])
    said = match.groupdict()
    needy = said.get("verb") in ("make", "have", "get", "hold", "put", "set", "kick", "knock", "roll")
    if not said.get("verb") and moved and moved[1] == 1 and _NO_MORE.search(scene.text[max(0, match.start() - 32) : match.start()]):
        return None  # can't be a day later
    if moved is None or (needy and not (said.get("way") or said.get("tail"))) or is_past(scene, match):
        return None
    way = " ".join(said.get(key) or "" for key in ("verb", "way", "tail"))
    earlier = bool(re.search(r"earl|soon|forward|\bin\b|\bup\b|ahead|advanc|pull|expedit|accelerat", way)) and not re.search(
        r"back|out\b|delay|postpone|later", way
    )
    return Atom(*match.span(), "shift", unit=moved[0], count=-moved[1] if earlier else moved[1])


def _shift_by(match: re.Match[str], scene: Scene) -> Atom | None:
    """later by two weeks, add five days to the delivery date."""
    moved = span_of(match["n"] or match["n2"], match["u"] or match["u2"])
    if moved is None or is_past(scene, match):
        return None
    return Atom(*match.span(), "shift", unit=moved[0], count=moved[1] if match["tail"] in (None, "later") else -moved[1])


def _more(match: re.Match[str], scene: Scene) -> Atom | None:
    """another week, two extra weeks."""
    said = match.groupdict()
    moved = span_of(said.get("n") or match["n2"], said.get("u") or match["u2"])
    return None if moved is None or is_past(scene, match) else Atom(*match.span(), "shift", unit=moved[0], count=moved[1], onward=True)


def _delay(match: re.Match[str], scene: Scene) -> Atom | None:
    """a two week delay, an extension of 5 days: when it is asked for, not when it is complained of."""
    moved = span_of(match["n"], match["u"])
    around = clause(scene.text, match.start(), match.end())
    return None if moved is None or not _ASKED.search(around) else Atom(*match.span(), "shift", unit=moved[0], count=moved[1])


_SHIFT_LATER = (
    r"推迟|推后|延后|延期|延迟|顺延|后延|展期|(?:往|向)后(?:推|延|挪|拖|移|放|靠|顺)?(?:迟|延)?"
    r"|后移|押后|(?:再|多)(?:等|留|缓)|(?:再|多)给(?=我|咱|\d|[一二两三四五六七八九十])|宽限|拖后|拖|再?晚到?|再?迟|缓|延长|延|再?推"
)
_SHIFT_EARLIER = r"提前|提早|再?早到?|(?:往|向)前(?:提|挪|移|赶|推|靠|放)?|前移|前提"
_NOTICE = r"(?!通知|告知|联系|打电话|说|预约)"
_AFTER_BEFORE = r"(?P<r>之后|以后|过后|后|之前|以前|前|之内|以内|内|里)"
_WEEK = r"(?:周|星期|礼拜)"
RULES_ZH: tuple[Rule, ...] = tuple(
    rule(needs, pattern, read)
    for needs, pattern, read in (
        (
            "后|前|内|里",
            rf"(?<![\d.])(?P<n>{ZH_COUNT})\s?(?:(?:到|至|-|~|–|或)\s?(?P<n2>{ZH_COUNT})\s?)?(?P<u>{ZH_UNIT})(?P<half>半)?{_AFTER_BEFORE}"
            rf"的?(?:{_WEEK}(?P<wd>[一二三四五六日天]))?",
            _counted_zh,
        ),
        ("日", rf"(?<![\d.月])(?P<n>{ZH_COUNT})(?P<u>日)(?P<half>(?!))?(?P<r>后|之内|以内|内)(?P<wd>(?!))?", _counted_zh),
        (
            "超过|最多|至多",
            rf"(?:不超过|(?<![内里])(?:最多|至多)(?:只能|可以|能)?(?:再)?(?:等|拖|宽限)(?:到)?)\s?(?P<n>{ZH_COUNT})\s?(?P<u>{ZH_UNIT})(?!的)",
            _at_most,
        ),
        ("过", rf"(?<!超)过\s?(?P<n>{ZH_COUNT})\s?(?P<u>{ZH_UNIT})(?!后|内|以|之)", _passing),
        (
            "起|开始|算",
            rf"(?:从|自)?(?:现在|即日|今天|今日|当日)(?:开始|起|算|算起)+(?:往后)?[,的]?第?(?P<n>{ZH_COUNT})(?P<u>{ZH_UNIT})(?:(?P<within>之?内|以内)|后)?",
            _from_today,
        ),
        ("工作", r"(?:下一?个?|次一?个?|(?:头|首)一?个|最近的?一?个?|第(?P<n>[\d一二两三四五六七八九十]{1,2})个?)\s?工作[日天]", _workday_zh),
        (
            "迟|后|延|期|缓|晚|等|留|给|宽|推|提|早|前|拖",
            rf"(?<![今明昨最])(?:(?P<earlier>{_SHIFT_EARLIER})|(?:{_SHIFT_LATER}))(?:给|让)?(?:我们|我司|我方|咱们?|我)?(?:个|送|交|发|交货|送货|发货|交付|一下)?"
            rf"\s?(?P<n>{ZH_COUNT})\s?(?P<u>{ZH_UNIT}|日)(?P<half>半)?{_NOTICE}(?!(?:都|也)\s?(?:不|没|来不及))",
            _shift_zh,
        ),
    )
)

_UNITS = "day|week|wk|fortnight|month|mos|year|yr"
_MOVE = (
    r"(?P<verb>push(?:ing)?|hold|mov(?:e|ing)|delay(?:ing)?|postpon(?:e|ing)|defer|put|bring(?:ing)?|set|bump|kick|knock|nudge|roll"
    r"|pull(?:ing)?|shift|slide|slip|extend|advance|expedite|reschedule|make|have|get)"
)
_THING = r"(?:it|that|this|them|everything|(?:the|our|my)\s+\w+(?:\s+date)?|(?:the\s+)?delivery(?:\s+date)?|order\s+#?\w+|#?\d{4,})"
_N2 = rf"(?P<n>{EN_COUNT})(?:\s*(?:-|–|~|to|or)\s*(?P<n2>{EN_COUNT}))?"
RULES_EN: tuple[Rule, ...] = tuple(
    rule(needs, pattern, read)
    for needs, pattern, read in (
        (
            _UNITS,
            rf"\b(?:(?P<lead>in the next|over the next|within(?: the next)?|inside(?: of)?|no more than"
            rf"|in(?: about| around)?|after)\s+)?{_N2}[\s-]?(?P<u>{EN_UNIT})(?:'s?)?(?:\s+time)?"
            r"(?:\s+(?P<tail>(?:out\s+)?from now|(?:out\s+)?from today|from tomorrow|hence|ago|today|tomorrow|back|out(?!\s+of)|down\s+the\s+(?:road|line"
            r"|track))\b)?",
            _counted_en,
        ),
        ("or two|or three|or so", rf"\b(?P<lead>in|within)\s+(?:a|one)\s+(?P<u>{EN_UNIT})\s+or\s+(?P<n>two|three|so)\b", _one_or_two),
        (
            "week|wk",
            rf"\b(?:on\s+|the\s+)?{_WEEKDAY},?\s+(?:in\s+(?P<n>{EN_COUNT})\s+(?P<u>weeks?|wks?)\b(?:'s?)?(?:\s+time)?(?:\s+from\s+(?:now|today))?)",
            _weekday_in,
        ),
        ("week|wk", rf"\b(?:the\s+)?{_WEEKDAY},?\s+(?P<n>{EN_COUNT})\s+(?P<u>weeks?|wks?)\s+from\s+(?:now|today)\b", _weekday_in),
        ("week|wk", rf"\bin\s+(?P<n>{EN_COUNT})\s+(?P<u>weeks?|wks?)\b(?:'s?)?(?:\s+time)?,?\s+on\s+(?:a\s+|the\s+)?{_WEEKDAY}\b", _weekday_in),
        (
            "day",
            r"\b(?:the\s+)?(?:very\s+)?(?:next|following)\s+(?:available\s+)?(?:working|business|work)[\s-]?day\b(?!\s+(?:of|in|after|before|following)\b)",
            _workday_en,
        ),
        (
            _UNITS,
            rf"\b{_MOVE}(?:\s+{_THING})?(?:\s+(?P<way>back|out|forward|up|in|ahead|off))?(?:\s+{_THING})?(?:\s+(?:by|for))?\s+(?:about\s+)?(?P<n>{EN_COUNT})[\s-]+(?:more\s+)?(?P<u>{EN_UNIT})"
            r"(?:\s+(?P<tail>earlier|later|sooner|forward|back|ahead|out|up)\b)?(?!\s+(?:from|after|before|ago|delay|extension)\b)",
            _shift_en,
        ),
        (
            " by ",
            rf"\b{_MOVE}(?:\s+(?!to\b|until\b|by\b)[\w#'-]+){{1,7}}?(?:\s+(?P<way>back|out|forward|up|in|ahead))?\s+by\s+(?:about\s+)?(?P<n>{EN_COUNT})[\s-]+(?:more\s+)?(?P<u>{EN_UNIT})"
            r"(?:\s+(?P<tail>earlier|later|sooner|forward|back|ahead|out)\b)?(?!\s+(?:from|after|before|ago)\b)",
            _shift_en,
        ),
        (
            "earlier|later|sooner|ahead",
            rf"\b(?P<n>{EN_COUNT})[\s-]+(?:more\s+)?(?P<u>{EN_UNIT})\s+(?P<tail>earlier|later|sooner|ahead(?=\s+of\s+(?:schedule|plan|time)))\b",
            _shift_en,
        ),
        (
            "earlier|later|sooner|add",
            rf"\b(?:(?P<tail>earlier|later|sooner)\s+by\s+(?P<n>{EN_COUNT})\s+(?P<u>{EN_UNIT})(?!\s+(?:than|from)\s+\d)"
            rf"|add(?:ing)?\s+(?P<n2>{EN_COUNT})\s+(?P<u2>{EN_UNIT})\s+(?:on\s*)?to\s+(?:the|our|my|that|its)\s+(?:\w+\s+)?(?:date|delivery|schedule|deadline|eta))\b",
            _shift_by,
        ),
        (
            "more|extra|additional",
            rf"\b(?:an?other\s+)?(?P<n>{EN_COUNT})\s+(?:more|extra|additional)\s+(?P<u>{EN_UNIT})(?!\s+(?:of|warranty|guarantee)\b)",
            _more,
        ),
        ("another", rf"\banother\s+(?P<n>{EN_COUNT})\s+(?P<u>{EN_UNIT})|\b(?P<n2>another)\s+(?!days?\b)(?P<u2>{EN_UNIT})", _more),
        (
            "delay|extension|postpone|deferral|push|slip|grace|leeway|reprieve",
            rf"\b(?P<n>{EN_COUNT})[\s-](?P<u>{EN_UNIT})(?:'s?)?\s+(?:delay|extension|postponement|deferral|push[- ]?back|slip|(?:of\s+)?grace(?:\s+period)?"
            rf"|(?:of\s+)?leeway|reprieve)\b",
            _delay,
        ),
        (
            "delay|extension|postpone|deferral|grace",
            rf"\b(?:delay|extension|postponement|deferral|grace(?:\s+period)?)\s+(?:of|by|for)\s+(?P<n>{EN_COUNT})\s+(?P<u>{EN_UNIT})",
            _delay,
        ),
    )
)
