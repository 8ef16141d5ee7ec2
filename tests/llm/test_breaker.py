"""The breaker by a clock of its own."""

from __future__ import annotations

import pytest

from assistant.llm.breaker import FIRST_REST, LONGEST_REST, NO_FAULT, OPENS_AFTER, Breaker


class Time:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def _opened() -> tuple[Breaker, Time]:
    time = Time()
    breaker = Breaker(now=time)
    for _ in range(OPENS_AFTER):
        breaker.failed("server")
    return breaker, time


def test_it_opens_after_five_failures_in_a_row_and_not_after_four() -> None:
    breaker = Breaker(now=Time())
    for _ in range(OPENS_AFTER - 1):
        breaker.failed("cut")
    assert breaker.allows()
    breaker.failed("cut")
    assert not breaker.allows()


def test_a_success_between_failures_begins_the_count_anew() -> None:
    breaker = Breaker(now=Time())
    for _ in range(3 * OPENS_AFTER):
        breaker.failed("server")
        breaker.worked()
    assert breaker.allows()


def test_what_says_nothing_of_the_back_end_does_not_open_it() -> None:
    breaker = Breaker(now=Time())
    for _ in range(OPENS_AFTER):
        for code in NO_FAULT:
            breaker.failed(code)
    assert breaker.allows()


def test_after_its_rest_one_trial_is_let_through_at_a_time() -> None:
    breaker, time = _opened()
    time.at += FIRST_REST - 0.1
    assert not breaker.allows()
    time.at += 0.2
    assert [breaker.allows() for _ in range(3)] == [True, False, False]


def test_a_trial_that_works_closes_it() -> None:
    breaker, time = _opened()
    time.at += FIRST_REST
    assert breaker.allows()
    breaker.worked()
    assert breaker.allows()
    assert breaker.failures == 0


def test_a_trial_that_fails_rests_twice_as_long_up_to_a_bound() -> None:
    breaker, time = _opened()
    rests = []
    for _ in range(6):
        time.at += breaker.rest
        assert breaker.allows()
        breaker.failed("idle")
        rests.append(breaker.rest)
        time.at += breaker.rest - 0.01
        assert not breaker.allows()
        time.at += 0.01 - breaker.rest
    assert rests[0] == 2 * FIRST_REST
    assert rests == sorted(rests)
    assert rests[-1] == LONGEST_REST


def test_a_trial_that_was_cancelled_leaves_the_next_one_free() -> None:
    breaker, time = _opened()
    time.at += FIRST_REST
    assert breaker.allows()
    breaker.failed("cancelled")
    assert breaker.allows()


def test_a_reset_forgets_everything() -> None:
    breaker, _ = _opened()
    breaker.reset()
    assert breaker.allows()
    assert breaker.rest == FIRST_REST


def test_a_server_that_asks_for_a_wait_gets_it_whatever_other_calls_bring() -> None:
    time = Time()
    breaker = Breaker(now=time)
    breaker.failed("rate_limited", wait=12)
    breaker.worked()
    time.at += 11.9
    assert not breaker.allows()
    time.at += 0.2
    assert breaker.allows()


def test_a_wait_is_bounded_and_a_shorter_one_does_not_end_it_earlier() -> None:
    time = Time()
    breaker = Breaker(now=time, most_wait=30.0)
    breaker.failed("rate_limited", wait=3600)
    breaker.failed("rate_limited", wait=1)
    time.at += 29.9
    assert not breaker.allows()
    time.at += 0.2
    assert breaker.allows()


@pytest.mark.parametrize("wait", [None, 0.0, -5.0])
def test_no_wait_asked_for_is_no_wait(wait: float | None) -> None:
    breaker = Breaker(now=Time())
    breaker.failed("rate_limited", wait=wait)
    assert breaker.allows()


def test_a_wait_over_takes_no_trial_from_an_open_breaker() -> None:
    breaker, time = _opened()
    breaker.failed("rate_limited", wait=FIRST_REST + 3)
    time.at += FIRST_REST + 1
    assert not breaker.allows()
    time.at += 3
    assert [breaker.allows() for _ in range(2)] == [True, False]


def test_a_reset_ends_a_wait() -> None:
    breaker = Breaker(now=Time())
    breaker.failed("rate_limited", wait=50)
    breaker.reset()
    assert breaker.allows()
