"""Working days and named holidays of a country with a company's own exceptions; no opening hours and no clock.

Public holidays come from the package `holidays`, a year at a time and only when asked for. Weekends that a country works to make up for a break (China's 调休)
are working days only of a company that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from assistant.errors import InvalidInput

Span = tuple[date, date]
_DAY = timedelta(days=1)
_LONGEST_BREAK = 60  # days; a calendar without working days has no break either
_LONGEST = 4000  # a count of working days beyond this is a slip of the pen

# how the package's English names begin -> our canonical name; the first that fits
_NAMES: tuple[tuple[str, str], ...] = (
    ("chinese new year", "spring_festival"), ("spring festival", "spring_festival"), ("lunar new year", "spring_festival"), ("new year's eve", "new_years_eve"),
    ("new year", "new_year"), ("founding day of the republic", "new_year"), ("tomb-sweeping", "qingming"), ("ching ming", "qingming"), ("qingming", "qingming"),
    ("dragon boat", "dragon_boat"), ("tuen ng", "dragon_boat"), ("mid-autumn", "mid_autumn"), ("national day", "national_day"), ("labor day", "labour_day"),
    ("labour day", "labour_day"), ("martin luther king", "mlk_day"), ("washington", "presidents_day"), ("memorial day", "memorial_day"),
    ("juneteenth", "juneteenth"), ("independence day", "independence_day"), ("columbus", "columbus_day"), ("veterans", "veterans_day"),
    ("thanksgiving", "thanksgiving"), ("good friday", "good_friday"), ("easter monday", "easter_monday"), ("easter", "easter"), ("boxing day", "boxing_day"),
    ("second day of christmas", "boxing_day"), ("christmas", "christmas"), ("ascension", "ascension"), ("pentecost", "pentecost"), ("whit monday", "pentecost"),
    ("german unity", "unity_day"), ("golden week", "golden_week"),
)  # fmt: skip
# days with a name that are the same everywhere, whether the country rests on them or not
_FIXED: dict[str, tuple[int, int]] = {
    "new_year": (1, 1), "new_years_eve": (12, 31), "valentine": (2, 14), "womens_day": (3, 8), "labour_day": (5, 1), "may_day": (5, 1), "childrens_day": (6, 1),
    "mid_year_sale": (6, 18),
    "teachers_day": (9, 10), "halloween": (10, 31), "singles_day": (11, 11), "double_twelve": (12, 12), "christmas_eve": (12, 24),
    "christmas": (12, 25), "boxing_day": (12, 26),
}  # fmt: skip
# whose day is meant when the company's own country has none of that name
_ELSEWHERE = {
    "spring_festival": "CN", "qingming": "CN", "dragon_boat": "CN", "mid_autumn": "CN", "national_day": "CN", "may_day": "CN", "independence_day": "US",
    "memorial_day": "US", "thanksgiving": "US", "juneteenth": "US", "mlk_day": "US", "presidents_day": "US", "veterans_day": "US", "columbus_day": "US",
    "good_friday": "DE", "easter_monday": "DE", "unity_day": "DE",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Year:
    off: Mapping[date, tuple[str, ...]]
    made_up: frozenset[date]


@lru_cache(maxsize=128)
def _public(country: str, year: int) -> _Year:
    """Public holidays of one year by date with canonical names ("" for an unnamed rest day), and make-up working days."""
    import holidays

    code, _, subdivision = country.partition("-")
    try:
        found = holidays.country_holidays(code, subdiv=subdivision or None, years=year, language="en_US")
    except NotImplementedError as error:
        raise InvalidInput(f"no public holidays are known for country {country!r}", code="unknown_country") from error
    off = {day: tuple(_canonical(part) for part in name.split("; ")) for day, name in found.items() if day.year == year}
    made_up = frozenset(day for day in getattr(found, "weekend_workdays", ()) if day.year == year)
    return _Year(MappingProxyType(off), made_up)


def _canonical(name: str) -> str:
    lower = name.lower()
    if "observed" in lower or "substituted" in lower or lower.endswith("eve"):
        return ""
    return next((canonical for word, canonical in _NAMES if lower.startswith(word)), lower.replace(" ", "_"))


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """When a company works. `weekend` holds ISO weekdays (6 = Saturday); `days_off` and `working_days` are its exceptions to country and weekend;
    `names` adds words for days of its own: {canonical name: {year: (first, last)}}."""

    country: str = ""
    weekend: frozenset[int] = frozenset({6, 7})
    days_off: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()
    names: Mapping[str, Mapping[int, Span]] = field(default_factory=dict, hash=False)
    make_up_days: bool = False

    def is_workday(self, day: date) -> bool:
        """Whether the company works on `day`: its own exceptions first, then public holidays and (with `make_up_days`) make-up days, then the weekend."""
        return self._works(day, make_up=self.make_up_days)

    def _works(self, day: date, *, make_up: bool) -> bool:
        if day in self.working_days:
            return True
        if day in self.days_off:
            return False
        if self.country:
            public = _public(self.country, day.year)
            if make_up and day in public.made_up:
                return True
            if day in public.off:
                return False
        return day.isoweekday() not in self.weekend

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it for a negative n); `day` itself for 0. Raises InvalidInput for a count out of reach."""
        if abs(n) > _LONGEST:
            raise InvalidInput(f"{n} working days cannot be counted", code="out_of_range")
        step = _DAY if n > 0 else -_DAY
        left = abs(n)
        idle = 0
        while left:
            day += step
            idle = 0 if self.is_workday(day) else idle + 1
            left -= not idle
            if idle > 366:
                raise InvalidInput("the calendar has no working day", code="out_of_range")
        return day

    def workdays_between(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and including `last`; negative when `last` is earlier."""
        if last < first:
            return -self.workdays_between(last, first)
        return sum(self.is_workday(first + _DAY * n) for n in range(1, (last - first).days + 1))

    def holiday_day(self, name: str, year: int) -> date | None:
        """The day that bears the canonical `name` in `year` (dragon_boat, national_day, christmas …): the country's own, else where everyone keeps it."""
        if own := self.names.get(name, {}).get(year):
            return own[0]
        if name == "chinese_eve":
            return _shifted(self.holiday_day("spring_festival", year), -1)
        if name == "easter":
            return _shifted(self.holiday_day("good_friday", year), 2)
        if self.country and (day := _named(self.country, name, year=year)):
            return day
        if name in _FIXED:
            return date(year, *_FIXED[name])
        return _named(_ELSEWHERE[name], name, year=year) if name in _ELSEWHERE else None

    def holiday_spans(self, year: int) -> dict[str, Span]:
        """{canonical name: (first, last day of the break)} of `year` for every name known here; see `holiday_span`."""
        names = set(self.names) | set(_FIXED) | set(_ELSEWHERE)
        if self.country:
            names |= {name for labels in _public(self.country, year).off.values() for name in labels if name}
        return {name: span for name in sorted(names) if (span := self.holiday_span(name, year))}

    def holiday_span(self, name: str, year: int) -> Span | None:
        """(first, last day) of the break around a named holiday, or that day alone where nobody rests.

        In a year for which make-up working days are published the break is the whole run of days off, as it is announced; otherwise it goes from the
        named day to the last public holiday joined to it. A name the country does not know is taken from the country it belongs to.
        """
        if own := self.names.get(name, {}).get(year):
            return own
        day = self.holiday_day(name, year)
        if day is None:
            return None
        if self.country and _named(self.country, name, year=year):
            return self._break(day)
        if elsewhere := _ELSEWHERE.get(name, ""):
            return BusinessCalendar(elsewhere)._break(day)
        return self._break(day) if self._rests(day) else (day, day)

    def next_break(self, day: date) -> Span | None:
        """(first, last day) of the first holiday break that ends on or after `day`, None when the calendar knows none for a year; weekends are no break."""
        for ahead in range(400):
            if self._rests(day + _DAY * ahead):
                return self._break(day + _DAY * ahead)
        return None

    def _rests(self, day: date) -> bool:
        """A holiday proper, not a mere weekend: the country's or the company's."""
        return day in self.days_off or bool(self.country and day in _public(self.country, day.year).off)

    def _break(self, day: date) -> Span:
        first = last = day
        while not self._works(first - _DAY, make_up=True) and (day - first).days < _LONGEST_BREAK:
            first -= _DAY
        while not self._works(last + _DAY, make_up=True) and (last - day).days < _LONGEST_BREAK:
            last += _DAY
        if self.country and _public(self.country, day.year).made_up:
            return first, last
        while not self._rests(last):
            last -= _DAY
        return day, last


def _shifted(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days)


@lru_cache(maxsize=512)
def _named(country: str, name: str, *, year: int) -> date | None:
    days = sorted(day for day, labels in _public(country, year).off.items() if name in labels)
    return days[0] if days else None


def business_calendar(
    *,
    country: str = "",
    weekend: Iterable[int] = (6, 7),
    days_off: Iterable[date] = (),
    working_days: Iterable[date] = (),
    names: Mapping[str, Mapping[int, Span]] = MappingProxyType({}),
    make_up_days: bool = False,
) -> BusinessCalendar:
    """A calendar for an ISO country ("CN", "US-TX"; "" knows no public holidays), which is checked on first use.

    Raises InvalidInput for weekdays outside 1-7.
    """
    weekdays = frozenset(weekend)
    if not weekdays <= set(range(1, 8)):
        raise InvalidInput("weekend days are ISO weekdays 1 to 7", code="bad_weekend")
    return BusinessCalendar(country.upper(), weekdays, frozenset(days_off), frozenset(working_days), names, make_up_days)
