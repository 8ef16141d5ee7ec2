"""How often a key may ask: a bucket for each, in the memory of this process; who holds a key and what it may do is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from time import perf_counter

from assistant.workspace.company import KeySpec, Limits

MINUTE = 60.0
# many shares of a minute add up to a whole request but for rounding
ROUNDED = 1e-9


@dataclass(slots=True)
class _Bucket:
    """Requests that may be made at once at the time `at`, of a limit that may change with the settings."""

    left: float
    at: float


@dataclass(slots=True)
class Rates:
    """A key may make a minute's worth of requests at once, and then one each time its share of the minute is over. `now` tells seconds."""

    now: Callable[[], float] = perf_counter
    _buckets: dict[str, _Bucket] = field(default_factory=dict)

    def take(self, name: str, *, per_minute: int) -> float:
        """0.0 when the request may be made, which is counted; else the seconds until the next one may. `per_minute` 0 is no bound."""
        if per_minute <= 0:
            return 0.0
        now = self.now()
        bucket = self._buckets.setdefault(name, _Bucket(per_minute, now))
        bucket.left = min(bucket.left + (now - bucket.at) * per_minute / MINUTE, per_minute)
        bucket.at = now
        if bucket.left < 1.0 - ROUNDED:
            return (1.0 - bucket.left) * MINUTE / per_minute
        bucket.left = max(0.0, bucket.left - 1.0)
        return 0.0


@dataclass(frozen=True, slots=True)
class TooOften:
    """Why a request is not taken, and the whole seconds after which the next one is: whoever waits so long is let in."""

    message: str
    seconds: int


def count(rates: Rates, key: KeySpec, limits: Limits) -> TooOften | None:
    """Counts a request of a key, by its own number or that of all keys; None when it may be made."""
    allowed = key.per_minute or limits.key_per_minute
    wait = rates.take(key.name, per_minute=allowed)
    if not wait:
        return None
    seconds = ceil(wait)
    return TooOften(f"this key may ask {allowed} times a minute; try again in {seconds} s", seconds)
