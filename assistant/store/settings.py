"""Named values of one state: the business clock and counters; the workspace's own settings are files and never come here."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.store.quick import change, rows
from assistant.store.tables import settings
from assistant.types import Json

BUSINESS_TIME = "business_time"
_get = sa.select(settings.c.value).where(settings.c.tenant == sa.bindparam("tenant"), settings.c.name == sa.bindparam("name"))
_set = settings.update().where(settings.c.tenant == sa.bindparam("of"), settings.c.name == sa.bindparam("row")).values(value=sa.bindparam("to"))
_insert = settings.insert()


def get_setting(conn: Connection, name: str, *, tenant: str) -> Json:
    """None when it was never set."""
    value: Json = rows(conn, _get, {"name": name, "tenant": tenant}).scalar()
    return value


def set_setting(conn: Connection, name: str, *, tenant: str, value: Json) -> None:
    if change(conn, _set, {"row": name, "of": tenant, "to": value}) == 0:
        change(conn, _insert, {"name": name, "tenant": tenant, "value": value})


def next_number(conn: Connection, name: str, *, tenant: str, first: int) -> int:
    """The next number of a counter, `first` at first; never given twice."""
    last = get_setting(conn, name, tenant=tenant)
    number = last + 1 if isinstance(last, int) else first
    set_setting(conn, name, tenant=tenant, value=number)
    return number


def business_time(conn: Connection, *, tenant: str) -> datetime | None:
    """The last stored business time: set by hand or by the last commit of a turn."""
    value = get_setting(conn, BUSINESS_TIME, tenant=tenant)
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def set_business_time(conn: Connection, at: datetime, *, tenant: str) -> None:
    set_setting(conn, BUSINESS_TIME, tenant=tenant, value=at.isoformat())
