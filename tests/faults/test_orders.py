"""Orders that vanish under a conversation: nothing is written, the customer is told in words, and the conversation goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from assistant.app import Assistant, Company
from assistant.clock import FrozenClock, SettableClock
from assistant.config import Config
from assistant.orders.rest import RestOrders
from assistant.store import engine
from assistant.store.orders import list_orders
from assistant.store.tables import order_lines, orders
from assistant.tools.fixture import fill
from tests.conftest import MONDAY, ROOT, Chat
from tests.oms import make_app, order_json, read_ledger, running


class Seat:
    """Conversations over one order system, and the way an order disappears there and comes back."""

    def __init__(self, assistant: Assistant, vanish: Callable[[str], Callable[[], None]], effects: Callable[[], int]) -> None:
        self.chat, self.effects = Chat(assistant), effects
        self._vanish, self._back = vanish, []  # type: ignore[var-annotated]

    def vanish(self, number: str) -> None:
        self._back.append(self._vanish(number))

    def restore(self) -> None:
        while self._back:
            self._back.pop()()


def deleted(store: engine.SqlStore, number: str) -> Callable[[], None]:
    """Takes an order with its lines out of the built-in system; gives what puts it back."""
    of_line, of_order = order_lines.c.order_number == number, orders.c.number == number

    def take(conn: sa.Connection) -> tuple[list[Any], list[Any]]:
        found = [dict(row) for row in conn.execute(sa.select(orders).where(of_order)).mappings()]
        lines = [dict(row) for row in conn.execute(sa.select(order_lines).where(of_line)).mappings()]
        conn.execute(sa.delete(order_lines).where(of_line))
        conn.execute(sa.delete(orders).where(of_order))
        return found, lines

    found, lines = store.write_now(take)

    def back(conn: sa.Connection) -> None:
        conn.execute(sa.insert(orders), found)
        conn.execute(sa.insert(order_lines), lines)

    return lambda: store.write_now(back)


def popped(system: Any, number: str) -> Callable[[], None]:
    order = system.orders.pop(number)
    return lambda: system.orders.__setitem__(number, order)


@pytest.fixture(scope="module", params=["builtin", "rest"])
def system(request: pytest.FixtureRequest, company: Company, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    folder = tmp_path_factory.mktemp(request.param)
    store = engine.open_store(folder / "assistant.db")
    fill(store, company.workspace, company.rules)
    config, clock = Config(ROOT, folder), SettableClock(FrozenClock(MONDAY))
    if request.param == "builtin":
        seat = Seat(Assistant(config, company, store, clock), lambda number: deleted(store, number), lambda: 0)
        yield seat
        seat.chat.end()
        return
    held = [order_json(row) for row in store.read_now(lambda conn: list_orders(conn, tenant=company.workspace.settings.workspace.id))]
    ledger = folder / "ledger.jsonl"
    app = make_app(orders=held, stock={}, ledger=ledger)
    with running(app) as url:

        class Outside(Assistant):
            def _orders(self) -> Any:
                return RestOrders(url)

        seat = Seat(Outside(config, company, store, clock), lambda number: popped(app.state.system, number), lambda: len(read_ledger(ledger)))
        yield seat
        seat.chat.end()


@pytest.fixture
def seat(system: Seat) -> Iterator[Seat]:
    """A new conversation in which every order is there."""
    system.chat.as_("C2/Dana Cole")
    yield system
    system.restore()


def told_without_effect(seat: Seat, view: dict[str, Any]) -> None:
    assert view["receipts"] == []
    assert view["text"]
    assert "Shall I" not in view["text"], "nothing is offered on an order that is not there"
    assert seat.effects() == 0
    assert "12360" in seat.chat.say("Where is order 12360?")["text"], "the conversation goes on"


def test_between_preview_and_yes(seat: Seat) -> None:
    assert seat.chat.say("Cancel 12366")["action"] == "confirm"
    seat.vanish("12366")
    view = seat.chat.say("yes")
    told_without_effect(seat, view)
    assert "12366" in view["text"]


def test_between_list_and_pick(seat: Seat) -> None:
    listed = seat.chat.say("I want to cancel an order")
    assert listed["action"] == "ask"
    assert "12366" in listed["text"]
    seat.vanish("12366")
    told_without_effect(seat, seat.chat.say("12366"))


def test_between_list_and_ordinal(seat: Seat) -> None:
    assert "2) #12366" in seat.chat.say("I want to cancel an order")["text"]
    seat.vanish("12366")
    told_without_effect(seat, seat.chat.say("the second one"))


def test_while_its_values_are_asked(seat: Seat) -> None:
    assert seat.chat.say("Please move order 12366 to another date")["action"] == "ask"
    seat.vanish("12366")
    told_without_effect(seat, seat.chat.say("June 24"))
