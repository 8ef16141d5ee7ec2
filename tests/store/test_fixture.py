"""A fixture goes in, the end state comes out as the command line prints it, and a reset leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from assistant.errors import Conflict, InvalidInput, NotFound
from assistant.store.customers import find_contact, find_contact_by_email, get_company, list_contacts
from assistant.store.dump import dump_state
from assistant.store.engine import SqlStore
from assistant.store.fixture import clear_state, load_fixture
from assistant.store.handoffs import open_handoff
from assistant.store.orders import Write, change_order, get_order, list_orders, open_ticket, stock_of
from assistant.types import Handoff

FIXTURE: dict[str, Any] = {
    "currency": "USD",
    "companies": [
        {"id": "C1", "name": "华峰机械", "tier": "A", "language": "zh", "contacts": [{"name": "李伟", "email": " Li@Example.com", "phone": "138"}]},
        {"id": "C2", "name": "Northwind", "contacts": [{"name": "Dana Cole", "email": "li2@example.com"}, {"name": "Ed", "email": "li2@example.com"}]},
    ],
    "orders": [
        {
            "number": "12345",
            "company": "C1",
            "status": "confirmed",
            "lines": [{"sku": "P-100", "quantity": 10, "price": 160000}],
            "placed": "2026-05-20",
            "due": date(2026, 6, 10),
            "ship_to": "苏州",
        },
        {
            "number": "12350",
            "company": "C1",
            "status": "delivered",
            "lines": [{"sku": "PS-20", "quantity": 4, "price": 11000}, {"sku": "HB-10", "quantity": 1, "price": 3000}],
            "placed": date(2026, 5, 4),
            "delivered": "2026-05-25T01:30",
            "ship_to": "苏州",
            "amount": 44000,
            "currency": "CNY",
            "invoiced": "2026-05-26",
            "tracking": "SF1",
            "fee": 5,
        },
        {"number": "12351", "company": "C2", "status": "delivered", "lines": [], "placed": "2026-05-04", "delivered": date(2026, 5, 20)},
    ],
    "stock": {"P-100": 1000, "HB-10": None},
    "agents": [{"id": "a1", "name": "小陈", "skills": ["pump_tech"], "queues": ["after_sales"], "languages": ["zh-Hans", "en"], "capacity": 3}],
}


@pytest.fixture
def loaded(store: SqlStore) -> SqlStore:
    store.write_now(lambda c: load_fixture(c, FIXTURE, tenant="demo", zone="Asia/Shanghai"))
    return store


def test_orders_are_read_as_the_fixture_tells_them(loaded: SqlStore) -> None:
    first, second, third = loaded.read_now(lambda c: list_orders(c, tenant="demo"))
    assert (first.amount, first.currency, first.version, first.due, first.delivered) == (1600000, "USD", 1, date(2026, 6, 10), None)
    assert (second.amount, second.currency, second.fee, second.invoiced, second.tracking) == (44000, "CNY", 5, date(2026, 5, 26), "SF1")
    assert [line.sku for line in second.lines] == ["PS-20", "HB-10"]
    # 01:30 in Shanghai is still the day before in UTC
    assert (second.delivered, second.due) == (datetime(2026, 5, 24, 17, 30, tzinfo=UTC), date(2026, 5, 25))
    assert third.delivered == datetime(2026, 5, 19, 16, tzinfo=UTC)
    assert [loaded.read_now(lambda c, sku=sku: stock_of(c, sku, tenant="demo")) for sku in ("P-100", "HB-10", "X")] == [1000, None, None]
    with pytest.raises(NotFound):
        loaded.read_now(lambda c: get_order(c, "12345", tenant="other"))


def test_contacts_are_found_by_label_and_by_an_address_of_their_own(loaded: SqlStore) -> None:
    found = loaded.read_now(lambda c: find_contact(c, "C1/李伟", tenant="demo"))
    assert (found.id, found.company.tier, found.company.language, found.phone) == ("C1/李伟", "A", "zh", "138")
    assert loaded.read_now(lambda c: find_contact_by_email(c, "LI@example.com ", tenant="demo")) == found
    assert [each.name for each in loaded.read_now(lambda c: list_contacts(c, tenant="demo"))] == ["李伟", "Dana Cole", "Ed"]
    assert loaded.read_now(lambda c: get_company(c, "C2", tenant="demo").name) == "Northwind"
    for look in (
        lambda c: find_contact(c, "C1/王芳", tenant="demo"),
        lambda c: find_contact(c, "C1/李伟", tenant="other"),
        lambda c: find_contact_by_email(c, "li2@example.com", tenant="demo"),
        lambda c: get_company(c, "C9", tenant="demo"),
    ):
        with pytest.raises(NotFound):
            loaded.read_now(look)


def test_the_dump_is_the_end_state_of_the_contract(loaded: SqlStore, conversation: str, handoff: Callable[..., Handoff], now: datetime) -> None:
    fields = {"items": [{"sku": "PS-20", "quantity": 4}]}
    ticket = {"kind": "rma", "company": "C1", "contact": "李伟", "order": "12350", "queue": "after_sales", "fields": fields}
    loaded.write_now(lambda c: open_ticket(c, ticket, tenant="demo", write=Write("k-1", "open_ticket", "RC-1", now)))
    changes = {"status": "cancelled", "fee": 160000}
    loaded.write_now(lambda c: change_order(c, "12345", changes, tenant="demo", version=1, write=Write("k-2", "cancel_order", "RC-2", now)))
    loaded.write_now(lambda c: open_handoff(c, handoff(), tenant="demo"))
    assert loaded.read_now(lambda c: dump_state(c, tenant="demo", zone="Asia/Shanghai")) == {
        "orders": {
            "12345": {
                "status": "cancelled",
                "delivery_date": "2026-06-10",
                "items": [{"sku": "P-100", "quantity": 10}],
                "ship_to": "苏州",
                "amount": 1600000,
                "currency": "USD",
                "fee": 160000,
            },
            "12350": {
                "status": "delivered",
                "delivery_date": "2026-05-25",
                "items": [{"sku": "PS-20", "quantity": 4}, {"sku": "HB-10", "quantity": 1}],
                "ship_to": "苏州",
                "amount": 44000,
                "currency": "CNY",
                "fee": 5,
            },
            "12351": {"status": "delivered", "delivery_date": "2026-05-20", "items": [], "ship_to": "", "amount": 0, "currency": "USD", "fee": 0},
        },
        "tickets": [{"id": "T-1001", "kind": "rma", "order": "12350", "queue": "after_sales", "fields": fields}],
        "handoffs": [{"reason": "customer_request", "queue": "after_sales", "priority": "P2", "skills": ["zh"], "state": "queued", "assigned_to": None}],
        "conversations": 1,
    }


def test_a_reset_leaves_nothing_of_this_tenant_and_all_of_others(loaded: SqlStore, conversation: str) -> None:
    loaded.write_now(lambda c: load_fixture(c, FIXTURE, tenant="other", zone="UTC"))
    loaded.write_now(lambda c: clear_state(c, tenant="demo"))
    assert loaded.read_now(lambda c: dump_state(c, tenant="demo", zone="UTC")) == {"orders": {}, "tickets": [], "handoffs": [], "conversations": 0}
    assert len(loaded.read_now(lambda c: list_orders(c, tenant="other"))) == 3
    loaded.write_now(lambda c: load_fixture(c, FIXTURE, tenant="demo", zone="UTC"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": None}, "an order needs number"),
        ({"placed": None}, "order 1 needs placed"),
        ({"due": None}, "order 1 needs due or delivered"),
        ({"due": "10/06/2026"}, "not an ISO date"),
        ({"delivered": "soon"}, "not an ISO instant"),
        ({"currency": None}, "order 1 needs a currency"),
        ({"lines": [{"sku": "a", "price": 1}]}, "a line of order 1 needs quantity"),
    ],
)
def test_a_wrong_fixture_names_the_entry_and_loads_nothing(store: SqlStore, change: dict[str, object], words: str) -> None:
    order = {"number": "1", "company": "C1", "status": "confirmed", "lines": [], "placed": "2026-05-20", "due": "2026-06-10", "currency": "USD"} | change
    with pytest.raises(InvalidInput, match=words):
        store.write_now(lambda c: load_fixture(c, {"companies": FIXTURE["companies"], "orders": [order]}, tenant="demo", zone="UTC"))
    assert store.read_now(lambda c: list_contacts(c, tenant="demo")) == ()


def test_the_same_fixture_twice_is_a_conflict(loaded: SqlStore) -> None:
    with pytest.raises(Conflict):
        loaded.write_now(lambda c: load_fixture(c, FIXTURE, tenant="demo", zone="UTC"))
