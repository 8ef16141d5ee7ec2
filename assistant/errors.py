"""The error tree; nothing else is raised on purpose, and anything else is a bug.

AssistantError
├── ConfigError         a workspace or setting is wrong; carries every problem found
├── InvalidInput        what was sent cannot be read; `code` says how
├── NotFound            no such thing, or not yours: the two are worded alike
├── PermissionDenied    the caller's role does not allow it
├── Conflict            somebody else was faster, or the same key came with another body
├── ToolFailed          an order system said no or did not answer; `unknown` when the outcome is not known
├── BackendUnavailable  a store, index or model cannot be reached
│   └── ModelFailed     a language model gave no complete answer; `code` says why
└── ChannelError        a message could not be delivered
"""

from __future__ import annotations

from collections.abc import Sequence


class AssistantError(Exception):
    """Broad class to catch; the narrow ones are for recovery. `code` is stable and machine-readable."""

    code = "error"

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        if code:
            self.code = code


class ConfigError(AssistantError):
    """Everything that is wrong at once; `problems` are printable lines with file, line, key and advice."""

    code = "config"

    def __init__(self, message: str, *, problems: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class InvalidInput(AssistantError):
    code = "invalid_input"


class NotFound(AssistantError):
    code = "not_found"


class PermissionDenied(AssistantError):
    code = "permission_denied"


class Conflict(AssistantError):
    code = "conflict"


class ToolFailed(AssistantError):
    """`unknown` is true when the call may or may not have had its effect: read back, never repeat blindly."""

    code = "tool_failed"

    def __init__(self, message: str, *, code: str = "", unknown: bool = False) -> None:
        super().__init__(message, code=code)
        self.unknown = unknown


class BackendUnavailable(AssistantError):
    code = "unavailable"


class ModelFailed(BackendUnavailable):
    """`code`: unreachable, unauthorized, rate_limited, server, refused (a request it will not take), overflow (too long a prompt), first_token, idle, total
    (times that ran out), cut (no finish reason), garbled (no valid stream or call), busy, budget, open (the breaker), no_recording (a tape that lacks it).

    `retry_after` in seconds, where the server said so; `started` when something had come already.
    """

    code = "model"

    def __init__(self, message: str, *, code: str = "", retry_after: float | None = None, started: bool = False) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after
        self.started = started


class ChannelError(AssistantError):
    code = "channel"
