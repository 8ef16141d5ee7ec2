"""What a model is given to answer from: the prompt with its material set apart, what the conversation is about, and what was said last; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.dialog.model.models import Models
from assistant.dialog.model.records import as_text
from assistant.dialog.moment import Moment
from assistant.dialog.support.judge import Ground
from assistant.events import MESSAGE_RECEIVED, TURN_COMPLETED, Event
from assistant.llm.prompts import LANGUAGE_NAMES, Rendered, defused, mark_of
from assistant.llm.tokens import PER_MESSAGE, Count, fitting
from assistant.model_types import ModelMessage, ModelTool
from assistant.types import Citation, Json, Passage

# of a prompt's room, what earlier messages may take
SHARE_OF_HISTORY = 0.25
MOST_SAID = 8


@dataclass(frozen=True, slots=True)
class Prepared:
    """The messages of a request, the hash of its prompt, and the grounds that its answer may rest on."""

    messages: tuple[ModelMessage, ...]
    prompt_hash: str
    grounds: tuple[Ground, ...]


def prepare(models: Models, moment: Moment, passages: Sequence[Passage], *, said: Sequence[ModelMessage], orders: Sequence[Json], tools: bool) -> Prepared:
    """The request for an answer to the message, within the room of the settings; passages are given whole or not at all."""
    room = models.spec.context_tokens
    history = within(said, int(room * SHARE_OF_HISTORY), count=models.count)
    kept = fitting([passage.text for passage in passages], room - int(room * SHARE_OF_HISTORY), count=models.count)
    grounds = [ground_of(passage) for passage in passages[: len(kept)]]
    grounds += [Ground(as_text(order), record=order) for order in orders]
    blocks = [f"[{number}] {ground.title}\n{defused(ground.text)}" if ground.title else defused(ground.text) for number, ground in enumerate(grounds, 1)]
    # what the customer said in the open procedure is worth knowing, and proves nothing
    blocks += [defused(line) for line in facts_of(moment)]
    prompt = _prompt(models, moment, "\n\n".join(blocks), tools=tools)
    messages = (ModelMessage("system", prompt.text), *history, ModelMessage("user", defused(moment.reading.text)))
    return Prepared(messages, prompt.hash, tuple(grounds))


def _prompt(models: Models, moment: Moment, material: str, *, tools: bool) -> Rendered:
    workspace = moment.world.workspace
    identity, short = workspace.settings.workspace, "en" if moment.language == "en" else "zh"
    variables: Mapping[str, object] = {
        "company": moment.world.wording.pick(identity.name, moment.language),
        "assistant": moment.world.wording.pick(identity.assistant, moment.language),
        "language": LANGUAGE_NAMES[short][moment.language],
        "material": material,
        "tools": tools,
        "mark": mark_of(material, moment.reading.text),
    }
    return models.prompts.render("answer", moment.language, variables)


def ground_of(passage: Passage) -> Ground:
    """A passage with its place; the judge of sentences puts the words it quotes into the citation."""
    citation = Citation(passage.document, passage.version, passage.id, "", 0, 0, passage.title)
    return Ground(passage.text, passage.title, passage.products, citation)


def facts_of(moment: Moment) -> list[str]:
    """What the conversation has settled: values of the open procedure and the last receipt, as they were said."""
    state = moment.state
    found: list[str] = []
    if state.procedure is not None:
        title = moment.world.wording.pick(moment.spec(state.procedure.name).title, moment.language)
        values = {name: slot.value for name, slot in state.procedure.slots.items()}
        found.append(f"{title}: {json.dumps(values, ensure_ascii=False)}")
    if state.executed is not None:
        found.append(state.executed.text)
    return found


def said_before(events: Sequence[Event], *, message_id: str) -> list[ModelMessage]:
    """The last messages of both sides before `message_id`, oldest first."""
    found: list[ModelMessage] = []
    for event in events:
        if event.name == MESSAGE_RECEIVED and event.data.get("message") != message_id:
            found.append(ModelMessage("user" if event.data.get("role") == "customer" else "assistant", defused(str(event.data.get("text", "")))))
        elif event.name == TURN_COMPLETED:
            reply = event.data.get("reply")
            if isinstance(reply, dict) and reply.get("text"):
                found.append(ModelMessage("assistant", defused(str(reply["text"]))))
    return found[-MOST_SAID:]


def within(said: Sequence[ModelMessage], room: int, *, count: Count) -> tuple[ModelMessage, ...]:
    """The newest messages that fit, whole, in their order."""
    kept: list[ModelMessage] = []
    for message in reversed(said):
        room -= count(message.text) + PER_MESSAGE
        if room < 0:
            break
        kept.append(message)
    return tuple(reversed(kept))


def earlier_text(said: Sequence[ModelMessage]) -> str:
    """What was said before, for a prompt that only reads."""
    return "\n".join(f"{'customer' if message.role == 'user' else 'assistant'}: {message.text}" for message in said[-4:])


def tools_for(moment: Moment, names: Sequence[tuple[str, str, Mapping[str, tuple[str, bool]]]], *, start: bool) -> tuple[ModelTool, ...]:
    """The tools a model may call: reads as they are, and with `start` one that proposes a procedure. `names` are (name, description, arguments)."""
    kinds = {"str": "string", "int": "integer", "bool": "boolean", "list": "array", "dict": "object"}
    found = []
    for name, description, arguments in names:
        properties: dict[str, Json] = {key: {"type": kinds.get(kind, "string")} for key, (kind, _) in arguments.items()}
        required: list[Json] = [key for key, (_, needed) in arguments.items() if needed]
        found.append(ModelTool(name, description, {"type": "object", "properties": properties, "required": required, "additionalProperties": False}))
    return (*found, _start_tool(moment)) if start else tuple(found)


def _start_tool(moment: Moment) -> ModelTool:
    procedures = {name: spec for name, spec in moment.world.workspace.procedures.items() if spec.confirm and spec.intents}
    names: list[Json] = list(procedures)
    listed = "; ".join(f"{name}: {moment.world.wording.pick(spec.title, 'en')} ({', '.join(spec.slots)})" for name, spec in procedures.items())
    slots: Json = {"type": "object", "additionalProperties": {"type": "string"}, "description": "slot name to the customer's own words, copied exactly"}
    parameters: Mapping[str, Json] = {
        "type": "object",
        "properties": {"name": {"type": "string", "enum": names}, "slots": slots},
        "required": ["name", "slots"],
        "additionalProperties": False,
    }
    return ModelTool("start_procedure", f"Proposes a change or request; the system then asks, checks and shows a preview. {listed}", parameters)
