"""What every order system does alike, tried on the built-in one and over REST."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Any

import pytest

from assistant.errors import Conflict, InvalidInput, NotFound
from assistant.ports import OrderSystem
from assistant.types import Line

TICKET = {
    "kind": "rma",
    "company": "C1",
    "contact": "C1/李伟",
    "order": "12346",
    "queue": "after_sales",
    "fields": {"items": [{"sku": "BR-6205", "quantity": 3}]},
}


@pytest.fixture(params=["builtin", "rest"])
def orders(request: pytest.FixtureRequest) -> OrderSystem:
    system: OrderSystem = request.getfixturevalue(request.param)
    return system


async def test_an_order_is_told_whole(orders: OrderSystem) -> None:
    order = await orders.get("12346")
    assert (order.company, order.status, order.amount, order.currency, order.version) == ("C1", "delivered", 240000, "USD", 1)
    assert order.lines == (Line("BR-6205", 200, 1200),)
    assert (order.placed, order.due, order.delivered) == (date(2026, 5, 18), date(2026, 5, 31), datetime(2026, 5, 31, 1, tzinfo=UTC))
    assert (order.tracking, order.carrier, order.note, order.invoiced, order.fee, order.ship_to) == ("SF1", "SF", "", date(2026, 6, 1), 7, "苏州")


async def test_orders_are_found_by_company_in_order(orders: OrderSystem) -> None:
    assert [order.number for order in await orders.find("C1")] == ["12345", "12346"]
    assert await orders.find("C9") == ()
    assert (await orders.find("C1"))[0] == await orders.get("12345")


@pytest.mark.parametrize("number", ["12399", "", ".", "..", "../health", "12345/", "12345?x=1", "%2e%2e", "一二", "x" * 500])
async def test_what_is_no_order_is_not_found(orders: OrderSystem, number: str) -> None:
    with pytest.raises(NotFound):
        await orders.get(number)


async def test_any_text_can_be_an_order_number(orders: OrderSystem) -> None:
    assert (await orders.get("A/1 #ü")).status == "shipped"


async def test_stock_is_a_number_or_not_counted(orders: OrderSystem) -> None:
    assert [await orders.stock(sku) for sku in ("P-100", "HB-10", "X-9")] == [1000, None, None]


@pytest.mark.parametrize(
    ("changes", "told", "after"),
    [
        ({"due": "2026-06-15"}, {"delivery_date": ("2026-06-10", "2026-06-15")}, {"due": date(2026, 6, 15)}),
        ({"ship_to": "昆山"}, {"ship_to": ("苏州", "昆山")}, {"ship_to": "昆山"}),
        ({"status": "cancelled", "fee": 0}, {"status": ("confirmed", "cancelled"), "fee": (0, 0)}, {"status": "cancelled", "fee": 0}),
        (
            {"quantity": {"sku": "P-100", "quantity": 8}, "amount": 1289000},
            {"quantity": (10, 8), "amount": (1609000, 1289000)},
            {"lines": (Line("P-100", 8, 160000), Line("SK-25", 2, 4500)), "amount": 1289000},
        ),
        (
            {"quantity": {"sku": "SK-25", "quantity": 0}, "amount": 1600000},
            {"quantity": (2, 0), "amount": (1609000, 1600000)},
            {"lines": (Line("P-100", 10, 160000),), "amount": 1600000},
        ),
    ],
)
async def test_a_change_sets_what_it_names_and_nothing_else(orders: OrderSystem, changes: dict[str, Any], told: dict[str, Any], after: dict[str, Any]) -> None:
    before = await orders.get("12345")
    receipt = await orders.change("12345", changes, version=1, key="k-1", tool="some_tool")
    assert receipt.id.startswith("RC-")
    assert (receipt.tool, receipt.order, receipt.ticket, receipt.changes) == ("some_tool", "12345", None, told)
    changed = await orders.get("12345")
    fields = [name for name in before.__dataclass_fields__ if getattr(before, name) != getattr(changed, name)]
    assert set(fields) <= {*after, "version"}
    assert {name: getattr(changed, name) for name in after} == after
    assert changed.version == 2
    assert await orders.outcome("k-1") == receipt


async def test_the_same_key_and_body_give_the_first_receipt_again(orders: OrderSystem) -> None:
    first = await orders.change("12345", {"due": "2026-06-15"}, version=1, key="k-1", tool="t")
    for version in (1, 2):
        assert await orders.change("12345", {"due": "2026-06-15"}, version=version, key="k-1", tool="t") == first
    assert (await orders.get("12345")).version == 2
    ticket = await orders.open_ticket(TICKET, key="k-2", tool="t")
    assert await orders.open_ticket(TICKET, key="k-2", tool="t") == ticket
    assert (await orders.open_ticket(TICKET, key="k-3", tool="t")).ticket == "T-1002"


async def test_the_same_key_for_another_body_is_a_conflict(orders: OrderSystem) -> None:
    await orders.change("12345", {"due": "2026-06-15"}, version=1, key="k-1", tool="t")
    for attempt in (
        orders.change("12345", {"due": "2026-06-16"}, version=2, key="k-1", tool="t"),
        orders.change("12346", {"due": "2026-06-15"}, version=1, key="k-1", tool="t"),
        orders.open_ticket(TICKET, key="k-1", tool="t"),
    ):
        with pytest.raises(Conflict) as caught:
            await attempt
        assert caught.value.code == "key_reused"
    assert (await orders.get("12345")).due == date(2026, 6, 15)


async def test_an_order_that_changed_since_is_stale(orders: OrderSystem) -> None:
    await orders.change("12345", {"ship_to": "昆山"}, version=1, key="k-1", tool="t")
    with pytest.raises(Conflict) as caught:
        await orders.change("12345", {"due": "2026-06-15"}, version=1, key="k-2", tool="t")
    assert caught.value.code == "stale"
    assert await orders.outcome("k-2") is None
    assert (await orders.get("12345")).due == date(2026, 6, 10)


async def test_of_two_changes_at_once_one_is_stale(orders: OrderSystem) -> None:
    results = await asyncio.gather(
        *(orders.change("12345", {"ship_to": f"place {n}"}, version=1, key=f"k-{n}", tool="t") for n in range(5)), return_exceptions=True
    )
    assert sum(isinstance(result, Conflict) for result in results) == 4
    assert (await orders.get("12345")).version == 2


async def test_of_one_key_sent_many_times_at_once_one_has_an_effect(orders: OrderSystem) -> None:
    results = await asyncio.gather(*(orders.open_ticket(TICKET, key="k-1", tool="t") for _ in range(5)))
    assert {result.ticket for result in results} == {"T-1001"}


async def test_the_last_line_is_not_taken_out(orders: OrderSystem) -> None:
    await orders.change("12345", {"quantity": {"sku": "P-100", "quantity": 0}}, version=1, key="k-1", tool="t")
    with pytest.raises(InvalidInput):
        await orders.change("12345", {"quantity": {"sku": "SK-25", "quantity": 0}}, version=2, key="k-2", tool="t")
    assert [line.sku for line in (await orders.get("12345")).lines] == ["SK-25"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"due": "15.6.2026"},
        {"due": None},
        {"company": "C2"},
        {"version": 9},
        {"amount": -1},
        {"amount": True},
        {"fee": "0"},
        {"status": ""},
        {"ship_to": 5},
        {"quantity": 5},
        {"quantity": {"sku": "P-100", "quantity": -1}},
        {"quantity": {"sku": "P-999", "quantity": 1}},
        {"ship_to": "昆山", "nonsense": 1},
    ],
)
async def test_an_impossible_change_is_bad_input_and_changes_nothing(orders: OrderSystem, changes: dict[str, Any]) -> None:
    before = await orders.get("12345")
    with pytest.raises(InvalidInput):
        await orders.change("12345", changes, version=1, key="k-1", tool="t")
    assert await orders.get("12345") == before
    assert await orders.outcome("k-1") is None


async def test_a_missing_order_cannot_be_changed(orders: OrderSystem) -> None:
    with pytest.raises(NotFound):
        await orders.change("12399", {"due": "2026-06-15"}, version=1, key="k-1", tool="t")
    assert await orders.outcome("k-1") is None


async def test_a_ticket_is_numbered_and_its_receipt_tells_its_fields(orders: OrderSystem) -> None:
    receipt = await orders.open_ticket(TICKET, key="k-1", tool="open_ticket")
    assert (receipt.ticket, receipt.order, receipt.tool) == ("T-1001", "12346", "open_ticket")
    assert receipt.changes == {"items": (None, [{"sku": "BR-6205", "quantity": 3}])}
    call = {"kind": "callback", "company": "C1", "contact": "C1/李伟", "order": None, "queue": "sales", "fields": {}}
    assert (await orders.open_ticket(call, key="k-2", tool="t")).order is None
    with pytest.raises(InvalidInput):
        await orders.open_ticket({**call, "queue": None}, key="k-3", tool="t")


async def test_a_key_nobody_used_has_no_outcome(orders: OrderSystem) -> None:
    assert await orders.outcome("k/none?") is None


async def test_ping_says_something(orders: OrderSystem) -> None:
    assert await orders.ping()
