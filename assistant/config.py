"""One frozen `Config`, read from the command line's values and the environment; the only reader of `os.environ`, and it opens nothing.

Every setting has a variable ASSISTANT_<NAME>; a value given on the command line wins. Secrets come from the environment alone and are never printed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Literal

from assistant.errors import ConfigError

PREFIX = "ASSISTANT_"
# who asks, for programs that start this one: a secret, read when it is needed and no part of the settings
KEY = "ASSISTANT_KEY"
LogLevel = Literal["debug", "info", "warning", "error"]
_LEVELS = ("debug", "info", "warning", "error")
# what calendars of public holidays know, with room for date arithmetic on both sides
YEARS = (1950, 2099)
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


@dataclass(frozen=True, slots=True)
class Config:
    """What one process runs with. `state` holds everything that changes; `fresh` empties it first; `clock` freezes business time; model "none" is the
    built-in engine, "" whatever the
    workspace's settings say, and several are tried in the order of their commas; `force_model` lets one
    serve a task that its test did not pass."""

    workspace: Path = Path(".")
    state: Path = Path("var")
    model: str = ""
    force_model: bool = False
    clock: datetime | None = None
    fresh: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    log_level: LogLevel = "info"
    log_json: bool = False
    seed: int = 0
    encoder: str = ""

    @property
    def cache(self) -> Path:
        """What can be computed again and is shared by all states of the workspace."""
        return self.workspace / "var" / "cache"

    @property
    def model_url(self) -> str:
        """The address of an OpenAI-compatible server by the variable that its own libraries read; "" = none is set."""
        return os.environ.get("OPENAI_BASE_URL", "")

    def has_secret(self, variable: str) -> bool:
        return bool(os.environ.get(variable))

    def secret(self, variable: str) -> str:
        """A secret named by the workspace (`token_env`), read when it is needed and kept nowhere. Raises ConfigError when the variable is not set."""
        found = os.environ.get(variable, "")
        if not found:
            raise ConfigError(f"the environment variable {variable} is not set")
        return found


def load_config(given: Mapping[str, object] | None = None, *, environment: Mapping[str, str] | None = None) -> Config:
    """The settings of `environment` (the process's own when None) with `given` over them; a given None or "" counts as not given.

    `state` defaults to the workspace's `var`. Raises ConfigError naming every unknown ASSISTANT_ variable and every value that cannot be read.
    """
    source = os.environ if environment is None else environment
    known = {f"{PREFIX}{item.name.upper()}": item.name for item in fields(Config)}
    problems: list[str] = []
    values: dict[str, object] = {}
    for variable in sorted(name for name in source if name.startswith(PREFIX) and name != KEY):
        if variable not in known:
            problems.append(f"{variable}: unknown setting{_nearest(variable, known)}")
            continue
        _take(known[variable], source[variable], variable, into=values, problems=problems)
    for name, value in (given or {}).items():
        if value is not None and value != "":
            _take(name, value, f"--{name.replace('_', '-')}", into=values, problems=problems)
    if problems:
        raise ConfigError("; ".join(problems), problems=problems)
    values.setdefault("state", Path(str(values.get("workspace", "."))) / "var")
    return Config(**values)  # type: ignore[arg-type]


def _take(name: str, value: object, label: str, *, into: dict[str, object], problems: list[str]) -> None:
    """Reads one value into its type, or says what is wrong with it."""
    try:
        into[name] = _read(name, value) if isinstance(value, str) else value
    except ValueError as error:
        problems.append(f"{label}: {error}")


def _read(name: str, text: str) -> object:
    match name:
        case "workspace" | "state":
            return Path(text)
        case "port":
            return _number(text, 0, 65535)
        case "seed":
            return _number(text, 0, 2**31)
        case "log_json" | "fresh" | "force_model":
            if text.lower() not in (*_TRUE, *_FALSE):
                raise ValueError(f"{text!r} is not true or false")
            return text.lower() in _TRUE
        case "log_level":
            if text.lower() not in _LEVELS:
                raise ValueError(f"{text!r} is not one of {', '.join(_LEVELS)}")
            return text.lower()
        case "clock":
            return instant(text)
        case _:
            return text


def _number(text: str, least: int, most: int) -> int:
    if not text.strip().lstrip("-").isdigit() or not least <= int(text) <= most:
        raise ValueError(f"{text!r} is not a whole number from {least} to {most}")
    return int(text)


def instant(text: str) -> datetime:
    """An ISO instant with its offset; one without would mean another time on another machine. Raises ValueError, also for a year nobody's calendar knows."""
    try:
        stamp = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a time such as 2026-06-01T10:00:00+08:00") from error
    if stamp.tzinfo is None:
        raise ValueError(f"{text!r} needs an offset, such as {text}+08:00")
    if not YEARS[0] <= stamp.year <= YEARS[1]:
        raise ValueError(f"{text!r} is outside the years {YEARS[0]} to {YEARS[1]}")
    return stamp


def _nearest(variable: str, known: Mapping[str, str]) -> str:
    from rapidfuzz import process

    best = process.extractOne(variable, list(known), score_cutoff=70)
    return f" (did you mean {best[0]}?)" if best else f" (known: {', '.join(sorted(known))})"
