"""A second table of dates as buyers write them: (text, what is meant, witness[, business time[, language]]); notation of the first table.

A witness computes the meaning from today's date with nothing but the standard library and the published holidays of 2026, so no expectation rests on the code
it tests. It is None where nothing is to be computed (no date at all, a shift).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

Day = Callable[[date], date]
Witness = Callable[[date], object]
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
THURSDAY = "2026-06-04T16:00:00+08:00"
SEPTEMBER = "2026-09-28T10:00:00+08:00"
NEW_YEAR = "2026-12-30T11:00:00+08:00"
NOW = "2026-06-01T10:00:00+08:00"
# days on which China rests in 2026 beside the weekends
RESTS = {date(2026, 6, 19), date(2026, 9, 25), *(date(2026, 10, n) for n in range(1, 8)), date(2027, 1, 1)}


def today(now: date) -> date:
    return now


def on(month: int, day: int, year: int = 0) -> Day:
    """A day of the year: the named year's, else the nearest to come, else one that passed within 60 days."""

    def find(now: date) -> date:
        if year:
            return date(year, month, day)
        this = date(now.year, month, day)
        return this if this >= now - timedelta(days=60) else date(now.year + 1, month, day)

    return find


def plus(days: int, start: Day = today) -> Day:
    return lambda now: start(now) + timedelta(days=days)


def work(count: int, start: Day = today) -> Day:
    """The n-th working day after (before, for a negative n) a day."""

    def find(now: date) -> date:
        day, left = start(now), abs(count)
        while left:
            day += timedelta(days=1 if count > 0 else -1)
            left -= day.weekday() < 5 and day not in RESTS
        return day

    return find


def week(ahead: int, weekday: int) -> Day:
    """A weekday of the Monday-Sunday week so many weeks ahead."""
    return lambda now: now - timedelta(days=now.weekday()) + timedelta(days=7 * ahead + weekday)


def coming(weekday: int) -> Day:
    return lambda now: next(day for n in range(1, 8) if (day := now + timedelta(days=n)).weekday() == weekday)


def month(ahead: int, day: int) -> Day:
    """A day of the month so many months ahead; 0 is the last day of the month before."""

    def find(now: date) -> date:
        years, index = divmod(now.month - 1 + ahead, 12)
        return date(now.year + years, index + 1, 1) + timedelta(days=day - 1)

    return find


def nth(month_: int, weekday: int, count: int) -> Day:
    """The n-th (negative: from the end) weekday of a month of 2026."""

    def find(now: date) -> date:
        days = [day for n in range(31) if (day := date(now.year, month_, 1) + timedelta(days=n)).month == month_ and day.weekday() == weekday]
        return days[count - 1 if count > 0 else count]

    return find


def span(first: Day, last: Day) -> Witness:
    return lambda now: f"{first(now)}..{last(now)}"


def whole(ahead: int) -> Witness:
    return span(week(ahead, MON), week(ahead, SUN))


def by(day: Day) -> Witness:
    return lambda now: f"<={day(now)}"


def before(day: Day) -> Witness:
    return lambda now: f"<{day(now)}"


def since(day: Day) -> Witness:
    return lambda now: f">={day(now)}"


def after(day: Day) -> Witness:
    return lambda now: f">{day(now)}"


def either(*days: Day) -> Witness:
    return lambda now: " or ".join(str(day(now)) for day in days)


def also(day: Day, other: Day) -> Witness:
    return lambda now: f"{day(now)} also {other(now)}"


def both(*days: Witness) -> Witness:
    return lambda now: " & ".join(str(day(now)) for day in days)


# no dates and no shifts: quantities, names, addresses, numbers of papers, terms, durations, refusals, manners of speaking
NOTHING = (
    "推迟两三天", "晚几天", "尽快", "除了周五哪天都行", "周一至周五9点到17点收货", "周末不收货", "过几天再说", "星湖街328号", "国庆路12号",
    "五一路88号6号楼", "工业园区6号路15号", "3-5台", "8-10个密封", "轴径6.15mm", "单价6.15元", "1.6-2.5MPa", "电压12-24V", "账期30天", "质保两年",
    "15天内可以无理由退货吗", "订单号20260615", "税号91320500123456789X", "电话0512-6615-1201", "等了两周了还没到", "几号能到", "下次再说", "正月初五",
    "2026年新版目录有吗", "as soon as possible", "at your earliest convenience", "any day except Friday", "not Friday please",
    "Fridays don't work for us", "dock hours Mon-Fri 8am-5pm", "in a few days", "a fortnight", "24 months", "9 Main St, Dallas TX 75201",
    "15 June Street, Boston MA 02110", "3rd floor, Building 12", "Suite 6-15, 1200 Elm St", "payment terms 2/10 net 30", "net 30 days",
    "lead time is 4-6 weeks", "50/60 Hz motor, 4/20 mA", "6.15 mm shaft", "it costs $6.15 each", "10-12 bar", "PO 20260615", "PO# 4500-06-15",
    "call 512-555-0147 ext 12", "firmware 6.15.2", "thanks to April in purchasing", "this is the 3rd time I ask", "VFD-7 and BR-6205", "1-1/2 inch NPT",
)  # fmt: skip

SHIFTS = (
    ("往后推两天", "+2 days"), ("顺延3个工作日", "+3 workdays"), ("晚一周", "+7 days"), ("早两天", "-2 days"), ("比原计划晚一周", "+7 days"),
    ("比原定日期提前三天", "-3 days"), ("交期往后放一周", "+7 days"), ("往后顺延一个礼拜", "+7 days"), ("再推三天", "+3 days"),
    ("早一个星期发货", "-7 days"), ("延后十个工作日", "+10 workdays"), ("提前半个月", "-15 days"), ("12360晚一个月交", "+1 months"),
    ("bring it forward by a week", "-7 days"), ("a week later than planned", "+7 days"), ("a week earlier than scheduled", "-7 days"),
    ("push 12360 out by ten working days", "+10 workdays"), ("move it up two days", "-2 days"), ("a fortnight later please", "+14 days"),
    ("could we get a two week delay on 12360", "+14 days"), ("hold it for another week", "+7 days"), ("expedite by 5 business days", "-5 workdays"),
    ("set it back a week", "+7 days"), ("give us an extra week", "+7 days"), ("postpone by 1 month", "+1 months"),
)  # fmt: skip

ROWS: tuple[tuple[str, str, Witness | None, *tuple[str, ...]], ...] = (
    # Chinese: days of the month as written in chat
    ("6.15", "2026-06-15", on(6, 15), NOW, "zh-Hans"),
    ("改6.15", "2026-06-15", on(6, 15)),
    ("6/15号", "2026-06-15", on(6, 15)),
    ("2026.6.15", "2026-06-15", on(6, 15, 2026)),
    ("26.6.15", "2026-06-15", on(6, 15, 2026), NOW, "zh-Hans"),
    ("6-15", "2026-06-15", on(6, 15), NOW, "zh-Hans"),
    ("6-15送到厂里", "2026-06-15", on(6, 15)),
    ("改到0615", "2026-06-15", on(6, 15)),
    ("6 月 15 日", "2026-06-15", on(6, 15)),
    ("2026 年 6 月 15 日", "2026-06-15", on(6, 15, 2026)),
    ("改到 15 号", "2026-06-15", on(6, 15)),
    ("十五号之前", "<2026-06-15", before(on(6, 15))),
    ("15号前(含15号)", "<=2026-06-15", by(on(6, 15))),
    ("20日(含)前", "<=2026-06-20", by(on(6, 20))),
    ("二十五号吧", "2026-06-25", on(6, 25)),
    ("廿五号", "2026-06-25", on(6, 25)),
    ("元月15号", "2027-01-15", on(1, 15)),
    ("2026年6月15日(星期一)下午3点", "2026-06-15", on(6, 15, 2026)),
    ("6月15日 15:00", "2026-06-15", on(6, 15)),
    ("大概15号前后", "2026-06-15", on(6, 15)),
    ("下个月5号", "2026-07-05", month(1, 5)),
    ("下个月15送", "2026-07-15", month(1, 15)),
    ("下下个月10号", "2026-08-10", month(2, 10)),
    ("这个月20号前", "<2026-06-20", before(month(0, 20))),
    ("六月三十一号", "impossible", None),
    ("2月30号之前", "impossible", None),
    # Chinese: weeks and weekdays
    ("下礼拜三", "2026-06-10", week(1, WED)),
    ("礼拜天", "2026-06-07", coming(SUN)),
    ("再下周", "2026-06-15..2026-06-21", whole(2)),
    ("再下周三", "2026-06-17", week(2, WED)),
    ("下下个礼拜五", "2026-06-19", week(2, FRI)),
    ("本星期五下班前", "<=2026-06-05", by(week(0, FRI))),
    ("周一起", ">=2026-06-08", since(coming(MON))),
    ("周一起都能收货", ">=2026-06-08", since(coming(MON))),
    ("从下周三起", ">=2026-06-10", since(week(1, WED))),
    ("下周三四", "2026-06-10 or 2026-06-11", either(week(1, WED), week(1, THU))),
    ("下周三或四", "2026-06-10 or 2026-06-11", either(week(1, WED), week(1, THU))),
    ("周四或者周五", "2026-06-04 or 2026-06-05", either(coming(THU), coming(FRI))),
    ("下周一、周二都行", "2026-06-08 or 2026-06-09", either(week(1, MON), week(1, TUE))),
    ("下周初", "2026-06-08..2026-06-09", span(week(1, MON), week(1, TUE))),
    ("本周内", "2026-06-01..2026-06-07", whole(0)),
    ("下个星期内安排", "2026-06-08..2026-06-14", whole(1)),
    ("周末之前", "<2026-06-06", before(week(0, SAT))),
    ("下个周末", "2026-06-13..2026-06-14", span(week(1, SAT), week(1, SUN))),
    ("下周二到周四", "2026-06-09..2026-06-11", span(week(1, TUE), week(1, THU))),
    ("周三至周五之间", "2026-06-03..2026-06-05", span(coming(WED), coming(FRI))),
    ("下周随便哪天", "2026-06-08..2026-06-14", whole(1)),
    ("15号那一周", "2026-06-15..2026-06-21", whole(2)),
    ("上个礼拜五签收的", "2026-05-29", week(-1, FRI)),
    ("星期五", "2026-06-05", coming(FRI), THURSDAY),
    ("下周四", "2026-06-11", week(1, THU), THURSDAY),
    ("周四", "2026-06-11", coming(THU), THURSDAY),
    # Chinese: counted
    ("两三天后", "2026-06-03..2026-06-04", span(plus(2), plus(3))),
    ("三五天之后", "2026-06-04..2026-06-06", span(plus(3), plus(5))),
    ("3到5天后", "2026-06-04..2026-06-06", span(plus(3), plus(5))),
    ("3-5个工作日后", "2026-06-04..2026-06-08", span(work(3), work(5))),
    ("两三周后再送", "2026-06-15..2026-06-22", span(plus(14), plus(21))),
    ("三五天内", "<=2026-06-06", by(plus(5))),
    ("10-15天内送到", "<=2026-06-16", by(plus(15))),
    ("两周后的周三", "2026-06-17", week(2, WED)),
    ("俩礼拜后", "2026-06-15", plus(14)),
    ("过一个礼拜", "2026-06-08", plus(7)),
    ("再过三天", "2026-06-04", plus(3)),
    ("半个月以后", "2026-06-16", plus(15)),
    ("一个月以内", "<=2026-07-01", by(month(1, 1))),
    ("三个工作日之内", "<=2026-06-04", by(work(3))),
    ("从今天起第10天", "2026-06-11", plus(10)),
    ("第五个工作日", "2026-06-08", work(5)),
    ("下一个工作日", "2026-06-02", work(1)),
    ("下个工作日", "2026-06-05", work(1), THURSDAY),
    ("6月10号之后一周", "2026-06-17", plus(7, on(6, 10))),
    ("6月10日前两个工作日", "2026-06-08", work(-2, on(6, 10))),
    ("后天下午", "2026-06-03", plus(2)),
    ("明儿一早", "2026-06-02", plus(1)),
    ("明天中午之前", "<=2026-06-02", by(plus(1))),
    ("今天下班前", "<=2026-06-01", by(today)),
    ("明后天", "2026-06-02 or 2026-06-03", either(plus(1), plus(2))),
    ("明天或后天", "2026-06-02 or 2026-06-03", either(plus(1), plus(2))),
    # Chinese: parts of months and years
    ("这个月最后一个工作日", "2026-06-30", work(-1, month(1, 1))),
    ("七月最后一个工作日", "2026-07-31", work(-1, month(2, 1))),
    ("七月头一个工作日", "2026-07-01", work(1, month(1, 0))),
    ("下周第一个工作日", "2026-06-08", work(1, week(0, SUN))),
    ("六月底之前", "<=2026-06-30", by(month(1, 0))),
    ("年底前", "<=2026-12-31", by(on(12, 31))),
    ("月底以后", ">2026-06-30", after(month(1, 0))),
    ("下月初之前", "<2026-07-01", before(month(1, 1))),
    ("7月上半月", "2026-07-01..2026-07-15", span(month(1, 1), month(1, 15))),
    ("下半月", "2026-06-16..2026-06-30", span(month(0, 16), month(1, 0))),
    ("月内", "2026-06-01..2026-06-30", span(month(0, 1), month(1, 0))),
    ("6月20号到月底", "2026-06-20..2026-06-30", span(on(6, 20), month(1, 0))),
    ("6月第三周", "2026-06-15..2026-06-21", span(on(6, 15), on(6, 21))),
    ("6月15-18号", "2026-06-15..2026-06-18", span(on(6, 15), on(6, 18))),
    ("15~18号", "2026-06-15..2026-06-18", span(on(6, 15), on(6, 18))),
    ("6/15~6/18", "2026-06-15..2026-06-18", span(on(6, 15), on(6, 18)), NOW, "zh-Hans"),
    ("三季度初", "2026-07-01..2026-07-31", span(on(7, 1), on(7, 31))),
    # Chinese: holidays
    ("端午后", ">2026-06-19", after(on(6, 19))),
    ("过完端午", ">2026-06-19", after(on(6, 19))),
    ("假期之后再说", ">2026-06-19", after(on(6, 19))),
    ("中秋前一天", "2026-09-24", plus(-1, on(9, 25))),
    ("中秋节前两天", "2026-09-23", plus(-2, on(9, 25))),
    ("国庆前一周", "2026-09-24", plus(-7, on(10, 1))),
    ("国庆长假后", ">2026-10-07", after(on(10, 7))),
    ("国庆节后第二个工作日", "2026-10-09", work(2, on(10, 7))),
    ("端午节后上班第一天", "2026-06-22", work(1, on(6, 19))),
    ("放假前最后一个工作日", "2026-06-18", work(-1, on(6, 19))),
    ("端午第二天", "2026-06-20", plus(1, on(6, 19))),
    ("端午后两天", "2026-06-21", plus(2, on(6, 19))),
    ("节前", "<2026-10-01", before(on(10, 1)), SEPTEMBER),
    ("节后头一个工作日", "2026-10-08", work(1, on(10, 7)), SEPTEMBER),
    ("元旦后三个工作日", "2027-01-06", work(3, on(1, 1, 2027)), NEW_YEAR),
    # Chinese: moved to
    ("推迟到两周后", "2026-06-15", plus(14)),
    ("提前到下周三", "2026-06-10", week(1, WED)),
    # Chinese: whole messages
    ("你好,我们厂里设备还没装好,12345能不能等到25号再送?", "2026-06-25", on(6, 25)),
    ("原来定的10号,改成17号吧", "2026-06-17", on(6, 17)),
    ("15号,不是10号", "2026-06-15", on(6, 15)),
    ("10台P-100先发5台,6月12号到,剩下的26号", "2026-06-12 & 2026-06-26", both(on(6, 12), on(6, 26))),
    ("周五不行,周末没人,下周一吧", "2026-06-08", week(1, MON)),
    ("收货地址是星湖街328号,6月16号送", "2026-06-16", on(6, 16)),
    ("麻烦改到下週五之前到", "<2026-06-12", before(week(1, FRI))),
    ("六月二十號以後都可以", ">2026-06-20", after(on(6, 20))),
    ("仓库18号盘点,19号放假,22号可以收", "2026-06-22", on(6, 22)),
    ("最晚不超过20号", "<=2026-06-20", by(on(6, 20))),
    ("不早于20号", ">=2026-06-20", since(on(6, 20))),
    # English: days of the month
    ("the 15th June '26", "2026-06-15", on(6, 15, 2026)),
    ("June 15 2026 at 3pm", "2026-06-15", on(6, 15, 2026)),
    ("15th or 16th", "2026-06-15 or 2026-06-16", either(on(6, 15), on(6, 16))),
    ("June 15 or 16", "2026-06-15 or 2026-06-16", either(on(6, 15), on(6, 16))),
    ("Jun 15/16", "2026-06-15 or 2026-06-16", either(on(6, 15), on(6, 16))),
    ("6/15 or 6/16", "2026-06-15 or 2026-06-16", either(on(6, 15), on(6, 16))),
    ("15JUN2026", "2026-06-15", on(6, 15, 2026)),
    ("15-Jun-26", "2026-06-15", on(6, 15, 2026)),
    ("Jun-15", "2026-06-15", on(6, 15)),
    ("15.6.26", "2026-06-15", on(6, 15, 2026)),
    ("15.6.", "2026-06-15", on(6, 15)),
    ("Mon 15/6", "2026-06-15", on(6, 15)),
    ("Fri 5/6", "2026-06-05", on(6, 5)),
    ("Friday 7/8", "2026-08-07", on(8, 7)),
    ("Monday 15", "2026-06-15", on(6, 15)),
    ("Thurs 18th", "2026-06-18", on(6, 18)),
    ("Wed. 17 June", "2026-06-17", on(6, 17)),
    ("Thursday, 18 June 2026", "2026-06-18", on(6, 18, 2026)),
    ("June 15ish", "2026-06-15", on(6, 15)),
    ("make it the 3rd", "2026-06-03", on(6, 3)),
    ("3 July rather than 30 June", "2026-07-03", on(7, 3)),
    ("the 15th not the 10th", "2026-06-15", on(6, 15)),
    ("the twenty-third of this month", "2026-06-23", month(0, 23)),
    ("2026-06-15 10:00", "2026-06-15", on(6, 15, 2026)),
    ("3/4/26", "2026-03-04 or 2026-04-03", either(on(3, 4, 2026), on(4, 3, 2026))),
    ("the 31st of June", "impossible", None),
    ("31/6", "impossible", None),
    ("5 January", "2027-01-05", on(1, 5), NEW_YEAR),
    # English: weeks and weekdays
    ("first thing Monday", "2026-06-08", coming(MON)),
    ("EOB Friday", "2026-06-05", coming(FRI)),
    ("by EOB Friday", "<=2026-06-05", by(coming(FRI))),
    ("by close of business Thursday", "<=2026-06-04", by(coming(THU))),
    ("by EOD tomorrow", "<=2026-06-02", by(plus(1))),
    ("this coming Tuesday", "2026-06-02", coming(TUE)),
    ("Tuesday after next", "2026-06-16", week(2, TUE)),
    ("sometime next week", "2026-06-08..2026-06-14", whole(1)),
    ("early next week", "2026-06-08..2026-06-09", span(week(1, MON), week(1, TUE))),
    ("by the end of next week", "<=2026-06-12", by(week(1, FRI))),
    ("before the end of next week", "<=2026-06-12", by(week(1, FRI))),
    ("before the weekend", "<2026-06-06", before(week(0, SAT))),
    ("after the weekend", ">2026-06-07", after(week(0, SUN))),
    ("Wednesday in two weeks", "2026-06-17", week(2, WED)),
    ("two weeks from Wednesday", "2026-06-17", plus(14, coming(WED))),
    ("Tue or Wed next week", "2026-06-09 or 2026-06-10", either(week(1, TUE), week(1, WED))),
    ("either Thursday or Friday", "2026-06-04 or 2026-06-05", either(coming(THU), coming(FRI))),
    ("Tue-Thu next week", "2026-06-09..2026-06-11", span(week(1, TUE), week(1, THU))),
    ("week commencing 15 June", "2026-06-15..2026-06-21", whole(2)),
    ("w/c 15 June", "2026-06-15..2026-06-21", whole(2)),
    ("wk of the 15th", "2026-06-15..2026-06-21", whole(2)),
    ("KW 25", "2026-06-15..2026-06-21", whole(2)),
    ("nxt fri", "2026-06-12 also 2026-06-05", also(week(1, FRI), coming(FRI))),
    ("nxt wk pls", "2026-06-08..2026-06-14", whole(1)),
    ("Friday latest", "<=2026-06-05", by(coming(FRI))),
    ("next Thursday", "2026-06-11", week(1, THU), THURSDAY),
    ("next Friday", "2026-06-12 also 2026-06-05", also(week(1, FRI), coming(FRI)), THURSDAY),
    ("thursday", "2026-06-11", coming(THU), THURSDAY),
    # English: counted
    ("in 3-5 days", "2026-06-04..2026-06-06", span(plus(3), plus(5))),
    ("in two or three weeks", "2026-06-15..2026-06-22", span(plus(14), plus(21))),
    ("in 3 to 5 business days", "2026-06-04..2026-06-08", span(work(3), work(5))),
    ("in a day or two", "2026-06-02..2026-06-03", span(plus(1), plus(2))),
    ("within 3-5 working days", "<=2026-06-08", by(work(5))),
    ("within 10 to 14 days", "<=2026-06-15", by(plus(14))),
    ("a fortnight from today", "2026-06-15", plus(14)),
    ("a fortnight tomorrow", "2026-06-16", plus(15)),
    ("a week today", "2026-06-08", plus(7)),
    ("ten days after June 10", "2026-06-20", plus(10, on(6, 10))),
    ("two business days before June 15", "2026-06-11", work(-2, on(6, 15))),
    ("next business day", "2026-06-02", work(1)),
    ("the next working day after the 18th", "2026-06-22", work(1, on(6, 18))),
    ("the following business day", "2026-06-02", work(1)),
    ("two business days from now", "2026-06-03", work(2)),
    ("between now and June 20", "<=2026-06-20", by(on(6, 20))),
    ("day after tmrw", "2026-06-03", plus(2)),
    # English: parts of months, holidays
    ("last working day of June", "2026-06-30", work(-1, month(1, 1))),
    ("the last business day of next month", "2026-07-31", work(-1, month(2, 1))),
    ("last Friday in July", "2026-07-31", nth(7, FRI, -1)),
    ("third Tuesday in June", "2026-06-16", nth(6, TUE, 3)),
    ("before month end", "<=2026-06-30", by(month(1, 0))),
    ("before the end of June", "<=2026-06-30", by(month(1, 0))),
    ("the second half of July", "2026-07-16..2026-07-31", span(on(7, 16), on(7, 31))),
    ("begining of July", "2026-07-01..2026-07-10", span(on(7, 1), on(7, 10))),
    ("late June", "2026-06-21..2026-06-30", span(on(6, 21), on(6, 30))),
    ("1st wk of July", "2026-07-01..2026-07-07", span(on(7, 1), on(7, 7))),
    ("the day after the holiday", "2026-06-22", plus(1, on(6, 21))),
    ("first working day after the holiday", "2026-06-22", work(1, on(6, 19))),
    ("the last business day before National Day", "2026-09-30", work(-1, on(10, 1))),
    ("the working day before Dragon Boat", "2026-06-18", work(-1, on(6, 19))),
    ("a week after Dragon Boat Festival", "2026-06-26", plus(7, on(6, 19))),
    ("after Golden Week", ">2026-10-07", after(on(10, 7))),
    ("before the holiday", "<2026-10-01", before(on(10, 1)), SEPTEMBER),
    # English: limits
    ("not before the 20th", ">=2026-06-20", since(on(6, 20))),
    ("20th at the earliest", ">=2026-06-20", since(on(6, 20))),
    ("from the 20th on", ">=2026-06-20", since(on(6, 20))),
    ("please hold it until the 26th", ">=2026-06-26", since(on(6, 26))),
    ("don't ship before June 22", ">=2026-06-22", since(on(6, 22))),
    ("any time up to the 18th", "<=2026-06-18", by(on(6, 18))),
    ("no later than COB on the 18th", "<=2026-06-18", by(on(6, 18))),
    ("must arrive prior to July 1st", "<2026-07-01", before(on(7, 1))),
    # English: whole messages
    ("Hi, site isn't ready - can 12360 go out on the 26th instead of the 18th? Thx, Dana", "2026-06-26", on(6, 26)),
    ("It was due June 10 but June 17 suits us better", "2026-06-17", on(6, 17)),
    ("currently scheduled for 10 June, please push to the 17th", "2026-06-17", on(6, 17)),
    ("we need 15 by tomorrow", "<=2026-06-02", by(plus(1))),
    ("send 12 pcs on the 15th", "2026-06-15", on(6, 15)),
    ("New address 9 Main St, Dallas TX 75201, deliver June 12", "2026-06-12", on(6, 12)),
    ("Push 12360 to Friday 26 June, not the 19th", "2026-06-26", on(6, 26)),
    ("on second thought, make that Monday the 22nd", "2026-06-22", on(6, 22)),
    ("I spoke to June yesterday", "2026-05-31", plus(-1)),
    *((text, meant, None) for text, meant in SHIFTS),
    *((text, "none", None) for text in NOTHING),
)
