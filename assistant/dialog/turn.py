"""One message, step by step: commit it, read it, decide, do it, verify it, commit the answer; the system in one pass, without callbacks.

What is decided is pure (`step`), what is done goes through the gate, and what leaves has been verified. A message is committed before anything else, so that
it is answered even if this process dies; a turn is committed whole or not at all.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from assistant.dialog.act import Acted, act, before
from assistant.dialog.beside import settled
from assistant.dialog.known import Known
from assistant.dialog.lookups import Fetched, settle_lookups
from assistant.dialog.model.with_model import with_model
from assistant.dialog.moment import Moment
from assistant.dialog.parts import Parts
from assistant.dialog.record import Finished, Standing, finish, stored_reply
from assistant.dialog.serve import wish
from assistant.dialog.state import State, from_json
from assistant.dialog.step import step
from assistant.dialog.values.previewed import shown_of
from assistant.errors import BackendUnavailable, Conflict, ToolFailed
from assistant.llm.route import Visit
from assistant.routing import next_opening, on_duty
from assistant.store.conversations import Conversation, Recorded, get_conversation, record_message
from assistant.store.handoffs import open_handoff_of, queue_snapshot
from assistant.store.history import intent_of_message
from assistant.store.locks import release_turn, take_turn
from assistant.store.turns import answered_since, commit_turn
from assistant.tools.authority import may_write
from assistant.tools.gate import Seat
from assistant.types import Hints, Json, Language, Message, Principal, Reading, ToolCall

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_log = logging.getLogger("assistant.turn")
LOCK_SECONDS = 60.0
WAIT_SECONDS = 45.0
POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Opened:
    """A message that is committed and whose turn is ours: nobody else answers it while `fence` holds.

    `resumed`: it was committed by an earlier attempt. `unseen`: it came before the last reply was there to be read.
    """

    conversation: Conversation
    message: Message
    principal: Principal
    fence: int
    resumed: bool = False
    unseen: bool = False

    @property
    def seat(self) -> Seat:
        return Seat(self.principal, self.conversation.id, self.message.id, self.fence, self.conversation.owner_epoch, may_write(self.message.channel))


async def answer_message(parts: Parts, principal: Principal, message: Message, *, early: bool = False) -> Mapping[str, Json]:
    """The staff's view of the turn that answers `message` (its customer part is under "reply"). `early`: the caller knows that it came before the last reply.

    A repeat of a message returns the turn that answered it. Raises NotFound for a foreign conversation, Conflict when the id was used for other words,
    BackendUnavailable when the store does not answer.
    """
    recorded, fence, found = await parts.store.write(lambda conn: _record_and_take(parts, conn, message))
    if recorded.event is not None:
        parts.bus.publish(recorded.event)
    if fence is None:
        fence = await _take(parts, message)
    try:
        repeated = None if recorded.new else await stored_reply(parts, message)
        if repeated is None:
            standing, unseen = (found, False) if found and recorded.new else await parts.store.read(lambda conn: _conversation(parts, conn, message, recorded))
            return await _turn(parts, Opened(standing, message, principal, fence, not recorded.new, unseen or early))
    except BaseException:
        await _release(parts, message, fence)
        raise
    await _release(parts, message, fence)
    return repeated


def _record_and_take(parts: Parts, conn: Connection, message: Message) -> tuple[Recorded, int | None, Conversation | None]:
    """The message under its client id, and the turn lock when it is free, with the conversation as it then stands: one commit for all."""
    recorded = record_message(conn, message, role="customer")
    fence = take_turn(conn, message.conversation_id, holder=parts.holder, now=parts.wall(), ttl=LOCK_SECONDS)
    return recorded, fence, get_conversation(conn, message.conversation_id, tenant=parts.tenant) if fence is not None else None


def _conversation(parts: Parts, conn: Connection, message: Message, recorded: Recorded) -> tuple[Conversation, bool]:
    """The conversation, and whether a turn of it was completed after the message came: what that turn showed, the message says nothing about."""
    found = get_conversation(conn, message.conversation_id, tenant=parts.tenant)
    return found, answered_since(conn, message.conversation_id, seq=recorded.seq)


async def _release(parts: Parts, message: Message, fence: int) -> None:
    await parts.store.write(lambda conn: release_turn(conn, message.conversation_id, fence=fence))


async def _take(parts: Parts, message: Message) -> int:
    """The turn lock of the conversation, waited for while another turn runs."""
    deadline = parts.wall() + WAIT_SECONDS
    while True:
        await asyncio.sleep(POLL_SECONDS)
        fence = await parts.store.write(lambda conn: take_turn(conn, message.conversation_id, holder=parts.holder, now=parts.wall(), ttl=LOCK_SECONDS))
        if fence is not None:
            return fence
        if parts.wall() > deadline:
            raise BackendUnavailable("the conversation is busy; the message is kept and will be answered", code="busy")


async def _turn(parts: Parts, opened: Opened) -> Mapping[str, Json]:
    """The turn, with what it may take of models; that counts as taken until the turn that tells of it is stored."""
    visit = parts.models.visit(began=parts.models.now()) if parts.models else None
    try:
        return await _taken(parts, opened, visit)
    finally:
        if visit is not None:
            visit.account.close()


async def _taken(parts: Parts, opened: Opened, visit: Visit | None) -> Mapping[str, Json]:
    started = perf_counter()
    state = from_json(opened.conversation.state)
    reading = await read_message(parts, opened, state)
    marks = {"read": perf_counter() - started}
    moment = moment_of(parts, opened, state, reading)
    owned = opened.conversation.owner.startswith("agent:")
    if owned:
        acted = Acted(Fetched(Known()), state)
    elif parts.models is None or visit is None:
        acted = await _decide(parts, opened, moment)
    else:
        moment, acted = await with_model(parts, parts.models, visit, opened.seat, moment, lambda seen: _decide(parts, opened, seen))
    marks["decide"] = perf_counter() - started - marks["read"]
    standing = await _standing(parts, opened, needed=not owned and (acted.wish is not None or moment.queued))
    finished = _finished(parts, opened, moment, acted, standing, marks)
    events = await parts.store.write(commit_turn, replace(finished.commit, fence=opened.fence))
    for event in events:
        parts.bus.publish(event)
    return finished.view


def _finished(parts: Parts, opened: Opened, moment: Moment, acted: Acted, standing: Standing, marks: dict[str, float]) -> Finished:
    """The turn to commit. A fault of ours in wording it must not lose what was done: receipts stay, and a person takes over."""
    try:
        return finish(parts, opened.conversation, opened.message, moment, acted, standing, marks)
    except Exception:
        _log.exception("turn of conversation %s could not be worded", opened.conversation.id)
        safe = replace(acted, state=moment.state if not acted.receipts else replace(acted.state, procedure=None), decisions=(wish(moment, "tool_failed"),))
        return finish(parts, opened.conversation, opened.message, moment, safe, standing, marks)


async def _standing(parts: Parts, opened: Opened, *, needed: bool) -> Standing:
    if not needed:
        return Standing()
    snapshot = await parts.store.read(lambda conn: queue_snapshot(conn, tenant=parts.tenant))
    return Standing(snapshot, await parts.store.read(open_handoff_of, opened.conversation.id))


async def read_message(parts: Parts, opened: Opened, state: State) -> Reading:
    """The reading of the message. When the open procedure's question is simply answered, the encoder is not asked."""
    hints = _hints(parts, opened, state)
    quick: Reading | None = None
    if state.procedure is not None:
        quick = parts.reader.read_slots(opened.message.text, hints)
        moment = moment_of(parts, opened, state, quick)
        if settled(moment, state.procedure) and quick.urgency < 3 and not quick.injection:
            return quick
    reading: Reading = await parts.run(parts.reader.read, opened.message.text, hints, quick)
    return reading


def _hints(parts: Parts, opened: Opened, state: State) -> Hints:
    now = parts.clock.now().astimezone(parts.world.workspace.zone)
    language = state.language if opened.conversation.state else _first_language(opened.principal)
    hints = Hints(language, now, opened.message.id, "", len(state.listed), state.products, state.question, among=state.shown)
    procedure = state.procedure
    if procedure is None:
        return hints
    spec = parts.world.workspace.procedures[procedure.name]
    waiting = spec.slots.get(procedure.waiting)
    hints = replace(hints, expecting=waiting.type if waiting else "", options=len(procedure.options))
    if procedure.stage != "confirm":
        return hints
    shown = shown_of(procedure, spec, parts.world.workspace.catalog.products, parts.world.workspace.currency)
    return replace(hints, shown=shown, act=" ".join(spec.title.values()))


def _first_language(principal: Principal) -> Language:
    """The contact's own language, until the words tell better."""
    match principal.language:
        case "en" | "zh-Hant" as known:
            return known
        case _:
            return "zh-Hans"


def moment_of(parts: Parts, opened: Opened, state: State, reading: Reading) -> Moment:
    world = parts.world
    now = parts.clock.now()
    hours, zone = world.workspace.routing.hours, world.workspace.zone
    return Moment(
        world=world,
        principal=opened.principal,
        reading=reading,
        state=state,
        known=Known(),
        now=now,
        message_id=opened.message.id,
        attachments=opened.message.attachments,
        opening=next_opening(hours, world.calendar, now, zone=zone),
        on_duty=on_duty(hours, world.calendar, now, zone=zone),
        queued=opened.conversation.owner == "queue",
        unseen=opened.unseen,
    )


async def _decide(parts: Parts, opened: Opened, moment: Moment) -> Acted:
    """Decides and does it; an order system that does not answer ends in a hand-off, never in silence."""
    try:
        known = await _after_crash(parts, opened) if opened.resumed else Known()
        made, fetched = await settle_lookups(parts, opened.seat, Fetched(known), lambda now: step(replace(moment, known=now)))
        return await act(parts, opened.seat, moment, Acted(fetched, made.state, made.decisions))
    except (BackendUnavailable, ToolFailed):
        return _handed_over(moment)
    except Conflict:
        raise
    except Exception:
        _log.exception("turn of conversation %s failed", opened.conversation.id)
        return _handed_over(moment)


def _handed_over(moment: Moment) -> Acted:
    intent = moment.reading.requests[0].intent if moment.reading.requests else ""
    return Acted(Fetched(moment.known), moment.state, (wish(moment, "tool_failed", intent=intent),))


async def _after_crash(parts: Parts, opened: Opened) -> Known:
    """A write of this very message that was intended before a crash: its order is seen as it was then, so that the same decision is reached again."""
    intent = await parts.store.read(intent_of_message, opened.conversation.id, opened.message.id)
    if intent is None or intent.state != "intended" or not intent.order:
        return Known()
    outcome = await parts.gate.settle(intent.key)
    if outcome is None or outcome.receipt is None:
        return Known()
    call = ToolCall(parts.ids.new("tc"), "get_order", {"order": intent.order})
    _, order, _ = await parts.gate.read(opened.seat, call)
    return Known(orders_by_number={intent.order: before(order, outcome.receipt, intent)}) if order else Known()
