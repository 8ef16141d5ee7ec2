"""Budgets of turns beside each other and after each other."""

from __future__ import annotations

import pytest

from assistant.errors import ModelFailed
from assistant.llm.budget import MILLION, Account, Ledger, Spent, cost_of
from assistant.workspace.company import ModelBudget, ModelPrice

DAY = "2026-06-01"
FREE = ModelPrice()


def _account(ledger: Ledger, budget: ModelBudget, *, stored: int = 0, price: ModelPrice = FREE) -> Account:
    account = Account(budget, price, ledger, day=Spent(stored), known=True)
    ledger.open(DAY, account.day)
    return account


def test_a_call_is_held_at_its_most_and_settled_at_what_it_took() -> None:
    account = _account(Ledger(), ModelBudget(turn_tokens=1000))
    held = account.reserve(300, 200)
    assert account.turn == Spent(500)
    assert account.ledger.pending == Spent(500)
    account.settle(held, 310, 20)
    assert account.turn == Spent(330)
    assert account.ledger.pending == Spent(330)


@pytest.mark.parametrize(
    ("budget", "name"),
    [
        (ModelBudget(turn_tokens=100), "turn"),
        (ModelBudget(turn_tokens=0, conversation_tokens=100), "conversation"),
        (ModelBudget(turn_tokens=0, day_tokens=100), "day"),
    ],
)
def test_each_bound_refuses_the_call_after_the_one_that_reached_it(budget: ModelBudget, name: str) -> None:
    account = _account(Ledger(), budget)
    account.reserve(90, 90)
    with pytest.raises(ModelFailed, match=name) as refused:
        account.reserve(1, 1)
    assert refused.value.code == "budget"


def test_no_bound_is_none() -> None:
    account = _account(Ledger(), ModelBudget(turn_tokens=0, conversation_tokens=0))
    for _ in range(100):
        account.reserve(10_000, 10_000)
    assert account.turn.tokens == 2_000_000


def test_money_is_bounded_by_the_day() -> None:
    account = _account(Ledger(), ModelBudget(turn_tokens=0, day_money=2), price=ModelPrice(prompt=1000.0, completion=4000.0))
    assert cost_of(1000, 250, account.price) == 2 * MILLION
    account.settle(account.reserve(1000, 250), 1000, 250)
    with pytest.raises(ModelFailed, match="money"):
        account.reserve(1, 1)


def test_two_hundred_turns_at_once_pass_a_bound_by_one_call_at_most() -> None:
    ledger = Ledger()
    accounts = [_account(ledger, ModelBudget(turn_tokens=0, conversation_tokens=0, day_tokens=1_000)) for _ in range(200)]
    made = 0
    for account in accounts:
        try:
            account.settle(account.reserve(60, 40), 60, 40)
            made += 1
        except ModelFailed:
            pass
    assert made == 10


def test_what_an_ended_turn_spent_still_counts_for_turns_that_looked_before_it_was_stored() -> None:
    """They began together, so that none of them sees the other's use in the store."""
    ledger = Ledger()
    accounts = [_account(ledger, ModelBudget(turn_tokens=0, conversation_tokens=0, day_tokens=1_000)) for _ in range(50)]
    made = 0
    for account in accounts:
        try:
            account.settle(account.reserve(60, 40), 60, 40)
            made += 1
        except ModelFailed:
            pass
        account.close()
    assert made <= 11


def test_what_other_processes_stored_counts_too() -> None:
    ledger = Ledger()
    _account(ledger, ModelBudget(day_tokens=1_000)).close()
    with pytest.raises(ModelFailed):
        _account(ledger, ModelBudget(day_tokens=1_000), stored=5_000).reserve(1, 1)


def test_a_new_day_begins_anew() -> None:
    ledger = Ledger()
    first = _account(ledger, ModelBudget(turn_tokens=0, day_tokens=100))
    first.reserve(100, 0)
    first.close()
    with pytest.raises(ModelFailed):
        Account(ModelBudget(turn_tokens=0, day_tokens=100), FREE, ledger, known=True).reserve(1, 1)
    ledger.open("2026-06-02", Spent())
    assert Account(ModelBudget(turn_tokens=0, day_tokens=100), FREE, ledger, known=True).reserve(1, 1).tokens == 2


def test_the_conversation_counts_what_was_stored_of_it() -> None:
    account = Account(ModelBudget(turn_tokens=0, conversation_tokens=100), FREE, Ledger(), conversation=Spent(100), known=True)
    with pytest.raises(ModelFailed, match="conversation"):
        account.reserve(1, 1)
