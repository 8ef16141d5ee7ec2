"""Dates against our own tables, the labelled table, other calendars, and the promises about spans, speed and noise."""

from __future__ import annotations

import json
import runpy
import time
from datetime import date, datetime
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.calendar import BusinessCalendar, business_calendar
from assistant.text.fold import fold
from assistant.text.script import to_simplified
from assistant.types import Slot
from assistant.understanding.dates import counts as dates_counts
from assistant.understanding.dates import en as dates_en
from assistant.understanding.dates import numeric as dates_numeric
from assistant.understanding.dates import periods as dates_periods
from assistant.understanding.dates import zh as dates_zh
from assistant.understanding.dates.read import find_dates

ROWS = runpy.run_path(str(Path(__file__).with_name("dates_table.py")))["ROWS"]
SECOND = runpy.run_path(str(Path(__file__).with_name("dates_table2.py")))["ROWS"]
MORE = [line.split("\t") for line in Path(__file__).with_name("dates_more.tsv").read_text(encoding="utf-8").splitlines()]
LABELLED = Path(__file__).parents[3] / "evals" / "data" / "dates.jsonl"
NOW = "2026-06-01T10:00:00+08:00"
ZONE = ZoneInfo("Asia/Shanghai")
CHINA = business_calendar(country="CN")
LIMITS = {("before", False): "<", ("before", True): "<=", ("after", False): ">", ("after", True): ">="}


def read(text: str, *, now: str = NOW, language: str = "", calendar: BusinessCalendar = CHINA) -> tuple[Slot, ...]:
    return find_dates(fold(text), now=datetime.fromisoformat(now).astimezone(ZONE), calendar=calendar, language=language)


def told(slot: Slot) -> str:
    """A slot in the words of the table."""
    value: Any = slot.value
    if slot.name == "shift":
        ((unit, count),) = value.items()
        return f"{count:+d} {unit}"
    match slot.note:
        case "impossible":
            return "impossible"
        case "range":
            return f"{value['from']}..{value['to']}"
        case "before" | "after":
            return LIMITS[(slot.note, value["inclusive"])] + value["date"]
        case "also" | "ambiguous":
            joint = " also " if slot.note == "also" else " or "
            return joint.join([value, *slot.candidates])
    return str(value)


def meaning(text: str, *, now: str = NOW, language: str = "") -> str:
    return " & ".join(told(slot) for slot in read(text, now=now, language=language)) or "none"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_our_own_table(row: tuple[str, ...]) -> None:
    text, meant, now, language = (*row, *(NOW, "")[len(row) - 2 :])
    assert meaning(text, now=now, language=language) == meant


@pytest.mark.parametrize("row", SECOND, ids=lambda row: row[0])
def test_the_second_table(row: tuple[Any, ...]) -> None:
    text, meant, _, now, language = (*row, *(NOW, "")[len(row) - 3 :])
    assert meaning(text, now=now, language=language) == meant


def test_the_second_tables_expectations_by_another_computation() -> None:
    checked = 0
    for text, meant, witness, *rest in SECOND:
        if witness is not None:
            day = datetime.fromisoformat(rest[0] if rest else NOW).astimezone(ZONE).date()
            assert str(witness(day)) == meant, text
            checked += 1
    assert len(SECOND) >= 300
    assert checked >= 200


def test_more_expressions() -> None:
    assert len(MORE) >= 1100
    assert [(text, meant, got) for text, meant in MORE if (got := meaning(text)) != meant] == []


def test_the_labelled_table() -> None:
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 400
    wrong = []
    for row in rows:
        expect = row["expect"]
        got = [told(slot) for slot in read(row["text"], now=row.get("now", NOW), language=row["lang"])]
        got = [" or ".join(sorted(one.split(" or "))) for one in got]
        if got != wanted(expect):
            wrong.append((row["id"], row["text"], got))
    assert wrong == []


def wanted(expect: dict[str, Any]) -> list[str]:
    match expect["kind"]:
        case "none":
            return []
        case "impossible":
            return ["impossible"]
        case "range":
            return [f"{expect['from']}..{expect['to']}"]
        case "before" | "after" as kind:
            return [LIMITS[(kind, expect["inclusive"])] + expect["date"]]
        case "ambiguous":
            return [" or ".join(sorted(expect["dates"]))]
        case "shift":
            return [f"{count:+d} {unit}" for unit, count in expect.items() if unit != "kind"]
    return [expect["date"] + (f" also {expect['also']}" if "also" in expect else "")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("请把12345改到6月15日,谢谢", "6月15日"),
        ("請改到下週三", "下週三"),
        ("Please move it to next wendsday, ok?", "next wendsday"),
        ("tommorow or the 15th", "tommorow or the 15th"),
        ("订单#12345 推迟一周", "推迟一周"),
        ("ＪＵＮＥ　１５", "JUNE 15"),
    ],
)
def test_spans_index_the_folded_text(text: str, words: str) -> None:
    (slot,) = read(text)
    assert slot.text == words
    assert fold(text)[slot.start : slot.end] == words


def test_holidays_follow_the_companys_country_and_own_days_off() -> None:
    america = business_calendar(country="US")
    assert [told(slot) for slot in read("first working day after Independence Day", calendar=america)] == ["2026-07-06"]
    assert [told(slot) for slot in read("after Labor Day", calendar=america)] == [">2026-09-07"]
    assert [told(slot) for slot in read("after Labor Day")] == [">2027-05-04"]
    assert [told(slot) for slot in read("国庆后", calendar=america)] == [">2026-10-07"]
    closed = business_calendar(country="CN", days_off=[date(2026, 6, 3)])
    assert [told(slot) for slot in read("三个工作日后", calendar=closed)] == ["2026-06-05"]
    friday_weekend = business_calendar(weekend=(5, 6))
    assert [told(slot) for slot in read("in 5 working days", calendar=friday_weekend)] == ["2026-06-08"]


def test_a_limit_keeps_its_other_reading() -> None:
    (slot,) = read("by next Friday")
    assert slot.value == {"date": "2026-06-12", "inclusive": True}
    assert slot.candidates == ({"date": "2026-06-05", "inclusive": True},)


def test_no_rule_is_skipped_where_it_would_match() -> None:
    names = [
        "国庆节前",
        "before xmas",
        "after duanwu",
        "until good friday",
        "元旦",
        "618大促",
        "三八节",
        "大年三十",
        "by mlk day",
        "presidents' day",
        "5.1前",
        "初一",
    ]
    texts = [to_simplified(fold(row[0])).lower() for row in [*ROWS, *SECOND, *MORE]] + names
    rules = (*dates_numeric.RULES, *dates_zh.RULES, *dates_en.RULES, *dates_periods.RULES, *dates_counts.RULES_ZH, *dates_counts.RULES_EN)
    skipped = [
        (pattern.pattern[:60], text)
        for needs, pattern, _ in rules
        for text in texts
        if needs and not any(word in text for word in needs) and pattern.search(text)
    ]
    assert skipped == []


@given(st.text(alphabet="0123456789月日号周五下推迟到-/.节后第一个工作天 nextfridayjune,", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for slot in read(text):
        assert 0 <= slot.start < slot.end <= len(fold(text))


@given(st.lists(st.sampled_from(sorted({word for row in [*ROWS, *SECOND, *MORE] for word in row[0].split()})), max_size=8), st.sampled_from(["", " ", ", "]))
def test_no_mixture_of_expressions_breaks_it(words: list[str], joint: str) -> None:
    text = joint.join(words)
    starts = [slot.start for slot in read(text)]
    assert starts == sorted(starts)


def test_a_message_takes_half_a_millisecond() -> None:
    messages = [row[0] for row in ROWS] + ["我需要修改订单#12345的交货日期,原来是6月10日,能不能改到下周三?另外P-100扬程多少,谢谢"]
    for message in messages:
        read(message)
    times = []
    for message in messages:
        start = time.perf_counter()
        read(message)
        times.append(time.perf_counter() - start)
    assert median(times) < 0.0005


def test_a_huge_message_is_read_in_bounded_time() -> None:
    start = time.perf_counter()
    read("下周三6月10日 or next friday 7/8 " * 5000)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the Tuesday after Australia Day", "2027-02-02"),
        ("the day after Australia Day", "2027-01-27"),
        ("before Anzac Day, say the 20th of April", "2027-04-20"),
    ],
)
def test_days_that_only_the_companys_country_keeps(text: str, day: str) -> None:
    found = read(text, now="2026-12-05T10:00:00+08:00", calendar=business_calendar(country="AU"))
    assert day in str([slot.value for slot in found])
    assert not read("Australia Day", now="2026-12-05T10:00:00+08:00")
