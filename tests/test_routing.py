"""Queues, priorities, places and people, from rules and a snapshot."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.routing import Asked, Board, best_agent, next_opening, on_duty, route
from assistant.text.calendar import business_calendar
from assistant.types import Agent
from assistant.workspace.model import Hours, QueueSpec, ReasonSpec, RouteDefault, RoutingSpec, TierSpec

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = business_calendar(country="CN")
HOURS = Hours()
SPEC = RoutingSpec(
    queues={"help": QueueSpec("help", {"en": "help"}), "money": QueueSpec("money", {"en": "money"})},
    default=RouteDefault("help", "P3"),
    reasons={"urgent": ReasonSpec("urgent", "help", "P1", ("pumps",)), "angry": ReasonSpec("angry", priority="P2")},
    intents={"invoice.*": "money"},
    tiers={"A": TierSpec("A", "P2")},
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def agent(name: str, *, load: int = 0, skills: tuple[str, ...] = (), queues: tuple[str, ...] = ("help",), present: bool = True) -> Agent:
    return Agent(name, name, skills, queues, ("zh",), 2, load, present)


@pytest.mark.parametrize(
    ("instant", "duty"),
    [
        ("2026-06-01T09:00:00", True),
        ("2026-06-01T08:59:59", False),
        ("2026-06-01T18:00:00", False),
        ("2026-06-06T10:00:00", False),
        ("2026-06-19T10:00:00", False),
    ],
)
def test_duty_starts_with_the_opening_minute_and_ends_before_the_closing_one(instant: str, duty: bool) -> None:
    assert on_duty(HOURS, CALENDAR, at(instant), zone=ZONE) is duty


@pytest.mark.parametrize(
    ("instant", "opens"),
    [
        ("2026-06-01T22:30:00", "2026-06-02T09:00:00"),
        ("2026-06-05T18:30:00", "2026-06-08T09:00:00"),
        ("2026-06-18T20:00:00", "2026-06-22T09:00:00"),
        ("2026-06-01T07:00:00", "2026-06-01T09:00:00"),
        ("2026-06-01T12:00:00", "2026-06-01T12:00:00"),
    ],
)
def test_the_next_opening_skips_nights_weekends_and_holidays(instant: str, opens: str) -> None:
    assert next_opening(HOURS, CALENDAR, at(instant), zone=ZONE) == at(opens)


def test_a_rules_queue_wins_over_reason_intent_and_default() -> None:
    board = Board({}, ())
    assert route(SPEC, Asked("angry", "invoice.request", queue="help"), board, duty=True, opens=None).queue == "help"
    assert route(SPEC, Asked("angry", "invoice.request"), board, duty=True, opens=None).queue == "money"
    assert route(SPEC, Asked("other", "order.cancel"), board, duty=True, opens=None).queue == "help"


def test_the_more_urgent_of_reason_and_tier_counts() -> None:
    assert route(SPEC, Asked("other", tier="A"), Board({}, ()), duty=True, opens=None).priority == "P2"
    assert route(SPEC, Asked("urgent", tier="A"), Board({}, ()), duty=True, opens=None).priority == "P1"
    assert route(SPEC, Asked("other", tier="C"), Board({}, ()), duty=True, opens=None).priority == "P3"


def test_the_place_counts_those_who_come_first() -> None:
    board = Board({"help": ["P1", "P2", "P3", "P3"]}, ())
    assert route(SPEC, Asked("other"), board, duty=True, opens=None).place == 5
    assert route(SPEC, Asked("angry"), board, duty=True, opens=None).place == 3


def test_only_the_highest_priority_is_given_to_a_person_at_once_and_on_duty() -> None:
    board = Board({}, [agent("a", load=1, skills=("pumps",)), agent("b", skills=("pumps",)), agent("c")])
    assert route(SPEC, Asked("urgent"), board, duty=True, opens=None).assigned_to == "b"
    assert route(SPEC, Asked("urgent"), board, duty=False, opens=at("2026-06-02T09:00:00")).assigned_to == ""
    assert route(SPEC, Asked("angry"), board, duty=True, opens=None).assigned_to == ""


def test_skills_of_the_products_named_stand_in_for_the_reasons_own() -> None:
    assert route(SPEC, Asked("urgent", skills=("drives",)), Board({}, ()), duty=True, opens=None).skills == ("drives",)
    assert route(SPEC, Asked("urgent"), Board({}, ()), duty=True, opens=None).skills == ("pumps",)
    assert route(SPEC, Asked("other", skills=("drives",)), Board({}, ()), duty=True, opens=None).skills == ()


def test_nobody_absent_or_full_is_chosen() -> None:
    people = [agent("gone", skills=("pumps",), present=False), agent("full", load=2, skills=("pumps",)), agent("other", queues=("help",))]
    assert best_agent(people, "help", ("pumps",), "zh") == people[2]
    assert best_agent(people[:2], "help", ("pumps",), "zh") is None
