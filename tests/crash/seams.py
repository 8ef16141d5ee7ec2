"""Wrappers at the seams that end this very process with SIGKILL at a chosen call, before it reaches the seam or after; and processes to die so."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass
class Fuse:
    """Counts seam calls while `armed`; blows at call number `at`, `after` it was done or before. `at` 0 never blows."""

    at: int = 0
    after: bool = False
    armed: bool = False
    count: int = 0

    def before(self) -> int:
        if not self.armed:
            return 0
        self.count += 1
        if self.count == self.at and not self.after:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.count

    def done(self, number: int) -> None:
        if number and number == self.at and self.after:
            os.kill(os.getpid(), signal.SIGKILL)


class Fused:
    """Any seam with a fuse at every asynchronous call."""

    def __init__(self, inner: Any, fuse: Fuse, names: tuple[str, ...]) -> None:
        self._inner, self._fuse, self._names = inner, fuse, names

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return self._wrapped(found) if name in self._names else found

    def _wrapped(self, call: Callable[..., Any]) -> Callable[..., Any]:
        async def guarded(*args: Any, **named: Any) -> Any:
            number = self._fuse.before()
            result = await call(*args, **named)
            self._fuse.done(number)
            return result

        return guarded


def in_child(work: Callable[[], None]) -> int:
    """Runs `work` in a forked process; the signal that ended it, 0 for a normal end. An exception there is a failure here."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    assert os.WEXITSTATUS(status) == 0, "the child failed"
    return 0
