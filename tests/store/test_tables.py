"""Personal text is where the schema says, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from assistant.store.engine import SqlStore
from assistant.store.fixture import load_fixture
from assistant.store.knowledge_tables import ROOM
from assistant.store.migrate import TABLES
from assistant.store.orders import Write, change_order, open_ticket
from assistant.store.turns import TurnCommit, commit_turn

CANARY = "绝密金丝雀"
# columns of free text and JSON that hold nothing a person said or is
IMPERSONAL = {
    ("conversations", "owner"), ("handoffs", "skills"), ("settings", "value"), ("companies", "name"),
    ("agents", "skills"), ("agents", "queues"), ("agents", "languages"),
}  # fmt: skip


def test_every_column_of_free_text_or_json_is_marked_or_listed() -> None:
    unmarked = {
        (table.name, column.name)
        for table in TABLES.sorted_tables
        if table.name not in ROOM
        for column in table.c
        if isinstance(column.type, sa.JSON | sa.Text) or (isinstance(column.type, sa.String) and (column.type.length or 0) > 200)
        if not column.info.get("personal")
    }
    assert unmarked <= IMPERSONAL


def test_a_canary_said_by_a_customer_is_found_only_in_personal_columns(
    store: SqlStore, begin: Callable[..., int], turn: Callable[..., TurnCommit], now: datetime
) -> None:
    company = {"id": "C1", "name": "华峰机械", "contacts": [{"name": CANARY, "email": f"{CANARY}@example.com", "phone": CANARY}]}
    order = {"number": "12345", "company": "C1", "status": "confirmed", "lines": [], "placed": "2026-05-20", "due": "2026-06-10", "ship_to": CANARY}
    store.write_now(lambda c: load_fixture(c, {"companies": [company], "orders": [order], "currency": "USD"}, tenant="demo", zone="Asia/Shanghai"))
    store.write_now(commit_turn, turn(begin(text=CANARY), record={"text": CANARY}, reply={"text": CANARY}, state={"slots": [CANARY]}))
    ticket = {"kind": "callback", "company": "C1", "contact": CANARY, "order": None, "queue": "sales", "fields": {"phone": CANARY}}
    write = Write("k-1", "open_ticket", "RC-1", now)
    store.write_now(lambda c: open_ticket(c, ticket, tenant="demo", write=write))
    change = Write("k-2", "change_address", "RC-2", now)
    store.write_now(lambda c: change_order(c, "12345", {"ship_to": f"{CANARY} 2"}, tenant="demo", version=1, write=change))

    def places(conn: sa.Connection) -> set[tuple[str, str]]:
        return {
            (table.name, column.name)
            for table in TABLES.sorted_tables
            for column in table.c
            if any(CANARY in str(value) for value in conn.execute(sa.select(column)).scalars())
        }

    found = store.read_now(places)
    assert len(found) >= 10
    assert {place for place in found if not TABLES.tables[place[0]].c[place[1]].info.get("personal")} == set()
