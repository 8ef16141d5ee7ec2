"""Answers a question without a model: facts first, then sentences of the documents, or nothing when neither supports an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.dialog.answer_facts import Says, Telling, from_facts
from assistant.dialog.answer_passages import from_passages
from assistant.dialog.question import Question
from assistant.knowledge.asks import Ask, read_ask
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
    """What the catalogue and the documents say to `question`, in a few sentences with their places; None when they do not say it."""
    snapshot, table = knowledge.snapshot(), knowledge.facts()
    text = question.standalone or question.text
    ask, absent = asked(text, question.products, knowledge)
    if table.snapshot is snapshot:
        allowed = snapshot.scopes.mask(replace(scope, products=()), "en" if language == "en" else "zh", snapshot.document).tolist()
        told = from_facts(Telling(table, ask, allowed, says, language, text))
        if told is not None:
            return told
    found = knowledge.retriever.find(text, language=language, scope=replace(scope, products=ask.products), k=FOUND)
    if found is None:
        return None
    chooser = Chooser(knowledge.names, knowledge.concepts, knowledge.calibration.order, ask.products, absent)
    return from_passages(found, chooser, knowledge.calibration, knowledge.catalog, says=says, language=language)


def asked(text: str, products: tuple[str, ...], knowledge: Knowledge) -> tuple[Ask, bool]:
    """A question read against the catalogue, and whether it asks for an attribute that its products do not have there.

    Products it names itself go before `products`, those the conversation carries over.
    """
    lexical = knowledge.snapshot().lexical
    about = knowledge.names.products(text) or products
    ask = read_ask(text, names=knowledge.names, concepts=knowledge.concepts, lexical=lexical, products=about, attributes=knowledge.catalog.attributes)
    facts = knowledge.facts().facts
    absent = bool(about and ask.attributes) and not any((sku, name) in facts for sku in about for name in ask.attributes)
    return ask, absent
