"""Puts one company's assistant together; the only file that knows which concrete classes are used. Nothing opens at import time."""

from __future__ import annotations

import asyncio
import gc
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.clock import FrozenClock, RandomIds, RunningClock, SettableClock, SystemClock, wall
from assistant.config import Config
from assistant.dialog.answers.answer import BuiltinAnswers
from assistant.dialog.answers.gather import gather
from assistant.dialog.handoff import person
from assistant.dialog.model.models import Models, remembered
from assistant.dialog.moment import World
from assistant.dialog.outside import Outside
from assistant.dialog.parts import Parts
from assistant.dialog.support.sense import packaged_sense
from assistant.dialog.turn import answer_message
from assistant.dialog.wording import Cite, Wording
from assistant.errors import InvalidInput, NotFound
from assistant.events import Bus, Event
from assistant.files import Files
from assistant.knowledge.base import Knowledge
from assistant.llm import back_ends
from assistant.llm.marks import refuse_unfit
from assistant.llm.prompts import prompts_of
from assistant.llm.route import Route
from assistant.ports import Ids, OrderSystem
from assistant.store import conversations, customers, dump, engine, fixture, log, settings, turns
from assistant.store.conversations import Conversation
from assistant.store.locks import process_holder
from assistant.text import patterns
from assistant.tools import own
from assistant.tools.authority import narrowed
from assistant.tools.fixture import fill
from assistant.tools.gate import Desk, Gate
from assistant.tools.registry import Tool, table
from assistant.tools.whole import BUILT_IN, load_whole
from assistant.types import Attachment, Hints, Json, Message, MessageId, Principal
from assistant.understanding.safety import injection, injection_patterns
from assistant.workspace.model import Workspace
from assistant.workspace.wording import templates

if TYPE_CHECKING:
    from assistant.tools.rules import Rules

THREADS = 2
# allocations between two looks for garbage: a turn makes some thousands and leaves hardly any cycle behind
COLLECT_AFTER = 20_000
# how long a thread that reads, searches or judges may keep the loop from going on: with Python's own 5 ms each piece of a stream waits so long, twice
SWITCH_SECONDS = 0.0005
CUSTOMER_MAY = ("orders.read", "orders.write", "tickets.write", "knowledge.read")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Company:
    """What is the same for every state of a workspace, and costs time to build: the rules, the reader and the encoder behind both rooms."""

    workspace: Workspace
    rules: Rules
    reader: Any
    encoder: Any


@contextmanager
def uncollected() -> Iterator[None]:
    """Loading without the garbage collector: what is loaded stays, and it would be looked through again and again while it grows."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@uncollected()
def load_company(config: Config) -> Company:
    """The company of a workspace folder. Raises ConfigError with everything that is wrong in it."""
    from assistant.knowledge.encode import packaged_encoder
    from assistant.knowledge.encoders import company_encoder
    from assistant.tools import rules as rule_room
    from assistant.understanding.reader_build import build_reader
    from assistant.workspace.calendar import company_calendar

    workspace = load_whole(config.workspace, cache=config.cache)
    encoder = packaged_encoder(config.cache)
    # its weights come from the disk while the words are compiled; what goes wrong is told when a sentence is to be encoded
    with ThreadPoolExecutor(1) as beside:
        beside.submit(getattr(encoder, "ping", str))
        reader = build_reader(workspace, encoder=encoder, calendar=company_calendar(workspace), cache=config.cache)
        # what is said is read with the packaged encoder, whatever searches the documents
    searching = company_encoder(workspace.settings.knowledge, config)
    return Company(workspace, rule_room.compile_rules(workspace), reader, searching)


@uncollected()
def build(config: Config, *, company: Company | None = None) -> Assistant:
    """An assistant over a state folder; `company` is shared by several states of one workspace. Raises ConfigError, BackendUnavailable."""
    found = company or load_company(config)
    store = engine.open_store(config.state / "assistant.db")
    tenant = found.workspace.settings.workspace.id
    try:
        if config.fresh:
            store.write_now(lambda conn: fixture.clear_state(conn, tenant=tenant))
        fill(store, found.workspace, found.rules)
        clock = _clock(config, found.workspace, store, tenant)
        return Assistant(config, found, store, clock)
    except BaseException:
        store.close()
        raise


def _clock(config: Config, workspace: Workspace, store: engine.SqlStore, tenant: str) -> SettableClock:
    """A clock given stands still; a demonstration's runs on from its last stored time, or from its start; without one it is the machine's."""
    if config.clock is not None:
        return SettableClock(FrozenClock(config.clock))
    start = workspace.settings.clock.start
    if start is None:
        return SettableClock(SystemClock())
    stored = store.read_now(lambda conn: settings.business_time(conn, tenant=tenant))
    return SettableClock(RunningClock(max(start, stored) if stored else start))


def make_world(company: Company, *, cite: Cite, tools: Mapping[str, Tool]) -> World:
    """The company as the pure core sees it."""
    from assistant.workspace.calendar import company_calendar

    workspace = company.workspace
    serving = {intent: name for name, spec in workspace.procedures.items() for intent in spec.intents}
    thresholds = workspace.calibration.get("confidence", {})
    known = [tool.name for tool in tools.values() if tool.effect == "read"]
    reads = frozenset(name for name in known if name in BUILT_IN and "order" in tools[name].arguments), frozenset(known) - set(BUILT_IN)
    return World(workspace, company.rules, Wording(workspace, templates(workspace), cite), company_calendar(workspace), serving, thresholds, *reads)


def model_route(config: Config, workspace: Workspace | None = None) -> Route | None:
    """The way to the language models that the settings name; None for the built-in engine alone. Raises ConfigError."""
    from assistant.workspace.load import load_workspace

    found = workspace or load_workspace(config.workspace)
    if config.model == back_ends.NONE:
        return None
    use = back_ends.named(config.model) if config.model else found.settings.model.use
    given = back_ends.Given(found.root, config.model_url, config.secret, config.has_secret)
    return back_ends.make_route(found.settings.model, given, use=use)


def make_models(config: Config, knowledge: Knowledge, workspace: Workspace, store: engine.SqlStore) -> Models | None:
    """What a turn has of models. Raises ConfigError."""
    route = model_route(config, workspace)
    if route is None:
        return None
    if not config.force_model:
        refuse_unfit(config.cache, route.serving())
    prompts = remembered(store, prompts_of(workspace.prompts), tenant=workspace.settings.workspace.id)
    sense = packaged_sense(config.cache)
    return Models(route, prompts, workspace.settings.model, partial(gather, knowledge=knowledge), seed=config.seed, sense=sense)


def _suspicious(patterns: re.Pattern[str], text: str) -> bool:
    return injection(text, patterns)


def catalog_rows(workspace: Workspace) -> dict[str, Mapping[str, Json]]:
    """The catalogue as tools may read it."""
    return {
        sku: {
            "sku": sku,
            "name": dict(row.name),
            "family": row.family,
            "price": row.price,
            "currency": workspace.currency,
            "warranty_months": row.warranty_months,
            "specs": dict(row.specs),
        }
        for sku, row in workspace.products.items()
    }


class Assistant:
    """One company's assistant over one state. Use `start` before and `close` after; everything else may be called by many tasks at once."""

    def __init__(self, config: Config, company: Company, store: engine.SqlStore, clock: SettableClock) -> None:
        self.config = config
        self.workspace = company.workspace
        self.store = store
        self.clock = clock
        self.bus = Bus()
        self.ids: Ids = RandomIds()
        self.tenant = company.workspace.settings.workspace.id
        self.files = Files(config.state / "attachments")
        self._company = company
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="turn")
        self.orders: OrderSystem = self._orders()
        self.knowledge = self._knowledge()
        self.models = make_models(config, self.knowledge, self.workspace, store)
        self.parts = self._parts()
        self.outside = Outside(self.parts, self.knowledge)

    def _orders(self) -> OrderSystem:
        spec = self.workspace.settings.orders
        if spec.system == "rest":
            from assistant.orders.rest import RestOrders

            return RestOrders(spec.url, token=self.config.secret(spec.token_env) if spec.token_env else "")
        from assistant.orders.builtin import BuiltinOrders

        return BuiltinOrders(self.store, clock=self.clock, ids=self.ids, tenant=self.tenant)

    def _knowledge(self) -> Knowledge:
        return Knowledge(self.store, self.workspace, self._company.encoder, state=self.config.state, clock=self.clock)

    def _parts(self) -> Parts:
        workspace = self.workspace
        queues = {name: kind.queue for name, kind in workspace.tickets.items()}
        free = frozenset((spec.tool, spec.ticket) for spec in workspace.procedures.values() if not spec.confirm)
        tools = table(*BUILT_IN.values(), *own.loaded(workspace, BUILT_IN, secret=self.config.secret))
        gate = Gate(tools, orders=self.orders, store=self.store, clock=self.clock, desk=Desk(queues, catalog_rows(workspace), free))
        world = make_world(self._company, cite=self.knowledge.cite, tools=tools)
        return Parts(
            world=world,
            store=self.store,
            gate=gate,
            reader=self._company.reader,
            answers=BuiltinAnswers(self.knowledge, world.wording),
            clock=self.clock,
            ids=self.ids,
            bus=self.bus,
            tenant=self.tenant,
            holder=process_holder(),
            wall=wall,
            run=self._run,
            stamps={"workspace": workspace.hash, "model": self.model_names()},
            knowledge_stamp=self.knowledge.stamp,
            suspicious=partial(_suspicious, injection_patterns(workspace.lexicon)),
            models=self.models,
        )

    async def _run(self, function: Callable[..., Any], *args: object) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._pool, partial(function, *args))

    async def start(self, progress: Progress | None = None) -> None:
        """Brings the documents into the index (nothing to do when they are unchanged) and finishes what a crash left open.

        It is for a process that serves from now on: what is loaded by then is never looked through for garbage again, which would halt every turn,
        and threads give way to the loop soon.
        """
        with uncollected():
            await asyncio.to_thread(self.knowledge.start, progress)
        gc.collect()
        gc.freeze()
        gc.set_threshold(COLLECT_AFTER)
        sys.setswitchinterval(SWITCH_SECONDS)
        self._end_start()
        await self.recover()

    async def start_briefly(self) -> None:
        """`start` for a process that ends soon, such as a chat in the terminal: exact search instead of an index of its own."""
        with uncollected():
            await asyncio.to_thread(self.knowledge.follow)
        self._end_start()
        await self.recover()

    def _end_start(self) -> None:
        """In a process that keeps the patterns of its start: what a first message would build is built while they are kept."""
        if patterns.begun():
            for text in ("好的", "ok"):
                self._company.reader.read_slots(text, Hints("zh-Hans", self.clock.now()))
            patterns.end()

    async def recover(self) -> int:
        """Answers every message that was committed and not answered; the number of them."""
        waiting = await self.store.read(lambda conn: conversations.unanswered_messages(conn, tenant=self.tenant))
        for message in waiting:
            principal = await self.principal_of(message.conversation_id)
            await answer_message(self.parts, narrowed(principal, message.channel, self.workspace.settings.keys), message)
        return len(waiting)

    def model_names(self) -> str:
        """The back ends in use, as the settings name them; "none" for the built-in engine alone."""
        return ",".join(found.model.name for found in self.models.route.back_ends()) if self.models else back_ends.NONE

    async def close(self) -> None:
        await asyncio.to_thread(self.knowledge.close)
        if self.models is not None:
            await self.models.route.close()
        closing = getattr(self.orders, "close", None)
        if closing is not None:
            await closing()
        self._pool.shutdown(wait=True)
        self.store.close()

    def contacts(self) -> list[dict[str, str]]:
        """The contacts of the state as the demonstration's page offers them."""
        rows = self.store.read_now(lambda conn: customers.list_contacts(conn, tenant=self.tenant))
        return [
            {"label": row.id, "company": row.company.id, "company_name": row.company.name, "name": row.name, "language": row.company.language} for row in rows
        ]

    async def principal(self, label: str) -> Principal:
        """The contact called "company/name". Raises NotFound."""
        contact = await self.store.read(lambda conn: customers.find_contact(conn, label, tenant=self.tenant))
        company = contact.company
        return Principal(contact.id, "customer", self.tenant, company.id, contact.name, company.tier, company.language, CUSTOMER_MAY)

    async def open_conversation(self, principal: Principal, *, channel: str) -> str:
        made = self.ids.new("cv")
        await self.store.write(
            lambda conn: conversations.create_conversation(
                conn, made, tenant=self.tenant, contact=principal.id, company=principal.company, channel=channel, now=self.clock.now()
            )
        )
        return made

    async def conversation(self, conversation_id: str) -> Conversation:
        """Raises NotFound."""
        return await self.store.read(lambda conn: conversations.get_conversation(conn, conversation_id, tenant=self.tenant))

    async def principal_of(self, conversation_id: str) -> Principal:
        """The contact a conversation belongs to. Raises NotFound."""
        return await self.principal((await self.conversation(conversation_id)).contact)

    async def say(
        self,
        principal: Principal,
        conversation_id: str,
        *,
        text: str,
        attachments: Sequence[Attachment] = (),
        message_id: str = "",
        channel: str = "",
        early: bool = False,
    ) -> Mapping[str, Json]:
        """The staff's view of the turn that answers a customer's message, which came in by `channel` ("" = the conversation's own).

        `early`: it was sent before the reply to the message before it could be read, so that it agrees to nothing in that.

        Raises InvalidInput (too long), NotFound, Conflict, BackendUnavailable.
        """
        limit = self.workspace.settings.limits.message_characters
        if len(text) > limit:
            raise InvalidInput(f"the message has {len(text)} characters; the limit is {limit}", code="too_long")
        conversation = await self.conversation(conversation_id)
        if conversation.contact != principal.id:
            raise NotFound("no such conversation")
        clean = text.encode("utf-8", "replace").decode("utf-8")
        made = MessageId(message_id or self.ids.new("ms"))
        message = Message(made, conversation.id, channel or conversation.channel, principal.id, clean, self.clock.now(), tuple(attachments))
        return await answer_message(self.parts, narrowed(principal, message.channel, self.workspace.settings.keys), message, early=early)

    async def attach(self, data: bytes, *, name: str, media_type: str, by: str = "") -> Attachment:
        """Keeps a file by the hash of its content; contact `by` may name it by that. Raises InvalidInput."""
        return await asyncio.to_thread(self.files.keep, data, name=name, media_type=media_type, by=by)

    async def attachment(self, digest: str) -> tuple[bytes, str]:
        """Raises NotFound."""
        return await asyncio.to_thread(self.files.read, digest)

    async def agent_says(self, conversation_id: str, *, agent: str, text: str) -> None:
        """A person answers; a conversation that was queued, or with the assistant, becomes theirs. Raises NotFound, Conflict."""
        await person.say(self.parts, conversation_id, agent=agent, text=text)

    async def agent_closes(self, conversation_id: str, *, agent: str) -> None:
        """A person closes the hand-off; the assistant owns the conversation again. Raises NotFound, Conflict."""
        await person.close(self.parts, conversation_id, agent=agent)

    async def events(self, conversation_id: str, *, after: int = 0) -> tuple[Event, ...]:
        return await self.store.read(lambda conn: log.events_after(conn, conversation_id, after=after))

    async def trace(self, turn_id: str) -> Mapping[str, Json]:
        """The stored record of a turn. Raises NotFound."""
        return (await self.store.read(lambda conn: turns.get_turn(conn, turn_id, tenant=self.tenant))).record

    async def state(self) -> dict[str, Json]:
        """Orders, tickets and hand-offs as they stand."""
        zone = self.workspace.settings.workspace.timezone
        return await self.store.read(lambda conn: dump.dump_state(conn, tenant=self.tenant, zone=zone))

    async def ready(self) -> dict[str, str]:
        """What every seam says of itself; a problem is told, never raised."""
        found = {}
        for name, ping in {"store": self.store.ping, "orders": self.orders.ping, "knowledge": self._ping_knowledge}.items():
            try:
                found[name] = f"ok: {await ping()}"
            except Exception as error:
                found[name] = f"problem: {error}"
        return found

    async def _ping_knowledge(self) -> str:
        return self.knowledge.ping()
