"""Business time and identifiers: the only place that asks the machine for either."""

from __future__ import annotations

import itertools
import os
import time
from datetime import UTC, datetime, timedelta

CONVERSATION = "cv"


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class RunningClock:
    """Business time that starts at an instant and runs on with the machine's time (a demonstration's clock)."""

    def __init__(self, start: datetime) -> None:
        self._offset = start.astimezone(UTC) - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset


class FrozenClock:
    """Business time that stands still until it is set or moved."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def set(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def move(self, by: timedelta) -> None:
        self._at += by


class SettableClock:
    """Another clock, until it is set: from then on it stands still at what it was set to last."""

    def __init__(self, clock: SystemClock | RunningClock | FrozenClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()

    def set(self, at: datetime) -> None:
        self._clock = FrozenClock(at)


class RandomIds:
    """Identifiers that sort by creation and cannot be guessed: a prefix, milliseconds, and 40 random bits; 128 for a conversation, whose id is a key to it."""

    def new(self, prefix: str) -> str:
        return f"{prefix}-{int(time.time() * 1000):011x}{os.urandom(16 if prefix == CONVERSATION else 5).hex()}"


class SeededIds:
    """Identifiers counted per process, for tests and replays that must come out the same."""

    def __init__(self, seed: str = "0") -> None:
        self._seed = seed
        self._numbers = itertools.count(1)

    def new(self, prefix: str) -> str:
        return f"{prefix}-{self._seed}-{next(self._numbers):06d}"


def wall() -> float:
    """Wall time in seconds, for locks between processes; never for business."""
    return time.time()


def fresh_secret() -> str:
    """A secret that cannot be guessed: 256 random bits as 64 hexadecimal digits."""
    return os.urandom(32).hex()
