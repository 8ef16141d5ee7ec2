"""Drafts an answer for a person to send: in the conversation's language with its sources, and a gloss in the agent's; it changes nothing and sends nothing.

What would be said is decided by the same core as in a turn, from the customer's words that nobody has answered. A language model may put it into other words;
each of its sentences is judged as in a turn, and where they do not hold the template draft stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.dialog.act import Acted
from assistant.dialog.decision import Decision
from assistant.dialog.handoff.draft_words import reworded
from assistant.dialog.known import Known
from assistant.dialog.lookups import Fetched, settle_lookups
from assistant.dialog.moment import Moment
from assistant.dialog.parts import Parts
from assistant.dialog.state import State, from_json
from assistant.dialog.step import step
from assistant.dialog.turn import Opened, moment_of, read_message
from assistant.dialog.verify.release import Released, release
from assistant.errors import Conflict, InvalidInput, NotFound
from assistant.events import MESSAGE_RECEIVED, TURN_COMPLETED, Bus, Event
from assistant.store.conversations import Conversation, get_conversation, get_message
from assistant.store.log import latest_events
from assistant.types import Citation, Language, Message, Principal, Reading

LOOKED_BACK = 60
MOST_MESSAGES = 5
# what only the assistant itself would say: that it has no source, that something is still open, that it can fetch a person
OWN_WORDS = {"no_source", "still_open"}
OFFERS = ("offer_person", "abstain")
VALUES = ("order", "product", "unknown_product", "date", "quantity", "address", "family", "phone", "email")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing the customer said: the words as they are, and what was understood of them in the agent's language. The reading is no translation."""

    message: str
    text: str
    language: Language
    reading: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person may send after looking at it. `basis` is the customer's message that it answers last: a newer one makes it stale.

    `source` and `gloss_source` tell who put it into words: the templates of the workspace, or a model whose sentences were judged. `held_back` are a model's
    sentences that did not hold, with the reason. `action` is what the assistant would do: reply, ask, confirm, decline, handoff, execute. `unanswered` are the
    customer's words that nothing we have answers: the person does.
    """

    conversation: str
    basis: str
    text: str
    language: Language
    citations: tuple[Citation, ...]
    gloss: str
    gloss_language: Language
    source: Literal["template", "model"]
    gloss_source: Literal["template", "model", "same"]
    action: str
    reason: str
    said: tuple[Said, ...]
    unanswered: tuple[str, ...] = ()
    held_back: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Thought:
    """What would be said in one language: the last message's moment, each decision with the place of its message, the verified words, what has no answer."""

    moment: Moment
    told: tuple[tuple[int, Decision], ...]
    acted: Acted
    released: Released
    unanswered: tuple[str, ...] = ()


async def draft(parts: Parts, principal: Principal, conversation_id: str, *, language: Language) -> Draft:
    """A draft for the conversation as it stands, glossed in `language`. `principal` is the conversation's contact.

    Raises NotFound, InvalidInput when the customer has said nothing yet, BackendUnavailable or ToolFailed when the order system does not answer.
    """
    # nothing of this is told to whoever watches the conversation
    parts = replace(parts, bus=Bus())
    conversation = await parts.store.read(lambda conn: get_conversation(conn, conversation_id, tenant=parts.tenant))
    if conversation.contact != principal.id:
        raise NotFound("no such conversation")
    events = await parts.store.read(lambda conn: latest_events(conn, conversation_id, count=LOOKED_BACK))
    asked = [await _message(parts, conversation_id, each) for each in waiting(events)]
    if not asked:
        raise InvalidInput("the customer has not said anything yet", code="nothing_to_answer")
    opened = [Opened(_unowned(conversation), message, principal, fence=0) for message in asked]
    readings = [await read_message(parts, each, from_json(conversation.state)) for each in opened]
    own = readings[-1].language
    thought = await _thought(parts, opened, readings, own)
    # what is sure enough was settled in the conversation's language
    unbound = replace(parts, world=replace(parts.world, thresholds={}))
    gloss = thought if own == language else _beside(thought, await _thought(unbound, opened, readings, language))
    template, other = _text(thought), _glossed(thought, gloss)
    words = await reworded(parts, thought.moment, thought.acted, thought.released, events=events, gloss=language if own != language else None)
    text, citations = (words.text, words.citations) if words.text else (template, thought.released.citations)
    opening = thought.moment.world.wording.say("draft_opening", own, name=principal.name or principal.id)
    shown = gloss.moment.world.wording.say("draft_opening", language, name=principal.name or principal.id)
    last = thought.told[-1][1] if thought.told else None
    return Draft(
        conversation=conversation_id,
        basis=asked[-1].id,
        text=f"{opening}\n{text}",
        language=own,
        citations=citations,
        gloss="" if own == language else f"{shown}\n{words.gloss or other}",
        gloss_language=language,
        source="model" if words.text else "template",
        gloss_source="same" if own == language else "model" if words.gloss else "template",
        action=last.action if last else "reply",
        reason=last.reason if last else "",
        unanswered=thought.unanswered,
        said=tuple(_said(thought.moment, message, reading, language) for message, reading in zip(asked, readings, strict=True)),
        held_back=words.held_back,
    )


async def refuse_stale(parts: Parts, conversation_id: str, *, basis: str) -> None:
    """Raises Conflict (`stale_draft`) when the customer has said more since the message `basis`, which the sender has seen."""
    events = await parts.store.read(lambda conn: latest_events(conn, conversation_id, count=LOOKED_BACK))
    newest = next((event for event in reversed(events) if _customers(event)), None)
    if newest is None or newest.data.get("message") != basis:
        raise Conflict("the customer has written again since this draft was made", code="stale_draft")


def waiting(events: Sequence[Event]) -> list[str]:
    """The ids of the customer's messages that nobody has answered in words; when all are, the last one."""
    found: list[str] = []
    last = ""
    for event in events:
        if _customers(event):
            last = str(event.data.get("message"))
            found.append(last)
        elif _answers(event):
            found = []
    return found[-MOST_MESSAGES:] or ([last] if last else [])


def _customers(event: Event) -> bool:
    return event.name == MESSAGE_RECEIVED and event.data.get("role") == "customer"


def _answers(event: Event) -> bool:
    reply = event.data.get("reply")
    return (event.name == MESSAGE_RECEIVED and not _customers(event)) or (event.name == TURN_COMPLETED and isinstance(reply, dict) and bool(reply.get("text")))


async def _message(parts: Parts, conversation_id: str, message: str) -> Message:
    return await parts.store.read(lambda conn: get_message(conn, message, conversation_id=conversation_id))


def _unowned(conversation: Conversation) -> Conversation:
    """The conversation as if nobody had taken it: a person asks what the assistant would say."""
    return replace(conversation, owner="assistant")


async def _thought(parts: Parts, opened: Sequence[Opened], readings: Sequence[Reading], language: Language) -> Thought:
    """What would be said to all messages, one after the other, in one language. Look-ups go through the gate as the customer; nothing is executed."""
    state: State = from_json(opened[0].conversation.state)
    fetched = Fetched(Known())
    told: tuple[tuple[int, Decision], ...] = ()
    unanswered: list[str] = []
    for place, (each, reading) in enumerate(zip(opened, readings, strict=True)):
        moment = moment_of(parts, each, state, replace(reading, language=language))
        seat = replace(each.seat, writes=False)
        made, fetched = await settle_lookups(parts, seat, fetched, lambda known, seen=moment: step(replace(seen, known=known)))  # type: ignore[misc]
        told += tuple((place, decision) for decision in _told(moment, [decision for _, decision in told], made.decisions))
        unanswered += [each.message.text for decision in made.decisions if decision.reason == "no_source"][:1]
        state = made.state
    thought = _released(replace(moment, known=fetched.known), told, Acted(fetched, state))
    # what nothing supports leaves nothing to say, where the assistant would say that it has no source
    blocked = {text for text, _ in thought.released.blocked}
    unanswered += [opened[place].message.text for place, decision in told if _silenced(decision, blocked)]
    kept = tuple((place, decision) for place, decision in told if not _silenced(decision, blocked))
    return replace(_released(thought.moment, kept, thought.acted), unanswered=tuple(dict.fromkeys(unanswered)))


def _released(moment: Moment, told: tuple[tuple[int, Decision], ...], acted: Acted) -> Thought:
    """Decisions with the words of them that hold. A wish for a person is granted already: why it was made is what the customer is told."""
    decisions = tuple(replace(decision, wish=None) for _, decision in told)
    acted = replace(acted, decisions=tuple(decision for _, decision in told))
    return Thought(moment, told, acted, release(moment, acted, decisions, None, answers=acted.fetched.known.answers.values()))


def _silenced(decision: Decision, blocked: set[str]) -> bool:
    return bool(decision.sentences) and all(sentence.text in blocked for sentence in decision.sentences)


def _beside(thought: Thought, other: Thought) -> Thought:
    """Of another language's thought what the first one says too: the same act on the same message, from the same documents."""
    kept = tuple((place, decision) for place, decision in other.told if any(place == at and _same(decision, said) for at, said in thought.told))
    return _released(other.moment, kept, other.acted)


def _same(one: Decision, other: Decision) -> bool:
    sources = [{citation.document for sentence in each.sentences for citation in sentence.citations} for each in (one, other)]
    return (one.action, one.intent, one.procedure) == (other.action, other.intent, other.procedure) and (not any(sources) or bool(sources[0] & sources[1]))


def _told(moment: Moment, before: Sequence[Decision], now: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions as a person would say them: nothing twice, and nothing that the assistant says of itself."""
    known = {sentence.text for decision in before for sentence in decision.sentences}
    known |= {moment.world.wording.say(key, moment.language) for key in OFFERS}
    found = []
    for decision in now:
        if decision.reason in OWN_WORDS:
            continue
        fresh = tuple(sentence for sentence in decision.sentences if sentence.text not in known)
        if fresh or not decision.sentences:
            found.append(replace(decision, sentences=fresh))
    return tuple(found)


def _glossed(thought: Thought, gloss: Thought) -> str:
    """The same in the agent's language; what only one language's documents say is given as it stands, and called that."""
    said = [len([each for _, each in found.told if each.sentences]) for found in (thought, gloss)]
    if not thought.released.text or said[1] >= said[0]:
        return _text(gloss)
    return gloss.moment.world.wording.say("draft_original", gloss.moment.language, text=thought.released.text)


def _text(thought: Thought) -> str:
    """The verified words, or that somebody looks into it when the core has none of its own (a yes, an urgent call for people)."""
    return thought.released.text or thought.moment.world.wording.say("draft_received", thought.moment.language)


def _said(moment: Moment, message: Message, reading: Reading, language: Language) -> Said:
    """The customer's words with our reading of them: titles of what is wanted, and the values found, each as it was said."""
    world = moment.world
    wants: list[str] = []
    for request in reading.requests:
        name = world.serving.get(request.intent, "")
        wants.append(world.wording.pick(world.workspace.procedures[name].title, language) if name else request.intent)
    values = [slot.text or str(slot.value) for slot in reading.slots if slot.name in VALUES]
    words = world.wording.say("draft_reading", language, wants=list(dict.fromkeys(wants)), values=list(dict.fromkeys(values)))
    return Said(message.id, message.text, reading.language, words)
