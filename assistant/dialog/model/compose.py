"""Lets a model word an answer from documents, and releases only what they state; whatever fails, the built-in answer stands.

An answer that the built-in engine has found with enough support is streamed: each sentence is judged and released as it comes, and is final then. One that it
has not found may be looked for with tools; that answer is judged whole, repaired once, and given with the offer of a person.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from assistant.dialog.act import Acted
from assistant.dialog.answers.gather import Gathered
from assistant.dialog.decision import Decision
from assistant.dialog.model.aimed import asked_of, goes_on, halved, joined, of_another, on_topic
from assistant.dialog.model.complete import lost
from assistant.dialog.model.material import Prepared, ground_of, prepare, said_before, tools_for
from assistant.dialog.model.models import Models, open_account
from assistant.dialog.model.records import Shown, as_text
from assistant.dialog.model.sentences import Sentences, cleaned, sentences_of
from assistant.dialog.moment import Moment
from assistant.dialog.parts import Parts
from assistant.dialog.question import NEAR, Question
from assistant.dialog.serve import said
from assistant.dialog.support.judge import Ground, judge
from assistant.errors import ModelFailed
from assistant.events import SENTENCE, STAGE, Event
from assistant.llm.agent import Proposal, Talk, ask, converse, pieces_of
from assistant.llm.route import Visit
from assistant.model_types import ModelMessage, ModelRequest
from assistant.store.log import latest_events
from assistant.store.usage import day_of
from assistant.tools.gate import Seat
from assistant.tools.orders import order_data
from assistant.types import Answer, Json, Scope, Sentence, ToolCall, ToolResult

_log = logging.getLogger("assistant.compose")
MOST_SENTENCES = 5
MOST_TOKENS = 500
# of one answer, no more sentences than this are looked at: judging takes time that the turn does not have
MOST_JUDGED = 24
# below this support the documents are about something else, and no wording makes an answer of them
LEAST_SUPPORT = 0.25
NO_ANSWER = "NO_ANSWER"
REVIEWS = "product.reviews"  # opinions are quoted, never worded
READS = ("find_orders", "get_order", "track_order", "search_knowledge", "product_facts", "compare_products")
HISTORY = 24


@dataclass(frozen=True, slots=True)
class Told:
    """Judged sentences: those that may be said, and those that may not with the reason."""

    kept: tuple[Sentence, ...] = ()
    blocked: tuple[tuple[str, str], ...] = ()

    @property
    def sound(self) -> bool:
        return bool(self.kept) and not self.blocked


@dataclass(frozen=True, slots=True)
class Composed:
    """A turn's decisions with the answer in a model's words, or as they were; a proposal asks for the turn to be decided again."""

    acted: Acted
    blocked: tuple[tuple[str, str], ...] = ()
    proposal: Proposal | None = None


@dataclass(slots=True)
class _Work:
    """One answer being worded: for whom, from what, and how far it has come. `begun` are the pieces so far of a statement that goes on, which is said
    whole or not at all; `broken` while one goes on of which a piece was held back."""

    parts: Parts
    models: Models
    seat: Seat
    moment: Moment
    visit: Visit
    scope: Scope
    question: Question
    grounds: list[Ground] = field(default_factory=list)
    released: list[Sentence] = field(default_factory=list)
    blocked: list[tuple[str, str]] = field(default_factory=list)
    results: list[ToolResult] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    answer: Answer | None = None
    begun: Sentence | None = None
    broken: bool = False


async def compose(parts: Parts, models: Models, seat: Seat, moment: Moment, acted: Acted, visit: Visit) -> Composed:
    """The turn with the first answer from documents in a model's words. Never raises for a model's fault."""
    found = eligible(acted)
    if found is None or not models.route.serves("answer"):
        return Composed(acted)
    decision, question = found
    audience = "public" if moment.principal.role == "customer" else "internal"
    scope = Scope(audience, moment.now, question.products)  # type: ignore[arg-type]
    work = _Work(parts, models, seat, moment, visit, scope, question)
    try:
        gathered = await _gathered(work, question, scope)
        stands = decision.action == "reply"
        if not gathered.passages or (not stands and gathered.support < LEAST_SUPPORT):
            return Composed(acted)
        await open_account(models, visit, parts.store, seat.conversation_id, day=day_of(moment.now), tenant=parts.tenant)
        if stands:
            composed = await _reworded(work, acted, decision, gathered)
        else:
            composed = await _looked_for(work, acted, decision, gathered)
    except ModelFailed as fault:
        _log.warning("no model worded the answer of conversation %s: %s", seat.conversation_id, fault.code)
        composed = Composed(_closed(work, acted, decision), tuple(work.blocked))
    except Exception:
        _log.exception("the answer of conversation %s could not be worded", seat.conversation_id)
        composed = Composed(_closed(work, acted, decision), tuple(work.blocked))
    return replace(composed, acted=_traced(work, composed.acted))


def _traced(work: _Work, acted: Acted) -> Acted:
    """The turn with the calls that a model made in its record, refused ones too; what they brought supports nothing but the sentences judged here."""
    fetched = acted.fetched
    denied = (*fetched.denied, *work.denied)
    return replace(acted, fetched=replace(fetched, results=(*fetched.results, *work.results), denied=denied)) if work.results else acted


async def _gathered(work: _Work, question: Question, scope: Scope) -> Gathered:
    """The passages for a question, without those that give the assistant orders: to a judge of words they would support whatever they tell it to say."""
    found: Gathered = await work.parts.run(work.models.gather, question, scope)
    return replace(found, passages=tuple(passage for passage in found.passages if not work.parts.suspicious(passage.text)))


def eligible(acted: Acted) -> tuple[Decision, Question] | None:
    """The first decision that quotes documents, or found nothing in them, with the question it answers."""
    for decision in acted.decisions:
        quotes = decision.action == "reply" and decision.answer is not None and decision.answer.kind == "passage"
        if (not quotes and not (decision.action == "decline" and decision.reason == "no_source")) or decision.intent == REVIEWS:
            continue
        for question, answer in acted.fetched.known.answers.items():
            near = decision.answer is None and answer is not None and answer.kind == NEAR
            if answer is decision.answer or near:
                return decision, question
    return None


async def _prepared(work: _Work, acted: Acted, gathered: Gathered, *, tools: bool) -> Prepared:
    store, conversation = work.parts.store, work.seat.conversation_id
    events = await store.read(lambda conn: latest_events(conn, conversation, count=HISTORY))
    history = said_before(events, message_id=work.moment.message_id)
    known = acted.fetched.known
    show = Shown(work.moment.world, work.moment.language)
    orders = [show(dict(order_data(order))) for order in known.orders_by_number.values() if order is not None]
    prepared = prepare(work.models, work.moment, gathered.passages, said=history, orders=orders, tools=tools)
    work.grounds = list(prepared.grounds)
    work.visit.prompt_hash = prepared.prompt_hash
    return prepared


async def _reworded(work: _Work, acted: Acted, decision: Decision, gathered: Gathered) -> Composed:
    """An answer that stands, in better words: streamed where nothing else goes before it."""
    prepared = await _prepared(work, acted, gathered, tools=False)
    request = _request(work, prepared.messages)
    assert decision.answer is not None
    work.answer = decision.answer
    alone = len(acted.decisions) == 1 and decision.sentences == decision.answer.sentences and gathered.enough
    if alone:
        await _streamed(work, request)
        told = Told(tuple(work.released), tuple(work.blocked))
        if not told.kept and told.blocked:
            told = await _repaired(work, request, "", told)
    else:
        reply = await ask(work.models.route, request, work.visit)
        told = await _repaired(work, request, reply.text, await _weighed(work, reply.text))
    if not told.kept:
        return Composed(acted, told.blocked)
    back = _put_back(work, decision.answer, told.kept, blocked=bool(told.blocked))
    return Composed(_with(acted, decision, told.kept, back), told.blocked)


def _put_back(work: _Work, answer: Answer, kept: Sequence[Sentence], *, blocked: bool) -> tuple[Sentence, ...]:
    """What the built-in answer says and the kept sentences do not, or only by half."""
    back = lost(answer, kept, work.question, blocked=blocked)
    return tuple(dict.fromkeys((*back, *halved(answer, kept, work.question))))


async def _streamed(work: _Work, request: ModelRequest) -> None:
    """Judges sentences as they come and releases those that hold; a released one has been read."""
    cut = Sentences()
    async with aclosing(pieces_of(work.models.route, request, work.visit)) as pieces:
        async for piece in pieces:
            for sentence in cut.feed(piece):
                await _release(work, sentence)
    for sentence in cut.rest():
        await _release(work, sentence)


async def _release(work: _Work, sentence: str) -> None:
    if len(work.released) >= MOST_SENTENCES or len(work.released) + len(work.blocked) >= MOST_JUDGED:
        return
    told = await _weighed(work, sentence)
    work.blocked += told.blocked
    for each in told.kept:
        if each in work.released:
            continue
        work.parts.bus.publish(Event(SENTENCE, work.seat.conversation_id, {"message": work.moment.message_id, "index": len(work.released), "text": each.text}))
        work.released.append(each)


async def _looked_for(work: _Work, acted: Acted, decision: Decision, gathered: Gathered) -> Composed:
    """An answer that the built-in engine did not find: with tools, judged whole, never streamed."""
    prepared = await _prepared(work, acted, gathered, tools=True)
    gate = work.parts.gate
    specs = [gate.tools[name] for name in _reads(work) if name in gate.tools and gate.tools[name].permission in work.moment.principal.permissions]
    # a turn that has done or shown something already is not decided again
    plain = work.moment.reading.verdict == "other" and not work.moment.reading.injection
    alone = plain and len(acted.decisions) == 1 and not acted.receipts and acted.confirmation is None
    tools = tools_for(work.moment, [(spec.name, spec.description, spec.arguments) for spec in specs], start=alone)
    request = replace(_request(work, prepared.messages), tools=tools)
    talk: Talk = await converse(work.models.route, request, work.visit, call=lambda name, arguments: _call(work, name, arguments))
    if talk.proposal is not None:
        return Composed(acted, proposal=talk.proposal if alone else None)
    told = await _repaired(work, replace(request, tools=()), talk.text, await _weighed(work, talk.text))
    if not told.kept or not on_topic(told.kept, work.question):
        return Composed(acted, told.blocked)
    passages = tuple(gathered.passages)
    answer = Answer("composed", told.kept, gathered.support, passages=passages)
    found = replace(decision, action="reply", reason="composed", confidence=gathered.support, sentences=(*told.kept, said(work.moment, "offer_person")))
    return Composed(_replaced(acted, decision, replace(found, answer=answer, judged=told.kept)), told.blocked)


def _reads(work: _Work) -> tuple[str, ...]:
    """The look-ups that a model may make: ours, and those that the workspace has of its own."""
    return (*READS, *sorted(work.moment.world.own_reads))


def _request(work: _Work, messages: tuple[ModelMessage, ...]) -> ModelRequest:
    return ModelRequest(messages, "answer", max_tokens=MOST_TOKENS, seed=work.models.seed, conversation=work.seat.conversation_id, turn=work.seat.message_id)


async def _call(work: _Work, name: str, arguments: Mapping[str, Json]) -> tuple[Json, str]:
    """One look-up for a model, through the gate, as the customer; what it brings may support sentences from then on."""
    work.parts.bus.publish(Event(STAGE, work.seat.conversation_id, {"stage": "lookup", "message": work.seat.message_id}))
    call = ToolCall(work.parts.ids.new("tc"), name, arguments)
    spec = work.parts.gate.tools.get(name)
    if spec is None or name not in _reads(work):
        return None, "there is no such tool"
    result, _, foreign = await work.parts.gate.read(work.seat, call)
    work.results.append(replace(result, data=None))
    if foreign:
        # told to the audit; the model hears of it what it hears of a number that nobody has
        work.denied.append(str(arguments.get("order")))
    if result.outcome != "ok":
        return None, result.error or result.outcome
    if name == "search_knowledge":
        query = str(arguments.get("query", ""))[:400]
        question = Question(query, query, work.moment.language, (), "")
        gathered = await _gathered(work, question, replace(work.scope, products=()))
        work.grounds += [ground_of(passage) for passage in gathered.passages]
        return [{"title": passage.title, "text": passage.text} for passage in gathered.passages], ""
    record = Shown(work.moment.world, work.moment.language)(result.data)
    work.grounds.append(Ground(as_text(record), record=record))
    return record, ""


async def _weighed(work: _Work, text: str) -> Told:
    """The judged sentences of a text. Weighing one takes milliseconds of pure work: in the loop, every other answer would stand still meanwhile."""
    told: Told = await work.parts.run(_judged, work, text)
    return told


def _judged(work: _Work, text: str) -> Told:
    """Every sentence of a text, judged; a text that says it has no answer has no sentences."""
    if NO_ANSWER in text:
        return Told()
    kept: list[Sentence] = []
    blocked: list[tuple[str, str]] = []
    world = work.moment.world
    asked = asked_of(work.question, world.workspace.products)
    for raw in sentences_of(text):
        sentence = cleaned(raw)
        if not sentence or any(sentence == each.text for each in kept):
            continue
        # true sentences may answer another question than the one that was asked
        reason = "half" if work.broken else "other_product" if of_another(sentence, asked, world.workspace.products) else ""
        if reason:
            blocked.append((sentence, reason))
            work.begun, work.broken = None, goes_on(raw)
            continue
        if len(kept) >= MOST_SENTENCES or len(kept) + len(blocked) >= MOST_JUDGED:
            break
        found = judge(
            sentence,
            work.grounds,
            language=work.moment.language,
            products=tuple(world.workspace.products),
            now=work.moment.now.astimezone(world.workspace.zone),
            sense=work.models.sense,
        )
        work.broken = not found.released and goes_on(raw)
        made = joined(work.begun, Sentence(sentence, found.citations))
        work.begun = made if found.released and goes_on(raw) else None
        if not found.released:
            blocked.append((sentence, found.reason))
        elif work.begun is None and made.citations and work.answer is not None and not on_topic([made], work.question, work.answer):
            blocked.append((made.text, "beside"))
        elif work.begun is None:
            kept.append(made)
    # greetings and closings alone answer nothing
    return Told(tuple(kept) if any(sentence.citations for sentence in kept) else (), tuple(blocked))


async def _repaired(work: _Work, request: ModelRequest, text: str, told: Told) -> Told:
    """One more call when something was not supported, with the reasons; then what holds of the better of both."""
    if told.sound or not told.blocked:
        return told
    faults = "\n".join(f"- {sentence} ({reason})" for sentence, reason in told.blocked)
    prompt = work.models.prompts.render("repair", work.moment.language, {"faults": faults})
    again = replace(request, messages=(*request.messages, ModelMessage("assistant", text or faults), ModelMessage("user", prompt.text)))
    try:
        reply = await ask(work.models.route, again, work.visit)
    except ModelFailed:
        return _settled(told)
    work.begun, work.broken = None, False
    better = await _weighed(work, reply.text)
    return better if better.sound else _settled(max(better, told, key=lambda each: len(each.kept) - len(each.blocked)))


def _settled(told: Told) -> Told:
    """What may be said of an answer part of which does not hold: the rest only when it is the greater part."""
    return told if len(told.kept) > len(told.blocked) else Told((), told.blocked)


def _closed(work: _Work, acted: Acted, decision: Decision) -> Acted:
    """After a fault: what has been read stays, and the rest of the built-in answer or one closing sentence follows; when nothing was, that answer stands."""
    if not work.released or decision.answer is None:
        return acted
    back = _put_back(work, decision.answer, work.released, blocked=True)
    closing = () if back else (said(work.moment, "model_stopped"),)
    return _with(acted, decision, tuple(work.released), (*back, *closing))


def _with(acted: Acted, decision: Decision, worded: tuple[Sentence, ...], added: Sequence[Sentence]) -> Acted:
    """The decision with its answer's sentences exchanged for those a model `worded` and our own `added` ones; what was said around them (an apology) stays."""
    own = set(decision.answer.sentences) if decision.answer else set()
    at = next((number for number, sentence in enumerate(decision.sentences) if sentence in own), 0)
    before = tuple(sentence for sentence in decision.sentences[:at] if sentence not in own)
    after = tuple(sentence for sentence in decision.sentences[at:] if sentence not in own)
    return _replaced(acted, decision, replace(decision, sentences=(*before, *worded, *added, *after), judged=worded))


def _replaced(acted: Acted, decision: Decision, new: Decision) -> Acted:
    return replace(acted, decisions=tuple(new if each is decision else each for each in acted.decisions))
