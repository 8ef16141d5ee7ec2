"""A confirmation is used once, by its own write, in time; a write is known before it is made and finished once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import Conflict, NotFound
from assistant.store.confirmations import get_confirmation, save_confirmation, use_confirmation
from assistant.store.conversations import create_conversation
from assistant.store.engine import SqlStore, open_store
from assistant.store.writes import WriteIntent, WriteResult, finish_write, get_intent, intend_write, open_intents, receipt_of, receipts_of
from assistant.types import Confirmation, ConversationId, MessageId, Receipt

Confirm = Callable[..., Confirmation]
RECEIPT = Receipt("RC-1", "change_delivery_date", "12345", None, {"delivery_date": ("2026-06-10", "2026-06-15")})


@pytest.fixture
def confirmed(store: SqlStore, conversation: str, confirmation: Confirm) -> Confirmation:
    made = confirmation()
    store.write_now(lambda c: save_confirmation(c, made, conversation_id=conversation, tenant="demo"))
    return made


@pytest.fixture
def intent() -> WriteIntent:
    return WriteIntent("k-1", ConversationId("c-1"), MessageId("m-1"), "change_delivery_date", "12345", 1, {"new_date": "2026-06-15"}, fence=0)


def test_one_of_two_threads_uses_a_confirmation(tmp_path: Path, store: SqlStore, confirmed: Confirmation, now: datetime) -> None:
    other = open_store(tmp_path / "state.db")
    barrier = threading.Barrier(2)
    used: list[tuple[str, bool]] = []

    def use(where: SqlStore, key: str) -> None:
        barrier.wait()
        used.append((key, where.write_now(lambda c: use_confirmation(c, confirmed, now=now, key=key))))

    threads = [threading.Thread(target=use, args=each) for each in ((store, "k-1"), (other, "k-2"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    (winner,) = [key for key, done in used if done]
    assert len(used) == 2
    assert store.read_now(lambda c: get_confirmation(c, "cf-1").used_by) == winner


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "cf-2"},
        {"customer": "C2/Dana Cole"},
        {"tool": "cancel_order"},
        {"order": "12346"},
        {"order_version": 2},
        {"arguments": {"new_date": "2026-06-16"}},
        {"arguments": {"new_date": "2026-06-15", "extra": 1}},
        {"arguments": {}},
    ],
)
def test_a_confirmation_for_something_else_is_of_no_use(store: SqlStore, confirmed: Confirmation, now: datetime, changes: dict[str, object]) -> None:
    claim = replace(confirmed, **changes)  # type: ignore[arg-type]
    assert not store.write_now(lambda c: use_confirmation(c, claim, now=now, key="k-1"))
    assert store.read_now(lambda c: get_confirmation(c, "cf-1").used_by) is None


def test_the_stored_expiry_counts_not_the_claimed_one(store: SqlStore, confirmed: Confirmation) -> None:
    claim = replace(confirmed, expires=confirmed.expires + timedelta(days=1))
    assert not store.write_now(lambda c: use_confirmation(c, claim, now=confirmed.expires, key="k-1"))
    assert store.write_now(lambda c: use_confirmation(c, claim, now=confirmed.expires - timedelta(seconds=1), key="k-1"))


def test_a_write_is_known_before_it_is_made_and_its_receipt_after(store: SqlStore, confirmed: Confirmation, intent: WriteIntent, now: datetime) -> None:
    assert store.write_now(lambda c: intend_write(c, intent, claim=confirmed, owner_epoch=0, now=now)) == intent
    assert store.read_now(lambda c: open_intents(c, tenant="demo")) == (intent,)
    store.write_now(lambda c: finish_write(c, WriteResult("k-1", RECEIPT), now=now))
    store.write_now(lambda c: finish_write(c, WriteResult("k-1", RECEIPT), now=now))
    assert store.read_now(lambda c: open_intents(c, tenant="demo")) == ()
    done = store.read_now(lambda c: get_intent(c, "k-1"))
    assert (done.state, done.receipt) == ("done", RECEIPT)
    assert store.read_now(lambda c: receipts_of(c, "c-1")) == (RECEIPT,)
    assert store.read_now(lambda c: receipt_of(c, "k-1")) == RECEIPT
    assert store.read_now(lambda c: get_confirmation(c, "cf-1").used_by) == "k-1"


def test_the_same_key_goes_on_where_it_was_and_another_write_may_not_have_it(
    store: SqlStore, confirmed: Confirmation, intent: WriteIntent, now: datetime
) -> None:
    store.write_now(lambda c: intend_write(c, intent, claim=confirmed, owner_epoch=0, now=now))
    assert store.write_now(lambda c: intend_write(c, intent, claim=confirmed, owner_epoch=0, now=now)).state == "intended"
    store.write_now(lambda c: create_conversation(c, "c-2", tenant="demo", contact="C2/Dana", company="C2", channel="cli", now=now))
    for other in (replace(intent, arguments={"new_date": "2026-06-30"}), replace(intent, conversation_id=ConversationId("c-2"))):
        with pytest.raises(Conflict) as caught:
            store.write_now(lambda c, other=other: intend_write(c, other, claim=confirmed, owner_epoch=0, now=now))
        assert caught.value.code == "key_reused"


@pytest.mark.parametrize(
    ("changes", "epoch", "code"),
    [({"fence": 7}, 0, "fence"), ({}, 1, "owner_changed"), ({"conversation_id": "c-9"}, 0, "not_found")],
)
def test_a_write_needs_the_lock_and_the_owner(
    store: SqlStore, confirmed: Confirmation, intent: WriteIntent, now: datetime, changes: dict[str, object], epoch: int, code: str
) -> None:
    with pytest.raises((Conflict, NotFound)) as caught:
        store.write_now(lambda c: intend_write(c, replace(intent, **changes), claim=confirmed, owner_epoch=epoch, now=now))  # type: ignore[arg-type]
    assert caught.value.code == code
    assert store.read_now(lambda c: get_confirmation(c, "cf-1").used_by) is None


def test_a_used_confirmation_stores_no_intent(store: SqlStore, confirmed: Confirmation, intent: WriteIntent, now: datetime) -> None:
    store.write_now(lambda c: use_confirmation(c, confirmed, now=now, key="k-0"))
    with pytest.raises(Conflict) as caught:
        store.write_now(lambda c: intend_write(c, intent, claim=confirmed, owner_epoch=0, now=now))
    assert caught.value.code == "confirmation"
    assert store.read_now(lambda c: open_intents(c, tenant="demo")) == ()


def test_a_write_that_failed_says_why_and_unknown_ones_are_refused(store: SqlStore, conversation: str, intent: WriteIntent, now: datetime) -> None:
    store.write_now(lambda c: intend_write(c, intent, claim=None, owner_epoch=0, now=now))
    store.write_now(lambda c: finish_write(c, WriteResult("k-1", error="stale"), now=now))
    failed = store.read_now(lambda c: get_intent(c, "k-1"))
    assert (failed.state, failed.error, failed.receipt) == ("failed", "stale", None)
    with pytest.raises(NotFound):
        store.write_now(lambda c: finish_write(c, WriteResult("k-9", RECEIPT), now=now))
