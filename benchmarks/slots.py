"""How well and how fast slots, and a yes or a no to a preview, are read: accuracy on the labelled lines by half, and milliseconds per message.

Run `python -m benchmarks.slots [dev|test] [--errors]`. The half "dev" was learnt from; the half "test" was not, and its first score is the one to publish.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from assistant.text.calendar import BusinessCalendar
from assistant.text.fold import fold
from assistant.types import Hints, Slot
from assistant.understanding.dates.read import find_dates
from assistant.understanding.reader_build import slot_lexicon
from assistant.understanding.slots.read import SlotLexicon, find_slots
from assistant.understanding.yesno.read import read_verdict
from assistant.workspace.load import load_workspace

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime.fromisoformat("2026-06-01T10:00:00+08:00")
LISTS = {"orders": "order", "products": "product"}
SINGLES = ("quantity", "address", "tax_id", "title", "phone", "email")
# the preview that the labelled answers reply to: order 12345 from 2026-06-10 to 2026-06-15
SHOWN = {"order": ("12345",), "date": ("2026-06-15",)}
ACT = "修改交货日期 Change the delivery date"
Row = Mapping[str, Any]


def rows(name: str, split: str) -> list[Row]:
    lines = [json.loads(line) for line in (ROOT / "evals" / "data" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]
    return [line for line in lines if line["split"] == split]


def read(text: str, lexicon: SlotLexicon) -> tuple[Slot, ...]:
    """Dates and slots of a folded message, without anything known of a conversation."""
    dates = find_dates(text, now=NOW, calendar=BusinessCalendar(country="CN"))
    hints = Hints(language="en", now=NOW)
    return (*dates, *find_slots(text, hints=hints, lexicon=lexicon, taken=[(slot.start, slot.end) for slot in dates]))


def as_labelled(slots: tuple[Slot, ...]) -> dict[str, Any]:
    """Slots in the form of the labelled lines."""
    found: dict[str, Any] = {}
    for key, name in LISTS.items():
        if values := [slot.value for slot in slots if slot.name == name]:
            found[key] = values
    for name in SINGLES:
        if values := [slot.value for slot in slots if slot.name == name]:
            found[name] = values[-1]
    if options := [slot.value for slot in slots if slot.name == "option"]:
        found["option"] = "last" if options[-1] == -1 else str(options[-1])
    return found


def score_slots(split: str, lexicon: SlotLexicon, *, errors: bool) -> None:
    """Prints exact matches: per key over the lines that have it, lines without it where it was read, and whole lines."""
    table = rows("slots", split)
    wanted, right, false, whole = Counter[str](), Counter[str](), Counter[str](), 0
    for row in table:
        got, expect = as_labelled(read(fold(row["text"]), lexicon)), row["expect"]
        whole += got == expect
        for key in {*got, *expect}:
            wanted[key] += key in expect
            right[key] += key in expect and got.get(key) == expect[key]
            false[key] += key not in expect
        if errors and got != expect:
            print(f"  {row['id']} {row['text']!r}: expected {expect}, read {got}")
    print(f"slots {split}: {whole}/{len(table)} lines exact ({100 * whole / len(table):.1f} %)")
    for key in sorted(wanted):
        print(f"  {key:9} {right[key]}/{wanted[key]} right, {false[key]} read where there is none")


def score_verdicts(split: str, lexicon: SlotLexicon, *, errors: bool) -> None:
    """Prints false yes (a yes or yes_plus where neither was given), the share of true yes and of all answers read as labelled."""
    table = rows("yesno", split)
    yes = recognised = false = exact = 0
    for row in table:
        text = fold(row["text"])
        verdict, expect = read_verdict(text, read(text, lexicon), shown=SHOWN, act=ACT), row["expect"]
        meant = expect.startswith("yes")
        yes += meant
        recognised += meant and verdict == expect
        false += verdict.startswith("yes") and verdict != expect
        exact += verdict == expect
        if errors and verdict != expect:
            print(f"  {row['id']} {row['text']!r}: expected {expect}, read {verdict}")
    print(f"yes/no {split}: {false} false yes, {recognised}/{yes} true yes ({100 * recognised / yes:.1f} %), {exact}/{len(table)} answers exact")


def timings(split: str, lexicon: SlotLexicon) -> None:
    """Prints the median over ten passes of the mean time per message for slots and for the verdict, dates not counted."""
    texts = [fold(row["text"]) for name in ("slots", "yesno") for row in rows(name, split)]
    hints = Hints(language="en", now=NOW)
    slots_ms, verdict_ms = [], []
    for _ in range(10):
        start = time.perf_counter()
        found = [find_slots(text, hints=hints, lexicon=lexicon) for text in texts]
        middle = time.perf_counter()
        for text, slots in zip(texts, found, strict=True):
            read_verdict(text, slots, shown=SHOWN, act=ACT)
        slots_ms.append(1000 * (middle - start) / len(texts))
        verdict_ms.append(1000 * (time.perf_counter() - middle) / len(texts))
    print(f"time per message: slots {median(slots_ms):.3f} ms, verdict {median(verdict_ms):.3f} ms ({len(texts)} messages)")


def main() -> None:
    parser = argparse.ArgumentParser(description="Score the reading of slots and of yes and no.")
    parser.add_argument("split", nargs="?", default="dev", choices=("dev", "test"))
    parser.add_argument("--errors", action="store_true", help="print every line that was read otherwise than labelled")
    options = parser.parse_args()
    lexicon = slot_lexicon(load_workspace(ROOT))
    score_slots(options.split, lexicon, errors=options.errors)
    score_verdicts(options.split, lexicon, errors=options.errors)
    timings(options.split, lexicon)


if __name__ == "__main__":
    main()
