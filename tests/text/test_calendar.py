"""Working days and named holidays."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.errors import InvalidInput
from assistant.text.calendar import business_calendar

CHINA = business_calendar(country="CN")


def test_working_days_of_china() -> None:
    assert CHINA.is_workday(date(2026, 6, 1))
    assert not CHINA.is_workday(date(2026, 6, 6))
    assert not CHINA.is_workday(date(2026, 6, 19))
    assert CHINA.add_workdays(date(2026, 6, 1), 3) == date(2026, 6, 4)
    assert CHINA.add_workdays(date(2026, 6, 18), 1) == date(2026, 6, 22)
    assert CHINA.add_workdays(date(2026, 6, 22), -1) == date(2026, 6, 18)
    assert CHINA.add_workdays(date(2026, 6, 6), 0) == date(2026, 6, 6)
    assert CHINA.workdays_between(date(2026, 6, 1), date(2026, 6, 23)) == 15
    assert CHINA.workdays_between(date(2026, 6, 23), date(2026, 6, 1)) == -15


def test_make_up_weekends_are_worked_only_by_those_who_say_so() -> None:
    made_up = date(2026, 10, 10)
    assert not CHINA.is_workday(made_up)
    own = business_calendar(country="CN", make_up_days=True)
    assert own.is_workday(made_up)
    assert own.holiday_spans(2026) == CHINA.holiday_spans(2026)


def test_exceptions_of_the_company_come_first() -> None:
    own = business_calendar(country="CN", days_off=[date(2026, 6, 2)], working_days=[date(2026, 6, 6), date(2026, 6, 19)])
    assert [own.is_workday(date(2026, 6, day)) for day in (2, 6, 19)] == [False, True, True]


def test_breaks() -> None:
    spans = CHINA.holiday_spans(2026)
    assert spans["national_day"] == (date(2026, 10, 1), date(2026, 10, 7))
    assert spans["dragon_boat"] == (date(2026, 6, 19), date(2026, 6, 21))
    assert spans["spring_festival"] == (date(2026, 2, 15), date(2026, 2, 23))
    assert spans["christmas"] == (date(2026, 12, 25), date(2026, 12, 25))
    assert CHINA.holiday_day("spring_festival", 2026) == date(2026, 2, 17)
    assert CHINA.next_break(date(2026, 6, 1)) == (date(2026, 6, 19), date(2026, 6, 21))
    assert CHINA.next_break(date(2026, 10, 5)) == (date(2026, 10, 1), date(2026, 10, 7))


def test_a_name_of_another_country_is_taken_from_there() -> None:
    america = business_calendar(country="US")
    assert america.holiday_span("labour_day", 2026) == (date(2026, 9, 7), date(2026, 9, 7))
    assert america.holiday_span("national_day", 2026) == (date(2026, 10, 1), date(2026, 10, 7))
    assert america.is_workday(date(2026, 10, 1))
    assert CHINA.holiday_span("memorial_day", 2026) == (date(2026, 5, 25), date(2026, 5, 25))
    assert CHINA.holiday_span("no_such_day", 2026) is None


def test_days_named_by_the_company() -> None:
    own = business_calendar(country="CN", names={"stocktaking": {2026: (date(2026, 7, 1), date(2026, 7, 3))}})
    assert own.holiday_spans(2026)["stocktaking"] == (date(2026, 7, 1), date(2026, 7, 3))


def test_bad_calendars_are_refused() -> None:
    with pytest.raises(InvalidInput, match="weekend"):
        business_calendar(weekend=[0])
    with pytest.raises(InvalidInput, match="XX"):
        business_calendar(country="XX").is_workday(date(2026, 6, 1))
    with pytest.raises(InvalidInput, match="no working day"):
        business_calendar(weekend=range(1, 8)).add_workdays(date(2026, 6, 1), 1)
    with pytest.raises(InvalidInput, match="counted"):
        CHINA.add_workdays(date(2026, 6, 1), 10**9)
