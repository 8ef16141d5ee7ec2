"""The same day said again: restated, confirmed, taken in or shut out by a remark, pointed away from (the one after), bounded from both sides.

It joins what is already found and never settles on one of two days that differ: what does not agree stays two readings, to be asked.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from assistant.understanding.dates.atoms import Atom, Scene, add_months, make, monday, month_end
from assistant.understanding.dates.limits import limited

_DAYS = ("date", "bare", "numeric", "end", "relative", "weekday", "holiday")
_ORDER = re.compile(r"\d{4}|改|换|调|移|推|挪|→|->|=>|\b(?:mov|chang|push|shift|reschedul|swap)")  # two orders, or one day moved to another
# what says that the next words name the same day: punctuation and function words only
_SAME = re.compile(
    r"(?:[\s,，、.。?？:：;；…()（）\-–—!！\"'‘’“”]"
    r"|也就是说?|就是说?|亦即|即|正好|刚好|恰好|恰巧|碰巧|那天|当天|这天|那日|好像|应该|没错|没记错|对的?|嗯|是的?|为|在|的|那个?|这个?|就|又|我|再|说|重复|确认|强调|一遍|一下|一次|我?(?:看|查)[了过]?一?下?|记得|觉得|想|能|可以|行|吗|么|吧|呢|啊|哈|了|哦(?!不)|到货|交货|送货|发货|送|到|发|交|收|星期|定"
    r"|(?:that(?:'s|\s+is|\s+would\s+be|\s+being|\s+falls|\s+makes\s+it)?|it(?:'s|\s+is|\s+falls)?|this\s+is|which(?:\s+is|\s+would\s+be|\s+falls|\s+happens\s+to\s+be)?"
    r"|is|be|would\s+be|will\s+be|a|an|the|so|then|thus|i\.?e\.?|meaning|namely|being|in\s+other\s+words|also\s+known\s+as|aka|or\s+rather\s+the\s+same|i\s+(?:believe|think|guess|repeat|said)|repeat"
    r"|again|yes|yeah|yep|right|correct|exactly|precisely|please|pls|on|of|falls|for\s+(?:clarity|avoidance\s+of\s+doubt)|just\s+to\s+(?:be\s+clear|confirm)|to\s+be\s+(?:clear|precise|exact)|confirmed)\b)*",
    re.ASCII,
)
_LABEL = re.compile(
    r"(?:也就是|就是|即|正好|刚好|恰好|碰巧|那天|当天|这天|是|为|吧|\b(?:that|that's|which|it's|it|a|an|i\.?e\.?|so|meaning|being|falls|namely|would|should)\b|[(（\-–—])"
)
_SAME_DAY = re.compile(r"的?(?:今天|今日|同一天|同日)$")
_TOO = re.compile(r"\s*(?:本身|当天|那天|这天|当日)?(?:也|都)?(?:可以|能行|能收|能|行|算|包括|包含|含|在内|ok|没问题|好)")
_TOO_BEFORE = re.compile(r"(?:包括|包含|含|连|including|inclusive\s+of|counting)\s*(?:the\s+)?$")
_TOO_EN = re.compile(
    r"\s*(?:itself\s+)?(?:(?:is\s+|being\s+)?(?:included|inclusive|fine|ok|okay|good|possible|counts?)|works|(?:is\s+)?(?:still\s+)?(?:fine|ok|okay)|(?:would|will)\s+(?:also\s+)?(?:do|work|be\s+(?:fine|ok)))\b"
)
_OUT = re.compile(
    r"\s*(?:本身|当天|那天|这天|当日)?(?:我们|这边|仓库)?(?:就|也|都|已经?)?(?:太?(?:晚|迟|早)了?|来不及|不算|不行|不可以|不能|不含|不包括|不包含|不在内|除外|没人|没空|收不了|不收|不送|不要)"
    r"|\s*(?:itself\s+)?(?:(?:is|would\s+be|'s)\s+(?:already\s+)?(?:too\s+(?:late|early|soon)|out|excluded|no\s+good|(?:our|a|the)\s+(?:stock-?tak\w+|holiday|inventory|shutdown|day\s+off)|not\s+(?:ok|okay|possible|included|good|an\s+option))|excluded|not\s+included|exclusive"
    r"|(?:doesn't|does\s+not|won't|will\s+not|wouldn't)\s+(?:work|do|suit|count)|isn't\s+\w+)\b"
)
_OUT_BEFORE = re.compile(
    r"(?:不算|不含|不包括|不包含|除了|除去|(?<![删解清拆])除|excluding|except(?:\s+for)?|not\s+(?:on|including|counting)|exclusive\s+of|without)\s*(?:the\s+)?$"
)
_NOT_IT = re.compile(r"(?:不是|不要|别|\bnot)\s*(?:on\s+|for\s+)?(?:the\s+)?$")
_ONE_AFTER = re.compile(
    r"\s*[,，;.\-–—]*\s*(?:but\s+|rather\s+)?(?:the\s+)?(?:(?:one|week|day|month|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\s+(?:right\s+)?(?:after|following)(?:\s+(?:that|it|this|this\s+one))?"
    r"|(?:following|next|subsequent)(?:\s+(?:one|week|month))?)(?=\s*(?:$|[,.;!?)]|\b(?:please|pls|if|would|works?|is|for|thanks)\b))"
    r"|[\s,，]*(?:而?是)?(?:它?的?(?:后面|之后|往后|再后面|再下)|再?后)一?个?(?:那个?|的|一个|一周|个?星期|个?礼拜)?(?=$|[\s,，。!！?？吧啊])"
)
_FAR = 9000  # no calendar is counted on beyond
_NUMBER = re.compile(r"\d{5,}")  # two orders: each may have its week
_WEEK_AFTER = re.compile(
    r"(?<!or )\b(?:the\s+)?(?:week\s+(?:right\s+)?after(?:\s+(?:that|it))?|following\s+week)\b|(?:再|往|之后|后面|推)的?(?:下|后)一?个?(?:周|星期|礼拜)"
)
_OR_AFTER = re.compile(r"\s*,?\s*or\s+the\s+(?:one|week|day)\s+after(?:\s+that)?\b")
_EITHER = re.compile(r"或|\b(?:or|otherwise)\b|要么|不然|否则")


def restate(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """下周五,也就是12号; June 24, which is a Wednesday; today, yes today: one day. A weekday given to a date it does not fall on is asked."""
    done: list[Atom] = []
    for atom in atoms:
        joined = _one_day(done[-1], atom, scene) if done else None
        if joined:
            done[-1] = joined
        else:
            done.append(atom)
    return done


def _one_day(left: Atom, right: Atom, scene: Scene) -> Atom | None:
    between = scene.text[left.end : right.start]
    if not (_single(left) and _single(right)) or len(between) > 30 or _ORDER.search(between):
        return None
    pointed = _SAME.fullmatch(between)
    if left.limit or right.limit or limited(left, scene).limit or limited(right, scene).limit:
        return None
    if _OUT.match(scene.text, right.end) or _OUT_BEFORE.search(scene.text[max(0, right.start - 20) : right.start]):
        return None
    if between in ("的", "") and _SAME_DAY.fullmatch(scene.text[right.start : right.end]) and left.form == "relative":
        return replace(left, end=right.end)  # 一个月后的今天
    weekday = next((atom for atom in (right, left) if atom.form == "weekday"), None)
    if pointed and weekday is not None and left.form != right.form:
        other = left if weekday is right else right
        if other.at.weekday() == weekday.at.weekday() and (weekday.at == other.at or _LABEL.search(between)):
            return Atom(left.start, right.end, "date", other.at, other.at, day=other.day)
        if weekday is right and _LABEL.search(between) and other.form != "relative":
            near = monday(other.at) + timedelta(days=weekday.at.weekday())  # the weekday of that week, when it is still to come
            return Atom(left.start, right.end, "choice", other.at, other.at, others=(near if near > scene.today else weekday.at,))
        return None
    if right.form == "bare" and pointed and left.form != "bare":
        day = make(left.at.year, left.at.month, right.at.day)
        right = replace(right, first=day, last=day) if day == left.at else right
    shared = {left.at, *left.others} & {right.at, *right.others}
    if left.at == right.at and (pointed or not _EITHER.search(between)):
        others = left.others if left.others == right.others else ()
        return Atom(left.start, _cover(left, right, scene), "date", left.at, left.at, others=others)
    if len(shared) == 1 and pointed and (left.others or right.others):
        (day,) = shared
        return Atom(left.start, right.end, "date", day, day)  # next Friday, the 5th
    return None


def _cover(left: Atom, right: Atom, scene: Scene) -> int:
    """Where the two together end: what has a number between them is nobody's date and stays free for other readers."""
    return left.end if re.search(r"\d", scene.text[left.end : right.start]) or right.start - left.end > 16 else right.end


def _single(atom: Atom) -> bool:
    return atom.form in _DAYS and atom.dated and (atom.form == "holiday" or atom.first == atom.last)


def same_day_months_on(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """下个月的今天: today's day in that month."""
    done: list[Atom] = []
    for atom in atoms:
        between = scene.text[done[-1].end : atom.start] if done else ""
        if done and done[-1].form == "month" and between in ("的", "") and _SAME_DAY.fullmatch(scene.text[atom.start : atom.end]):
            month = done[-1].at
            day = min(add_months(month, 0).replace(day=1) + timedelta(days=scene.today.day - 1), month_end(month))
            done[-1] = Atom(done[-1].start, atom.end, "date", day, day)
        else:
            done.append(atom)
    return done


def next_one(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """Not this Friday, the one after; this Friday or the one after: the same a week later."""
    done: list[Atom] = []
    for place, atom in enumerate(atoms):
        if not done or atom.start >= done[-1].end:
            until = atoms[place + 1].start if place + 1 < len(atoms) else len(scene.text)
            done.append(_week_after(_next_one(_following(done, atom, scene), scene), scene, until))
    return done


def _following(done: list[Atom], atom: Atom, scene: Scene) -> Atom:
    """Next week is bad, the following week please: the one after the week just named, not after this one."""
    if atom.form != "week" or not done or done[-1].form != "week" or done[-1].at != atom.at or not _WEEK_AFTER.match(scene.text, atom.start):
        return atom
    week = timedelta(days=7)
    return replace(atom, first=atom.at + week, last=(atom.last or atom.at) + week)


def _week_after(atom: Atom, scene: Scene, until: int) -> Atom:
    """We are closed the week of June 8, could it come the week after: that week, as `until` the next date nothing else is named."""
    if not atom.dated or atom.limit or atom.last is None or atom.last - atom.at != timedelta(days=6) or atom.last.year >= _FAR:
        return atom
    match = _WEEK_AFTER.search(scene.text, atom.end, min(until, atom.end + 80))
    if match is None or len(set(_NUMBER.findall(scene.text))) > 1:
        return atom
    week = timedelta(days=7)
    return replace(atom, start=match.start(), end=match.end(), form="week", first=atom.at + week, last=(atom.last or atom.at) + week)


def _next_one(atom: Atom, scene: Scene) -> Atom:
    if atom.form not in ("relative", "weekday", "week") or not atom.dated or atom.limit or atom.at.year >= _FAR:
        return atom
    week = timedelta(days=7)
    first, last = atom.at + week, (atom.last or atom.at) + week
    negated = _NOT_IT.search(scene.text[max(0, atom.start - 12) : atom.start])
    if negated and (match := _ONE_AFTER.match(scene.text, atom.end)):
        start = atom.start - len(negated.group())
        return replace(atom, start=max(0, start), end=match.end(), first=first, last=last, others=tuple(day + week for day in atom.others))
    if not negated and atom.form != "week" and (match := _OR_AFTER.match(scene.text, atom.end)):
        return Atom(atom.start, match.end(), "choice", atom.at, atom.at, others=(first,))
    return atom


def remark(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """18号之前给我,18号当天不算; by the 18th, the 18th included; not before the 29th, we open on the 29th: one limit, with or without its day."""
    done: list[Atom] = []
    for atom in atoms:
        noted = _remarked(done[-1], atom, scene) if done else None
        if noted:
            done[-1] = noted
        else:
            done.append(atom)
    return done


def _remarked(left: Atom, right: Atom, scene: Scene) -> Atom | None:
    bound = limited(left, scene)
    gap = scene.text[left.end : right.start]
    if not bound.limit or not right.dated or right.at != left.at or right.form in ("range", "choice") or len(gap) > 40 or re.search(r"\d{4}", gap):
        return None
    before = scene.text[max(0, right.start - 24) : right.start]
    again = limited(right, scene)
    if again.limit:
        return replace(bound, inclusive=bound.inclusive or again.inclusive, end=_cover(bound, again, scene)) if again.limit == bound.limit else None
    whole = replace(bound, end=_cover(bound, right, scene))
    if _OUT_BEFORE.search(before) or _OUT.match(scene.text, right.end):
        return replace(whole, inclusive=False)
    if _TOO_BEFORE.search(before) or _TOO.match(scene.text, right.end) or _TOO_EN.match(scene.text, right.end):
        return replace(whole, inclusive=True)
    return whole if bound.inclusive else None


def enclose(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """8号之后12号之前, not before the 8th and no later than the 12th: the days between."""
    done: list[Atom] = []
    for atom in atoms:
        joined = _between(done[-1], atom, scene) if done else None
        if joined:
            done[-1] = joined
        else:
            done.append(atom)
    return done


def _between(left: Atom, right: Atom, scene: Scene) -> Atom | None:
    between = scene.text[left.end : right.start]
    if {left.limit, right.limit} != {"after", "before"} or len(between) > 24 or re.search(r"[\d。;；!！?？\n]", between) or _EITHER.search(between):
        return None
    if left.first != left.last or right.first != right.last or left.others or right.others:
        return None
    low, high = (left, right) if left.limit == "after" else (right, left)
    first: date = low.at if low.inclusive else low.at + timedelta(days=1)
    last: date = high.at if high.inclusive else high.at - timedelta(days=1)
    return Atom(left.start, right.end, "range", first, last) if first < last else None
