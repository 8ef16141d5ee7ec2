"""Answers when people are on duty: the day or moment asked about from the company's calendar, and the hours as its documents state them; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.question import Question
from assistant.knowledge.terms import LIGHT, is_content, terms
from assistant.routing import on_duty
from assistant.text.script import to_simplified
from assistant.types import Answer, Sentence
from assistant.understanding.presence import asks_now, asks_presence, of_desk

INTENT = "policy.question"
MOST_DAYS = 3  # a longer span is answered by the hours alone
_ASKED = {"zh": "客服上班时间 工作时间 几点到几点", "en": "what are the opening hours of your staff"}
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")
# what a question for hours says beside a place: days, times, opening and closing, the people
_PLAIN = re.compile(
    r"周[一二三四五六日天末]|星期[一二三四五六日天]|礼拜[一二三四五六日天]|周末|节假日|假期|国庆节?|端午节?|中秋节?|春节|元旦|清明|五一|十一|今天|明天|后天|早上|下午|晚上|中午"
    r"|几点|什么时候|多久|时间|开门|关门|打烊|营业|上班|下班|开|关|休息|放假|你们|您们|客服|有人|在吗|现在|还"
    r"|\b(?:what|which|when|time|times|hours?|open(?:ing|s)?|clos(?:e|ed|es|ing)|until|till|from|to|on|at|in|the|a|do|does|are|is|you|your|guys|u|we|i|(?:mon|tues|"
    r"wednes|thurs|fri|satur|sun)days?|sat|sun|week-?ends?|holidays?|good friday|easter|christmas|new year|today|tomorrow"
    r"|staff|team|people|there|available|work|working)\b",
    re.IGNORECASE,
)
_GOODS = frozenset({"order", "order_ref", "product", "family", "unknown_product", "quantity", "item", "address"})


def of_hours(moment: Moment) -> Decision | None:
    """The answer to a question when people are there; None for any other."""
    text = moment.reading.text
    # "the order desk" is no order
    kinds = {slot.name for slot in moment.reading.slots if not (slot.name == "order_ref" and of_desk(text, slot.text))}
    if kinds & _GOODS or moment.reading.verdict != "other" or not asks_presence(text):
        return None
    told, named = _told(moment), tuple(_days(moment))
    if _elsewhere(moment, told):
        return None
    # of another year nobody has told the holidays yet: what the documents say of them is all there is
    days = tuple(day for day in named if day.year == moment.today.year)
    worked = [moment.world.calendar.is_workday(day) for day in days]
    # of a weekend the first day tells both
    days = tuple(day for place, day in enumerate(days) if not place or worked[place] != worked[place - 1])
    sentences = [_of_day(moment, day) for day in days]
    if not days and asks_now(text):
        sentences.append(_of_now(moment))
    general = (_general(moment),) if told is None else told.sentences if len(worked) < len(named) else told.sentences[:1]
    sources = tuple(day.isoformat() for day in days)
    return Decision("reply", (*sentences, *general), INTENT, "hours", answer=told, sources=sources)


def _told(moment: Moment) -> Answer | None:
    """What the documents say of the hours, if they say them with figures."""
    asked = _ASKED["en" if moment.language == "en" else "zh"]
    answer = moment.known.answer(Question(asked, asked, moment.language, intent=INTENT))
    hours = moment.world.workspace.routing.hours
    if answer is None or not answer.sentences:
        return None
    first = answer.sentences[0].text
    figures = {figure.replace("：", ":").zfill(5) for figure in _CLOCK.findall(first)}
    return answer if {hours.open, hours.close} <= figures else None


def _elsewhere(moment: Moment, told: Answer | None) -> bool:
    """Whether the hours of a place of its own are asked for (a yard, a showroom): one that the page answering it names and that of the hours does not."""
    text = moment.reading.text
    # the day that is asked about is no place
    for slot in sorted((each for each in moment.reading.slots if each.name == "date"), key=lambda each: -each.start):
        text = f"{text[: slot.start]} {text[slot.end :]}"
    said = [term for term in dict.fromkeys(terms(to_simplified(_PLAIN.sub(" ", text)))) if is_content(term) and term not in LIGHT]
    if not said:
        return False
    answer = moment.known.answer(Question(text, text, moment.language, intent=INTENT))
    general = {term for passage in (told.passages if told is not None else ()) for term in terms(f"{passage.title} {passage.text}")}
    own = {term for passage in (answer.passages if answer is not None else ()) for term in terms(f"{passage.title} {passage.text}")}
    return any(term in own and term not in general for term in said)


def _days(moment: Moment) -> Iterator[date]:
    """The days that the message names, a span day by day; none of a long one."""
    for slot in moment.reading.slots:
        if slot.name != "date":
            continue
        first, last = _span(slot.value)
        if first is None or last is None or (last - first).days >= MOST_DAYS:
            continue
        yield from (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _span(value: Any) -> tuple[date | None, date | None]:
    if isinstance(value, str):
        return _date(value), _date(value)
    if isinstance(value, dict) and "from" in value and "to" in value:
        return _date(value["from"]), _date(value["to"])
    return None, None


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _of_day(moment: Moment, day: date) -> Sentence:
    """Whether people are there on a day, by the calendar."""
    workspace = moment.world.workspace
    hours = workspace.routing.hours
    at = datetime.combine(day, time.fromisoformat(hours.open), tzinfo=workspace.zone)
    if not on_duty(hours, moment.world.calendar, at, zone=workspace.zone):
        return _say(moment, "hours_closed_day", date=day)
    if day == moment.today:
        return _of_now(moment)
    return _say(moment, "hours_open_day", date=day, open=hours.open, close=hours.close)


def _of_now(moment: Moment) -> Sentence:
    if moment.on_duty:
        return _say(moment, "hours_now_open", close=moment.world.workspace.routing.hours.close)
    return _say(moment, "hours_now_closed", opens=moment.opening)


def _general(moment: Moment) -> Sentence:
    hours = moment.world.workspace.routing.hours
    return _say(moment, "hours_general", open=hours.open, close=hours.close)


def _say(moment: Moment, key: str, **variables: object) -> Sentence:
    return Sentence(moment.world.wording.say(key, moment.language, **variables))
