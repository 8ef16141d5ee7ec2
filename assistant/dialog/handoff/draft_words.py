"""Puts a draft into a model's words, and into the agent's language, and keeps only sentences that the material states; a fault leaves the template draft."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.dialog.act import Acted
from assistant.dialog.answers.gather import Gathered
from assistant.dialog.model.material import prepare, said_before
from assistant.dialog.model.models import Models, open_account, used
from assistant.dialog.model.sentences import cleaned, sentences_of
from assistant.dialog.moment import Moment
from assistant.dialog.parts import Parts
from assistant.dialog.question import Question
from assistant.dialog.support.judge import Ground, judge
from assistant.dialog.verify.release import Released
from assistant.errors import AssistantError
from assistant.events import Event
from assistant.llm.agent import ask
from assistant.llm.prompts import LANGUAGE_NAMES, defused, mark_of
from assistant.llm.route import Visit
from assistant.model_types import ModelMessage, ModelRequest
from assistant.store.usage import add_usage, day_of
from assistant.tools.orders import order_data
from assistant.types import Citation, ConversationId, Json, Language, Scope

MOST_TOKENS = 600
NO_ANSWER = "NO_ANSWER"
_log = logging.getLogger("assistant.draft")


@dataclass(frozen=True, slots=True)
class Worded:
    """A draft in a model's words; `text` or `gloss` are "" where they did not hold. `held_back` are sentences that nothing states, with the reason."""

    text: str = ""
    citations: tuple[Citation, ...] = ()
    gloss: str = ""
    held_back: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Work:
    """One draft being worded."""

    parts: Parts
    models: Models
    visit: Visit
    moment: Moment
    conversation: ConversationId

    def request(self, messages: Sequence[ModelMessage]) -> ModelRequest:
        return ModelRequest(tuple(messages), "draft", max_tokens=MOST_TOKENS, seed=self.models.seed, conversation=self.conversation)


async def reworded(parts: Parts, moment: Moment, acted: Acted, released: Released, *, events: Sequence[Event], gloss: Language | None) -> Worded:
    """The draft in a model's words, with its gloss in the language `gloss`; empty without a model for drafts. Never raises for a model's fault."""
    models = parts.models
    if models is None or not models.route.serves("draft") or not released.text or any(each.write for each in acted.decisions):
        # a preview is the workspace's own text: its figures are agreed to by whoever says yes
        return Worded()
    work = _Work(parts, models, models.visit(began=models.now()), moment, ConversationId(events[-1].conversation))
    day = day_of(moment.now)
    try:
        await open_account(models, work.visit, parts.store, work.conversation, day=day, tenant=parts.tenant)
        return await _worded(work, acted, released, events=events, gloss=gloss)
    except AssistantError as fault:
        _log.warning("no model worded the draft: %s", fault.code)
        return Worded()
    finally:
        try:
            taken = used(work.visit.uses)
            if taken is not None:
                await parts.store.write(lambda conn: add_usage(conn, work.conversation, taken, day=day, tenant=parts.tenant))
        finally:
            work.visit.account.close()


async def _worded(work: _Work, acted: Acted, released: Released, *, events: Sequence[Event], gloss: Language | None) -> Worded:
    moment = work.moment
    question = Question(moment.reading.text, moment.reading.standalone, moment.language, moment.state.products)
    gathered: Gathered = await work.parts.run(work.models.gather, question, Scope("public", moment.now, question.products))
    orders: list[Json] = [dict(order_data(order)) for order in acted.fetched.known.orders_by_number.values() if order is not None]
    said = said_before(events, message_id=moment.message_id)
    prepared = prepare(work.models, moment, gathered.passages, said=said, orders=orders, tools=False)
    work.visit.prompt_hash = prepared.prompt_hash
    # what was decided is material too: the draft says it, in other words
    decided = "\n".join(defused(sentence.text) for sentence in released.sentences)
    grounds = [*prepared.grounds, *(Ground(sentence.text, citation=next(iter(sentence.citations), None)) for sentence in released.sentences)]
    reply = await ask(work.models.route, work.request((prepared.messages[0], ModelMessage("system", decided), *prepared.messages[1:])), work.visit)
    found = _judged(work, reply.text, grounds, moment.language)
    if not found.text or found.held_back:
        return Worded(held_back=found.held_back)
    told = await _glossed(work, found.text, [*grounds, Ground(found.text)], gloss) if gloss else ""
    return replace(found, gloss=told)


async def _glossed(work: _Work, text: str, grounds: Sequence[Ground], language: Language) -> str:
    """The text in the agent's language; "" unless every sentence of it holds."""
    short = "en" if language == "en" else "zh"
    variables = {"language": LANGUAGE_NAMES[short][language], "text": defused(text), "mark": mark_of(text)}
    prompt = work.models.prompts.render("gloss", language, variables)
    try:
        reply = await ask(work.models.route, work.request((ModelMessage("user", prompt.text),)), work.visit)
    except AssistantError as fault:
        _log.warning("no model glossed the draft: %s", fault.code)
        return ""
    found = _judged(work, reply.text, grounds, language)
    return "" if found.held_back else found.text


def _judged(work: _Work, text: str, grounds: Sequence[Ground], language: Language) -> Worded:
    """The sentences that hold with what supports them, and those that do not."""
    kept: list[str] = []
    citations: list[Citation] = []
    held_back: list[tuple[str, str]] = []
    if NO_ANSWER in text:
        return Worded()
    world = work.moment.world
    now = work.moment.now.astimezone(world.workspace.zone)
    for sentence in filter(None, map(cleaned, sentences_of(text))):
        found = judge(sentence, grounds, language=language, products=tuple(world.workspace.products), now=now, sense=work.models.sense)
        if found.released:
            kept.append(sentence)
            citations += found.citations
        else:
            held_back.append((sentence, found.reason))
    return Worded(world.wording.join(*kept, language=language), tuple(dict.fromkeys(citations)), held_back=tuple(held_back))
