"""How well and how fast dates are read: accuracy on the labelled table by half and language, an outside parser over the same table where it is installed.

Run `python -m benchmarks.dates [dev|test|all] [--oracle]`. The half "dev" was learnt from; the half "test" was not, and its first score is the one to publish.
The outside parser is the package recognizers-text-date-time (not a dependency of the project; it needs emoji<2); every line where it and the table differ
is printed with the class of the difference.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from assistant.text.calendar import BusinessCalendar, business_calendar
from assistant.text.fold import fold
from assistant.types import Slot
from assistant.understanding.dates.read import find_dates

TABLE = Path(__file__).resolve().parent.parent / "evals" / "data" / "dates.jsonl"
NOW = "2026-06-01T10:00:00+08:00"
ZONE = ZoneInfo("Asia/Shanghai")
Row = Mapping[str, Any]


def rows(split: str) -> list[Row]:
    """The labelled lines of one half, or of both for "all"."""
    lines = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [line for line in lines if split in ("all", line["split"])]


def reading(row: Row, calendar: BusinessCalendar) -> tuple[Slot, ...]:
    """A row read as a turn reads it: its instant in the company's zone first, whatever zone the row writes it in."""
    now = datetime.fromisoformat(row.get("now", NOW)).astimezone(ZONE)
    return find_dates(fold(row["text"]), now=now, calendar=calendar, language=row["lang"])


def as_expected(slots: tuple[Slot, ...]) -> dict[str, Any]:
    """What was read in the table's own form; several slots of one message are a list under "several"."""
    if len(slots) > 1:
        return {"kind": "several", "readings": [as_expected((slot,)) for slot in slots]}
    if not slots:
        return {"kind": "none"}
    slot = slots[0]
    if slot.name == "shift":
        assert isinstance(slot.value, dict)
        return {"kind": "shift", **slot.value}
    match slot.note:
        case "before" | "after" | "range":
            assert isinstance(slot.value, dict)
            return {"kind": slot.note, **slot.value}
        case "ambiguous":
            return {"kind": "ambiguous", "dates": [slot.value, *slot.candidates]}
        case "impossible":
            return {"kind": "impossible"}
        case "also":
            return {"kind": "date", "date": slot.value, "also": slot.candidates[0]}
    return {"kind": "date", "date": slot.value}


def same(got: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Equal, the order of ambiguous readings aside."""
    if got.get("kind") == wanted.get("kind") == "ambiguous":
        return set(got["dates"]) == set(wanted["dates"])
    return dict(got) == dict(wanted)


def score(split: str) -> int:
    """Print the score of one half per language and every mistake; returns the number of mistakes."""
    calendar = business_calendar(country="CN")
    wrong: list[tuple[Row, dict[str, Any]]] = []
    counts: Counter[tuple[str, bool]] = Counter()
    for row in rows(split):
        got = as_expected(reading(row, calendar))
        right = same(got, row["expect"])
        counts[(row["lang"], right)] += 1
        if not right:
            wrong.append((row, got))
    for language in sorted({language for language, _ in counts}):
        good, all_ = counts[(language, True)], counts[(language, True)] + counts[(language, False)]
        print(f"{split:5} {language}: {good}/{all_} = {good / all_:.1%}")
    for row, got in wrong:
        print(f"  {row['id']} {row['text']!r}: wanted {json.dumps(row['expect'])}, got {json.dumps(got)}")
    return len(wrong)


def speed(split: str) -> None:
    """Print the time of one reading: median, p95 and the slowest over the messages of `split`."""
    calendar = business_calendar(country="CN")
    table = rows(split)
    for row in table:
        reading(row, calendar)
    times = []
    for _ in range(5):
        for row in table:
            start = time.perf_counter()
            reading(row, calendar)
            times.append(1000 * (time.perf_counter() - start))
    times.sort()
    print(f"time per message: median {median(times):.3f} ms, p95 {times[int(len(times) * 0.95)]:.3f} ms, max {times[-1]:.3f} ms ({len(table)} messages)")


# classes of disagreement by the words of the expression, the first that fits
_CLASSES = (
    ("working days, which it does not count by a calendar", r"工作[日天]|working day|business day|workday"),
    ("a day told from a holiday, or the break", r"端午|中秋|国庆|元旦|春节|五一|节[前后後]|holiday|new year|national day|dragon boat|christmas"),
    ("a correction, a refused day or an old one beside the wished", r"不是|不对|不對|打错|不行|原来|instead|wait|typo|sorry|not the|scratch|from the \d"),
    ("the coming weekday, taken as next week's", r"coming"),
    ("two parts that belong together, of which it reads one", r"last year|week after next|(?<!a )(?<!two )\w+day next week"),
    ("the end or a third of a month, quarter or year", r"[底末旬]|最后一|\b(?:end|eom|last|late)\b"),
    ("the n-th weekday of a month, a weekday counted in weeks", r"第[一二三]个|week on|week from|weeks from|fortnight|(?:day|nesday) week|下下|上上"),
    ("a number of weeks, read as the week that ends then", r"^in .*(?:week|wk)|time$"),
    ("a length of time, not the day it leads to", r"内|以内|之内|过一|within"),
    ("a bare day of the month", r"\b\d{1,2}(?:st|nd|rd|th)\b|(?<!月)[\d０-９十]+[号號日]"),
    ("digits in an order or a form it does not know", r"^\D*[\d０-９][\d０-９./-]+"),
    (
        "a slip of the keyboard, an abbreviation or mixed languages",
        r"tmrw|tomorow|wendesday|jully|周[1-7]|星期[1-7]|[a-z]+.*[\u4e00-\u9fff]|[\u4e00-\u9fff].*[a-z]",
    ),
)


def _outside(row: Row, module: Any) -> tuple[list[date], set[str]]:
    """(days, kinds of result) the outside parser finds, years resolved both ways."""
    culture = "zh-cn" if row["lang"] == "zh" else "en-us"
    now = datetime.fromisoformat(row.get("now", NOW)).astimezone(ZONE).replace(tzinfo=None)
    days: list[date] = []
    kinds: set[str] = set()
    for result in module.recognize_datetime(row["text"], culture, reference=now):
        for value in (result.resolution or {}).get("values", []):
            kinds.add(str(value.get("type")))
            for key in ("value", "start", "end"):
                try:
                    days.append(datetime.fromisoformat(str(value.get(key))[:10]).date())
                except ValueError:
                    continue
    return days, kinds


def _verdict(row: Row, days: list[date], kinds: set[str]) -> str:
    """The class of disagreement between the table and the outside parser, "" when they agree."""
    wanted = row["expect"]
    match wanted["kind"]:
        case "none":
            return "a date where the table has none" if days else ""
        case "impossible":
            return "a day of an impossible date" if days else ""
        case "shift":
            return "a shift, read as a mere length of time" if kinds & {"duration", "set"} else "a shift, read as a day" if days else "a shift, unknown to it"
        case "ambiguous":
            found = {date.fromisoformat(day) for day in wanted["dates"]} & set(days)
            return "" if len(found) == len(wanted["dates"]) else "two readings, of which it gives one unasked" if found else "two readings, neither found"
    if date.fromisoformat(wanted.get("date") or wanted["from"]) in days:
        return ""
    named = next((name for name, words in _CLASSES if re.search(words, row["text"].lower())), "another expression it does not know")
    return named + (", unknown to it" if not days else ", read otherwise")


def oracle(split: str) -> None:
    """Compare the whole table with the outside parser and print where they differ, then the classes of disagreement."""
    try:
        module = importlib.import_module("recognizers_date_time")
    except ImportError:
        print("outside parser: recognizers-text-date-time is not installed")
        return
    classes: Counter[str] = Counter()
    table = rows(split)
    for row in table:
        try:
            days, kinds = _outside(row, module)
        except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
            print(f"  {row['id']} {row['text']!r}: the outside parser failed with {type(error).__name__}")
            days, kinds = [], set()
        why = _verdict(row, days, kinds)
        classes[why] += 1
        if why:
            found = ", ".join(sorted({str(day) for day in days})) or "nothing"
            print(f"  {row['id']} {row['text']!r}: table {json.dumps(row['expect'])}, outside {found}: {why}")
    print(f"outside parser on {split}: agrees on {classes.pop('')} of {len(table)} lines")
    for name, count in classes.most_common():
        print(f"  {count:3} {name}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split", nargs="?", default="dev", choices=("dev", "test", "all"))
    parser.add_argument("--oracle", action="store_true", help="compare the table with the outside parser")
    arguments = parser.parse_args()
    if arguments.oracle:
        oracle(arguments.split)
        return 0
    wrong = score(arguments.split)
    speed(arguments.split)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
