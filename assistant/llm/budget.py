"""What models may still take: tokens and money of a turn, a conversation and a day; it counts what was used and what calls under way may use at most."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.errors import ModelFailed
from assistant.workspace.company import ModelBudget, ModelPrice

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens, and money in millionths of a minor unit of the currency."""

    tokens: int = 0
    cost: int = 0

    def plus(self, other: Spent) -> Spent:
        return Spent(self.tokens + other.tokens, self.cost + other.cost)

    def minus(self, other: Spent) -> Spent:
        return Spent(self.tokens - other.tokens, self.cost - other.cost)


def cost_of(prompt: int, completion: int, price: ModelPrice) -> int:
    """Money for tokens, in millionths of a minor unit."""
    return round(prompt * price.prompt + completion * price.completion)


@dataclass(slots=True)
class Ledger:
    """What this process's turns have spent or reserved: `pending` is not stored yet; `base` was stored when the first turn of `day` asked, and `since` is all
    that came after. A turn whose look at the store is older than another's commit would miss what that one spent; `base` and `since` miss nothing of this
    process, the look and `pending` nothing of others: the larger counts."""

    pending: Spent = field(default_factory=Spent)
    day: str = ""
    base: Spent = field(default_factory=Spent)
    since: Spent = field(default_factory=Spent)

    def open(self, day: str, stored: Spent) -> None:
        """Called with what the store holds of a day whenever a turn looks; the day's first look counts."""
        if day != self.day:
            self.day, self.base, self.since = day, stored, self.pending

    def add(self, spent: Spent) -> None:
        self.pending = self.pending.plus(spent)
        self.since = self.since.plus(spent)

    def of_day(self, stored: Spent) -> Spent:
        """What a day has taken, given what a turn saw stored of it."""
        seen, counted = stored.plus(self.pending), self.base.plus(self.since)
        return Spent(max(seen.tokens, counted.tokens), max(seen.cost, counted.cost))


@dataclass(slots=True)
class Account:
    """The budget of one turn. `conversation` and `day` are what was stored before it began (once `known`); `turn` what it has spent.

    A call is reserved at its most before it starts, so that all turns together pass a bound by at most one call. `close` when the turn's use is stored.
    """

    budget: ModelBudget
    price: ModelPrice
    ledger: Ledger
    conversation: Spent = field(default_factory=Spent)
    day: Spent = field(default_factory=Spent)
    turn: Spent = field(default_factory=Spent)
    known: bool = False

    def reserve(self, prompt: int, completion: int) -> Spent:
        """Takes the most a call may use. Raises ModelFailed (`budget`) when a bound is reached already."""
        for name, used, most in self._bounds():
            if most and used >= most:
                raise ModelFailed(f"the budget of {name} is used up ({used} of {most})", code="budget")
        held = Spent(prompt + completion, cost_of(prompt, completion, self.price))
        self._add(held)
        return held

    def settle(self, held: Spent, prompt: int, completion: int) -> int:
        """Puts what a call really used in the place of what was held for it; its cost."""
        cost = cost_of(prompt, completion, self.price)
        self._add(Spent(prompt + completion, cost).minus(held))
        return cost

    def close(self) -> None:
        self.ledger.pending = self.ledger.pending.minus(self.turn)

    def _add(self, spent: Spent) -> None:
        self.turn = self.turn.plus(spent)
        self.ledger.add(spent)

    def _bounds(self) -> tuple[tuple[str, int, int], ...]:
        budget, day = self.budget, self.ledger.of_day(self.day)
        return (
            ("the turn in tokens", self.turn.tokens, budget.turn_tokens),
            ("the conversation in tokens", self.conversation.tokens + self.turn.tokens, budget.conversation_tokens),
            ("the day in tokens", day.tokens, budget.day_tokens),
            ("the day in money", day.cost, budget.day_money * MILLION),
        )
