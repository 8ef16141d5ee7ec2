"""What a turn has of language models: the way to them, their prompts, and what the turn may still take of time, tokens and money; it asks none itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from assistant.dialog.answers.gather import Gathered
from assistant.dialog.question import Question
from assistant.dialog.support.sense import Sense
from assistant.errors import ConfigError
from assistant.llm.budget import Account, Ledger, Spent
from assistant.llm.prompts import Prompts, relabelled
from assistant.llm.route import Route, Visit
from assistant.llm.tokens import Count, estimate
from assistant.model_types import ModelUse
from assistant.ports import Store
from assistant.store.columns import plain
from assistant.store.engine import SqlStore
from assistant.store.settings import get_setting, set_setting
from assistant.store.usage import Usage, usage_of
from assistant.types import ConversationId, Json, Scope
from assistant.workspace.company import ModelSpec

PROMPTS = "prompts"  # the setting that remembers what each version of a prompt said


@dataclass(frozen=True, slots=True)
class Models:
    """`gather(question, scope)` finds passages for a question; `count` estimates tokens; `now` is monotonic, in seconds; `seed` goes with every request.

    `sense` is what judges of words have beside their rules.
    """

    route: Route
    prompts: Prompts
    spec: ModelSpec
    gather: Callable[[Question, Scope], Gathered]
    ledger: Ledger = field(default_factory=Ledger)
    count: Count = estimate
    now: Callable[[], float] = perf_counter
    seed: int = 0
    sense: Sense | None = None

    def visit(self, *, began: float) -> Visit:
        """A turn that began at `began`, with its time and an account that knows of this turn only."""
        return Visit(began + self.spec.turn_seconds, Account(self.spec.budget, self.spec.price, self.ledger), now=self.now)


async def open_account(models: Models, visit: Visit, store: Store, conversation: ConversationId, *, day: str, tenant: str) -> None:
    """Tells a turn's account what was taken before; asked only when a model is about to be."""
    if visit.account.known:
        return
    of_conversation, of_day = await store.read(lambda conn: usage_of(conn, conversation, day=day, tenant=tenant))
    visit.account.conversation = Spent(of_conversation.tokens, of_conversation.cost)
    visit.account.day = Spent(of_day.tokens, of_day.cost)
    models.ledger.open(day, visit.account.day)
    visit.account.known = True


def used(uses: Sequence[ModelUse]) -> Usage | None:
    """The sum of a turn's calls; None when there was none."""
    if not uses:
        return None
    return Usage(len(uses), sum(use.prompt + use.completion for use in uses), sum(use.cost for use in uses))


def remembered(store: SqlStore, prompts: Prompts, *, tenant: str) -> Prompts:
    """The same prompts, noted in the state with what each version says. Raises ConfigError for a text that changed under its old version."""
    before = store.read_now(lambda conn: get_setting(conn, PROMPTS, tenant=tenant))
    known = {str(label): str(content) for label, content in before.items()} if isinstance(before, dict) else {}
    changed = relabelled(known, prompts.labels())
    if changed:
        raise ConfigError(f"the text of a prompt changed under its old version: {', '.join(changed)}. Raise `version` in its front matter")
    now: dict[str, Json] = {**known, **prompts.labels()}
    if now != known:
        store.write_now(lambda conn: set_setting(conn, PROMPTS, tenant=tenant, value=now))
    return prompts


def told(uses: Sequence[ModelUse]) -> list[Json]:
    """A turn's calls for its record, each with its `tokens` in all."""
    return [{**fields, "tokens": use.prompt + use.completion} for use in uses if isinstance(fields := plain(use), dict)]
