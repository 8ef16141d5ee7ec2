"""Where a hand-off goes: queue, priority, skills, place and person, from the workspace's rules and a snapshot; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fnmatch import fnmatchcase
from zoneinfo import ZoneInfo

from assistant.text.calendar import BusinessCalendar
from assistant.types import Agent, Routing
from assistant.workspace.model import Hours, RoutingSpec


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of the hand-off: `queue` is a rule's, `skills` those of the products named."""

    reason: str
    intent: str = ""
    queue: str = ""
    tier: str = ""
    language: str = ""
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """Who waits per queue, as priorities in order, and who works."""

    waiting: Mapping[str, Sequence[str]]
    agents: Sequence[Agent]


def on_duty(hours: Hours, calendar: BusinessCalendar, at: datetime, *, zone: ZoneInfo) -> bool:
    """Whether people work at this instant: a listed weekday that is no holiday, between opening (inside) and closing (outside)."""
    local = at.astimezone(zone)
    if not _open_day(hours, calendar, local):
        return False
    return _time(hours.open) <= local.time() < _time(hours.close)


def next_opening(hours: Hours, calendar: BusinessCalendar, at: datetime, *, zone: ZoneInfo) -> datetime:
    """The instant people are on duty next; `at` itself when they are now."""
    if on_duty(hours, calendar, at, zone=zone):
        return at
    local = at.astimezone(zone)
    for ahead in range(60):
        day = local + timedelta(days=ahead)
        start = datetime.combine(day.date(), _time(hours.open), tzinfo=zone)
        if start > local and _open_day(hours, calendar, day):
            return start
    return datetime.combine(local.date() + timedelta(days=1), _time(hours.open), tzinfo=zone)


def _open_day(hours: Hours, calendar: BusinessCalendar, local: datetime) -> bool:
    """A public holiday is closed; a make-up working day is open though its weekday is not listed."""
    day = local.date()
    return calendar.is_workday(day) and (local.isoweekday() in hours.days or local.isoweekday() in calendar.weekend)


def _time(text: str) -> time:
    return time.fromisoformat(text)


def route(spec: RoutingSpec, asked: Asked, board: Board, *, duty: bool, opens: datetime | None) -> Routing:
    """Queue from the rule, the reason, the intent or the default, in this order; the more urgent of the reason's and the tier's priority.

    A reason that names skills needs a specialist: the skills of the products named, its own when none is. The place counts those of the same or higher
    priority before. Only the highest priority is given to a person at once: a present one of the queue or with the skills, with room, least loaded.
    """
    reason = spec.reasons.get(asked.reason)
    queue = asked.queue or (reason.queue if reason else "") or _by_intent(spec, asked.intent) or spec.default.queue
    priority = _priority(spec, asked, reason.priority if reason else "")
    needed = (asked.skills or reason.skills) if reason and reason.skills else ()
    skills = tuple(dict.fromkeys([*needed, *(spec.queues[queue].skills if queue in spec.queues else ())]))
    place = 1 + sum(spec.priorities.index(other) <= spec.priorities.index(priority) for other in board.waiting.get(queue, ()) if other in spec.priorities)
    urgent = priority == spec.priorities[0]
    agent = best_agent(board.agents, queue, skills, asked.language) if urgent and duty else None
    return Routing(queue, priority, skills, place, agent.id if agent else "", duty, None if duty else opens)


def _by_intent(spec: RoutingSpec, intent: str) -> str:
    exact = spec.intents.get(intent)
    return exact or next((queue for pattern, queue in spec.intents.items() if fnmatchcase(intent, pattern)), "")


def _priority(spec: RoutingSpec, asked: Asked, of_reason: str) -> str:
    tier = spec.tiers.get(asked.tier)
    named = [p for p in (of_reason, tier.priority if tier else "") if p in spec.priorities]
    return min(named, key=spec.priorities.index) if named else spec.default.priority


def best_agent(agents: Sequence[Agent], queue: str, skills: Sequence[str], language: str) -> Agent | None:
    """The present agent with room who has all the skills (or, failing that, serves the queue), speaks the language if one does, and has least to do."""
    free = [agent for agent in agents if agent.present and agent.load < agent.capacity]
    skilled = [agent for agent in free if set(skills) <= set(agent.skills)] or [agent for agent in free if queue in agent.queues]
    speaking = [agent for agent in skilled if language in agent.languages] or skilled
    return min(speaking, key=lambda agent: (agent.load, agent.name), default=None)
