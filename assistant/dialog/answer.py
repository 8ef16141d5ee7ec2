"""Answers a question without a model: facts first, then sentences of the documents, or nothing when neither supports an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.dialog.answer_facts import Says, Telling, from_facts
from assistant.dialog.answer_passages import from_passages
from assistant.dialog.question import Question
from assistant.knowledge.asks import read_ask
from assistant.knowledge.base import Knowledge
from assistant.knowledge.extract import Chooser
from assistant.types import Answer, Language, Scope

FOUND = 10


@dataclass(frozen=True, slots=True)
class BuiltinAnswers:
    """The built-in engine over a knowledge base: the same question in the same scope gets the same answer, whoever asks."""

    knowledge: Knowledge
    says: Says

    def __call__(self, question: Question, scope: Scope) -> Answer | None:
        return answer(question, knowledge=self.knowledge, says=self.says, scope=scope, language=question.language)


def answer(question: Question, *, knowledge: Knowledge, says: Says, scope: Scope, language: Language) -> Answer | None:
    """What the catalogue and the documents say to `question`, in at most four sentences with their places; None when they do not say it."""
    snapshot = knowledge.snapshot()
    text = question.standalone or question.text
    named = knowledge.names.products(text)
    products = named or question.products
    ask = read_ask(
        text, names=knowledge.names, concepts=knowledge.concepts, lexical=snapshot.lexical, products=products, attributes=knowledge.catalog.attributes
    )
    variant = "en" if language == "en" else "zh"
    allowed = snapshot.scopes.mask(replace(scope, products=()), variant, snapshot.document).tolist()
    table = knowledge.facts()
    if table.snapshot is snapshot:
        found = from_facts(Telling(table, ask, allowed, says, language, text))
        if found is not None:
            return found
    sought = knowledge.retriever.find(text, language=language, scope=replace(scope, products=products), k=FOUND)
    absent = bool(products) and bool(ask.attributes) and not any((sku, name) in table.facts for sku in products for name in ask.attributes)
    chooser = Chooser(knowledge.names, knowledge.concepts, knowledge.calibration.order, tuple(products), absent)
    return from_passages(sought, chooser, knowledge.calibration, says=says, language=language)
