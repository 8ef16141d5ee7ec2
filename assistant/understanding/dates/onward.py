"""Days pointed to from the one just spoken of in another message: the Monday after, 那之后的周三, the day before; what it counts from is not its business.

Where the day stands in the same message (June 12 or the Monday after) `dates_again` and `dates_anchor` have counted already.
"""

from __future__ import annotations

import re
from datetime import timedelta

from assistant.understanding.dates.atoms import Atom, Rule, Scene, rule
from assistant.understanding.dates.table import EN_WEEKDAYS, ZH_WEEKDAYS

WEEKDAY = "weekday"  # the unit of a shift to the next such day of the week, 0 = Monday; less 7 for the last one before
_NUMBERS = {"": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_ENDS_EN = (
    r"(?=\s*(?:$|[,.;:!?)]|\b(?:please|pls|then|instead|if|would|will|should|could|might|works?|suits?|is|for|thanks|thank|thx|and|that\s+(?:is|would))\b))"
)
_DAY_EN = r"(?P<wd>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_BEGINS_ZH = (
    r"(?:(?<=^)|(?<=[\s,，。.;；!！?？:：]))(?:(?:那么?|就|好的?|行|可以|改|换|挪|推|放|定|选|要|请|麻烦|还是|不如|干脆|最好|我要|我们要|想要|想|帮我|给我|也|在|到|成|为|是|送|交|发|"
    r"[吧,，\s])*)"
)
_ENDS_ZH = r"(?=$|[\s,，。.;；!！?？吧呢吗可行好送交到发收也都就来能])"


def _weekday_en(match: re.Match[str], scene: Scene) -> Atom:
    del scene
    day = next(index for name, index in EN_WEEKDAYS.items() if match["wd"].startswith(name[:3]))
    return Atom(*match.span("all"), "shift", unit=WEEKDAY, count=day - 7 if _earlier(match) else day, onward=True)


def _weekday_zh(match: re.Match[str], scene: Scene) -> Atom:
    del scene
    day = ZH_WEEKDAYS[match["d"]]
    return Atom(*match.span("all"), "shift", unit=WEEKDAY, count=day - 7 if _earlier(match) else day, onward=True)


def _day(match: re.Match[str], scene: Scene) -> Atom:
    del scene
    return Atom(*match.span("all"), "shift", unit="days", count=1, onward=True)


def _earlier(match: re.Match[str]) -> bool:
    return bool(match.groupdict().get("earlier"))


def _days_before(match: re.Match[str], scene: Scene) -> Atom:
    del scene
    said = match["n"] or ""
    return Atom(*match.span("all"), "shift", unit="days", count=-(int(said) if said.isdigit() else _NUMBERS[said]), onward=True)


def counted(atoms: list[Atom], scene: Scene) -> list[Atom]:
    """June 19 does not suit, the Monday after please: what goes on from a day of the same message is counted from that one, and takes its place."""
    del scene
    done: list[Atom] = []
    for atom in atoms:
        before = done[-1] if done else None
        if not atom.onward or before is None or not before.dated or before.first != before.last or before.others:
            done.append(atom)
            continue
        ahead = to_weekday(before.at.weekday(), atom.count) if atom.unit == WEEKDAY else atom.count if atom.unit == "days" else 0
        if ahead:
            day = before.at + timedelta(days=ahead)
            done[-1] = Atom(atom.start, atom.end, "date", day, day)
        else:
            done.append(atom)
    return done


def to_weekday(start: int, count: int) -> int:
    """The days from one day of the week to the next such as `count` says, or back to the last one for a negative count."""
    return (count - start - 1) % 7 + 1 if count >= 0 else -((start - count - 1) % 7 + 1)


RULES_ZH: tuple[Rule, ...] = tuple(
    rule(needs, pattern, read)
    for needs, pattern, read in (
        (
            "后|接|随|再下",
            rf"{_BEGINS_ZH}(?P<all>(?:(?:那|这|它)?(?:天|一天|日)?(?:之后|以后|过后|往后|后面|后)|接下来|接着|紧接着|随后|再下)的?(?:那个?|第一个|下一个|头一个|首个|一个)?"
            rf"(?:周|星期|礼拜)(?P<d>[一二三四五六日天])){_ENDS_ZH}",
            _weekday_zh,
        ),
        (
            "天|日",
            rf"{_BEGINS_ZH}(?P<all>(?:第二天|次日|隔天|转天|(?:再|往)?(?:下|后)一天|(?:那|这)天(?:之后|以后|过后|后)的?(?:第二天|那?一天))){_ENDS_ZH}",
            _day,
        ),
        (
            "前",
            rf"{_BEGINS_ZH}(?P<all>(?:那|再|往)?(?:之|以)?(?P<earlier>前面?)的?(?:那个?|一个|上一个|头一个)?(?:周|星期|礼拜)(?P<d>[一二三四五六日天])){_ENDS_ZH}",
            _weekday_zh,
        ),
        (
            "前|头",
            rf"{_BEGINS_ZH}(?P<all>(?:(?:那|这)天的?)?(?:再|往)?[前头](?P<n>[一两二三四五]|[1-9])天){_ENDS_ZH}",
            _days_before,
        ),
    )
)
RULES_EN: tuple[Rule, ...] = tuple(
    rule(needs, pattern, read)
    for needs, pattern, read in (
        (
            "after|follow",
            rf"\b(?P<all>(?:the\s+)?(?:(?:very\s+)?(?:next|first)\s+)?{_DAY_EN}\s+(?:right\s+|just\s+|straight\s+)?(?:after(?:wards?)?|following)"
            rf"(?:\s+(?:that|it|this|then|this\s+one|that\s+one|that\s+day|that\s+date))?){_ENDS_EN}",
            _weekday_en,
        ),
        (
            "day",
            rf"\b(?P<all>the\s+(?:very\s+)?(?:(?:next|following)\s+day|day\s+(?:right\s+|just\s+|straight\s+)?(?:after(?:wards?)?|following)"
            rf"(?:\s+(?:that|it|this|this\s+one|that\s+one))?)){_ENDS_EN}",
            _day,
        ),
        (
            "before",
            rf"\b(?P<all>(?:the\s+)?{_DAY_EN}\s+(?:right\s+|just\s+)?(?P<earlier>before)(?:\s+(?:that|it|this|then|this\s+one|that\s+one|that\s+day|that\s+date))?)"
            rf"{_ENDS_EN}",
            _weekday_en,
        ),
        (
            "before",
            rf"\b(?P<all>(?:the\s+(?:very\s+)?day|(?P<n>a|one|two|three|four|five|[1-9])\s+days?)\s+(?:right\s+|just\s+)?before"
            rf"(?:\s+(?:that|it|this|then|this\s+one|that\s+one|that\s+day))?){_ENDS_EN}",
            _days_before,
        ),
    )
)
