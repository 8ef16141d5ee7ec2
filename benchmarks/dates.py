"""How well and how fast dates are read: accuracy on the labelled table by half and language, an outside parser over the same table where it is installed.

Run `python -m benchmarks.dates [dev|test|all] [--oracle]`. The half "dev" was learnt from; the half "test" was not, and its first score is the one to publish.
The outside parser is the package recognizers-text-date-time (not a dependency of the project); every line where it and the table differ is printed.
"""

from __future__ import annotations

import argparse
import importlib
import json
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
from assistant.understanding.dates import find_dates

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


def _outside(row: Row, module: Any) -> list[date]:
    """The days the outside parser finds, years resolved towards the future."""
    culture = "zh-cn" if row["lang"] == "zh" else "en-us"
    now = datetime.fromisoformat(row.get("now", NOW)).replace(tzinfo=None)
    days: list[date] = []
    for result in module.recognize_datetime(row["text"], culture, reference=now):
        for value in (result.resolution or {}).get("values", []):
            for key in ("value", "start", "end"):
                try:
                    days.append(datetime.fromisoformat(str(value.get(key))[:10]).date())
                except ValueError:
                    continue
    return days


def _why(row: Row, days: list[date]) -> str:
    """The kind of disagreement, as far as it shows."""
    text = row["text"].lower()
    if not days:
        return "the expression is unknown to it"
    if any(word in text for word in ("工作日", "工作天", "working day", "business day")):
        return "it does not count working days by a calendar"
    target = date.fromisoformat(row["expect"].get("date") or row["expect"]["from"])
    if any(word in text for word in ("底", "末", "旬", "end of", "最后", "last ")) and any(day.day == 1 for day in days):
        return "it gives the period, not the part of it"
    if any(day.replace(year=target.year) == target for day in days if (day.month, day.day) != (2, 29)):
        return "it reads another year"
    return "it reads only a part of the expression"


def oracle(split: str) -> None:
    """Compare the table's dates with the outside parser's and print where they differ."""
    try:
        module = importlib.import_module("recognizers_date_time")
    except ImportError:
        print("outside parser: recognizers-text-date-time is not installed")
        return
    agree = different = silent = 0
    for row in rows(split):
        wanted = row["expect"]
        if wanted["kind"] not in ("date", "range", "before", "after"):
            continue
        target = date.fromisoformat(wanted.get("date") or wanted["from"])
        try:
            days = _outside(row, module)
        except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
            print(f"  {row['id']} {row['text']!r}: the outside parser failed with {type(error).__name__}")
            days = []
        agree += target in days
        silent += not days
        different += bool(days) and target not in days
        if target not in days:
            print(f"  {row['id']} {row['text']!r}: table {target}, outside {', '.join(sorted({str(day) for day in days})) or 'nothing'}: {_why(row, days)}")
    print(f"outside parser on {split}: agrees {agree}, differs {different}, finds nothing {silent}")


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
