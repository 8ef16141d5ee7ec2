"""Chinese date expressions, one rule each, over simplified text; what stands around an expression is read elsewhere."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.text.numbers import parse_zh
from assistant.understanding.dates.atoms import (
    RECENT,
    Atom,
    Rule,
    Scene,
    add_months,
    bare_day,
    coming,
    full_year,
    is_past,
    iso_week,
    last_off,
    make,
    monday,
    month_end,
    month_span,
    nearest,
    part_of,
    rule,
)
from assistant.understanding.dates.table import ZH_HOLIDAYS, ZH_RELATIVE, ZH_STEPS, ZH_WEEKDAYS, ZH_YEARS

_ONE = "[一二三四五六七八九]"
_N = rf"(?:\d{{1,2}}|{_ONE}?十{_ONE}?|廿{_ONE}?|卅一?|[二三][零〇]|{_ONE}(?!{_ONE}))"
_STEP = r"(?:上上|下下下|下下|再下|大下|上|下一|下|本|这一|这|当|次)"
_WEEK = r"(?:周|星期|礼拜)"
# after 一 what makes it a number or a word of its own: 下周一共, 周一批
WEEKDAY = r"(?:一(?!共|直|定|些|样|边|两|次|批|并|个|同|切)|[二三四五六日七]|天(?!气|然)|[1-7](?![\d.:个台件套只条米箱号点%a-z/-]))"
# 下周一起 followed by these is "from Monday on"; otherwise it is "together next week"
_FROM_THEN = re.compile(r"$|[,，。;；!！?？\s]|都|可|能|收|开始|就|均|每|才|正常|安排|生效|执行|恢复|往后|以后|到")
_YEAR = r"(?P<y>(?<!\d)(?:\d{4}\s?年|(?:19|20)\d\d|\d{2}年)|[零〇一二三四五六七八九]{4}年|今年|本年|明年|来年|后年|去年|前年)"
# nouns a number with 号 names instead of a day, and what stands before a house number
_NOUN = (
    r"(?!泵|机|线|楼|仓|库|门|车|厂|店|柜|桌|位|院|栋|室|井|罐|阀|箱|轴|电|产线|生产|设备|炉|站"
    r"|路|街|道|巷|弄|塔|池|管|油|钢|选|方案|配件|零件|客服|员|公路|码|型|订单|单|地块|工地|地铁|桩|模|螺|孔|口|样|缸|吊|板|料|区|批次|扳手|刀|轮|齿|钻|卡|接头|法兰|皮带|密封)"
)
_SIGN = r"(?<![\d月路街道巷弄里村镇第编型单账大小#./\-a-z])"
_PARTS = {
    "底": "end", "末": "end", "初": "start", "中": "mid", "上旬": "start", "中旬": "mid", "下旬": "late", "上半月": "first half", "下半月": "second half",
    "中下旬": "mid to late", "上中旬": "start to mid", "内": "all",
}  # fmt: skip
_PART = r"(?:上中旬|中下旬|上旬|中旬|下旬|上半月|下半月|底|末|初|中(?!旬|秋|午))"
_MONTH = rf"(?P<m>{_N}|元)"
# what makes a holiday's name the name of a place
_PLACE = r"(?!(?:东|西|南|北|中)?(?:路|街|大道|道|巷|村|镇|乡|厂|公司|店|小区|花园|里|桥|广场|大厦))"
# 国庆长假后 counts from the holiday, 国庆假期 alone is its days
_NEAR = re.compile(r"(?:结束)?(?:以|之|过)?[前后]|一?(?:结束|过|放完|休完|收)|开工|复工")
# what makes a year the year of a product or a paper: 2026年新版目录
_PAPER = r"(?!新|款|版|型|产|度|的?(?:目录|价格|报价|产品|样本|型号))"
_TAIL = r"(?![\d.:个台件套只条箱吨米天年元块%点倍折份次]|\s?[a-z])"


def _number(text: str) -> int:
    value = 1 if text == "元" else int(text) if text.isdigit() else parse_zh(text)
    return int(value) if value is not None else 0


def _year(text: str | None, scene: Scene) -> int | None:
    if not text:
        return None
    if text in ZH_YEARS:
        return scene.today.year + ZH_YEARS[text]
    return full_year(_number(text.rstrip("年 ")))


def _on(match: re.Match[str], day: date | None, scene: Scene) -> Atom:
    del scene
    return Atom(*match.span(), "date", day, day) if day else Atom(*match.span(), "impossible")


def _month_day(match: re.Match[str], scene: Scene) -> Atom | None:
    month, day = _number(match["m"]), _number(match["d"])
    year = _year(match["y"], scene)
    if not match["mark"] and (month > 12 or not 1 <= day <= 31):
        return None
    found = make(year, month, day) if year else nearest(month, day, scene, past=is_past(scene, match))
    return _on(match, found, scene)


def _month_days(match: re.Match[str], scene: Scene) -> Atom | None:
    """6月8-12日, 8号到12号 within one month; days without a month are the nearest."""
    one, two = _number(match["d"]), _number(match["e"])
    said = match.groupdict()
    if not said.get("m"):
        first = bare_day(one, scene, past=is_past(scene, match)) if 1 <= one <= 31 else None
    else:
        year, month = _year(said["y"], scene), _number(said["m"])
        first = make(year, month, one) if year else nearest(month, one, scene, past=is_past(scene, match))
    if first is None:
        return Atom(*match.span(), "impossible")
    last = make(first.year, first.month, two)
    if last is None:
        return Atom(*match.span(), "impossible")
    if last <= first:
        return None
    return Atom(*match.span(), "range", first, last)


def _bare(match: re.Match[str], scene: Scene) -> Atom | None:
    day = _number(match["d"])
    if day == 0:
        return None
    if day > 31:
        before, after = scene.text[: match.start()], scene.text[match.end() :]
        plausible = re.search(r"(?:^|[到成为在是于改送,，。\s])$", before) and re.match(r"$|[,，。.!！?？\s吧行可送到前后发交]", after)
        return Atom(*match.span(), "impossible") if plausible and day < 100 else None
    found = bare_day(day, scene, past=is_past(scene, match))
    return Atom(*match.span(), "bare", found, found) if found else None


def _step_month(match: re.Match[str], scene: Scene) -> Atom | None:
    base = add_months(scene.today.replace(day=1), ZH_STEPS[match["s"]])
    if day := match["d"] or match["bare"]:
        return _on(match, make(base.year, base.month, _number(day)), scene)
    if not match["part"]:
        return Atom(*match.span(), "month", base, month_end(base))
    first, last, form = part_of(base, month_end(base), _PARTS[match["part"]])
    return Atom(*match.span(), form, first, last)


def _month(match: re.Match[str], scene: Scene) -> Atom | None:
    """七月份, 8月底, 明年3月; a month without a year is this one or the next such."""
    month = _number(match["m"])
    if not 1 <= month <= 12:
        return None
    year = _year(match["y"], scene)
    if year is None:
        past = is_past(scene, match)
        now = scene.today.month
        recent = month < now and scene.today - month_span(scene.today.year, month)[1] <= RECENT
        year = scene.today.year + (month < now and not past and not recent) - (month > now and past)
    if not 1 < year < 9999:
        return None
    first, last = month_span(year, month)
    if not match["part"]:
        return Atom(*match.span(), "month", first, last)
    begin, end, form = part_of(first, last, _PARTS[match["part"]])
    return Atom(*match.span(), form, begin, end)


def _this_month(match: re.Match[str], scene: Scene) -> Atom | None:
    said = (match["part"] or match["tens"]).replace("个", "")
    first, last, form = part_of(scene.today.replace(day=1), month_end(scene.today), _PARTS[said])
    return Atom(*match.span(), form, first, last)


def _year_span(match: re.Match[str], scene: Scene) -> Atom | None:
    year = _year(match["y"], scene) if match["y"] else scene.today.year
    if year is None or not 1900 < year < 2200:
        return None
    match match.groupdict().get("part"):
        case "底" | "末":
            return Atom(*match.span(), "end", date(year, 12, 31), date(year, 12, 31))
        case "初":
            return Atom(*match.span(), "span", date(year, 1, 1), date(year, 1, 31))
        case "中":
            return Atom(*match.span(), "span", date(year, 6, 1), date(year, 7, 31))
    return Atom(*match.span(), "year", date(year, 1, 1), date(year, 12, 31)) if match["y"] or match["part"] == "内" else None


def _quarter(match: re.Match[str], scene: Scene) -> Atom | None:
    part = match["part"] or match["edge"]
    if not (match["s"] or match["q"] or match["y"] or part):
        return None
    quarter = (scene.today.month - 1) // 3 + (ZH_STEPS[match["s"]] if match["s"] else 0)
    year = _year(match["y"], scene) or scene.today.year
    if match["q"]:
        quarter = _number(match["q"]) - 1
        year += not match["y"] and quarter < (scene.today.month - 1) // 3 and not is_past(scene, match)
    first = add_months(date(year, 1, 1), 3 * quarter)
    last = month_end(add_months(first, 2))
    if part and part != "初":
        return Atom(*match.span(), "end", last, last)
    return Atom(*match.span(), "span", first, month_end(first) if part else last)


def _week(match: re.Match[str], scene: Scene) -> Atom | None:
    first = monday(scene.today) + timedelta(days=7 * ZH_STEPS[match["s"]])
    if match["end"]:
        return Atom(*match.span(), "span", first + timedelta(days=5), first + timedelta(days=6))
    if match["part"]:
        begin, end, form = part_of(first, first + timedelta(days=6), _PARTS[match["part"]])
        return Atom(*match.span(), form, begin, end)
    if match["d"] == "一" and _together(scene.text, match):
        return Atom(match.start(), match.start("d"), "week", first, first + timedelta(days=6))
    if match["d"]:
        day = first + timedelta(days=ZH_WEEKDAYS[match["d"]])
        return Atom(*match.span(), "relative", day, day)
    return Atom(*match.span(), "week", first, first + timedelta(days=6))


def _together(text: str, match: re.Match[str]) -> bool:
    """下周一起发货 is next week, all at once; 从下周一起 and 下周一起可以 are Monday and after."""
    after = text[match.end() : match.end() + 4]
    return after.startswith("起") and text[match.start() - 1 : match.start()] not in ("从", "自", "打") and not _FROM_THEN.match(after[1:])


def _weekdays(match: re.Match[str], scene: Scene) -> Atom | None:
    """下周三四, 下周三或四, 周四、五: to be asked; 下周三到五: a range."""
    named = [ZH_WEEKDAYS[match[name]] for name in ("d", "e", "f") if match[name]]
    if not match["sep"] and named[1] != named[0] + 1:
        return None
    if match["s"]:
        start = monday(scene.today) + timedelta(days=7 * ZH_STEPS[match["s"]])
        days = [start + timedelta(days=weekday) for weekday in named]
    else:
        first = coming(named[0], scene, past=is_past(scene, match))
        days = [first + timedelta(days=(weekday - named[0]) % 7) for weekday in named]
    if days != sorted(set(days)):
        return None
    if match["sep"] and match["sep"] in "到至-~":
        return Atom(*match.span(), "range", days[0], days[-1])
    return Atom(*match.span(), "choice", days[0], days[0], others=tuple(days[1:]))


def _numbered_week(match: re.Match[str], scene: Scene) -> Atom | None:
    """第25周: the week of that ISO number, this year's or, when it is long past, next year's."""
    span = iso_week(int(match["n"]), scene, year=_year(match["y"], scene))
    return Atom(*match.span(), "week", *span) if span else None


def _this_week(match: re.Match[str], scene: Scene) -> Atom | None:
    """周初, 周中: this week's, or next week's when it has passed."""
    first = monday(scene.today)
    begin, end, form = part_of(first, first + timedelta(days=6), _PARTS[match["part"]])
    ahead = timedelta(days=7 if end < scene.today else 0)
    return Atom(*match.span(), form, begin + ahead, end + ahead)


def _weekend(match: re.Match[str], scene: Scene) -> Atom | None:
    first = monday(scene.today) + timedelta(days=5)
    return Atom(*match.span(), "span", first, first + timedelta(days=1))


def _weekday(match: re.Match[str], scene: Scene) -> Atom | None:
    day = coming(ZH_WEEKDAYS[match["d"]], scene, past=is_past(scene, match))
    return Atom(*match.span(), "weekday", day, day)


def _relative(match: re.Match[str], scene: Scene) -> Atom | None:
    day = scene.today + timedelta(days=ZH_RELATIVE[match.group()])
    return Atom(*match.span(), "relative", day, day)


def _holiday(match: re.Match[str], scene: Scene) -> Atom | None:
    name = next(name for pattern, name in _HOLIDAY_NAMES if pattern.match(scene.text, match.start("h")))
    year = _year(match["y"], scene)
    past = is_past(scene, match)
    years = [year] if year else [scene.today.year + offset for offset in ((0, -1) if past else (0, 1, 2))]
    for candidate in years:
        span, day = scene.calendar.holiday_span(name, candidate), scene.calendar.holiday_day(name, candidate)
        if span and day and (year or (day <= scene.today if past else span[1] >= scene.today)):
            if match["whole"] and span[0] < span[1] and not _NEAR.match(scene.text, match.end()):
                return Atom(*match.span(), "span", *span)
            return Atom(*match.span(), "holiday", span[0], last_off(span[1], day, scene), day=day)
    return None


def _the_break(match: re.Match[str], scene: Scene) -> Atom | None:
    span = scene.calendar.next_break(scene.today)
    return Atom(*match.span(), "holiday", span[0], last_off(span[1], span[0], scene), day=span[0]) if span else None


_HOLIDAY_NAMES = tuple((re.compile(pattern), name) for pattern, name in ZH_HOLIDAYS)
_HOLIDAY = "(?P<h>" + "|".join(pattern for pattern, _ in ZH_HOLIDAYS) + ")"


def _either(match: re.Match[str], scene: Scene) -> Atom | None:
    """15、16号, 6月15或16号."""
    month, days = match["m"], (_number(match["d"]), _number(match["e"]))
    if month:
        found = [nearest(_number(month), day, scene, past=is_past(scene, match)) for day in days]
    else:
        found = [bare_day(day, scene, past=is_past(scene, match)) for day in days if 1 <= day <= 31]
    first, other = (found + [None, None])[:2]
    return Atom(*match.span(), "choice", first, first, others=(other,)) if first and other and first != other else None


def _pair(match: re.Match[str], scene: Scene) -> Atom | None:
    """五六号, 七月十五六号: two days running."""
    low, high = (_number((match["tens"] or "") + match[name]) for name in ("d", "e"))
    if high != low + 1:
        return None
    past = is_past(scene, match)
    first = nearest(_number(match["m"]), low, scene, past=past) if match["m"] else bare_day(low, scene, past=past)
    other = first and make(first.year, first.month, high)
    return Atom(*match.span(), "choice", first, first, others=(other,)) if first and other else None


def _two_days(match: re.Match[str], scene: Scene) -> Atom | None:
    """明后天, 今明两天."""
    first = scene.today + timedelta(days=match.group()[0] == "明")
    return Atom(*match.span(), "choice", first, first, others=(first + timedelta(days=1),))


def _half_year(match: re.Match[str], scene: Scene) -> Atom | None:
    year = _year(match["y"], scene) or scene.today.year
    return (
        Atom(*match.span(), "span", date(year, 1, 1), date(year, 6, 30))
        if match["h"] == "上"
        else Atom(*match.span(), "span", date(year, 7, 1), date(year, 12, 31))
    )


_WEEKS = "周|星期|礼拜"
_TO = r"\s?(?:[-~–—到至]|——)\s?"
_DATED = "<year>"
_NAMED_YEAR = r"(?P<y>今年|本年|明年|来年|后年|去年|前年|(?<!\d)\d{4}年)"


def _with_and_without_year(words: str, form: str) -> tuple[tuple[str, str], ...]:
    """A form that may begin with a year as two: looking for a year at every character is dear, and few messages name one."""
    if _DATED not in form:
        return ((words, form),)
    return (("年|19|20", form.replace(_DATED, rf"(?:{_YEAR}[的\s]?)")), (words, form.replace(_DATED, "") + "(?P<y>(?!))?"))


RULES: tuple[Rule, ...] = tuple(
    rule(needs, pattern, read)
    for words, form, read in (
        ("月", rf"{_DATED}(?<![\d.])(?P<m>{_N})\s?月份?的?\s?(?P<d>{_N})\s?[日号]?{_TO}(?P<e>{_N})(?P<mark>[日号])", _month_days),
        ("月", rf"{_DATED}(?<![\d.])(?P<m>{_N})\s?月份?的?\s?(?P<d>{_N}){_TO}(?P<e>{_N})(?P<mark>(?=之间|中间|之内|[，,。.!！]|吧|$))", _month_days),
        ("月", rf"(?<![\d.])(?P<m>{_N})月份?的?(?P<d>{_N})[日号]?\s?(?:或者?|或是|还是|要么)\s?(?P<e>{_N})(?=都|也|[，,。.!！?？]|吧|$)", _either),
        ("日|号", rf"{_SIGN}(?P<d>{_N})[日号]?{_TO}(?P<e>{_N})[日号]{_NOUN}", _month_days),
        ("月", rf"{_DATED}(?<![\d.]){_MONTH}\s?月份?的?\s?(?P<d>{_N})(?:(?P<mark>\s?[日号])|{_TAIL})(?!路(?!上)|街|大道)", _month_day),
        ("日|号", rf"(?:(?<![\d.])(?P<m>{_N})月份?的?|{_SIGN})(?P<d>{_N})[日号]?\s?(?:、|,|或者?|或是|还是|要么|要不|/)\s?(?P<e>{_N})[日号]{_NOUN}", _either),
        ("日|号", rf"{_SIGN}(?<![一二三四五六七八九十])(?P<d>{_N})\s?(?:号{_NOUN}|日(?!内|元|游|均|常|志|历|本|期|后))", _bare),
        (
            "一二|二三|三四|四五|五六|六七|七八|八九",
            rf"(?:(?<![\d.])(?P<m>{_N})月份?的?)?(?<![一二三四五六七八九十])(?P<tens>二?十|廿)?(?P<d>{_ONE})(?P<e>{_ONE})[日号]{_NOUN}",
            _pair,
        ),
        ("月", rf"(?P<s>{_STEP})一?个?月份?\s?(?:的?(?P<d>{_N})\s?[日号]|(?P<bare>{_N}){_TAIL}|的?月?(?P<part>{_PART}))?(?!结|薪|租|饼)", _step_month),
        ("月", rf"{_DATED}(?<![\d.个第]){_MONTH}\s?月份?(?:的?月?(?P<part>{_PART}))?(?!\d|结|薪|租|饼|球|子|亮|一次|两次|路(?!上)|街|大道)", _month),
        (
            "月|旬",
            r"(?<![\d一二三四五六七八九十个下上本这当次份每])(?:月(?P<part>底|末|初|内|中(?!旬|秋|午))|月?(?P<tens>上中旬|中下旬|[上中下]旬|[上下]半个?月))",
            _this_month,
        ),
        (
            "年",
            r"(?:(?P<y>今年|本年|明年|来年|后年|去年|前年|(?<!\d)\d{4}年?)年?|(?<![\d一二两三四五六七八九十半几多每])年)(?P<part>底|末|初|内|中(?!旬|秋))",
            _year_span,
        ),
        ("年", _NAMED_YEAR + _PAPER, _year_span),
        (
            "季",
            rf"(?<!每)(?<!每个){_DATED}(?:(?P<s>上|下|本|这)一?个?)?(?:第?(?P<q>[一二三四1-4])个?)?季(?:度的?(?P<part>末|底|初|结束|收官|收尾|截止)?|(?P<edge>末|底|初))",
            _quarter,
        ),
        ("q", rf"{_DATED}q(?P<q>[1-4])(?:季度)?的?(?P<part>末|底|初)(?P<s>(?!))?(?P<edge>(?!))?", _quarter),
        ("半年", rf"{_DATED}(?P<h>[上下])半年", _half_year),
        ("明", r"明后两?天|今明两天", _two_days),
        (_WEEKS, rf"(?P<s>{_STEP})一?个?{_WEEK}(?:的?{_WEEK}?(?P<d>{WEEKDAY})|(?P<end>末)|(?P<part>初|中(?!午))|(?!期|转|年|边|围|岁|密|到))", _week),
        (
            _WEEKS,
            rf"(?:(?P<s>{_STEP})一?个?|(?<![每个两二三四五六七八九十一\d上下本这双单隔逢])){_WEEK}(?P<d>[一二三四五六])(?P<sep>或者?|或是|还是|、|/|到|至|-|~)?"
            r"(?P<e>[二三四五六日天])(?:(?:、|或|/)?(?P<f>[三四五六日]))?(?![十百千万点时\d个台件套只条箱号楼层月包期起金气然])",
            _weekdays,
        ),
        (
            _WEEKS,
            rf"(?:(?P<s>{_STEP})一?个?|(?<![每个两二三四五六七八九十一\d上下本这双单隔逢])){_WEEK}(?P<d>[一二三四五六])(?P<sep>、)?{_WEEK}(?P<e>[二三四五六日天])(?P<f>(?!))?(?![十百千点时\d])",
            _weekdays,
        ),
        ("周末", r"(?<![每双单])(?:这个?|本)?周末", _weekend),
        (
            "周初|周中",
            r"(?<![每个两二三四五六七八九十一\d上下本这双单隔逢])周(?P<part>初|中(?=送|到|发|交|可|能|行|吧|左右|之|以|前|后|$|[,，。?？!！]))",
            _this_week,
        ),
        ("周", rf"{_DATED}第(?P<n>\d{{2}})周", _numbered_week),
        (_WEEKS, rf"(?:(?<![每个两二三四五六七八九十一\d上下本这双单隔逢])|(?<=\d\d\d\d))(?:周|星期|礼拜)(?P<d>{WEEKDAY})", _weekday),
        ("天|日|晚|早|儿", r"大前天|(?<![目以之])前[天日]|昨[天日晚儿]|今[天日晚早儿]|明[天日早晚儿]|大后天|(?<![以之今])后[天日]", _relative),
        (
            "旦|年|夕|三十|节|黄金周|初一|清明|五一|5.1|端午|中秋|国庆|十一|10.1|圣诞|平安夜|双|618|六一|独立日",
            rf"{_DATED}(?:{_HOLIDAY})(?:节|佳节)?{_PLACE}(?P<whole>(?:小?长)?假期?(?:期间)?|期间|放假(?:期间|(?!完))?|黄金周)?",
            _holiday,
        ),
        ("节|假", r"(?<![调季环关细章情佳过完收])(?:过完|放完)?(?:放假|假期|长假|小长假|节|假)(?=(?:以|之|过)?[前后]|结束)", _the_break),
    )
    for needs, pattern in _with_and_without_year(words, form)
)
