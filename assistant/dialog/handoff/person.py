"""What a person does in a conversation: answer it, which makes it theirs, and close it, which gives it back; the console that people work in is not here."""

from __future__ import annotations

from assistant.dialog.parts import Parts
from assistant.errors import NotFound
from assistant.events import Event
from assistant.store.agents import find_agent
from assistant.store.conversations import get_conversation, record_message
from assistant.store.handoffs import assign_handoff, close_handoff, open_handoff, open_handoff_of
from assistant.types import ConversationId, Handoff, Message, MessageId, Routing

TAKEN_OVER = "taken_over"


async def say(parts: Parts, conversation_id: str, *, agent: str, text: str) -> None:
    """A person's message. The open hand-off becomes theirs; without one the conversation is taken over. Raises NotFound, Conflict (somebody else has it)."""
    now = parts.clock.now()
    who = await _agent(parts, agent)
    conversation = await parts.store.read(lambda conn: get_conversation(conn, conversation_id, tenant=parts.tenant))
    current = await parts.store.read(open_handoff_of, conversation_id)
    events: tuple[Event, ...]
    if current is None:
        default = parts.world.workspace.routing.default
        routing = Routing(default.queue, default.priority, (), 0, who, True)
        made = Handoff(parts.ids.new("ho"), ConversationId(conversation_id), TAKEN_OVER, routing, {"goal": text}, now, "assigned")
        events = await parts.store.write(lambda conn: open_handoff(conn, made, tenant=parts.tenant))
    else:
        taken = current.id
        _, events = await parts.store.write(lambda conn: assign_handoff(conn, taken, tenant=parts.tenant, agent=who, now=now))
    message = Message(MessageId(parts.ids.new("ms")), conversation.id, conversation.channel, f"agent:{who}", text, now)
    owned = await parts.store.read(lambda conn: get_conversation(conn, conversation_id, tenant=parts.tenant))
    recorded = await parts.store.write(lambda conn: record_message(conn, message, role="agent", owner_epoch=owned.owner_epoch))
    for event in (*events, *((recorded.event,) if recorded.event else ())):
        parts.bus.publish(event)


async def close(parts: Parts, conversation_id: str, *, agent: str) -> None:
    """The open hand-off ends and the assistant owns the conversation again; closing twice does nothing. Raises NotFound for an unknown conversation."""
    await parts.store.read(lambda conn: get_conversation(conn, conversation_id, tenant=parts.tenant))
    current = await parts.store.read(open_handoff_of, conversation_id)
    if current is None:
        return
    who = await _agent(parts, agent)
    ended = current.id
    _, events = await parts.store.write(lambda conn: close_handoff(conn, ended, tenant=parts.tenant, by=who, now=parts.clock.now()))
    for event in events:
        parts.bus.publish(event)


async def _agent(parts: Parts, name: str) -> str:
    """The agent's id; somebody who is not on the staff list yet goes by the name given."""
    try:
        return (await parts.store.read(lambda conn: find_agent(conn, name, tenant=parts.tenant))).id
    except NotFound:
        return name
