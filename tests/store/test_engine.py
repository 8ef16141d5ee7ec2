"""Opening, refusing, reading, and the group commit of the writer."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.errors import BackendUnavailable, ConfigError, Conflict, InvalidInput, NotFound
from assistant.store import sqlite
from assistant.store.engine import SqlStore, open_store
from assistant.store.settings import get_setting, set_setting
from assistant.store.tables import metadata, settings


def put(conn: sa.Connection, name: str, value: object = 1) -> str:
    conn.execute(settings.insert(), {"tenant": "demo", "name": name, "value": value})
    return name


async def hold(store: SqlStore) -> Callable[[], Awaitable[None]]:
    """Keeps the writer busy, so that what is written meanwhile waits and becomes one group; await the result to let it go on."""
    entered, leave = threading.Event(), threading.Event()

    def wait(conn: sa.Connection) -> None:
        entered.set()
        leave.wait(10)

    gate = asyncio.create_task(store.write(wait))
    while not entered.is_set():
        await asyncio.sleep(0)

    async def release() -> None:
        leave.set()
        await gate

    return release


def names(conn: sa.Connection) -> set[str]:
    return set(conn.execute(sa.select(settings.c.name)).scalars())


async def test_a_failing_function_in_a_group_leaves_its_neighbours_alone(store: SqlStore) -> None:
    release = await hold(store)

    def fail(conn: sa.Connection) -> None:
        put(conn, "half")
        raise NotFound("no")

    jobs = [asyncio.create_task(job) for job in (store.write(put, "a"), store.write(fail), store.write(put, "b"), store.write(put, "a"), store.write(put, "c"))]
    await asyncio.sleep(0)
    await release()
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert [type(result) for result in results] == [str, NotFound, str, Conflict, str]
    assert await store.read(names) == {"a", "b", "c"}


async def test_what_waits_is_committed_together(store: SqlStore) -> None:
    release = await hold(store)

    def transaction(conn: sa.Connection, name: str) -> int:
        put(conn, name)
        return id(conn.get_transaction())

    jobs = [asyncio.create_task(store.write(transaction, f"n{number}")) for number in range(20)]
    await asyncio.sleep(0)
    await release()
    assert len(set(await asyncio.gather(*jobs))) == 1


async def test_a_cancelled_write_that_has_not_begun_never_happens(store: SqlStore) -> None:
    release = await hold(store)
    job = asyncio.create_task(store.write(put, "a"))
    await asyncio.sleep(0)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    await asyncio.sleep(0)
    await release()
    assert await store.write(names) == set()


async def test_a_read_cannot_write_and_sees_only_what_is_committed(store: SqlStore) -> None:
    with pytest.raises(BackendUnavailable):
        await store.read(put, "a")

    def put_and_look(conn: sa.Connection) -> set[str]:
        put(conn, "b")
        return store.read_now(names)

    assert await store.write(put_and_look) == set()
    assert await store.read(names) == {"b"}


def test_reads_from_many_threads(store: SqlStore) -> None:
    store.write_now(put, "a")
    wrong: list[object] = []

    def look() -> None:
        for _ in range(50):
            found = store.read_now(names)
            if found != {"a"}:
                wrong.append(found)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = open_store(tmp_path / "state.db")
    store.close()
    store.close()
    with pytest.raises(BackendUnavailable):
        store.read_now(names)
    with pytest.raises(BackendUnavailable):
        store.write_now(names)


def test_the_pragmas_are_set_on_every_connection(store: SqlStore) -> None:
    def look(conn: sa.Connection) -> list[object]:
        return [conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")]

    assert store.read_now(look) == store.write_now(look) == ["wal", 2, 1, 1, 5000]


def test_a_full_disk_is_told_and_loses_nothing(store: SqlStore) -> None:
    store.write_now(put, "before")

    def limit(conn: sa.Connection, pages: int) -> None:
        conn.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    store.write_now(lambda c: limit(c, c.exec_driver_sql("PRAGMA page_count").scalar()))
    with pytest.raises(BackendUnavailable) as caught:
        store.write_now(put, "large", "x" * 1_000_000)
    assert caught.value.code == "disk_full"
    store.write_now(limit, 1_000_000)
    store.write_now(put, "after")
    assert store.read_now(names) == {"before", "after"}


async def test_a_disk_that_fills_up_within_a_group_keeps_exactly_what_was_acknowledged(store: SqlStore) -> None:
    def limit(conn: sa.Connection, pages: int) -> None:
        conn.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    await store.write(lambda c: limit(c, c.exec_driver_sql("PRAGMA page_count").scalar() + 20))
    release = await hold(store)
    jobs = [asyncio.create_task(store.write(put, f"n{number}", "x" * (200_000 if number in (3, 5) else 100))) for number in range(8)]
    await asyncio.sleep(0)
    await release()
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert {result.code for result in results if isinstance(result, BackendUnavailable)} == {"disk_full"}
    assert await store.read(names) == {result for result in results if isinstance(result, str)}
    await store.write(limit, 1_000_000)
    assert await store.write(put, "after") == "after"


def test_the_files_are_the_owners_alone(tmp_path: Path) -> None:
    with open_store(tmp_path / "new" / "state.db") as store:
        store.write_now(put, "a")
        rights = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "new").iterdir()}
    assert set(rights) == {"state.db", "state.db-wal", "state.db-shm"}
    assert set(rights.values()) == {0o600}


def test_a_thorough_check_finds_rows_that_refer_to_nothing(store: SqlStore) -> None:
    assert store.read_now(sqlite.integrity_problems) == ()
    with sqlite3.connect(store.path) as other:
        other.execute("INSERT INTO events VALUES ('c-9', 1, 'demo', 'x', '{}', '2026')")
    other.close()
    assert store.read_now(sqlite.integrity_problems) == ("a row of events refers to a missing row of conversations",)


def test_a_foreign_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(ConfigError, match="not a SQLite database"):
        open_store(path)
    assert path.read_bytes() == b"not a database" * 100
    assert list(tmp_path.iterdir()) == [path]


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(ConfigError, match="another program"):
        open_store(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["page", "short", "header", "emptied"])
def test_a_corrupt_file_is_refused_with_advice_and_not_overwritten(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "state.db"
    with open_store(path) as store:
        for number in range(200):
            store.write_now(put, f"n{number}", "x" * 500)
    content = bytearray(path.read_bytes())
    match damage:
        case "page":
            content[-40960:] = b"\xff" * 40960
        case "short":
            del content[len(content) // 2 :]
        case "header":
            content[:100] = b"\0" * 100
        case "emptied":
            path.with_name("state.db-wal").write_bytes(bytes(content[:8192]))
            content.clear()
    path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        open_store(path)
    assert "restore a backup" in caught.value.message
    assert str(path) in caught.value.message
    assert path.read_bytes() == bytes(content)


def test_damage_found_while_running_is_unavailable_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with open_store(path) as store:
        for number in range(200):
            store.write_now(put, f"n{number}", "x" * 500)
    with open_store(path) as store:
        content = bytearray(path.read_bytes())
        content[4096 * 4 :] = b"\xff" * (len(content) - 4096 * 4)
        path.write_bytes(content)
        with pytest.raises(BackendUnavailable) as caught:
            store.read_now(lambda c: c.execute(sa.select(settings)).all())
        assert caught.value.code == "corrupt"
        assert "restore a backup" in caught.value.message


def test_unusable_folders_and_addresses_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BackendUnavailable):
        open_store(tmp_path / "file" / "state.db")
    with pytest.raises(ConfigError, match="postgresql"):
        open_store("postgresql://localhost/x")


def test_half_characters_are_bad_input(store: SqlStore) -> None:
    with pytest.raises(InvalidInput):
        store.write_now(put, "a\ud800")


def test_settings_keep_their_json(store: SqlStore) -> None:
    value = {"列表": [1, None, True, "x"], "nested": {"a": 0.5}}
    store.write_now(lambda c: set_setting(c, "x", tenant="demo", value=value))
    store.write_now(lambda c: set_setting(c, "y", tenant="other", value=None))
    assert store.read_now(lambda c: get_setting(c, "x", tenant="demo")) == value
    assert store.read_now(lambda c: get_setting(c, "x", tenant="other")) is None


async def test_ping_names_the_schema(store: SqlStore) -> None:
    assert "schema 0" in await store.ping()


def test_every_table_carries_the_tenant(store: SqlStore) -> None:
    assert [table.name for table in metadata.sorted_tables if "tenant" not in table.c] == []
