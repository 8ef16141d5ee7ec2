"""Options of the command line as a Config; the environment fills what is not given."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from assistant.config import Config, load_config
from assistant.config import instant as read_instant
from assistant.errors import InvalidInput


def instant(text: str) -> datetime | None:
    """An ISO instant with its offset; None for "". Raises InvalidInput."""
    if not text:
        return None
    try:
        return read_instant(text)
    except ValueError as error:
        raise InvalidInput(str(error), code="bad_clock") from error


def config_of(workspace: Path, *, state: Path | None = None, clock: str = "", fresh: bool = False, model: str = "") -> Config:
    """The configuration of a command. Raises ConfigError for an unknown ASSISTANT_ variable, InvalidInput for a clock that is no instant."""
    return load_config({"workspace": workspace, "state": state, "clock": instant(clock), "fresh": fresh or None, "model": model})
