"""Passages for a question, for whoever words the answer, with how well the best of them supports one; it answers nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.dialog.answers.answer import FOUND, asked, plain, rivals_of
from assistant.dialog.answers.focus import focus
from assistant.dialog.answers.passages import support_of
from assistant.dialog.answers.planted import planted
from assistant.dialog.question import Question
from assistant.knowledge.base import Knowledge
from assistant.knowledge.extract import Chooser, choose
from assistant.knowledge.search import passage
from assistant.knowledge.subjects import unrelated_of
from assistant.types import Passage, Scope

MOST_PASSAGES = 6


@dataclass(frozen=True, slots=True)
class Gathered:
    """Passages, best first; `support` is the calibrated support (0–1) of the best, and `enough` whether the built-in engine would answer from it."""

    passages: tuple[Passage, ...] = ()
    support: float = 0.0
    enough: bool = False


def gather(question: Question, scope: Scope, *, knowledge: Knowledge) -> Gathered:
    """The passages nearest to `question` that `scope` may see, that are not about another product, and that give no orders to their reader."""
    text = plain(question.standalone or question.text, knowledge)
    products = focus(text, knowledge.names) or question.products
    ask, absent = asked(text, products, knowledge)
    found = knowledge.retriever.find(text, language=question.language, scope=replace(scope, products=ask.products), k=FOUND)
    hits = tuple(hit for hit in found.hits if not planted(hit.section.text)) if found is not None else ()
    if found is None or not hits:
        return Gathered()
    found = replace(found, hits=hits)
    calibration = knowledge.calibration.given(found.seconded)
    rivals = rivals_of(ask.products, knowledge.catalog)
    bare = () if ask.rest else ask.attributes
    unrelated = unrelated_of(ask.products, knowledge.catalog)
    chooser = Chooser(knowledge.names, knowledge.concepts, calibration.order, ask.products, absent, rivals, knowledge.memo, bare, unrelated)
    choices = choose(found, chooser)
    shown = [choice.hit for choice in choices] or list(found.hits)
    kept = [passage(hit) for hit in shown if not (hit.section.products and ask.products and not set(hit.section.products) & set(ask.products))]
    if not choices:
        return Gathered(tuple(kept[:MOST_PASSAGES]))
    support = support_of(choices[0], calibration, question.language)
    value = support.of(choices[0].signals)
    return Gathered(tuple(dict.fromkeys(kept))[:MOST_PASSAGES], value, value >= support.floor)
