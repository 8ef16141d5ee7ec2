"""Dates and shifts in a message, in Chinese and English, against a business clock; it reads what was said and judges no rule.

The conventions, where people differ:
- "next Friday" is the Friday of the next Monday-Sunday week; the coming Friday is its other reading (note `also`). 下周五 has one reading. A bare weekday is
  the coming one, never today. "In two weeks" and "within" count from today.
- Two numbers (7/8, 7/8/2026) are month and day in Chinese text; elsewhere both readings are given, month first (note `ambiguous`), unless one is impossible.
- A day without a year is the nearest future one, unless it passed within 60 days or the clause tells the past.
- The end of a month, quarter or year is its last day (a week's is its last working day), its beginning, middle and thirds (旬) are ranges. A holiday is the
  day of its name; before and after it is before and after its days off, without the weekend that may join them; the first day after it is the first day back.
- 前, before and after exclude the day, but 月底前 and "before the end of" take it in; 最晚, by, until, at the latest, from … on include it. By July is by its
  first day. What is held or closed until a day is free from it on; what is postponed until a day is moved to it.
- A count with two ends (两三天后, in 3-5 days) is a range, within it the later end; a length of time alone (a fortnight, 三天) is no date.
- A correction replaces what it corrects; the present date beside a wished one, a refused day, a day moved away from, hours
  of business (Mon-Fri 8-5) and every recurring day (每周五) are left out.
- The same day said again is one day; a remark on a limit's own day (18号当天不算) lets it in or out, limits from both sides are a range, and a stretch that is
  refused (22号之前别送, nothing after the 26th) is the limit on its other side. A weekday given to a date that is none such is asked.
- `impossible` is a day that no calendar has; a past day is a reading like others.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from assistant.text.calendar import BusinessCalendar
from assistant.text.script import to_simplified
from assistant.types import Json, Slot
from assistant.understanding.dates import counts as dates_counts
from assistant.understanding.dates import en as dates_en
from assistant.understanding.dates import numeric as dates_numeric
from assistant.understanding.dates import onward as dates_onward
from assistant.understanding.dates import periods as dates_periods
from assistant.understanding.dates import zh as dates_zh
from assistant.understanding.dates.atoms import Atom, Rule, Scene
from assistant.understanding.dates.combine import combine
from assistant.understanding.dates.table import corrected

_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[a-z]")
_DIGIT = re.compile("[0-9]")
_WORD = re.compile(r"(?<![a-z0-9-])[a-z2]{2,11}(?![a-z0-9-])")
_MASKED = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:(?:农历|阴历)(?!新年)|正月|腊月|冬月|闰[一二三四五六七八九十]月)\S{2,6}|(?:every|each)\s+\w+day",
    re.ASCII,
)
_BOUND = 4000  # dates stand in the first screens of a message; beyond this nobody says when

_fixed_word = lru_cache(maxsize=4096)(corrected)


def find_dates(text: str, *, now: datetime, calendar: BusinessCalendar, language: str = "") -> tuple[Slot, ...]:
    """Dates and shifts said in folded `text`, in order.

    `now` is business time in the workspace's zone. `language` ("zh…" or "en") settles the order of two bare numbers in a message without words; without it
    Chinese characters in the message decide.
    A slot `date` has note "" or also: value an ISO date, `candidates` other ISO dates; ambiguous: the same, to be asked; impossible: value None; range: value
    {"from", "to"}; before, after: value {"date", "inclusive"}. A slot `shift` has value {"days": n}, {"months": n} or {"workdays": n}, negative for earlier.
    """
    form, origins = _matching_form(text[:_BOUND])
    han = bool(_HAN.search(form))
    scene = Scene(form, now.date(), calendar, han or (language.startswith("zh")))
    atoms = combine(_select(_scan(scene, han=han)), scene)
    slots = tuple(_slot(atom, text, origins) for atom in atoms)
    return tuple(slot for slot in slots if slot is not None)


def _matching_form(text: str) -> tuple[str, list[int]]:
    """(simplified lower-case text with slips of the keyboard put right, position of each of its characters in `text`; empty when they are the same)."""
    form = to_simplified(text)
    lower = form.lower()
    form = lower if len(lower) == len(form) else "".join(char.lower() if char.isascii() else char for char in form)
    form = _MASKED.sub(lambda match: "\x01" * len(match.group()), form)
    if not _LATIN.search(form):
        return form, []
    pieces: list[str] = []
    origins: list[int] = []
    position = 0
    for match in _WORD.finditer(form):
        if right := _fixed_word(match.group()):
            pieces += [form[position : match.start()], right]
            last = match.end() - 1
            origins += [*range(position, match.start()), *(min(match.start() + n, last) for n in range(len(right) - 1)), last]
            position = match.end()
    if not pieces:
        return form, []
    return "".join([*pieces, form[position:]]), [*origins, *range(position, len(form))]


def _scan(scene: Scene, *, han: bool) -> list[Atom]:
    groups: list[tuple[Rule, ...]] = []
    if _DIGIT.search(scene.text):
        groups.append(dates_numeric.RULES)
    if han:
        groups += [dates_zh.RULES, dates_counts.RULES_ZH, dates_onward.RULES_ZH]
    if _LATIN.search(scene.text):
        groups += [dates_en.RULES, dates_periods.RULES, dates_counts.RULES_EN, dates_onward.RULES_EN]
    text = scene.text
    wanted = [(pattern, read) for rules in groups for needs, pattern, read in rules if not needs or any(word in text for word in needs)]
    return [atom for pattern, read in wanted for match in pattern.finditer(text) if (atom := read(match, scene))]


def _select(atoms: list[Atom]) -> list[Atom]:
    """The atoms that do not overlap: the earliest, of those that begin together the longest, of equals the first rule's."""
    chosen: list[Atom] = []
    for atom in sorted(atoms, key=lambda atom: (atom.start, -atom.end)):
        if not chosen or atom.start >= chosen[-1].end:
            chosen.append(atom)
    return chosen


def _slot(atom: Atom, text: str, origins: list[int]) -> Slot | None:
    start, end = (origins[atom.start], origins[atom.end - 1] + 1) if origins else (atom.start, atom.end)
    value, note, others = _value(atom)
    return Slot("shift" if atom.form == "shift" else "date", value, text[start:end], start, end, candidates=others, note=note)


def _edge(atom: Atom) -> date:
    """The day a limit counts from: of a span its near end when the span itself is shut out (before next week), its far end when it is let in (by next week)."""
    if atom.inclusive:
        return atom.at if atom.form == "holiday" or atom.limit == "after" else atom.last or atom.at
    return (atom.last or atom.at) if atom.limit == "after" else (atom.first or atom.at)


def _value(atom: Atom) -> tuple[Json, str, tuple[Json, ...]]:
    others: tuple[Json, ...] = tuple(day.isoformat() for day in atom.others)
    if atom.form == "shift":
        return {atom.unit: atom.count}, "onward" if atom.onward else "", ()
    if atom.first is None or atom.form == "impossible":
        return None, "impossible", ()
    if atom.form == "choice":
        return atom.first.isoformat(), "ambiguous", others
    if atom.limit:
        edge = _edge(atom)
        return {"date": edge.isoformat(), "inclusive": atom.inclusive}, atom.limit, tuple({"date": day, "inclusive": atom.inclusive} for day in others)
    if atom.form == "holiday":
        return atom.at.isoformat(), "", ()
    if atom.first != atom.last and atom.last is not None:
        return {"from": atom.first.isoformat(), "to": atom.last.isoformat()}, "range", ()
    return atom.first.isoformat(), "also" if others else "", others
