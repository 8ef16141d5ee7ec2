"""Why a mention could not become a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trouble:
    """A text key with its variables, and what may be chosen instead ("" options: the value has to be said anew)."""

    key: str
    variables: Mapping[str, object]
    options: tuple[str, ...] = ()
