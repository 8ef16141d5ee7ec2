"""Options of the command line as a Config; the environment fills what is not given."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from assistant.config import Config, load_config
from assistant.errors import InvalidInput


def instant(text: str) -> datetime | None:
    """An ISO instant with its offset; None for "". Raises InvalidInput."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(f"{text!r} is no ISO instant such as 2026-06-01T10:00:00+08:00", code="bad_clock") from error
    if at.tzinfo is None:
        raise InvalidInput(f"{text!r} needs an offset, such as 2026-06-01T10:00:00+08:00", code="bad_clock")
    return at


def config_of(workspace: Path, *, state: Path | None = None, clock: str = "", fresh: bool = False) -> Config:
    """The configuration of a command. Raises ConfigError for an unknown ASSISTANT_ variable, InvalidInput for a clock that is no instant."""
    return load_config({"workspace": workspace, "state": state, "clock": instant(clock), "fresh": fresh or None})
