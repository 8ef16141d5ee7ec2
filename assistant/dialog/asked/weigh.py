"""Answers what a change would mean for one order, from its rule: terms, a refusal, or what a person would have to decide; opens nothing; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.procedure import Ask, Human, Progress, Ready, Refuse, advance, preview_of
from assistant.dialog.state import Procedure, State, Waiting
from assistant.dialog.values.fill import fill
from assistant.types import RuleVerdict, Sentence, Slot
from assistant.understanding.intents.weighing import of_later, speaks_of_cost

Served = tuple[State, Decision]
RULES = "policy.question"  # what a question about the company's rules is called, whatever it was taken for
_LAST_QUESTION = re.compile(r"[^。！？!?.]*[?？]\s*$")


def weighable(moment: Moment, request: Waiting) -> str:
    """The procedure whose rule a request asks about; "" when it asks for something else, or the procedure takes free words and so tells no terms."""
    name = moment.world.serving.get(request.intent, "")
    if not request.weighed or not name:
        return ""
    spec = moment.spec(name)
    weighed = spec.confirm and spec.rule and "order" in spec.slots and all(slot.type != "text" for slot in spec.slots.values())
    return name if weighed else ""


def weigh(moment: Moment, state: State, request: Waiting, *, slots: Sequence[Slot], told: Callable[[], Decision | None]) -> Served | None:
    """The answer and the offer to do it; None when no order is meant. `told` is the documents' answer to the same question, None where they have none."""
    name = weighable(moment, request)
    procedure = Procedure(name, request.intent, goal=request.text)
    filled = fill(moment, procedure, tuple(slots), text=request.text, source=request.source)
    if "order" not in filled.procedure.slots:
        return None
    procedure, progress = advance(moment, filled.procedure, filled.trouble)
    if procedure.rejected:
        before = progress.before if isinstance(progress, Ask) else ""
        return state, Decision("decline", (Sentence(before),), RULES, "not_found", request.confidence, sources=progress.told)
    decision = _from_rule(moment, procedure, progress)
    # what the rule refuses, or leaves to people, is never put in the general words of a document
    if decision is not None and decision.reason == "terms" and of_later(request.text):
        decision = told() or _from_document(moment, name)
    elif decision is None or (decision.reason == "terms" and not _tells(decision, request)):
        decision = told() or decision or _from_document(moment, name)
    if decision is None:
        return None
    offer = name if isinstance(progress, Ready) or (isinstance(progress, Ask) and not progress.before) else offered(moment, progress)
    known = state if offer != name else replace(state, weighed=request)
    state = replace(known, offer=offer, focus=str(procedure.slots["order"].value))
    ending = (_said(moment, "only_asked"),) if offer == name else ()
    sources = (*decision.sources, *progress.told)
    return state, replace(decision, sentences=(*decision.sentences, *ending), confidence=decision.confidence * request.confidence, sources=sources)


def offered(moment: Moment, progress: Progress) -> str:
    """What a refusal offers: the procedure its clause names, or a person where its words or the outcome say so; "" when it offers nothing."""
    match progress:
        case Refuse():
            return progress.offer or ("person" if moment.says("passing", progress.text) else "")
        case Human():
            return "person"
        case _:
            return ""


def _tells(decision: Decision, request: Waiting) -> bool:
    """Whether a rule's answer names a price where one was asked for."""
    if not speaks_of_cost(request.text) or decision.reason != "terms":
        return True
    return any(speaks_of_cost(sentence.text) for sentence in decision.sentences)


def _from_rule(moment: Moment, procedure: Procedure, progress: Progress) -> Decision | None:
    """What the rule says of this order; None where a value is missing without which it says nothing."""
    match progress:
        case Ready():
            told = terms(preview_of(moment, procedure, progress))
            text, reason = moment.world.wording.say("if_done", moment.language, terms=told), "terms"
        case Refuse() | Human():
            text, reason = progress.text, "rule"
        case Ask() if progress.before:
            text, reason = progress.before, "rule"
        case _:
            return None
    citations = moment.world.wording.cite_rule(progress.rule, moment.language, said=text) if progress.rule else ()
    sentences = (Sentence(text, citations), *((_said(moment, "offer_person"),) if isinstance(progress, Human) else ()))
    return Decision("reply", sentences, RULES, reason, 1.0, rule=progress.rule.clause if progress.rule else "")


def _from_document(moment: Moment, name: str) -> Decision | None:
    """The sentence of the rule's document that is nearest to the rule itself, where the rule needs values that nobody said; None without a document."""
    rule = moment.spec(name).rule
    verdict = RuleVerdict(rule, "", "ask", {}, moment.world.workspace.rules[rule].document)
    citations = moment.world.wording.cite_rule(verdict, moment.language)[:1]
    if not citations:
        return None
    quote = citations[0].quote.rstrip(" ;；,，")
    ended = quote if quote.endswith((".", "。", "!", "！", "?", "？")) else f"{quote}{'.' if quote.isascii() else '。'}"
    text = moment.world.wording.pick({"zh": ended, "en": ended}, moment.language)
    return Decision("reply", (Sentence(text, citations),), RULES, "rule", 1.0)


def terms(preview: str) -> str:
    """A preview without the question it ends with."""
    return _LAST_QUESTION.sub("", preview).strip() or preview


def _said(moment: Moment, key: str) -> Sentence:
    return Sentence(moment.world.wording.say(key, moment.language))
