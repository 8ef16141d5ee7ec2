"""Constants run on the driver: the same rows and errors as through SQLAlchemy, and its own way for what the driver cannot take."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from assistant.errors import Conflict
from assistant.store.conversations import Conversation
from assistant.store.engine import SqlStore
from assistant.store.quick import change, rows
from assistant.store.tables import conversations, settings

_all = sa.select(conversations).where(conversations.c.tenant == sa.bindparam("tenant"), conversations.c.status == "open")
_among = sa.select(conversations.c.id).where(conversations.c.id.in_(sa.bindparam("ids", expanding=True)))
_set = settings.update().where(settings.c.name == sa.bindparam("row")).values(value=sa.bindparam("to"))
_insert = settings.insert()
_delete = settings.delete().where(settings.c.tenant == sa.bindparam("of")).returning(settings.c.name)


def test_rows_are_what_sqlalchemy_gives(store: SqlStore, conversation: str) -> None:
    def both(conn: sa.Connection) -> tuple[object, object]:
        return rows(conn, _all, {"tenant": "demo"}).one(), conn.execute(_all, {"tenant": "demo"}).one()

    quick, plain = store.read_now(both)
    assert quick == plain
    assert quick._mapping["created"].tzinfo is not None  # type: ignore[attr-defined]
    assert {*Conversation.__dataclass_fields__} <= {*quick._mapping}  # type: ignore[attr-defined]


def test_a_list_to_be_in_goes_the_long_way(store: SqlStore, conversation: str) -> None:
    assert store.read_now(lambda conn: rows(conn, _among, {"ids": ["c-0", conversation]}).scalars().all()) == [conversation]


def test_values_are_written_in_their_columns_form_and_counted(store: SqlStore) -> None:
    made = [{"tenant": "demo", "name": name, "value": {"n": [1, "二"]}} for name in ("a", "b")]
    store.write_now(lambda conn: change(conn, _insert, made))
    assert store.write_now(lambda conn: change(conn, _set, {"row": "a", "to": ["x"]})) == 1
    assert store.write_now(lambda conn: change(conn, _set, {"row": "none", "to": 1})) == 0
    found = store.read_now(lambda conn: dict(conn.execute(sa.select(settings.c.name, settings.c.value)).tuples().all()))
    assert found == {"a": ["x"], "b": {"n": [1, "二"]}}
    assert sorted(store.write_now(lambda conn: rows(conn, _delete, {"of": "demo"}).scalars().all())) == ["a", "b"]


def test_a_missing_value_is_a_mistake_and_not_nothing(store: SqlStore) -> None:
    with pytest.raises(KeyError):
        store.read_now(lambda conn: rows(conn, _all, {}))


def test_errors_are_those_of_the_store(store: SqlStore) -> None:
    row = {"tenant": "demo", "name": "a", "value": 1}
    store.write_now(lambda conn: change(conn, _insert, [row]))
    with pytest.raises(Conflict) as caught:
        store.write_now(lambda conn: change(conn, _insert, row))
    assert caught.value.code == "exists"
    assert store.read_now(lambda conn: conn.execute(sa.select(sa.func.count()).select_from(settings)).scalar()) == 1


def test_a_read_may_mix_both_ways_and_ends_its_transaction(store: SqlStore, conversation: str) -> None:
    def mixed(conn: sa.Connection) -> int:
        first = len(rows(conn, _all, {"tenant": "demo"}).all())
        return first + len(conn.execute(sa.select(conversations.c.id)).all())

    assert [store.read_now(mixed), store.read_now(mixed)] == [2, 2]
    assert not store.read_now(lambda conn: conn.in_transaction())
