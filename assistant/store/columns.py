"""How values are written into columns: compact JSON, instants as sortable UTC text, and the mark on columns that hold personal text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from assistant.types import Json

PERSONAL = {"personal": True}


class Instant(TypeDecorator[datetime]):
    """An aware datetime kept as fixed-width UTC text, so that every dialect compares and sorts it alike."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """ISO text in UTC with microseconds; raises ValueError for a datetime without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value.isoformat()}")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


@lru_cache(maxsize=256)
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def _plain(value: object) -> object:
    """What the JSON encoder asks for when it meets a value it does not know."""
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _names(type(value))}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} cannot be stored as JSON")


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":"), default=_plain)
_CANONICAL = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_plain)


def dump_json(value: object) -> str:
    """Compact JSON; dataclasses become objects, instants and dates ISO text. Raises ValueError for NaN, TypeError for anything unknown."""
    return _ENCODER.encode(value)


def load_json(text: str) -> Any:
    # most columns of most rows hold nothing
    match text:
        case "[]":
            return []
        case "{}":
            return {}
        case _:
            return json.loads(text)


def plain(value: object) -> Json:
    """The value as it will be read back: dataclasses, tuples, dates and mappings turned into plain JSON."""
    result: Json = json.loads(_ENCODER.encode(value))
    return result


def hash_json(value: object) -> str:
    """SHA-256 (hex) of the canonical JSON: equal for equal values, whatever the order of keys."""
    return hashlib.sha256(_CANONICAL.encode(value).encode("utf-8", "surrogatepass")).hexdigest()
