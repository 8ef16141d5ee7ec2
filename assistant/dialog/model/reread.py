"""Lets a model read a message that the built-in reader is unsure of, and keeps of its reading only what the message itself bears out.

A model names intents and points at stretches of the message. Values are read from those stretches by the same readers as ever; what is not in the message, is
no intent of the company, or would write without a yes is dropped. Verdicts, danger and manipulation are never a model's to tell.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.dialog.model.models import Models
from assistant.dialog.moment import Moment, World
from assistant.llm.agent import Proposal, ask
from assistant.llm.calls import json_of
from assistant.llm.prompts import Rendered, defused
from assistant.llm.route import Visit
from assistant.model_types import ModelMessage, ModelRequest
from assistant.text.fold import fold
from assistant.types import Hints, Json, Reading, Request, Slot
from assistant.understanding.questions import asks

# what a model's reading counts, below a sure one of our own: it opens a preview or an answer, never a write
CONFIDENCE = 0.75
# at or above it the built-in reading stands
SURE = 0.6
MOST_REQUESTS = 4
MOST_TOKENS = 400
SCHEMA: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "standalone": {"type": "string"},
        "requests": {
            "type": "array",
            "maxItems": MOST_REQUESTS,
            "items": {
                "type": "object",
                "properties": {
                    "intent": {"type": "string"},
                    "text": {"type": "string"},
                    "slots": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"name": {"type": "string"}, "text": {"type": "string"}},
                            "required": ["name", "text"],
                            "additionalProperties": False,
                        },
                    },
                },
                "required": ["intent", "text", "slots"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["standalone", "requests"],
    "additionalProperties": False,
}


def unsure(moment: Moment) -> bool:
    """Whether the built-in reading leaves open what the customer wants, and says nothing that goes before any wish."""
    reading = moment.reading
    if reading.contentless or reading.urgency >= 3 or reading.injection or reading.verdict != "other" or not reading.text.strip():
        return False
    procedure = moment.state.procedure
    # a preview that waits for its yes is not put aside on a guess
    if procedure is not None and (reading.slots or procedure.stage == "confirm"):
        return False
    accepted = [request for request in reading.requests if request.accepted]
    return not accepted or all(request.confidence < SURE for request in accepted)


def allowed_intents(world: World) -> dict[str, str]:
    """What a model may name, with what it means: not what would write without a yes, which no model may start."""
    found: dict[str, str] = {}
    for name, intent in world.workspace.intents.items():
        served = world.serving.get(name, "")
        if served and _writes_freely(world, served):
            continue
        examples = [*intent.examples.get("en", ())[:2], *intent.examples.get("zh", ())[:1]]
        found[name] = " / ".join(examples)
    return found


def _writes_freely(world: World, procedure: str) -> bool:
    spec = world.workspace.procedures[procedure]
    return not spec.confirm and not spec.answer and bool(spec.tool) and spec.tool not in world.order_reads


Plausible = Callable[[Sequence[str]], Awaitable[frozenset[str]]]


async def reread(models: Models, visit: Visit, moment: Moment, *, earlier: str, read_slots: Any, plausible: Plausible) -> Reading:
    """The reading a model makes of the message, or the built-in one when it makes none. Raises ModelFailed, BackendUnavailable.

    `read_slots(text, hints)` reads mentions; `plausible(texts)` are the intents that words may mean: a model chooses among those, it adds none.
    """
    intents = allowed_intents(moment.world)
    prompt = prompt_for(models, moment, intents, earlier)
    messages = (ModelMessage("system", prompt.text), ModelMessage("user", moment.reading.text))
    visit.prompt_hash = prompt.hash
    reply = await ask(models.route, ModelRequest(messages, "read", schema=SCHEMA, max_tokens=MOST_TOKENS, seed=models.seed), visit)
    found = parsed(reply.text)
    if not found.get("requests"):
        return moment.reading
    meant = await plausible((moment.reading.text, *(request.text for request in moment.reading.requests)))
    return applied(moment, found, allowed=meant & intents.keys(), read_slots=read_slots)


def prompt_for(models: Models, moment: Moment, intents: Mapping[str, str], earlier: str) -> Rendered:
    workspace = moment.world.workspace
    procedure = moment.state.procedure
    return models.prompts.render(
        "read",
        moment.language,
        {
            "company": moment.world.wording.pick(workspace.settings.workspace.name, moment.language),
            "intents": "\n".join(f"- {name}: {examples}" for name, examples in intents.items()),
            "procedure": moment.world.wording.pick(moment.spec(procedure.name).title, moment.language) if procedure else "",
            "earlier": defused(earlier),
        },
    )


def parsed(text: str) -> Mapping[str, Any]:
    """The first JSON object in what a model wrote; an empty one when there is none."""
    found = json_of("{" + text.partition("{")[2])
    return found if isinstance(found, dict) else {}


def applied(moment: Moment, found: Mapping[str, Any], *, allowed: frozenset[str], read_slots: Any) -> Reading:
    """The built-in reading with the requests that a model found in the message; unchanged when it found none that hold."""
    reading = moment.reading
    listed = found.get("requests")
    requests: list[Request] = []
    for entry in listed[:MOST_REQUESTS] if isinstance(listed, list) else ():
        request = _request(moment, entry, allowed=allowed, read_slots=read_slots)
        if request is not None:
            requests.append(request)
    if not requests:
        return reading
    slots = _once((*reading.slots, *(slot for request in requests for slot in request.slots)))
    return replace(reading, requests=tuple(requests), slots=slots, standalone=_standalone(reading, found.get("standalone")))


def _request(moment: Moment, entry: Any, *, allowed: frozenset[str], read_slots: Any) -> Request | None:
    intent, quoted = (entry.get("intent"), entry.get("text")) if isinstance(entry, dict) else (None, None)
    if not isinstance(intent, str) or intent not in allowed or not isinstance(quoted, str):
        return None
    reading, text = moment.reading, fold(quoted).strip()
    start = reading.text.find(text) if text else -1
    if start < 0:
        start, text = 0, reading.text
    end = start + len(text)
    held = tuple(slot for slot in reading.slots if start <= slot.start and slot.end <= end)
    pointed = [each.get("text") for each in entry.get("slots", ()) if isinstance(each, dict)] if isinstance(entry.get("slots"), list) else []
    more = [slot for words in pointed if isinstance(words, str) for slot in mentions(moment, words, read_slots=read_slots) if slot not in held]
    return Request(intent, CONFIDENCE, text, start, end, slots=_once((*held, *more)))


def _once(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Each slot once, in order; their values may be lists or objects, which have no hash."""
    found: list[Slot] = []
    for slot in slots:
        if slot not in found:
            found.append(slot)
    return tuple(found)


def mentions(moment: Moment, words: str, *, read_slots: Any) -> Sequence[Slot]:
    """What our own readers find in a stretch of the message that was pointed at; nothing when the message does not hold it."""
    said = fold(words).strip()
    at = moment.reading.text.find(said) if said else -1
    if at < 0:
        return ()
    hints = Hints(moment.language, moment.now.astimezone(moment.world.workspace.zone), moment.message_id, products=moment.state.products)
    alone: Reading = read_slots(said, hints)
    return [replace(slot, start=slot.start + at, end=slot.end + at) for slot in alone.slots if slot.text in moment.reading.text]


def _standalone(reading: Reading, given: Any) -> str:
    """A model's rewrite serves only to search: it is taken for a question, when it keeps to the message's script and size."""
    if not isinstance(given, str) or not given.strip() or len(given) > 4 * len(reading.text) + 120 or not (asks(given) or asks(reading.text)):
        return reading.standalone
    return fold(given).strip()


def proposed(moment: Moment, proposal: Proposal, *, meant: Collection[str], read_slots: Any) -> Reading | None:
    """A model's wish to start a procedure as a reading of the message: the state machine does the rest. None for what no model may start.

    `meant` are the intents that the message may well mean: what the customer said nothing of is not begun.
    """
    spec = moment.world.workspace.procedures.get(proposal.name)
    intent = next((name for name in spec.intents if name in meant), "") if spec is not None else ""
    if spec is None or not intent or _writes_freely(moment.world, proposal.name):
        return None
    entry = {"intent": intent, "text": moment.reading.text, "slots": [{"name": name, "text": text} for name, text in proposal.slots.items()]}
    request = _request(moment, entry, allowed=frozenset({intent}), read_slots=read_slots)
    return replace(moment.reading, requests=(request,)) if request else None
