"""Stops asking a back end that keeps failing, and tries it again after a while with one call at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

OPENS_AFTER = 5
FIRST_REST, LONGEST_REST = 5.0, 60.0
MOST_WAIT = 60.0
# what says nothing about the back end's health: our own bounds, and a request that it rightly refused
NO_FAULT = frozenset({"busy", "budget", "open", "refused", "overflow", "no_recording", "cancelled"})


@dataclass(slots=True)
class Breaker:
    """Closed while all is well; open after five failures in a row, for a rest that doubles each time; then one trial call decides. `now` tells seconds.

    A server that said how long it wants to be left alone is left alone so long, though no longer than `most_wait` seconds, whatever else came of other calls.
    """

    now: Callable[[], float] = perf_counter
    most_wait: float = MOST_WAIT
    failures: int = 0
    rest: float = FIRST_REST
    opened: float | None = None
    trying: bool = field(default=False)
    waits: float | None = field(default=None)

    def allows(self) -> bool:
        """Whether a call may be made now; a trial call after a rest is taken by whoever asks first."""
        if self.waits is not None and self.now() < self.waits:
            return False
        if self.opened is None:
            return True
        if self.trying or self.now() - self.opened < self.rest:
            return False
        self.trying = True
        return True

    def worked(self) -> None:
        self.failures, self.rest, self.opened, self.trying = 0, FIRST_REST, None, False

    def failed(self, code: str, *, wait: float | None = None) -> None:
        """`wait` is what the server asked for, in seconds."""
        if wait is not None and wait > 0:
            self.waits = max(self.waits or 0.0, self.now() + min(wait, self.most_wait))
        if code in NO_FAULT:
            self.trying = False
            return
        self.failures += 1
        if self.trying:
            self.rest = min(self.rest * 2, LONGEST_REST)
        if self.trying or self.failures >= OPENS_AFTER:
            self.opened, self.trying = self.now(), False

    def reset(self) -> None:
        self.worked()
        self.waits = None
